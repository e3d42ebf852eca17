package scenario

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"simulate/internal/condition"
	"simulate/internal/quantity"
	"simulate/sim"
)

// holds reads a pattern in words, "hhi_sales.q95 < 1800": a pattern for each of its conditions.
func (b *binder) holds(c cell, e Expectation, out *node) ([]Expectation, bool) {
	n := c.n.get("holds")
	for _, k := range []string{"metric", "stat", "between", "above", "below"} {
		if other := c.n.get(k); other != nil {
			b.addf(other.at, "keep holds alone", "%s says its bounds by holds and by %s", c.path, k)
			return nil, false
		}
	}
	if n.kind != scalarNode {
		b.addf(n.at, "write holds: hhi_sales < 1800", "%s.holds is not a condition", c.path)
		return nil, false
	}
	read, err := condition.Read(n.text)
	if err == nil {
		read, err = condition.Resolve(read, func(name string) (condition.Quantity, error) {
			return expectedQuantity(name, e, c.n.get("growth_since") != nil)
		})
	}
	if err != nil {
		var bad *condition.Error
		if errors.As(err, &bad) {
			b.addf(n.at, bad.Remedy, "%s.holds: %v", c.path, bad.What)
		} else {
			b.addf(n.at, "", "%s.holds: %v", c.path, err)
		}
		return nil, false
	}
	out.put("holds", pos{}, scalar(read.String()))
	e.part(out)
	if !b.observationDate(c, "at", &e.At, out) || !b.comparison(c, &e, out) {
		return nil, false
	}
	var all []Expectation
	for _, one := range read {
		next := e
		next.Metric = one.Name
		if one.Statistic != "" {
			if e.compares() {
				b.addf(n.at, "leave ."+one.Statistic+" out", "%s compares means, not %s", c.path, one.Subject())
				return nil, false
			}
			next.Stat = one.Statistic
		}
		if one.Low.Given() {
			next.Low, next.LowStrict = one.Low.Value, one.Low.Strict
		}
		if one.High.Given() {
			next.High, next.HighStrict = one.High.Value, one.High.Strict
		}
		all = append(all, next)
	}
	return all, true
}

// compares tells whether the pattern is about a comparison of means.
func (e Expectation) compares() bool {
	return e.Against != "" || e.Minus != "" || !math.IsNaN(e.Since)
}

// Met tells whether a value lies within the bounds.
func (e Expectation) Met(v float64) bool {
	return (v > e.Low || v == e.Low && !e.LowStrict) && (v < e.High || v == e.High && !e.HighStrict)
}

// expectedQuantity finds a metric of the market, or of the segment or lab that a pattern is about,
// for a condition in words; a factor of growth has no unit.
func expectedQuantity(name string, e Expectation, factor bool) (condition.Quantity, error) {
	all, tags := metricNames(), make([]string, len(sim.Metrics))
	for i, m := range sim.Metrics {
		tags[i] = m.Unit
	}
	switch {
	case e.Segment != "":
		all, tags = segmentMetrics()
	case e.Lab != "":
		all, tags = labMetrics()
	}
	i := slices.Index(all, name)
	if i < 0 {
		return condition.Quantity{}, &condition.Error{What: fmt.Errorf("there is no metric %q", clip(name)),
			Remedy: quantity.DidYouMean(name, all)}
	}
	if factor {
		return QuantityOf(""), nil
	}
	return QuantityOf(tags[i]), nil
}
