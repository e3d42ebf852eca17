package portable

import "math"

// sineTerms are the coefficients of (sin x − x)/x³ in x², from Moshier's Cephes library by way of
// package math.
var sineTerms = []float64{-1.66666666666666307295e-1, 8.33333333332211858878e-3, -1.98412698295895385996e-4,
	2.75573136213857245213e-6, -2.50507477628578072866e-8, 1.58962301576546568060e-10}

// Sin returns the sine of an angle of at most π/4 to either side, within one unit in the last
// place; NaN beyond.
func Sin(x float64) float64 {
	if !(math.Abs(x) <= math.Pi/4) {
		return math.NaN()
	}
	square := float64(x * x)
	return x + float64(float64(x*square)*horner(square, sineTerms))
}
