package portable

import (
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"testing"
)

// ulps is |got − want| in units of the last place of want.
func ulps(got, want float64) float64 {
	if got == want || (got != got && want != want) {
		return 0
	}
	if math.IsInf(got, 0) || math.IsInf(want, 0) || got != got || want != want {
		return math.Inf(1)
	}
	return math.Abs(got-want) / (math.Nextafter(math.Abs(want), math.Inf(1)) - math.Abs(want))
}

// Each function stays near that of package math, which is right to a unit in the last place, over
// the range in which the model uses it and at the ends.
func TestAgainstMath(t *testing.T) {
	rows := []struct {
		name      string
		f, g      func(float64) float64
		low, high float64
		ulps      float64
	}{
		{"Exp", Exp, math.Exp, -700, 700, 2},
		{"Exp near 0", Exp, math.Exp, -1, 1, 2},
		{"Log", func(x float64) float64 { return Log(Exp(x)) }, func(x float64) float64 { return math.Log(Exp(x)) }, -700,
			700, 2},
		{"Log near 1", func(x float64) float64 { return Log(1 + x) }, func(x float64) float64 { return math.Log(1 + x) },
			-.5, 1, 2},
		{"Expm1", Expm1, math.Expm1, -40, 700, 1},
		{"Expm1 near 0", Expm1, math.Expm1, -1e-3, 1e-3, 1},
		{"Log1p", Log1p, math.Log1p, -.999999, 100, 1},
		{"Log10", func(x float64) float64 { return Log10(Exp(x)) }, func(x float64) float64 { return math.Log10(Exp(x)) },
			1, 700, 3},
		{"Pow10", Pow10, func(x float64) float64 { return math.Pow(10, x) }, -3, 3, 16},
		{"Pow", func(x float64) float64 { return Pow(x, .7) }, func(x float64) float64 { return math.Pow(x, .7) }, 1e-6,
			1e6, 20},
	}
	r := rand.New(rand.NewPCG(1, 2))
	for _, row := range rows {
		worst, at := 0.0, 0.0
		for range 100_000 {
			x := row.low + (row.high-row.low)*r.Float64()
			if d := ulps(row.f(x), row.g(x)); d > worst {
				worst, at = d, x
			}
		}
		if worst > row.ulps {
			t.Errorf("%s is %.1f units off at %v: %v instead of %v", row.name, worst, at, row.f(at), row.g(at))
		}
		t.Logf("%s: at most %.2f units from package math", row.name, worst)
	}
}

// At the ends of the numbers, where package math errs on some machines (e^709.5 is no overflow).
func TestSpecialArguments(t *testing.T) {
	inf, nan := math.Inf(1), math.NaN()
	for _, c := range []struct {
		name    string
		f       func(float64) float64
		x, want float64
	}{
		{"Exp", Exp, 0, 1}, {"Exp", Exp, 709.5, 1.3549863193146328e+308}, {"Exp", Exp, 709.782712893384,
			1.7976931348622732e+308},
		{"Exp", Exp, 710, inf}, {"Exp", Exp, 1e308, inf}, {"Exp", Exp, inf, inf}, {"Exp", Exp, -inf, 0}, {"Exp", Exp, nan,
			nan},
		{"Exp", Exp, -744.4400719213812, 5e-324}, {"Exp", Exp, -745.2, 0}, {"Exp", Exp, -1e308, 0}, {"Exp", Exp, -720,
			2.0322308024294e-313},
		{"Log", Log, 0, -inf}, {"Log", Log, math.Copysign(0, -1), -inf}, {"Log", Log, -1, nan}, {"Log", Log, -inf, nan},
		{"Log", Log, nan, nan},
		{"Log", Log, inf, inf}, {"Log", Log, 5e-324, -744.4400719213812}, {"Log", Log, 1, 0}, {"Log", Log, math.MaxFloat64,
			709.782712893384},
		{"Log", Log, 0x1p-1022, -708.3964185322641}, {"Log10", Log10, 5e-324, -323.3062153431158}, {"Log10", Log10, 0, -inf},
		{"Expm1", Expm1, 0, 0}, {"Expm1", Expm1, -inf, -1}, {"Expm1", Expm1, 710, inf}, {"Expm1", Expm1, 1e-300, 1e-300},
		{"Expm1", Expm1, nan, nan},
		{"Log1p", Log1p, -1, -inf}, {"Log1p", Log1p, -1.5, nan}, {"Log1p", Log1p, 0, 0}, {"Log1p", Log1p, 1e-300, 1e-300},
		{"Log1p", Log1p, inf, inf},
	} {
		if got := c.f(c.x); ulps(got, c.want) > 1 {
			t.Errorf("%s(%v) = %v instead of %v", c.name, c.x, got, c.want)
		}
	}
	special := []float64{0, 1, .5, 5e-324, math.MaxFloat64, inf, nan}
	for _, x := range special {
		if got := Pow(x, 0); got != 1 {
			t.Errorf("Pow(%v, 0) = %v", x, got)
		}
		if got := Pow(x, 1); got != x && x == x {
			t.Errorf("Pow(%v, 1) = %v", x, got)
		}
	}
	for _, p := range [][3]float64{{0, 2, 0}, {0, -1, math.Inf(1)}, {math.Inf(1), .5, math.Inf(1)}, {math.Inf(1), -2, 0},
		{1, 1e300, 1}} {
		if got := Pow(p[0], p[1]); got != p[2] {
			t.Errorf("Pow(%v, %v) = %v, want %v", p[0], p[1], got, p[2])
		}
	}
}

