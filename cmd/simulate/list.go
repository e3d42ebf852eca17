package main

import (
	"fmt"
	"strings"

	"github.com/urfave/cli/v2"

	"simulate/plots"
	"simulate/sim"
	"simulate/sim/concentration"
	"simulate/sim/design"
	"simulate/sim/scenario"
)

// catalogue is one list that `list` prints.
type catalogue struct {
	name, meaning string
	header        []string
	rows          func() [][]string
}

// catalogues are what `list` can print.
var catalogues = []catalogue{
	{"scenarios", "built-in scenarios, for run, sweep and check", []string{"scenario", "title"}, func() (rows [][]string) {
		for _, s := range scenario.Builtins() {
			rows = append(rows, []string{s.Name, s.Title})
		}
		return rows
	}},
	{"metrics", "columns of market.csv and names in patterns (expect:) and --until", []string{"metric", "unit", "meaning"},
		func() (rows [][]string) {
			for _, m := range sim.Metrics {
				rows = append(rows, []string{m.Name, m.Unit, m.Meaning})
			}
			return rows
		}},
	{"segment-metrics", "columns of segments.csv", []string{"metric", "unit", "meaning"}, func() (rows [][]string) {
		for _, m := range sim.SegmentMetrics {
			rows = append(rows, []string{m.Name, m.Unit, m.Meaning})
		}
		return rows
	}},
	{"lab-variables", "columns of labs.csv", []string{"variable", "unit", "meaning"}, func() (rows [][]string) {
		for _, v := range sim.LabVariables() {
			rows = append(rows, []string{v.Name, v.Unit, v.Meaning})
		}
		return rows
	}},
	{"designs", "for sweep --design", []string{"design", "points"}, func() (rows [][]string) {
		for _, d := range design.Designs {
			rows = append(rows, []string{d.Name, d.Meaning})
		}
		return rows
	}},
	{"figures", "for plot --figure", []string{"figure", "title"}, func() (rows [][]string) {
		for _, f := range plots.Figures {
			rows = append(rows, []string{f.Name, f.Title})
		}
		return rows
	}},
	{"processes", "what happens in a step, in order", []string{"process", "what happens"}, func() (rows [][]string) {
		for _, s := range sim.Schedule {
			rows = append(rows, []string{s.Name, s.Meaning})
		}
		return rows
	}},
	{"measures", "columns of measure", []string{"measure", "range", "formula", "meaning"}, func() (rows [][]string) {
		for _, m := range concentration.Measures {
			rows = append(rows, []string{m.Name, m.Range, m.Formula, m.Meaning})
		}
		return rows
	}},
}

func listCommand(p *program) *cli.Command {
	return &cli.Command{
		Name:      "list",
		Usage:     "built-in scenarios, and all else that has a name",
		ArgsUsage: "[WHAT]",
		Description: "WHAT is one of " + strings.Join(catalogueNames(), ", ") + ". Without it the scenarios are listed " +
			"and the other lists named.",
		UsageText: `simulate list
simulate list metrics
simulate list scenarios --json`,
		Flags: []cli.Flag{&cli.BoolFlag{Name: "json", Usage: "a JSON list"}},
		Action: func(c *cli.Context) error {
			if c.NArg() > 1 {
				return usagef("list takes one argument; there are %d", c.NArg())
			}
			what := c.Args().First()
			for i, l := range catalogues {
				if l.name != what && (what != "" || i > 0) {
					continue
				}
				if c.Bool("json") {
					return p.printJSON(l.asJSON())
				}
				if err := p.printTable(l.header, l.rows(), false); err != nil {
					return err
				}
				if what == "" {
					for _, other := range catalogues[1:] {
						fmt.Fprintf(p.stderr, "`simulate list %s`: %s\n", other.name, other.meaning)
					}
				}
				return nil
			}
			return usagef("no list of %q%s; there are %s", what, didYouMean(what, catalogueNames()),
				strings.Join(catalogueNames(), ", "))
		},
	}
}

func catalogueNames() []string {
	var out []string
	for _, l := range catalogues {
		out = append(out, l.name)
	}
	return out
}

func (l catalogue) asJSON() []ordered {
	out := []ordered{}
	for _, row := range l.rows() {
		var o ordered
		for i, cell := range row {
			key := "name"
			if i > 0 {
				key = strings.ReplaceAll(l.header[i], " ", "_")
			}
			o = append(o, pair{key, cell})
		}
		out = append(out, o)
	}
	return out
}
