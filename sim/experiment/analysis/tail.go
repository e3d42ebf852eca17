package analysis

import "math"

// LongTail tells whether a sample is too skew for Student's interval of its mean to hold what it
// promises: Cochran's rule asks for more than 25 G² values, G being the skewness (Cochran 1977,
// Sampling Techniques, 2.15). A sample of a few values that is not skew is not told apart from one
// whose tail has not been seen yet, so that the rule warns of most long tails and clears none.
func LongTail(x []float64) bool {
	g := skewness(x)
	return g != 0 && float64(len(x)) <= 25*g*g
}

// skewness is that of a sample, 0 where it has none.
func skewness(x []float64) float64 {
	n := float64(len(x))
	if n < 3 {
		return 0
	}
	m, sd := meanAndDeviation(x)
	if !(sd > 0) || math.IsInf(sd, 0) {
		return 0
	}
	g := 0.0
	for _, v := range x {
		z := (v - m) / sd
		g += z * z * z
	}
	return g * n / ((n - 1) * (n - 2))
}

// LongTailOfShares tells whether a few outcomes make so much of the variance that intervals of
// shares of it hold less than they promise: Cochran's rule for squared distances from the mean,
// with a third of the values that it asks for, which shares, being ratios, do with.
func LongTailOfShares(y [][]float64) bool {
	n, grand := 0.0, 0.0
	for _, of := range y {
		for _, v := range of {
			n++
			grand += v
		}
	}
	grand /= n
	var squares []float64
	for _, of := range y {
		for _, v := range of {
			squares = append(squares, (v-grand)*(v-grand))
		}
	}
	g := skewness(squares)
	return g != 0 && n <= 8*g*g
}
