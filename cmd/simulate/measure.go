package main

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"

	"simulate/internal/measure"
	"simulate/internal/paper"
	"simulate/internal/quantity"
	"simulate/internal/visible"
	"simulate/sim/concentration"
)

func measureCommand(p *program) *cli.Command {
	return &cli.Command{
		Name:      "measure",
		Usage:     "concentration and inequality of observed shares in a table",
		ArgsUsage: "FILE",
		Description: `Computes every measure of concentration and inequality, with the model's own code, on amounts or
shares: one row per member (firm, lab, country) and a header, or a wide table with a column per member or per period.
CSV of any separator and decimal mark, Parquet, .xlsx, packed with gzip or not; "-" reads standard input.

What is found out on the way is said on standard error: rows that are the sum of the others, remainders such as
"Other", a member on several rows, shares that do not add up to 100. An option decides otherwise.

On a terminal the result is a table; into a pipe or a file it is CSV with a row per group (--format decides
otherwise). An undefined value is an empty cell. simulate list measures gives formulas and ranges.`,
		UsageText: `simulate measure sales.csv
simulate measure market.csv --value revenue --by year,segment --member firm
simulate measure menlo.xlsx --value share --rest "All others" --format latex`,
		Flags: append([]cli.Flag{
			&cli.StringSliceFlag{Name: "value", Usage: "`COLUMN,…` of amounts, a group each; by default the only one with " +
				"numbers"},
			&cli.StringSliceFlag{Name: "members", Usage: "wide table: `COLUMN,…` that are a member each"},
			&cli.StringSliceFlag{Name: "by", Usage: "one group per distinct value of `COLUMN,…`"},
			&cli.StringFlag{Name: "member", Usage: "`COLUMN` that names the member, whose rows are added up; by default a " +
				"row is a member"},
			&cli.StringSliceFlag{Name: "rest", Aliases: []string{"others"}, Usage: "rows with `TEXT` in a cell, or the column " +
				"of that name, are a remainder; may be repeated; by default those called Other, Rest, Sonstige, Autres, …"},
			oneOf("", "rest-is", "a remainder is many small members, in the total without rank or square, or one member; "+
				"many by default", "many", "one"),
			&cli.StringSliceFlag{Name: "total", Usage: "rows with `TEXT` in a cell, or the column of that name, are sums of " +
				"others and left out; may be repeated; by default recognised; none: no row is"},
			oneOf("", "sums-are", "rows that are the sum of rows beside them are totals, left out, or the members, whose parts "+
				"are left out; by default found where that is certain", measure.SumsAreTotals, measure.SumsAreMembers),
			&cli.BoolFlag{Name: "skip-missing", Usage: "leave out rows without an amount"},
			oneOf(outputCategory, "format", "form of the result; by default a table on a terminal and CSV elsewhere", "csv",
				"json", "md", "latex", "text"),
			&cli.BoolFlag{Name: "csv", Category: outputCategory, Usage: "the same as --format csv"},
			&cli.BoolFlag{Name: "json", Category: outputCategory, Usage: "the same as --format json, a list with one object " +
				"per group"},
			&cli.BoolFlag{Name: "text", Category: outputCategory, Usage: "the same as --format text"},
			&cli.BoolFlag{Name: "quiet", Category: outputCategory, Usage: "no notes, errors only"},
		}, tableFlags()...),
		Action: func(c *cli.Context) error { return p.measure(c) },
	}
}

func (p *program) measure(c *cli.Context) error {
	file, err := oneArgument(c, "the table's file, or - for standard input")
	if err != nil {
		return err
	}
	if err := atMostOne(c, "format", "csv", "json", "text"); err != nil {
		return err
	}
	s, err := p.bring(c, file)
	if err != nil {
		return err
	}
	o := measure.Options{
		Value: s.Named(c.StringSlice("value")), Members: s.Named(c.StringSlice("members")),
		By: s.Named(c.StringSlice("by")), Member: c.String("member"),
		Rest: c.StringSlice("rest"), RestIsOne: chosen(c, "rest-is") == "one", Total: c.StringSlice("total"),
		SumsAre: chosen(c, "sums-are"), SkipMissing: c.Bool("skip-missing"),
	}
	r, err := measure.Of(s, o)
	p.notes(c, s)
	if err != nil {
		return err
	}
	format := chosen(c, "format")
	for _, name := range []string{"csv", "json", "text"} {
		if c.Bool(name) {
			format = name
		}
	}
	switch {
	case format == "json":
		return p.printJSON(measuresAsJSON(r.By, r.Groups))
	case format == "md" || format == "latex":
		return writeMeasureTable(p.stdout, r.Groups, format)
	case format == "csv" || !p.stdoutIsTerminal && format == "":
		if err := noFormulas(file, r); err != nil {
			return err
		}
		return writeMeasures(p.stdout, r.By, r.Groups)
	}
	return p.printMeasures(r.Groups)
}

