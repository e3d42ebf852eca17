package main

import (
	"math"
	"testing"
)

// Ticks of a sketch over one to six years name months, each another, and those that it stands at.
func TestTicksOfASketchDiffer(t *testing.T) {
	for _, span := range [][2]float64{{2025, 2026}, {2025, 2027}, {2025, 2030}, {2023.0833, 2029.5}} {
		seen := map[string]bool{}
		for i := range 5 {
			tick := tickOfSketch(span[0] + float64(i)*(span[1]-span[0])/4)
			if seen[tick] {
				t.Errorf("%v: %s stands twice", span, tick)
			}
			seen[tick] = true
		}
	}
	for v, want := range map[float64]string{2025: "2025-01", 2025.5: "2025-07", 2025.9166: "2025-12", 2025.99: "2026-01"} {
		if got := tickOfSketch(v); got != want {
			t.Errorf("%g is %s, not %s", v, got, want)
		}
	}
}

// The rows of a sketch are round numbers that hold every value, few of them and never none.
func TestRowsOfASketchAreRound(t *testing.T) {
	for _, c := range []struct {
		low, high, bottom, top float64
		rows                   int
	}{
		{2546, 3245, 2500, 3300, 8}, {3000, 3000, 3000, 3001, 1}, {2999.6, 3000.2, 2999, 3001, 2}, {12, 9800, 0, 10000, 10},
		{1501, 1999, 1500, 2000, 10},
	} {
		bottom, top, rows := roundRows([]float64{c.high, c.low})
		if bottom != c.bottom || top != c.top || rows != c.rows {
			t.Errorf("%g to %g: %g to %g in %d rows, want %g to %g in %d", c.low, c.high, bottom, top, rows, c.bottom, c.top,
				c.rows)
		}
		if step := (top - bottom) / float64(rows); step != math.Trunc(step) || bottom > c.low || top < c.high {
			t.Errorf("%g to %g: steps of %g from %g to %g", c.low, c.high, step, bottom, top)
		}
	}
}
