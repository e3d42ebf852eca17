package scenario

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"
)

// YAML is the resolved scenario in canonical form: everything it extends and every --set joined in,
// every parameter with its value, sources kept. Loading it gives the same Config and the same bytes
// again.
func (s *Scenario) YAML() []byte {
	root := &node{kind: mappingNode, pairs: slices.Clone(s.canonical.pairs)}
	for _, own := range []struct{ key, text string }{{"description", s.Description}, {"title", s.Title}, {"name",
		s.Name}} {
		root.remove(own.key)
		if own.text != "" {
			root.pairs = slices.Insert(root.pairs, 0, pair{key: own.key, value: prose(own.text)})
		}
	}
	root.put("replications", pos{}, scalar(fmt.Sprint(s.Replications)))
	root.put("seed", pos{}, scalar(formatWhole(s.Seed)))
	if c := root.get("clock"); c != nil {
		clock := &node{kind: mappingNode, flow: c.flow, pairs: slices.Clone(c.pairs)}
		clock.put("record", pos{}, scalar(s.Record))
		root.put("clock", pos{}, clock)
	}
	out, err := yaml.Dump(emit(root), yaml.WithIndent(2), yaml.WithLineWidth(-1))
	if err != nil {
		panic(fmt.Sprintf("scenario: canonical form: %v", err)) // a bug: the tree is our own
	}
	return out
}

// emit turns a tree into the nodes of the YAML library.
func emit(n *node) *yaml.Node {
	y := &yaml.Node{LineComment: n.remark}
	if n.flow {
		y.Style = yaml.FlowStyle
	}
	switch n.kind {
	case mappingNode:
		y.Kind = yaml.MappingNode
		for _, p := range n.pairs {
			y.Content = append(y.Content, &yaml.Node{Kind: yaml.ScalarNode, Value: p.key}, emit(p.value))
		}
	case sequenceNode:
		y.Kind = yaml.SequenceNode
		for _, item := range n.items {
			y.Content = append(y.Content, emit(item))
		}
	case nullNode:
		y.Kind, y.Tag, y.Value = yaml.ScalarNode, "!!null", "null"
	default:
		y.Kind, y.Value = yaml.ScalarNode, cmp.Or(n.written, n.text)
		if n.isText {
			y.Tag = "!!str"
		}
	}
	return y
}

// Scalar writes a text on one line as YAML reads it again, in quotes where it needs them.
func Scalar(text string) string {
	y := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: strings.Join(strings.Fields(text), " ")}
	out, err := yaml.Dump(y, yaml.WithLineWidth(-1))
	if err != nil {
		return strconv.Quote(text)
	}
	return strings.TrimSpace(string(out))
}

// Flow is what the scenario gives at a PATH of keys, such as policies.public_compute, in canonical
// form on one line; "" where it gives nothing there.
func (s *Scenario) Flow(path ...string) string {
	n := s.canonical
	for _, key := range path {
		if at, err := strconv.Atoi(key); n.kind == sequenceNode && err == nil && at >= 0 && at < len(n.items) {
			n = n.items[at]
		} else if n = n.get(key); n == nil {
			return ""
		}
	}
	y := emit(n)
	var flow func(*yaml.Node)
	flow = func(y *yaml.Node) {
		if y.LineComment = ""; y.Kind != yaml.ScalarNode {
			y.Style = yaml.FlowStyle
		}
		for _, c := range y.Content {
			flow(c)
		}
	}
	flow(y)
	out, err := yaml.Dump(y, yaml.WithLineWidth(-1))
	if err != nil {
		panic(fmt.Sprintf("scenario: canonical form: %v", err)) // a bug: the tree is our own
	}
	return strings.TrimSpace(string(out))
}
