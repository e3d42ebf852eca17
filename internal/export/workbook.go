package export

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"simulate/internal/quantity"
	"simulate/sim/experiment/results"
	"simulate/sim/observed"
	"simulate/sim/table"
	"simulate/sim/table/xlsx"
)

// WorkbookName is the workbook of a folder.
const WorkbookName = "results.xlsx"

// sheets are what the tables that a workbook holds are about, in its order. Tables with a row for
// every run and date stay in the folder.
var sheets = []struct{ table, about string }{
	{results.SummaryTable, "mean, standard error and quantiles of every metric by case and date"},
	{"effects", "what each case changes against the one it is compared with, with intervals"},
	{"decomposition", "the same, split into parts"},
	{results.SegmentSummaryTable, "statistics by market segment"},
	{results.LabsSummaryTable, "statistics by lab"},
	{designTable, "the points of the design: a row for each case"},
	{"runs", "a row for each run with its last values"},
	{"backtest", "scores of the back-test by series"},
	{"backtest_points", "observations beside forecasts"},
	{"backtest_paths", "the model's paths"},
	{"posterior", "vectors of parameters that fit"},
	{"parameters", "parameters before and after the calibration"},
	{"targets", "observations that the calibration is held against"},
	{results.InputsTable, "every input with value, unit, source and mark (data, derived, assumption or default)"},
	{"inputs_cut", "inputs that the back-test did not see"},
	{results.DictionaryTable, "unit and meaning of every column of every table"},
}

// Workbook writes the folder as one workbook: a read-me, the findings given, the tables of
// statistics and effects, the inputs with their sources and the dictionary. Its notes say what does
// not fit.
func (f *Folder) Workbook(w io.Writer, t Terms, findings []string) (notes []string, err error) {
	defer table.Misfit(&err)
	author, _ := t.author()
	book := xlsx.Book{Title: f.title(), Author: author, Made: f.finished(), Pages: []xlsx.Page{{Name: "Read me"},
		{Name: "Findings"}}}
	for _, line := range findings {
		book.Pages[1].Lines = append(book.Pages[1].Lines, []string{"", line})
	}
	var held [][]string
	for _, s := range sheets {
		if !f.has(s.table) || s.table == "runs" && f.has(results.SummaryTable) {
			continue
		}
		one, err := f.Table(s.table)
		if err != nil {
			return nil, err
		}
		book.Pages = append(book.Pages, xlsx.Page{Name: s.table, Table: one})
		held = append(held, []string{"Sheet " + s.table, fmt.Sprintf("%s: %s", quantity.Plural(one.Len(), "row"), s.about)})
		if one.Len() > xlsx.MostRows {
			notes = append(notes, fmt.Sprintf("A sheet takes %s rows: of %s the last %s are left out of the workbook.",
				quantity.Count(xlsx.MostRows), f.fileOf(s.table), quantity.Count(one.Len()-xlsx.MostRows)))
		}
	}
	book.Pages[0].Lines = f.readMe(t, held, notes)
	cut, err := book.Write(w)
	return append(notes, slices.DeleteFunc(cut, func(note string) bool {
		return strings.HasPrefix(note,
			"A sheet takes")
	})...), err
}

// readMe says what the workbook holds, how the results were made and how to cite and repeat them.
func (f *Folder) readMe(t Terms, held [][]string, notes []string) [][]string {
	m, cite := f.Manifest, f.Cite()
	lines := [][]string{{f.title()}, {"What this is", f.describe()}}
	for _, c := range m.Cases {
		lines = append(lines, []string{"Case " + c.Name, c.Title})
		if len(lines) > 40 {
			lines = append(lines, []string{"", fmt.Sprintf("and %d more", len(m.Cases)-38)})
			break
		}
	}
	lines = append(lines, held...)
	for _, file := range m.Tables {
		if name := nameOf(file.File); !slices.ContainsFunc(held, func(h []string) bool { return h[0] == "Sheet "+name }) {
			lines = append(lines, []string{"Not in here", fmt.Sprintf("%s (%s) stays in the results folder", file.File,
				quantity.Plural(file.Rows, "row"))})
		}
	}
	for _, note := range append(slices.Clone(m.Notes), notes...) {
		lines = append(lines, []string{"Note", note})
	}
	lines = append(lines, []string{"Command", strings.Join(m.Command, " ")},
		[]string{"Seed", fmt.Sprint(m.Seed)},
		[]string{"Finished", f.day()},
		[]string{"Identity", m.Identity + " (SHA-256 of what decides the numbers)"},
		[]string{"Repeat", cite.Command},
		[]string{"Cite", cite.Sentence},
		[]string{"Licence", t.licence()})
	if name, _ := t.author(); name != "" {
		lines = append(lines, []string{"Author", name})
	}
	if f.usesObserved() {
		lines = append(lines, []string{"Data", observed.Attribution})
	}
	return lines
}

// usesObserved tells whether an input comes from the data whose licence asks for a line.
func (f *Folder) usesObserved() bool {
	if !f.has(results.InputsTable) {
		return false
	}
	t, err := f.Table(results.InputsTable)
	return err == nil && slices.ContainsFunc(t.Text("source"), func(s string) bool {
		return strings.Contains(s,
			"Epoch AI")
	})
}

// fileOf is the file of a table.
func (f *Folder) fileOf(name string) string {
	for _, t := range f.Manifest.Tables {
		if nameOf(t.File) == name {
			return t.File
		}
	}
	return name
}
