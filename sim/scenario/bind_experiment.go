package scenario

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"simulate/sim"
)

// Experiment is what a sweep does when the command line does not say.
type Experiment struct {
	Uncertainties []string    // PATHs varied over the range of their lever
	Levers        []Variation // PATHs with the values that each takes
	Metrics       []string
	Record        string // one of SweepRecords, "" where the scenario does not say
	Design        Design
	Correlations  []RankCorrelation
}

// Design says how a sweep samples.
type Design struct {
	Method  string // one of DesignMethods, "" where the scenario does not say
	Samples int    // 0 where the scenario does not say
}

// DesignMethods are the words for `design: {method: …}`.
var DesignMethods = []string{"grid", "list", "oat", "lhs", "sobol", "morris", "saltelli"}

// Expectation is a pattern that the results are checked against.
type Expectation struct {
	Metric    string
	At        float64 // decimal year at which the observation ends: 2025 for `at: 2024-12`
	Low, High float64 // in the metric's unit; ∓Inf where open
	Case      string  // "": every case
	Stat      string  // one of ExpectationStats
	Where     string  // file:line of the pattern

	// At most one of the following turns the value into a comparison of means.
	Against string  // another scenario: the difference to it under common random numbers
	Since   float64 // the change since this date (decimal year, as At); NaN: none
	PerYear bool    // with Since: the yearly factor of growth instead of the change
	Minus   string  // another metric: the difference to it
}

// Subject says in words what the pattern is about.
func (e Expectation) Subject() string {
	switch {
	case e.Against != "":
		return e.Metric + " less that of " + e.Against
	case e.Minus != "":
		return e.Metric + " less " + e.Minus
	case e.PerYear:
		return "yearly factor of " + e.Metric + " since the end of " + formatDate(e.Since-1.0/12)
	case !math.IsNaN(e.Since):
		return "change of " + e.Metric + " since the end of " + formatDate(e.Since-1.0/12)
	}
	return e.Stat + " of " + e.Metric
}

// ExpectationStats are the columns of summary.csv that a pattern can be about.
var ExpectationStats = []string{"mean", "sd", "se", "q05", "q25", "q50", "q75", "q95"}

var nan = math.NaN()

func metricNames() []string {
	out := make([]string, len(sim.Metrics))
	for i, m := range sim.Metrics {
		out[i] = m.Name
	}
	return out
}

func (b *binder) metric(n *node, path string) (sim.Metric, bool) {
	i := slices.Index(metricNames(), n.text)
	if n.kind != scalarNode || i < 0 {
		b.addf(n.at, didYouMean(n.text, metricNames()), "%s: there is no metric %q", path, clip(n.text))
		return sim.Metric{}, false
	}
	return sim.Metrics[i], true
}

// experimentKeys are the keys of experiment.
var experimentKeys = []key[Experiment]{
	{
		name: "uncertainties", meaning: "PATHs varied over their range, distribution or 90 % interval.", schema: namesSchema(),
		bind: func(b *binder, c cell, each visit[Experiment]) *node {
			if c.n == nil {
				return nil
			}
			canon := &node{kind: sequenceNode, flow: true}
			for _, item := range b.strings(c) {
				path := strings.TrimPrefix(item.text, "parameters.")
				l, found := b.lever(item.at, c.path, path)
				if !found {
					continue
				}
				if !l.HasRange {
					b.addf(item.at, "give it one, as in "+path+": {range: LOW to HIGH}", "%s has no range to vary over", path)
				}
				canon.items = append(canon.items, scalar(path))
				each(b.cfg, func(e *Experiment) { e.Uncertainties = append(e.Uncertainties, path) })
			}
			return canon
		},
	},
	{
		name: "levers", meaning: "PATHs with what each takes: a list of values, or LOW to HIGH, lo:hi:step or range.", schema: schema{"type": "object", "additionalProperties": schema{"type": []any{"array", "string", "number", "boolean"}}},
		bind: bindVariations,
	},
	{
		name: "metrics", meaning: "Metrics that the sweep records.", schema: namesSchema(),
		bind: func(b *binder, c cell, each visit[Experiment]) *node {
			if c.n == nil {
				return nil
			}
			canon := &node{kind: sequenceNode, flow: true}
			for _, item := range b.strings(c) {
				if m, ok := b.metric(item, c.path); ok {
					canon.items = append(canon.items, scalar(m.Name))
					each(b.cfg, func(e *Experiment) { e.Metrics = append(e.Metrics, m.Name) })
				}
			}
			return canon
		},
	},
	recordKey,
	section("design", "How the sweep samples.", designKeys, func(*Experiment) {}, func(e *Experiment) *Design { return &e.Design }),
	rankKey,
}

