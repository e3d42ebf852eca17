package main

import (
	"testing"

	"simulate/sim/observed"
)

// A scenario can be cut from its start on, so that the baseline stands for cuts from the last day
// of 2024 and the roster of 2024 for all before.
func TestRosterOfACut(t *testing.T) {
	for text, want := range map[string]string{"2023-12": "baseline-2024", "2024-11": "baseline-2024",
		"2024-12-30": "baseline-2024", "2024-12": "baseline", "2024-12-31": "baseline", "2025-01": "baseline"} {
		date, err := observed.Date(text)
		if err != nil {
			t.Fatal(err)
		}
		if got := rosterOf(date); got != want {
			t.Errorf("a cut at %s takes %s, not %s", text, got, want)
		}
	}
}
