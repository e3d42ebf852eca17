package scenario

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"simulate/internal/quantity"
	"simulate/sim"
	"simulate/sim/table"
)

// parameterSets are joint draws: each replication takes the values of one row.
type parameterSets struct {
	knobs []*Knob
	rows  [][]float64 // in the model's units, which tables and scenarios are not in
	at    []pos
}

// row is that of a replication: one after the other from a row that the seed chooses, so that
// scenarios with one seed share it.
func (p *parameterSets) row(seed uint64, replication int) []float64 {
	return p.rows[p.number(seed, replication)]
}

// number is that of the row of a replication, from 0.
func (p *parameterSets) number(seed uint64, replication int) int {
	first := int(float64(sim.DrawUniform(seed, 0, "parameter_sets") * float64(len(p.rows))))
	return (first + replication - 1) % len(p.rows)
}

// Row names the row of the parameter sets that a replication takes, and says where it is written;
// "" where the scenario has none. Results keep the name alone, for a plan is another place.
func (s *Scenario) Row(seed uint64, replication int) (name, place string) {
	if s.sets == nil {
		return "", ""
	}
	i := s.sets.number(seed, replication)
	at := s.sets.at[i]
	return fmt.Sprintf("row %d of %s", i+1, parameterSetsKey.name), fmt.Sprintf("%v:%d", at, at.col)
}

// Rows is how many rows the parameter sets have; 0 where there are none.
func (s *Scenario) Rows() int {
	if s.sets == nil {
		return 0
	}
	return len(s.sets.rows)
}

var parameterSetsKey = key[Scenario]{
	name: "parameter_sets",
	meaning: "Joint draws, as `calibrate` finds them: each replication takes one row, whatever else is said about " +
		"these PATHs but by --set. Values are written as in scenarios, or as plain numbers as in tables: money in USD, " +
		"growth as the factor of a year.",
	schema: schema{"type": "object", "required": []string{"paths", "rows"}, "additionalProperties": false,
		"properties": schema{
			"paths": schema{"type": "array", "items": schema{"type": "string"}, "minItems": 1,
				"description": "PATHs that a row gives."},
			"rows": schema{"type": "array", "items": schema{"type": "array", "items": schema{"type": []string{"number",
				"string"}}}, "minItems": 1, "description": "Lists of one value for each path."},
			"source": ref("text"), "note": ref("text"),
		}},
	bind: func(b *binder, c cell, _ visit[Scenario]) *node {
		if c.n == nil {
			return nil
		}
		return b.parameterSets(c)
	},
}

// parameterSets binds {paths, rows}. With --fix-parameters they are dropped.
func (b *binder) parameterSets(c cell) *node {
	paths, rows := c.n.get("paths"), c.n.get("rows")
	if paths == nil || rows == nil || paths.kind != sequenceNode || rows.kind != sequenceNode || len(paths.items) == 0 ||
		len(rows.items) == 0 {
		b.addf(c.n.at, "write {paths: [research.gamma, market.eta], rows: [[1.1, 1.2], [1.0, 0.9]]}", "%s needs a list of "+
			"paths and a list of rows", c.path)
		return nil
	}
	b.unknownKeys(c, []string{"paths", "rows", "source", "note"})
	out := &parameterSets{rows: make([][]float64, len(rows.items)), at: make([]pos, len(rows.items))}
	canonPaths := &node{kind: sequenceNode, flow: true}
	var columns []int
	for j, p := range paths.items {
		l, found := b.knob(p.at, c.path, p.text)
		switch {
		case !found:
		case l.IsClock():
			b.addf(p.at, "take it out; `--vary clock.end=A,B` of sweep and compare varies the clock",
				"%s: %s is of a design and not drawn", c.path, l.Path)
		case l.Words != nil:
			b.addf(p.at, "take it out", "%s: %s is a word and has no number", c.path, l.Path)
		case slices.Contains(out.knobs, l):
			b.addf(p.at, "keep one", "%s: %s is named twice", c.path, l.Path)
		case l.Given && l.position.doc.set: // --set goes before
		default:
			out.knobs, columns = append(out.knobs, l), append(columns, j)
			canonPaths.items = append(canonPaths.items, scalar(l.Path))
		}
	}
	canonRows := &node{kind: sequenceNode}
	for i, row := range rows.items {
		if row.kind != sequenceNode || len(row.items) != len(paths.items) {
			b.addf(row.at, "write "+quantity.Plural(len(paths.items), "number")+", one for each path",
				"row %d of %s does not hold "+
					"one number for each path", i+1, c.path)
			continue
		}
		out.at[i] = row.at
		canon := &node{kind: sequenceNode, flow: true}
		for k, j := range columns {
			n, l := row.items[j], out.knobs[k]
			v, err := l.ParseCell(n.text)
			if n.kind != scalarNode || err != nil {
				bad := complain("write a plain number", "%q is not a number", clip(n.text))
				var problem Problem
				if errors.As(err, &problem) {
					bad = complain(problem.Remedy, "%s", problem.Message)
				}
				b.add(n.at, bad)
				continue
			}
			if bare, err := strconv.ParseFloat(strings.TrimSpace(n.text), 64); err == nil {
				if said := l.WithoutUnit(bare); said != "" {
					what, remedy := remedied(said, "")
					b.addf(n.at, remedy, "%s: %q %s", l.Path, clip(n.text), what)
				}
			}
			out.rows[i] = append(out.rows[i], v)
			canon.items = append(canon.items, scalar(l.unit.format(v)))
		}
		canonRows.items = append(canonRows.items, canon)
	}
	if b.fixed || len(out.knobs) == 0 {
		return nil
	}
	b.s.sets = out
	return &node{kind: mappingNode, pairs: []pair{{key: "paths", value: canonPaths}, {key: "rows", value: canonRows}}}
}

