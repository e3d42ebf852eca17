package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"

	"simulate/internal/shell"
	"simulate/sim/scenario"
	"simulate/sim/table"
)

// unitsInCells is what to do about a row of units.
const unitsInCells = "write the unit into each cell, as in €40M/yr"

// points reads a table of the user's with a column per PATH. Columns that are no PATH are refused,
// but for case, which other results bring along and which is noted where it does not number the
// rows as the sweep will.
func (p *program) points(c *cli.Context, own *scenario.Scenario, file string) (points []scenario.Variation,
	notes []string, err error) {
	t, err := p.bring(c, file)
	if err != nil {
		return nil, nil, err
	}
	if t.Len() == 0 {
		return nil, nil, usagef("%s has no rows; write a header and a row per run", t.Path())
	}
	if err := t.RefuseUnits(unitsInCells); err != nil {
		return nil, nil, err
	}
	var wrong table.Problems
	ignored := t.Named(c.StringSlice("ignore"))
	for i, name := range ignored {
		column, err := t.Column(name)
		if err != nil {
			return nil, nil, err
		}
		ignored[i] = column.Name
	}
	for _, column := range t.Columns() {
		if slices.Contains(ignored, column.Name) {
			continue
		}
		if column.Name == "case" {
			notes = append(notes, caseNumbers(t, column)...)
			continue
		}
		l, found := own.Knob(strings.TrimPrefix(column.Name, "parameters."))
		if !found {
			_, err := own.ParseVariation(column.Name, "")
			wrong.Add(t.Path(), "column %v; a column that is no PATH is left out by --ignore %s", err,
				shell.Word(column.Name))
			continue
		}
		values, written, bad := pointsOf(column, l, t.Len())
		wrong = append(wrong, bad...)
		points = append(points, l.Spelt(values, written))
	}
	if len(wrong) > 0 {
		return nil, nil, wrong
	}
	if len(points) == 0 {
		return nil, nil, usagef("%s has no column of a PATH; name one by it, as in market.eta", t.Path())
	}
	for _, note := range t.Notes() {
		notes = append(notes, fmt.Sprintf("Note: %s: %s.", t.Path(), note))
	}
	return points, notes, nil
}

// caseNumbers notes case numbers that are not kept.
func caseNumbers(t *table.Sheet, column *table.SheetColumn) []string {
	for row := range t.Len() {
		text := column.Text(row)
		if n, err := strconv.Atoi(strings.TrimLeft(text, "0")); err != nil || n != row+1 {
			return []string{fmt.Sprintf("The column case of %s is not kept: points are numbered by their rows, so that %s is "+
				"called %d.", t.Path(), text, row+1)}
		}
	}
	return nil
}

// pointsOf are the values of a PATH: plain numbers in the unit of tables, or each cell in the
// scenario's syntax, which is then given too.
func pointsOf(column *table.SheetColumn, l *scenario.Knob, rows int) (values []float64, written []string,
	wrong table.Problems) {
	const remedy = "give every point a value"
	if column.IsNumeric() && !l.Textual() {
		n, err := column.Numbers(true)
		if err == nil && !n.Percent && n.Currency == "" {
			if bad, ok := column.MissingCells(n.Missing, remedy).(table.Problems); ok {
				return n.Values, nil, bad
			}
			values = make([]float64, len(n.Values))
			for row, v := range n.Values {
				values[row] = l.FromTable(v)
				if bad := l.WithoutUnit(v); bad != "" {
					wrong.Add(column.Place(row), "%q %s", column.Text(row), bad)
				} else if !(values[row] >= l.Low && values[row] <= l.High) {
					wrong.Add(column.Place(row), "%s lies outside %s to %s", column.Text(row), l.Format(l.Low), l.Format(l.High))
				}
			}
			return values, nil, wrong
		}
	}
	values, written = make([]float64, rows), make([]string, rows)
	dates := []string(nil)
	if l.IsDate() {
		var err error
		dates, err = column.Dates()
		if bad, ok := err.(table.Problems); ok {
			return nil, nil, bad
		}
	}
	for row := range values {
		text := column.Text(row)
		if dates != nil {
			text = dates[row]
		}
		if text == "" {
			if bad, ok := column.MissingCells([]int{row}, remedy).(table.Problems); ok {
				wrong = append(wrong, bad...)
			}
			continue
		}
		if !l.Textual() {
			pointed, err := column.Pointed(row)
			if bad, ok := err.(table.Problems); ok {
				wrong = append(wrong, bad...)
				continue
			}
			text = pointed
		}
		written[row] = text
		var err error
		if values[row], err = l.ParseCell(text); err != nil {
			wrong.Add(column.Place(row), "%q: %v", text, err)
		} else if bare, err := strconv.ParseFloat(text, 64); err == nil {
			if bad := l.WithoutUnit(bare); bad != "" {
				wrong.Add(column.Place(row), "%q %s", text, bad)
			}
		}
	}
	return values, written, wrong
}
