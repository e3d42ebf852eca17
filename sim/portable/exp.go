package portable

import "math"

// exp2Size is the number of parts into which an octave is cut.
const exp2Size = 128

// Constants of Exp: 128/ln 2; ln 2/128 as a sum of which the first part is exact in products with
// whole numbers below 2^17; the coefficients of the least maximum error of e^r − 1 − r on |r| ≤ ln
// 2/256.
const (
	expInverse = 0x1.71547652b82fep0 * exp2Size
	expHigh    = 0x1.62e42fefa0000p-8
	expLow     = 0x1.cf79abc9e3b39p-47
	expShift   = 0x1.8p52 // x + expShift − expShift rounds to a whole number
	expC2      = 0x1.ffffffffffdbdp-2
	expC3      = 0x1.555555555543cp-3
	expC4      = 0x1.55555cf172b91p-5
	expC5      = 0x1.1111167a4d017p-7

	expOverflow  = 0x1.62e42fefa39efp9  // greatest argument with a finite result
	expUnderflow = -0x1.74910d52d3051p9 // least argument with a result above 0
)

// Exp returns e^x: +Inf above 709.78, 0 below −745.13, NaN for NaN.
//
// x = (k + i/128)·ln 2 + r, so that e^x = 2^k·2^(i/128)·e^r with a table of 2^(i/128) and a
// polynomial of degree five (Tang 1989; the constants are those of the ARM optimized routines).
func Exp(x float64) float64 {
	shifted := float64(expInverse*x) + expShift
	whole := math.Float64bits(shifted) // 128 k + i in its last bits
	k := shifted - expShift
	r := x - float64(k*expHigh) - float64(k*expLow)
	i := 2 * (whole % exp2Size)
	scale := exp2Table[i+1] + whole<<(52-7)
	r2 := float64(r * r)
	rest := math.Float64frombits(exp2Table[i]) + r + float64(r2*(expC2+float64(r*expC3))) +
		float64(float64(r2*r2)*(expC4+float64(r*expC5)))
	if !(x > -708 && x < 709) {
		return expFar(x, scale, rest)
	}
	y := math.Float64frombits(scale)
	return y + float64(y*rest)
}

// expFar is Exp where the result is near or beyond the ends of the normal numbers, with the bits of
// 2^k·2^(i/128) and with e^r − 1.
func expFar(x float64, scale uint64, rest float64) float64 {
	switch {
	case x != x || x > expOverflow:
		return x + math.Inf(1) // NaN stays NaN
	case x < expUnderflow:
		return 0
	case x > 0:
		y := math.Float64frombits(scale - 1<<52)
		return float64(2 * (y + float64(y*rest)))
	}
	// A subnormal result is computed 2^64 higher, where nothing is lost, and then rounded.
	y := math.Float64frombits(scale + 64<<52)
	return float64((y + float64(y*rest)) * 0x1p-64)
}
