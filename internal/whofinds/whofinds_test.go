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
	e := paired([]float64{1, 2, 3}, []float64{0, 2, 7})
	if e.n != 3 || e.base != 2 || e.mean != 1 || e.median != 0 || math.Abs(e.lower-1./3) > 1e-12 {
		t.Errorf("%+v", e)
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
	for _, table := range []Table{d.Effects(), d.Corners()} {
		if len(table.Rows) != len(rows)*len(dates) {
			t.Errorf("%d rows", len(table.Rows))
		}
		for _, r := range table.Rows {
			if len(r) != len(table.Header) || !strings.Contains(r[2], " ± ") {
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
