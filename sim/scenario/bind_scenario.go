package scenario

import (
	"math"
	"slices"

	"simulate/internal/quantity"
	"simulate/internal/visible"
	"simulate/sim"
)

// Limits of whole numbers at the top of a scenario.
const (
	maxReplications = 10_000_000
	maxSteps        = 1200
)

var (
	stepWords = []string{"month", "quarter"}
	modeWords = []string{"deterministic", "stochastic"}
)

// topKeys are the keys of a scenario, in the order of canonical output. Those that others need come
// first.
var topKeys = []key[Scenario]{
	nameLine("name", mostName, "What folders, tables and figures call the scenario; the name of its file unless given.",
		func(s *Scenario, t string) { s.Name = t }),
	line(
		"title",
		"One line for figures and lists. It belongs to one file and is not taken over by those that extend it.",
		func(s *Scenario, t string) { s.Title = t },
	),
	text("description", "What the scenario is about. It belongs to one file, like the title.", func(s *Scenario,
		t string) {
		s.Description = t
	}),
	{name: "extends", meaning: "The scenario that this file changes: a built-in name, or a path under the file's own " +
		"folder or the working folder. Mappings join key by key; a value, a path of dated values or a list replaces the " +
		"one before as a whole; null takes a key away.",
		schema: ref("scenario_name"), bind: func(*binder, cell, visit[Scenario]) *node { return nil }},
	baseKey,
	{name: "sources", meaning: "Texts that `source:` elsewhere can name by their key, alone or before a comma or " +
		"semicolon.",
		schema: schema{"type": "object", "additionalProperties": schema{"type": "string"}}, bind: bindSources},
	exchangeKey,
	stateOfKey,
	{name: "clock", meaning: "Start and end of the run, its step and how often it is recorded.",
		schema: objectSchema(clockKeys), bind: bindClock},
	{name: "replications", meaning: "Number of runs with different luck.", schema: schema{"type": "integer",
		"minimum": 1, "default": defaultReplications},
		bind: func(b *binder, c cell, _ visit[Scenario]) *node {
			n, _ := b.whole(c, 1, maxReplications, defaultReplications)
			b.s.Replications = int(n)
			return scalar(formatWhole(n))
		}},
	{name: "seed", meaning: "Luck of the experiment: the same seed gives the same bytes.",
		schema: schema{"type": "integer", "minimum": 0, "default": 1},
		bind: func(b *binder, c cell, _ visit[Scenario]) *node {
			b.s.Seed, _ = b.whole(c, 0, math.MaxUint64, 1)
			return scalar(formatWhole(b.s.Seed))
		}},
	{name: "mode", meaning: "stochastic: software progress and releases are drawn; deterministic: they take their " +
		"expected values.", schema: wordSchema(schema{"enum": anySlice(modeWords), "default": "stochastic"}),
		bind: bindMode},
	{name: "reference_replications", meaning: "Number of runs whose mean gives the reference paths of prices and " +
		"spending in stochastic mode.", schema: schema{"type": "integer", "minimum": 1, "default": defaultReference},
		bind: func(b *binder, c cell, _ visit[Scenario]) *node {
			n, _ := b.whole(c, 1, maxReplications, defaultReference)
			b.cfg.ReferenceReplications = int(n)
			return scalar(formatWhole(n))
		}},
	centreKey,
	{name: "regions", meaning: "Jurisdictions, by name; " + quantity.OneOf(defaultRegions) + " always exist.",
		schema: mapSchema(objectSchema(regionKeys)), bind: bindRegions},
	{name: "labs", meaning: "The labs, by name.", late: func() schema {
		return baselineMap("labs",
			objectSchema(labKeys()))
	}, bind: bindLabs},
	{name: "segments", meaning: "Market segments, by name.", late: func() schema {
		return baselineMap("segments",
			objectSchema(segmentKeys()))
	}, bind: bindSegments},
	{name: "outside_buyers", meaning: "Buyers of merchant chips that train no model of their own: clouds, companies, " +
		"states.", schema: objectSchema(outsideKeys), bind: bindOutside},
	{name: "plans", meaning: "Announced values: budgets and outside orders that were known before their date.",
		schema: objectSchema(planKeys),
		bind: func(b *binder, c cell, _ visit[Scenario]) *node {
			if c.n == nil {
				b.cfg.PlansCarriedOut = 1
			}
			canon := bindKeys(b, c, planKeys, func(cfg *sim.Config, f func(*sim.Config)) { f(cfg) })
			if c.n == nil {
				return nil
			}
			return canon
		}},
	{name: "supplier", meaning: "The merchant supplier of chips.", schema: objectSchema(supplierKeys),
		bind: func(b *binder, c cell, _ visit[Scenario]) *node {
			if c.n == nil {
				return nil
			}
			return bindKeys(b, c, supplierKeys, func(cfg *sim.Config, f func(*sim.Config)) { f(cfg) })
		}},
	{name: "ownership", meaning: "Silent interests of labs' companies in the profits of other labs, as shares by " +
		"holder and lab; they enter the modified HHI.",
		schema: schema{"type": "object", "additionalProperties": schema{"type": "object",
			"additionalProperties": anyOf(ref("text"), ref("value_1"))}}, bind: bindOwnership},
	{name: "parameters", meaning: "Parameters of the model, by PATH (market.eta) or nested (market: {eta: …}).",
		late: parametersSchema,
		bind: func(b *binder, c cell, _ visit[Scenario]) *node { return b.parameters(c) }},
	{name: "events", meaning: "Dated shocks. A list replaces the list it extends.", schema: schema{"type": "array",
		"items": objectSchema(eventKeys, "at", "shock")},
		bind: func(b *binder, c cell, _ visit[Scenario]) *node { return b.events(c) }},
	{name: "policies", meaning: "Dated bundles of levers, by name.",
		late: func() schema { return mapSchema(objectSchema(policyKeys())) },
		bind: func(b *binder, c cell, _ visit[Scenario]) *node { return b.policies(c) }},
	{name: "correlations", meaning: "Rank correlations between drawn values.", schema: correlationsSchema(),
		bind: func(b *binder, c cell, _ visit[Scenario]) *node { return b.correlations(c) }},
	parameterSetsKey,
	{name: "experiment", meaning: "What a sweep does when the command line does not say.",
		schema: objectSchema(experimentKeys), bind: bindExperiment},
	{name: "expect", meaning: "Patterns that the results should show, over the mean of the replications unless stat " +
		"says otherwise. They belong to one file.", schema: expectSchema(),
		bind: func(b *binder, c cell, _ visit[Scenario]) *node { return b.expectations(c) }},
}