var designKeys = []key[Design]{
	{
		name: "method", meaning: "How the values are chosen.", schema: schema{"enum": anySlice(DesignMethods)},
		bind: func(b *binder, c cell, each visit[Design]) *node {
			method, canon := b.text(c)
			if canon != nil && !slices.Contains(DesignMethods, method) {
				b.addf(c.n.at, didYouMean(method, DesignMethods), "there is no design %q", clip(method))
			}
			each(b.cfg, func(d *Design) { d.Method = method })
			return canon
		},
	},
	{
		name: "samples", meaning: "Number of samples.", schema: schema{"type": "integer", "minimum": 1},
		bind: func(b *binder, c cell, each visit[Design]) *node {
			n, canon := b.whole(c, 1, 1<<30, 0)
			each(b.cfg, func(d *Design) { d.Samples = int(n) })
			return canon
		},
	},
}

func bindVariations(b *binder, c cell, each visit[Experiment]) *node {
	if c.n == nil {
		return nil
	}
	if c.n.kind != mappingNode {
		b.addf(c.n.at, "write levers: {PATH: [A, B]}", "%s is not a mapping", c.path)
		return nil
	}
	out := &node{kind: mappingNode}
	for _, p := range c.n.pairs {
		path := strings.TrimPrefix(p.key, "parameters.")
		l, found := b.lever(p.at, c.path, path)
		if !found {
			continue
		}
		v, ok := b.variation(l, p.value, c.path+"."+path)
		if !ok {
			continue
		}
		each(b.cfg, func(e *Experiment) { e.Levers = append(e.Levers, v) })
		out.pairs = append(out.pairs, pair{path, p.at, v.node()})
	}
	return out
}

// lever finds a lever by PATH for a message.
func (b *binder) lever(at pos, where, path string) (*Lever, bool) {
	l, found := b.s.Lever(path)
	if !found {
		known := make([]string, len(b.s.levers))
		for i, l := range b.s.levers {
			known[i] = l.Path
		}
		remedy := "a PATH is a parameter such as market.eta, or a key of the scenario such as labs.deepseek.talent"
		if near := nearest(path, known); near != "" {
			remedy = fmt.Sprintf("did you mean %q?", near)
		}
		b.addf(at, remedy, "%s: there is no PATH %q", where, clip(path))
	}
	return l, found
}

