package scenario

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"simulate/internal/quantity"
	"simulate/internal/visible"
)

// Bounds on what a scenario text may hold, far above any real one and far below what harms.
const (
	maxBytes = 1 << 20
	maxDepth = 40
	maxNodes = 100_000 // after aliases are replaced
)

// parse reads a YAML text into a tree. It returns nil when there is no tree to go on with.
func (r *report) parse(doc *document, data []byte) *node {
	loader, err := yaml.NewLoader(bytes.NewReader(data), yaml.WithUniqueKeys(false))
	if err != nil {
		r.addf(pos{doc: doc}, "", "cannot be read as YAML: %v", err)
		return nil
	}
	var first, second yaml.Node
	if err := loader.Load(&first); errors.Is(err, io.EOF) || (err == nil && len(first.Content) == 0) {
		r.addf(pos{doc: doc}, "write at least `extends: baseline`", "the file is empty")
		return nil
	} else if err != nil {
		r.syntax(doc, err)
		return nil
	}
	if err := loader.Load(&second); err == nil {
		r.addf(pos{doc, second.Line, second.Column}, "keep one scenario per file", "a second document starts here")
	} else if !errors.Is(err, io.EOF) {
		r.syntax(doc, err)
		return nil
	}
	c := converter{report: r, doc: doc, active: map[*yaml.Node]bool{}}
	root := c.convert(first.Content[0], 0)
	if c.stopped {
		return nil
	}
	return root
}

// syntax explains an error of the YAML parser.
func (r *report) syntax(doc *document, err error) {
	var e *yaml.LoadError
	if !errors.As(err, &e) {
		r.addf(pos{doc: doc}, "save it as UTF-8 text", "cannot be read as YAML: %s", strings.TrimPrefix(err.Error(),
			"go-yaml "))
		return
	}
	at := pos{doc, e.Mark.Line, e.Mark.Column}
	text := e.Message + " " + e.ContextMsg
	for _, known := range []struct {
		part, what, remedy string
		start              bool
	}{
		{"mapping values are not allowed", "a colon inside unquoted text, or a line indented too far",
			`put the text in quotes, or align the key with its neighbours`, false},
		{"quoted scalar", "a quote is opened here and never closed", "close it on the same line", true},
		{"found character '\\t'", "a tab; YAML indents with spaces", "use spaces", false},
		{"found a tab", "a tab; YAML indents with spaces", "use spaces", false},
		{"cannot start any token", "this character cannot begin a value", "use spaces instead of a tab, or put the value " +
			"in quotes", false},
		{"unknown anchor", "this alias names an anchor that does not exist", "define it first with &name", false},
		{"exceeded max depth", "nested too deeply", "a scenario needs a handful of levels", false},
		{"flow sequence", "a [ is opened here and not closed, or two entries lack a comma", "close it with ], and put " +
			"commas between the entries", true},
		{"flow mapping", "a { is opened here and not closed, or two entries lack a comma", "close it with }, and put " +
			"commas between the entries", true},
		{"block mapping", "this line does not continue the mapping above", "align it with the keys around it, or put the " +
			"text before it in quotes", false},
		{"block collection", "this line does not continue the list above", "align it with the dashes around it", false},
		{"control characters", "the file holds control characters", "save it as UTF-8 text", false},
		{"UTF-8", "the file is not UTF-8 text", "save it as UTF-8", false},
	} {
		if strings.Contains(text, known.part) {
			if known.start && e.ContextMark.Line > 0 {
				at.line, at.col = e.ContextMark.Line, e.ContextMark.Column
			}
			r.addf(at, known.remedy, "%s", known.what)
			return
		}
	}
	r.addf(at, "see the line above it too", "not YAML: %s", e.Message)
}

// converter turns the parser's nodes into a tree.
type converter struct {
	*report
	doc     *document
	nodes   int
	active  map[*yaml.Node]bool // aliases being replaced
	stopped bool
}

