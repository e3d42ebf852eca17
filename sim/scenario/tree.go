package scenario

import (
	"regexp"
	"slices"
	"strings"
)

// kind is the shape of a node.
type kind int

const (
	scalarNode kind = iota
	nullNode
	mappingNode
	sequenceNode
)

// node is a value of a scenario text with its place. Aliases and merge keys are already replaced by
// what they stand for, so that a change of one copy leaves the others alone.
type node struct {
	kind    kind
	text    string // of a scalar, as written
	written string // the same where text was put in its place; "" where it was not
	quoted  bool
	pairs   []pair  // of a mapping, in order, without duplicates
	items   []*node // of a sequence
	at      pos

	isText bool   // prose in canonical output, quoted where YAML would read something else
	flow   bool   // on one line in canonical output
	remark string // comment at the end of the line in canonical output
}

type pair struct {
	key   string
	at    pos
	value *node
}

func scalar(text string) *node { return &node{kind: scalarNode, text: text} }
func prose(text string) *node  { return &node{kind: scalarNode, text: text, isText: true} }

// as is a scalar in canonical form that stands for this one. It keeps what the reader wrote, if
// that became something else before it was read: an amount in another currency.
func (n *node) as(text string) *node {
	if n == nil {
		return scalar(text)
	}
	return &node{kind: scalarNode, text: text, written: strings.Join(strings.Fields(n.written), " ")}
}

// get returns the value of a key, nil if the node has none.
func (n *node) get(key string) *node {
	if p := n.pair(key); p != nil {
		return p.value
	}
	return nil
}

func (n *node) pair(key string) *pair {
	if n == nil {
		return nil
	}
	for i := range n.pairs {
		if n.pairs[i].key == key {
			return &n.pairs[i]
		}
	}
	return nil
}

// put gives a key a value, in its old place if it has one.
func (n *node) put(key string, at pos, value *node) {
	if p := n.pair(key); p != nil {
		p.at, p.value = at, value
		return
	}
	n.pairs = append(n.pairs, pair{key, at, value})
}

func (n *node) remove(key string) {
	n.pairs = slices.DeleteFunc(n.pairs, func(p pair) bool { return p.key == key })
}

// annotations may stand beside a value that a file extended by this one gives.
var annotations = []string{"growth", "taper", "source", "note", "range", "disclosure"}

// valueKeys are the keys by which a mapping says what a value is: alone, dated, or drawn.
var valueKeys = []string{"value", "values", "dist"}

// statesValue reports whether a mapping is a value of its own, which replaces what it extends as a
// whole. Dated values do too: null ends a path and so cannot take one of its dates away.
func (n *node) statesValue() bool {
	return slices.ContainsFunc(valueKeys, func(k string) bool { return n.get(k) != nil })
}

// annotates reports whether a mapping holds nothing but annotations.
func (n *node) annotates() bool {
	for _, p := range n.pairs {
		if !slices.Contains(annotations, p.key) {
			return false
		}
	}
	return n.kind == mappingNode && len(n.pairs) > 0
}

// lift turns a plain value into {value: …}, so that annotations can join it.
func (n *node) lift() *node {
	if n.kind == mappingNode {
		return n
	}
	return &node{kind: mappingNode, at: n.at, pairs: []pair{{"value", n.at, n}}}
}

// disclosedAs is a value that takes another's place and keeps what is said of the disclosure of
// that part of a shock.
func (n *node) disclosedAs(base *node) *node {
	said := base.pair("disclosure")
	if said == nil || base.get("value") == nil || n.kind == sequenceNode || n.get("disclosure") != nil {
		return n
	}
	out := n.lift()
	return &node{kind: mappingNode, at: n.at, flow: n.flow, pairs: append(slices.Clone(out.pairs), *said)}
}

// merge lays a tree over the one it extends: mappings join key by key, everything else replaces,
// and null takes a key away.
func (r *report) merge(base, over *node, path string) *node {
	if base.kind != mappingNode && over.annotates() {
		base = base.lift()
	}
	if base.kind != mappingNode || over.kind != mappingNode || over.statesValue() {
		r.nulls(over, path)
		return over.disclosedAs(base)
	}
	out := &node{kind: mappingNode, at: over.at, pairs: slices.Clone(base.pairs)}
	for _, p := range over.pairs {
		here := join(path, p.key)
		old := out.pair(p.key)
		switch {
		case isDated(path):
			out.put(p.key, p.at, p.value)
		case p.value.kind == nullNode && old == nil:
			r.addf(p.value.at, "write a value, or leave the key out"+suggest(" (did you mean %q?)", p.key, keysOf(base)),
				"%s has no value and there is nothing here to take away", here)
		case p.value.kind == nullNode:
			out.remove(p.key)
		case old == nil:
			r.nulls(p.value, here)
			out.put(p.key, p.at, p.value)
		default:
			out.put(p.key, p.at, r.merge(old.value, p.value, here))
		}
	}
	return out
}

// nulls refuses keys without a value, except among dated values, where null ends validity.
func (r *report) nulls(n *node, path string) {
	switch n.kind {
	case mappingNode:
		n.pairs = slices.DeleteFunc(n.pairs, func(p pair) bool {
			here := join(path, p.key)
			if p.value.kind == nullNode && !isDated(path) {
				remedy := "write one, or leave the key out"
				if afterComma.MatchString(p.key) { // {compute: 1,000 H100}
					remedy = "in braces a comma ends a value; group thousands with _, as in 1_000 H100"
				}
				r.addf(p.value.at, remedy, "%s has no value", here)
				return true
			}
			r.nulls(p.value, here)
			return false
		})
	case sequenceNode:
		n.items = slices.DeleteFunc(n.items, func(item *node) bool {
			if item.kind == nullNode {
				r.addf(item.at, "write an entry, or take the dash away", "an entry of %s is empty", path)
				return true
			}
			r.nulls(item, path)
			return false
		})
	}
}

func isDated(path string) bool { return path == "values" || strings.HasSuffix(path, ".values") }

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

func keysOf(n *node) []string {
	keys := make([]string, len(n.pairs))
	for i, p := range n.pairs {
		keys[i] = p.key
	}
	return keys
}

// afterComma is what a comma between thousands leaves as the next key.
var afterComma = regexp.MustCompile(`^[0-9]{2,3}([ .][^:]*)?$`)
