package observed

import (
	"math"
	"simulate/internal/quantity"
	"slices"
	"strings"
	"testing"
)

// Every built-in observation names its source and unit, Epoch's its licence, and none is later than
// 2024.
func TestBuiltin(t *testing.T) {
	points := Builtin()
	if len(points) < 60 {
		t.Fatalf("%d observations", len(points))
	}
	for _, p := range points {
		if p.Source == "" || p.Unit == "" {
			t.Errorf("%s: no source or unit", p.Where)
		}
		if strings.Contains(p.Source, "Epoch") && !strings.Contains(p.Licence, "CC BY 4.0") {
			t.Errorf("%s: no licence", p.Where)
		}
		if p.Date > 2025 {
			t.Errorf("%s: %s is after the end of 2024", p.Where, p.Day)
		}
	}
}

func TestReadDatesAndIntervals(t *testing.T) {
	text := "quantity,entity,from,date,low,value,high\nsupplier_revenue,,2024-02,2024-04,,9e10,\n" +
		"compute_used,xai,,2024-12-31,1,2,3\n"
	points, err := Read("mine.csv", strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	quarter, instant := points[0], points[1]
	if math.Abs(quarter.From-(2024+1.0/12)) > 1e-9 || math.Abs(quarter.Date-(2024+4.0/12)) > 1e-9 ||
		quarter.Day != "2024-04-30" || quarter.Value != 9e10 {
		t.Errorf("quarter %+v", quarter)
	}
	if instant.Date != 2025 || !math.IsNaN(instant.From) || instant.Low != 1 || instant.High != 3 ||
		instant.Entity != "xai" || instant.Kind != "data" {
		t.Errorf("instant %+v", instant)
	}
}

func TestMistakesAreNamedByLine(t *testing.T) {
	for text, want := range map[string]string{
		"quantity,value\nx,1\n":                           `no column "date"`,
		"quantity,date,value,colour\nx,2024-12,1,red\n":   `column "colour" is not known`,
		"quantity,date,value\nx,2024-12,1\nx,2024-13,1\n": `mine.csv:3:3: column date: "2024-13" is not a date`,
		"quantity,date,value\nx,2024-12,many\n":           `mine.csv:2:11: column value: "many" is not a number`,
		"quantity,date,value\nx,2024-12,\n":               `mine.csv:2:11: column value: there is no value`,
		"quantity,date,low,value,high\nx,2024-12,2,1,3\n": `outside its interval`,
		"quantity,date,low,value,high\nx,2024-12,1,2,\n":  `only one of low and high`,
		"quantity,date,value,kind\nx,2024-12,1,rumour\n":  `column kind: "rumour" is not known`,
		"quantity,date,value\nx,2024-12,1\ny,2024-12,1\nx,2024-12-31,2\n": "" +
			`mine.csv:4: x at 2024-12-31 is given twice, first in line 2; keep one`,
		"quantity,from,date,value\nx,2025-01,2024-12,1\n":                  `column from: 2025-01 is after`,
		"quantity,date,value\n,2024-12,1\nx,yesterday,1\nx,2024-12,lots\n": "yesterday",
	} {
		_, err := Read("mine.csv", strings.NewReader(text))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q gives %v, want %q", text, err, want)
		}
	}
}

// A later observation of the same day replaces an earlier one; series are in the order of dates.
func TestJoin(t *testing.T) {
	at := func(q, day string, v float64) Point {
		d, err := Date(day)
		if err != nil {
			t.Fatal(err)
		}
		return Point{Quantity: q, Day: day, Date: d, Value: v}
	}
	all := Join([]Point{at("a", "2024-12-31", 3), at("b", "2024-12-31", 9), at("a", "2023-12-31", 1), at("a",
		"2024-12-31", 4)})
	if len(all) != 2 || len(all[0].Points) != 2 || all[0].Points[0].Value != 1 || all[0].Points[1].Value != 4 {
		t.Fatalf("%+v", all)
	}
	until, after := all[0].Until(2024)
	if len(until) != 1 || len(after) != 1 || after[0].Value != 4 {
		t.Errorf("until 2024: %v, after: %v", until, after)
	}
}

func TestDaysComeBack(t *testing.T) {
	for _, day := range []string{"2024-12-31", "2024-01-31", "2024-02-29", "2023-02-14", "2024-03-01"} {
		at, err := Date(day)
		if err != nil {
			t.Fatal(err)
		}
		if got := quantity.LastDay(at); got != day {
			t.Errorf("%s comes back as %s", day, got)
		}
	}
}

