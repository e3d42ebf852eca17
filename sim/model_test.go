package sim

import (
	"math"
	"testing"
)

// richConfig uses every part of the model: platforms and renters, all kinds of openness, two
// segments of which one opens later, outside buyers, own silicon, a region with a path, shocks and
// policies; stochastic.
func richConfig() *Config {
	l := labs(6, 1e9)
	taper := func(v, g float64) Series {
		return Series{Points: []Point{{Date: 2023.5, Value: v / 2}, {Date: 2024.5, Value: v}}, Growth: g,
			LongRun: math.Log(1.07), TaperTime: 2.5}
	}
	for i := range l {
		l[i].ID = []string{"giant", "maker", "leader", "open", "delayed", "small"}[i]
		l[i].Budget = taper([]float64{4e10, 3e10, 5e9, 8e8, 3e8, 6e6}[i], math.Log(1.8))
		l[i].Efficiency = []float64{.4, 1, 1.1, .9, .3, 0}[i]
		l[i].Renter = i == 2 || i > 3
	}
	l[0].Archetype, l[0].ShareForOtherProducts = Platform, .9
	l[1].Archetype, l[1].ShareForOtherProducts, l[1].OwnSilicon = Platform, .7, .5
	l[3].Openness, l[4].Openness = Open, Delayed
	l[2].TestTimeFrom = 2024.7
	l[3].Region, l[5].Archetype, l[5].Commercial = 1, Public, false
	position := func(segment int, share, target float64) Position {
		return Position{Segment: segment, Share: share, Target: target, Brand: math.NaN()}
	}
	l[1].Sales = []Position{position(0, .2, .25)}
	l[2].Sales = []Position{position(0, .5, .4)}
	l[3].Sales = []Position{position(0, 0, 0)}
	l[4].Sales = []Position{position(0, .1, math.NaN())}
	cfg := testConfig(l...)
	cfg.Stochastic = true
	cfg.ReferenceReplications = 4
	cfg.Regions = []Region{{ID: "us"}, {ID: "china", RelativePricePerformance: Series{Points: []Point{{Date: 2023.5,
		Value: .9}, {Date: 2026, Value: .4}}}}}
	cfg.Outside = OutsideBuyers{Orders: taper(2e10, math.Log(1.5)), Stock: 5e5}
	late := testSegment("reasoning", 5e8)
	late.Theta, late.From, late.BrandsOf = 4.5, 2024+8.0/12, 0
	cfg.Segments[0].Spending = taper(3e9, .9)
	cfg.Segments[0].Cap = 1e12
	cfg.Segments = append(cfg.Segments, late)
	cfg.Shocks = []Shock{{Date: 2025.05, Lab: 3, Training: 8, Serving: 8, Publish: true, Release: true}, {Date: 2026.5,
		Lab: 2, Training: 2, Serving: 1}}
	cfg.Policies = []Policy{{ID: "grants", From: 2026, Until: math.Inf(1), Levers: []any{&Grant{Amount: 1e9,
		Eligible: Eligibility{BudgetBelow: 2e9}}}}}
	return cfg
}

// Two scenarios with one seed share their luck, a lab that is added moves no draw of another, and
// the case is not in the key.
func TestCommonRandomNumbers(t *testing.T) {
	cfg, shocked := richConfig(), richConfig()
	cfg.Shocks = nil
	a, b := started(t, cfg, 9), started(t, shocked, 9)
	for !a.Done() {
		advance(t, a, 1)
		advance(t, b, 1)
		if a.Time() < 2025.04 {
			sameMetrics(t, a, b, nil, 0)
		}
	}
	alone := jumpsOf(t, labs(1, 1e9))
	joined := jumpsOf(t, append(labs(1, 1e9), testLab("newcomer", 1e3)))
	for n := range alone {
		if alone[n] != joined[n] {
			t.Fatalf("step %d: a newcomer moved another lab's draws: %g, %g", n, alone[n], joined[n])
		}
	}
}

// jumpsOf lists the first lab's own progress per step where nothing links the labs.
func jumpsOf(t *testing.T, labs []LabSpec) (out []float64) {
	cfg := researchOnly(testConfig(labs...))
	cfg.Stochastic = true
	cfg.Parameters.Research.Lambda = 0
	m := started(t, cfg, 4)
	for !m.Done() {
		before := m.Lab(0).TrainingEfficiency
		advance(t, m, 1)
		out = append(out, m.Lab(0).TrainingEfficiency-before)
	}
	return out
}

// A model that is reset gives the same run to the bit, and another replication another one.
func TestResetRepeats(t *testing.T) {
	cfg := richConfig()
	m := started(t, cfg, 1)
	advance(t, m, cfg.Steps)
	first := metric(t, m, "hhi_sales")
	m.Reset(1, 1, m.ref)
	advance(t, m, cfg.Steps)
	if metric(t, m, "hhi_sales") == first {
		t.Error("another replication gave the same run")
	}
	m.Reset(1, 0, m.ref)
	advance(t, m, cfg.Steps)
	if got := metric(t, m, "hhi_sales"); got != first {
		t.Errorf("reset gave %g, first run %g", got, first)
	}
}

// A step allocates nothing.
func TestStepAllocatesNothing(t *testing.T) {
	cfg := richConfig()
	m := started(t, cfg, 1)
	advance(t, m, cfg.Steps) // grows the lists of events and publications
	allocs := testing.AllocsPerRun(5, func() {
		m.Reset(1, 0, m.ref)
		for !m.Done() {
			if err := m.Step(); err != nil {
				t.Fatal(err)
			}
		}
	})
	if allocs > 0 {
		t.Errorf("a run allocates %g times", allocs)
	}
}

// A broken invariant names process, lab, variable and date.
func TestFailureNamesItsPlace(t *testing.T) {
	cfg := richConfig()
	cfg.Shocks = []Shock{{Date: 2025.5, Lab: 2, Training: math.Inf(1), Serving: 1}}
	m := started(t, cfg, 1)
	for !m.Done() {
		if err := m.Step(); err != nil {
			want := "replication 0, step of 2025-07, process policy: lab leader: efficiency is +Inf (training)"
			if got := err.Error(); len(got) < len(want) || got[:len(want)] != want {
				t.Errorf("error %q, want %q…", got, want)
			}
			return
		}
	}
	t.Error("the run went through")
}

func BenchmarkRun(b *testing.B) {
	cfg := richConfig()
	m := started(b, cfg, 1)
	b.ReportAllocs()
	for b.Loop() {
		m.Reset(1, 0, m.ref)
		advance(b, m, cfg.Steps)
	}
}
