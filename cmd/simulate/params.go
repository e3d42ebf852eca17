package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/jedib0t/go-pretty/v6/text"
	"github.com/urfave/cli/v2"

	"simulate/internal/reference"
)

func paramsCommand(p *program) *cli.Command {
	return &cli.Command{
		Name:      "params",
		Usage:     "every parameter: default, unit, range, 90 % interval, source, meaning",
		ArgsUsage: "[PATH]",
		Description: `PATH is a parameter (market.eta), the process that owns some (market), another key of scenario files
(labs.deepseek.budget, policies), or a word of a path.

The 90 % interval is for uncertainty analysis: "range" in a design means this interval.`,
		UsageText: `simulate params market
simulate params research.gamma
simulate params labs --json`,
		Flags: []cli.Flag{
			&cli.BoolFlag{Name: "json", Usage: "a JSON list; undefined values are null, growth is a factor per year"},
		},
		Action: func(c *cli.Context) error {
			if c.NArg() > 1 {
				return usagef("params takes one PATH; there are %d", c.NArg())
			}
			path := c.Args().First()
			found := reference.Matching(path)
			if len(found) == 0 {
				var known []string
				for _, q := range reference.Parameters() {
					known = append(known, q.Path)
				}
				return usagef("no parameter %q%s; `simulate params` lists all", path, didYouMean(path, known))
			}
			if c.Bool("json") {
				return p.printJSON(parametersAsJSON(found))
			}
			return p.printParameters(found)
		},
	}
}

// printParameters writes each parameter as a row of numbers with its meaning and source below.
func (p *program) printParameters(list []reference.Parameter) error {
	header := []string{"parameter", "default", "unit", "allowed", "90 %"}
	rows := make([][]string, len(list))
	widths := make([]int, len(header))
	for i, q := range list {
		rows[i] = []string{strings.TrimSpace(q.Path + " " + parenthesised(q.Symbol)), q.Default, q.Unit, q.Allowed,
			q.Interval}
	}
	used := make([]bool, len(header))
	for c := range header {
		widths[c] = widest(header, rows, c)
		used[c] = slices.ContainsFunc(rows, func(row []string) bool { return row[c] != "" })
	}
	row := func(cells []string) string {
		line := ""
		for c, cell := range cells {
			if used[c] {
				line += text.Pad(cell, widths[c]+2, ' ')
			}
		}
		return strings.TrimRight(line, " ") + "\n"
	}
	var b strings.Builder
	b.WriteString(row(header))
	for i, q := range list {
		b.WriteString("\n" + row(rows[i]))
		b.WriteString(wrap(q.Meaning, "    ", p.width) + "\n")
		if q.Source != "" {
			b.WriteString(wrap("Source: "+q.Source, "    ", p.width) + "\n")
		}
	}
	_, err := fmt.Fprint(p.stdout, b.String())
	return err
}

func parenthesised(s string) string {
	if s == "" {
		return ""
	}
	return "(" + s + ")"
}

func parametersAsJSON(list []reference.Parameter) []ordered {
	out := []ordered{}
	for _, q := range list {
		f := q.Field
		plain := func(v float64) any { return orNull(reference.Plain(v, f.Unit)) }
		if f.Path == "" {
			out = append(out, ordered{{"path", q.Path}, {"meaning", q.Meaning}})
			continue
		}
		o := ordered{{"path", q.Path}, {"symbol", q.Symbol}, {"unit", q.Unit}, {"default", plain(f.Default)}}
		if f.DefaultOf != "" {
			o = append(o, pair{"default_of", f.DefaultOf})
		}
		o = append(o, pair{"allowed", []any{plain(f.Low), plain(f.High)}})
		var interval any
		if f.HasInterval {
			interval = []any{plain(f.Interval[0]), plain(f.Interval[1])}
		}
		out = append(out, append(o, pair{"interval_90", interval}, pair{"source", q.Source}, pair{"meaning", q.Meaning}))
	}
	return out
}
