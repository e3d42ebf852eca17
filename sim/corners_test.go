package sim

import (
	"math"
	"strings"
	"testing"
)

// A lab twelve nats behind the state of the art, for which ideas get e times harder to find with
// each third of a nat, comes as near to it in a stochastic run as it does in expectation: by
// ln(1+βμdt)/β, and neither by the millions of jumps that its first intensity would give nor, where
// e^−mean is 0, by none.
func TestCatchUpWithinAStep(t *testing.T) {
	const seeds, dt = 4000, 1. / 12
	for _, beta := range []float64{3, 8} {
		logMu := math.Log(1.1) + beta*12
		want := (math.Log(beta*dt) + logMu) / beta
		s := newStream()
		sum := 0.0
		for seed := range seeds {
			s.at(runKey("run", uint64(seed), 0), drawResearch, 3)
			sum += s.catchUp(logMu, beta, dt)
		}
		// jumps of .2 to 2.3 nats where 1/β is .3 overshoot by less than one of them
		near(t, "mean gain", sum/seeds, want, .35)
	}
	cfg := researchOnly(testConfig(testLab("first", 1e9), testLab("far", 1e9)))
	cfg.Stochastic = true
	cfg.Labs[0].Efficiency, cfg.Labs[1].Efficiency = 6, -6
	cfg.Parameters.Research.Lambda, cfg.Parameters.Research.Returns = 1.5, .2
	m := started(t, cfg, 1)
	advance(t, m, 1)
	if a := m.Lab(1).TrainingEfficiency; !(a > 4 && a < 8) {
		t.Errorf("after a month the lab far behind is at %g, the first at %g", a, m.Lab(0).TrainingEfficiency)
	}
}

// The shares of a lab that leaves go to the others though it had all but 10⁻¹³ of the market, and
// to those who would be chosen where it had all of it; the last lab leaves a market without
// sellers.
func TestDepartureOfAMonopolist(t *testing.T) {
	cfg := testConfig(labs(3, 1e9)...)
	for i := range cfg.Labs {
		cfg.Labs[i].Sales = []Position{sold(0, []float64{.5, .3, .2}[i])}
	}
	for _, c := range []struct{ small, large, wantSmall, wantLarge float64 }{
		{1e-13, 3e-13, .25, .75}, {0, 0, .6, .4},
	} {
		m := started(t, cfg, 1)
		s := &m.segments[0]
		s.share[0], s.share[1], s.share[2] = 1-(c.small+c.large), c.small, c.large
		m.leave(0)
		m.spreadShares()
		near(t, "share", s.share[1], c.wantSmall, 1e-12)
		near(t, "share", s.share[2], c.wantLarge, 1e-12)
		if err := m.checkSales(); err != nil && strings.Contains(err.Error(), "shares") {
			t.Error(err)
		}
	}
	cfg.Labs = cfg.Labs[:1]
	cfg.Labs[0].Sales = []Position{sold(0, 1)}
	m := started(t, cfg, 1)
	m.leave(0)
	m.spreadShares()
	advance(t, m, 3)
	near(t, "spending", m.segments[0].Spending, 0, 0)
}

// What a policy sets is looked at with the values that hold beside it, before the run, and the
// message names the policy.
func TestRefusedRegimes(t *testing.T) {
	set := func(id string, from float64, path string, v float64) Policy {
		return Policy{ID: id, From: from, Until: math.Inf(1), Levers: []any{&Changes{{Field: path, Value: v}}}}
	}
	for want, policies := range map[string][]Policy{
		"from 2026-01 on (low, high): segment all: substitution sigma 1.7 must exceed both eta 1.9": {
			set("low", 2025, "market.sigma", 1.7), set("high", 2026, "market.eta", 1.9)},
		"(hosts): segment all: host_substitution 3 must not exceed": {set("hosts", 2025, "market.host_substitution", 3)},
		"industry.entrant_budget_low":                               {set("rich", 2025, "industry.entrant_budget_low", 1e12)},
		"costs next to nothing": {set("free", 2025, "chips.depreciation", 0), set("still", 2025,
			"chips.price_performance_growth", 0), set("light", 2025.5, "chips.power_cost", 0)},
	} {
		cfg := testConfig(labs(2, 1e9)...)
		cfg.Policies = policies
		if _, err := New(cfg); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q", err, want)
		}
		cfg.Start = 2040 // windows that have ended set nothing
		for i := range cfg.Policies {
			cfg.Policies[i].Until = 2035
		}
		if _, err := New(cfg); err != nil {
			t.Error(err)
		}
	}
}

