package run

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
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

// A row of parameter vectors that cannot be at a listed point is refused before any run by its
// place; at a sampled point that run alone fails, and a plan has the same words for it.
func TestRowsThatCannotBeAtAPoint(t *testing.T) {
	file := filepath.Join(t.TempDir(), "vectors.csv")
	if err := os.WriteFile(file, []byte("market.sigma\n3\n1.7\n2.8\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	own, err := scenario.Load("baseline", scenario.Options{Parameters: file, Set: []string{"clock.end=2025-06",
		"research.gamma=1.5x/yr to 10x/yr"}})
	if err != nil {
		t.Fatal(err)
	}
	sweep := func(eta string) (*Sweep, error) {
		v, err := own.ParseVariation("market.eta", eta)
		if err != nil {
			t.Fatal(err)
		}
		return NewSweep(SweepSpec{Scenario: own, Inputs: []scenario.Variation{v}, Samples: map[bool]int{true: 8}[v.Interval !=
			nil], Replications: 3})
	}
	_, err = sweep("1,1.8")
	if err == nil || !strings.HasPrefix(err.Error(), file+":3:1: row 2 of parameter_sets: sigma 1.7") ||
		!strings.Contains(err.Error(), "at point 2 (market.eta 1.8)") {
		t.Errorf("%v", err)
	}
	if _, err = sweep("1.8 to 2"); err == nil || !strings.HasPrefix(err.Error(), file+":3:1: row 2") {
		t.Errorf("no point can be with the row, but: %v", err)
	}
	s, err := sweep("1.1 to 2")
	if err != nil {
		t.Fatal(err)
	}
	again, err := s.text().sweep(nil)
	if err != nil {
		t.Fatal(err)
	}
	failed := 0
	for number := range s.Cases() {
		for r := 1; r <= 3; r++ {
			_, was := s.config(number, r)
			_, now := again.config(number, r)
			if was == nil {
				continue
			}
			if failed++; !strings.HasPrefix(was.Error(), "row 2 of parameter_sets: ") || now == nil ||
				was.Error() != now.Error() {
				t.Errorf("%v, by the plan %v", was, now)
			}
		}
	}
	if failed == 0 || failed == s.Cases() {
		t.Errorf("%d of %d points are impossible with row 2", failed, s.Cases())
	}
}
