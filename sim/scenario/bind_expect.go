package scenario

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"simulate/internal/condition"
	"simulate/internal/quantity"
	"simulate/sim"
)

// expectations binds the list of patterns.
func (b *binder) expectations(c cell) *node {
	if c.n == nil {
		return nil
	}
	if c.n.kind != sequenceNode {
		b.addf(c.n.at, "write a list, each entry as - {metric: hhi_sales, at: 2024-12, between: [1000, 1800]}",
			"expect is not a list")
		return nil
	}
	out := &node{kind: sequenceNode}
	for i, item := range c.n.items {
		path := fmt.Sprintf("expect.%d", i)
		if item.kind != mappingNode {
			b.addf(item.at, "write {metric: hhi_sales, at: 2024-12, between: [1000, 1800]}", "%s is not a pattern", path)
			continue
		}
		if canon := b.expectation(cell{n: item, at: item.at, path: path}); canon != nil {
			out.items = append(out.items, canon)
		}
	}
	return out
}

var expectationKeys = []string{"metric", "at", "between", "above", "below", "holds", "case", "stat", "against",
	"since", "growth_since", "minus", "segment", "lab", "misfit", "given", "source", "note"}

func (b *binder) expectation(c cell) *node {
	b.unknownKeys(c, expectationKeys)
	e := Expectation{Low: math.Inf(-1), High: math.Inf(1), Stat: "mean", Where: c.n.at.String(), Since: math.NaN()}
	out := &node{kind: mappingNode, flow: true}
	if !b.partOf(c, &e) {
		return nil
	}
	bounded := []Expectation{e}
	var ok bool
	if c.n.get("holds") != nil {
		if bounded, ok = b.holds(c, e, out); !ok {
			return nil
		}
	} else if !b.bounds(c, &bounded[0], out) {
		return nil
	}
	e = Expectation{}
	if text, canon := b.text(c.child("case", c.n.pair("case"))); canon != nil {
		e.Case = text
		out.put("case", pos{}, canon)
	}
	if text, canon := b.text(c.child("misfit", c.n.pair("misfit"))); canon != nil {
		if strings.TrimSpace(text) == "" {
			b.addf(c.n.get("misfit").at, "write why the model does not meet it", "%s.misfit gives no reason", c.path)
		}
		e.Misfit = text
		out.put("misfit", pos{}, canon)
	}
	if text, canon := b.text(c.child("given", c.n.pair("given"))); canon != nil {
		switch {
		case strings.TrimSpace(text) == "":
			b.addf(c.n.get("given").at, "write why it tests nothing, as in given: an identity", "%s.given gives no reason",
				c.path)
		case e.Misfit != "":
			b.addf(c.n.get("given").at, "keep one of them", "%s is said to be missed and to test nothing", c.path)
		}
		e.Given = text
		out.put("given", pos{}, canon)
	}
	for _, k := range about {
		if t := b.textOf(c, k); t != "" {
			out.put(k, pos{}, prose(t))
		}
	}
	source, note := b.s.cited(b.textOf(c, "source")), b.textOf(c, "note")
	for _, one := range bounded {
		one.Case, one.Misfit, one.Given, one.Source, one.Note = e.Case, e.Misfit, e.Given, source, note
		b.s.Expect = append(b.s.Expect, one)
	}
	return out
}

// part writes which segment or lab a pattern is about.
func (e Expectation) part(out *node) {
	if e.Segment != "" {
		out.put("segment", pos{}, scalar(e.Segment))
	}
	if e.Lab != "" {
		out.put("lab", pos{}, scalar(e.Lab))
	}
}