// A value has a day it is for and a day on which it was known: a cut parts observations by both,
// plans stand aside, and of several values of a day the one known last counts.
func TestWhatWasKnown(t *testing.T) {
	text := "quantity,date,known,value\n" +
		"x,2023-12,,1\n" + // known at its date
		"x,2024-12,2025-03,2\n" + // published with delay
		"x,2025-12,2025-01-15,3\n" + // a plan
		"x,2025-12,2026-02,4\n" + // what came of it
		"x,2023-12,2024-06,1.5\n" // a revision
	points, err := Read("mine.csv", strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	s := Join(points)[0]
	values := func(points []Point) (out []float64) {
		for _, p := range points {
			out = append(out, p.Value)
		}
		return out
	}
	for _, c := range []struct {
		cut                 string
		until, after, plans []float64
	}{
		{"2024-01", []float64{1}, []float64{2, 4}, nil},
		{"2025-01", []float64{1.5}, []float64{4}, []float64{3}},
		{"2025-06", []float64{1.5, 2}, []float64{4}, []float64{3}},
		{"2026-06", []float64{1.5, 2, 4}, nil, nil},
	} {
		date, err := Date(c.cut)
		if err != nil {
			t.Fatal(err)
		}
		until, after := s.Until(date)
		if plans := s.Plans(date); !slices.Equal(values(until), c.until) || !slices.Equal(values(after),
			c.after) || !slices.Equal(values(plans), c.plans) {
			t.Errorf("%s: until %v, after %v, plans %v", c.cut, values(until), values(after), values(plans))
		}
	}
	if got := values(s.Latest()); !slices.Equal(got, []float64{1.5, 2, 4}) {
		t.Errorf("latest %v", got)
	}
}

// The table may come from a spreadsheet in German, with a percentage and an amount in one column.
func TestTablesOfOthers(t *testing.T) {
	points, err := Read("mine.csv", strings.NewReader("\"\";Quantity;Date;Value\n1;share_of_compute_owned;2024-12;21,5 "+
		"%\n2;compute_stock;2024-12;6.530.000\n\nQuelle: Epoch AI;;;\n"))
	if err != nil || len(points) != 2 || points[0].Value != .215 || points[1].Value != 6.53e6 {
		t.Errorf("%+v %v", points, err)
	}
	_, err = Read("mine.csv", strings.NewReader("quantity,date,value\nrevenue,2024-12,€5\n"))
	if err == nil || !strings.Contains(err.Error(), "the model counts in US dollars") {
		t.Errorf("euros: %v", err)
	}
}

// Dates of Europe are those of the same days.
func TestDatesOfEurope(t *testing.T) {
	read := func(text string) ([]Point, error) { return Read("o.csv", strings.NewReader(text)) }
	dotted, err := read("quantity;date;known;value\nhhi_sales;31.03.2025;28.04.2025;5500\nhhi_sales;30.06.2025;;5400,5\n")
	if err != nil {
		t.Fatal(err)
	}
	plain, err := read("quantity,date,known,value\nhhi_sales,2025-03-31,2025-04-28,5500\nhhi_sales,2025-06-30,,5400.5\n")
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range dotted {
		if q := plain[i]; p.Day != q.Day || p.Date != q.Date || p.Known != q.Known || p.KnownDay != q.KnownDay {
			t.Errorf("%+v, not %+v", p, q)
		}
	}
	_, err = read("quantity,date,value\nhhi_sales,03/07/2025,5500\n")
	const want = `o.csv:2:11: column date: "03/07/2025" may be 2025-07-03 or 2025-03-07`
	if err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("%v", err)
	}
}

// A quarter is a date: its last day, of what is known and observed.
func TestQuartersAreDates(t *testing.T) {
	for _, text := range []string{"2025-Q4", "Q4 2025", "2025Q4", "2025 q4"} {
		points, err := Read("mine.csv", strings.NewReader("quantity,date,value\nx,"+text+",1\n"))
		if err != nil || len(points) != 1 || points[0].Day != "2025-12-31" || points[0].Date != 2026 {
			t.Errorf("%s: %+v, %v", text, points, err)
		}
	}
	if _, err := Read("mine.csv", strings.NewReader("quantity,date,value\nx,2025-Q5,1\n")); err == nil {
		t.Error("a fifth quarter is taken")
	}
}
