package sim

import (
	"math"
	"strings"
	"testing"
)

// A merger that raises the HHI by just what the rule allows is allowed, whatever the HHI: 2·(1/4)·
// (1/32)·10⁴ = 156.25 points, without rounding.
func TestMergerAtTheLimitOfTheRise(t *testing.T) {
	share := []float64{.25, .03125, .71875}
	rule := MergerRule{HHI: 1000, Delta: 156.25, Share: .1}
	if rule.forbids(share, 0, 1) {
		t.Error("a rise of just the limit is forbidden")
	}
	rule.Delta = math.Nextafter(156.25, 0)
	if !rule.forbids(share, 0, 1) {
		t.Error("a rise beyond the limit is allowed")
	}
}

// The first leader of a segment is no change of leader, whichever lab it is.
func TestTheFirstLeaderIsNoChange(t *testing.T) {
	for first := range 3 {
		cfg := testConfig(labs(3, 1e9)...)
		for i := range cfg.Labs {
			cfg.Labs[i].Sales = []Position{sold(0, .2)}
		}
		cfg.Labs[first].Sales = []Position{sold(0, .6)}
		m := started(t, cfg, 1)
		advance(t, m, 3)
		near(t, "changes of leader", metric(t, m, "leader_changes"), 0, 0)
		near(t, "in the segment", m.track.leaders[0].changes, 0, 0)
	}
}

// A market in which nobody sells has no price, and says so in these words.
func TestNobodySells(t *testing.T) {
	e := newNest(2)
	for i := range e.logCost {
		e.logCost[i] = math.Inf(1)
	}
	if err := e.equilibrium.solve(); err == nil || !strings.Contains(err.Error(), "nobody sells") {
		t.Errorf("got %v", err)
	}
}

// The budget of an entrant is lognormal with the given ends of its 90 % interval: the median lies
// at their geometric mean, whatever the luck of the spread.
func TestBudgetOfAnEntrant(t *testing.T) {
	cfg := testConfig(labs(1, 1e9)...)
	cfg.Stochastic = true
	cfg.Parameters.Industry.EntrantBudgetLow, cfg.Parameters.Industry.EntrantBudgetHigh = 1e6, 1e10
	m := started(t, cfg, 1)
	for _, z := range []float64{0, 1.6448536269514722, -1.6448536269514722} {
		m.enterOne(.5, z)
		want := map[bool]float64{true: 1e8}[z == 0]
		if z > 0 {
			want = 1e10
		} else if z < 0 {
			want = 1e6
		}
		agrees(t, "budget", m.newcomers[m.entrants-1].Budget.Points[0].Value, want)
	}
}

// A share of nothing is nothing to live on, and a segment that is not there is refused.
func TestRefusedPositions(t *testing.T) {
	for want, change := range map[string]func(*Config){
		"sells nothing at the start": func(c *Config) { c.Labs[0].FollowsSales, c.Labs[0].Sales[0].Share = true, 0 },
		"no segment 1":               func(c *Config) { c.Labs[0].Sales[0].Segment = 1 },
	} {
		cfg := sells(testConfig(labs(2, 1e9)...), 1)
		change(cfg)
		if _, err := New(cfg); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q", err, want)
		}
	}
}

// Messages name the month, the first and the last of a year too.
func TestMonthsOfMessages(t *testing.T) {
	for want, date := range map[string]float64{"2024-01": 2024, "2024-12": 2024 + 11./12, "2025-01": 2025 - 1e-10,
		"2026-07": 2026.5} {
		if got := month(date); got != want {
			t.Errorf("%v is %s, want %s", date, got, want)
		}
	}
}
