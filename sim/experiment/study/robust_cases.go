package study

import (
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strings"

	"simulate/internal/quantity"
	"simulate/sim/experiment/results"
	"simulate/sim/scenario"
)

// byCase takes cases for policies and replications, in which luck and drawn values differ, for
// futures. They are held against each other at the last date that all have.
func byCase(o *results.Outcome, options RobustOptions) (*arena, error) {
	a := &arena{named: names, sampled: true, single: true, quantity: scenario.MetricQuantity}
	var cases []string
	for _, c := range o.Manifest.Cases {
		if !c.Part {
			cases = append(cases, c.Name)
		}
	}
	if len(cases) < 2 {
		return nil, results.InputErrorf("%s holds one case, so there is nothing to choose from; run several scenarios "+
			"together, or sweep levers", filepath.Clean(o.Dir))
	}
	_, scenarios, err := results.ReadInputsAs(o.Dir, options.Reading)
	if err != nil {
		return nil, err
	}
	if a.policies, a.notes, err = choices(cases, scenarios, options.Policies, nil); err != nil {
		return nil, err
	}
	a.apart = beginApart(scenarios, a.policies)
	if err := o.ReadMarket(); err != nil {
		return nil, err
	}
	at := map[string]string{}
	for _, name := range a.policies {
		if options.Date != "" {
			found, err := o.DatesAt(name, []string{options.Date})
			if err != nil {
				return nil, err
			}
			at[name] = found[0]
			continue
		}
		for _, date := range o.Dates(name) {
			if !slices.ContainsFunc(a.policies, func(p string) bool { return !slices.Contains(o.Dates(p), date) }) {
				at[name] = date
			}
		}
	}
	a.outcome = func(name string) ([][][]float64, error) {
		if !o.HasMetric(name) {
			return nil, results.InputErrorf("there is no metric %q", name)
		}
		var out [][][]float64
		for _, p := range a.policies {
			var of [][]float64
			for r, v := range o.Values(p, name, at[p]) {
				if math.IsNaN(v) && !options.SkipMissing {
					return nil, results.InputErrorf("%s is not defined in replication %d of %s at %s; choose another metric or "+
						"date, or leave such replications out with --skip-missing", name, r+1, p, at[p])
				}
				of = append(of, []float64{v})
			}
			out = append(out, of)
		}
		return out, nil
	}
	return a, nil
}

// beginApart tells whether policies of the chosen scenarios begin or end at different dates, so
// that what they cost at one date says little of what they have cost.
func beginApart(scenarios []*scenario.Scenario, chosen []string) bool {
	dates := map[[2]float64]bool{}
	for _, s := range scenarios {
		if !slices.Contains(chosen, s.Name) {
			continue
		}
		for _, p := range s.Config().Policies {
			dates[[2]float64{p.From, p.Until}] = true
		}
	}
	return len(dates) > 1
}

// choices are the cases among which one can choose, for they differ in policies alone, or in the
// PATHs of some that are asked for, and perhaps in where they end. An assumption or an event is
// nobody's choice: where it differs, the largest set of cases that share it is taken, the first of
// equal ones, and what is left out is noted. PATHs that vary by design are the same for all.
func choices(cases []string, scenarios []*scenario.Scenario, paths, varied []string) (chosen, notes []string,
	err error) {
	if len(paths) == 0 {
		paths = []string{"policies"}
	}
	byName := map[string]*scenario.Scenario{}
	for _, s := range scenarios {
		byName[s.Name] = s
	}
	given := func(a, b string) []string { // what differs and is no choice
		x, y := byName[a], byName[b]
		if x == nil || y == nil {
			return []string{"what is not known, for a scenario is missing"}
		}
		assumptions, changes := scenario.Differences(x, y)
		all := slices.Concat(assumptions, changes)
		for i, path := range all {
			all[i] = strings.TrimPrefix(path, "parameters.")
		}
		return slices.DeleteFunc(all, func(path string) bool {
			return path == "clock.end" || slices.Contains(varied, path) || slices.ContainsFunc(paths, func(of string) bool {
				return path == of || strings.HasPrefix(path, of+".")
			})
		})
	}
	var worlds [][]string
	for _, name := range cases {
		k := slices.IndexFunc(worlds, func(w []string) bool { return len(given(w[0], name)) == 0 })
		if k < 0 {
			worlds = append(worlds, nil)
			k = len(worlds) - 1
		}
		worlds[k] = append(worlds[k], name)
	}
	for _, w := range worlds {
		if len(w) > len(chosen) {
			chosen = w
		}
	}
	if len(chosen) < 2 {
		differ := given(cases[0], cases[1])
		return nil, nil, results.InputErrorf("%s and %s differ in %s, and robustness chooses among scenarios that differ "+
			"in %s alone; `simulate compare` tells what the rest changes, and --policies %s takes it for something to choose",
			cases[0], cases[1], someOf(differ), quantity.List(paths), strings.Join(differ, ","))
	}
	for _, name := range cases {
		if !slices.Contains(chosen, name) {
			notes = append(notes, fmt.Sprintf("%s is left out: it differs from %s in %s, which nobody chooses.", name, chosen[0],
				someOf(given(chosen[0], name))))
		}
	}
	return chosen, notes, nil
}

// someOf lists a few names, and how many there are besides.
func someOf(names []string) string {
	if len(names) > 4 {
		names = append(slices.Clone(names[:3]), quantity.Count(len(names)-3)+" more")
	}
	return quantity.List(names)
}
