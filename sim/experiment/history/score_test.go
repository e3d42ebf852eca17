package history

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"

	"simulate/internal/quantity"
	"simulate/sim/observed"
)

func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance) {
		t.Errorf("%s is %.10g, want %.10g", what, got, want)
	}
}

func TestCRPS(t *testing.T) {
	near(t, "of one member, the absolute error", CRPS([]float64{3}, 5), 2, 1e-15)
	near(t, "of members that agree", CRPS([]float64{3, 3, 3}, 5), 2, 1e-15)
	// E|X−y| = 1/2, E|X−X′| = 1/2.
	near(t, "of {0, 1} at 1/2", CRPS([]float64{1, 0}, 0.5), 0.25, 1e-15)
	// ∫(F−1)² below 4 over {1, 2, 4}: (1/3)²·1 + (2/3)²·2, and F = 1 above.
	near(t, "of {1, 2, 4} at 4", CRPS([]float64{4, 1, 2}, 4), 1.0/9+8.0/9, 1e-15)
	// Of the standard normal at 0: (√2 − 1)/√π (Gneiting & Raftery 2007, equation 21).
	x := make([]float64, 20001)
	for i := range x {
		x[i] = distuv.UnitNormal.Quantile((float64(i) + 0.5) / float64(len(x)))
	}
	near(t, "of the standard normal at 0", CRPS(x, 0), (math.Sqrt2-1)/math.Sqrt(math.Pi), 1e-4)
	for _, bad := range [][]float64{nil, {1, math.NaN()}} {
		if v := CRPS(bad, 0); !math.IsNaN(v) {
			t.Errorf("of %v is %g", bad, v)
		}
	}
}

func TestMASE(t *testing.T) {
	// Steps 1, 2, 1 of the history, errors 2 and 1: 1.5/(4/3).
	near(t, "MASE", MASE([]float64{3, 3}, []float64{5, 4}, []float64{1, 2, 4, 3}), 1.125, 1e-15)
	for _, history := range [][]float64{nil, {7}, {7, 7}} {
		if v := MASE([]float64{3}, []float64{5}, history); !math.IsNaN(v) {
			t.Errorf("after %v it is %g", history, v)
		}
	}
}

func series(what, entity string, log bool, dates, values []float64) *Series {
	s := &Series{Series: &observed.Series{Quantity: what, Entity: entity}, Log: log}
	for i := range dates {
		s.Points = append(s.Points, observed.Point{Quantity: what, Entity: entity, Date: dates[i], Value: values[i],
			Day: quantity.LastDay(dates[i])})
	}
	return s
}

// An exponential amount goes on exactly, a line exactly, and one observation has no trend.
func TestTrendAndNoChange(t *testing.T) {
	next := []observed.Point{{Date: 2025}}
	check := func(s *Series, want float64, wantKind string) {
		t.Helper()
		got, kind := trend(s, s.Points, next)
		near(t, s.Quantity, got[0], want, 1e-9*want)
		if kind != wantKind {
			t.Errorf("%s goes on %s, want %s", s.Quantity, kind, wantKind)
		}
	}
	check(series("doubling", "", true, []float64{2022, 2023, 2024}, []float64{1, 2, 4}), 8, "log-linear")
	check(series("falling", "", true, []float64{2022, 2023, 2024}, []float64{4, 3, 2}), 1, "linear")
	check(series("share", "", false, []float64{2022, 2023, 2024}, []float64{.1, .2, .3}), .4, "linear")
	one := series("one", "", true, []float64{2024}, []float64{4})
	if got, kind := trend(one, one.Points, next); !math.IsNaN(got[0]) || kind != "" {
		t.Errorf("one observation has the trend %v %q", got, kind)
	}
	near(t, "no change", noChange(one.Points, next)[0], 4, 0)
	if v := noChange(nil, next)[0]; !math.IsNaN(v) {
		t.Errorf("no change of nothing is %g", v)
	}
}

// Shares grow in proportion: logs of their ratio are normal with variance 2σ²t, and no ensemble
// exceeds one.
func TestGibrat(t *testing.T) {
	dates := []float64{2023, 2024, 2026}
	a := series(shareOfSales, "x/a", false, dates, []float64{.5, .25, 0})
	b := series(shareOfSales, "x/b", false, dates, []float64{.25, .5, 0})
	near(t, "volatility", volatility([]*Series{a, b}, 2024), math.Ln2, 1e-12) // steps ±ln 2 over a year each
	const sigma = 0.3
	all := gibrat([]*Series{a, b}, sigma, 2024, 1)
	if len(all[a]) != 1 || len(all[a][0]) != gibratMembers {
		t.Fatalf("%d dates, %d members", len(all[a]), len(all[a][0]))
	}
	sum, squares := 0.0, 0.0
	for r := range gibratMembers {
		x, y := all[a][0][r], all[b][0][r]
		if x <= 0 || y <= 0 || x+y >= 1 {
			t.Fatalf("shares %g and %g", x, y)
		}
		d := math.Log(y/x) - math.Ln2
		sum, squares = sum+d, squares+d*d
	}
	want := 2 * sigma * sigma * 2
	near(t, "mean", sum/gibratMembers, 0, 4*math.Sqrt(want/gibratMembers))
	near(t, "variance", squares/gibratMembers, want, 4*want*math.Sqrt(2.0/gibratMembers))
}
