package scenario

import (
	"slices"
	"strconv"
	"strings"

	"simulate/internal/quantity"
	"simulate/sim"
)

// flatten turns nested groups such as market: {eta: …} into dotted keys, so that both ways of
// writing a PATH join.
func (r *report) flatten(n *node) {
	if n == nil || n.kind != mappingNode {
		return
	}
	var out []pair
	var visit func(n *node, prefix string)
	visit = func(n *node, prefix string) {
		for _, p := range n.pairs {
			key := join(prefix, p.key)
			if p.value.kind == mappingNode && !p.value.statesValue() && !p.value.annotates() {
				visit(p.value, key)
				continue
			}
			if i := slices.IndexFunc(out, func(o pair) bool { return o.key == key }); i >= 0 {
				r.addf(p.at, "keep one", "%q is given twice, first on line %d", key, out[i].at.line)
				continue
			}
			out = append(out, pair{key, p.at, p.value})
		}
	}
	visit(n, "")
	n.pairs = out
}

// normalise brings the short forms of a file into the long ones that merging works on.
func (r *report) normalise(root *node) {
	r.flatten(root.get("parameters"))
	if policies := root.get("policies"); policies != nil && policies.kind == mappingNode {
		for _, p := range policies.pairs {
			for _, l := range sim.Levers {
				if l.ByPath {
					r.flatten(p.value.get(l.Name))
				}
			}
		}
	}
	labs := root.get("labs")
	if labs == nil || labs.kind != mappingNode {
		return
	}
	for _, lab := range labs.pairs {
		sales := lab.value.get("sales")
		if sales == nil || sales.kind != mappingNode {
			continue
		}
		for i, p := range sales.pairs {
			if !slices.Contains(about, p.key) {
				sales.pairs[i].value = shareOnly(p.value)
			}
		}
	}
}

// shareOnly turns a bare share into {share: …}.
func shareOnly(n *node) *node {
	if n.kind == scalarNode || n.kind == mappingNode && n.statesValue() {
		return mappingAt(n.at, pair{"share", n.at, n})
	}
	return n
}

func mappingAt(at pos, pairs ...pair) *node { return &node{kind: mappingNode, at: at, pairs: pairs} }

// splitSet cuts PATH=VALUE at the first = outside brackets.
func splitSet(text string) (path, value string, ok bool) {
	depth := 0
	for i, r := range text {
		switch r {
		case '[', '{', '(':
			depth++
		case ']', '}', ')':
			depth--
		case '=':
			if depth == 0 {
				return strings.TrimSpace(text[:i]), text[i+1:], true
			}
		}
	}
	return "", "", false
}

// set applies one --set to the tree.
func (r *report) set(root *node, text string, order int) *node {
	path, value, ok := splitSet(text)
	doc := &document{name: "--set " + text, lines: []string{text}, set: true, order: order}
	start := pos{doc, 1, 1}
	switch {
	case !ok:
		r.addf(start, "write --set PATH=VALUE, as in --set market.eta=1.5", "there is no = in it")
		return root
	case path == "":
		r.addf(start, "write the PATH before the =", "it has no PATH")
		return root
	case strings.TrimSpace(value) == "":
		r.addf(start, "write the value after the =; if it began with $, the shell took it, so use single quotes or USD",
			"%s has no value", path)
		return root
	case len(text) > maxBytes:
		r.addf(start, "put it in a file", "the value is too long")
		return root
	}
	if _, comment, found := strings.Cut(value, " #"); found && !strings.ContainsAny(value, `"'`) {
		r.addf(start, "put the value in quotes within the quotes", "YAML would drop %q as a comment", "#"+comment)
		return root
	}
	n := r.parse(doc, []byte(strings.Repeat(" ", len(text)-len(value))+value))
	if n == nil {
		return root
	}
	keys := pathKeys(path)
	if keys[0] == "extends" || keys[0] == "name" && len(keys) > 1 {
		r.addf(start, "write it in a file", "extends cannot be set on the command line")
		return root
	}
	if len(keys) == 4 && keys[0] == "labs" && keys[2] == "sales" && n.kind == scalarNode {
		n, keys = mappingAt(n.at, pair{"share", n.at, n}), keys[:4]
	}
	whole := n
	for _, k := range slices.Backward(keys) {
		whole = mappingAt(n.at, pair{k, start, whole})
	}
	r.normalise(whole)
	if keys[0] == "parameters" && len(keys) == 1 {
		return r.merge(root, whole, "")
	}
	for _, k := range keys {
		whole = whole.get(k)
	}
	if whole == nil { // a mapping, whose keys were taken for those of a group
		r.addf(start, "write "+path+"=VALUE, an interval as LOW to HIGH, or {value: …, source: …}",
			"%s takes one value, and %q is a mapping", path, clip(value))
		return root
	}
	return r.assign(root, keys, "", whole, start)
}

// pathKeys splits a PATH into the keys of the tree.
func pathKeys(path string) []string {
	path = strings.TrimPrefix(path, "parameters.")
	keys := strings.Split(path, ".")
	for _, f := range sim.Registry() {
		if f.Path == path || len(keys) == 2 && strings.HasPrefix(f.Path, keys[0]+".") {
			return []string{"parameters", path}
		}
	}
	for i, k := range keys {
		whole := k == "values" || k == "levers" || i > 0 && holdsPaths(k)
		if whole && i+2 < len(keys) {
			return append(keys[:i+1:i+1], strings.Join(keys[i+1:], "."))
		}
	}
	return keys
}

// holdsPaths reports whether the keys below a key of a policy are PATHs.
func holdsPaths(key string) bool {
	return slices.ContainsFunc(sim.Levers, func(l *sim.Lever) bool { return l.ByPath && l.Name == key })
}

// assign puts a value at the end of a PATH and returns the changed tree.
func (r *report) assign(base *node, keys []string, path string, value *node, at pos) *node {
	key, here := keys[0], join(path, keys[0])
	if base.kind == sequenceNode {
		i, err := strconv.Atoi(key)
		if err != nil || i < 0 || i >= len(base.items) {
			r.addf(at, "write a number from 0 to "+strconv.Itoa(len(base.items)-1), "%s has no entry %q", path, key)
			return base
		}
		out := *base
		out.items = slices.Clone(base.items)
		if len(keys) == 1 {
			out.items[i] = value
		} else {
			out.items[i] = r.assign(base.items[i], keys[1:], here, value, at)
		}
		return &out
	}
	if len(keys) == 1 {
		return r.merge(base, mappingAt(value.at, pair{key, at, value}), path)
	}
	if base.kind != mappingNode {
		base = base.lift()
	}
	child := base.get(key)
	if child == nil {
		if slices.Contains([]string{"labs", "segments", "policies", "events"}, path) {
			r.addf(at, quantity.DidYouMean(key, keysOf(base)), "%s has no %q", path, key)
			return base
		}
		child = mappingAt(value.at)
	}
	out := *base
	out.pairs = slices.Clone(base.pairs)
	if key == "values" && child.kind != mappingNode {
		child = mappingAt(value.at)
	}
	out.put(key, at, r.assign(child, keys[1:], here, value, at))
	return &out
}
