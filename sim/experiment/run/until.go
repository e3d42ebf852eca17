package run

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"simulate/internal/condition"
	"simulate/sim"
	"simulate/sim/experiment/results"
	"simulate/sim/scenario"
)

// Until is a stop rule: replications are added until the standard error of each of its metrics'
// means at the last date is below its bound in every case.
type Until struct {
	rule  condition.Conditions // on the statistic se, bounded from above
	index []int                // of each condition's metric in sim.Metrics
}

const (
	// untilBatch is the number of replications between two looks at a stop rule. It is fixed, so
	// that the number of replications that a rule ends with does not depend on workers or restarts.
	untilBatch = 50
	// untilCeiling ends a stop rule whose bound is out of reach, unless the number of replications
	// is given.
	untilCeiling = 10_000
)

// ParseUntil reads a stop rule as written on the command line: "hhi_sales.se < 10", several joined
// by and or given one by one, each metric a name of sim.Metrics and each bound a positive value in
// its unit.
func ParseUntil(texts ...string) (*Until, error) {
	const example = "write METRIC.se < NUMBER, for example 'hhi_sales.se < 10'"
	u := &Until{}
	rule, err := condition.Read(texts...)
	if err == nil {
		rule, err = condition.Resolve(rule, scenario.MetricQuantity)
	}
	if err != nil && strings.Contains(err.Error(), "; ") { // with a remedy of its own
		return nil, fmt.Errorf("stop rule: %w; a stop rule reads METRIC.se < NUMBER, as in 'hhi_sales.se < 10'", err)
	}
	if err != nil {
		return nil, fmt.Errorf("stop rule: %w; %s", err, example)
	}
	text := strings.Join(texts, " and ")
	for _, c := range rule {
		bound, above, one := c.OneSided()
		switch {
		case c.Statistic != "se" || !one || above:
			return nil, fmt.Errorf("stop rule %q: %s bounds no standard error from above; %s", text, c, example)
		case !(bound.Value > 0):
			return nil, fmt.Errorf("stop rule %q: %s is not a positive number; %s", text, bound.Text, example)
		}
		u.index = append(u.index, slices.IndexFunc(sim.Metrics, func(m sim.Metric) bool { return m.Name == c.Name }))
	}
	u.rule = rule
	return u, nil
}

// String is the rule in its canonical form, empty for no rule.
func (u *Until) String() string {
	if u == nil {
		return ""
	}
	return u.rule.String()
}

// of are the metrics of the rule at the end of a run, from the last values recorded of it.
func (u *Until) of(market []float64) []float64 {
	last := market[len(market)-len(sim.Metrics):]
	out := make([]float64, len(u.index))
	for k, i := range u.index {
		out[k] = last[i]
	}
	return out
}

// undefined is what of gives for a failed run.
func (u *Until) undefined() []float64 { return slices.Repeat([]float64{math.NaN()}, len(u.index)) }

// met tells whether the standard error of every case's values (by case, run and metric of the rule)
// is below its bound. A case of one value that cannot vary is met, and the base of another is not
// looked at.
func (u *Until) met(o order, values [][][]float64) bool {
	for i := range values {
		if o.once[i] || o.aside != nil && o.aside[i] {
			continue
		}
		for k, one := range u.rule {
			of := make([]float64, len(values[i]))
			for r, v := range values[i] {
				of[r] = v[k]
			}
			if !one.Holds(results.Describe(of).SE) {
				return false
			}
		}
	}
	return true
}
