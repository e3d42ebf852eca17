package observed

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"simulate/internal/quantity"
	"simulate/sim/table"
)

var (
	required = []string{"quantity", "date", "value"}
	optional = []string{"entity", "from", "known", "low", "high", "unit", "kind", "source", "licence", "note"}
)

// Read reads observations from a table in memory; see FromSheet.
func Read(name string, r io.Reader) ([]Point, error) {
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	s, err := table.Decode(name, data, table.Options{})
	if err != nil {
		return nil, err
	}
	return FromSheet(s)
}

// FromSheet reads observations from a table with the columns quantity, date and value, and where
// wanted entity, from, known, low, high, unit, kind, source, licence and note. Its error is
// table.Problems: every mistake with file, line and what to write.
func FromSheet(s *table.Sheet) ([]Point, error) {
	var wrong table.Problems
	of := map[string]*table.SheetColumn{}
	for _, name := range slices.Concat(required, optional) {
		if c, err := s.Column(name); err == nil {
			of[name] = c
		} else if slices.Contains(required, name) {
			wrong.Add(s.Path(), "there is no column %q; the first line names %s and, where wanted, %s", name,
				strings.Join(required, ", "), strings.Join(optional, ", "))
		}
	}
	for _, c := range s.Columns() {
		if name := strings.ToLower(c.Name); !slices.Contains(required, name) && !slices.Contains(optional, name) {
			wrong.Add(s.Path(), "column %q is not known; there are %s, %s", c.Name, strings.Join(required, ", "),
				strings.Join(optional, ", "))
		}
	}
	if len(wrong) > 0 {
		return nil, wrong
	}
	if err := s.RefuseUnits("say them row by row in a column unit"); err != nil {
		return nil, err
	}
	numbers := map[string][]float64{}
	for _, name := range []string{"low", "value", "high"} {
		c := of[name]
		if c == nil {
			continue
		}
		n, err := c.Parts()
		if bad, ok := err.(table.Problems); ok {
			wrong = append(wrong, bad...)
		} else if err != nil {
			return nil, err
		}
		if n == nil {
			continue
		}
		numbers[name] = n.Values
		if !slices.Contains([]string{"", "$", "US$", "USD"}, n.Currency) {
			wrong.Add(s.Path(), "column %s: amounts are in %s and the model counts in US dollars; convert them and say so "+
				"under note", name, n.Currency)
		}
	}
	dates, undated := map[string][]string{}, false
	for _, name := range []string{"date", "known", "from"} {
		if c := of[name]; c != nil {
			texts, err := c.Dates()
			if bad, ok := err.(table.Problems); ok {
				wrong, undated = append(wrong, bad...), true
			}
			dates[name] = texts
		}
	}
	if undated {
		return nil, wrong
	}
	out := make([]Point, s.Len())
	for i := range out {
		r := row{of: of, numbers: numbers, dates: dates, index: i, where: s.Row(i)}
		out[i] = r.point()
		wrong = append(wrong, r.wrong...)
	}
	for i, p := range out {
		again := func(q Point) bool {
			return p.Quantity == q.Quantity && p.Entity == q.Entity && p.Day == q.Day && p.KnownDay == q.KnownDay &&
				(p.Unit == Growth) == (q.Unit == Growth)
		}
		if first := slices.IndexFunc(out, again); first < i && p.Quantity != "" {
			wrong.Add(p.Where, "%s at %s is given twice, first in line %d; keep one, or say under known when each was known",
				strings.TrimSpace(p.Quantity+" "+p.Entity), p.Day, s.Line(first))
		}
	}
	if len(wrong) > 0 {
		return nil, wrong
	}
	return out, nil
}

// row is one line of a file and what is wrong with it.
type row struct {
	of      map[string]*table.SheetColumn
	numbers map[string][]float64
	dates   map[string][]string
	index   int
	where   string
	wrong   table.Problems
}

func (r *row) bad(remedy, form string, a ...any) {
	r.wrong.Add(r.where, "%s", fmt.Sprintf(form, a...)+"; "+remedy)
}

// badCell is bad of one cell.
func (r *row) badCell(column, remedy, form string, a ...any) {
	r.wrong.Add(r.at(column), "%s", fmt.Sprintf(form, a...)+"; "+remedy)
}

// at is where a cell stands.
func (r *row) at(column string) string {
	if c := r.of[column]; c != nil {
		return c.Place(r.index)
	}
	return r.where
}

func (r *row) text(column string) string {
	if r.of[column] == nil {
		return ""
	}
	return r.of[column].Text(r.index)
}

// date is a cell of a date, in the order of ISO 8601.
func (r *row) date(column string) string {
	if texts := r.dates[column]; texts != nil {
		return texts[r.index]
	}
	return ""
}

func (r *row) number(column string) float64 {
	v := math.NaN()
	if values := r.numbers[column]; values != nil {
		v = values[r.index]
	}
	if math.IsInf(v, 0) {
		r.badCell(column, "write a plain number in the model's unit", "%q is not a finite number", r.text(column))
	}
	return v
}

func (r *row) point() Point {
	p := Point{
		Quantity: r.text("quantity"), Entity: r.text("entity"), Day: r.date("date"), From: math.NaN(), Unit: r.text("unit"),
		Kind: r.text("kind"),
		Low:  r.number("low"), Value: r.number("value"), High: r.number("high"),
		Source: r.text("source"), Licence: r.text("licence"), Note: r.text("note"), Where: r.where,
		cells: map[string]string{},
	}
	for name := range r.of {
		p.cells[name] = r.at(name)
	}
	if p.Kind == "" {
		p.Kind = Kinds[0]
	}
	ok := false
	if _, p.Date, ok = period(p.Day); !ok {
		r.badCell("date", "write a day as 2024-12-31, or a month as 2024-12, or a quarter as 2024-Q4, for its last day",
			"%q is not a date", p.Day)
	} else if len(p.Day) != len("2024-12-31") {
		p.Day = quantity.LastDay(p.Date)
	}
	p.Known, p.KnownDay = p.Date, p.Day
	if known := r.date("known"); known != "" {
		if _, p.Known, ok = period(known); !ok {
			r.badCell("known", "write the day on which the value was known, as 2025-01-28, or a month for its last day",
				"%q is not a date", known)
		}
		p.KnownDay = quantity.LastDay(p.Known)
	}
	if from := r.date("from"); from != "" {
		if p.From, _, ok = period(from); !ok {
			r.badCell("from", "write a day as 2024-10-01, or a month as 2024-10 for its first day", "%q is not a date", from)
		} else if p.From >= p.Date {
			r.badCell("from", "write the first day of what the value is a mean of", "%s is after the date", from)
		}
	}
	switch {
	case p.Quantity == "":
		r.badCell("quantity", "write a metric, or a variable with its lab", "there is no quantity")
	case math.IsNaN(p.Value) && r.empty():
		r.badCell("value", "write a number, or take the row out", "there is no value")
	case p.Low > p.Value || p.High < p.Value:
		r.badCell("value", "write low ≤ value ≤ high", "the value lies outside its interval")
	case math.IsNaN(p.Low) != math.IsNaN(p.High):
		r.bad("write both or neither", "only one of low and high is given")
	case !slices.Contains(Kinds, p.Kind):
		r.badCell("kind", "write one of "+strings.Join(Kinds, ", "), "%q is not known", p.Kind)
	}
	return p
}

// empty tells whether the row's value is missing, not mistyped, which is said elsewhere.
func (r *row) empty() bool { return r.of["value"].IsMissing(r.index) }