// Paths of money that leave all meaning are refused by name.
func TestRefusedPaths(t *testing.T) {
	for want, change := range map[string]func(*Config){
		"labs.lab_1.budget reaches":     func(c *Config) { c.Labs[1].Budget = growing(1e9, 20) },
		"segments.all.spending reaches": func(c *Config) { c.Segments[0].Spending = growing(1e9, 20) },
		"outside_buyers.orders reaches": func(c *Config) { c.Outside.Orders = growing(1e9, 20) },
	} {
		cfg := testConfig(labs(2, 1e9)...)
		change(cfg)
		if _, err := New(cfg); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q", err, want)
		}
	}
}

// Buyers spend no more than nine times what the world produces, however far prices fall.
func TestSpendingEnds(t *testing.T) {
	cfg := sells(testConfig(labs(2, 1e9)...), 1)
	cfg.Segments[0].Eta = 2
	for _, c := range []struct{ cap, fall, want float64 }{
		{math.Inf(1), 50, mostSpending}, {math.Inf(1), 900, mostSpending}, {3e9, 900, 3e9}, {math.Inf(1), 1, 1e9 * math.E},
	} {
		cfg.Segments[0].Cap = c.cap
		m := started(t, cfg, 1)
		s := &m.segments[0]
		s.ReferenceSpending, s.LogPrice = 1e9, m.ref.logPrice[0][1]-c.fall
		m.spend(0)
		agrees(t, "spending", s.Spending, c.want)
	}
}

// Sponsors depart from their path by no more than a thousandfold, whatever next to nothing a lab
// earns in the reference.
func TestSponsorsKeepWithinAThousandfold(t *testing.T) {
	cfg := sells(testConfig(labs(2, 1e9)...), 1)
	cfg.Parameters.Funding.ProfitFollowing, cfg.Parameters.Funding.ProfitFollowingTime = 1, 1e-9
	for want, earned := range map[float64]float64{math.Log(1e3): 1e9, -math.Log(1e3): 1e-200, math.Log(20): 20e-90} {
		m := started(t, cfg, 1)
		m.ref.logProfit[0][0] = math.Log(1e-90)
		m.labs[0].GrossProfit = earned
		m.followProfit(0)
		near(t, "z", m.labs[0].sponsorLog, want, 1e-9)
	}
}

// A budget that falls faster than chips wear out sustains the orders of ten years at most.
func TestStockOfAFallingBudget(t *testing.T) {
	lab := testLab("old", 1e9)
	lab.Renter, lab.Archetype = false, Public
	cfg := testConfig(lab)
	for _, c := range []struct{ growth, turnover float64 }{{math.Log(.5), .1}, {-.15, .1}, {.05, .25}} {
		cfg.Parameters.Funding.GrowthPublic = c.growth
		m := started(t, cfg, 1)
		agrees(t, "stock", m.labs[0].Compute, m.labs[0].Spec.ComputeShare*1e9/(40e3*c.turnover))
	}
}

// A lab that by the end of its dated budget sells nothing keeps what its financiers give for a
// while, X·e^{−u/τ_g}.
func TestFinanciersOfALabThatSellsNoMore(t *testing.T) {
	cfg := onSales(.3)
	m := started(t, cfg, 1)
	l := &m.labs[0]
	l.Revenue, l.bySales = 0, salesFunding{}
	first := m.followSales(0, 1, 0)
	agrees(t, "budget at first", first, l.Spec.Budget.At(m.followsFrom(l)))
	m.t += 1.5
	m.step += 18
	agrees(t, "budget later", m.followSales(0, 1, 0), first*math.Exp(-1.5/cfg.Parameters.Paths.TaperTime))
}

