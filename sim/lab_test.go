package sim

import (
	"math"
	"testing"
)

// What a step may scribble on carries nothing to the next: whatever stands there when a step
// begins, the run is the same to the bit, where labs get public money, are shocked, fail and are
// sold.
func TestScratchDoesNotLast(t *testing.T) {
	cfg := everyLever(t, failing(tight(catalogued())), 2025, 2026)
	clean, dirty := started(t, cfg, 1), started(t, cfg, 1)
	for !clean.Done() {
		for i := range dirty.labs {
			nan := math.NaN()
			dirty.labs[i].labStep = labStep{
				forced:   true,
				otherUse: nan, base0: nan, taxable: nan, subsidy: nan, grant: nan, grantChips: nan, ownBudget: nan, fill: nan,
			}
		}
		advance(t, clean, 1)
		advance(t, dirty, 1)
		sameMetrics(t, clean, dirty, nil, 0)
	}
	if metric(t, clean, "departures") == 0 {
		t.Error("nobody is sold")
	}
}
