package cluster

import (
	"testing"

	"simulate/sim/experiment/run"
	"simulate/sim/experiment/tiny"
)

// gridOfSix has two policies of the reference, budgets, and three values of a shock that share one.
func gridOfSix(t *testing.T) *run.Sweep {
	t.Helper()
	spec := run.SweepSpec{Scenario: tiny.Load(t, "shock"), Replications: 3}
	spec.Inputs = tiny.Vary(t, spec.Scenario, "labs.mid.budget=$500M/yr,$1B/yr",
		"events.0.shock.training_efficiency=2x,4x,8x")
	s, err := run.NewSweep(spec)
	if err != nil {
		t.Fatal(err)
	}
	return s
}
