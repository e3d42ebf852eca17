package portable

import "math"

// LogGamma returns ln Γ(x) for x > 0; NaN elsewhere. Errors are some 10⁻¹⁵ of the larger of 1 and
// the result.
//
// Stirling's series, from x + n ≥ 10 where its terms fall fast: ln Γ(x) = ln Γ(x+n) − ln
// x(x+1)…(x+n−1).
func LogGamma(x float64) float64 {
	if !(x > 0) {
		return math.NaN()
	}
	product := 1.0
	for ; x < 10; x++ {
		product = float64(product * x)
	}
	series := horner(1/float64(x*x), stirling) / x
	return float64((x-0.5)*Log(x)) - x + halfLogTwoPi + series - Log(product)
}

// halfLogTwoPi is ½ ln 2π.
const halfLogTwoPi = 0.91893853320467274178

// stirling are the coefficients B_2k/(2k(2k−1)) of x^(1−2k) in ln Γ(x).
var stirling = []float64{1. / 12, -1. / 360, 1. / 1260, -1. / 1680, 1. / 1188, -691. / 360360, 1. / 156}

// BetaCDF returns the probability that a number with a beta distribution of the given shapes falls
// below x, the regularised incomplete beta function I_x(a, b), for a, b > 0.
//
// It is a continued fraction (DLMF 8.17.22) on the side of the mean where it converges fast, by the
// method of Lentz.
func BetaCDF(x, a, b float64) float64 {
	switch {
	case !(a > 0 && b > 0) || x != x:
		return math.NaN()
	case x <= 0:
		return 0
	case x >= 1:
		return 1
	}
	front := Exp(float64(a*Log(x)) + float64(b*Log1p(-x)) + LogGamma(a+b) - LogGamma(a) - LogGamma(b))
	if x < (a+1)/(a+b+2) {
		return float64(front/a) * betaFraction(x, a, b)
	}
	return 1 - float64(float64(front/b)*betaFraction(1-x, b, a))
}

// betaFraction is the continued fraction 1/(1+d₁/(1+d₂/(1+…))) of I_x(a, b), with d of even number
// 2m = m(b−m)x/((a+2m−1)(a+2m)) and of odd number 2m+1 = −(a+m)(a+b+m)x/((a+2m)(a+2m+1)).
func betaFraction(x, a, b float64) float64 {
	const (
		tiny = 1e-300  // in place of a denominator of 0
		most = 100_000 // some √(a+b) terms are enough
	)
	value, c, d := 1.0, 1.0, 0.0
	for n := 1; n <= most; n++ {
		m := float64(n / 2)
		at := a + float64(2*m)
		term := float64(m*(b-m)) / float64((at-1)*at)
		if n%2 == 1 {
			term = -float64((a+m)*(a+b+m)) / float64(at*(at+1))
		}
		term = float64(term * x)
		if d = 1 + float64(term*d); d == 0 {
			d = tiny
		}
		d = 1 / d
		if c = 1 + term/c; c == 0 {
			c = tiny
		}
		step := float64(c * d)
		if value = float64(value * step); math.Abs(step-1) < 0x1p-52 {
			break
		}
	}
	return 1 / value
}

// BetaQuantile returns the x with I_x(a, b) = p, for p from 0 to 1 and a, b > 0, to the last place
// of which the probability still tells.
//
// Positive floats are in the order of their bits, so that sixty-two halvings of the bits find x,
// however near 0 it lies.
func BetaQuantile(p, a, b float64) float64 {
	switch {
	case !(p >= 0 && p <= 1 && a > 0 && b > 0):
		return math.NaN()
	case p == 0 || p == 1:
		return p
	}
	low, high := uint64(0), math.Float64bits(1)
	for high-low > 1 {
		if middle := low + (high-low)/2; BetaCDF(math.Float64frombits(middle), a, b) < p {
			low = middle
		} else {
			high = middle
		}
	}
	return math.Float64frombits(high)
}
