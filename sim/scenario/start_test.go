package scenario

import (
	"math"
	"testing"

	"simulate/sim"
)

// The baseline has no burn-in: at the start no lab's own run stands more than a twentieth of an
// order of magnitude above the model that it offers, concentration of sales in the first month is
// within two per cent of that at the start, and so is the compute that labs are known to use.
func TestNoBurnIn(t *testing.T) {
	c := *mustLoad(t, "baseline", "mode=deterministic").Config()
	ref, err := sim.NewReference(&c)
	if err != nil {
		t.Fatal(err)
	}
	m, err := sim.New(&c)
	if err != nil {
		t.Fatal(err)
	}
	m.Reset(1, 1, ref)
	for i := range m.NumLabs() {
		l := m.Lab(i)
		run := l.TrainingFlop
		if !math.IsNaN(l.Spec.NextRun) { // under way, not on offer
			run = l.Spec.DocumentedRun
		}
		own := math.Log10(run/sim.GPT4FLOP) + l.TrainingEfficiency/math.Ln10
		if jump := own - l.Capability; jump > .05 {
			t.Errorf("%s: its own run stands %.3f OOM above its model", l.Spec.ID, jump)
		}
	}
	hhi := func() float64 {
		for _, v := range sim.Metrics {
			if v.Name == "hhi_sales" {
				return v.Of(m)
			}
		}
		return math.NaN()
	}
	start := hhi()
	if err := m.Step(); err != nil {
		t.Fatal(err)
	}
	if change := hhi()/start - 1; !(math.Abs(change) < .02) {
		t.Errorf("the HHI of sales moves by %.1f %% in the first month", 100*change)
	}
}