// bounds reads metric, date, comparison, statistic and bounds of a pattern that gives each by a key
// of its own.
func (b *binder) bounds(c cell, e *Expectation, out *node) bool {
	metric := c.n.get("metric")
	if metric == nil {
		b.addf(c.n.at, "write metric: hhi_sales, or holds: hhi_sales < 1800", "%s names no metric", c.path)
		return false
	}
	unit, ok := b.expectedMetric(metric, c.path, &e.Metric, *e)
	if !ok {
		return false
	}
	out.put("metric", pos{}, scalar(e.Metric))
	e.part(out)
	if !b.observationDate(c, "at", &e.At, out) || !b.comparison(c, e, out) {
		return false
	}
	u := units[unit]
	if u == nil || u.dates || e.PerYear {
		u = unitOf("1")
	}
	bound := &leaf{path: c.path, unit: u, low: math.Inf(-1), high: math.Inf(1)}
	given := 0
	if n := c.n.get("between"); n != nil {
		given++
		if n.kind != sequenceNode || len(n.items) != 2 {
			b.addf(n.at, "write between: [1000, 1800]", "%s.between is not two bounds", c.path)
			return false
		}
		lo, okLo := b.scalarNumber(n.items[0], bound)
		hi, okHi := b.scalarNumber(n.items[1], bound)
		if okLo && okHi && lo >= hi {
			b.addf(n.at, "write the smaller bound first", "%s.between is empty", c.path)
		}
		e.Low, e.High = lo, hi
		out.put("between", pos{}, &node{kind: sequenceNode, flow: true, items: []*node{n.items[0].as(u.format(lo)),
			n.items[1].as(u.format(hi))}})
	}
	for _, k := range []struct {
		key   string
		bound *float64
	}{{"above", &e.Low}, {"below", &e.High}} {
		if n := c.n.get(k.key); n != nil {
			given++
			if v, ok := b.scalarNumber(n, bound); ok {
				*k.bound = v
				out.put(k.key, pos{}, n.as(u.format(v)))
			}
		}
	}
	if given == 0 {
		b.addf(c.n.at, "write between: [LOW, HIGH], above: LOW or below: HIGH, or holds: LOW < METRIC < HIGH",
			"%s expects nothing", c.path)
	} else if given == 2 && c.n.get("between") != nil {
		b.addf(c.n.at, "keep between, or write above and below", "%s has two sets of bounds", c.path)
	}
	if n := c.n.get("stat"); n != nil {
		if !slices.Contains(condition.Statistics, n.text) {
			b.addf(n.at, quantity.DidYouMean(n.text, condition.Statistics), "%s: there is no statistic %q", c.path, clip(n.text))
		}
		e.Stat = n.text
		out.put("stat", pos{}, scalar(n.text))
	}
	return true
}

// partOf reads the segment or lab that a pattern is about.
func (b *binder) partOf(c cell, e *Expectation) bool {
	segment, lab := c.n.get("segment"), c.n.get("lab")
	n := segment
	switch {
	case segment != nil && lab != nil:
		b.addf(lab.at, "keep one of them", "%s is about a segment and a lab", c.path)
		return false
	case segment != nil:
		if b.segmentNamed(segment.at, c.path, segment.text) == nil {
			return false
		}
		e.Segment = segment.text
	case lab != nil:
		n = lab
		at := b.labsNamed(lab.at, c.path, lab.text)
		if len(at) == 0 {
			return false
		}
		if e.Lab = b.cfg.Labs[at[0]].ID; len(at) > 1 {
			b.addf(lab.at, "write a lab of its own for it", "%s: %s is a class of %s", c.path, lab.text,
				quantity.Plural(len(at), "lab"))
			return false
		}
	default:
		return true
	}
	if c.n.get("against") != nil {
		b.addf(n.at, "leave it out, or against", "%s compares a segment or lab with another scenario, which only metrics "+
			"of the market can be", c.path)
		return false
	}
	return true
}

// expectedMetric reads the name of a metric, of the segment or lab where the pattern is about one,
// and gives its unit.
func (b *binder) expectedMetric(n *node, path string, name *string, e Expectation) (unit string, ok bool) {
	if e.Part() == "" {
		m, ok := b.metric(n, path)
		*name = m.Name
		return m.Unit, ok
	}
	names, unitsOf := segmentMetrics()
	of := "segments"
	if e.Lab != "" {
		names, unitsOf = labMetrics()
		of = "labs"
	}
	i := slices.Index(names, n.text)
	if n.kind != scalarNode || i < 0 {
		b.addf(n.at, quantity.DidYouMean(n.text, names), "%s: there is no metric %q of %s", path, clip(n.text), of)
		return "", false
	}
	*name = n.text
	return unitsOf[i], true
}

