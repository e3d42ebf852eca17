package scenario

import (
	"math"
	"testing"
)

// Tables hold values as a reader of scenarios knows them, and read them back.
func TestCells(t *testing.T) {
	s, err := Load("baseline", Options{Set: []string{"policies.aid={from: 2027-02, subsidy: {rate: 10%}}"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		path, text, unit string
		number           float64 // in a table; NaN where the cell is text
		cell, short      string
	}{
		{"research.gamma", "1.5x/yr", "x/yr", 1.5, "", "1.5x/yr"},
		{"research.gamma", "4x/yr", "x/yr", 4, "", "4x/yr"},
		{"market.eta", "0.9", "1", 0.9, "", "0.9"},
		{"labs.deepseek.budget", "$1.25B/yr", "USD/yr", 1.25e9, "", "$1.25B/yr"},
		{"policies.aid.from", "2027-02", "ISO date", math.NaN(), "2027-02-01", "Feb 2027"},
		{"policies.aid.from", "2025-01-20", "ISO date", math.NaN(), "2025-01-20", "2025-01-20"},
		{"policies.aid.subsidy.rate", "10%", "1", 0.1, "", "0.1"},
		{"market.conduct", "cournot", "", math.NaN(), "cournot", "cournot"},
		{"labs.deepseek.openness", "open", "", math.NaN(), "open", "open"},
	} {
		l, found := s.Knob(c.path)
		if !found {
			t.Errorf("no lever %s", c.path)
			continue
		}
		v, err := l.Parse(c.text)
		if err != nil {
			t.Errorf("%s: %v", c.path, err)
			continue
		}
		if l.TableUnit() != c.unit || l.Textual() != math.IsNaN(c.number) || l.Short(v, 3) != c.short {
			t.Errorf("%s %s: unit %q, text %v, in short %q", c.path, c.text, l.TableUnit(), l.Textual(), l.Short(v, 3))
		}
		text := l.Cell(v)
		if !l.Textual() {
			if got := l.ToTable(v); math.Abs(got/c.number-1) > 1e-14 || math.Abs(l.FromTable(got)-v) > 1e-14*math.Abs(v) {
				t.Errorf("%s %s is %v in a table", c.path, c.text, got)
			}
			text = formatNumber(c.number)
		} else if text != c.cell {
			t.Errorf("%s %s is %q in a table", c.path, c.text, text)
		}
		if again, err := l.ParseCell(text); err != nil || math.Abs(again-v) > 1e-12*math.Abs(v) {
			t.Errorf("%s: %q reads %v, want %v: %v", c.path, text, again, v, err)
		}
		q := l.Quantity()
		if len(l.Words) > 0 {
			continue
		}
		if bound, err := q.Read(c.text); err != nil || math.Abs(bound-l.ToTable(v)) > 1e-12*math.Abs(bound) {
			t.Errorf("%s < %s is %v: %v", c.path, c.text, bound, err)
		}
	}
	gamma, _ := s.Knob("research.gamma")
	for _, bad := range []string{"0", "-1", "nan", "1.5x"} {
		if v, err := gamma.ParseCell(bad); err == nil {
			t.Errorf("%q reads %v", bad, v)
		}
	}
}