// expectations binds the list of patterns.
func (b *binder) expectations(c cell) *node {
	if c.n == nil {
		return nil
	}
	if c.n.kind != sequenceNode {
		b.addf(c.n.at, "write a list, each entry as - {metric: hhi_sales, at: 2024-12, between: [1000, 1800]}", "expect is not a list")
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

var expectationKeys = []string{"metric", "at", "between", "above", "below", "case", "stat", "against", "since", "growth_since", "minus", "source", "note"}

func (b *binder) expectation(c cell) *node {
	b.unknownKeys(c, expectationKeys)
	e := Expectation{Low: math.Inf(-1), High: math.Inf(1), Stat: "mean", Where: c.n.at.String(), Since: math.NaN()}
	out := &node{kind: mappingNode, flow: true}
	metric := c.n.get("metric")
	if metric == nil {
		b.addf(c.n.at, "write metric: hhi_sales", "%s names no metric", c.path)
		return nil
	}
	m, ok := b.metric(metric, c.path)
	if !ok {
		return nil
	}
	e.Metric = m.Name
	out.put("metric", pos{}, scalar(m.Name))
	if !b.observationDate(c, "at", &e.At, out) || !b.comparison(c, &e, out) {
		return nil
	}
	u := units[m.Unit]
	if u == nil || u.dates || e.PerYear {
		u = unitOf("1")
	}
	bound := &leaf{path: c.path, unit: u, low: math.Inf(-1), high: math.Inf(1)}
	given := 0
	if n := c.n.get("between"); n != nil {
		given++
		if n.kind != sequenceNode || len(n.items) != 2 {
			b.addf(n.at, "write between: [1000, 1800]", "%s.between is not two bounds", c.path)
			return nil
		}
		lo, okLo := b.scalarNumber(n.items[0], bound)
		hi, okHi := b.scalarNumber(n.items[1], bound)
		if okLo && okHi && lo >= hi {
			b.addf(n.at, "write the smaller bound first", "%s.between is empty", c.path)
		}
		e.Low, e.High = lo, hi
		out.put("between", pos{}, &node{kind: sequenceNode, flow: true, items: []*node{scalar(u.format(lo)), scalar(u.format(hi))}})
	}
	for _, k := range []struct {
		key   string
		bound *float64
	}{{"above", &e.Low}, {"below", &e.High}} {
		if n := c.n.get(k.key); n != nil {
			given++
			if v, ok := b.scalarNumber(n, bound); ok {
				*k.bound = v
				out.put(k.key, pos{}, scalar(u.format(v)))
			}
		}
	}
	if given == 0 {
		b.addf(c.n.at, "write between: [LOW, HIGH], above: LOW or below: HIGH", "%s expects nothing", c.path)
	} else if given == 2 && c.n.get("between") != nil {
		b.addf(c.n.at, "keep between, or write above and below", "%s has two sets of bounds", c.path)
	}
	if text, canon := b.text(c.child("case", c.n.pair("case"))); canon != nil {
		e.Case = text
		out.put("case", pos{}, canon)
	}
	if n := c.n.get("stat"); n != nil {
		if !slices.Contains(ExpectationStats, n.text) {
			b.addf(n.at, didYouMean(n.text, ExpectationStats), "%s: there is no statistic %q", c.path, clip(n.text))
		}
		e.Stat = n.text
		out.put("stat", pos{}, scalar(n.text))
	}
	for _, k := range about {
		if t := b.textOf(c, k); t != "" {
			out.put(k, pos{}, prose(t))
		}
	}
	b.s.Expect = append(b.s.Expect, e)
	return out
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
		b.addf(c.n.at, "keep one of against, since, growth_since and minus, without stat", "%s compares in more than one way", c.path)
		return false
	}
	if text, canon := b.text(c.child("against", c.n.pair("against"))); canon != nil {
		e.Against = text
		out.put("against", pos{}, canon)
	}
	if n := c.n.get("minus"); n != nil {
		m, ok := b.metric(n, c.path)
		if !ok {
			return false
		}
		e.Minus = m.Name
		out.put("minus", pos{}, scalar(m.Name))
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

// observationDate reads the date of an observation, the one that ends in a month, on a day or at the end of a year.
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
	steps := (s.end - b.cfg.Start) * float64(b.s.StepsPerYear)
	switch whole := math.Round(steps); {
	case whole > float64(b.s.Steps) && b.cut:
		return false
	case whole < 0 || whole > float64(b.s.Steps):
		b.addf(n.at, "write a month from the one before "+formatDate(b.cfg.Start)+" to the one before "+formatDate(b.s.end()), "%s.%s lies outside the clock", c.path, key)
		return false
	case math.Abs(steps-whole) > 1e-6:
		b.addf(n.at, "write the month alone, as in "+formatDate(math.Floor(s.start*12+1e-9)/12), "%s.%s is not the end of a step", c.path, key)
		return false
	default:
		*date = b.cfg.Start + whole/float64(b.s.StepsPerYear)
	}
	out.put(key, pos{}, scalar(n.text))
	return true
}
