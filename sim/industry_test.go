package sim

import (
	"math"
	"testing"

	"simulate/sim/concentration"
)

// Result 16. A merger raises the HHI by 2·s_a·s_b·10⁴ before prices move, shares being those of
// sales with the fringe in the denominator. [1e-12 relative]
func TestMergerRaisesHHI(t *testing.T) {
	cfg := richConfig()
	m := started(t, cfg, 1)
	advance(t, m, 30)
	s := m.Segment(0)
	a, b := 1, 2
	before := concentration.HHI(s.share, 1-concentration.Total(s.share))
	want := before + 2e4*s.share[a]*s.share[b]
	m.acquire(a, b)
	near(t, "HHI", concentration.HHI(s.share, 1-concentration.Total(s.share))/want, 1, 1e-12)
	if m.Lab(a).Active && m.Lab(a).Spec.ShareForOtherProducts != 1 {
		t.Error("the acquired lab still works")
	}
}

// Brands of a merger are inverted so that target shares add: with equal technology the re-solved
// share is the sum. [1e-9]
func TestMergerAddsTargets(t *testing.T) {
	cfg := sells(still(testConfig(labs(4, 1e9)...)), 1)
	m := started(t, cfg, 1)
	advance(t, m, 1)
	m.merge(0, 1)
	near(t, "joint target share", m.Segment(0).target[1], 0.5, 1e-9)
	near(t, "another's target share", m.Segment(0).target[2], 0.25, 1e-9)
}

// Trying a merger leaves the run as it was.
func TestTriedMergerLeavesNoTrace(t *testing.T) {
	a, b := started(t, richConfig(), 2), started(t, richConfig(), 2)
	advance(t, a, 40)
	advance(t, b, 40)
	if gain := b.gainFrom(4, 2); !(gain > 0) {
		t.Errorf("the leader gains %g from a rival's brand", gain)
	}
	for !a.Done() {
		advance(t, a, 1)
		advance(t, b, 1)
	}
	sameMetrics(t, a, b, nil, 1e-9)
}

// Result 20. Entry at a constant rate ν and exit of every entrant at hazard h is an M/M/∞ queue:
// the number of labs is Poisson(ν/h) in the long run. The incumbent is not commercial and never
// exits, its markup fixes L̄; entrants never release, so that they are in distress from the start.
// χ² over 600 seeds, 8 cells, 1 % critical value of 7 degrees of freedom 18.48.
func TestEntryExitIsPoisson(t *testing.T) {
	cfg := sells(still(testConfig(testLab("incumbent", 1e9))), 1)
	cfg.Labs[0].Commercial = false
	cfg.Labs[0].Capability, cfg.Labs[0].ServingSize = 9, 1e25
	cfg.Stochastic, cfg.Steps = true, 96
	p := &cfg.Parameters.Industry
	lerner := 1 / Defaults().Market.EpsilonMin // the monopolist charges the limit price
	p.EntryMargin, p.EntryRate = 0, 6/lerner   // ν = 6 a year
	p.Patience, p.AcquisitionHazard, p.ExitHazard = 0, 0, 2
	cfg.Parameters.Training.ReleaseInterval = 1e9
	m := started(t, cfg, 1)
	const seeds, cells, mean = 600, 8, 3.0
	var count [cells]float64
	for seed := range seeds {
		m.Reset(uint64(seed), 0, m.ref)
		advance(t, m, cfg.Steps)
		n := int(metric(t, m, "labs_active")) - 1
		count[min(n, cells-1)]++
	}
	chi2, p0, rest := 0.0, math.Exp(-mean), 1.0
	for k := range cells {
		want := p0
		if k == cells-1 {
			want = rest
		}
		rest -= p0
		p0 *= mean / float64(k+1)
		chi2 += (count[k] - seeds*want) * (count[k] - seeds*want) / (seeds * want)
	}
	if !(chi2 < 18.48) {
		t.Errorf("χ² = %g for counts %v", chi2, count)
	}
}

// The guidelines' thresholds by year.
func TestMergerRules(t *testing.T) {
	for _, c := range []struct {
		rule   string
		share  []float64
		forbid bool
	}{
		{"2023", []float64{.2, .2, .2, .2, .2}, true},      // Δ 800, HHI 2,800
		{"2010", []float64{.2, .2, .2, .2, .2}, true},      // 2,800 > 2,500
		{"2023", []float64{.04, .04, .46, .46}, false},     // Δ 32
		{"2010", []float64{.09, .1, .41, .4}, false},       // HHI 3,462 but Δ = 180
		{"2023", []float64{.25, .1, .1, .1, .1, .1}, true}, // joint share 35 %, Δ 500
		{"1982", []float64{.25, .1, .1, .1, .1, .1}, false},
		{"2010", []float64{.25, .1, .1, .1, .1, .1}, false},
	} {
		rule, _ := mergerLever.Preset(c.rule)
		if got := rule.(*MergerRule).forbids(c.share, 0, 1); got != c.forbid {
			t.Errorf("%s rule on %v: forbids %v", c.rule, c.share, got)
		}
	}
}

// A merger rule that blocks everything turns acquisitions into exits; ownership links raise the
// modified HHI.
func TestMergerRuleAndOwnership(t *testing.T) {
	sold := func(rule *MergerRule) (acquired, closed int) {
		cfg := richConfig()
		cfg.Parameters.Industry.LeastShare, cfg.Parameters.Industry.LargestGap = 1, 0
		cfg.Parameters.Industry.AcquisitionHazard, cfg.Parameters.Industry.ExitHazard = 3, 0
		cfg.Labs[0].Commercial = false // sells nothing, so that no rule could bar it
		if rule != nil {
			cfg.Policies = []Policy{{ID: "guidelines", From: 2024, Until: math.Inf(1), Levers: []any{rule}}}
		}
		for _, e := range run(t, cfg).Events() {
			switch e.Kind {
			case "acquisition":
				acquired++
			case "exit":
				closed++
			}
		}
		return acquired, closed
	}
	free, _ := sold(nil)
	barred, closed := sold(&MergerRule{HHI: 0, Delta: -1, Share: 0})
	if free == 0 || barred != 0 || closed == 0 {
		t.Errorf("%d acquisitions without a rule, %d with one that bars all, %d exits", free, barred, closed)
	}
	cfg := richConfig()
	cfg.Ownership = []Holding{{Holder: 1, Of: 2, Share: 0.3}}
	m := run(t, cfg)
	want := metric(t, m, "hhi_sales") + 1e4*.3*m.Lab(1).SalesShare*m.Lab(2).SalesShare
	near(t, "modified HHI", metric(t, m, "mhhi_sales"), want, 1e-9)
}
