package history

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"simulate/internal/quantity"
	"simulate/sim"
	"simulate/sim/experiment/results"
	"simulate/sim/scenario"
)

// Input says what a back-test took from a scenario because it was known only later.
type Input struct {
	Path          string // of the scenario's key
	Kept, Dropped int    // dated values
	Change        string // what stands in their place

	gone []string // PATHs of dated values dropped
}

// holds reports whether a PATH is of what was cut: a dated value that was dropped, a target share,
// or anything of an event or policy.
func (in Input) holds(path string) bool {
	if in.Kept > 0 || in.gone != nil {
		return slices.Contains(in.gone, path)
	}
	return path == in.Path || strings.HasPrefix(path, in.Path+".")
}

// fittedTo is the instant up to which target shares of the built-in scenarios, and several
// defaults, were fitted to observations.
const fittedTo = 2025.0

// cutInputs takes from a configuration what became known after a date: dated values of budgets,
// spending, outside orders, list prices and regions, of which a plan is known from its announcement
// on, so that growth goes on from the last one left, later shocks and policies, and target shares
// fitted to what came after. It fails where nothing is left of what a run needs.
func cutInputs(s *scenario.Scenario, cfg *sim.Config, until float64) ([]Input, error) {
	if until < cfg.Start-1e-6 {
		return nil, &results.InputError{Err: fmt.Errorf("inputs cannot be cut before the scenario's start, for its state "+
			"there is an input; take a date from %s", quantity.LastDay(cfg.Start))}
	}
	var out []Input
	var empty error
	cut := func(path string, s *sim.Series, needed bool, change string) {
		kept := s.Points[:0:0]
		gone := []string{}
		var plans []string
		for _, p := range s.Points {
			known, there := p.AsKnown(until)
			if there {
				kept = append(kept, known)
			}
			if !p.KnownBy(until) {
				gone = append(gone, scenario.DatedPath(path, p.Date))
				if there {
					plans = append(plans, quantity.DayOf(known.Known))
				}
			}
		}
		dropped := len(gone)
		if dropped == 0 {
			return
		}
		if len(kept) == 0 && needed {
			empty = &results.InputError{Err: fmt.Errorf("%s has no value up to %s; give one, or cut the inputs later", path,
				quantity.LastDay(until))}
		}
		if len(kept) == 0 {
			change = "nothing"
		}
		if plans != nil {
			change = "what was planned by " + strings.Join(plans, " and ") + ", then " + change
		}
		s.Points = kept
		out = append(out, Input{path, len(kept) - len(plans), dropped, change, gone})
	}
	for i := range cfg.Regions {
		r := &cfg.Regions[i]
		cut("regions."+r.ID+".relative_price_performance", &r.RelativePricePerformance, false, "the last value left")
	}
	for i := range cfg.Labs {
		cut("labs."+cfg.Labs[i].ID+".budget", &cfg.Labs[i].Budget, true, fmt.Sprintf("growth by %.3g a year, tapering",
			math.Exp(cfg.Labs[i].Budget.Growth)))
	}
	for k := range cfg.Segments {
		s := &cfg.Segments[k]
		cut("segments."+s.ID+".spending", &s.Spending, false, fmt.Sprintf("growth by %.3g a year, tapering",
			math.Exp(s.Spending.Growth)))
		if !s.Spending.Given() {
			s.From = math.Inf(1) // a segment that nobody had seen
		}
	}
	cut("outside_buyers.orders", &cfg.Outside.Orders, false, fmt.Sprintf("growth by %.3g a year, tapering",
		math.Exp(cfg.Outside.Orders.Growth)))
	cut("supplier.list_price", &cfg.ListPrice, false, fmt.Sprintf("a fall by %.3g a year",
		math.Exp(cfg.Parameters.Chips.PricePerformanceGrowth)))
	out = append(out, observedTargets(cfg, until)...)
	return append(out, cutEvents(s, cfg, until)...), empty
}

// observedTargets replaces target shares that were fitted, or solved from shares observed, after a
// date by the shares at the start.
func observedTargets(cfg *sim.Config, until float64) (out []Input) {
	for i := range cfg.Labs {
		for j := range cfg.Labs[i].Sales {
			p := &cfg.Labs[i].Sales[j]
			path := "labs." + cfg.Labs[i].ID + ".sales." + cfg.Segments[p.Segment].ID
			target := cfg.TargetShare(p)
			change := fmt.Sprintf("the share observed at the start, %.3g instead of %.3g", p.Share, target)
			switch {
			case target == p.Share:
			case !math.IsNaN(p.Target) && until < fittedTo-1e-6:
				p.Target = math.NaN()
				out = append(out, Input{path + ".target_share", 0, 1, change, nil})
			case math.IsNaN(p.Target) && p.Before.Date+1 > until+1e-6:
				p.Before = sim.Earlier{}
				out = append(out, Input{path + ".share_a_year_before", 0, 1, change, nil})
			}
		}
	}
	return out
}

// cutEvents moves shocks and policies that begin after a date to where no clock comes. They keep
// their places in the configuration, for the scenario's other values are set by them.
func cutEvents(s *scenario.Scenario, cfg *sim.Config, until float64) (out []Input) {
	for i := range cfg.Shocks {
		shock := &cfg.Shocks[i]
		if shock.Date < until {
			continue
		}
		shock.Date, shock.Withhold = math.Inf(1), false
		// one event may be a shock for each member of a class
		if path := s.EventPath(i); len(out) == 0 || out[len(out)-1].Path != path {
			out = append(out, Input{path, 0, 1, "nothing: " + shock.Label, nil})
		}
	}
	for i := range cfg.Policies {
		if p := &cfg.Policies[i]; p.From >= until {
			p.From = math.Inf(1)
			out = append(out, Input{"policies." + p.ID, 0, 1, "nothing", nil})
		}
	}
	return out
}
