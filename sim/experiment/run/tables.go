package run

import (
	"fmt"
	"slices"
	"strings"

	"simulate/internal/quantity"
	"simulate/sim"
	"simulate/sim/experiment/results"
	"simulate/sim/table"
)

// Tables that not every experiment leaves.
const (
	DesignTable = "design" // of a sweep: a row for each case
	RunsTable   = "runs"   // a row for each run with its last values
)

func textColumn(name, meaning string) table.Column {
	return table.Column{Name: name, Kind: table.Text, Meaning: meaning}
}

// caseOf is the column that names the case.
func caseOf(meaning string) table.Column { return textColumn("case", meaning) }

// runsTable describes the table of runs.
func runsTable(caseOf table.Column, inputs, metrics []table.Column) *table.Table {
	replication := table.Column{Name: "replication", Kind: table.Integer,
		Meaning: "number of the run within its case, from 1; equal numbers share their luck across cases"}
	runs := []table.Column{caseOf, replication, textColumn("seed", "seed of all runs; with the replication it decides "+
		"the luck of the run"),
		textColumn("status", "ok, or failed: then the metrics are empty"), textColumn("date", "last day of the run (ISO), "+
			"at which the metrics are taken")}
	return table.New(RunsTable, slices.Concat(runs, inputs, metrics,
		[]table.Column{textColumn("error", "why the run failed"), textColumn("replay", "command that repeats a failed "+
			"run, in this folder")})...)
}

// columns describes the recorded metrics.
func (rec *recording) columns() []table.Column {
	var out []table.Column
	for _, i := range rec.metrics {
		m := sim.Metrics[i]
		out = append(out, table.Column{Name: m.Name, Kind: table.Number, Unit: m.Unit, Meaning: m.Meaning})
	}
	return out
}

// always are the tables that nobody needs to ask for.
var always = []string{results.InputsTable, results.DictionaryTable}

// askedTables are the names of tables that a user asks for, in the order of the folder, with the
// summary, which sentences, figures and every command on a folder read. known are those that an
// experiment can leave, and beside those that this one leaves in any case. One that it cannot leave
// is an error: a name that is unknown, or draws where nothing is drawn.
func askedTables(names []string, known, beside []*table.Table, draws bool) ([]string, error) {
	var out, all []string
	for _, t := range known {
		if slices.Contains(always, t.Name) || t.Name == DrawsTable && !draws {
			continue
		}
		if all = append(all, t.Name); t.Name == results.SummaryTable || slices.Contains(names, t.Name) {
			out = append(out, t.Name)
		}
	}
	for _, t := range beside {
		all = append(all, t.Name)
	}
	var wrong []string
	for _, name := range names {
		if !slices.Contains(slices.Concat(all, always), name) {
			wrong = append(wrong, fmt.Sprintf("%q", name))
		}
	}
	if len(wrong) > 0 {
		return nil, fmt.Errorf("there is no table %s here; there are %s", strings.Join(wrong, ", "),
			quantity.List(slices.Concat(all, always)))
	}
	return out, nil
}

// only keeps the tables of some names.
func only(names []string, all []*table.Table) []*table.Table {
	return slices.DeleteFunc(all, func(t *table.Table) bool { return !slices.Contains(names, t.Name) })
}

// onlyFor leaves out of a recording what none of some tables needs.
func (rec *recording) onlyFor(tables []string) {
	has := func(name string) bool { return slices.Contains(tables, name) }
	if rec.segments = nil; has(results.SegmentsTable) || has(results.SegmentSummaryTable) {
		rec.segments = allOfSegments()
	}
	rec.labs = has(results.LabsTable) || has(results.LabsSummaryTable)
	rec.positions = has(results.LabSegmentsTable)
	rec.happens = has(results.EventsTable)
}
