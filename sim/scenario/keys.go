package scenario

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"simulate/internal/quantity"
	"simulate/sim"

	"simulate/internal/pattern"
)

// tagged are the keys of the tagged scalars of T, by their tags and comments.
func tagged[T any](skip ...string) []key[T] {
	var zero T
	var out []key[T]
	for _, f := range sim.Fields(zero) {
		if slices.Contains(skip, f.Path) {
			continue
		}
		out = append(out, key[T]{
			name: f.Path, meaning: Meaning(f), schema: leafSchema(unitOf(f.Unit), f.Default, f.Low, f.High, f.DefaultOf),
			bind: func(b *binder, c cell, each visit[T]) *node {
				l := fieldLeaf(f)
				l.set = func(cfg *sim.Config, v float64) { each(cfg, func(t *T) { *f.In(t) = v }) }
				return b.leaf(c, l)
			},
		})
	}
	return out
}

// Meaning is the comment of a tagged field where it is declared, in one line.
func Meaning(f sim.Field) string {
	owner, field, _ := strings.Cut(f.GoName, ".")
	return sim.Comment(owner, field)
}

func fieldLeaf(f sim.Field) leaf {
	return leaf{unit: unitOf(f.Unit), low: f.Low, high: f.High, value: f.Default, field: &f}
}

// number is the key of a scalar without tags.
func number[T any](name, meaning, tag string, low, high, value float64, set func(*T, float64)) key[T] {
	return key[T]{
		name: name, meaning: meaning, schema: leafSchema(unitOf(tag), value, low, high, ""),
		bind: func(b *binder, c cell, each visit[T]) *node {
			l := leaf{unit: unitOf(tag), low: low, high: high, value: value}
			l.set = func(cfg *sim.Config, v float64) { each(cfg, func(t *T) { set(t, v) }) }
			return b.leaf(c, l)
		},
	}
}

// word is the key of an enumeration; initial is the index of its default, −1 for none.
func word[T any](name, meaning string, words []string, initial int, set func(*T, int)) key[T] {
	s := schema{"enum": anySlice(words)}
	if initial >= 0 {
		s["default"] = words[initial]
	}
	return key[T]{name: name, meaning: meaning, schema: wordSchema(s), bind: func(b *binder, c cell, each visit[T]) *node {
		return bindWord(b, c, strings.ReplaceAll(name, "_", " "), words, initial, each, set)
	}}
}

// bindWord binds one of some words, which only `choice` can draw.
func bindWord[T any](b *binder, c cell, what string, words []string, initial int, each visit[T], set func(*T,
	int)) *node {
	l := leaf{unit: wordUnit(what, words), value: float64(initial), high: float64(len(words) - 1)}
	l.set = func(cfg *sim.Config, v float64) { each(cfg, func(t *T) { set(t, int(v)) }) }
	return b.leaf(c, l)
}

// toggle is the key of a switch.
func toggle[T any](name, meaning string, initial bool, set func(*T, bool)) key[T] {
	return key[T]{name: name, meaning: meaning, schema: wordSchema(schema{"type": "boolean", "default": initial}),
		bind: func(b *binder, c cell, each visit[T]) *node {
			l := leaf{unit: unitOf("0 or 1"), high: 1}
			if initial {
				l.value = 1
			}
			l.set = func(cfg *sim.Config, v float64) { each(cfg, func(t *T) { set(t, v == 1) }) }
			return b.leaf(c, l)
		}}
}

// text is the key of prose.
func text[T any](name, meaning string, set func(*T, string)) key[T] {
	return key[T]{name: name, meaning: meaning, schema: schema{"type": "string"}, bind: func(b *binder, c cell,
		each visit[T]) *node {
		t, canon := b.text(c)
		if canon != nil {
			each(b.cfg, func(v *T) { set(v, t) })
		}
		return canon
	}}
}

func (b *binder) text(c cell) (string, *node) {
	if c.n == nil {
		return "", nil
	}
	if c.n.kind != scalarNode {
		b.addf(c.n.at, "write one text, in quotes if it holds a colon", "%s is not a text", c.path)
		return "", nil
	}
	return c.n.text, prose(c.n.text)
}

// region is the key of a region's name; initial is the index of its default, −1 for none.
func region[T any](name, meaning string, initial int, set func(*T, int)) key[T] {
	word := schema{"type": "string"}
	if initial >= 0 {
		word["default"] = defaultRegions[initial]
	}
	s := wordSchema(word)
	return key[T]{name: name, meaning: meaning, schema: s, bind: func(b *binder, c cell, each visit[T]) *node {
		return bindWord(b, c, "region", b.ids.regions, initial, each, set)
	}}
}

// section is the key of a nested mapping, absent unless given.
func section[T, S any](name, meaning string, keys []key[S], open func(*T), inside func(*T) *S) key[T] {
	return key[T]{name: name, meaning: meaning, schema: objectSchema(keys), bind: func(b *binder, c cell,
		each visit[T]) *node {
		if c.n == nil {
			return nil
		}
		each(b.cfg, open)
		out := bindKeys(b, c, keys, func(cfg *sim.Config, f func(*S)) {
			each(cfg, func(t *T) { f(inside(t)) })
		})
		return out
	}}
}

