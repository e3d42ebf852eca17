package table

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"simulate/internal/quantity"
)

// Kind says what the cells of a column hold.
type Kind int

const (
	Text    Kind = iota // any string
	Integer             // whole numbers, always defined
	Number              // floating-point numbers, NaN where undefined
)

func (k Kind) String() string {
	switch k {
	case Text:
		return "text"
	case Integer:
		return "integer"
	case Number:
		return "number"
	}
	return "Kind(" + strconv.Itoa(int(k)) + ")"
}

// Column describes one column.
type Column struct {
	Name    string // as in the header row
	Unit    string // e.g. "USD/yr"; empty for pure numbers and text
	Meaning string // one line
	Kind    Kind
}

// Table is a table in memory, stored by column. The zero value is not usable; call New or Read.
type Table struct {
	Name    string
	Columns []Column

	cells []cells
	index map[string]int
	rows  int
	room  int // rows for which AppendRecord has made room
}

// cells are the cells of one column; only the slice of the column's kind is in use.
type cells struct {
	text    []string
	integer []int64
	number  []float64
}

// New returns an empty table. Column names must differ.
func New(name string, columns ...Column) *Table {
	t := &Table{Name: name, Columns: columns, cells: make([]cells, len(columns)), index: make(map[string]int,
		len(columns))}
	for i, c := range columns {
		if _, twice := t.index[c.Name]; twice {
			panic(fmt.Sprintf("table %s: two columns are called %q", name, c.Name))
		}
		t.index[c.Name] = i
	}
	return t
}

// Filled is a table of some rows whose cells are given by column: a []string, []int64 or []float64
// as its kind asks, which the table keeps.
func Filled(name string, rows int, columns []Column, of []any) (*Table, error) {
	t := New(name, columns...)
	t.rows, t.room = rows, rows
	for i, list := range of {
		n := 0
		switch list := list.(type) {
		case []string:
			t.cells[i].text, n = list, len(list)
		case []int64:
			t.cells[i].integer, n = list, len(list)
		case []float64:
			t.cells[i].number, n = list, len(list)
		}
		if n != rows {
			return nil, fmt.Errorf("column %s has %s for %s", columns[i].Name, quantity.Plural(n, "cell"),
				quantity.Plural(rows,
					"row"))
		}
	}
	return t, nil
}

// Led is the table behind a column of text that says the same in every row. It shares its cells.
func (t *Table) Led(by Column, text string) *Table {
	out := New(t.Name, slices.Concat([]Column{by}, t.Columns)...)
	out.cells = slices.Concat([]cells{{text: slices.Repeat([]string{text}, t.rows)}}, t.cells)
	out.rows = t.rows
	return out
}

// Append adds a row given as string, int, int64 or float64 values in column order. It panics when a
// value does not suit its column.
func (t *Table) Append(values ...any) {
	var r Record
	if err := r.Add(values...); err != nil {
		panic(fmt.Sprintf("table %s: %v", t.Name, err))
	}
	t.AppendRecord(&r)
}

// AppendRecord adds a row without allocating beyond the growth of the columns. It panics when a
// cell does not suit its column.
func (t *Table) AppendRecord(r *Record) {
	if err := r.Check(t.Columns); err != nil {
		panic(fmt.Sprintf("table %s: %v", t.Name, err))
	}
	if t.rows == t.room {
		t.grow()
	}
	for i, c := range r.cells {
		to := &t.cells[i]
		switch t.Columns[i].Kind {
		case Text:
			to.text = append(to.text, c.text)
		case Integer:
			to.integer = append(to.integer, c.integer)
		default:
			to.number = append(to.number, c.asNumber())
		}
	}
	t.rows++
}

// grow makes room for as many rows again: a long column would otherwise be moved many times.
func (t *Table) grow() {
	more := max(16, t.rows)
	t.room = t.rows + more
	for i, c := range t.Columns {
		to := &t.cells[i]
		switch c.Kind {
		case Text:
			to.text = slices.Grow(to.text, more)
		case Integer:
			to.integer = slices.Grow(to.integer, more)
		default:
			to.number = slices.Grow(to.number, more)
		}
	}
}

