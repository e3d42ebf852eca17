package sim

import (
	"math"
	"strings"
	"testing"
)

// Spending: y = D·(P/P^ref)^{1−η}, Y = y/(1+(y−D)⁺/cap). At P/P^ref = ½ and η = 1.5 y = √2·D; the
// cap of $2B acts on what is above D alone. Below D it does not act.
func TestSpendingByHand(t *testing.T) {
	for _, c := range []struct{ ratio, limit, want float64 }{
		{.5, math.Inf(1), math.Sqrt2 * 1e9}, {.5, 2e9, math.Sqrt2 * 1e9 / (1 + (math.Sqrt2-1)/2)}, {2, 2e9, 1e9 / math.Sqrt2},
	} {
		cfg := sells(still(testConfig(labs(2, 1e9)...)), 1)
		cfg.Segments[0].Eta, cfg.Segments[0].Cap = 1.5, c.limit
		m := started(t, cfg, 1)
		m.ref.logPrice[0][1] = m.segments[0].LogPrice - math.Log(c.ratio)
		advance(t, m, 1)
		s := m.Segment(0)
		agrees(t, "spending", s.Spending, c.want)
		agrees(t, "reference", s.ReferenceSpending, 1e9)
		near(t, "growth of spending", s.growth, math.Max(0, math.Log(c.want/1e9)), 1e-9)
	}
}

// A price that the reference does not have leaves spending at D.
func TestSpendingWithoutReferencePrice(t *testing.T) {
	m := started(t, sells(still(testConfig(labs(2, 1e9)...)), 1), 1)
	m.ref.logPrice[0][1] = math.NaN()
	advance(t, m, 1)
	agrees(t, "spending", m.Segment(0).Spending, 1e9)
}

// Buyers reconsider at rate l times what interoperability makes of it, and new spending chooses
// afresh: s ← s + (1 − e^{−l·f·dt − ln(Y/Y_before)⁺})(s* − s). Spending that falls sends nobody
// anywhere. In a segment's first step s = s*.
func TestSwitchingByHand(t *testing.T) {
	for _, growth := range []float64{.3, -.3} {
		cfg := still(testConfig(labs(2, 1e9)...))
		cfg.Segments[0].Switching = .7
		cfg.Segments[0].Spending = growing(1e9, growth*12)
		for i, share := range []float64{.8, .2} {
			cfg.Labs[i].Sales = []Position{{Share: share, Target: .5, Brand: math.NaN()}}
		}
		cfg.Policies = []Policy{{From: 2024, Until: math.Inf(1), Levers: []any{&Interoperability{Factor: 3}}}, {From: 2024,
			Until: math.Inf(1), Levers: []any{&Interoperability{Factor: 5, Segments: []int{1}}}}}
		m := started(t, cfg, 1)
		new := math.Max(0, growth)
		advance(t, m, 1) // to mid-step, half a step after the start
		gap := .3 * math.Exp(-.7*3/12-new/2)
		near(t, "share", m.segments[0].share[0], .5+gap, 1e-9)
		advance(t, m, 1)
		near(t, "share", m.segments[0].share[0], .5+gap*math.Exp(-.7*3/12-new), 1e-9)
		m.segments[0].started = false
		advance(t, m, 1)
		near(t, "share in a first step", m.segments[0].share[0], .5, 1e-9)
	}
}

// A segment trades from its date on, if anybody offers a model there or one is published.
func TestOpening(t *testing.T) {
	m := started(t, sells(still(testConfig(labs(2, 1e9)...)), 1), 1)
	s := &m.segments[0]
	check := func(what string, want bool) {
		t.Helper()
		if got := m.opens(s, 2025); got != want {
			t.Errorf("%s: opens %v", what, got)
		}
	}
	check("from the start", true)
	s.Spec.From = 2025
	check("on its date", true)
	s.Spec.From = 2025.01
	check("before its date", false)
	s.Spec.From = math.NaN()
	m.labs[0].Capability, m.labs[1].Active = math.Inf(-1), false
	check("nobody has a model", false)
	m.commons.models = []Publication{{Date: 2025.2}}
	check("a model is out later", false)
	m.commons.models[0].Date = 2025
	check("a model is out", true)
	m.commons.models = nil
	m.labs[1].Active = true
	check("one lab has", true)
	s.offers[1] = false
	check("which does not sell here", false)
}

// Set-aside of a tenth for labs 1 and 2 at targets .3 and .1, sold .5, .3, .1 and hosts .1:
// everybody gives up a tenth, the two get it 3 : 1. Revenue, serving cost and the hosts' part of Y
// follow, with markups by target shares.
func TestSetAsideByHand(t *testing.T) {
	cfg := still(testConfig(labs(4, 1e9)...))
	cfg.Labs[3].Openness = Open
	for i, share := range []float64{.5, .3, .1} {
		cfg.Labs[i].Sales = []Position{sold(0, share)}
	}
	cfg.Policies = []Policy{{From: 2024, Until: math.Inf(1), Levers: []any{&SetAside{Share: .1,
		Eligible: Eligibility{Labs: []int{1, 2, 3}}}}}}
	cfg.Policies = append(cfg.Policies, Policy{From: 2024, Until: math.Inf(1), Levers: []any{&SetAside{Share: .5,
		Segments: []int{1}}}})
	m := started(t, cfg, 1)
	advance(t, m, 1)
	s := m.Segment(0)
	serving := .1 * .9 * 1e9 / 1.1
	for i, want := range []float64{.45, .27 + .075, .09 + .025} {
		l := &m.labs[i]
		near(t, "share of sales", s.sold[i]/1e9, want, 1e-9)
		agrees(t, "revenue", l.Revenue, s.sold[i])
		r, labs := s.target[i]/(1-s.fringe), 1-s.fringe
		eps := math.Max(1.6, 2.3*(1-r)+(1.3*(1-labs)+1.11*labs)*r)
		agrees(t, "serving cost", l.ServingCost, s.sold[i]*(eps-1)/eps)
		agrees(t, "gross profit", l.GrossProfit, s.sold[i]/eps)
		agrees(t, "share of all sales", l.SalesShare, s.sold[i]/1e9)
		agrees(t, "serving compute", l.ServingCompute, l.ServingCost/(.23*4e4))
		serving += l.ServingCost
	}
	near(t, "hosts", s.HostedOpenShare, .09, 1e-9)
	agrees(t, "hosts' sales", m.hostSpend, .09e9)
	agrees(t, "serving spend", m.servingSpend, serving)
}

