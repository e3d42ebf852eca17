package scenario

import (
	"math"
	"testing"

	"simulate/sim"
)

// A class that is split in two of the same kind is the same industry: four start-ups with a share
// of .04 each, or two and two.
func TestASplitClass(t *testing.T) {
	const world = `
clock: {start: 2025-01, end: 2028-01}
mode: deterministic
segments: {s: {spending: $10B/yr}}
policies: {p: {from: 2026-01, grant: {amount: $1B/yr, rule: equal, eligible: {budget_below: $1B/yr}}}}
labs:
  big: {budget: $20B/yr, archetype: platform, share_for_other_products: 0.5, sales: {s: 0.6}}
  open: {budget: $500M/yr, openness: open, sales: {s: 0.1}}
`
	whole := observed(t, world+"  small: {count: 4, budget: $90M/yr, sales: {s: 0.04}}\n")
	split := observed(t, world+"  small: {count: 2, budget: $90M/yr, sales: {s: 0.04}}\n"+
		"  tiny: {count: 2, budget: $90M/yr, sales: {s: 0.04}}\n")
	other := observed(t, world+"  small: {count: 2, budget: $90M/yr, sales: {s: 0.04}}\n"+
		"  tiny: {count: 2, budget: $80M/yr, sales: {s: 0.04}}\n")
	differ := 0
	for name, want := range whole {
		if got := split[name]; !(math.Abs(got-want) <= 1e-9*math.Max(1, math.Abs(want))) &&
			!(math.IsNaN(got) && math.IsNaN(want)) {
			t.Errorf("%s is %g, and %g with the class in two", name, want, got)
		}
		if other[name] != want {
			differ++
		}
	}
	if differ < 20 {
		t.Errorf("other budgets move %d metrics: the test would not see a difference", differ)
	}
}

// observed are all metrics at the end of a run of a scenario.
func observed(t *testing.T, text string) map[string]float64 {
	t.Helper()
	cfg := mustLoad(t, fileWith(t, text)).Config()
	ref, err := sim.NewReference(cfg)
	if err != nil {
		t.Fatal(err)
	}
	m, err := sim.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	m.Reset(1, 1, ref)
	for !m.Done() {
		if err := m.Step(); err != nil {
			t.Fatal(err)
		}
	}
	out := map[string]float64{}
	for _, x := range sim.Metrics {
		out[x.Name] = x.Of(m)
	}
	return out
}
