package analysis

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// Replications at every point form a two-way layout y_xr = m + f_x + g_r + h_xr: f is the effect of
// the point, g of the seed, h of both. Runs under common random numbers share g_r between points;
// independent runs have none, and the split holds for both.
//
//	Var(Y) = Var(f) + [Var(g) + Var(h)] = variance between points + seed noise (law of total variance)

// sums are what the split needs of a set of points; sums of two sets add up.
type sums struct {
	n, mean, mean2, square float64 // points, Σ ȳ_x, Σ ȳ_x², ΣΣ y²
	seed                   []float64
}

func newSums(replications int) sums { return sums{seed: make([]float64, replications)} }

// add counts a point's outcomes a number of times.
func (s *sums) add(y []float64, times float64) {
	m := mean(y)
	s.n += times
	s.mean += times * m
	s.mean2 += times * m * m
	for r, v := range y {
		s.square += times * v * v
		s.seed[r] += times * v
	}
}

// addAll counts other sums a number of times.
func (s *sums) addAll(o *sums, times float64) {
	s.n += times * o.n
	s.mean += times * o.mean
	s.mean2 += times * o.mean2
	s.square += times * o.square
	for r, v := range o.seed {
		s.seed[r] += times * v
	}
}

// split returns the variance between points and the seed noise, unbiased. With one replication the
// noise is unknown (NaN) and part of the variance between points.
func (s *sums) split() (between, noise float64) {
	R := float64(len(s.seed))
	points, residual := s.parts()
	if R == 1 {
		return points, math.NaN()
	}
	return points - residual/R, s.seeds(residual) + residual
}

// parts returns the variance of the means of points and, with several replications, of one run
// beside what its point and its seed explain.
func (s *sums) parts() (points, residual float64) {
	R, grand := float64(len(s.seed)), s.mean/s.n
	points = (s.mean2 - s.n*grand*grand) / (s.n - 1)
	if R == 1 {
		return points, math.NaN()
	}
	total := s.square - s.n*R*grand*grand
	return points, (total - R*points*(s.n-1) - s.bySeed()) / ((s.n - 1) * (R - 1))
}

// bySeed is the sum of squares between the means of seeds.
func (s *sums) bySeed() float64 {
	grand := s.mean / s.n
	seeds := -s.n * float64(len(s.seed)) * grand * grand
	for _, v := range s.seed {
		seeds += v * v / s.n
	}
	return seeds
}

// seeds is the variance that a seed has in common at all points.
func (s *sums) seeds(residual float64) float64 {
	return (s.bySeed()/float64(len(s.seed)-1) - residual) / s.n
}

// fewLucks tells whether points share their luck, as is known or seen, which makes a part of the
// variance that is worth counting, and there are too few replications to know how large it is: the
// variance of which inputs make shares is then as uncertain as that of the luck. Luck that inputs
// bend is shared without being seen.
func fewLucks(y [][]float64, known bool) bool {
	R := len(y[0])
	if R < 2 || R >= leastForLuck {
		return false
	}
	s := newSums(R)
	for _, v := range y {
		s.add(v, 1)
	}
	_, residual := s.parts()
	const worthCounting, chance = .02, .001
	if known {
		_, noise := s.split()
		return noise >= worthCounting*s.total()
	}
	if s.seeds(residual) < worthCounting*s.total() {
		return false
	}
	free := distuv.F{D1: float64(R - 1), D2: float64((len(y) - 1) * (R - 1))}
	return s.bySeed()/float64(R-1) > free.Quantile(1-chance)*residual
}

// total is the variance of one run at a random point with a random seed.
func (s *sums) total() float64 {
	between, noise := s.split()
	if math.IsNaN(noise) {
		return between
	}
	return between + noise
}

func mean(x []float64) float64 {
	sum := 0.0
	for _, v := range x {
		sum += v
	}
	return sum / float64(len(x))
}

// product is the mean of u_r·v_s over r ≠ s, in which the noise of a replication meets only that of
// another, so that its expectation is that of the product of the two points' means. With one
// replication it is their plain product.
func product(u, v []float64) float64 {
	if len(u) == 1 {
		return u[0] * v[0]
	}
	var su, sv, same float64
	for r := range u {
		su += u[r]
		sv += v[r]
		same += u[r] * v[r]
	}
	R := float64(len(u))
	return (su*sv - same) / (R * (R - 1))
}

// standardised returns outcomes less their grand mean, in units of their greatest distance from it,
// with both: squares of what comes out neither overflow nor vanish, whatever the unit of the
// outcome.
func standardised(y [][]float64) (out [][]float64, grand, unit float64) {
	largest := 0.0
	for _, of := range y {
		for _, v := range of {
			largest = max(largest, math.Abs(v))
		}
	}
	for _, of := range y {
		for _, v := range of {
			grand += v / largest / float64(len(y)*len(of))
		}
	}
	out = make([][]float64, len(y))
	for i, of := range y {
		out[i] = make([]float64, len(of))
		for r, v := range of {
			out[i][r] = v/largest - grand
			unit = max(unit, math.Abs(out[i][r]))
		}
	}
	for _, of := range out {
		for r := range of {
			of[r] /= unit
		}
	}
	return out, grand * largest, unit * largest
}

// without leaves replication r out.
func without(y [][]float64, r int) [][]float64 {
	out := make([][]float64, len(y))
	for i, of := range y {
		out[i] = append(append(make([]float64, 0, len(of)-1), of[:r]...), of[r+1:]...)
	}
	return out
}
