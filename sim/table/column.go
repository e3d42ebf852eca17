package table

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// SheetColumn is a column of a Sheet.
type SheetColumn struct {
	Name string

	sheet *Sheet
	index int          // of the cell in the file's rows
	typed *TypedColumn // of a file of columns

	counted *holds // nil: its cells have not been counted
}

// Text is a cell as it stands, without spaces around it; a typed number as CSV files hold it.
func (c *SheetColumn) Text(row int) string {
	if c.typed == nil {
		return c.sheet.grid.at(c.sheet.shape.rows[row], c.index)
	}
	switch {
	case c.readable() != nil:
	case c.typed.text != nil:
		return c.typed.text[row]
	case c.typed.numbers != nil:
		return FormatNumber(c.typed.numbers[row])
	}
	return ""
}

// Place is where a cell stands, with its column: FILE:LINE:COLUMN: column NAME.
func (c *SheetColumn) Place(row int) string {
	s := c.sheet
	place := s.Row(row)
	switch {
	case c.typed != nil:
	case s.cell != nil:
		place = s.cell(s.Line(row), c.index+1)
	case s.text != nil:
		place = s.text.place(s.grid, s.shape.rows[row], c.index)
	}
	return place + ": column " + c.Name
}

// At is the line of a cell and its column in the line, both from 1; of a file without lines the row
// and the cell.
func (c *SheetColumn) At(row int) (line, column int) {
	s := c.sheet
	if s.text == nil {
		return s.Line(row), c.index + 1
	}
	return s.text.at(s.grid, s.shape.rows[row], c.index)
}

// Position is where the column stands in the header: the first letter of its name, or the cell
// where the file has no lines.
func (c *SheetColumn) Position() int {
	if s := c.sheet; s.text != nil {
		_, at := s.text.at(s.grid, s.shape.header, c.index-s.shape.shift)
		return at
	}
	return c.index + 1
}

// Words are all cells as text, for labels and keys. An empty cell, NA and NaN are "".
func (c *SheetColumn) Words() ([]string, error) {
	if err := c.readable(); err != nil {
		return nil, err
	}
	out := make([]string, c.sheet.rows)
	for i := range out {
		if s := c.Text(i); !isBlank(s) {
			out[i] = s
		}
	}
	return out, nil
}

func (c *SheetColumn) readable() error {
	switch {
	case c.typed == nil:
		return nil
	case c.typed.Why != "":
		return problem(c.sheet.path, "column %s holds %s; write it as numbers or text, or leave it out", c.Name,
			c.typed.Why)
	}
	if err := c.typed.load(); err != nil {
		return problem(c.sheet.path, "column %s: %v", c.Name, err)
	}
	return nil
}

// IsNumeric tells a column of numbers, some of which may be mistyped, from one of words: more than
// half of its filled cells begin as numbers do.
func (c *SheetColumn) IsNumeric() bool {
	if c.typed != nil && (c.typed.Numeric || c.typed.Why != "" || c.readable() != nil) {
		return c.typed.Numeric
	}
	n, _, filled, _ := c.Holds()
	return 2*n > filled
}

// Numbers are the numbers of a column.
type Numbers struct {
	Values   []float64 // NaN where there is none
	Missing  []int     // rows without one
	Currency string    // the sign that amounts carry; "" for none
	Percent  bool      // the cells are percentages; Values are parts of 1 or, with Percentages, of 100
}

// tally is what the cells of a column say of how they are written.
type tally struct {
	first     [forms]int // the first row of each form, from 1; 0: none
	percent   int        // cells
	percents  []int      // their rows
	plain     int
	percentAt int // the first such row
	plainAt   int
	currency  string
	bare      bool // some amounts are without the sign of a currency
	behind    int  // the first row with a minus behind the number, from 1; 0: none
}

// infinite reads a word for ±∞; 0 for others.
func infinite(s string) float64 {
	switch s {
	case "Inf", "+Inf", "inf", "Infinity", "∞":
		return math.Inf(1)
	case "-Inf", "-inf", "-Infinity", "-∞", "−∞":
		return math.Inf(-1)
	}
	return 0
}

