package sim

import (
	"math"
	"testing"
)

// doubled is a case whose first lab, a platform with other uses, has twice its reference's gross
// profit for as long as doubling runs.
func doubled(t *testing.T, cfg *Config, steps int, look func(m *Model, years float64)) *Model {
	t.Helper()
	m := started(t, cfg, 1)
	for range steps {
		m.ref.logProfit[0][m.step] = math.Log(m.labs[0].GrossProfit) - math.Ln2
		years := m.Time() + m.dt - 2024
		advance(t, m, 1)
		look(m, years)
	}
	return m
}

func sponsored() *Config {
	cfg := sells(still(testConfig(labs(2, 1e9)...)), 1)
	cfg.Steps = 60
	l := &cfg.Labs[0]
	l.Archetype, l.Renter, l.ShareForOtherProducts = Platform, false, .4
	f := &cfg.Parameters.Funding
	f.ProfitFollowing, f.ProfitFollowingTime = .7, 1.5
	return cfg
}

// Twice the reference profit for ever: ln X of the part for research follows w·ln 2·(1−e^{−t/τ});
// what a platform spends on its other uses stays.
func TestSponsorFollowsDoubledProfit(t *testing.T) {
	doubled(t, sponsored(), 60, func(m *Model, years float64) {
		l := &m.labs[0]
		want := .7 * math.Ln2 * -math.Expm1(-years/1.5)
		near(t, "ln factor", l.sponsorLog, want, 1e-12)
		agrees(t, "other uses", l.otherUse, .4*1e9)
		agrees(t, "budget", l.Budget, 1e9*(.4+.6*math.Exp(want)))
		agrees(t, "R&D budget", l.RdBudget, 1e9*.6*math.Exp(want))
	})
}

// When the policy that makes sponsors follow profit ends, the factor decays at the same time
// constant.
func TestSponsorReturnsToPath(t *testing.T) {
	cfg := sponsored()
	w := cfg.Parameters.Funding.ProfitFollowing
	cfg.Parameters.Funding.ProfitFollowing = 0
	cfg.Policies = []Policy{{ID: "window", From: 2025, Until: 2027,
		Levers: []any{&Changes{{Field: "funding.profit_following", Value: w}}}}}
	doubled(t, cfg, 60, func(m *Model, years float64) {
		want := 0.0
		if in := math.Min(years, 3) - 1; in > 0 {
			want = w * math.Ln2 * -math.Expm1(-in/1.5) * math.Exp(-math.Max(0, years-3)/1.5)
		}
		near(t, "ln factor", m.labs[0].sponsorLog, want, 1e-12)
	})
}

// Who has no sponsor that looks at profit: labs that are not commercial and entrants, which no
// reference has. A lab that earns nothing stays on its path.
func TestSponsorsWhoDoNotFollow(t *testing.T) {
	cfg := sponsored()
	cfg.Labs[0].Commercial = false
	doubled(t, cfg, 12, func(m *Model, _ float64) { near(t, "not commercial", m.labs[0].sponsorLog, 0, 0) })
	cfg = sponsored()
	m := started(t, cfg, 1)
	m.ref.logProfit[0][0] = math.Inf(-1)
	advance(t, m, 1)
	near(t, "no profit in the reference", m.labs[0].sponsorLog, 0, 0)
}

// A lab that has closed in some of the reference runs has there no profit to take the mean of: the
// reference is the mean over the runs in which it earns something, and NaN where it earns nothing
// in any.
func TestMeanReferenceOfProfits(t *testing.T) {
	runs := []*Reference{newReference(1, 2, 2), newReference(1, 2, 2), newReference(1, 2, 2)}
	gone := math.Inf(-1)
	for r, of := range [][]float64{{1, 2, gone}, {3, gone, gone}, {5, 8, gone}} {
		copy(runs[r].logProfit[0], of)
		copy(runs[r].logServing, of)
		copy(runs[r].logPrice[0], of)
	}
	mean := MeanReference(runs)
	for _, path := range [][]float64{mean.logProfit[0], mean.logServing, mean.logPrice[0]} {
		near(t, "all three", path[0], 3, 1e-12)
		near(t, "two of three", path[1], 5, 1e-12)
		if !math.IsNaN(path[2]) {
			t.Errorf("none: %g", path[2])
		}
	}
	near(t, "the other lab", mean.logProfit[1][1], 0, 0)
}

// In a stochastic run too: one reference run without the lab leaves its sponsor following.
func TestSponsorFollowsWithOneExitInTheReference(t *testing.T) {
	cfg := sponsored()
	m := started(t, cfg, 1)
	closed := newReference(1, 2, cfg.Steps)
	closed.logServing, closed.logPrice = m.ref.logServing, m.ref.logPrice
	for n := range closed.logProfit[0] {
		closed.logProfit[0][n], closed.logProfit[1][n] = math.Inf(-1), m.ref.logProfit[1][n]
	}
	lower := newReference(1, 2, cfg.Steps)
	lower.logServing, lower.logPrice = m.ref.logServing, m.ref.logPrice
	for i := range lower.logProfit {
		for n := range lower.logProfit[i] {
			lower.logProfit[i][n] = m.ref.logProfit[i][n] - math.Ln2
		}
	}
	m.Reset(1, 0, MeanReference([]*Reference{closed, lower}))
	advance(t, m, 1)
	if got := m.labs[0].sponsorLog; !(got > .01) {
		t.Errorf("ln factor %g", got)
	}
}
