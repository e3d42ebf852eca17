package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"path/filepath"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"simulate/internal/paper"
	"simulate/internal/quantity"
	"simulate/internal/wholefile"
	"simulate/plots"
	"simulate/sim/experiment/compare"
	"simulate/sim/experiment/results"
	"simulate/sim/table"
	"simulate/sim/table/xlsx"
)

// tableFormats are the forms of a table for a paper.
var tableFormats = append(slices.Clone(paper.Formats), "csv", "xlsx")

func tableCommand(p *program) *cli.Command {
	return &cli.Command{
		Name:      "table",
		Usage:     "a table of a results folder for a paper, with intervals",
		ArgsUsage: "DIR",
		Description: `Writes a row per quantity and case and a column per date, with the interval that its caption names: of
the mean (Student's t over replications, 95 %, which more replications narrow), of the runs (5 to 95 %, which they do
not), or both. --difference states what each case changes against its base, replication by replication. Of a
comparison over futures it has a row per future, with what varies and the effect; of a sweep a row per point, with what
varies and the level; of a back-test its scores and of a calibration what it identified, where --metric picks rows.

csv and xlsx have a row per quantity, case or point, and date with all statistics as numbers.`,
		UsageText: `simulate table results/deepseek-shock
simulate table results/deepseek-shock --metric hhi_sales,lerner --at 2027,2034
simulate table results/both --metric hhi_sales --difference --format latex`,
		Flags: []cli.Flag{
			&cli.StringSliceFlag{Name: "metric", Usage: "rows `QUANTITY,…`: hhi_sales, hhi_sales:enterprise, " +
				"capability:openai, capability:openai-deepseek; by default the metrics of the figure differences"},
			&cli.StringSliceFlag{Name: "at", Usage: "columns `DATE,…` (2027, 2027-06 or 2027-06-30); by default the end"},
			&cli.StringSliceFlag{Name: "case", Usage: "only these cases `CASE,…` of the folder"},
			&cli.BoolFlag{Name: "difference", Usage: "what each case changes against its base"},
			oneOf("", "interval", "interval that is stated, of the mean by default", "mean", "runs", "both"),
			oneOf(outputCategory, "format", "form of the table, md by default or what the name of --out ends in",
				tableFormats...),
			&cli.StringFlag{Name: "out", Category: outputCategory, Usage: "`FILE.md` to write, or .tex, .csv, .xlsx; by " +
				"default standard output"},
			asIs(),
			&cli.BoolFlag{Name: "quiet", Category: outputCategory, Usage: "errors only"},
		},
		Action: func(c *cli.Context) error { return p.paperTable(c) },
	}
}

// tableEndings are the formats by the endings of files.
var tableEndings = map[string]string{".md": "md", ".tex": "latex", ".csv": "csv", ".xlsx": "xlsx"}

// paperFormat is the format asked for, or that of the file's name.
func paperFormat(c *cli.Context) (string, error) {
	format, ending := chosen(c, "format"), filepath.Ext(c.String("out"))
	byName, known := tableEndings[ending]
	switch {
	case format == "" && c.IsSet("out") && !known:
		return "", usagef("option --out: %s ends in none of .md, .tex, .csv and .xlsx; say --format", c.String("out"))
	case format == "" && known:
		format = byName
	case format == "":
		format = paper.Formats[0]
	}
	if format == "xlsx" && !c.IsSet("out") {
		return "", usagef("option --format xlsx: a workbook goes into a file; add --out table.xlsx")
	}
	return format, nil
}

func (p *program) paperTable(c *cli.Context) error {
	dir, err := oneArgument(c, "the results folder")
	if err != nil {
		return err
	}
	format, err := paperFormat(c)
	if err != nil {
		return err
	}
	if _, err := results.ReadManifestAs(dir, nil); err != nil {
		return err
	}
	var b *bytes.Buffer
	for _, kind := range []func(*cli.Context, string, string) (*bytes.Buffer, error){p.futuresTable, p.sweepTable,
		p.historyTable, p.quantitiesTable} {
		if b, err = kind(c, dir, format); b != nil || err != nil {
			break
		}
	}
	if err != nil {
		return err
	}
	p.admit()
	if file := c.String("out"); file != "" {
		if err := wholefile.Write(file, b.Bytes()); err != nil {
			return err
		}
		if !c.Bool("quiet") {
			fmt.Fprintf(p.stderr, "Table in %s\n", file)
		}
		return nil
	}
	_, err = io.Copy(p.stdout, b)
	return err
}