func (c *converter) convert(y *yaml.Node, depth int) *node {
	at := pos{c.doc, y.Line, y.Column}
	n := &node{at: at}
	c.nodes++
	switch {
	case c.stopped:
		return n
	case depth > maxDepth:
		c.stopped = true
		c.addf(at, "a scenario needs a handful of levels", "nested more than %d deep", maxDepth)
		return n
	case c.nodes > maxNodes:
		c.stopped = true
		c.addf(at, "write the values out, or use fewer aliases", "the file holds more than %s once its aliases are "+
			"replaced", quantity.Plural(maxNodes, "value"))
		return n
	case y.Style&yaml.TaggedStyle != 0:
		c.addf(at, "write the plain value", "the tag %s has no meaning here", y.Tag)
	}
	switch y.Kind {
	case yaml.AliasNode:
		if c.active[y.Alias] {
			c.stopped = true
			c.addf(at, "an anchor cannot be used inside itself", "the alias *%s contains itself", y.Value)
			return n
		}
		c.active[y.Alias] = true
		n = c.convert(y.Alias, depth+1)
		delete(c.active, y.Alias)
	case yaml.SequenceNode:
		n.kind = sequenceNode
		c.active[y] = true
		for _, item := range y.Content {
			n.items = append(n.items, c.convert(item, depth+1))
		}
		delete(c.active, y)
	case yaml.MappingNode:
		n.kind = mappingNode
		c.active[y] = true
		c.entries(n, y, depth)
		delete(c.active, y)
	default:
		n.text = strings.TrimSpace(y.Value)
		if r, bad := visible.Hidden(n.text); bad {
			c.addf(at, "take it out", "the text %q holds a control character (U+%04X)", clip(visible.Text(n.text)), r)
		}
		n.quoted = y.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle) != 0
		if !n.quoted && (y.ShortTag() == "!!null" || n.text == "") {
			n.kind = nullNode
		}
	}
	return n
}

// mostKeys is more than a file of labs can need; looking for one that is given twice takes a time
// that grows with the square.
const mostKeys = 20_000

// entries reads a mapping: explicit keys first, then what merge keys add; an explicit key wins
// wherever << stands.
func (c *converter) entries(n *node, y *yaml.Node, depth int) {
	var merged []*node
	if keys := len(y.Content) / 2; keys > mostKeys {
		c.addf(n.at, "write fewer; a scenario has some dozens", "a mapping has %s keys", quantity.Count(keys))
		return
	}
	for i := 0; i+1 < len(y.Content); i += 2 {
		k, v := y.Content[i], y.Content[i+1]
		if k.Kind == yaml.AliasNode {
			k = k.Alias
		}
		at := pos{c.doc, y.Content[i].Line, y.Content[i].Column}
		if k.Kind != yaml.ScalarNode {
			c.addf(at, "write a word", "a key must be a word")
			continue
		}
		value := c.convert(v, depth+1)
		if k.ShortTag() == "!!merge" {
			merged = append(merged, c.sources(value)...)
			continue
		}
		key := strings.TrimSpace(k.Value)
		if r, bad := visible.Hidden(key); bad {
			c.addf(at, "take it out", "the key %q holds a control character (U+%04X)", clip(visible.Text(key)), r)
			continue
		}
		if key == "" {
			c.addf(at, "write a word before the colon", "a key is empty")
			continue
		}
		if n := utf8.RuneCountInString(key); n > mostLine {
			c.addf(at, "shorten it", "a key has %s characters", quantity.Count(n))
			continue
		}
		if (key == "source" || key == "note") && value.kind == scalarNode && visible.Formula(value.text) &&
			!strings.HasPrefix(value.text, "--set ") { // as the program itself says where a value is from
			c.addf(value.at, formulaRemedy, "the %s %q begins with %s, which spreadsheets take for a formula", key,
				clip(value.text), first(value.text))
			continue
		}
		if old := n.pair(key); old != nil {
			c.addf(at, "keep one", "%q is given twice, first on line %d", key, old.at.line)
			continue
		}
		n.pairs = append(n.pairs, pair{key, at, value})
	}
	for _, m := range merged {
		for _, p := range m.pairs {
			if n.pair(p.key) == nil {
				n.pairs = append(n.pairs, p)
			}
		}
	}
}

// sources lists the mappings that a merge key names.
func (c *converter) sources(v *node) []*node {
	list := []*node{v}
	if v.kind == sequenceNode {
		list = v.items
	}
	for _, m := range list {
		if m.kind != mappingNode && !c.stopped {
			c.addf(m.at, "write <<: *name of a mapping", "a merge key << needs a mapping")
		}
	}
	return list
}
