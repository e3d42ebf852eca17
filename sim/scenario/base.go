package scenario

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"simulate/internal/quantity"
	"simulate/sim"
)

// The base of a scenario is the world against which what happens in it is measured: the scenario
// less every event and policy that the one it extends does not have word for word, and less all of
// them where that takes nothing out. Nothing is ever added. The file may name another base.
//
//	deepseek-shock                        less DeepSeek R1
//	a file that adds a tax to it          less the tax: R1 happens in both
//	a file that replaces R1 by its own    less its own: R1 happens in neither

// baseRule is what a scenario says, or what follows from what it extends.
type baseRule struct {
	name  string   // of another scenario: built in, or a path; "" where the base is made of this one
	file  string   // where the path was found; "" where it was not
	lacks []string // PATHs of the events and policies that the base lacks: events.0, policies.NAME
	gone  []string // labels of those that the extended scenario has and this one has not
	again Options  // how the scenario was loaded
}

// changes are the events and policies of a tree, as they were when it was read.
type changes struct {
	events   []*node
	policies []pair
}

// changesOf copies the events and policies of a tree, which later --set may edit in place.
func changesOf(root *node) (c changes) {
	if events := root.get("events"); events != nil {
		c.events = events.copy().items
	}
	if policies := root.get("policies"); policies != nil {
		c.policies = policies.copy().entries()
	}
	return c
}

// copy copies a tree.
func (n *node) copy() *node {
	if n == nil {
		return nil
	}
	out := *n
	out.pairs, out.items = slices.Clone(n.pairs), slices.Clone(n.items)
	for i := range out.pairs {
		out.pairs[i].value = out.pairs[i].value.copy()
	}
	for i := range out.items {
		out.items[i] = out.items[i].copy()
	}
	return &out
}

// lacksKey names what a base made of the scenario itself lacks.
const lacksKey = "without"

// baseKey says against which world the scenario is held.
var baseKey = key[Scenario]{name: "base",
	meaning: "The world against which `run` measures what happens here: another scenario by its name or path, or " +
		"{without: [events.0, policies.NAME]} for this one less some of its events and policies. Unless given it is this " +
		"one less those that the scenario it extends does not have word for word, and less all where that takes nothing " +
		"out. It belongs to one file.",
	schema: anyOf(ref("scenario_name"), schema{"type": "object", "required": []string{lacksKey},
		"additionalProperties": false, "properties": schema{lacksKey: schema{"type": "array", "minItems": 1,
			"items": schema{"type": "string", "pattern": `^(events\.[0-9]+|policies\..+)$`}}}}),
	bind: func(b *binder, c cell, _ visit[Scenario]) *node {
		switch {
		case c.n == nil:
			return nil
		case c.n.kind == scalarNode:
			if b.s.base.name = c.n.text; !IsPath(c.n.text) && !slices.Contains(builtinNames(), c.n.text) {
				b.addf(c.n.at, quantity.DidYouMean(c.n.text, builtinNames())+"; a file of your own needs its path, as in ./"+
					c.n.text+".yaml", "there is no built-in scenario %q", clip(c.n.text))
			}
			return prose(c.n.text)
		case c.n.kind != mappingNode || c.n.get(lacksKey) == nil:
			b.addf(c.n.at, "write base: NAME, or base: {without: [policies.NAME]}", "base is neither a name nor {without: …}")
			return nil
		}
		b.unknownKeys(c, []string{lacksKey})
		for _, item := range b.strings(c.child(lacksKey, c.n.pair(lacksKey))) {
			b.s.base.lacks = append(b.s.base.lacks, item.text)
		}
		return nil // settled once everything is bound
	}}

