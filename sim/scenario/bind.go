package scenario

import (
	"math"
	"regexp"
	"slices"
	"strings"

	"simulate/sim"
)

// binder turns a resolved tree into a Scenario. It goes on after a mistake so that all of them are reported at once.
type binder struct {
	*report
	s     *Scenario
	cfg   *sim.Config
	fixed bool // distributions give their medians
	cut   bool // --set moved the end of the clock, so that patterns after it are left out
	ids   ids

	derive  []func(*sim.Config) // what follows from other values, after each change
	shares  []given             // of segments, for the check of their sum
	targets []given
}

// ids are the names that a scenario declares, in the order of the Config.
type ids struct {
	regions, segments, labs, policies []string
	members                           map[string][]int // of each lab name: one index, or those of a class
}

// given is a value and where it was given.
type given struct {
	at    pos
	owner int // of the segment
	value func(*sim.Config) float64
}

// visit calls f for each T of a Config that one entry of the file describes: one, or every member of a class.
type visit[T any] func(c *sim.Config, f func(*T))

// cell is a place where a value may stand: its node, nil where the file gives none, its PATH and what its section cites.
type cell struct {
	n    *node
	at   pos // where to point when nothing is given
	path string
	cite citation
}

// citation is what a section cites for the values that the same document gives in it, or what a path cites for its
// dated values, also those of documents it extends.
type citation struct {
	source, note string
	doc          *document
	path         bool
}

// covers reports whether a value given in a document is among those cited for.
func (c citation) covers(doc *document) bool {
	return c.doc == doc || c.path && c.doc.distance() <= doc.distance()
}

func (c cell) child(key string, p *pair) cell {
	out := cell{at: c.at, path: join(c.path, key), cite: c.cite}
	if p != nil {
		out.n, out.at = p.value, p.at
	}
	return out
}

// key is one key of a section: what the schema says of it and how it is bound.
type key[T any] struct {
	name    string
	meaning string
	schema  schema
	bind    func(b *binder, c cell, each visit[T]) *node // returns the canonical form, nil where nothing is given
}

// about are the keys that any section may carry for its reader.
var about = []string{"source", "note"}

// bindKeys binds the keys of a mapping in the order of the table, and refuses unknown ones.
func bindKeys[T any](b *binder, c cell, keys []key[T], each visit[T]) *node {
	out := &node{kind: mappingNode, at: c.at}
	if c.n != nil && c.n.kind != mappingNode {
		some := names(keys)
		if len(some) > 8 {
			some = append(some[:8:8], "others")
		}
		b.addf(c.n.at, "write its keys below it: "+oneOf(some), "%s is not a mapping", c.path)
		return out
	}
	if c.n != nil {
		b.unknownKeys(c, append(names(keys), about...))
		c.cite = b.citation(c)
	}
	for _, k := range keys {
		child := c.child(k.name, c.n.pair(k.name))
		if canon := k.bind(b, child, each); canon != nil {
			out.pairs = append(out.pairs, pair{k.name, child.at, canon})
		}
	}
	return out
}

// citation is what a section cites, else what the section around it does.
func (b *binder) citation(c cell) citation {
	for _, k := range about {
		if n := c.n.get(k); n != nil {
			return citation{source: b.textOf(c, "source"), note: b.textOf(c, "note"), doc: n.at.doc}
		}
	}
	return c.cite
}

func (b *binder) unknownKeys(c cell, known []string) {
	for _, p := range c.n.pairs {
		if !slices.Contains(known, p.key) {
			where := "a scenario"
			if c.path != "" {
				where = c.path
			}
			b.addf(p.at, didYouMean(p.key, known), "%s has no key %q", where, p.key)
		}
	}
}

// textOf returns the text of a child, "" if there is none.
func (b *binder) textOf(c cell, key string) string {
	child := c.n.get(key)
	if child == nil {
		return ""
	}
	if child.kind != scalarNode {
		b.addf(child.at, "write it as one text", "%s is not a text", join(c.path, key))
		return ""
	}
	return child.text
}

