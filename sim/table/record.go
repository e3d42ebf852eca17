package table

import (
	"fmt"
	"math"
	"strconv"

	"simulate/internal/quantity"
)

// Record collects the cells of one row in column order. Reuse one record for many rows: after the
// first rows nothing is allocated.
type Record struct{ cells []cell }

type cell struct {
	kind    Kind
	text    string
	integer int64
	number  float64
}

// Reset empties the record and returns it.
func (r *Record) Reset() *Record {
	r.cells = r.cells[:0]
	return r
}

// Text adds a text cell.
func (r *Record) Text(s string) *Record {
	r.cells = append(r.cells, cell{kind: Text, text: s})
	return r
}

// Integer adds a whole number. A number column takes it too.
func (r *Record) Integer(n int64) *Record {
	r.cells = append(r.cells, cell{kind: Integer, integer: n})
	return r
}

// Number adds a floating-point number; NaN is an undefined value.
func (r *Record) Number(x float64) *Record {
	r.cells = append(r.cells, cell{kind: Number, number: x})
	return r
}

// Cell is a cell as a codec writes it: its text, its whole number, and its number, whichever it
// holds.
func (r *Record) Cell(i int) (text string, integer int64, number float64) {
	c := r.cells[i]
	return c.text, c.integer, c.asNumber()
}

// Add adds cells given as string, int, int64 or float64.
func (r *Record) Add(values ...any) error {
	for i, v := range values {
		switch v := v.(type) {
		case string:
			r.Text(v)
		case int:
			r.Integer(int64(v))
		case int64:
			r.Integer(v)
		case float64:
			r.Number(v)
		default:
			return fmt.Errorf("cell %d: a %T is neither string, int, int64 nor float64", i+1, v)
		}
	}
	return nil
}

// Check tells whether the cells suit the columns.
func (r *Record) Check(columns []Column) error {
	if len(r.cells) != len(columns) {
		return fmt.Errorf("a row has %s for %s", quantity.Plural(len(r.cells), "cell"), quantity.Plural(len(columns),
			"column"))
	}
	for i, c := range r.cells {
		want := columns[i].Kind
		if c.kind != want && !(c.kind == Integer && want == Number) {
			return fmt.Errorf("column %s: the cell is of kind %s, the column of kind %s", columns[i].Name, c.kind, want)
		}
	}
	return nil
}

func (c cell) asNumber() float64 {
	if c.kind == Integer {
		return float64(c.integer)
	}
	return c.number
}

// FormatNumber writes a number as CSV files hold it: nine significant digits, whole numbers below
// 1e15 in full and without exponent, infinities as Inf and -Inf, NaN as the empty string.
func FormatNumber(x float64) string { return string(appendNumber(nil, x)) }

func appendNumber(b []byte, x float64) []byte {
	switch {
	case math.IsNaN(x):
		return b
	case math.IsInf(x, 1):
		return append(b, "Inf"...)
	case math.IsInf(x, -1):
		return append(b, "-Inf"...)
	case x == math.Trunc(x) && math.Abs(x) < 1e15:
		return strconv.AppendInt(b, int64(x), 10)
	}
	return strconv.AppendFloat(b, x, 'g', 9, 64)
}