// settleBase finds what the base lacks. before are the events and policies of the file before any
// --set, inherited those of the scenario that it extends; nil where it extends none.
func (s *Scenario) settleBase(r *report, root *node, before changes, inherited *changes) {
	if s.base.name != "" {
		return
	}
	now := changesOf(root)
	all := now.paths()
	var kept changes
	switch given := s.base.lacks; {
	case len(given) > 0:
		for _, path := range given {
			if !slices.Contains(all, path) {
				r.addf(root.get(baseKey.name).at, quantity.DidYouMean(path, all), "base: the scenario has no %q", clip(path))
			}
		}
		kept = before.less(given)
	case inherited != nil:
		kept = *inherited
	}
	s.base.lacks = now.without(kept)
	if len(s.base.lacks) > 0 && len(kept.paths()) > 0 { // 4.5 is the same word as 4.5x
		if bound, ok := s.bound(kept); ok {
			differ := changesOf(s.canonical).without(bound)
			s.base.lacks = slices.DeleteFunc(s.base.lacks, func(path string) bool { return !slices.Contains(differ, path) })
		}
	}
	s.base.gone = s.missing(kept)
	switch n := len(s.base.lacks); {
	case n == 0:
		s.base.lacks = all
	case n < len(all): // a reader of the canonical form does not know what was extended
		list := &node{kind: sequenceNode, flow: true}
		for _, path := range s.base.lacks {
			list.items = append(list.items, scalar(path))
		}
		s.canonical.put(baseKey.name, pos{}, &node{kind: mappingNode, pairs: []pair{{lacksKey, pos{}, list}}, flow: true})
	}
}

func eventPath(i int) string            { return fmt.Sprintf("events.%d", i) }
func policyPath(name string) string     { return "policies." + name }
func (c changes) paths() (out []string) { return c.without(changes{}) }

// less leaves out what some PATHs name.
func (c changes) less(paths []string) (out changes) {
	for i, e := range c.events {
		if !slices.Contains(paths, eventPath(i)) {
			out.events = append(out.events, e)
		}
	}
	for _, p := range c.policies {
		if !slices.Contains(paths, policyPath(p.key)) {
			out.policies = append(out.policies, p)
		}
	}
	return out
}

// without names the events and policies that are not among some others word for word.
func (c changes) without(others changes) (out []string) {
	for i, e := range c.events {
		if !slices.ContainsFunc(others.events, func(o *node) bool { return inline(o) == inline(e) }) {
			out = append(out, eventPath(i))
		}
	}
	for _, p := range c.policies {
		same := func(o pair) bool { return o.key == p.key && inline(o.value) == inline(p.value) }
		if !slices.ContainsFunc(others.policies, same) {
			out = append(out, policyPath(p.key))
		}
	}
	return out
}

// put gives a tree these events and policies instead of its own.
func (c changes) put(root *node) {
	for _, k := range changeKeys {
		root.remove(k)
	}
	if len(c.events) > 0 {
		root.put("events", root.at, &node{kind: sequenceNode, at: root.at, items: c.events})
	}
	if len(c.policies) > 0 {
		root.put("policies", root.at, mappingAt(root.at, c.policies...))
	}
}

// bound gives events and policies their canonical form in this scenario; false where they do not
// fit it.
func (s *Scenario) bound(c changes) (changes, bool) {
	with, err := s.variant(s.Name, s.Title, c.put)
	if err != nil {
		return changes{}, false
	}
	return changesOf(with.canonical), true
}

// missing are the labels of inherited events and policies that the scenario has not, in any form.
func (s *Scenario) missing(inherited changes) (out []string) {
	if len(inherited.paths()) == 0 {
		return nil
	}
	with, err := s.variant(s.Name, s.Title, inherited.put)
	if err != nil {
		return nil
	}
	own := s.Markers()
	for _, m := range with.Markers() {
		if !slices.ContainsFunc(own, func(o Marker) bool { return o.Label == m.Label }) {
			out = append(out, m.Label)
		}
	}
	return out
}

// Base is the world against which what happens in the scenario is measured, nil where nothing
// happens and the file names none. made tells that it is made of the scenario itself. The error is
// Problems where it cannot be read.
func (s *Scenario) Base() (base *Scenario, made bool, err error) {
	if s.base.name != "" {
		o := s.base.again
		o.Set = slices.DeleteFunc(slices.Clone(o.Set), func(text string) bool { // they belong to what is measured
			top, _, _ := strings.Cut(text, ".")
			return slices.Contains(changeKeys, strings.TrimSpace(top))
		})
		ref := s.base.name
		if s.base.file != "" {
			ref = s.base.file
		}
		base, err = Load(ref, o)
		return base, false, err
	}
	if len(s.base.lacks) == 0 {
		return nil, false, nil
	}
	if err := s.movedDraws(); err != nil {
		return nil, true, err
	}
	base, err = s.variant(s.Name+"."+lessWord(s.base.lacks), s.Title+", without what happens in it", func(root *node) {
		changesOf(root).less(s.base.lacks).put(root)
		root.remove("experiment") // its levers may be what is left out
		if n := root.get("correlations"); n != nil {
			if n.uncorrelate(s.base.lacks); len(n.items) == 0 {
				root.remove("correlations")
			}
		}
		root.withoutColumns(s.base.lacks)
	})
	if err != nil {
		return nil, true, err
	}
	base.Seed, base.Replications, base.Record = s.Seed, s.Replications, s.Record
	return base, true, nil
}

