package analysis

import (
	"math"
	"slices"
)

// crossing finds where the mean and the ends of its interval cross the bound between low and high,
// in n replications.
func (s *search) crossing(low, high float64, n int) (Estimate, error) {
	up := func(v float64) float64 { return v }
	if !s.rises {
		up = func(v float64) float64 { return -v }
	}
	// Along a rising curve the upper end of the interval crosses first.
	curves := []func(Estimate) float64{
		func(e Estimate) float64 { return max(up(e.Low), up(e.High)) },
		func(e Estimate) float64 { return up(e.Value) },
		func(e Estimate) float64 { return min(up(e.Low), up(e.High)) },
	}
	roots := make([]float64, len(curves))
	for k, curve := range curves {
		var err error
		if roots[k], err = s.root(curve, low, high, n); err != nil {
			return Estimate{}, err
		}
	}
	return Estimate{Value: roots[1], Low: roots[0], High: roots[2]}, nil
}

// root halves a bracket of a rising curve until it is a quarter of the tolerance, starting from
// what is known with n replications. Where an end of [low, high] has the wrong sign it looks to the
// end of the knob's range; infinite if nothing is there.
func (s *search) root(curve func(Estimate) float64, low, high float64, n int) (float64, error) {
	value := func(x float64) (float64, error) {
		e, err := s.at(x, n)
		return curve(e), err
	}
	o := s.options
	for _, end := range []struct {
		x    *float64
		sign float64
		far  float64
	}{{&low, -1, o.Low}, {&high, 1, o.High}} {
		v, err := value(*end.x)
		if err != nil {
			return 0, err
		}
		if v*end.sign < 0 && *end.x != end.far {
			*end.x = end.far
			if v, err = value(*end.x); err != nil {
				return 0, err
			}
		}
		if v*end.sign < 0 {
			return end.sign * math.Inf(1), nil
		}
	}
	var seen []float64
	for x, y := range s.known {
		if x > low && x < high && len(y) >= n {
			seen = append(seen, x)
		}
	}
	slices.Sort(seen)
	for {
		x := low + (high-low)/2
		if len(seen) > 0 {
			x = seen[len(seen)/2]
		} else if high-low <= o.Tolerance/4 {
			return x, nil
		}
		v, err := value(x)
		if err != nil {
			return 0, err
		}
		k, _ := slices.BinarySearch(seen, x)
		if v < 0 {
			low = x
			seen = seen[min(k+1, len(seen)):]
		} else {
			high = x
			seen = seen[:k]
		}
	}
}
