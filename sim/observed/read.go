package observed

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"simulate/internal/quantity"
	"simulate/sim/table"
)

var (
	required = []string{"quantity", "date", "value"}
	optional = []string{"entity", "from", "low", "high", "unit", "kind", "source", "licence", "note"}
)

// Read reads observations from CSV with a header: the columns quantity, date and value, and where wanted entity, from, low,
// high, unit, kind, source, licence and note. Its error is Problems: every mistake with file, line and what to write.
func Read(name string, r io.Reader) ([]Point, error) {
	t, err := table.ReadCSV(name, r)
	if err != nil {
		return nil, Problems{name + ": " + err.Error()}
	}
	var wrong Problems
	for _, c := range required {
		if !t.Has(c) {
			wrong = append(wrong, fmt.Sprintf("%s: there is no column %q; the first line names %s and, where wanted, %s", name, c, strings.Join(required, ", "), strings.Join(optional, ", ")))
		}
	}
	for _, c := range t.Columns {
		if !slices.Contains(required, c.Name) && !slices.Contains(optional, c.Name) {
			wrong = append(wrong, fmt.Sprintf("%s: column %q is not known; there are %s, %s", name, c.Name, strings.Join(required, ", "), strings.Join(optional, ", ")))
		}
	}
	if len(wrong) > 0 {
		return nil, wrong
	}
	out := make([]Point, t.Len())
	for i := range out {
		r := row{table: t, index: i, where: fmt.Sprintf("%s:%d", name, i+2)}
		out[i] = r.point()
		wrong = append(wrong, r.wrong...)
	}
	for i, p := range out {
		again := func(q Point) bool {
			return p.Quantity == q.Quantity && p.Entity == q.Entity && p.Day == q.Day && (p.Unit == Growth) == (q.Unit == Growth)
		}
		if first := slices.IndexFunc(out, again); first < i && p.Quantity != "" {
			wrong = append(wrong, fmt.Sprintf("%s: %s at %s is given twice, first in row %d; keep one", p.Where, strings.TrimSpace(p.Quantity+" "+p.Entity), p.Day, first+2))
		}
	}
	if len(wrong) > 0 {
		return nil, wrong
	}
	return out, nil
}

// row is one line of a file and what is wrong with it.
type row struct {
	table *table.Table
	index int
	where string
	wrong Problems
}

func (r *row) bad(remedy, form string, a ...any) {
	r.wrong = append(r.wrong, r.where+": "+fmt.Sprintf(form, a...)+"; "+remedy)
}

func (r *row) text(column string) string {
	if !r.table.Has(column) {
		return ""
	}
	return strings.TrimSpace(r.table.Text(column)[r.index])
}

func (r *row) number(column string) float64 {
	s := r.text(column)
	if s == "" || s == "NA" {
		return math.NaN()
	}
	v, err := strconv.ParseFloat(s, 64)
	if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
		r.bad("write a plain number in the model's unit", "%s %q is not a number", column, s)
	}
	return v
}

func (r *row) point() Point {
	p := Point{
		Quantity: r.text("quantity"), Entity: r.text("entity"), Day: r.text("date"), From: math.NaN(), Unit: r.text("unit"), Kind: r.text("kind"),
		Low: r.number("low"), Value: r.number("value"), High: r.number("high"),
		Source: r.text("source"), Licence: r.text("licence"), Note: r.text("note"), Where: r.where,
	}
	if p.Kind == "" {
		p.Kind = Kinds[0]
	}
	ok := false
	if _, p.Date, ok = period(p.Day); !ok {
		r.bad("write a day as 2024-12-31, or a month as 2024-12 for its last day", "date %q is not a date", p.Day)
	} else if len(p.Day) == len("2024-12") {
		p.Day = quantity.LastDay(p.Date)
	}
	if from := r.text("from"); from != "" {
		if p.From, _, ok = period(from); !ok {
			r.bad("write a day as 2024-10-01, or a month as 2024-10 for its first day", "from %q is not a date", from)
		} else if p.From >= p.Date {
			r.bad("write the first day of what the value is a mean of", "from %s is after the date", from)
		}
	}
	switch {
	case p.Quantity == "":
		r.bad("write a metric, or a variable with its lab", "there is no quantity")
	case r.text("value") == "":
		r.bad("write a number, or take the row out", "there is no value")
	case p.Low > p.Value || p.High < p.Value:
		r.bad("write low ≤ value ≤ high", "the value lies outside its interval")
	case math.IsNaN(p.Low) != math.IsNaN(p.High):
		r.bad("write both or neither", "only one of low and high is given")
	case !slices.Contains(Kinds, p.Kind):
		r.bad("write one of "+strings.Join(Kinds, ", "), "kind %q is not known", p.Kind)
	}
	return p
}
