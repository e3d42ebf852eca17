package analysis

import (
	"math"
	"strings"
	"testing"

	"simulate/sim/design"
)

// Indices do not depend on the unit of the outcome, however large or small it makes the numbers;
// effects scale with it.
func TestOutcomesOfAnySize(t *testing.T) {
	sobol := points(t, "saltelli", design.Spec{Dimensions: 3, Samples: 64, Seed: 1}, angle)
	morris := points(t, "morris", design.Spec{Dimensions: 3, Samples: 20, Seed: 1}, angle)
	of := func(in Inputs, unit float64) [][]float64 {
		return outcome(in, func(x []float64) float64 { return unit * ishigami(x) })
	}
	o := SobolOptions{Resampling: Resampling{Resamples: 100}}
	want, err := Sobol(sobol, of(sobol, 1), o)
	if err != nil {
		t.Fatal(err)
	}
	given, err := FirstOrder(sobol, of(sobol, 1), o)
	if err != nil {
		t.Fatal(err)
	}
	effects, err := Morris(morris, of(morris, 1), MorrisOptions{Resampling: o.Resampling})
	if err != nil {
		t.Fatal(err)
	}
	same := func(a, b Estimate) bool {
		near := func(a, b float64) bool { return math.Abs(a-b) < 1e-9*(1+math.Abs(b)) }
		return near(a.Value, b.Value) && near(a.Low, b.Low) && near(a.High, b.High)
	}
	for _, unit := range []float64{1e160, 1e300, 1e-200, -1e12} {
		got, err := Sobol(sobol, of(sobol, unit), o)
		if err != nil {
			t.Fatal(err)
		}
		first, err := FirstOrder(sobol, of(sobol, unit), o)
		if err != nil {
			t.Fatal(err)
		}
		for j := range got.Inputs {
			if !same(got.Inputs[j].First, want.Inputs[j].First) || !same(got.Inputs[j].Total, want.Inputs[j].Total) {
				t.Errorf("unit %g: %+v, want %+v", unit, got.Inputs[j], want.Inputs[j])
			}
			if !same(first.Inputs[j].First, given.Inputs[j].First) {
				t.Errorf("unit %g, given sample: %+v, want %+v", unit, first.Inputs[j], given.Inputs[j])
			}
		}
		moved, err := Morris(morris, of(morris, unit), MorrisOptions{Resampling: o.Resampling})
		if err != nil {
			t.Fatal(err)
		}
		for j := range moved {
			if !same(moved[j].MuStar.times(1/math.Abs(unit)),
				effects[j].MuStar) || !same(moved[j].Sigma.times(1/math.Abs(unit)), effects[j].Sigma) {
				t.Errorf("unit %g: %+v, want %+v", unit, moved[j], effects[j])
			}
		}
	}
	d := Paired([]float64{1e200, 2e200, 3e200}, []float64{2e200, 4e200, 3e200})
	if math.Abs(d.SE/1e200-math.Sqrt(1./3)) > 1e-12 || math.Abs(d.Change.Value/1e200-1) > 1e-12 {
		t.Errorf("paired change %+v with error %g", d.Change, d.SE)
	}
}

// An outcome that differs by rounding alone has no variance to explain.
func TestRoundingIsNoVariance(t *testing.T) {
	in := points(t, "lhs", design.Spec{Dimensions: 2, Samples: 100, Seed: 1}, same)
	y := outcome(in, func(x []float64) float64 { return 3e9 * (1 + 1e-16*math.Round(2*x[0])) })
	if _, err := FirstOrder(in, y, SobolOptions{}); err == nil || !strings.Contains(err.Error(),
		"everywhere but for rounding") {
		t.Errorf("error %v", err)
	}
}
