package results

import (
	"simulate/internal/visible"
	"simulate/sim/scenario"
	"simulate/sim/table"
)

// inputsTable describes the table of inputs, which every folder has as CSV, for it is to be cited.
func inputsTable() *table.Table {
	text := func(name, meaning string) table.Column {
		return table.Column{Name: name, Kind: table.Text, Meaning: meaning}
	}
	return table.New(InputsTable, text("scenario", "scenario that has the input"),
		text("path", "key of the scenario"),
		text("value", "number in the unit beside it (the median of a distribution), ISO date or word"),
		text("unit", "unit of the value; growth is the factor of a year, x/yr; empty for words and pure numbers"),
		text("source", "who says so: a citation, assumption, or option --set with what it set; empty where none is named"),
		text("mark", "data: observed, counted or announced; derived: computed or fitted; assumption: said to be one, "+
			"without a source, or set by hand; default: the model's own, as nobody gave a value"),
		text("written", "the value as scenarios write it, money in the currency of the file, a distribution in full"),
		text("note", "what the scenario says besides, and what of it varies in the design"))
}

// sourceCell is a source as a cell, which no spreadsheet takes for a formula: files may not begin
// one so, and what an option set is said to be of an option.
func sourceCell(source string) string {
	if visible.Formula(source) {
		return "option " + source
	}
	return source
}

// NewInputs is the table of inputs of scenarios. besides says more of a PATH, such as what it takes
// in a design; nil: nothing.
func NewInputs(scenarios []*scenario.Scenario, besides func(path string) string) *table.Table {
	t := inputsTable()
	for _, s := range scenarios {
		for _, in := range s.Inputs() {
			note := in.Note
			if besides != nil {
				if more := besides(in.Path); more != "" && note != "" {
					note += "; " + more
				} else {
					note += more
				}
			}
			unit := in.Unit
			if unit == "1" {
				unit = ""
			}
			t.Append(s.Name, in.Path, in.Value, unit, sourceCell(in.Source), string(in.Mark), in.Written, note)
		}
	}
	return t
}