// Len returns the number of rows.
func (t *Table) Len() int { return t.rows }

// Has tells whether the table has a column of that name.
func (t *Table) Has(column string) bool {
	_, ok := t.index[column]
	return ok
}

// Requires is a MissingColumn for the first of some columns that the table lacks, nil for none.
func (t *Table) Requires(columns ...string) (err error) {
	defer Misfit(&err)
	for _, c := range columns {
		t.at(c)
	}
	return nil
}

// Text returns the cells of a column as strings, numbers as they are written in CSV. The slice of a
// text column is the table's own. It panics when the column does not exist.
func (t *Table) Text(column string) []string {
	i := t.at(column)
	from := t.cells[i]
	switch t.Columns[i].Kind {
	case Text:
		return from.text
	case Integer:
		out := make([]string, t.rows)
		for k, x := range from.integer {
			out[k] = strconv.FormatInt(x, 10)
		}
		return out
	}
	out := make([]string, t.rows)
	for k, x := range from.number {
		out[k] = FormatNumber(x)
	}
	return out
}

// Number returns the cells of a column as numbers, NaN where undefined or no number. The slice of a
// number column is the table's own. It panics when the column does not exist.
func (t *Table) Number(column string) []float64 {
	i := t.at(column)
	from := t.cells[i]
	if t.Columns[i].Kind == Number {
		return from.number
	}
	out := make([]float64, t.rows)
	for k := range out {
		if t.Columns[i].Kind == Integer {
			out[k] = float64(from.integer[k])
		} else if x, err := strconv.ParseFloat(from.text[k], 64); err == nil {
			out[k] = x
		} else {
			out[k] = math.NaN()
		}
	}
	return out
}

// Where returns a new table of the rows whose cell in the column reads value. It panics when the
// column does not exist.
func (t *Table) Where(column, value string) *Table {
	text := t.Text(column)
	return t.Filter(func(row int) bool { return text[row] == value })
}

// Filter returns a new table of the rows for which keep is true.
func (t *Table) Filter(keep func(row int) bool) *Table {
	out := New(t.Name, t.Columns...)
	for row := range t.rows {
		if !keep(row) {
			continue
		}
		for i, c := range t.Columns {
			from, to := t.cells[i], &out.cells[i]
			switch c.Kind {
			case Text:
				to.text = append(to.text, from.text[row])
			case Integer:
				to.integer = append(to.integer, from.integer[row])
			default:
				to.number = append(to.number, from.number[row])
			}
		}
		out.rows++
	}
	return out
}

// Distinct returns the different values of a column in the order of their first appearance. It
// panics when the column does not exist.
func (t *Table) Distinct(column string) []string {
	var out []string
	seen := map[string]bool{}
	for _, s := range t.Text(column) {
		if !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	}
	return out
}

// WriteTo sends every row to a writer with the same columns; it does not close the writer.
func (t *Table) WriteTo(w Writer) error {
	var r Record
	for row := range t.rows {
		r.Reset()
		for i, c := range t.Columns {
			switch c.Kind {
			case Text:
				r.Text(t.cells[i].text[row])
			case Integer:
				r.Integer(t.cells[i].integer[row])
			default:
				r.Number(t.cells[i].number[row])
			}
		}
		if err := w.Write(&r); err != nil {
			return err
		}
	}
	return nil
}

// Save writes the table to a file; the extension gives the format as in Create.
func (t *Table) Save(path string, metadata ...Pair) error {
	w, err := Create(path, t.Columns, metadata...)
	if err != nil {
		return err
	}
	defer w.Abort()
	if err := t.WriteTo(w); err != nil {
		return err
	}
	return w.Close()
}

func (t *Table) at(column string) int {
	i, ok := t.index[column]
	if !ok {
		missing := MissingColumn{table: t.Name, column: column}
		for _, c := range t.Columns {
			missing.has = append(missing.has, c.Name)
		}
		panic(missing)
	}
	return i
}