// Beside shares that are given a lab with next to no appeal is found to sell next to nothing.
func TestNextToNothingBesideGivenShares(t *testing.T) {
	for _, appeal := range []float64{-20, -40, -90, -400} {
		cfg := testConfig(labs(3, 1e9)...)
		cfg.Labs[0].Openness = Open // hosts
		cfg.Labs[0].Sales, cfg.Labs[1].Sales = []Position{sold(0, .5)}, []Position{sold(0, .4)}
		weak := sold(0, 0)
		weak.Brand = appeal
		cfg.Labs[2].Sales = []Position{weak}
		m := started(t, cfg, 1)
		s := &m.segments[0]
		near(t, "target", s.target[0], .5, 1e-9)
		near(t, "target", s.target[1], .4, 1e-9)
		if !(s.target[2] >= 0 && s.target[2] < 1e-6) {
			t.Errorf("a brand of %g gets a share of %g", appeal, s.target[2])
		}
	}
}

// There is room for as many entrants as any luck brings.
func TestRoomForEntrants(t *testing.T) {
	cfg := testConfig(labs(2, 1e9)...)
	cfg.Stochastic, cfg.Steps = true, 1200
	cfg.Parameters.Industry.EntryRate, cfg.Parameters.Industry.EntryMargin = 20, .1
	if mean := 20 * .9 * 100.; float64(cfg.entrants()) < mean+6*math.Sqrt(mean) {
		t.Errorf("room for %d entrants, %g are expected", cfg.entrants(), mean)
	}
	if ids := entrantIDs(cfg.entrants()); ids[299] != "entrant#300" {
		t.Errorf("the 300th is %q", ids[299])
	}
	cfg.Parameters.Industry.EntryRate = 0
	if n := cfg.entrants(); n != 0 {
		t.Errorf("room for %d where nobody enters", n)
	}
	cfg.Policies = []Policy{{ID: "open", From: 2030, Until: 2031, Levers: []any{&Changes{{Field: "industry.entry_rate",
		Value: 5}}}}}
	if n := cfg.entrants(); n < usualEntrants {
		t.Errorf("room for %d where a policy lets them in", n)
	}
}

// What is sold at the start is sold by a lab that has a model, of which it is known what it costs.
func TestRefusedModelsAtTheStart(t *testing.T) {
	for want, change := range map[string]func(*LabSpec){
		"lab lab_0 sells at the start but has no model": func(l *LabSpec) { l.Budget = flat(0) },
		"nothing that says what it costs to serve":      func(l *LabSpec) { l.Budget, l.Capability = flat(0), 1 },
	} {
		cfg := sells(testConfig(labs(2, 1e9)...), 1)
		change(&cfg.Labs[0])
		r, err := New(cfg)
		if err != nil {
			t.Fatal(err)
		}
		if _, err = r.ReferenceRun(0); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q", err, want)
		}
	}
}

// An industry without a model has no frontier, which is no number below all others.
func TestNoModelNoFrontier(t *testing.T) {
	m := started(t, testConfig(testLab("poor", 0)), 1)
	for range 3 {
		for _, x := range Metrics {
			if v := x.Of(m); math.IsInf(v, 0) {
				t.Errorf("%s is %g", x.Name, v)
			}
		}
		advance(t, m, 1)
	}
	if c := metric(t, m, "frontier_capability"); !math.IsNaN(c) {
		t.Errorf("the frontier is %g", c)
	}
}

// A pool among labs that have nothing is shared in equal parts.
func TestPoolOfThePoor(t *testing.T) {
	cfg := testConfig(labs(4, 0)...)
	cfg.Parameters.Funding.Pool = 8e8
	m := started(t, cfg, 1)
	m.funding()
	for i := range m.labs {
		agrees(t, "funding", m.labs[i].Funding, 2e8)
	}
}
