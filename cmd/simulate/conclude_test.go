package main

import "testing"

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