const (
	defaultReplications = 200
	defaultReference    = 256
)

func bindSources(b *binder, c cell, _ visit[Scenario]) *node {
	if !b.mapping(c, "sources: {name: text}") {
		return nil
	}
	out := &node{kind: mappingNode}
	for _, p := range c.n.pairs {
		if t, canon := b.text(c.child(p.key, &p)); canon != nil {
			if visible.Formula(t) { // it becomes a cell where it is cited
				b.addf(p.value.at, formulaRemedy, "%s.%s %q begins with %s, which spreadsheets take for a formula", c.path, p.key,
					clip(t), first(t))
			}
			b.s.sources[p.key] = t
			out.pairs = append(out.pairs, pair{p.key, p.at, canon})
		}
	}
	return out
}

// clock is what the keys of clock bind to.
type clock struct{ start, end float64 }

// planKeys are the keys of plans.
var planKeys = []key[sim.Config]{
	number("carried_out", "What is carried out of them, as a factor on each.", "1", 0.01, 10, 1, func(cfg *sim.Config,
		v float64) {
		cfg.PlansCarriedOut = v
	}),
}

var clockKeys = []key[clock]{
	plainDate("start", "First day of the run; that of state_of where it is left out. No design varies it.", "2024-01",
		func(k *clock, v float64) { k.start = v }),
	plainDate("end", "Day after the last of the run. A design varies it by a list of dates; runs are compared as far as "+
		"all of them go.", "2034-01", func(k *clock, v float64) { k.end = v }),
	{name: "step", meaning: "Length of a step; a design may vary it. Years would bias concentration by a third.",
		schema: wordSchema(schema{"enum": anySlice(stepWords), "default": "month"}),
		bind: func(b *binder, c cell, _ visit[clock]) *node {
			i := b.plainWord(c, stepWords, 0)
			b.s.StepsPerYear = stepsPerYear[i]
			return scalar(stepWords[i])
		}},
	{name: "record", meaning: "How often tables hold an observation.",
		schema: wordSchema(schema{"enum": anySlice(Recordings), "default": DefaultRecording}),
		bind: func(b *binder, c cell, _ visit[clock]) *node {
			b.s.Record = Recordings[b.plainWord(c, Recordings, slices.Index(Recordings, DefaultRecording))]
			return scalar(b.s.Record)
		}},
}

// plainDate is the key of a date that no design changes.
func plainDate[T any](name, meaning, initial string, set func(*T, float64)) key[T] {
	s := leafSchema(unitOf("date"), nan, 1900, 2200, "")
	return key[T]{name: name, meaning: meaning + " " + initial + " unless given.", schema: s, bind: func(b *binder,
		c cell, each visit[T]) *node {
		start, _ := unitOf("date").parse(initial)
		canon := scalar(initial)
		if c.n != nil {
			if w, ok := b.unwrap(c); ok {
				if v, ok := b.scalarNumber(w.value, &leaf{path: c.path, unit: unitOf("date"), low: 1900, high: 2200}); ok {
					start, canon = v, scalar(formatDate(v))
				}
			}
		}
		each(b.cfg, func(t *T) { set(t, start) })
		return canon
	}}
}

