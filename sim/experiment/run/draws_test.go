package run

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"simulate/sim/experiment/tiny"
	"simulate/sim/scenario"
	"simulate/sim/table"
)

// Draws are recorded in the unit of tables, by case only where cases draw differently, and are
// those that runs had.
func TestDrawsAreRecorded(t *testing.T) {
	named := func(name string, set ...string) *scenario.Scenario {
		s := *tiny.Load(t, "drawn", append([]string{"market.eta={dist: uniform, low: 0.6, high: 1.6}"}, set...)...)
		s.Name = name
		return &s
	}
	base, other, more := named("base"), named("other", "labs.mid.budget=$2B/yr"), named("more", "market.eta={dist: "+
		"uniform, low: 0.6, high: 1.8}")
	for _, c := range []struct {
		scenarios []*scenario.Scenario
		columns   string
		rows      int
	}{
		{[]*scenario.Scenario{base}, "point replication research.gamma market.eta", 6},
		{[]*scenario.Scenario{base, other}, "point replication research.gamma market.eta", 6},
		{[]*scenario.Scenario{base, more}, "case point replication research.gamma market.eta", 12},
	} {
		dir := t.TempDir()
		if _, err := Run(context.Background(), Spec{Scenarios: c.scenarios, Out: dir}); err != nil {
			t.Fatal(err)
		}
		got, err := table.Read(filepath.Join(dir, "draws.csv"))
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, column := range got.Columns {
			names = append(names, column.Name)
		}
		if strings.Join(names, " ") != c.columns || got.Len() != c.rows {
			t.Errorf("columns %v of %d rows, want %s of %d", names, got.Len(), c.columns, c.rows)
		}
		for i, g := range got.Number("research.gamma") {
			cfg, err := c.scenarios[len(c.scenarios)-1].Draw(7, i%6+1)
			if err != nil {
				t.Fatal(err)
			}
			knob, _ := base.Knob("research.gamma")
			if want := knob.ToTable(cfg.Parameters.Research.Gamma); g < 1.2 || g > 6 || g/want-1 > 1e-8 || want/g-1 > 1e-8 {
				t.Errorf("row %d: γ %v, the run had %v", i+1, g, want)
			}
		}
	}
	// What varies by design is not drawn; what is drawn is the same at every point.
	s := tinySweep(t, "drawn", SweepSpec{Replications: 6}, "market.eta=0.9,1.1")
	dir := t.TempDir()
	if _, err := s.Run(context.Background(), Output{Out: dir, Format: "csv"}, Options{}); err != nil {
		t.Fatal(err)
	}
	got, err := table.Read(filepath.Join(dir, "draws.csv"))
	if err != nil {
		t.Fatal(err)
	}
	if got.Len() != 6 || got.Has("market.eta") || !got.Has("research.gamma") || got.Number("point")[5] != 0 {
		t.Errorf("draws of a sweep: %d rows, %+v", got.Len(), got.Columns)
	}
}
