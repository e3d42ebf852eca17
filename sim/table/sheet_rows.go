package table

import (
	"fmt"
	"slices"
	"strings"

	"simulate/internal/quantity"
)

// Column finds a column by its name, spaces around it and, where that is clear, capitals aside.
func (s *Sheet) Column(name string) (*SheetColumn, error) {
	name = strings.TrimSpace(name)
	if places := s.places(name); len(places) == 1 {
		return s.columns[places[0]], nil
	}
	for _, same := range []func(string) bool{func(n string) bool { return n == name },
		func(n string) bool { return strings.EqualFold(n, name) }} {
		var found []*SheetColumn
		for _, c := range s.columns {
			if same(c.Name) {
				found = append(found, c)
			}
		}
		switch {
		case len(found) == 1:
			return found[0], nil
		case len(found) > 1:
			return nil, problem(s.path, "%s are called %q; give each its own name", quantity.Plural(len(found), "column"),
				name)
		}
	}
	names := s.Names()
	remedy := ""
	if near := quantity.Nearest(name, names); near != "" {
		remedy = fmt.Sprintf("; did you mean %q?", near)
	}
	return nil, problem(s.path, "there is no column %q; it has %s%s", name, shown(names), remedy)
}

// places are where columns of a name stand.
func (s *Sheet) places(name string) []int {
	if s.named == nil {
		s.named = make(map[string][]int, len(s.columns))
		for i, c := range s.columns {
			s.named[c.Name] = append(s.named[c.Name], i)
		}
	}
	return s.named[name]
}

// Row is the place of a row in messages: FILE:LINE, or the row's number where the file has no
// lines.
func (s *Sheet) Row(row int) string {
	if s.grid == nil {
		return fmt.Sprintf("%s: row %d", s.path, row+1)
	}
	if s.cell != nil {
		return fmt.Sprintf("%s: row %d", s.path, s.Line(row))
	}
	return fmt.Sprintf("%s:%d", s.path, s.Line(row))
}

// Nth names a row in a sentence: line 3 of text, row 3 of a workbook or of Parquet.
func (s *Sheet) Nth(row int) string {
	if s.text == nil {
		return fmt.Sprintf("row %d", s.Line(row))
	}
	return fmt.Sprintf("line %d", s.Line(row))
}

// Line is the line, or row of a workbook, of a row of the table.
func (s *Sheet) Line(row int) int {
	if s.grid == nil {
		return row + 1
	}
	return int(s.grid.lines[s.shape.rows[row]])
}

// HeaderLine is the line of the names of columns.
func (s *Sheet) HeaderLine() int {
	if s.grid == nil {
		return 1
	}
	return int(s.grid.lines[s.shape.header])
}

// Without is the table without some rows, given in their order.
func (s *Sheet) Without(rows []int) *Sheet {
	if len(rows) == 0 {
		return s
	}
	out := *s
	out.notes = slices.Clone(s.notes)
	out.rows = s.rows - len(rows)
	keep := make([]int, 0, out.rows)
	for i, k := 0, 0; i < s.rows; i++ {
		if k < len(rows) && rows[k] == i {
			k++
			continue
		}
		keep = append(keep, i)
	}
	if s.shape != nil {
		shape := *s.shape
		shape.rows = make([]int, len(keep))
		for k, i := range keep {
			shape.rows[k] = s.shape.rows[i]
		}
		out.shape = &shape
	}
	out.columns = make([]*SheetColumn, len(s.columns))
	for i, c := range s.columns {
		copied := *c
		copied.sheet, copied.counted = &out, nil
		if c.typed != nil {
			copied.typed = c.typed.pick(keep)
		}
		out.columns[i] = &copied
	}
	return &out
}

func (c *TypedColumn) pick(rows []int) *TypedColumn {
	out := &TypedColumn{Name: c.Name, Numeric: c.Numeric, Why: c.Why}
	out.Load = func() (numbers []float64, text []string, err error) {
		if err := c.load(); err != nil {
			return nil, nil, err
		}
		for _, i := range rows {
			if c.numbers != nil {
				numbers = append(numbers, c.numbers[i])
			}
			if c.text != nil {
				text = append(text, c.text[i])
			}
		}
		return numbers, text, nil
	}
	return out
}
