package table

import (
	"math"
	"slices"
	"strings"
	"testing"
)

// one reads a column of a semicolon file with the cells given.
func one(t *testing.T, o Options, cells ...string) ([]float64, []string, error) {
	t.Helper()
	s, err := Decode("x.csv", []byte("k;v\nx;"+strings.Join(cells, "\nx;")+"\n"), o)
	if err != nil {
		t.Fatal(err)
	}
	c, err := s.Column("v")
	if err != nil {
		t.Fatal(err)
	}
	n, err := c.Numbers(false)
	if err != nil {
		return nil, nil, err
	}
	return n.Values, s.Notes(), nil
}

func TestNumbersAsPeopleWriteThem(t *testing.T) {
	nan := math.NaN()
	for _, test := range []struct {
		cells string // parted by bars
		want  []float64
	}{
		{"1|2.5|0.125", []float64{1, 2.5, .125}},
		{"1|2,5|0,125", []float64{1, 2.5, .125}},
		{"1.234|2,5", []float64{1234, 2.5}},
		{"1,234|2.5", []float64{1234, 2.5}},
		{"1.234,5|2.345", []float64{1234.5, 2345}},
		{"1,234.5|2,345", []float64{1234.5, 2345}},
		{"1.234.567|1.234", []float64{1234567, 1234}},
		{"1,234,567|1,234", []float64{1234567, 1234}},
		{"12,34,567|1,00,000.5", []float64{1234567, 100000.5}},
		{"1'234|1'234.5", []float64{1234, 1234.5}},
		{"1’234’567.50", []float64{1234567.5}},
		{"1 234,5|12 345 678", []float64{1234.5, 12345678}},
		{"1\u00a0234|1\u202f234,25|1\u2009234", []float64{1234, 1234.25, 1234}},
		{"1,234", []float64{1.234}}, // between semicolons a comma is decimal
		{"12.3%|50 %", []float64{.123, .5}},
		{"-1|−2|(3)|+4", []float64{-1, -2, -3, 4}},
		{"$1,234.50|-$5|$ 6", []float64{1234.5, -5, 6}},
		{"1.234,50 €|5,00 €", []float64{1234.5, 5}},
		{"CHF 1'234.50|CHF 5.00", []float64{1234.5, 5}},
		{"₹12,34,567.00|₹5", []float64{1234567, 5}},
		{`n.d.|s.d.|#N/D|(null)|\N|na|n/d|2`, []float64{nan, nan, nan, nan, nan, nan, nan, 2}},
		{"NA|.|-|..|:|NaN|n/a|#N/A|–|2", []float64{nan, nan, nan, nan, nan, nan, nan, nan, nan, 2}},
		{"Inf|-Inf|1", []float64{math.Inf(1), math.Inf(-1), 1}},
		{".5|5.|1e3|1.5E-3", []float64{.5, 5, 1000, .0015}},
		{"0.123|1.234", []float64{.123, 1.234}},
		{"1234,567", []float64{1234.567}},
		{"1,2e3", []float64{1200}},
	} {
		got, _, err := one(t, Options{}, strings.Split(test.cells, "|")...)
		if err != nil || !slices.EqualFunc(got, test.want, func(a,
			b float64) bool {
			return a == b || a != a && b != b
		}) {
			t.Errorf("%s: %v %v, want %v", test.cells, got, err, test.want)
		}
	}
}

func TestCellsThatAreRefused(t *testing.T) {
	for _, test := range []struct{ cells, want string }{
		{"1|yes", `x.csv:3:3: column v: "yes" is not a number; write 1 for yes and 0 for no`},
		{"1|many", `x.csv:3:3: column v: "many" is not a number; write digits, as in 12.5`},
		{"1|007", `"007" begins with a zero as a code does`},
		{"1|6M", `"6M" is not a number; write it out`},
		{"1|#DIV/0!", `it is an error of the spreadsheet`},
		{"1|=A1", `it is a formula`},
		{"1|1e999", `"1e999" is too large`},
		{"1|2 ± 1", `write the value alone`},
		{"0.5|0,5", `"0,5" has a decimal comma and "0.5" (line 2) a decimal point`},
		{"1.234|2.345|900", `"1.234" may be a thousand or a number with three decimals; ` +
			`say which mark stands before decimals: --decimal point or --decimal comma`},
		{"0.45|0.30|20%", `x.csv:4:3: column v: "20%" is a percentage beside plain numbers such as 0.45; ` +
			`write 0.2, as a fraction`},
		{"45|30|20%", `write 20 if all are percentages`},
		{"45%|30%|20", `"20" stands beside percentages such as 45%`},
		{"$5|€6", `an amount in € stands beside amounts in $`},
		{"1.23.456|1", `"1.23.456" is not a number`},
		{"1,2,3|1", `"1,2,3" is not a number`},
		{"1|missing", `"missing" is not a number`},
	} {
		_, _, err := one(t, Options{}, strings.Split(test.cells, "|")...)
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v, want %q", test.cells, err, test.want)
		}
		if err != nil && strings.Contains(err.Error(), "is missing") {
			t.Errorf("%s: text is called missing: %v", test.cells, err)
		}
	}
}

// What decides without being certain is said.
func TestGuessesAreNoted(t *testing.T) {
	for _, test := range []struct{ text, column, want string }{
		{"k,v\nx,1.234\ny,900\n", "v", "column v: 1.234 is read as 1.234, as is usual in such files; --decimal comma " +
			"reads it the other way"},
		{"k,v\nx,\"1,234\"\ny,900\n", "v", "column v: 1,234 is read as 1234"},
		{"k;v;w\nx;1.234;0,5\n", "v", "column v: 1.234 is read as 1234, as in other columns"},
		{"k;v\nx;0,5\n", "v", "numbers have decimal commas, as in 0,5"},
		{"k;v\nx;0,5\n", "v", "cells are parted by semicolons"},
		{"k,v\nx,5%\n", "v", "column v: percentages are read as parts of 1 (5% is 0.05)"},
		{"k,v\nx,€5\n", "v", "column v: the sign € is taken off"},
		{"k,v\nx,€5\ny,6\n", "v", "only some amounts have the sign €"},
		{"Table 1\nk,v\nx,5\n", "v", `line 1 is left out, above the table: "Table 1"`},
		{"k,v\nx,5\n\nSource: us\n", "v", `line 4 is left out, below the table: "Source: us"`},
		{",v\nx,5\n", "v", "column 1 has no name and is left out"},
		{"k,v\nx,5\nk,v\n", "v", "line 3 is left out, it repeats the header"},
		{"k,v\nSoci\ufffdt\ufffd,5\n", "v", "letters were lost"},
	} {
		s, err := Decode("x.csv", []byte(test.text), Options{})
		if err != nil {
			t.Errorf("%q: %v", test.text, err)
			continue
		}
		c, err := s.Column(test.column)
		if err == nil {
			_, err = c.Numbers(false)
		}
		if err != nil || !strings.Contains(strings.Join(s.Notes(), "\n"), test.want) {
			t.Errorf("%q: notes %q, error %v, want %q", test.text, s.Notes(), err, test.want)
		}
	}
}
