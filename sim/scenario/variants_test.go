package scenario

import (
	"math"
	"slices"
	"testing"
)

func load(t *testing.T, ref string, set ...string) *Scenario {
	t.Helper()
	s, err := Load(ref, Options{Set: set})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestJoinTakesEventsAndPoliciesFromTheOther(t *testing.T) {
	base, other := load(t, "baseline"), load(t, "deepseek-shock", "market.eta=0.7", "labs.openai.compute=90_000 H100e")
	mixed, err := Join("mixed", "Mixed", base, other)
	if err != nil {
		t.Fatal(err)
	}
	if c := mixed.Config(); len(c.Shocks) != 1 || c.Shocks[0] != other.Config().Shocks[0] ||
		c.Parameters.Market.Eta != base.Config().Parameters.Market.Eta {
		t.Errorf("shocks %v, eta %v", c.Shocks, c.Parameters.Market.Eta)
	}
	if mixed.Name != "mixed" || mixed.Title != "Mixed" || mixed.Seed != base.Seed {
		t.Errorf("name %q, title %q, seed %d", mixed.Name, mixed.Title, mixed.Seed)
	}
	assumptions, changes := Differences(base, mixed)
	if len(assumptions) != 0 || !slices.Equal(changes, []string{"events"}) {
		t.Errorf("against the base: %v, %v", assumptions, changes)
	}
	assumptions, changes = Differences(mixed, other)
	if !slices.Equal(assumptions, []string{"labs.openai.compute", "parameters.market.eta"}) || len(changes) != 0 {
		t.Errorf("against the other: %v, %v", assumptions, changes)
	}
	if first, found := Departure(base, mixed); !found || first.Label != "DeepSeek R1" ||
		math.Abs(first.Date-2025.05) > .01 {
		t.Errorf("first departure %v", first)
	}
}

func TestWithheldBoundsAShock(t *testing.T) {
	s := load(t, "deepseek-shock")
	for _, c := range []struct{ from, below, low, high float64 }{{0, 2e9, 0, 2e9}, {2e9, 0, 2e9, math.Inf(1)}} {
		w, err := s.Withheld("w", "W", c.from, c.below)
		if err != nil {
			t.Fatal(err)
		}
		if got := w.Config().Shocks[0]; got.BudgetFrom != c.low || got.BudgetBelow != c.high || !got.Withhold {
			t.Errorf("%+v gives %+v", c, got)
		}
		again, err := w.Withheld("again", "", 3e9, 0)
		if err != nil {
			t.Fatal(err)
		}
		if left := len(again.Config().Shocks); left != map[bool]int{true: 0, false: 1}[c.high < 3e9] {
			t.Errorf("%d shocks are left", left)
		}
	}
	none, err := s.WithoutEvents("none", "")
	if err != nil {
		t.Fatal(err)
	}
	if assumptions, changes := Differences(load(t, "baseline"), none); len(assumptions)+len(changes) != 0 {
		t.Errorf("without its shock it differs from the baseline in %v, %v", assumptions, changes)
	}
}

func TestDifferencesLeaveProseAside(t *testing.T) {
	a := load(t, "baseline")
	b := load(t, "baseline", "title=Another", "seed=9", "replications=3", "clock.record=step",
		"market.eta={value: 1.11, source: mine}")
	if b.Config().Parameters.Market.Eta != a.Config().Parameters.Market.Eta {
		t.Skip("the baseline has another eta")
	}
	if assumptions, changes := Differences(a, b); len(assumptions)+len(changes) != 0 {
		t.Errorf("%v, %v", assumptions, changes)
	}
	policy := load(t, "public-compute-10b")
	more := load(t, "public-compute-10b", "policies.public_compute.grant.amount=20B USD/yr")
	if _, changes := Differences(policy, more); !slices.Equal(changes, []string{"policies.public_compute.grant.amount"}) {
		t.Errorf("%v", changes)
	}
	if first, found := Departure(policy, more); !found || first.Kind != "policy" {
		t.Errorf("first departure %v, %v", first, found)
	}
}
