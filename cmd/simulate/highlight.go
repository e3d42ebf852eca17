package main

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"simulate/internal/quantity"
	"simulate/sim/experiment/results"
	"simulate/sim/scenario"
)

// A lab that the reader wants to see: named in every figure and page, and in the summary.

func highlightFlag() cli.Flag {
	return &cli.StringSliceFlag{Name: "highlight", Category: outputCategory, Usage: "`LAB,…` that figures, page and " +
		"summary name, in a colour of their own"}
}

func highlighted(c *cli.Context) []string { return split(c.StringSlice("highlight")) }

// checkHighlight refuses a lab that no scenario has, before any run.
func checkHighlight(c *cli.Context, scenarios []*scenario.Scenario) error {
	var known []string
	for _, s := range scenarios {
		for _, l := range s.Config().Labs {
			if id, _, _ := strings.Cut(l.ID, "#"); !slices.Contains(known, id) {
				known = append(known, id)
			}
			if l.Name != "" {
				known = append(known, l.Name)
			}
		}
	}
	for _, w := range highlighted(c) {
		if !slices.ContainsFunc(known, func(k string) bool { return strings.EqualFold(k, w) }) {
			return usagef("option --highlight: there is no lab %q; %s", w, quantity.DidYouMean(w, known))
		}
	}
	return nil
}

// highlightedLabs are the keys in a scenario of the labs that the reader wants to see.
func highlightedLabs(c *cli.Context, s *scenario.Scenario) (keys []string) {
	for _, w := range highlighted(c) {
		for _, l := range s.Config().Labs {
			id, _, _ := strings.Cut(l.ID, "#")
			if (strings.EqualFold(id, w) || strings.EqualFold(l.Name, w)) && !slices.Contains(keys, id) {
				keys = append(keys, id)
			}
		}
	}
	return keys
}

// tellLags says of each highlighted lab how far it trails at the end, by what it ships and by a run
// of its own.
func (p *program) tellLags(c *cli.Context, o *results.Outcome) error {
	wanted := highlighted(c)
	if len(wanted) == 0 {
		return nil
	}
	stats, err := o.Parts(results.LabsSummaryTable)
	if err != nil {
		return nil // the table was not asked for
	}
	for _, k := range o.Manifest.Cases {
		if k.Part {
			continue
		}
		dates := o.Dates(k.Name)
		if len(dates) == 0 {
			continue
		}
		end := dates[len(dates)-1]
		for _, w := range wanted {
			id, name := w, w
			for key, called := range k.LabNames {
				if strings.EqualFold(key, w) || strings.EqualFold(called, w) {
					id, name = key, called
				}
			}
			of := func(variable string) float64 { return stats.At(k.Name, end, strings.ToLower(id), variable).Mean }
			if math.IsNaN(of("lag_oom")) && math.IsNaN(of("own_run_lag_oom")) {
				continue
			}
			line := fmt.Sprintf("%s: what %s ships %s and what it could train by itself %s at %s.", k.Name, name,
				trails(of("lag_oom"), of("lag_months")),
				trails(of("own_run_lag_oom"), of("own_run_lag_months")), quantity.When(end))
			fmt.Fprintln(p.stderr, wrap(line, "", helpWidth))
		}
	}
	return nil
}

// trails words a lag in orders of magnitude and, where the frontier moves, in months.
func trails(oom, months float64) string {
	if math.IsNaN(oom) {
		return "is nothing"
	}
	verb := "trails the frontier by"
	if oom < 0 {
		verb, oom, months = "leads it by", -oom, -months
	}
	text := fmt.Sprintf("%s %.2f OOM", verb, oom)
	if !math.IsNaN(months) {
		text += fmt.Sprintf(" (%s)", quantity.Plural(int(math.Round(months)), "month", "months"))
	}
	return text
}
