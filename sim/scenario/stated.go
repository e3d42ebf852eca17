package scenario

import (
	"fmt"
	"slices"
	"strings"
)

// Statement is what a scenario says at a PATH.
type Statement struct {
	Path   string
	Value  string // on one line, as YAML() writes it; dated values one after the other
	Source string // a citation, "assumption", or "" where none is named
	Note   string
	Range  string // what designs cover, where it is given
}

// Stated lists what the scenario says at a PATH and below it, in the order of YAML(); "" is all of
// it. Values that follow a default are not stated, but for parameters, which YAML() gives in full.
func (s *Scenario) Stated(path string) []Statement {
	at := s.canonical
	if path != "" {
		words := strings.Split(path, ".")
		for i, word := range words {
			if rest := at.get(strings.Join(words[i:], ".")); rest != nil { // parameters have dots in their names
				at = rest
				break
			}
			at = at.child(word)
		}
	}
	var out []Statement
	s.state(at, Statement{Path: path}, &out)
	return out
}

// child is the entry of a mapping, or of a list by its number.
func (n *node) child(word string) *node {
	if n == nil {
		return nil
	}
	if n.kind == sequenceNode {
		for i, item := range n.items {
			if fmt.Sprint(i) == word {
				return item
			}
		}
	}
	return n.get(word)
}

// state appends the statements at a node; a source or note beside a group holds for what is in it.
func (s *Scenario) state(n *node, here Statement, out *[]Statement) {
	if n == nil {
		return
	}
	if n.kind == sequenceNode && slices.ContainsFunc(n.items, func(item *node) bool { return item.kind == mappingNode }) {
		for i, item := range n.items {
			below := here
			below.Path = join(here.Path, fmt.Sprint(i))
			s.state(item, below, out)
		}
		return
	}
	if n.kind != mappingNode {
		here.Value = shown(n)
		*out = append(*out, here)
		return
	}
	for key, to := range map[string]*string{"source": &here.Source, "note": &here.Note, "range": &here.Range} {
		if child := n.get(key); child != nil && child.kind == scalarNode {
			*to = child.text
		}
	}
	here.Source = s.cited(here.Source)
	if n.statesValue() {
		if here.Source == "" {
			here.Source = s.datedSources(n)
		}
		here.Value = n.onOneLine()
		*out = append(*out, here)
		return
	}
	for _, p := range n.pairs {
		if slices.Contains([]string{"source", "note", "range"}, p.key) {
			continue
		}
		below := here
		below.Path = join(here.Path, p.key)
		s.state(p.value, below, out)
	}
}

// datedSources joins what dated values cite one by one.
func (s *Scenario) datedSources(n *node) string {
	var out []string
	if values := n.get("values"); values != nil && n.get("dist") == nil {
		for _, dated := range values.pairs {
			if source := dated.value.get("source"); source != nil {
				if text := s.cited(source.text); !slices.Contains(out, text) {
					out = append(out, text)
				}
			}
		}
	}
	return strings.Join(out, "; ")
}

// onOneLine writes a value without what is said about it.
func (n *node) onOneLine() string {
	var parts []string
	for _, p := range n.pairs {
		switch {
		case p.key == "value":
			parts = append(parts, shown(p.value))
		case p.key == "values" && n.get("dist") == nil:
			for _, dated := range p.value.pairs {
				text := shown(dated.value)
				switch {
				case dated.value.kind == nullNode:
					text = "null"
				case dated.value.get("value") != nil:
					text = shown(dated.value.get("value"))
					if known := dated.value.get("known"); known != nil {
						text += " (known " + known.text + ")"
					}
					if plan := dated.value.get("planned"); plan != nil {
						text += " (planned " + shown(plan.get("value")) + ", known " + plan.get("known").text + ")"
					}
				}
				parts = append(parts, dated.key+": "+text)
			}
		case !slices.Contains([]string{"source", "note", "range"}, p.key):
			parts = append(parts, p.key+": "+shown(p.value))
		}
	}
	return strings.Join(parts, ", ")
}
