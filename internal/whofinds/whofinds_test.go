package whofinds

import (
	"math"
	"slices"
	"strings"
	"testing"
)

// The committed data were made by this version from these scenarios: go run ./examples/who-finds-it
// makes them again.
func TestDataAreOfThisVersion(t *testing.T) {
	d, err := Builtin()
	if err != nil {
		t.Fatal(err)
	}
	want, err := Identities()
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(d.Identities, want) {
		t.Error("the data are of another version, seed or scenario; run `go run ./examples/who-finds-it`")
	}
	for k, e := range d.cells {
		if e.n != Replications {
			t.Errorf("%v: %d pairs", k, e.n)
		}
	}
}

// Three pairs that differ by −1, 0 and 4.
func TestPaired(t *testing.T) {
	e := metric{}.paired([]float64{1, 2, 3}, []float64{0, 2, 7})
	if e.n != 3 || e.base != 2 || e.mean != 1 || e.median != 0 || math.Abs(e.lower-1./3) > 1e-12 {
		t.Errorf("%+v", e)
	}
	if e.medianLow != -1 || e.medianHigh != 4 {
		t.Errorf("median within %g to %g", e.medianLow, e.medianHigh)
	}
	if math.Abs(e.low+.9) > 1e-12 || math.Abs(e.high-3.6) > 1e-12 {
		t.Errorf("5 %% %g, 95 %% %g", e.low, e.high)
	}
}

// A table has a cell for each column, and a number with its interval in each.
func TestTables(t *testing.T) {
	d, err := Builtin()
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range []Table{d.Effects(), d.Corners(), d.Elasticity()} {
		if len(table.Rows) != len(rows)*len(dates) {
			t.Errorf("%d rows", len(table.Rows))
		}
		for _, r := range table.Rows {
			interval := " ± "
			if r[1] != dates[0][:4] {
				interval = " to "
			}
			if len(r) != len(table.Header) || !strings.Contains(r[2], interval) {
				t.Errorf("%v", r)
			}
		}
		t.Log(table)
	}
	for _, s := range d.Answer() {
		t.Log(s)
	}
}

// Data that lack a cell are refused.
func TestReadRefusesLackingData(t *testing.T) {
	text := string(committed)
	if _, err := Read([]byte(text[:len(text)/2])); err == nil {
		t.Error("half of the data are read")
	}
}

// What turns the sign among labs is read off the corners: an assumption on one side of which the
// effect is clearly below zero and on the other clearly above, and no other.
func TestUndecidedNamesWhatTurnsTheSign(t *testing.T) {
	says := func(labs map[string]float64) string {
		d := &Data{cells: map[key]effect{}}
		for _, c := range corners {
			d.cells[key{c.name, small, dates[0], "hhi_sales"}] = effect{mean: -100, se: 1}
			d.cells[key{c.name, small, dates[0], "hhi_sales_labs"}] = effect{mean: labs[c.name], se: 10}
		}
		return d.Undecided()
	}
	for _, c := range []struct {
		labs  map[string]float64
		turns []assumption
	}{
		{map[string]float64{"default": -60, "no_nest": 110, "loop_open": -62, "neither": 106, "eta_low": -50,
			"eta_high": -190}, []assumption{hosts}},
		{map[string]float64{"default": -60, "no_nest": -50, "loop_open": -62, "neither": -55, "eta_low": 124,
			"eta_high": -190}, []assumption{elasticity}},
		{map[string]float64{"default": -60, "no_nest": 110, "loop_open": 70, "neither": 106, "eta_low": 124,
			"eta_high": -190}, []assumption{following, hosts, elasticity}},
		{map[string]float64{"default": -60, "no_nest": 5, "loop_open": -62, "neither": 5, "eta_low": 1,
			"eta_high": -190}, nil},
	} {
		got := says(c.labs)
		if strings.HasPrefix(got, "Undecided: ") != (c.turns != nil) {
			t.Error(got)
		}
		turning, _, _ := strings.Cut(got, " does not turn it")
		for a := range assumptions {
			if named := strings.Contains(turning, asks[a]+": "); named != slices.Contains(c.turns, a) {
				t.Errorf("%s named: %v in %q", asks[a], named, got)
			}
		}
	}
}

// Of a metric in per cent the pairs' own changes are taken: −50 and +100 % make +25, whatever the
// levels.
func TestPairedInPerCent(t *testing.T) {
	e := metric{percent: true}.paired([]float64{1000, 1}, []float64{500, 2})
	if e.mean != 25 || e.base != 500.5 || e.lower != .5 || e.low >= 0 || e.high <= 0 {
		t.Errorf("%+v", e)
	}
}

// Means a year after, medians at the end, with a decimal more where the interval is narrower than
// one.
func TestShow(t *testing.T) {
	e := effect{mean: -.0141, se: .0002, median: .0004, medianLow: -.0002, medianHigh: .0009}
	m := metric{digits: 3}
	if got := m.show(e, dates[0]); got != "−0.0141 ± 0.0004" {
		t.Error(got)
	}
	if got := m.show(e, dates[1]); got != "+0.0004 (−0.0002 to +0.0009)" {
		t.Error(got)
	}
	m.percent, m.digits = true, 1
	if got := m.show(effect{mean: 2, se: .1}, dates[0]); got != "+2.0 ± 0.2 %" {
		t.Error(got)
	}
}

// Thousands are set apart, decimals stay.
func TestSigned(t *testing.T) {
	for want, got := range map[string]string{"+1,594": signed(1594.2, 0), "−0.014": signed(-.0141, 3),
		"−208": signed(-208, 0), "0.0": signed(-.04, 1), "+12,345.7": signed(12345.67, 1)} {
		if got != want {
			t.Errorf("%s instead of %s", got, want)
		}
	}
}
