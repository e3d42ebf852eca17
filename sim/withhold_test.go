package sim

import (
	"math"
	"strings"
	"testing"
)

// withheld is a rich case whose shocks and their know-how reach R&D budgets in [from, below) only.
func withheld(from, below float64) *Config {
	cfg := richConfig()
	for i := range cfg.Shocks {
		cfg.Shocks[i].Withhold, cfg.Shocks[i].BudgetFrom, cfg.Shocks[i].BudgetBelow = true, from, below
	}
	return cfg
}

// sameRun fails unless two runs agree in every metric and every lab's state to the bit, at every
// step.
func sameRun(t *testing.T, what string, a, b *Config) {
	t.Helper()
	x, y := started(t, a, 3), started(t, b, 3)
	for !x.Done() {
		advance(t, x, 1)
		advance(t, y, 1)
		for _, m := range Metrics {
			if u, v := m.Of(x), m.Of(y); math.Float64bits(u) != math.Float64bits(v) && !(u != u && v != v) {
				t.Fatalf("%s, %.2f: %s is %v and %v", what, x.Time(), m.Name, u, v)
			}
		}
		for i := range x.NumLabs() {
			if u, v := x.Lab(i), y.Lab(i); u.TrainingEfficiency != v.TrainingEfficiency ||
				u.ServingEfficiency != v.ServingEfficiency {
				t.Fatalf("%s, %.2f: efficiencies of %s are %v and %v", what, x.Time(), x.LabID(i), *u, *v)
			}
		}
	}
}

// A shock withheld from nobody is the shock, one withheld from everybody is none, to the bit.
func TestWithheldFromNobodyAndEverybody(t *testing.T) {
	sameRun(t, "withheld from nobody", withheld(0, math.Inf(1)), richConfig())
	without := richConfig()
	without.Shocks = nil
	sameRun(t, "withheld from everybody", withheld(math.Inf(1), 0), without)
}

// Where labs affect each other by public knowledge alone, those kept out stay where they were
// without the shock to the bit, and those within its bounds gain, whichever side the lab of the
// shock is on.
func TestWithheldKnowHowStaysOnItsSide(t *testing.T) {
	build := func(from, below float64, shocks bool) *Model {
		cfg := testConfig(labs(4, 1e9)...)
		p := &cfg.Parameters
		p.Funding.Reinvestment, p.Chips.PricePerformanceGrowth = 0, 0
		for i := range cfg.Labs {
			cfg.Labs[i].Budget = flat([]float64{1e10, 5e9, 1e8, 5e7}[i])
		}
		cfg.Labs[3].Openness = Open
		if shocks {
			cfg.Shocks = []Shock{{Date: 2025, Lab: 3, Training: 8, Serving: 4, Publish: true, BudgetFrom: from,
				BudgetBelow: below, Withhold: true}}
		}
		return run(t, cfg)
	}
	none, whole := build(0, 0, false), build(0, 0, true)
	for _, side := range []struct {
		from, below float64
		within      []bool
	}{{0, 1e9, []bool{false, false, true, true}}, {1e9, 0, []bool{true, true, false, false}}} {
		m := build(side.from, side.below, true)
		for i, within := range side.within {
			got, least, most := m.Lab(i).TrainingEfficiency, none.Lab(i).TrainingEfficiency, whole.Lab(i).TrainingEfficiency
			if !within && got != least {
				t.Errorf("[%g, %g): %s is kept out and has %v instead of %v", side.from, side.below, m.LabID(i), got, least)
			}
			if within && !(got > least+.05 && got <= most) {
				t.Errorf("[%g, %g): %s has %v, without the shock %v, with it %v", side.from, side.below, m.LabID(i), got, least,
					most)
			}
		}
	}
}

func TestWithheldBoundsMustAgree(t *testing.T) {
	cfg := withheld(0, 1e9)
	cfg.Shocks[1].BudgetBelow = 2e9
	if _, err := New(cfg); err == nil || !strings.Contains(err.Error(), "same budget bounds") {
		t.Errorf("differing bounds: %v", err)
	}
}

// A delayed lab's know-how is public after the closed lag, as a closed lab's, also where the lab
// itself may not use it.
func TestUnusedKnowHowOfADelayedLab(t *testing.T) {
	after := func(o Openness) float64 {
		cfg := testConfig(labs(4, 1e9)...)
		cfg.Parameters.Funding.Reinvestment = 0
		for i := range cfg.Labs {
			cfg.Labs[i].Budget = flat([]float64{1e10, 5e9, 1e8, 5e7}[i])
		}
		cfg.Labs[3].Openness = o
		cfg.Shocks = []Shock{{Date: 2025, Lab: 3, Training: 8, Serving: 4, BudgetFrom: 1e9, Withhold: true}}
		m := started(t, cfg, 0)
		for m.Time() < 2025.7 { // beyond the open lag, before the closed one
			advance(t, m, 1)
		}
		return m.Lab(0).TrainingEfficiency
	}
	closed, delayed := after(Closed), after(Delayed)
	if delayed != closed {
		t.Errorf("beside a delayed lab the leader has %v, beside a closed one %v", delayed, closed)
	}
}
