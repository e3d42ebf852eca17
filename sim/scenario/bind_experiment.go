package scenario

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"simulate/internal/quantity"
	"simulate/sim"
	"simulate/sim/design"
)

// Experiment is what a sweep does when the command line does not say.
type Experiment struct {
	Uncertainties []Variation // what is not known of the world: by default over the range of its knob
	Levers        []Variation // PATHs with the values that each takes
	// PATHs whose listed values are chosen and so crossed with a sample of the rest; none:
	// policies.*
	Policies     []string
	Metrics      []string
	Record       string // one of SweepRecords, "" where the scenario does not say
	Design       Design
	Correlations []RankCorrelation
	Sliders      []string // PATHs that a page of `explore` shows first
}

// Design says how a sweep samples.
type Design struct {
	Method  string // one of design.Names(), "" where the scenario does not say
	Samples int    // 0 where the scenario does not say
}

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
		b.addf(n.at, quantity.DidYouMean(n.text, metricNames()), "%s: there is no metric %q", path, clip(n.text))
		return sim.Metric{}, false
	}
	return sim.Metrics[i], true
}

// experimentKeys are the keys of experiment.
var experimentKeys = []key[Experiment]{
	{
		name: "uncertainties", meaning: "What is not known of the world, each PATH by its name, over its range, " +
			"distribution or 90 % interval, or as {PATH: SPEC} with a list of values, LOW to HIGH, lo:hi:step or a " +
			"distribution {dist: …}.",
		schema: uncertaintiesSchema(), bind: bindUncertainties,
	},
	{
		name: "levers", meaning: "PATHs with what each takes: a list of values, or LOW to HIGH, lo:hi:step or range.",
		schema: schema{"type": "object", "additionalProperties": schema{"type": []any{"array", "string", "number",
			"boolean"}}},
		bind: bindVariations,
	},
	policiesKey,
	{
		name: "metrics", meaning: "Metrics that the sweep records.", schema: namesSchema("metric_name"),
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
	section("design", "How the sweep samples.", designKeys, func(*Experiment) {},
		func(e *Experiment) *Design { return &e.Design }),
	rankKey,
	slidersKey,
}

// policiesKey names what is chosen.
var policiesKey = key[Experiment]{
	name: "policies", meaning: "PATHs whose listed values somebody chooses: they are crossed with a sample of all " +
		"else. By default those that begin with policies.",
	schema: namesSchema("path"),
	bind:   pathsOf(func(*binder, pos, string, *Knob) {}, func(e *Experiment) *[]string { return &e.Policies }),
}

// pathsOf binds a list of PATHs, each of which check may complain about.
func pathsOf(check func(b *binder, at pos, path string, l *Knob), into func(*Experiment) *[]string) func(b *binder,
	c cell, each visit[Experiment]) *node {
	return func(b *binder, c cell, each visit[Experiment]) *node {
		if c.n == nil {
			return nil
		}
		canon := &node{kind: sequenceNode, flow: true}
		for _, item := range b.strings(c) {
			path := strings.TrimPrefix(item.text, "parameters.")
			l, found := b.knob(item.at, c.path, path)
			if !found {
				continue
			}
			check(b, item.at, path, l)
			canon.items = append(canon.items, scalar(path))
			each(b.cfg, func(e *Experiment) { *into(e) = append(*into(e), path) })
		}
		return canon
	}
}

// slidersKey lists the sliders of a page, which need the range that their ends take.
var slidersKey = key[Experiment]{
	name: "sliders", meaning: "PATHs of the sliders that `simulate explore` shows first, each with its range.",
	schema: namesSchema("path"),
	bind: pathsOf(func(b *binder, at pos, path string, l *Knob) {
		if !l.HasRange || l.Words != nil {
			b.addf(at, "give it one, as in "+path+": {range: LOW to HIGH}", "%s has no range for a slider", path)
		}
	}, func(e *Experiment) *[]string { return &e.Sliders }),
}

var designKeys = []key[Design]{
	{
		name: "method", meaning: "How the values are chosen.", schema: schema{"enum": anySlice(design.Names())},
		bind: func(b *binder, c cell, each visit[Design]) *node {
			method, canon := b.text(c)
			if canon != nil && !slices.Contains(design.Names(), method) {
				b.addf(c.n.at, quantity.DidYouMean(method, design.Names()), "there is no design %q", clip(method))
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

func uncertaintiesSchema() schema {
	distributed := schema{"type": "object", "required": []string{"dist"}, "properties": schema{
		"dist": schema{"enum": anySlice(distributionNames)}}}
	specs := schema{"type": "object", "additionalProperties": anyOf(schema{"type": []any{"array", "string", "number",
		"boolean"}}, distributed)}
	return anyOf(ref("path"), specs, schema{"type": "array", "items": anyOf(ref("path"), specs)})
}

// bindUncertainties reads a list of names and {PATH: SPEC}, or one mapping of PATHs.
func bindUncertainties(b *binder, c cell, each visit[Experiment]) *node {
	if c.n == nil {
		return nil
	}
	items := c.n.items
	if c.n.kind != sequenceNode { // one
		items = []*node{c.n}
	}
	var all []Variation
	for _, item := range items {
		if item.kind == mappingNode {
			for _, p := range item.pairs {
				if v, ok := b.uncertainty(c, p); ok {
					all = append(all, v)
				}
			}
			continue
		}
		path := strings.TrimPrefix(item.text, "parameters.")
		l, found := b.knob(item.at, c.path, path)
		if !found {
			continue
		}
		if c := l.onlyListed(); c != nil {
			b.add(item.at, c)
		} else if !l.HasRange {
			b.addf(item.at, "give it one here, as in {"+path+": LOW to HIGH}, or where it stands, as in "+path+
				": {range: LOW to HIGH}", "%s has no range to vary over", path)
		}
		all = append(all, Variation{Path: path, Spec: ownRange})
	}
	each(b.cfg, func(e *Experiment) { e.Uncertainties = append(e.Uncertainties, all...) })
	return uncertaintyNodes(all)
}

// uncertainty reads {PATH: SPEC}.
func (b *binder) uncertainty(c cell, p pair) (Variation, bool) {
	path := strings.TrimPrefix(p.key, "parameters.")
	l, found := b.knob(p.at, c.path, path)
	if !found {
		return Variation{}, false
	}
	if p.value.kind == mappingNode {
		return b.distributed(l, p.value)
	}
	return b.variation(l, p.value, c.path+"."+path)
}

// uncertaintyNodes writes names and, of what says how it varies, {PATH: SPEC}.
func uncertaintyNodes(all []Variation) *node {
	out := &node{kind: sequenceNode, flow: true}
	for _, v := range all {
		if v.Spec == ownRange {
			out.items = append(out.items, scalar(v.Path))
			continue
		}
		one := &node{kind: mappingNode, flow: true}
		one.put(v.Path, pos{}, v.node())
		out.items = append(out.items, one)
	}
	return out
}

func bindVariations(b *binder, c cell, each visit[Experiment]) *node {
	if !b.mapping(c, "levers: {PATH: [A, B]}") {
		return nil
	}
	out := &node{kind: mappingNode}
	for _, p := range c.n.pairs {
		path := strings.TrimPrefix(p.key, "parameters.")
		l, found := b.knob(p.at, c.path, path)
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

// knob finds a knob by PATH for a message.
func (b *binder) knob(at pos, where, path string) (*Knob, bool) {
	l, found := b.s.Knob(path)
	if !found {
		what, remedy := b.s.noPath(path)
		if fixedClock[path] == "" {
			what = fmt.Sprintf("there is no PATH %q", clip(path))
		} else {
			what = path + ": " + what
		}
		b.addf(at, remedy, "%s: %s", where, what)
	}
	return l, found
}