// list is the key of names that must exist, with the schema of one or several; resolve turns each
// into indices.
func list[T any](name, meaning string, schema schema, resolve func(b *binder, at pos, path, name string) []int,
	set func(*T, []int)) key[T] {
	return key[T]{name: name, meaning: meaning, schema: schema, bind: func(b *binder, c cell, each visit[T]) *node {
		if c.n == nil {
			return nil
		}
		var indices []int
		canon := &node{kind: sequenceNode, flow: true}
		for _, item := range b.strings(c) {
			indices = append(indices, resolve(b, item.at, c.path, item.text)...)
			canon.items = append(canon.items, scalar(item.text))
		}
		each(b.cfg, func(t *T) { set(t, indices) })
		return canon
	}}
}

// strings returns the words of a list, or a single word as a list of one.
func (b *binder) strings(c cell) []*node {
	items := []*node{c.n}
	if c.n.kind == sequenceNode {
		items = c.n.items
		if len(items) == 0 {
			b.addf(c.n.at, "name at least one, or leave the key out", "%s is an empty list", c.path)
		}
	}
	var out []*node
	for _, item := range items {
		if item.kind != scalarNode {
			b.addf(item.at, "write a list such as [a, b]", "%s is not a list of names", c.path)
			continue
		}
		out = append(out, item)
	}
	return out
}

// oneWord resolves names of an enumeration.
func oneWord(what string, words []string) func(b *binder, at pos, path, name string) []int {
	return func(b *binder, at pos, path, name string) []int {
		i := slices.Index(words, name)
		if i < 0 {
			b.addf(at, quantity.DidYouMean(name, words), "%s: there is no %s %q", path, what, clip(name))
			return nil
		}
		return []int{i}
	}
}

func (b *binder) regionNamed(at pos, path, name string) []int {
	return oneWord("region", b.ids.regions)(b, at, path, name)
}

func (b *binder) segmentNamed(at pos, path, name string) []int {
	return oneWord("segment", b.ids.segments)(b, at, path, name)
}

// labsNamed resolves a lab, a class or a member such as academic_lab#3.
func (b *binder) labsNamed(at pos, path, name string) []int {
	if members, found := b.ids.members[name]; found {
		return members
	}
	base, number, isMember := strings.Cut(name, "#")
	if members := b.ids.members[base]; isMember && len(members) > 0 {
		if i, err := strconv.Atoi(number); err == nil && 1 <= i && i <= len(members) && b.cfg.Labs[members[0]].ID != base {
			return members[i-1 : i]
		}
		b.addf(at, "write "+base+" or a member from "+base+"#1", "%s: %s has no member %q", path, base, name)
		return nil
	}
	b.addf(at, quantity.DidYouMean(name, b.ids.labs), "%s: there is no lab %q", path, clip(name))
	return nil
}

func (b *binder) chipNamed(at pos, path, name string) []int {
	if i, found := catalogue().byName[name]; found {
		return []int{i}
	}
	b.addf(at, quantity.DidYouMean(name, catalogue().names()[1:]), "%s: there is no chip %q in the catalogue", path,
		clip(name))
	return nil
}

var identifier = pattern.Late(`^[a-z][a-z0-9_]*$`)

var reserved = []string{"value", "values", "dist", "all", "source", "note", "range", "growth", "taper"}

// identifiers lists the keys of a mapping of named things, refusing those that cannot be part of a
// PATH.
func (b *binder) identifiers(n *node, what string) []string {
	var out []string
	if n == nil || n.kind != mappingNode {
		return nil
	}
	for _, p := range n.pairs {
		switch {
		case slices.Contains(reserved, p.key):
			b.addf(p.at, "choose another name", "%q has a meaning of its own and cannot name a %s", p.key, what)
		case !identifier().MatchString(p.key):
			b.addf(p.at, "write e.g. "+snake(p.key), "%q cannot name a %s: names are lower-case letters, digits and _",
				clip(p.key), what)
		default:
			out = append(out, p.key)
		}
	}
	return out
}

// snake proposes an identifier.
func snake(s string) string {
	plain := regexp.MustCompile(`[^a-z0-9]+`).ReplaceAllString(strings.ToLower(s), "_")
	plain = strings.Trim(plain, "_")
	if plain == "" || plain[0] >= '0' && plain[0] <= '9' {
		plain = "lab_" + plain
	}
	return strings.TrimRight(plain, "_")
}

// whole binds a whole number, which no design changes.
func (b *binder) whole(c cell, low, high, value uint64) (uint64, *node) {
	if c.n == nil {
		return value, nil
	}
	w, ok := b.unwrap(c)
	if !ok {
		return value, nil
	}
	if w.value.kind != scalarNode {
		b.addf(w.value.at, "write a whole number", "%s is not a single value", c.path)
		return value, nil
	}
	v, bad := parseWhole(w.value.text)
	if bad == nil && (v < low || v > high) {
		bad = complain("write a whole number from "+formatWhole(low)+" to "+formatWhole(high),
			"%d lies outside the allowed range", v)
	}
	if bad != nil {
		b.addf(w.value.at, bad.remedy, "%s: %s", c.path, bad.what)
		return value, nil
	}
	return v, scalar(formatWhole(v))
}

func formatWhole(v uint64) string { return strconv.FormatUint(v, 10) }

func anySlice(words []string) []any {
	out := make([]any, len(words))
	for i, w := range words {
		out[i] = w
	}
	return out
}

var unbounded = math.Inf(1)