// NamesBase tells whether the file names another scenario as its base, which may differ in more
// than events and policies.
func (s *Scenario) NamesBase() bool { return s.base.name != "" }

// BaseConfig is an input of the scenario, drawn or varied, less the events and policies that its
// base lacks. It is no base of a scenario that names another one (NamesBase).
func (s *Scenario) BaseConfig(cfg *sim.Config) *sim.Config {
	out := *cfg
	out.Shocks, out.Policies = nil, nil
	lacks := func(path string) bool { return slices.Contains(s.base.lacks, path) }
	for i, shock := range cfg.Shocks {
		if !lacks(s.EventPath(i)) {
			out.Shocks = append(out.Shocks, shock)
		}
	}
	for _, p := range cfg.Policies {
		if !lacks(policyPath(p.ID)) {
			out.Policies = append(out.Policies, p)
		}
	}
	return &out
}

// movedDraws refuses a base whose remaining events would draw other values, for draws go by PATH
// and so by an event's place in its list.
func (s *Scenario) movedDraws() error {
	for _, l := range s.Drawn() {
		var at int
		if _, err := fmt.Sscanf(l.Path, "events.%d.", &at); err != nil || slices.Contains(s.base.lacks, eventPath(at)) {
			continue
		}
		for i := range at {
			if slices.Contains(s.base.lacks, eventPath(i)) {
				return Problems{{File: s.Name, Message: fmt.Sprintf("%s is drawn, and would be drawn anew in the same world "+
					"without %s, which stands before it", l.Path, eventPath(i)),
					Remedy: "list the events that the extended scenario has too first"}}
			}
		}
	}
	return nil
}

// uncorrelate takes correlations with values under some PATHs away.
func (n *node) uncorrelate(paths []string) {
	n.items = slices.DeleteFunc(n.items, func(item *node) bool {
		return slices.ContainsFunc(item.get("between").items, func(of *node) bool {
			return slices.ContainsFunc(paths, func(path string) bool { return strings.HasPrefix(of.text, path+".") })
		})
	})
}

// withoutColumns takes the columns of parameter_sets with values under some PATHs away.
func (n *node) withoutColumns(paths []string) {
	sets := n.get(parameterSetsKey.name)
	columns := sets.get("paths")
	if columns == nil {
		return
	}
	var kept []int
	for i, of := range columns.items {
		if !slices.ContainsFunc(paths, func(path string) bool { return strings.HasPrefix(of.text, path+".") }) {
			kept = append(kept, i)
		}
	}
	if len(kept) == 0 {
		n.remove(parameterSetsKey.name)
		return
	}
	for _, row := range append(slices.Clone(sets.get("rows").items), columns) {
		items := make([]*node, len(kept))
		for to, from := range kept {
			items[to] = row.items[from]
		}
		row.items = items
	}
}

// Absent are the labels of events and policies of the extended scenario that neither this one nor
// its base has, because the file takes them away.
func (s *Scenario) Absent() []string { return s.base.gone }

// World is the SHA-256 of what decides the runs of a scenario, apart from seed, replications and
// rhythm: two scenarios of one world differ in names and prose, or in what is asked of them.
func (s *Scenario) World() string {
	root := s.canonical.copy()
	for _, k := range slices.Concat(ownKeys, []string{"experiment", "sources", "seed", "replications"}) {
		root.remove(k)
	}
	root.get("clock").remove("record")
	text, err := yaml.Dump(emit(root))
	if err != nil {
		panic(fmt.Sprintf("scenario: canonical form: %v", err)) // a bug: the tree is our own
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// baseFile finds the file that a tree names as its base, as one that it extends is found; "" for
// none.
func (l *loader) baseFile(root *node) string {
	n := root.get(baseKey.name)
	if n == nil || n.kind != scalarNode || !IsPath(n.text) || n.at.doc == nil || n.at.doc.dir == "" {
		return ""
	}
	if path, bad := l.allowed(n.at.doc, n.text); bad == nil {
		return path
	}
	return ""
}
