package scenario

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"simulate/internal/quantity"
)

// RankCorrelation is a wanted rank correlation of two PATHs that vary in a design.
type RankCorrelation struct {
	A, B string
	Rank float64 // Spearman's, between −1 and 1
}

// SweepRecords are the words for `experiment: {record: …}`: the last date alone, or a rhythm.
var SweepRecords = append([]string{"final"}, Recordings...)

// Recordings are the rhythms at which tables hold rows.
var Recordings = []string{"year", DefaultRecording, "step"}

// DefaultRecording is the rhythm unless a scenario or an option says otherwise.
const DefaultRecording = "quarter"

// Inputs lists what varies: uncertainties, then levers.
func (e *Experiment) Inputs() []Variation { return slices.Concat(e.Uncertainties, e.Levers) }

// Chosen tells whether a PATH is what somebody chooses, and not an assumption about the world.
func (e *Experiment) Chosen(path string) bool {
	if len(e.Policies) > 0 {
		return slices.Contains(e.Policies, path)
	}
	return strings.HasPrefix(path, "policies.")
}

// SetInputs takes over what varies. Those that vary over their own range, or by a distribution,
// become uncertainties, where alone both can be written, so that Inputs lists them first.
func (e *Experiment) SetInputs(inputs []Variation) {
	e.Uncertainties, e.Levers = nil, nil
	for _, v := range inputs {
		if v.Spec == ownRange || v.dist != nil {
			e.Uncertainties = append(e.Uncertainties, v)
		} else {
			e.Levers = append(e.Levers, v)
		}
	}
}

// node is the experiment in canonical form.
func (e *Experiment) node() *node {
	list := func(words []string) *node {
		out := &node{kind: sequenceNode, flow: true}
		for _, w := range words {
			out.items = append(out.items, scalar(w))
		}
		return out
	}
	out := &node{kind: mappingNode}
	if len(e.Uncertainties) > 0 {
		out.put("uncertainties", pos{}, uncertaintyNodes(e.Uncertainties))
	}
	if len(e.Levers) > 0 {
		levers := &node{kind: mappingNode}
		for _, v := range e.Levers {
			levers.put(v.Path, pos{}, v.node())
		}
		out.put("levers", pos{}, levers)
	}
	if len(e.Policies) > 0 {
		out.put("policies", pos{}, list(e.Policies))
	}
	if len(e.Metrics) > 0 {
		out.put("metrics", pos{}, list(e.Metrics))
	}
	if e.Record != "" {
		out.put("record", pos{}, scalar(e.Record))
	}
	if d := e.Design; d != (Design{}) {
		n := &node{kind: mappingNode}
		if d.Method != "" {
			n.put("method", pos{}, scalar(d.Method))
		}
		if d.Samples != 0 {
			n.put("samples", pos{}, scalar(fmt.Sprint(d.Samples)))
		}
		out.put("design", pos{}, n)
	}
	if len(e.Correlations) > 0 {
		out.put("correlations", pos{}, correlationNodes(e.Correlations))
	}
	if len(e.Sliders) > 0 {
		out.put("sliders", pos{}, list(e.Sliders))
	}
	return out
}

func (v Variation) node() *node {
	if v.dist != nil {
		return v.dist.canon
	}
	if !v.Listed() {
		return scalar(v.Spec)
	}
	out := &node{kind: sequenceNode, flow: true}
	for _, text := range v.Values {
		out.items = append(out.items, scalar(text))
	}
	return out
}

func correlationNodes(list []RankCorrelation) *node {
	out := &node{kind: sequenceNode}
	for _, c := range list {
		between := &node{kind: sequenceNode, flow: true, items: []*node{scalar(c.A), scalar(c.B)}}
		out.items = append(out.items, &node{kind: mappingNode, flow: true, pairs: []pair{{key: "between", value: between},
			{key: "rank", value: scalar(formatNumber(c.Rank))}}})
	}
	return out
}

var recordKey = key[Experiment]{
	name: "record", meaning: "What a sweep keeps of each run: its last date alone (final), or also every year, quarter " +
		"or step. year unless given.", schema: schema{"enum": anySlice(SweepRecords)},
	bind: func(b *binder, c cell, each visit[Experiment]) *node {
		word, canon := b.text(c)
		if canon != nil && !slices.Contains(SweepRecords, word) {
			b.addf(c.n.at, quantity.DidYouMean(word, SweepRecords), "%s: a sweep cannot record %q", c.path, clip(word))
		}
		each(b.cfg, func(e *Experiment) { e.Record = word })
		return canon
	},
}

var rankKey = key[Experiment]{
	name: "correlations", meaning: "Rank correlations between PATHs that vary, for lhs and sobol: {between: [PATH, " +
		"PATH], rank: 0.5}.", schema: schema{"type": "array"},
	bind: func(b *binder, c cell, each visit[Experiment]) *node {
		if c.n == nil {
			return nil
		}
		const example = "write a list, each entry as - {between: [PATH, PATH], rank: 0.5}"
		if c.n.kind != sequenceNode {
			b.addf(c.n.at, example, "%s is not a list", c.path)
			return nil
		}
		var list []RankCorrelation
		for i, item := range c.n.items {
			path := fmt.Sprintf("%s.%d", c.path, i)
			between, rank := item.get("between"), item.get("rank")
			if between == nil || rank == nil || between.kind != sequenceNode || len(between.items) != 2 {
				b.addf(item.at, example, "%s is not a correlation of two PATHs", path)
				continue
			}
			b.unknownKeys(cell{n: item, path: path}, []string{"between", "rank"})
			rho, ok := b.scalarNumber(rank, &leaf{path: path + ".rank", unit: unitOf("1"), low: -0.999, high: 0.999})
			pair := RankCorrelation{Rank: rho}
			for i, to := range []*string{&pair.A, &pair.B} {
				*to = strings.TrimPrefix(between.items[i].text, "parameters.")
				_, found := b.knob(between.items[i].at, path, *to)
				ok = ok && found
			}
			if ok {
				list = append(list, pair)
			}
		}
		each(b.cfg, func(e *Experiment) { e.Correlations = list })
		return correlationNodes(list)
	},
}

// variation binds what a PATH takes: a list of values, or an interval, steps or `range` as one
// text.
func (b *binder) variation(l *Knob, n *node, where string) (Variation, bool) {
	if n.kind == scalarNode {
		v, c := l.variation(cmp.Or(n.written, n.text))
		if c != nil {
			b.addf(n.at, c.remedy, "%s: %s", where, c.what)
		}
		return v, c == nil
	}
	var values []float64
	var written []string
	good := true
	for _, item := range b.strings(cell{n: n, path: where}) {
		x, ok := b.number(item.at, item.text, &leaf{path: l.Path, unit: l.unit, low: l.Low, high: l.High})
		values, written, good = append(values, x), append(written, cmp.Or(item.written, item.text)), good && ok
	}
	if len(values) == 0 && good {
		b.addf(n.at, "write "+l.Path+": [A, B]", "%s has no values", where)
	}
	return l.Spelt(values, written), good && len(values) > 0
}
