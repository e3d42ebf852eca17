package history

import (
	"math"
	"testing"

	"simulate/sim/observed"
)

// What the model leaves out is nothing up to the cut and has the standard deviation d of logs a
// year after it, d·√½ after half a year; the draws of a member depend on nothing but seed, member,
// series and step; shares end at one.
func TestDiscrepancyGrowsFromTheCut(t *testing.T) {
	const members, d = 4000, 0.1
	amount := &Series{Series: &observed.Series{Quantity: "compute_stock"}, Unit: "H100e", Log: true}
	share := &Series{Series: &observed.Series{Quantity: "cr4_compute_owned"}, Unit: "0–1"}
	b := &Backtest{Spec: BacktestSpec{Until: 2024.5, Seed: 7, Discrepancy: d}, Start: 2024, PerYear: 12,
		Series: []*Scored{{Series: amount}, {Series: share}}}
	made := func(n int) []paths {
		runs := make([]paths, n)
		for r := range runs {
			runs[r] = paths{make([]float64, 19), make([]float64, 19)}
			for step := range 19 {
				runs[r][0][step], runs[r][1][step] = 1, 0.99
			}
		}
		b.predict(runs)
		return runs
	}
	runs := made(members)
	for step, want := range map[int]float64{6: 0, 12: d * math.Sqrt(.5), 18: d} {
		sum := 0.0
		for _, run := range runs {
			sum += math.Pow(math.Log(run[0][step]), 2)
			if run[1][step] > 1 {
				t.Fatalf("a share of %g", run[1][step])
			}
		}
		// four standard errors of a standard deviation
		if got := math.Sqrt(sum / members); math.Abs(got-want) > 4*want/math.Sqrt(2*members) {
			t.Errorf("after %d steps: standard deviation %g, want %g", step, got, want)
		}
	}
	if few := made(3); few[2][0][18] != runs[2][0][18] {
		t.Error("the number of members moves a member's draws")
	}
}
