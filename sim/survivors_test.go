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