// The table is what its comment says: h_i = 2^(i/128) to the nearest, by seven square roots, and
// t_i the rest.
func TestTable(t *testing.T) {
	const precision = 200
	root := new(big.Float).SetPrec(precision).SetInt64(2)
	for range 7 {
		root.Sqrt(root)
	}
	power := new(big.Float).SetPrec(precision).SetInt64(1)
	for i := range uint64(exp2Size) {
		h, _ := power.Float64()
		rest := new(big.Float).SetPrec(precision).Quo(power, new(big.Float).SetPrec(precision).SetFloat64(h))
		tail, _ := rest.Sub(rest, big.NewFloat(1)).Float64()
		if got := math.Float64frombits(exp2Table[2*i+1] + i<<45); got != h {
			t.Errorf("h_%d is %v, want %v", i, got, h)
		}
		if got := math.Float64frombits(exp2Table[2*i]); got != tail && math.Abs(got-tail) > 1e-30 {
			t.Errorf("t_%d is %v, want %v", i, got, tail)
		}
		power.Mul(power, root)
	}
}

// The table is what its comment says: ln c as a sum, by the series of the inverse hyperbolic
// tangent.
func TestLogTable(t *testing.T) {
	number := func(x float64) *big.Float { return new(big.Float).SetPrec(200).SetFloat64(x) }
	quo := func(a, b *big.Float) *big.Float { return new(big.Float).SetPrec(200).Quo(a, b) }
	ln := func(x float64) *big.Float { // 2·artanh((x−1)/(x+1))
		y := quo(number(x-1), number(x+1))
		square, power, sum := new(big.Float).Mul(y, y), y, number(0)
		for i := range 60 {
			sum.Add(sum, quo(power, number(float64(2*i+1))))
			power = new(big.Float).Mul(power, square)
		}
		return sum.Mul(sum, number(2))
	}
	for i, c := range logTable {
		sum := new(big.Float).Add(number(c.high), number(c.low))
		off, _ := sum.Add(sum, ln(c.inverse)).Float64() // ln c = −ln 1/c
		if math.Abs(off) > 1e-28 || c.high*0x1p42 != math.Trunc(c.high*0x1p42) || math.Abs(c.low) > 0x1p-43 {
			t.Errorf("row %d is off by %g", i, off)
		}
	}
	sum := new(big.Float).Add(number(ln2High), number(ln2Low))
	if off, _ := sum.Sub(sum, ln(2)).Float64(); math.Abs(off) > 1e-28 {
		t.Errorf("ln 2 is off by %g", off)
	}
}

// The bits are golden values: they may not differ between machines.
func TestBits(t *testing.T) {
	sum := uint64(0)
	r := rand.New(rand.NewPCG(3, 4))
	for range 10_000 {
		x := float64(40*r.Float64()) - 20 // not fused, which would try other numbers elsewhere
		for _, y := range []float64{Exp(x), Log(Exp(x)), Expm1(x), Log1p(x + 20), Log10(x + 21), Pow(x+21, x)} {
			sum = sum*0x9e3779b97f4a7c15 + math.Float64bits(y)
		}
	}
	if got, want := fmt.Sprintf("%016x", sum), "09c044135c56f0f3"; got != want {
		t.Errorf("the bits add up to %s, not %s", got, want)
	}
}

func benchmark(b *testing.B, f func(float64) float64) {
	r := rand.New(rand.NewPCG(5, 6))
	xs := make([]float64, 1024)
	for i := range xs {
		xs[i] = 10 * r.Float64()
	}
	b.ResetTimer()
	sum := 0.0
	for i := range b.N {
		sum += f(xs[i%1024])
	}
	sink = sum
}

var sink float64

func BenchmarkExp(b *testing.B)     { benchmark(b, Exp) }
func BenchmarkMathExp(b *testing.B) { benchmark(b, math.Exp) }
func BenchmarkLog(b *testing.B)     { benchmark(b, Log) }
func BenchmarkMathLog(b *testing.B) { benchmark(b, math.Log) }
