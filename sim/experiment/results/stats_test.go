package results

import (
	"math"
	"testing"
)

func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if !(math.Abs(got-want) <= 1e-9*math.Max(1, math.Abs(want))) {
		t.Errorf("%s is %v, want %v", what, got, want)
	}
}

// milesPerGallon is mtcars$mpg of R's datasets.
var milesPerGallon = []float64{21, 21, 22.8, 21.4, 18.7, 18.1, 14.3, 24.4, 22.8, 19.2, 17.8, 16.4, 17.3, 15.2, 10.4,
	10.4, 14.7, 32.4, 30.4, 33.9, 21.5,
	15.5, 15.2, 13.3, 19.2, 27.3, 26, 30.4, 15.8, 19.7, 15, 21.4}

// R: quantile(mtcars$mpg, c(.05, .25, .5, .75, .95)), mean(mtcars$mpg), sd(mtcars$mpg).
func TestDescribeAgreesWithR(t *testing.T) {
	x := append([]float64{math.NaN()}, milesPerGallon...)
	s := Describe(append(x, math.NaN()))
	if s.N != 32 {
		t.Errorf("n is %d, want 32: undefined values do not count", s.N)
	}
	for i, want := range []float64{11.995, 15.425, 19.2, 22.8, 31.3} {
		near(t, LevelNames[i], s.Quantiles[i], want)
	}
	near(t, "mean", s.Mean, 20.090625)
	near(t, "sd", s.SD, 6.0269480520891)
	near(t, "se", s.SE, 6.0269480520891/math.Sqrt(32))
}

// R: quantile(1:10, p, type = 7).
func TestQuantile(t *testing.T) {
	x := []float64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}
	for p, want := range map[float64]float64{0: 1, 0.1: 1.9, 0.25: 3.25, 0.5: 5.5, 0.99: 9.91, 1: 10} {
		near(t, "quantile", Quantile(x, p), want)
	}
	if got := Quantile([]float64{1, math.Inf(1), math.Inf(1)}, 0.75); !math.IsInf(got, 1) {
		t.Errorf("a quantile between infinities is %v", got)
	}
	if got := Quantile([]float64{math.Inf(-1), 2}, 0.5); !math.IsInf(got, -1) {
		t.Errorf("a quantile beside −∞ is %v", got)
	}
}

func TestDescribeSmallSamples(t *testing.T) {
	none := Describe([]float64{math.NaN()})
	if none.N != 0 || !math.IsNaN(none.Mean) || !math.IsNaN(none.Quantiles[2]) {
		t.Errorf("an empty sample gives %+v", none)
	}
	one := Describe([]float64{3})
	if one.N != 1 || one.Mean != 3 || !math.IsNaN(one.SE) || !math.IsNaN(one.SD) || one.Quantiles[0] != 3 {
		t.Errorf("one value gives %+v", one)
	}
}