// quantitiesTable writes the table of quantities of cases over time.
func (p *program) quantitiesTable(c *cli.Context, dir, format string) (*bytes.Buffer, error) {
	o := p.figureOptions(c)
	o.Window = plots.Window{Cases: split(c.StringSlice("case"))}
	wanted := split(c.StringSlice("metric"))
	if len(wanted) == 0 {
		var err error
		if wanted, err = plots.UsualQuantities(dir, o); err != nil {
			return nil, asUsage(err)
		}
	}
	all, r, err := plots.Measure(dir, wanted, c.Bool("difference"), o)
	if err != nil {
		return nil, asUsage(err)
	}
	dates, err := datesOf(all, r, split(c.StringSlice("at")))
	if err != nil {
		return nil, err
	}
	empty := emptyCells(all, r, dates)
	p.tellAny(c, empty)
	tail := ""
	if chosen(c, "interval") != "runs" {
		tail = tailsOf(dir, wanted, dates, c.Bool("difference"))
	}
	var b bytes.Buffer
	switch format {
	case "csv":
		if err = p.led(statisticsTable(all, r, dates)).WriteCSV(&b); tail != "" {
			p.tell(c, []string{tail})
		}
	case "xlsx":
		err = p.statisticsBook(c, &b, all, r, dates, tail)
	default:
		t := statedTable(all, r, dates, chosen(c, "interval"), c.IsSet("metric"))
		t.Note, t.Caption = p.how.Note(), strings.TrimSpace(t.Caption+" "+tail)
		err = t.Write(&b, format)
	}
	return &b, err
}

// tailsOf says of which quantities of a table few runs make the mean; "" where the runs are not
// there.
func tailsOf(dir string, wanted, dates []string, difference bool) string {
	o, err := compare.LoadAs(dir, nil)
	if err != nil {
		return ""
	}
	return o.TailsIn(wanted, dates, difference)
}

// asUsage makes a mistake of the user of what a folder cannot show.
func asUsage(err error) error {
	if wrong := (plots.Asked{}); errors.As(err, &wrong) {
		return usageError{"option " + wrong.Error()}
	}
	return err
}

// datesOf are the recorded dates that are asked for, by default the last at which a quantity has a
// value. A date at which none has one is refused.
func datesOf(all []*plots.Measured, r *plots.Results, wanted []string) ([]string, error) {
	var dates []string
	for _, m := range all {
		dates = append(dates, m.Dates()...)
	}
	slices.Sort(dates)
	if dates = slices.Compact(dates); len(dates) == 0 {
		return nil, usagef("the folder has no such quantity over time; of a sweep the tables runs and summary are read " +
			"directly, or by `simulate analyse`")
	}
	if len(wanted) == 0 {
		return dates[len(dates)-1:], nil
	}
	recorded := slices.Concat(dates, r.RecordedDates())
	slices.Sort(recorded)
	found, err := results.FindDates(slices.Compact(recorded), wanted)
	for i, d := range found {
		if !slices.Contains(dates, d) {
			return nil, usagef("option --at %s: none of the quantities has a value at %s; they have at %s", wanted[i],
				quantity.When(d), quantity.List(dates))
		}
	}
	return found, err
}

// emptyCells names what of the quantities, cases and dates asked for has no value, "" where all
// have.
func emptyCells(all []*plots.Measured, r *plots.Results, dates []string) string {
	var said []string
	for _, m := range all {
		for _, c := range r.ShownCases() {
			for _, d := range dates {
				if _, ok := m.At(c[0], d); !ok && m.Covers(c[0]) {
					said = append(said, m.Text+" of "+c[0]+" at "+quantity.When(d))
				}
			}
		}
	}
	if len(said) == 0 {
		return ""
	}
	return "Without a value, not being recorded or not defined then: " + quantity.List(said) + "."
}

