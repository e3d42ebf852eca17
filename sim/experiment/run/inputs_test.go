package run

import (
	"path/filepath"
	"strings"
	"testing"

	"simulate/internal/visible"
	"simulate/sim/experiment/results"
	"simulate/sim/experiment/tiny"
	"simulate/sim/scenario"
	"simulate/sim/table"
)

// Every kind of folder has its inputs as CSV, whatever format its tables have, and a sweep says
// what varies.
func TestInputsOfEveryFolder(t *testing.T) {
	read := func(dir string) *table.Table {
		in, err := table.Read(filepath.Join(dir, results.InputsTable+".csv"))
		if err != nil {
			t.Fatal(err)
		}
		return in
	}
	dir := filepath.Join(t.TempDir(), "runs")
	o := runTiny(t, Spec{Out: dir, Format: "parquet", Tables: []string{"market"}, Replications: 2}, "base", "shock")
	in := read(dir)
	if got := in.Distinct("scenario"); len(got) != 2 || got[0] != "base" || got[1] != "shock" {
		t.Errorf("inputs of %v", got)
	}
	for _, mark := range in.Distinct("mark") {
		if !strings.Contains("data derived assumption default", mark) {
			t.Errorf("mark %q", mark)
		}
	}
	if again, err := o.Table(results.InputsTable); err != nil || again.Len() != in.Len() {
		t.Errorf("the outcome reads %v, %v", again, err)
	}
	if o.Manifest.Sum("inputs.csv") == "" {
		t.Error("the manifest does not know the inputs")
	}
	swept := filepath.Join(t.TempDir(), "sweep")
	runSweep(t, gridOfSix(t), swept, 1)
	in = read(swept)
	varies := in.Filter(func(row int) bool { return strings.HasPrefix(in.Text("note")[row], "varies by the design: ") })
	if got := varies.Len(); got != len(gridOfSix(t).Paths()) {
		t.Errorf("%d inputs are said to vary", got)
	}
}

// The inputs of a folder follow from its resolved scenario.
func TestInputsFollowFromTheScenario(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	o := runTiny(t, Spec{Out: dir, Replications: 2}, "base")
	s, err := scenario.Load(filepath.Join(dir, results.ScenarioName), scenario.Options{})
	if err != nil {
		t.Fatal(err)
	}
	s.Name = "base"
	there, err := o.Table(results.InputsTable)
	if err != nil {
		t.Fatal(err)
	}
	here := results.NewInputs([]*scenario.Scenario{s}, nil)
	for _, column := range []string{"path", "value", "unit", "source", "mark", "note"} {
		if a, b := strings.Join(there.Text(column), "\n"), strings.Join(here.Text(column), "\n"); a != b {
			t.Errorf("%s differ:\n%s\n%s", column, a, b)
		}
	}
}

// No cell of the inputs begins as a formula of spreadsheets does, what options set included.
func TestInputsHoldNoFormula(t *testing.T) {
	s := tiny.Load(t, "base", "market.eta=0.9")
	set := 0
	in := results.NewInputs([]*scenario.Scenario{s}, nil)
	for _, column := range []string{"source", "note", "written"} {
		for i, cell := range in.Text(column) {
			if column == "source" && strings.Contains(cell, "--set ") {
				set++
			}
			number := strings.Trim(cell, "-−+0123456789.e%x/yr") == ""
			if visible.Formula(cell) && !number {
				t.Errorf("%s of %s is %q", column, in.Text("path")[i], cell)
			}
		}
	}
	if set != 1 {
		t.Errorf("%d inputs are said to be set", set)
	}
}
