package portable

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/mathext"
	"gonum.org/v1/gonum/stat/distuv"
)

// near fails where two numbers are further apart than a relative error.
func near(t *testing.T, what string, got, want, relative float64) {
	t.Helper()
	if math.Abs(got-want) > relative*math.Abs(want) || (got != got) != (want != want) {
		t.Errorf("%s is %v, not %v", what, got, want)
	}
}

// Quantiles are those of tables (Wichura 1988; R's qnorm), and come back through the distribution.
func TestNormal(t *testing.T) {
	for _, c := range [][2]float64{{0.25, -0.6744897501960817}, {0.001, -3.090232306167813}, {1e-20, -9.262340089798408},
		{0.95, 1.6448536269514722}, {0.5, 0}, {1e-300, -37.0471}, {0, math.Inf(-1)}, {1, math.Inf(1)}} {
		relative := 1e-15
		if c[0] == 1e-300 {
			relative = 1e-6
		}
		if got := NormalQuantile(c[0]); got != c[1] {
			near(t, "quantile", got, c[1], relative)
		}
	}
	for _, p := range []float64{-0.1, 1.1, math.NaN()} {
		if got := NormalQuantile(p); got == got {
			t.Errorf("the quantile of %v is %v", p, got)
		}
	}
	r := rand.New(rand.NewPCG(1, 2))
	for range 100_000 {
		x := 20*r.Float64() - 10
		near(t, "erfc", Erfc(x), math.Erfc(x), 1e-15)
		near(t, "normal CDF", NormalCDF(x), math.Erfc(-x/math.Sqrt2)/2, 1e-15)
		p := math.Exp(-50 * r.Float64())
		near(t, "probability of a quantile", NormalCDF(NormalQuantile(p)), p, 1e-13)
		near(t, "quantile", NormalQuantile(p/2), -NormalQuantile(1-p/2), 3e-13+2e-17/p)
	}
	for x, want := range map[float64]float64{math.Inf(1): 0, math.Inf(-1): 2, 30: 0, -30: 2, 0: 1,
		27: 5.237048923789256e-319} {
		near(t, "erfc", Erfc(x), want, 1e-4)
	}
	if x := Erfc(math.NaN()); x == x {
		t.Error("erfc of NaN is a number")
	}
}

// The distribution agrees with gonum's, its quantile comes back, and what has a closed form has its
// value: I_x(a, 1) = x^a, and the arc sine's.
func TestBeta(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 3000 {
		a, b := math.Exp(14*r.Float64()-4), math.Exp(14*r.Float64()-4)
		p := r.Float64()
		x := BetaQuantile(p, a, b)
		if x > 1e-300 && x < 0.99 {
			near(t, "probability of a quantile", BetaCDF(x, a, b), p, 1e-9)
			near(t, "incomplete beta function", BetaCDF(x, a, b), mathext.RegIncBeta(a, b, x), 1e-8)
		}
	}
	for range 1000 {
		p, a := r.Float64(), math.Exp(6*r.Float64()-3)
		near(t, "quantile of shapes a, 1", BetaQuantile(p, a, 1), math.Pow(p, 1/a), 1e-12)
		s := math.Sin(math.Pi / 2 * p)
		near(t, "quantile of the arc sine", BetaQuantile(p, 0.5, 0.5), s*s, 1e-12)
	}
	for x := 0.01; x < 1e7; x *= 1.37 {
		want, _ := math.Lgamma(x)
		if got := LogGamma(x); math.Abs(got-want) > 4e-15*max(1, math.Abs(want)) {
			t.Errorf("ln Γ(%v) is %v, not %v", x, got, want)
		}
	}
	if BetaQuantile(0, 2, 3) != 0 || BetaQuantile(1, 2, 3) != 1 || BetaCDF(-1, 2, 3) != 0 || BetaCDF(2, 2, 3) != 1 {
		t.Error("the ends of a beta distribution are not 0 and 1")
	}
	for _, x := range []float64{BetaQuantile(2, 1, 1), BetaQuantile(.5, 0, 1), BetaCDF(.5, -1, 1), LogGamma(0)} {
		if x == x {
			t.Errorf("an impossible argument gives %v", x)
		}
	}
}

func TestSin(t *testing.T) {
	for x := -math.Pi / 4; x <= math.Pi/4; x += 1e-5 {
		near(t, "sine", Sin(x), math.Sin(x), 3e-16)
	}
	if x := Sin(1); x == x {
		t.Errorf("the sine of 1 is %v, beyond the range", x)
	}
}

// L·Lᵀ is the matrix again; a matrix that is none of correlations is refused.
func TestCholesky(t *testing.T) {
	c := [][]float64{{1, 0, 0}, {0.5, 1, 0}, {-0.2, 0.3, 1}}
	l, ok := Cholesky(c)
	if !ok {
		t.Fatal("refused")
	}
	for i := range c {
		for j := range i + 1 {
			sum := 0.0
			for k := range j + 1 {
				sum += l[i][k] * l[j][k]
			}
			if math.Abs(sum-c[i][j]) > 1e-15 {
				t.Errorf("element %d, %d is %v, not %v", i, j, sum, c[i][j])
			}
		}
	}
	if _, ok := Cholesky([][]float64{{1}, {0.9, 1}, {-0.9, 0.9, 1}}); ok {
		t.Error("a matrix that is not positive definite has a root")
	}
}

// Quantiles of Student's t are those of tables, and gonum's; one degree of freedom is Cauchy's.
func TestStudent(t *testing.T) {
	for _, c := range [][3]float64{{0.975, 1, 12.706204736432095}, {0.975, 4, 2.7764451051977987}, {0.025, 9,
		-2.2621571627409915},
		{0.975, 1e6, 1.9599663}, {0.5, 3, 0}} {
		if got := StudentQuantile(c[0], c[1]); math.Abs(got-c[2]) > 1e-7*math.Abs(c[2]) {
			t.Errorf("the %v quantile at %v degrees of freedom is %v, not %v", c[0], c[1], got, c[2])
		}
	}
	r := rand.New(rand.NewPCG(5, 6))
	for range 300 {
		p, nu := r.Float64(), math.Exp(10*r.Float64())
		near(t, "quantile", StudentQuantile(p, nu), distuv.StudentsT{Sigma: 1, Nu: nu}.Quantile(p), 1e-8)
		near(t, "Cauchy quantile", StudentQuantile(p, 1), math.Tan(math.Pi*(p-0.5)), 1e-10)
	}
}

func TestMeanStdDev(t *testing.T) {
	if m, sd := MeanStdDev([]float64{1e9 + 1, 1e9 + 2, 1e9 + 6}); m != 1e9+3 || math.Abs(sd-math.Sqrt(7)) > 1e-15 {
		t.Errorf("mean %v and deviation %v", m, sd)
	}
	if m, sd := MeanStdDev([]float64{5}); m != 5 || sd == sd {
		t.Errorf("one value has mean %v and deviation %v", m, sd)
	}
	if m, _ := MeanStdDev(nil); m == m {
		t.Errorf("no value has mean %v", m)
	}
}

func BenchmarkStudentQuantile(b *testing.B) {
	for _, nu := range []float64{1, 7, 199, 1e5} {
		b.Run(fmt.Sprint(nu), func(b *testing.B) {
			for range b.N {
				StudentQuantile(0.975, nu)
			}
		})
	}
}
