package report

import (
	"fmt"
	"math"
	"slices"

	"simulate/internal/quantity"
	"simulate/internal/shell"
	"simulate/sim/experiment/compare"
)

// patterns hold what scenarios expect against the tables, as far as these decide it.
func (f *folder) patterns(o *compare.Outcome) []part {
	g := &grid{Caption: "Patterns that the scenarios state, over the replications’ mean unless it says otherwise",
		Columns: columns("pattern", "#expected", "#found", "verdict", "source")}
	open := map[string]bool{}
	for _, c := range f.casesWithScenario() {
		s := f.scenarioOf(c.Name)
		for _, v := range o.Check(c.Name, s.Expect) {
			pattern := cell{Text: v.Expectation.Subject(), Small: v.Date}
			if len(f.cases()) > 1 {
				pattern.Small += ", " + v.Case
			}
			found := "–"
			var word cell
			switch {
			case v.Reason != "":
				word = cell{Text: "not decided by this folder", Small: v.Reason}
				if base := v.Expectation.Base(v.Case); base != "" && f.caseNamed(base).Name == "" {
					word = cell{Text: "needs a run of " + base}
				} else if !slices.Contains(o.Dates(v.Case), v.Date) {
					word = cell{Text: "needs every step recorded"}
				}
				open[f.fileOf(c.Name)] = true
			case v.KnownMisfit():
				word = cell{Text: "known misfit", Small: v.Expectation.Misfit}
			case v.Expectation.Misfit != "":
				word = cell{Text: "met, though stated as a misfit", Small: v.Expectation.Misfit}
			case v.OK && v.Expectation.Given != "":
				word = cell{Text: "tests nothing", Small: v.Expectation.Given}
			case v.OK:
				word = cell{Text: "met"}
			default:
				word = cell{Text: "not met", Strong: true}
			}
			if !math.IsNaN(v.Value) {
				found = human(v.Value)
			}
			if v.Runs > 0 {
				found += fmt.Sprintf("; %s of runs", quantity.Share(v.Share))
			}
			from := source(v.Expectation.Source)
			from.Small = v.Expectation.Note
			g.Rows = append(g.Rows, row{Cells: []cell{pattern, {Text: v.Bounds()}, {Text: found}, word, from}})
		}
	}
	if len(g.Rows) == 0 {
		return []part{missing("The scenario states no pattern within its clock.")}
	}
	parts := []part{{Table: g}}
	for _, file := range f.files {
		if open[file] {
			parts = append(parts, part{Text: []text{{Text: "What this folder does not decide needs runs of its own, with the " +
				"scenario it is held against and every step recorded:", Code: "simulate check " + shell.Word(file) + " --expect"}}})
		}
	}
	return parts
}

// fileOf is the file of a case's scenario.
func (f *folder) fileOf(name string) string {
	for i, c := range f.manifest.Cases {
		if c.Name == name && i < len(f.files) {
			return f.files[i]
		}
	}
	return ""
}
