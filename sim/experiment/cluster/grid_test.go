package cluster

import (
	"strings"
	"testing"

	"simulate/sim/experiment/run"
	"simulate/sim/experiment/tiny"
)

// gridOfSix has two policies of the reference, budgets, and three values of a shock that share one.
func gridOfSix(t *testing.T) *run.Sweep {
	t.Helper()
	spec := run.SweepSpec{Scenario: tiny.Load(t, "shock"), Replications: 3}
	for _, text := range []string{"labs.mid.budget=$500M/yr,$1B/yr", "events.0.shock.training_efficiency=2x,4x,8x"} {
		path, what, _ := strings.Cut(text, "=")
		v, err := spec.Scenario.ParseVariation(path, what)
		if err != nil {
			t.Fatal(err)
		}
		spec.Inputs = append(spec.Inputs, v)
	}
	s, err := run.NewSweep(spec)
	if err != nil {
		t.Fatal(err)
	}
	return s
}
