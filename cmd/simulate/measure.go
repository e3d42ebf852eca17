package main

import (
	"encoding/csv"
	"io"
	"math"
	"os"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"

	"simulate/internal/measure"
	"simulate/sim"
)

func measureCommand(p *program) *cli.Command {
	return &cli.Command{
		Name:      "measure",
		Usage:     "concentration and inequality of observed shares in a CSV file",
		ArgsUsage: "FILE",
		Description: `Computes every measure of concentration and inequality, with the model's own code, on a column of amounts or shares: one row per member (firm, lab, country) and a header. Amounts need not add up to anything. "-" reads standard input.

On a terminal the result is a table; into a pipe or a file it is CSV with a row per group (--csv, --json and --text decide otherwise). An undefined value is an empty cell. simulate list measures gives formulas and ranges.`,
		UsageText: `simulate measure sales.csv
simulate measure market.csv --value revenue --by year,segment --csv
simulate measure menlo.csv --value share --others "All others"`,
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "value", Usage: "`COLUMN` that holds the amounts; by default the only one with numbers"},
			&cli.StringSliceFlag{Name: "by", Usage: "one group per distinct value of `COLUMN,…`"},
			&cli.StringFlag{Name: "others", Usage: "rows with `TEXT` in a column stand for many small members: in the total, without rank or square"},
			&cli.BoolFlag{Name: "csv", Usage: "CSV also on a terminal"},
			&cli.BoolFlag{Name: "json", Usage: "a JSON list, one object per group"},
			&cli.BoolFlag{Name: "text", Usage: "a table also into a pipe"},
		},
		Action: func(c *cli.Context) error {
			file, err := oneArgument(c, "the CSV file")
			if err != nil {
				return err
			}
			if err := atMostOne(c, "csv", "json", "text"); err != nil {
				return err
			}
			o := measure.Options{Name: file, Value: c.String("value"), Others: c.String("others")}
			for _, by := range c.StringSlice("by") {
				o.By = append(o.By, strings.Split(by, ",")...)
			}
			in := p.stdin
			if file == "-" {
				o.Name = "standard input"
			} else {
				f, err := os.Open(file)
				if err != nil {
					return usageError{err.Error()}
				}
				defer f.Close()
				in = f
			}
			groups, err := measure.File(in, o)
			if err != nil {
				return err
			}
			switch {
			case c.Bool("json"):
				return p.printJSON(measuresAsJSON(o.By, groups))
			case c.Bool("csv") || !p.stdoutIsTerminal && !c.Bool("text"):
				return writeMeasures(p.stdout, o.By, groups)
			}
			return p.printMeasures(groups)
		},
	}
}

// writeMeasures writes CSV with a row per group.
func writeMeasures(w io.Writer, by []string, groups []measure.Group) error {
	out := csv.NewWriter(w)
	header := append(append([]string{}, by...), "members", "total")
	for _, m := range sim.Measures {
		header = append(header, m.Name)
	}
	out.Write(header)
	for _, g := range groups {
		row := append(append([]string{}, g.Keys...), strconv.Itoa(g.Members), digits(g.Total, 9))
		for _, v := range g.Values {
			row = append(row, digits(v, 9))
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
		for i, m := range sim.Measures {
			o = append(o, pair{m.Name, orNull(g.Values[i])})
		}
		list = append(list, o)
	}
	return list
}

// printMeasures writes a table with a row per measure and a column per group, as many columns at a time as fit.
func (p *program) printMeasures(groups []measure.Group) error {
	perTable := max(1, (p.width-18)/14)
	for from := 0; from < len(groups); from += perTable {
		some := groups[from:min(from+perTable, len(groups))]
		header := []string{""}
		rows := [][]string{{"members"}, {"total"}}
		for _, g := range some {
			header = append(header, strings.Join(g.Keys, " "))
			rows[0] = append(rows[0], strconv.Itoa(g.Members))
			rows[1] = append(rows[1], digits(g.Total, 6))
		}
		for i, m := range sim.Measures {
			row := []string{m.Title}
			for _, g := range some {
				row = append(row, digits(g.Values[i], 6))
			}
			rows = append(rows, row)
		}
		if err := p.printTable(header, rows, true); err != nil {
			return err
		}
	}
	return nil
}

// digits writes a number with n significant digits, "" where it is undefined.
func digits(v float64, n int) string {
	if math.IsNaN(v) {
		return ""
	}
	if v == math.Trunc(v) && math.Abs(v) < 1e15 {
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return strconv.FormatFloat(v, 'g', n, 64)
}