// Numbers reads the column. Which mark is the decimal one is what its cells prove, or those of
// other columns, or what is usual beside the mark that parts cells, which is then noted; where none
// of that decides the column is refused, as are words. Percentages become parts of 1, or stay as
// they are written where asScale is true. Beside an error the rest of the column is returned, so
// that what else is wrong with it can be told at once.
func (c *SheetColumn) Numbers(asScale bool) (*Numbers, error) { return c.read(asScale, false) }

// Parts is Numbers(false) for a column whose cells are of several quantities, so that a percentage
// may stand beside amounts.
func (c *SheetColumn) Parts() (*Numbers, error) { return c.read(false, true) }

// IsMissing tells whether a cell says that there is no number.
func (c *SheetColumn) IsMissing(row int) bool { return isMissing(c.Text(row)) }

func (c *SheetColumn) read(asScale, several bool) (*Numbers, error) {
	if err := c.readable(); err != nil {
		return nil, err
	}
	out := &Numbers{Values: make([]float64, c.sheet.rows)}
	if c.typed != nil && c.typed.numbers != nil {
		copy(out.Values, c.typed.numbers)
		for i, v := range out.Values {
			if math.IsNaN(v) {
				out.Missing = append(out.Missing, i)
			}
		}
		return out, nil
	}
	t := tally{percentAt: -1, plainAt: -1}
	var wrong Problems
	var later []int // rows that depend on the decimal mark
	for i := range out.Values {
		s := c.Text(i)
		if isMissing(s) {
			out.Values[i] = math.NaN()
			out.Missing = append(out.Missing, i)
			continue
		}
		f := dissect(s)
		if f.form == noNumber || f.form == code {
			if out.Values[i] = infinite(s); out.Values[i] == 0 {
				out.Values[i] = math.NaN()
				wrong.Add(c.Place(i), "%s%s", notANumber(s, f), c.headerDoubt(i))
			}
			continue
		}
		if bad := t.add(i, f); bad != "" {
			wrong.Add(c.Place(i), "%s", bad)
			continue
		}
		if f.form != integral && f.form != pointed && f.form != eitherWay {
			later = append(later, i)
			continue
		}
		v, ok := f.value('.')
		if !ok {
			wrong.Add(c.Place(i), "%q is too large for a number; write it in a larger unit", clip(s))
		}
		out.Values[i] = v
	}
	if len(wrong) == 0 && !several {
		wrong = c.mixed(&t)
	}
	if len(wrong) > 0 {
		return out, wrong
	}
	decimal, err := c.decimalMark(&t)
	if err == nil && (decimal == ',' || len(later) > 0) {
		err = c.reread(out, decimal)
	}
	if err != nil {
		return out, err
	}
	c.finish(out, &t, asScale, several)
	return out, nil
}

// add counts a cell; it says what is wrong where currencies differ.
func (t *tally) add(row int, f figure) string {
	if t.first[f.form] == 0 {
		t.first[f.form] = row + 1
	}
	if f.percent {
		if t.percent++; t.percentAt < 0 {
			t.percentAt = row
		}
		t.percents = append(t.percents, row)
	} else if t.plain++; t.plainAt < 0 {
		t.plainAt = row
	}
	if f.behind && t.behind == 0 {
		t.behind = row + 1
	}
	switch {
	case f.currency == "":
		t.bare = true
	case t.currency == "":
		t.currency = f.currency
	case t.currency != f.currency:
		return fmt.Sprintf("an amount in %s stands beside amounts in %s; write all in one currency", f.currency,
			t.currency)
	}
	return ""
}

// mixed refuses percentages beside plain numbers: which of them are meant as parts of 1 nobody can
// know.
func (c *SheetColumn) mixed(t *tally) Problems {
	if t.percent == 0 || t.plain == 0 {
		return nil
	}
	var wrong Problems
	odd, usual := t.percentAt, t.plainAt
	if t.percent > t.plain {
		odd, usual = usual, odd
	}
	text, other := c.Text(odd), c.Text(usual)
	f := dissect(text)
	v, _ := f.value('.')
	o, _ := dissect(other).value('.')
	switch {
	case !f.percent:
		wrong.Add(c.Place(odd), "%q stands beside percentages such as %s; write it with the sign %%, or all without",
			clip(text), clip(other))
	case math.Abs(o) <= 1:
		wrong.Add(c.Place(odd), "%q is a percentage beside plain numbers such as %s; write %s, as a fraction like the "+
			"others", clip(text), clip(other), FormatNumber(hundredth(v)))
	default:
		wrong.Add(c.Place(odd), "%q is a percentage beside plain numbers such as %s; write %s if all are percentages",
			clip(text), clip(other), FormatNumber(v))
	}
	return wrong
}

