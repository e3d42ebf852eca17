package table

import (
	"strings"
	"testing"
)

// A number within a cell follows the decimal mark of the table, and is refused where none is
// proven.
func TestNumbersWithinCellsFollowTheDecimalMark(t *testing.T) {
	for _, c := range []struct{ text, want, wrong string }{
		{"b;m\n€1.200M/yr;1,1\n", "€1200M/yr", ""},
		{"b;m\n€1,200M/yr;1,1\n", "€1.200M/yr", ""},
		{"b;m\n€1.200M/yr;1.1\n", "€1.200M/yr", ""},
		{"b;m\n€1,5M/yr;1\n", "€1.5M/yr", ""},
		{"b;m\n€1.200M/yr;1\n€1,5M/yr;2\n", "€1200M/yr", ""},
		{"b;m\n€1.200M/yr;1,1\n€1.5M/yr;2,5\n", "€1.200M/yr", ""},
		{"b;m\n€1.200M/yr;1\n", "", `x.csv:2:1: column b: "€1.200M/yr" may be a thousand or a number with three decimals`},
		{"b,m\n€1.200M/yr,1\n", "€1.200M/yr", ""},
		{"b;m\n80B USD/yr;1,5\n", "80B USD/yr", ""},
	} {
		s, err := Decode("x.csv", []byte(c.text), Options{})
		if err != nil {
			t.Fatal(err)
		}
		got, err := s.Columns()[0].Pointed(0)
		switch {
		case c.wrong == "" && (err != nil || got != c.want):
			t.Errorf("%q: %q, %v, want %q", c.text, got, err, c.want)
		case c.wrong != "" && (err == nil || !strings.Contains(err.Error(), c.wrong)):
			t.Errorf("%q: %q, %v, want %q", c.text, got, err, c.wrong)
		case got != s.Columns()[0].Text(0) && len(s.Notes()) == 0:
			t.Errorf("%q: read as %q without a note", c.text, got)
		}
	}
}
