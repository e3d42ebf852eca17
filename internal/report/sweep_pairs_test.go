package report

import (
	"context"
	"math"
	"path/filepath"
	"strings"
	"testing"

	"simulate/sim/experiment/run"
	"simulate/sim/experiment/tiny"
)

// grantSweep is the folder of a sweep that varies a grant and an elasticity.
func grantSweep(t *testing.T, amounts string) string {
	t.Helper()
	spec := run.SweepSpec{Scenario: three(t, "grant")[0], Replications: 3, Metrics: []string{"hhi_sales"}}
	return sweepOf(t, spec, "policies.money.grant.amount="+amounts, "market.eta=0.6,1.1")
}

// sweepOf is the folder of a sweep over paths, each as PATH=VALUES.
func sweepOf(t testing.TB, spec run.SweepSpec, varies ...string) string {
	t.Helper()
	spec.Inputs = tiny.Vary(t, spec.Scenario, varies...)
	s, err := run.NewSweep(spec)
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "sweep")
	if _, err := s.Run(context.Background(), run.Output{Out: dir}, run.Options{Jobs: 2}); err != nil {
		t.Fatal(err)
	}
	return dir
}

// A sweep finds the points without the policy among its own and holds each other point against the
// one of the same future, pair by pair; where there is none it says so.
func TestASweepFindsThePointWithoutThePolicy(t *testing.T) {
	for _, c := range []struct {
		amounts, says string
		off           bool
	}{
		{"$0/yr,$2B/yr,$5B/yr", "the same future without the policy: money at $0/yr.", true},
		{"$2B/yr,$5B/yr", "No point of the design is without the policy", false},
	} {
		dir := grantSweep(t, c.amounts)
		f, _, err := open(dir, nil)
		if err != nil {
			t.Fatal(err)
		}
		design, err := f.table("design")
		if err != nil {
			t.Fatal(err)
		}
		runs, err := f.table("runs")
		if err != nil {
			t.Fatal(err)
		}
		p := f.points(design, runs)
		by := f.pair(p, design)
		if !by.levers || by.off != c.off {
			t.Fatalf("%s: %+v", c.amounts, by)
		}
		groups, effects := f.pairedEffects(p, by, "hhi_sales"), 0
		for _, g := range groups {
			for _, e := range g {
				effects++
				i, base := e.Point-1, by.base[e.Point-1]
				if p.inputs[i][1].Text != p.inputs[base][1].Text || p.inputs[i][0].Text == p.inputs[base][0].Text {
					t.Errorf("point %d is held against point %d", i, base)
				}
				want := p.means["hhi_sales"][i] - p.means["hhi_sales"][base]
				if e.Replications != 3 || math.Abs(e.Change.Value-want) > 1e-9*p.means["hhi_sales"][base] {
					t.Errorf("an effect of %v over %d pairs, not %v", e.Change.Value, e.Replications, want)
				}
			}
		}
		if want := len(p.ids) - 2; effects != want {
			t.Errorf("%d effects of %d points", effects, want)
		}
		page := build(t, dir)
		says(t, page, c.says)
		if strings.Contains(page, "money at $5B/yr against") != c.off {
			t.Errorf("%s: the answer is the policy's effect: %v", c.amounts, !c.off)
		}
	}
}

// Futures are counted once, however many points of each are without the policies.
func TestFuturesWithTwoNeutralPointsAreCountedOnce(t *testing.T) {
	spec := run.SweepSpec{Scenario: three(t, "grant")[0], Replications: 3, Metrics: []string{"hhi_sales"}}
	dir := sweepOf(t, spec, "policies.money.grant.amount=$0/yr,$2B/yr", "policies.money.from=2024-03,2024-06",
		"market.eta=0.6,0.9,1.2")
	f, _, err := open(dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	page, err := f.sweepPage()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range page.Front {
		if s.ID == "anyway" {
			text := s.Parts[0].Text[0].Text
			if !strings.HasSuffix(text, ", over 3 futures.") {
				t.Error(text)
			}
		}
	}
}