func segmentMetrics() (names, units []string) {
	for _, m := range sim.SegmentMetrics {
		names, units = append(names, m.Name), append(units, m.Unit)
	}
	return names, units
}

func labMetrics() (names, units []string) {
	for _, v := range sim.LabVariables() {
		names, units = append(names, v.Name), append(units, v.Unit)
	}
	return names, units
}

// comparison reads the key, if any, that turns a pattern into one about a difference or growth.
func (b *binder) comparison(c cell, e *Expectation, out *node) bool {
	given := 0
	for _, k := range []string{"against", "since", "growth_since", "minus"} {
		if c.n.get(k) != nil {
			given++
		}
	}
	if given > 1 || given == 1 && c.n.get("stat") != nil {
		b.addf(c.n.at, "keep one of against, since, growth_since and minus, without stat",
			"%s compares in more than one way", c.path)
		return false
	}
	if text, canon := b.text(c.child("against", c.n.pair("against"))); canon != nil {
		if out := TakenOut(text); out != "" && !(&Scenario{cfg: b.cfg}).Takes(text) {
			b.addf(c.n.get("against").at, "name a scenario", "%s is held against this scenario without its %s, and it "+
				"has none", c.path, out)
			return false
		}
		e.Against = text
		out.put("against", pos{}, canon)
	}
	if n := c.n.get("minus"); n != nil {
		if _, ok := b.expectedMetric(n, c.path, &e.Minus, *e); !ok {
			return false
		}
		out.put("minus", pos{}, scalar(e.Minus))
	}
	for _, k := range []string{"since", "growth_since"} {
		if c.n.get(k) == nil {
			continue
		}
		if !b.observationDate(c, k, &e.Since, out) {
			return false
		}
		if e.Since >= e.At {
			b.addf(c.n.get(k).at, "write an earlier date", "%s.%s is not before %s.at", c.path, k, c.path)
		}
		e.PerYear = k == "growth_since"
	}
	return true
}

// observationDate reads the date of an observation, the one that ends in a month, on a day or at
// the end of a year; where steps are quarters that of the quarter which holds the month.
func (b *binder) observationDate(c cell, key string, date *float64, out *node) bool {
	n := c.n.get(key)
	if n == nil {
		b.addf(c.n.at, "write at: 2024-12 for the observation that ends in December 2024", "%s has no date", c.path)
		return false
	}
	s, bad := parseDate(n.text)
	if bad != nil {
		b.addf(n.at, bad.remedy, "%s.%s: %s", c.path, key, bad.what)
		return false
	}
	steps := float64((s.end - b.cfg.Start) * float64(b.s.StepsPerYear))
	if s.end-s.start > 1./13 { // a month or a year: in a quarter its own observation is that of the quarter
		steps = math.Ceil(steps - 1e-6)
	}
	switch whole := math.Round(steps); {
	case whole > float64(b.s.Steps) && b.cut:
		return false
	case whole < 0 || whole > float64(b.s.Steps):
		b.addf(n.at, "write a month from the one before "+formatDate(b.cfg.Start)+" to the one before "+
			formatDate(b.s.end()), "%s.%s lies outside the clock", c.path, key)
		return false
	case math.Abs(steps-whole) > 1e-6:
		b.addf(n.at, "write the month alone, as in "+formatDate(math.Floor(float64(s.start*12)+1e-9)/12),
			"%s.%s is not the end of a step", c.path, key)
		return false
	default:
		*date = b.cfg.Start + whole/float64(b.s.StepsPerYear)
	}
	out.put(key, pos{}, scalar(n.text))
	return true
}
