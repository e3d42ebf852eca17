package portable

import (
	"math"
	"sync/atomic"
)

// MeanStdDev returns the mean of a sample and its standard deviation, divisor n−1. The mean of no
// values and the deviation of fewer than two are NaN.
func MeanStdDev(x []float64) (mean, sd float64) {
	n, sum := float64(len(x)), 0.0
	for _, v := range x {
		sum += v
	}
	mean = sum / n
	squares, rest := 0.0, 0.0
	for _, v := range x {
		d := v - mean
		squares += float64(d * d)
		rest += d // what rounding of the mean has left
	}
	if len(x) < 2 {
		return mean, math.NaN()
	}
	return mean, math.Sqrt((squares - float64(rest*rest)/n) / (n - 1))
}

// StudentQuantile returns the t below which a number with Student's distribution of given degrees
// of freedom, above 0, falls with probability p: ∓Inf for 0 and 1, NaN outside.
//
// Newton's method on the upper tail, which is half a beta distribution, ½ I_{ν/(ν+t²)}(ν/2, ½). The
// distribution function is concave there, so that steps from below, from the first terms of t's
// series in 1/ν, never pass the root.
//
// Tables ask for the same few numbers of values again and again: quantiles of whole degrees of
// freedom are remembered.
func StudentQuantile(p, freedom float64) float64 {
	switch {
	case !(p >= 0 && p <= 1 && freedom > 0):
		return math.NaN()
	case p < 0.5:
		return -StudentQuantile(1-p, freedom)
	case p == 1:
		return math.Inf(1)
	case freedom != math.Trunc(freedom) || freedom > 1<<52:
		return studentQuantile(p, freedom)
	}
	last := &asked[uint64(freedom)%uint64(len(asked))]
	if q := last.Load(); q != nil && q.p == p && q.freedom == freedom {
		return q.t
	}
	t := studentQuantile(p, freedom)
	last.Store(&studentsT{p, freedom, t})
	return t
}

// studentsT is a quantile that was asked for.
type studentsT struct{ p, freedom, t float64 }

var asked [64]atomic.Pointer[studentsT]

// studentQuantile is StudentQuantile for p from 0.5 to below 1.
func studentQuantile(p, freedom float64) float64 {
	half := float64(freedom / 2)
	peak := Exp(LogGamma(half+0.5)-LogGamma(half)) / math.Sqrt(float64(math.Pi*freedom)) // density at 0
	z := NormalQuantile(p)
	t := z + (float64(float64(z*z)*z)+z)/float64(4*freedom)
	for range 1000 {
		square := float64(t*t) / freedom
		tail := float64(0.5 * BetaCDF(1/(1+square), half, 0.5))
		density := float64(peak * Exp(-float64((half+0.5)*Log1p(square))))
		step := (tail - (1 - p)) / density
		t += step
		if !(step > float64(1e-15*t)) {
			break
		}
	}
	return t
}