// noFormulas refuses names of groups that a spreadsheet would take for formulas; numbers are none.
func noFormulas(file string, r *measure.Result) error {
	check := func(text string) error {
		if _, err := strconv.ParseFloat(text, 64); err == nil || !visible.Formula(text) {
			return nil
		}
		return usagef("%s: a spreadsheet would take the name %q for a formula; let it begin with another character, or "+
			"take --format json", file,
			text)
	}
	for _, name := range r.By {
		if err := check(name); err != nil {
			return err
		}
	}
	for _, g := range r.Groups {
		for _, key := range g.Keys {
			if err := check(key); err != nil {
				return err
			}
		}
	}
	return nil
}

// chosen is the word of a oneOf option, "" where it is not given.
func chosen(c *cli.Context, name string) string {
	if w, ok := c.Generic(name).(*choice); ok && w != nil {
		return w.word
	}
	return ""
}

// writeMeasureTable writes a row per measure and a column per group for a paper.
func writeMeasureTable(w io.Writer, groups []measure.Group, format string) error {
	header, rows := measureRows(groups)
	header[0] = "Measure"
	if len(header) == 2 && header[1] == "" {
		header[1] = "Value"
	}
	return paper.Table{Header: header, Rows: rows}.Write(w, format)
}

// measureRows are a row per measure and a column per group, with six digits.
func measureRows(groups []measure.Group) (header []string, rows [][]string) {
	header = []string{""}
	rows = [][]string{{"members"}, {"total"}}
	for _, g := range groups {
		header = append(header, strings.Join(g.Keys, " "))
		rows[0] = append(rows[0], strconv.Itoa(g.Members))
		rows[1] = append(rows[1], quantity.Digits(g.Total, 6))
	}
	for i, m := range concentration.Measures {
		row := []string{m.Title}
		for _, g := range groups {
			row = append(row, quantity.Digits(g.Values[i], 6))
		}
		rows = append(rows, row)
	}
	return header, rows
}

// writeMeasures writes CSV with a row per group.
func writeMeasures(w io.Writer, by []string, groups []measure.Group) error {
	out := csv.NewWriter(w)
	header := append(append([]string{}, by...), "members", "total")
	for _, m := range concentration.Measures {
		header = append(header, m.Name)
	}
	out.Write(header)
	for _, g := range groups {
		row := append(append([]string{}, g.Keys...), strconv.Itoa(g.Members), quantity.Digits(g.Total, 9))
		for _, v := range g.Values {
			row = append(row, quantity.Digits(v, 9))
		}
		out.Write(row)
	}
	out.Flush()
	return out.Error()
}

func measuresAsJSON(by []string, groups []measure.Group) []ordered {
	list := []ordered{}
	for _, g := range groups {
		var o ordered
		for i, name := range by {
			o = append(o, pair{name, g.Keys[i]})
		}
		o = append(o, pair{"members", g.Members}, pair{"total", orNull(g.Total)})
		for i, m := range concentration.Measures {
			o = append(o, pair{m.Name, orNull(g.Values[i])})
		}
		list = append(list, o)
	}
	return list
}

// printMeasures writes a table with a row per measure and a column per group, as many columns at a
// time as fit.
func (p *program) printMeasures(groups []measure.Group) error {
	perTable := max(1, (p.width-18)/14)
	for from := 0; from < len(groups); from += perTable {
		header, rows := measureRows(groups[from:min(from+perTable, len(groups))])
		if err := p.printTable(header, rows, true); err != nil {
			return err
		}
	}
	return nil
}
