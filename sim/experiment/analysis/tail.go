package analysis

import "math"

// LongTail tells whether a sample is too skew for Student's interval of its mean to hold what it
// promises: Cochran's rule asks for more than 25 G² values, G being the skewness (Cochran 1977,
// Sampling Techniques, 2.15). A sample of a few values that is not skew is not told apart from one
// whose tail has not been seen yet, so that the rule warns of most long tails and clears none.
func LongTail(x []float64) bool {
	n := float64(len(x))
	if n < 3 {
		return false
	}
	m, sd := meanAndDeviation(x)
	if !(sd > 0) || math.IsInf(sd, 0) {
		return false
	}
	g := 0.0
	for _, v := range x {
		z := (v - m) / sd
		g += z * z * z
	}
	g *= n / ((n - 1) * (n - 2))
	return n <= 25*g*g
}
