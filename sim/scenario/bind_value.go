package scenario

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"simulate/internal/pattern"
	"simulate/sim"
)

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

// covers reports whether a source or note beside a value is about it, and not about one that it
// replaced.
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

// leaf reads one value, gives it to the Config and keeps its origin and its knob.
func (b *binder) leaf(c cell, l leaf) *node {
	l.path = c.path
	knob := &Knob{Path: c.path, Unit: l.unit.tag, Low: l.low, High: l.high, Value: l.value, Words: l.unit.words,
		unit: l.unit, set: l.set, position: c.at, rates: b.rates, begins: l.clock && l.high < 2200,
		about: math.NaN()}
	if l.field != nil && l.field.HasInterval {
		knob.Range, knob.HasRange = l.field.Interval, true
	}
	if l.set != nil {
		b.s.addKnob(knob)
	}
	if c.n == nil {
		return nil
	}
	if l.defaulted && c.n.annotates() {
		c.n = &node{kind: mappingNode, at: c.n.at, pairs: append([]pair{{"value", c.n.at,
			&node{text: l.unit.format(l.value), at: c.n.at}}}, c.n.pairs...)}
	}
	w, ok := b.unwrap(c)
	if !ok {
		return nil
	}
	canon, ok := b.read(w.value, &l, knob)
	if !ok {
		return nil
	}
	if l.set != nil {
		l.set(b.cfg, knob.Value)
	}
	knob.Given = true
	annotated := canon
	if l.unit.numeric || w.own {
		annotated = annotate(canon, w)
	}
	if w.interval != nil {
		if lo, hi, ok := b.interval(w.interval, &l); ok {
			knob.Range, knob.HasRange, knob.own = [2]float64{lo, hi}, true, true
			annotated = annotated.lift()
			annotated.flow = true
			annotated.put("range", pos{}, w.interval.as(l.unit.format(lo)+" to "+l.unit.format(hi)))
		}
	}
	b.s.addOrigin(c.path, canon, l.unit, w, c.n.at, l.field)
	return annotated
}

// read binds a scalar or a distribution.
func (b *binder) read(n *node, l *leaf, knob *Knob) (canon *node, ok bool) {
	var d *distribution
	switch {
	case n.kind == mappingNode && n.get("dist") != nil:
		d = b.distribution(n, l)
	case n.kind == scalarNode && l.unit.numeric && strings.Contains(n.text, " to "):
		d = b.intervalDistribution(n, l)
	default:
		v, ok := b.scalarNumber(n, l)
		knob.Value = v
		return n.as(l.unit.format(v)), ok
	}
	if d == nil {
		return nil, false
	}
	if l.set == nil {
		b.addf(n.at, "write one value", "%s cannot be a distribution", l.path)
		return nil, false
	}
	knob.Value, knob.own = d.median(), true
	if b.fixed {
		knob.Range, knob.HasRange = d.central(), l.unit.numeric
		return scalar(l.unit.format(knob.Value)), true
	}
	knob.dist, knob.HasRange = d, l.unit.numeric
	knob.Range = d.central()
	return d.canon, true
}

// scalarNumber reads one plain value inside its allowed range.
func (b *binder) scalarNumber(n *node, l *leaf) (float64, bool) {
	if n.kind != scalarNode {
		b.addf(n.at, "write e.g. "+l.unit.example, "%s is not a single value", l.path)
		return 0, false
	}
	known := len(b.list)
	v, ok := b.number(n.at, n.text, l)
	for i := known; i < len(b.list) && n.written != ""; i++ { // what the reader wrote, before it became dollars
		p := &b.list[i].p
		p.Message = strings.ReplaceAll(p.Message, strconv.Quote(n.text), strconv.Quote(n.written))
	}
	if _, bad := l.unit.parse(strings.TrimSpace(n.text)); bad != nil {
		for i := known; i < len(b.list); i++ {
			b.howToWrite(&b.list[i].p, cmp.Or(n.written, n.text), l)
		}
		b.intervalOfMoney(known, n, l)
	}
	return v, ok
}

func (b *binder) number(at pos, text string, l *leaf) (float64, bool) {
	text = strings.TrimSpace(text)
	if plain := strings.TrimPrefix(text, "."); math.IsInf(l.high, 1) && l.unit.numeric && plain == "inf" {
		return math.Inf(1), true
	}
	v, c := l.unit.parse(text)
	if c != nil {
		if l.unit.numeric && dashed().MatchString(text) && !(l.unit.dates && dateLike().MatchString(text)) {
			c = complain("write an interval as LOW to HIGH, as in "+b.exampleInterval(l), "%q is no single value", clip(text))
		}
		if at.doc != nil && at.doc.set && strings.Contains(c.what, "no currency") && !strings.Contains(c.remedy, "shell") {
			c.remedy += shellHint
		}
		b.addf(at, c.remedy, "%s: %s", l.path, c.what)
		return 0, false
	}
	return v, b.inRange(at, v, l)
}

// dashed matches an interval written with a dash or dots, which begins with a number, and dateLike
// a single date, right or wrong.
var (
	dashed   = pattern.Late(`^\$?[0-9].*[0-9a-zA-Z%]\s*(-|–|—|…|\.\.)\s*\$?[0-9]|^[0-9]\s*(-|–|—|…|\.\.)\s*\$?[0-9]`)
	dateLike = pattern.Late(`^[0-9]+(-[0-9]+){0,2}([T ][0-9]+:.*)?$`)
)

func (b *binder) inRange(at pos, v float64, l *leaf) bool {
	if l.clock && (v < l.low || v >= l.high) {
		b.addf(at, "write a date from "+formatDate(l.low)+" on and before "+formatDate(l.high),
			"%s of %s lies outside the clock", l.path, formatDate(v))
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
