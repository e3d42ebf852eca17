package main

import (
	"slices"
	"strconv"
	"strings"

	"simulate/internal/quantity"
	"simulate/internal/reference"
	"simulate/plots"
	"simulate/sim/experiment/results"
	"simulate/sim/experiment/run"
	"simulate/sim/table"
)

// readDesign reads what varies, with the units that the folder's dictionary gives the columns.
func readDesign(m *results.Manifest, dir string) (*table.Table, error) {
	design, err := m.Table(dir, run.DesignTable)
	if err != nil {
		return nil, err
	}
	units, err := m.Table(dir, results.DictionaryTable)
	if err != nil {
		return nil, err
	}
	units = units.Where("table", run.DesignTable)
	for i := range design.Columns { // a CSV does not hold them
		if k := slices.Index(units.Text("column"), design.Columns[i].Name); k >= 0 {
			design.Columns[i].Unit, design.Columns[i].Meaning = units.Text("unit")[k], units.Text("meaning")[k]
		}
	}
	return design, nil
}

// inputsOf are the columns of a design that vary.
func inputsOf(design *table.Table) (out []table.Column) {
	for _, c := range design.Columns[1:] {
		if len(design.Distinct(c.Name)) > 1 {
			out = append(out, c)
		}
	}
	return out
}

// inputHeads name the inputs in words.
func inputHeads(inputs []table.Column) (out []string) {
	for _, c := range inputs {
		name := reference.Title(c.Name)
		if name == "" {
			name = plots.PathWords(c.Name)
		}
		out = append(out, name)
	}
	return out
}

// inputCells are a point's values as scenarios write them.
func inputCells(design *table.Table, inputs []table.Column, row int) (out []string) {
	for _, c := range inputs {
		_, spec, _ := strings.Cut(c.Meaning, run.Varies)
		out = append(out, plots.InputWord(design.Text(c.Name)[row], plots.InputUnit(c.Unit, spec)))
	}
	return out
}

// cellsOf are the values of a row in some columns.
func cellsOf(t *table.Table, columns []table.Column, row int) (out []any) {
	for _, c := range columns {
		switch c.Kind {
		case table.Text:
			out = append(out, t.Text(c.Name)[row])
		case table.Integer:
			out = append(out, int(t.Number(c.Name)[row]))
		default:
			out = append(out, t.Number(c.Name)[row])
		}
	}
	return out
}

// metricHead is the head of a column of a metric at a date.
func metricHead(m *plots.Measured, metric, date string) string {
	head := reference.Title(metric)
	if unit := m.UnitWords(); unit != "" {
		head += ", " + unit
	}
	return head + ", " + strings.TrimPrefix(quantity.When(date), "the ")
}

// sourceOfPoints ends a caption: what made the table, and how many runs.
func sourceOfPoints(m *results.Manifest, points string) string {
	return "Simulate " + m.Version + ", seed " + strconv.FormatUint(m.Seed, 10) + ", " + points + " of " +
		quantity.Plural(m.Replications, "replication")
}
