package sim

import (
	"math"
	"testing"
)

// Efficiency that pulls itself up without bound within a step comes as far as the logarithm of its
// own slowing lets it: A − A_ref = (ln(β·γ·T·dt) + λ·ln R)/β.
func TestProgressWithoutBoundInAStep(t *testing.T) {
	cfg := testConfig(labs(2, 1e9)...)
	r := &cfg.Parameters.Research
	r.Lambda, r.Returns = .8, 2
	m := started(t, cfg, 1)
	l, here := &m.labs[0], lagged{a: m.scale.leaderA}
	l.Effort = 1
	const beta, effort = .4, 1e4
	want := (math.Log(beta*r.Gamma*l.Spec.Talent*m.dt) + .8*effort) / beta
	agrees(t, "gain", m.improve(l, effort, here, here, 0).a-here.a, want)
}

// A clock may have one step and no fewer.
func TestAClockOfOneStep(t *testing.T) {
	cfg := sells(testConfig(labs(2, 1e9)...), 1)
	cfg.Steps = 1
	advance(t, started(t, cfg, 1), 1)
	cfg.Steps = 0
	if _, err := New(cfg); err == nil {
		t.Error("a clock without a step is taken")
	}
}

// Plans are carried out as the case has them unless it names a part.
func TestPlansAsTheyAre(t *testing.T) {
	for part, same := range map[float64]bool{0: true, 1: true, .5: false} {
		cfg := testConfig(labs(1, 1e9)...)
		cfg.PlansCarriedOut = part
		if got := cfg.withPlans() == cfg; got != same {
			t.Errorf("a part of %v: the case itself %v", part, got)
		}
	}
}

// Records reach back over the longest lag, that of a policy too, and both ends of a step; over the
// whole run where the lag is longer.
func TestRecordsReachBackOverTheLongestLag(t *testing.T) {
	for years, want := range map[float64]int{.5: 12 + 3, 2: 24 + 3, 50: 120 + 2} {
		for _, field := range []string{"research.closed_lag", "research.open_lag", "market.eta"} {
			cfg := testConfig(labs(1, 1e9)...)
			cfg.Parameters.Research.ClosedLag, cfg.Parameters.Research.OpenLag = 1, .25
			cfg.Policies = []Policy{{ID: "p", Levers: []any{&Changes{{Kind: ChangeParameter, Field: field, Value: years}}}}}
			if field == "market.eta" {
				want = 12 + 3
			}
			if got := lookBack(cfg); got != want {
				t.Errorf("%s of %v years: %d records, want %d", field, years, got, want)
			}
		}
	}
}

// A reference fits a case of as many segments, labs and steps, and no other.
func TestReferencesFit(t *testing.T) {
	cfg := testConfig(labs(3, 1e9)...)
	for fits, r := range map[*Reference]bool{
		newReference(1, 3, 120): true, newReference(2, 3, 120): false, newReference(1, 2, 120): false,
		newReference(1, 3, 119): false,
	} {
		if fits.Fits(cfg) != r {
			t.Errorf("%d segments, %d labs, %d dates: fits %v", len(fits.logPrice), len(fits.logProfit),
				len(fits.logServing), !r)
		}
	}
}

// There is room for as many entrants as eight standard deviations of a Poisson number and some.
func TestRoomForAsManyAsMayEnter(t *testing.T) {
	cfg := testConfig(labs(1, 1e9)...)
	cfg.Parameters.Industry.EntryRate, cfg.Parameters.Industry.EntryMargin = 200, .5
	if got := cfg.entrants(); got != 0 {
		t.Errorf("room for %d where nothing is left to luck", got)
	}
	cfg.Stochastic = true
	if got, want := cfg.entrants(), 1000+int(8*math.Sqrt(1000))+32; got != want {
		t.Errorf("room for %d, want %d", got, want)
	}
}

// A lab that closes is gone from the end of the step on.
func TestALabLeavesAtTheEndOfAStep(t *testing.T) {
	m := started(t, sells(testConfig(labs(3, 1e9)...), 1), 1)
	advance(t, m, 5)
	m.exit(0)
	near(t, "left", m.labs[0].left, m.cfg.Start+6./12, 1e-12)
}

// The remedy for an export rule that a path overrides: take the path away, or end it where the rule
// begins later than the clock.
func TestRemedyForARuleWithoutEffect(t *testing.T) {
	cfg := testConfig(labs(1, 1e9)...)
	cfg.Regions[0].RelativePricePerformance = flat(.5)
	rule := &ExportRule{Relative: math.NaN()}
	for from, want := range map[float64]string{
		2024:   "take the path away with regions.us.relative_price_performance: null",
		2024.5: "end the path with 2024-07: null among its values",
	} {
		_, remedy := checkExportRule(cfg, &Policy{From: from}, rule)
		if len(remedy) < len(want) || remedy[:len(want)] != want {
			t.Errorf("from %v: %q", from, remedy)
		}
	}
}

// A new leader counts whoever led before, the first lab among them; a tie and a step without sales
// leave the leader.
func TestChangesOfLeader(t *testing.T) {
	l := leadership{lab: -1}
	for i, c := range []struct {
		sold []float64
		want float64
	}{
		{[]float64{0, 0}, 0}, {[]float64{2, 1}, 0}, {[]float64{0, 0}, 0}, {[]float64{1, 2}, 1}, {[]float64{2, 1}, 2},
		{[]float64{2, 2}, 2},
	} {
		if l.observe(c.sold); l.changes != c.want {
			t.Errorf("after step %d: %v changes, want %v", i, l.changes, c.want)
		}
	}
}

// Where a lab leaves that had nearly all of a segment, the others and the hosts keep their
// proportions.
func TestOthersAndHostsAfterANearMonopoly(t *testing.T) {
	m := started(t, sells(testConfig(labs(3, 1e9)...), 1), 1)
	s := &m.segments[0]
	copy(s.share, []float64{.9995, .0002, .0001})
	s.solver.host = 0 // there are hosts, with the rest of .0002
	m.exit(0)
	for i, want := range []float64{0, .4, .2} {
		near(t, "share", s.share[i], want, 1e-9)
	}
}

// Of two open models that are alike hosts offer the one with which they command test-time
// reasoning, however little of it pays: l* = (τ − ln 10/θ)/τ2 = .29.
func TestHostsPreferTheModelThatReasons(t *testing.T) {
	cfg := sells(testConfig(labs(2, 1e9)...), 1)
	cfg.Segments[0].Theta = 2.6
	cfg.Parameters.Market.TestTimeGain, cfg.Parameters.Market.TestTimeCurvature = 1, .4
	m := started(t, cfg, 1)
	m.labs[1].weightsTaught = known{2023, 2023}
	m.nobodyReasons = false
	m.commons.models = []Publication{{2023, 0, 2, math.Log(1e26), 0}, {2023, 1, 2, math.Log(1e26), 0}}
	s := &m.segments[0]
	m.hostedOffer(s, m.mid())
	near(t, "test time of the offer", s.hostLength, (1-math.Ln10/2.6)/.4, 1e-12)
}