// checkRows refuses rows of parameter_sets whose values cannot be together, before any run meets
// one: with the medians of what is drawn besides, and then with none of as many draws as a run
// would try.
func (b *binder) checkRows() {
	s := b.s
	if s.sets == nil {
		return
	}
	const most = 20 // rows that are named
	refused := 0
	for i, row := range s.sets.rows {
		_, err := s.Vary(s.cfg, s.sets.knobs, row)
		if err == nil {
			continue
		}
		besides, whatever := slices.DeleteFunc(slices.Clone(s.drawn), func(l *Knob) bool {
			return slices.Contains(s.sets.knobs, l)
		}), ""
		if len(besides) > 0 {
			if _, _, err = s.tried(s.Seed, 1, row); err == nil {
				continue
			}
			err, whatever = errors.Unwrap(err), ", whatever is drawn besides"
		}
		b.addf(s.sets.at[i], "change the row or take it out", "row %d of %s cannot be%s: %v", i+1, parameterSetsKey.name,
			whatever, err)
		if refused++; refused == most {
			return
		}
	}
}

// besides are the columns of a file of parameter vectors that are not PATHs.
var besides = []string{"member", "worst"}

// readParameterSets reads a table with a column per PATH and a row per vector, as `calibrate`
// writes it, into the tree of the key parameter_sets. notes say what was found out about the table.
func (l *loader) readParameterSets(path string) (sets *node, notes []string) {
	doc := &document{name: path}
	const form = "write a header of PATHs, then a row of numbers for each vector"
	t, err := table.Open(l.at(path), nil, table.Options{})
	if err != nil {
		l.addCells(doc, err, form)
		return nil, nil
	}
	if err := t.RefuseUnits("write the unit into each cell, as in €40M/yr"); err != nil {
		l.addCells(doc, err, form)
		return nil, nil
	}
	var paths []*node
	var columns []*table.SheetColumn
	var values [][]float64
	var dates [][]string
	for _, c := range t.Columns() {
		if slices.Contains(besides, c.Name) {
			continue
		}
		columns = append(columns, c)
		paths = append(paths, &node{kind: scalarNode, text: c.Name, at: pos{doc, t.HeaderLine(), c.Position()}})
		numbers, err := c.Numbers(true)
		// where a cell is no number that is said when it is bound
		if err != nil && !slices.ContainsFunc(numbers.Values, math.IsNaN) {
			l.addCells(doc, err, "write a point before decimals and nothing between thousands")
		}
		if err != nil || numbers.Percent || numbers.Currency != "" {
			numbers.Values = nil
		}
		values = append(values, numbers.Values)
		var texts []string
		if !c.IsNumeric() {
			if texts, err = c.Dates(); err != nil {
				l.addCells(doc, err, form)
			}
		}
		dates = append(dates, texts)
	}
	rows := make([]*node, t.Len())
	for i := range rows {
		rows[i] = &node{kind: sequenceNode}
		for j, c := range columns {
			line, column := c.At(i)
			n := &node{kind: scalarNode, text: c.Text(i), at: pos{doc, line, column}}
			if values[j] != nil && !math.IsNaN(values[j][i]) {
				n.text = formatNumber(values[j][i])
			} else if dates[j] != nil {
				n.text = dates[j][i]
			}
			rows[i].items = append(rows[i].items, n)
		}
		rows[i].at = pos{doc, t.Line(i), 1}
	}
	if len(rows) == 0 || len(paths) == 0 {
		l.addf(pos{doc: doc}, form, "the file holds no vectors")
		return nil, nil
	}
	for _, note := range t.Notes() {
		notes = append(notes, fmt.Sprintf("%s: %s.", path, note))
	}
	start := pos{doc, 1, 1}
	return mappingAt(start, pair{"paths", start, &node{kind: sequenceNode, at: start, items: paths}}, pair{"rows", start,
		&node{kind: sequenceNode, at: start, items: rows}}), notes
}

// addCells adds what the package table says of the cells of a file, each at its place.
func (l *loader) addCells(doc *document, err error, otherwise string) {
	for line := range strings.Lines(err.Error()) {
		what, remedy := remedied(strings.TrimSpace(line), otherwise)
		what = strings.TrimPrefix(what, l.at(doc.name))
		at := pos{doc: doc}
		if n, _ := fmt.Sscanf(what, ":%d:%d: ", &at.line, &at.col); n > 0 {
			at.col = max(at.col, 1)
			_, what, _ = strings.Cut(what, ": ")
		}
		l.addf(at, remedy, "%s", strings.TrimPrefix(what, ": "))
	}
}

// remedied parts a message of the package table into what is wrong and what to write.
func remedied(text, otherwise string) (what, remedy string) {
	if i := strings.LastIndex(text, "; "); i >= 0 {
		return text[:i], text[i+2:]
	}
	return text, otherwise
}
