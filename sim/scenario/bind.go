package scenario

import (
	"slices"

	"simulate/internal/quantity"
	"simulate/sim"
)

// binder turns a resolved tree into a Scenario. It goes on after a mistake so that all of them are
// reported at once.
type binder struct {
	*report
	s     *Scenario
	cfg   *sim.Config
	fixed bool // distributions give their medians
	cut   bool // --set moved the end of the clock, so that patterns after it are left out
	ids   ids

	resolved bool     // the tree is what an earlier program wrote as a resolved scenario
	owners   []string // labs that own their compute because their file gives it

	stateOf float64 // decimal year of the month of the initial values; NaN where the file does not say

	rates   []*rate             // of currencies
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

// visit calls f for each T of a Config that one entry of the file describes: one, or every member
// of a class.
type visit[T any] func(c *sim.Config, f func(*T))

// cell is a place where a value may stand: its node, nil where the file gives none, its PATH and
// what its section cites.
type cell struct {
	n    *node
	at   pos // where to point when nothing is given
	path string
	cite citation
}

// citation is what a section cites for the values that the same document gives in it, or what a
// path cites for its dated values, also those of documents it extends.
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
	late    func() schema                                // instead of schema, where tags of a struct are read for it
	bind    func(b *binder, c cell, each visit[T]) *node // returns the canonical form, nil where nothing is given
}

// about are the keys that any section may carry for its reader.
var about = []string{"source", "note"}

// mapping reports whether a mapping is given, and refuses whatever else is.
func (b *binder) mapping(c cell, example string) bool {
	if c.n == nil {
		return false
	}
	if c.n.kind != mappingNode {
		b.addf(c.n.at, "write "+example, "%s is not a mapping", c.path)
		return false
	}
	return true
}

// entries are the pairs of a mapping of named things, without what the section says about itself.
func (n *node) entries() []pair {
	return slices.DeleteFunc(slices.Clone(n.pairs), func(p pair) bool { return slices.Contains(about, p.key) })
}

// bindKeys binds the keys of a mapping in the order of the table, and refuses unknown ones.
func bindKeys[T any](b *binder, c cell, keys []key[T], each visit[T]) *node {
	out := &node{kind: mappingNode, at: c.at}
	if c.n != nil && c.n.kind != mappingNode {
		some := names(keys)
		if len(some) > 8 {
			some = append(some[:8:8], "others")
		}
		b.addf(c.n.at, "write its keys below it: "+quantity.OneOf(some), "%s is not a mapping", c.path)
		return out
	}
	if c.n != nil {
		b.unknownKeys(c, append(names(keys), about...))
		c.cite = b.citation(c)
	}
	for _, k := range keys {
		child := c.child(k.name, c.n.pair(k.name))
		known := len(b.s.origins)
		if canon := k.bind(b, child, each); canon != nil {
			if child.n != nil && len(b.s.origins) == known && !slices.Contains(proseKeys, child.path) {
				b.s.addPlain(child, canon)
			}
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
			b.addf(p.at, instead(p.key, known), "%s has no key %q", where, p.key)
		}
	}
}

// gone are PATHs of earlier versions and what is written in their place.
var gone = map[string]string{
	"market.reasoning_from": "write labs.LAB.test_time_from: DATE for each lab that masters test-time reasoning; a " +
		"policy can " +
		"keep it from all",
}

// instead is what to write in place of an unknown name.
func instead(name string, known []string) string {
	if remedy := gone[name]; remedy != "" {
		return remedy
	}
	return quantity.DidYouMean(name, known)
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