func names[T any](keys []key[T]) []string {
	out := make([]string, len(keys))
	for i, k := range keys {
		out[i] = k.name
	}
	return out
}

// leaf says what may stand at a place that holds one value.
type leaf struct {
	path      string
	unit      *unit
	low, high float64
	value     float64 // where the file gives none
	field     *sim.Field
	set       func(*sim.Config, float64) // nil for what no design can change
	defaulted bool                       // {range: …} alone keeps the default
	clock     bool                       // a date inside the clock
}

// wrapped is a value with what stands around it.
type wrapped struct {
	value        *node // scalar, or {dist: …}
	source, note string
	own          bool // cited here, not by the section
	cited        *document
	interval     *node
	growth       *node
	taper        *node
}

// covers reports whether a source or note beside a value is about it, and not about one that it replaced.
func (b *binder) covers(n *node, key string, value *node) bool {
	text := n.get(key)
	return text != nil && (value == nil || text.at.doc.distance() <= value.at.doc.distance())
}

// citation is what the values inside this one cite.
func (w wrapped) citation() citation { return citation{w.source, w.note, w.cited, true} }

// unwrap takes {value, source, note, range} apart. extra names further keys that are allowed.
func (b *binder) unwrap(c cell, extra ...string) (w wrapped, ok bool) {
	w = wrapped{value: c.n, cited: c.n.at.doc}
	switch {
	case c.n.at.doc != nil && c.n.at.doc.set:
		w.source = c.n.at.doc.name
	case c.cite.covers(c.n.at.doc):
		w.source, w.note = c.cite.source, c.cite.note
	}
	if c.n.kind == sequenceNode {
		b.addf(c.n.at, "write one value", "%s is a list where one value belongs", c.path)
		return w, false
	}
	if c.n.kind != mappingNode {
		return w, true
	}
	known := append([]string{"value", "source", "note", "range"}, extra...)
	if c.n.get("dist") == nil {
		bad := len(b.list)
		b.unknownKeys(c, known)
		if w.value = c.n.get("value"); w.value == nil && !slices.Contains(extra, "values") {
			if len(b.list) == bad {
				b.addf(c.n.at, "write value: … beside it", "%s has no value", c.path)
			}
			return w, false
		}
	}
	if b.covers(c.n, "source", w.value) {
		w.source, w.own, w.cited = b.textOf(c, "source"), true, c.n.get("source").at.doc
	}
	if b.covers(c.n, "note", w.value) {
		w.note, w.own = b.textOf(c, "note"), true
	}
	w.interval, w.growth, w.taper = c.n.get("range"), c.n.get("growth"), c.n.get("taper")
	if w.value != nil && w.value.kind == sequenceNode {
		b.addf(w.value.at, "write one value", "%s is a list where one value belongs", c.path)
		return w, false
	}
	return w, true
}

// bind reads one value, gives it to the Config and keeps its origin and its lever.
func (b *binder) leaf(c cell, l leaf) *node {
	l.path = c.path
	lever := &Lever{Path: c.path, Unit: l.unit.tag, Low: l.low, High: l.high, Value: l.value, Words: l.unit.words, unit: l.unit, set: l.set, position: c.at}
	if l.field != nil && l.field.HasInterval {
		lever.Range, lever.HasRange = l.field.Interval, true
	}
	if l.set != nil {
		b.s.addLever(lever)
	}
	if c.n == nil {
		return nil
	}
	if l.defaulted && c.n.annotates() {
		c.n = &node{kind: mappingNode, at: c.n.at, pairs: append([]pair{{"value", c.n.at, &node{text: l.unit.format(l.value), at: c.n.at}}}, c.n.pairs...)}
	}
	w, ok := b.unwrap(c)
	if !ok {
		return nil
	}
	canon, ok := b.read(w.value, &l, lever)
	if !ok {
		return nil
	}
	if l.set != nil {
		l.set(b.cfg, lever.Value)
	}
	lever.Given = true
	annotated := canon
	if l.unit.numeric || w.own {
		annotated = annotate(canon, w)
	}
	if w.interval != nil {
		if lo, hi, ok := b.interval(w.interval, &l); ok {
			lever.Range, lever.HasRange = [2]float64{lo, hi}, true
			annotated = annotated.lift()
			annotated.flow = true
			annotated.put("range", pos{}, scalar(l.unit.format(lo)+" to "+l.unit.format(hi)))
		}
	}
	b.s.addOrigin(c.path, canon, l.unit, w, c.n.at, l.field)
	return annotated
}