// statedTable has a row per quantity and case, with an interval in each cell. Rows without a value
// are kept where the quantities were asked for.
func statedTable(all []*plots.Measured, r *plots.Results, dates []string, interval string, asked bool) paper.Table {
	cases := r.ShownCases()
	t := paper.Table{Header: []string{"Quantity"}, Text: 1, Label: "results"}
	several := 0
	for _, c := range cases {
		if slices.ContainsFunc(all, func(m *plots.Measured) bool { return hasRow(m, c[0], dates, asked) }) {
			several++
		}
	}
	if several > 1 {
		t.Header, t.Text = append(t.Header, "Case"), 2
	}
	for _, d := range dates {
		t.Header = append(t.Header, strings.TrimPrefix(quantity.When(d), "the "))
	}
	for _, m := range all {
		name := m.Name
		if u := m.UnitWords(); u != "" {
			name += ", " + u
		}
		for _, c := range cases {
			if !hasRow(m, c[0], dates, asked) {
				continue
			}
			row := []string{name}
			if several > 1 {
				row = append(row, c[1])
			}
			name = ""
			for _, d := range dates {
				row = append(row, cell(m, c[0], d, interval))
			}
			t.Rows = append(t.Rows, row)
		}
	}
	t.Caption = tableCaption(all[0].Difference, interval, r)
	if asked && emptyCells(all, r, dates) != "" {
		t.Caption += " –: not recorded or not defined then."
	}
	if n := unchanged(all, cases, dates); n > 0 {
		t.Caption += " Where a cell has no interval, " + quantity.NoRunDiffers(n) + "."
	}
	return t
}

// hasRow tells whether a case has a row of a quantity.
func hasRow(m *plots.Measured, caseName string, dates []string, asked bool) bool {
	return asked && m.Covers(caseName) || slices.ContainsFunc(dates, func(d string) bool {
		_, ok := m.At(caseName, d)
		return ok
	})
}

// unchanged is how many pairs of runs tell a difference that none of them shows; 0 without one.
func unchanged(all []*plots.Measured, cases [][2]string, dates []string) int {
	for _, m := range all {
		for _, c := range cases {
			for _, d := range dates {
				if s, ok := m.At(c[0], d); ok && m.Difference && s.N > 1 && s.Mean == 0 && math.IsNaN(s.Low) {
					return s.N
				}
			}
		}
	}
	return 0
}

// statisticsTable has a row per quantity, case and date.
func statisticsTable(all []*plots.Measured, r *plots.Results, dates []string) *table.Table {
	number := func(name, meaning string) table.Column {
		return table.Column{Name: name, Kind: table.Number, Meaning: meaning}
	}
	t := table.New("table", table.Column{Name: "quantity", Meaning: "as it was asked for"},
		table.Column{Name: "name", Meaning: "in words"}, table.Column{Name: "unit", Meaning: "of the numbers"},
		table.Column{Name: "case", Meaning: "scenario"},
		table.Column{Name: "base", Meaning: "what it is held against, empty for a level"},
		table.Column{Name: "date", Meaning: "last day of the step (ISO)"},
		table.Column{Name: "n", Kind: table.Integer, Meaning: "replications in which it is defined"},
		number("mean", "mean over them"), number("low", "lower end of the mean's 95 % interval (Student's t)"),
		number("high", "upper end"), number("q05", "5 % quantile over replications (R's type 7)"),
		number("q25", "25 % quantile"), number("q50", "median"), number("q75", "75 % quantile"),
		number("q95", "95 % quantile"))
	for _, m := range all {
		for _, c := range r.ShownCases() {
			for _, d := range dates {
				if s, ok := m.At(c[0], d); ok {
					t.Append(m.Text, m.Name, m.Unit, c[0], m.Base(c[0]), d, s.N, s.Mean, s.Low, s.High, s.Q05, s.Q25, s.Q50, s.Q75,
						s.Q95)
				}
			}
		}
	}
	return t
}

// statisticsBook is a workbook of the statistics and a page that says what they are.
func (p *program) statisticsBook(c *cli.Context, w io.Writer, all []*plots.Measured, r *plots.Results,
	dates []string, tail string) error {
	t := p.led(statisticsTable(all, r, dates))
	about := [][]string{{"About", strings.TrimSpace(tableCaption(c.Bool("difference"), "both", r) + " " + tail)}}
	for _, column := range t.Columns {
		about = append(about, []string{column.Name, column.Meaning})
	}
	notes, err := xlsx.Book{Title: r.Manifest.Title, Author: "simulate", Pages: []xlsx.Page{{Name: "table", Table: t},
		{Name: "about", Lines: about}}}.Write(w)
	p.tell(c, notes)
	return err
}