// reread reads all cells once more with a decimal mark that is not the point, or with thousands.
func (c *SheetColumn) reread(out *Numbers, decimal rune) error {
	var wrong Problems
	for i := range out.Values {
		s := c.Text(i)
		if isMissing(s) || infinite(s) != 0 {
			continue
		}
		v, ok := dissect(s).value(decimal)
		if !ok {
			name := map[rune]string{'.': "points", ',': "commas", 0: "points"}[decimal]
			wrong.Add(c.Place(i), "%q is not a number where decimal marks are %s; write it as the others", clip(s), name)
		}
		out.Values[i] = v
	}
	if len(wrong) > 0 {
		return wrong
	}
	return nil
}

// finish brings percentages to their scale and notes what was taken off.
func (c *SheetColumn) finish(out *Numbers, t *tally, asScale, several bool) {
	s := c.sheet
	out.Percent, out.Currency = t.percent > 0, t.currency
	if out.Percent && !asScale {
		for _, i := range t.percents {
			out.Values[i] = hundredth(out.Values[i])
		}
		s.Note(fmt.Sprintf("column %s: percentages are read as parts of 1 (%s is %s)", c.Name, clip(c.Text(t.percentAt)),
			FormatNumber(out.Values[t.percentAt])))
	}
	if t.behind > 0 {
		s.Note(fmt.Sprintf("column %s: a minus behind a number is read as one before it (%s is %s)", c.Name,
			clip(c.Text(t.behind-1)), FormatNumber(out.Values[t.behind-1])))
	}
	switch {
	case t.currency != "" && t.bare && !several:
		s.Note(fmt.Sprintf("column %s: only some amounts have the sign %s; all are taken to be in it", c.Name,
			t.currency))
	case t.currency != "" && !several:
		s.Note(fmt.Sprintf("column %s: the sign %s is taken off", c.Name, t.currency))
	}
}

// hundredth is v/100 as it would be written: .123 of 12.3.
func hundredth(v float64) float64 {
	if part, err := strconv.ParseFloat(strconv.FormatFloat(v, 'f', -1, 64)+"e-2", 64); err == nil {
		return part
	}
	return v / 100
}

// notANumber says what is wrong with a cell of a column of numbers and what to write.
func notANumber(s string, f figure) string {
	low := strings.ToLower(s)
	shown := fmt.Sprintf("%q is not a number; ", clip(s))
	switch {
	case f.form == code:
		return fmt.Sprintf("%q begins with a zero as a code does; write the number without it", clip(s))
	case low == "true" || low == "false" || low == "yes" || low == "no":
		return shown + "write 1 for yes and 0 for no"
	case strings.HasPrefix(s, "#"):
		return shown + "it is an error of the spreadsheet, whose formula wants mending"
	case remedyOf(s) != "":
		return shown + remedyOf(s)
	case strings.HasPrefix(s, "="):
		return shown + "it is a formula; save the values"
	case strings.Contains(s, "±"):
		return shown + "write the value alone"
	case low != "" && isDigit(low[0]) && strings.ContainsAny(low, "kmbt"):
		return shown + "write it out, 6000000 for 6M"
	case strings.IndexAny(low, "<>≤≥~≈") == 0:
		return shown + "it is a bound or an estimate; write the value to reckon with, as 0.5 for <1"
	}
	return shown + "write digits, as in 12.5"
}

// MissingCells refuses rows of a column without a value; option is what leaves such rows out.
func (c *SheetColumn) MissingCells(rows []int, remedy string) error {
	var wrong Problems
	for _, i := range rows {
		switch s := c.Text(i); {
		case c.typed != nil:
			wrong.Add(c.Place(i), "there is no value; %s", remedy)
		case s == "" && c.index >= c.sheet.grid.width(c.sheet.shape.rows[i]):
			wrong.Add(c.sheet.Row(i), "the row ends before column %s; %s", c.Name, remedy)
		case s == "":
			wrong.Add(c.Place(i), "the cell is empty; %s", remedy)
		default:
			wrong.Add(c.Place(i), "%q says that there is no value; %s", s, remedy)
		}
	}
	if len(wrong) > 0 {
		return wrong
	}
	return nil
}