// read binds a scalar or a distribution.
func (b *binder) read(n *node, l *leaf, lever *Lever) (canon *node, ok bool) {
	var d *distribution
	switch {
	case n.kind == mappingNode && n.get("dist") != nil:
		d = b.distribution(n, l)
	case n.kind == scalarNode && l.unit.numeric && strings.Contains(n.text, " to "):
		d = b.intervalDistribution(n, l)
	default:
		v, ok := b.scalarNumber(n, l)
		lever.Value = v
		return scalar(l.unit.format(v)), ok
	}
	if d == nil {
		return nil, false
	}
	if l.set == nil {
		b.addf(n.at, "write one value", "%s cannot be a distribution", l.path)
		return nil, false
	}
	lever.Value = d.median()
	if b.fixed {
		lever.Range, lever.HasRange = d.central(), l.unit.numeric
		return scalar(l.unit.format(lever.Value)), true
	}
	lever.dist, lever.HasRange = d, l.unit.numeric
	lever.Range = d.central()
	return d.canon, true
}

// central is the central 90 % of a distribution.
func (d *distribution) central() [2]float64 { return [2]float64{d.quantile(0.05), d.quantile(0.95)} }

// scalarNumber reads one plain value inside its allowed range.
func (b *binder) scalarNumber(n *node, l *leaf) (float64, bool) {
	if n.kind != scalarNode {
		b.addf(n.at, "write e.g. "+l.unit.example, "%s is not a single value", l.path)
		return 0, false
	}
	return b.number(n.at, n.text, l)
}

func (b *binder) number(at pos, text string, l *leaf) (float64, bool) {
	text = strings.TrimSpace(text)
	if plain := strings.TrimPrefix(text, "."); math.IsInf(l.high, 1) && l.unit.numeric && plain == "inf" {
		return math.Inf(1), true
	}
	v, c := l.unit.parse(text)
	if c != nil {
		if l.unit.numeric && dashed.MatchString(text) {
			c.remedy = "write an interval as LOW to HIGH, as in " + b.exampleInterval(l)
		}
		if at.doc != nil && at.doc.set && strings.Contains(c.what, "no currency") && !strings.Contains(c.remedy, "shell") {
			c.remedy += shellHint
		}
		b.addf(at, c.remedy, "%s: %s", l.path, c.what)
		return 0, false
	}
	return v, b.inRange(at, v, l)
}

// dashed matches an interval written with a dash or dots.
var dashed = regexp.MustCompile(`[0-9a-zA-Z%]\s*(-|–|—|…|\.\.)\s*\$?[0-9]`)

func (b *binder) inRange(at pos, v float64, l *leaf) bool {
	if l.clock && (v < l.low || v >= l.high) {
		b.addf(at, "write a date from "+formatDate(l.low)+" on and before "+formatDate(l.high), "%s of %s lies outside the clock", l.path, formatDate(v))
		return false
	}
	if c := outside(l.path, l.unit, v, l.low, l.high); c != nil {
		b.add(at, c)
		return false
	}
	return true
}

// annotate puts source and note around a canonical value.
func annotate(canon *node, w wrapped) *node {
	if w.source == "" && w.note == "" {
		return canon
	}
	out := canon
	if canon.kind != mappingNode {
		out = &node{kind: mappingNode, flow: true, pairs: []pair{{key: "value", value: canon}}}
	} else {
		out = &node{kind: mappingNode, flow: canon.flow, pairs: slices.Clone(canon.pairs)}
	}
	if w.source != "" {
		out.put("source", pos{}, prose(w.source))
	}
	if w.note != "" {
		out.put("note", pos{}, prose(w.note))
	}
	return out
}
