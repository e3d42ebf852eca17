package sim

import (
	"fmt"
	"iter"
	"math"
	"slices"
	"strings"
)

// regime is a time within a run in which no policy begins or ends: the parameters and segments that
// hold from its date on, with what policies set.
type regime struct {
	date     float64
	policies []string // that set something then
	Parameters
	segments []SegmentSpec
}

// regimes visits them in their order: the scenario's own values first, as a run begins with them.
func (c *Config) regimes() iter.Seq[*regime] {
	dates := []float64{math.Inf(-1)}
	end := c.Start + float64(c.Steps)/float64(c.StepsPerYear)
	for i := range c.Policies {
		if p := &c.Policies[i]; len(p.changes()) > 0 && p.From < end && p.Until > c.Start {
			dates = append(dates, p.From)
			if p.Until < end {
				dates = append(dates, p.Until)
			}
		}
	}
	slices.Sort(dates)
	return func(yield func(*regime) bool) {
		for _, date := range slices.Compact(dates) {
			if !yield(c.regimeAt(date)) {
				return
			}
		}
	}
}

func (c *Config) regimeAt(date float64) *regime {
	r := &regime{date: date, Parameters: c.Parameters, segments: slices.Clone(c.Segments)}
	for i := range c.Policies {
		p := &c.Policies[i]
		set := p.changes()
		if len(set) == 0 || !(p.From <= date && date < p.Until) {
			continue
		}
		r.policies = append(r.policies, p.ID)
		for _, change := range set {
			var v any
			switch change.Kind {
			case ChangeParameter:
				v = &r.Parameters
			case ChangeSegment:
				v = &r.segments[change.Index]
			default:
				continue
			}
			for _, f := range fieldsOf(v) {
				if f.Path == change.Field {
					*f.In(v) = change.Value
				}
			}
		}
	}
	for k := range r.segments {
		s := &r.segments[k]
		orElse(&s.Theta, r.Market.Theta)
		orElse(&s.Sigma, r.Market.Sigma)
		orElse(&s.Eta, r.Market.Eta)
	}
	return r
}

// leastUserCost is the least yearly cost of a chip relative to its price that a model is made of.
const leastUserCost = 1e-3

// check refuses values of which the equations make nothing.
func (r *regime) check() error {
	for k := range r.segments {
		s := &r.segments[k]
		if s.Sigma <= max(s.Eta, r.Market.EpsilonMin) {
			return r.says("segment %s: substitution sigma %g must exceed both eta %g and epsilon_min %g, or prices have no "+
				"unique equilibrium", s.ID, s.Sigma, s.Eta, r.Market.EpsilonMin)
		}
		if r.Market.HostSubstitution > s.Sigma {
			return r.says("segment %s: host_substitution %g must not exceed substitution sigma %g", s.ID,
				r.Market.HostSubstitution, s.Sigma)
		}
	}
	if c := &r.Chips; c.Depreciation+c.PricePerformanceGrowth+c.PowerCost < leastUserCost {
		return r.says("chips.depreciation, chips.power_cost and the growth of chips.price_performance_growth add up to less "+
			"than %g a year, so that the use of a chip costs next to nothing; raise one of them", leastUserCost)
	}
	if q := &r.Industry; q.EntrantBudgetLow > q.EntrantBudgetHigh {
		return r.says("industry.entrant_budget_low %g is above industry.entrant_budget_high %g", q.EntrantBudgetLow,
			q.EntrantBudgetHigh)
	}
	return nil
}

// says is an error that names the policies behind it.
func (r *regime) says(format string, args ...any) error {
	err := fmt.Errorf(format, args...)
	if len(r.policies) > 0 {
		return fmt.Errorf("under the policies that hold from %s on (%s): %w", month(r.date), strings.Join(r.policies, ", "),
			err)
	}
	return err
}

// entrants is how many labs a model has room for: at least usualEntrants where any may enter, and
// as many as a Poisson number at the highest rate of the run does not pass once in 10^15 runs.
func (c *Config) entrants() int {
	if !c.Stochastic {
		return 0
	}
	highest := 0.0
	for r := range c.regimes() {
		highest = max(highest, float64(r.Industry.EntryRate*(1-r.Industry.EntryMargin)))
	}
	if highest == 0 {
		return 0
	}
	mean := float64(highest * float64(c.Steps) * c.Dt())
	return max(usualEntrants, int(mean+float64(8*math.Sqrt(mean))+32))
}

// mostMoney is the most that an exogenous path of money may reach, USD per year.
const mostMoney = 1e25

// checkPaths refuses budgets, orders and reference spending that grow beyond all meaning within the
// run.
func (c *Config) checkPaths() error {
	for i := range c.Labs {
		if err := c.checkPath("labs."+c.Labs[i].ID+".budget", c.Labs[i].Budget); err != nil {
			return err
		}
	}
	for k := range c.Segments {
		if err := c.checkPath("segments."+c.Segments[k].ID+".spending", c.Segments[k].Spending); err != nil {
			return err
		}
	}
	return c.checkPath("outside_buyers.orders", c.Outside.Orders)
}

func (c *Config) checkPath(name string, s Series) error {
	for step := 0; step < c.Steps+c.StepsPerYear; step += c.StepsPerYear {
		date := c.Start + float64(step)/float64(c.StepsPerYear)
		if v := s.At(date); !(v <= mostMoney) {
			return fmt.Errorf("%s reaches $%.2g a year in %s, more than $%g; lower its growth", name, v, month(date),
				mostMoney)
		}
	}
	return nil
}
