package scenario

import (
	"cmp"
	"strings"

	"simulate/sim"
)

// Origin says where a value of a scenario comes from.
type Origin struct {
	Path    string
	Value   string // as YAML() writes it
	Written string // as the reader wrote it
	Unit    string // tag of package sim, "" for words
	Source  string // a citation, "assumption", or the --set that gave it; "" where the file names none
	Note    string
	Where   string // file:line, the text of a --set, or "default"
	Default bool   // nothing else than the parameter's default
}

// Origins lists every value that the scenario gives, and every parameter at its default, in the
// order of YAML().
func (s *Scenario) Origins() []Origin { return s.origins }

func (s *Scenario) addOrigin(path string, canon *node, u *unit, w wrapped, at pos, f *sim.Field) {
	o := Origin{Path: path, Unit: u.tag, Source: s.cited(w.source), Note: w.note, Where: at.String(), Value: shown(canon)}
	if w.value != nil {
		o.Written = plainText(w.value)
	}
	if f != nil && f.DefaultOf == "" && w.source == "" && o.Value == u.format(f.Default) && strings.Contains(path, ".") {
		if _, parameter := sim.LookUp(path); parameter {
			o.Default, o.Source = true, f.Source
		}
	}
	s.origins = append(s.origins, o)
}

// proseKeys are about the file, or about what is done with it, and no values of the scenario.
var proseKeys = []string{"name", "title", "description", "base", "sources", "experiment", "expect",
	parameterSetsKey.name}

// addPlain lists what no design can change: names, lists and texts, and rules that are not numbers.
func (s *Scenario) addPlain(c cell, canon *node) {
	if canon.kind == mappingNode && len(canon.pairs) == 0 {
		return
	}
	o := Origin{Path: c.path, Value: shown(canon), Written: plainText(c.n), Where: c.n.at.String()}
	switch doc := c.n.at.doc; {
	case doc != nil && doc.set:
		o.Source = doc.name
	case c.cite.covers(doc):
		o.Source, o.Note = s.cited(c.cite.source), c.cite.note
	}
	if n := c.n.get("source"); n != nil {
		o.Source = s.cited(plainText(n))
	}
	if n := c.n.get("note"); n != nil {
		o.Note = plainText(n)
	}
	s.origins = append(s.origins, o)
}

// cited replaces the name of a source by its text.
func (s *Scenario) cited(source string) string {
	if text, found := s.sources[source]; found {
		return text
	}
	if i := strings.IndexAny(source, ",;"); i >= 0 {
		if text, known := s.sources[strings.TrimSpace(source[:i])]; known {
			return text + ";" + source[i+1:]
		}
	}
	return source
}

// inline writes a small node on one line, money in dollars, so that equal values are equal words.
func inline(n *node) string { return n.onLine(func(one *node) string { return one.text }) }

// shown writes a small node on one line, money in the currency that the reader wrote.
func shown(n *node) string {
	return n.onLine(func(one *node) string { return cmp.Or(one.written, one.text) })
}

func (n *node) onLine(word func(*node) string) string {
	switch n.kind {
	case mappingNode:
		parts := make([]string, len(n.pairs))
		for i, p := range n.pairs {
			parts[i] = p.key + ": " + p.value.onLine(word)
		}
		return "{" + strings.Join(parts, ", ") + "}"
	case sequenceNode:
		parts := make([]string, len(n.items))
		for i, item := range n.items {
			parts[i] = item.onLine(word)
		}
		return "[" + strings.Join(parts, ", ") + "]"
	}
	return word(n)
}
