package portable

import "math"

// logSize is the number of parts into which an octave is cut.
const logSize = 128

// ln 2 as a sum of which the first part is a multiple of 2⁻⁴².
const (
	ln2High = 0x1.62e42fefa3800p-1
	ln2Low  = 0x1.ef35793c76730p-45
)

// Log returns the natural logarithm: −Inf for 0, +Inf for +Inf, NaN for what is below 0 and for
// NaN.
//
// x = 2^k·z with z in [0.79, 1.58], and ln z = ln c + ln(1+r) with a table of ln c for 128 numbers
// c and a polynomial in r = z/c − 1, |r| < 0.0043 (Tang 1990). Around 1, c is 1, so that nothing is
// lost there.
func Log(x float64) float64 {
	bits := math.Float64bits(x)
	if bits-1<<52 >= 0x7ff<<52-1<<52 { // 0, subnormal, below 0, Inf or NaN
		return logFar(x)
	}
	return logOf(bits, 0)
}

// logOf is ln of the normal number with these bits, plus k·ln 2.
func logOf(bits uint64, k float64) float64 {
	shifted := bits - logOffset
	n := int64(shifted) >> 52
	k += float64(n)
	c := &logTable[shifted>>45%logSize]
	// z is cut in two, since the first part times the short number 1/c is exact.
	whole := bits - uint64(n)<<52
	z, high := math.Float64frombits(whole), math.Float64frombits(whole&^(1<<20-1))
	r := (float64(high*c.inverse) - 1) + float64((z-high)*c.inverse)
	r2 := float64(r * r)
	p := float64(r2*(-1./2+float64(r*(1./3)))) +
		float64(float64(r2*r2)*((-1./4+float64(r*(1./5)))+float64(r2*(-1./6+float64(r*(1./7))))))
	return (float64(k*ln2High) + c.high) + (r + (p + (float64(k*ln2Low) + c.low)))
}

// logFar is Log of what is no positive normal number.
func logFar(x float64) float64 {
	switch {
	case x == 0:
		return math.Inf(-1)
	case x < 0:
		return math.NaN()
	case x != x || math.IsInf(x, 1):
		return x
	}
	return logOf(math.Float64bits(float64(x*0x1p54)), -54)
}

// Log10 returns the decimal logarithm, with the special cases of [Log]. Errors are below two units
// in the last place.
func Log10(x float64) float64 { return float64(Log(x) * (1 / math.Ln10)) }

// Pow returns x^y for x ≥ 0: 1 for y = 0 whatever x is, exactly x for y = 1, NaN for x < 0 with
// another y. It is e^(y·ln x), with a relative error of about |y·ln x|·10⁻¹⁶.
func Pow(x, y float64) float64 {
	switch {
	case y == 0 || x == 1:
		return 1
	case y == 1:
		return x
	}
	return Exp(float64(y * Log(x)))
}

// Pow10 returns 10^y, as e^(y·ln 10): exactly 1 for 0, 10 for 1.
func Pow10(y float64) float64 { return Exp(float64(y * math.Ln10)) }
