package page

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"simulate/plots"
	"simulate/sim/experiment/run"
	"simulate/sim/scenario"
)

// A lab has the colour on a page that it has in the figures of the same scenario.
func TestColoursOfFigures(t *testing.T) {
	own := filepath.Join(t.TempDir(), "own.yaml")
	if err := os.WriteFile(own, []byte("extends: deepseek-shock\nlabs: {amalia: {region: eu, budget: $40M/yr, "+
		"compute: 500 H100, capability: 0}}\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, ref := range []string{"deepseek-shock", own, "entrant-race"} {
		s, err := scenario.Load(ref, scenario.Options{Set: []string{"clock.end=2025-07", "reference_replications=2",
			"replications=1"}})
		if err != nil {
			t.Fatal(err)
		}
		shown, err := Compute(Options{Scenario: s, Pairs: 1})
		if err != nil {
			t.Fatal(err)
		}
		dir := filepath.Join(t.TempDir(), "r")
		if _, err := run.Run(context.Background(), run.Spec{Scenarios: []*scenario.Scenario{s}, Out: dir}); err != nil {
			t.Fatal(err)
		}
		drawn, err := plots.Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		compared := 0
		for _, l := range drawn.LabStyles(s.Name) {
			if l.Named {
				compared++
				if got := shown.data.Colours[l.Class]; got != l.Colour {
					t.Errorf("%s: %s is %s on the page and %s in figures", ref, l.Class, got, l.Colour)
				}
			}
		}
		if compared < 10 {
			t.Errorf("%s: %d colours compared", ref, compared)
		}
	}
}