// The floor of ε binds above the share at which σ(1−s) + ηs is ε_min: .7/1.19 = .588 here.
// FloorBinds is the share of sales at that price.
func TestFloorBindsByHand(t *testing.T) {
	for _, share := range []float64{.55, .62} {
		cfg := still(testConfig(labs(2, 1e9)...))
		cfg.Labs[0].Sales, cfg.Labs[1].Sales = []Position{sold(0, share)}, []Position{sold(0, 1-share)}
		m := started(t, cfg, 1)
		advance(t, m, 1)
		want := 0.0
		if share > .588 {
			want = share
		}
		near(t, "floor binds", m.Segment(0).FloorBinds, want, 1e-9)
	}
}

// Brands at the start: inverted so that targets hold at t_0, .3 and .2 against hosts; given, 1.7,
// with a fit of .4; the open models' where access is all that a lab has; without hosts or a lab of
// given brand the largest is 0. A segment that takes another's brands copies them.
func TestBrandsByHand(t *testing.T) {
	cfg := still(testConfig(labs(5, 1e9)...))
	cfg.Labs[4].Openness = Open
	cfg.Segments = append(cfg.Segments, testSegment("later", 1e9))
	cfg.Segments[1].From, cfg.Segments[1].BrandsOf = 2026, 0
	nan := math.NaN()
	cfg.Labs[0].Sales = []Position{{Share: .4, Target: .3, Brand: nan}}
	cfg.Labs[1].Sales = []Position{{Share: .2, Target: nan, Brand: nan, Fit: .9}}
	cfg.Labs[2].Sales = []Position{{Share: .1, Target: nan, Brand: 1.7, Fit: .4}}
	cfg.Labs[3].Sales = []Position{{Target: nan, Brand: nan, Fit: -.1}}
	m := started(t, cfg, 1)
	s := m.Segment(0)
	near(t, "target given", s.target[0], .3, 1e-9)
	near(t, "target as observed", s.target[1], .2, 1e-9)
	near(t, "observed share", s.share[0], .4, 0)
	near(t, "brand given", s.brand[2], 2.1, 1e-12)
	near(t, "access alone", s.brand[3], -1.4-.1, 1e-12)
	if !(s.target[2] > 0 && s.target[3] > 0 && s.fringe > 0) {
		t.Errorf("targets %v, hosts %g", s.target, s.fringe)
	}
	later := m.Segment(1)
	for i := range m.labs {
		if later.brand[i] != s.brand[i] || later.offers[i] != s.offers[i] || later.share[i] != 0 {
			t.Errorf("lab %d in the later segment: brand %g, share %g", i, later.brand[i], later.share[i])
		}
	}
	two := still(testConfig(labs(2, 1e9)...))
	two.Labs[0].Sales, two.Labs[1].Sales = []Position{sold(0, .3)}, []Position{sold(0, .7)}
	m = started(t, two, 1)
	near(t, "largest brand", m.Segment(0).brand[1], 0, 1e-12)
	// equal technology: ln(s*_0/s*_1) = (1−σ)·(ln markup_0 − ln markup_1 − brand_0)
	markup := func(s float64) float64 {
		eps := math.Max(1.6, 2.3-1.19*s)
		return math.Log(eps / (eps - 1))
	}
	near(t, "smaller brand", m.Segment(0).brand[0], markup(.3)-markup(.7)+math.Log(3./7)/1.3, 1e-9)
}

// Shares that do not fit are refused: above one, below one where nobody else sells, targets that
// leave nothing for hosts or do not add up without them.
func TestSharesThatDoNotFit(t *testing.T) {
	nan := math.NaN()
	for _, c := range []struct {
		open           bool
		shares, target [2]float64
		want           string
	}{
		{true, [2]float64{.7, .4}, [2]float64{.3, .3}, "shares sum to 1.1;"},
		{false, [2]float64{.5, .4}, [2]float64{.5, .5}, "shares sum to 0.9 but nobody else sells"},
		{true, [2]float64{.5, .4}, [2]float64{.5, .5}, "target shares sum to 1 and leave nothing"},
		{false, [2]float64{.5, .5}, [2]float64{.5, .4}, "target shares sum to 0.9 but nobody else sells"},
		{true, [2]float64{.5, .5}, [2]float64{.5, .4}, ""},
		{false, [2]float64{.5, .5}, [2]float64{.2, .8}, ""},
	} {
		cfg := testConfig(labs(3, 1e9)...)
		if c.open {
			cfg.Labs[2].Openness = Open
		}
		for i := range 2 {
			cfg.Labs[i].Sales = []Position{{Share: c.shares[i], Target: c.target[i], Brand: nan}}
		}
		_, err := NewReference(cfg)
		if (err == nil) != (c.want == "") || (err != nil && !strings.Contains(err.Error(), c.want)) {
			t.Errorf("shares %v, targets %v: %v, want %q", c.shares, c.target, err, c.want)
		}
	}
}
