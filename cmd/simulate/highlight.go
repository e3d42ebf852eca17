package main

import (
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"simulate/internal/quantity"
	"simulate/sim/experiment/compare"
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

// tellLags says of highlighted labs, and of those that a scenario adds, how far they trail at the
// end.
func (p *program) tellLags(c *cli.Context, o *results.Outcome) {
	p.tell(c, compare.Lags(o, highlighted(c)))
}
