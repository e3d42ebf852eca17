package run

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"simulate/sim/scenario"
)

// A plan reads again as the sweep that it was made of, whatever the sections of the experiment and
// the currencies of its values.
func TestPlansKeepWhatVariesAsItWasWritten(t *testing.T) {
	for _, experiment := range []string{
		"uncertainties: {market.eta: 0.6 to 1.5, research.gamma: range}",
		"uncertainties: [research.gamma]\n  levers: {policies.g.grant.amount: [€0/yr, €1B/yr], market.eta: range}",
		"levers: {policies.g.grant.amount: €1B/yr to 2B EUR/yr, research.gamma: range}",
		"uncertainties: {policies.g.grant.amount: {dist: uniform, low: €1B/yr, high: $3B/yr}}",
	} {
		file := filepath.Join(t.TempDir(), "abroad.yaml")
		text := "title: Abroad\nextends: baseline\nclock: {end: 2026-01}\nexchange_rates: {EUR: 1.08 USD}\n" +
			"policies: {g: {from: 2025-06, grant: {amount: €1B/yr}}}\nexperiment:\n  " + experiment + "\n"
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		own, err := scenario.Load(file, scenario.Options{})
		if err != nil {
			t.Fatal(err)
		}
		was, err := NewSweep(SweepSpec{Scenario: own, Replications: 2})
		if err != nil {
			t.Fatal(err)
		}
		again, err := was.text().sweep(nil)
		if err != nil {
			t.Fatal(err)
		}
		if was.Identity() != again.Identity() {
			t.Errorf("%s: the plan is of another sweep", experiment)
		}
		if a, b := was.scenario.YAML(), again.scenario.YAML(); string(a) != string(b) {
			t.Errorf("%s: resolved\n%s\nand read from its plan\n%s", experiment, a, b)
		}
		if !slices.EqualFunc(was.paths, again.paths, func(a, b input) bool { return a.Path == b.Path && a.Spec == b.Spec }) {
			t.Errorf("%s: %v, not %v", experiment, again.paths, was.paths)
		}
	}
}