// plainWord binds one of some words that no design changes.
func (b *binder) plainWord(c cell, words []string, initial int) int {
	if c.n == nil {
		return initial
	}
	if c.n.kind == scalarNode && c.n.text == "year" && !slices.Contains(words, "year") {
		b.addf(c.n.at, "write month or quarter", "%s: steps of a year bias concentration by a third", c.path)
		return initial
	}
	u := wordUnit("value", words)
	w, ok := b.unwrap(c)
	if !ok {
		return initial
	}
	v, ok := b.scalarNumber(w.value, &leaf{path: c.path, unit: u})
	if !ok {
		return initial
	}
	return int(v)
}

func bindClock(b *binder, c cell, _ visit[Scenario]) *node {
	var k clock
	if !b.mapping(c, "clock: {start: 2024-01, end: 2034-01}") {
		c.n = &node{kind: mappingNode, at: c.at}
	}
	out := bindKeys(b, c, clockKeys, func(_ *sim.Config, f func(*clock)) { f(&k) })
	out.flow = true
	if !math.IsNaN(b.stateOf) && c.n.get("start") == nil {
		k.start = b.stateOf
		out.put("start", pos{}, scalar(formatDate(k.start)))
	}
	at := func(key string) pos {
		if n := c.n.get(key); n != nil {
			return n.at
		}
		return c.at
	}
	if d := at("end").doc; d != nil {
		b.cut = d.set
	}
	b.s.Start, b.cfg.Start, b.cfg.StepsPerYear = k.start, k.start, b.s.StepsPerYear
	steps := float64((k.end - k.start) * float64(b.s.StepsPerYear))
	b.s.Steps = max(1, int(math.Round(steps)))
	b.cfg.Steps = b.s.Steps
	grid := float64(k.start * float64(b.s.StepsPerYear))
	word := stepWords[slices.Index(stepsPerYear, b.s.StepsPerYear)]
	before := len(b.list)
	b.checkVintage(at("start"), k.start)
	switch {
	case math.Abs(grid-math.Round(grid)) > 1e-6:
		b.addf(at("start"), "write the first day of a "+word+", as in 2024-01", "the clock starts within a %s", word)
	case k.end <= k.start:
		b.addf(at("end"), "write a later date", "the clock ends before it starts")
	case math.Abs(steps-math.Round(steps)) > 1e-6:
		b.addf(at("end"), "write the first day of a "+word+", as in 2034-01", "the clock ends within a %s", word)
	case b.s.Steps > maxSteps:
		b.addf(at("end"), "write an earlier end", "the clock has %s, more than %d", quantity.Plural(b.s.Steps, "step"),
			maxSteps)
	}
	if len(b.list) > before { // dates elsewhere are not judged by a clock that is wrong itself
		b.s.Start, b.cfg.Start, b.s.Steps = 1900, 1900, 300*b.s.StepsPerYear
	}
	b.addClock(c, k)
	return out
}

func bindMode(b *binder, c cell, _ visit[Scenario]) *node {
	i := b.plainWord(c, modeWords, 1)
	b.s.Stochastic = i == 1
	b.cfg.Stochastic = b.s.Stochastic
	return scalar(modeWords[i])
}

func bindRegions(b *binder, c cell, _ visit[Scenario]) *node {
	out := &node{kind: mappingNode}
	for i, id := range b.ids.regions {
		b.cfg.Regions[i].ID = id
		if p := c.n.pair(id); p != nil {
			canon := bindKeys(b, cell{n: p.value, at: p.at, path: "regions." + id}, regionKeys, func(cfg *sim.Config,
				f func(*sim.Region)) {
				f(&cfg.Regions[i])
			})
			out.pairs = append(out.pairs, pair{id, p.at, canon})
		}
	}
	if len(out.pairs) == 0 {
		return nil
	}
	return out
}

func bindLabs(b *binder, c cell, _ visit[Scenario]) *node {
	out := &node{kind: mappingNode}
	for _, id := range b.ids.labs {
		p := c.n.pair(id)
		out.pairs = append(out.pairs, pair{id, p.at, b.lab(id, cell{n: p.value, at: p.at, path: "labs." + id})})
	}
	return out
}

func bindSegments(b *binder, c cell, _ visit[Scenario]) *node {
	out := &node{kind: mappingNode}
	for k, id := range b.ids.segments {
		p := c.n.pair(id)
		out.pairs = append(out.pairs, pair{id, p.at, b.segment(k, cell{n: p.value, at: p.at, path: "segments." + id})})
	}
	b.checkBrandsOf(c.n)
	return out
}

func bindOutside(b *binder, c cell, _ visit[Scenario]) *node {
	if c.n == nil {
		return nil
	}
	return bindKeys(b, c, outsideKeys, func(cfg *sim.Config, f func(*sim.OutsideBuyers)) { f(&cfg.Outside) })
}

func bindExperiment(b *binder, c cell, _ visit[Scenario]) *node {
	if c.n == nil {
		return nil
	}
	out := bindKeys(b, c, experimentKeys, func(_ *sim.Config, f func(*Experiment)) { f(&b.s.Experiment) })
	b.s.varied(b.s.Experiment.Inputs())
	return out
}
