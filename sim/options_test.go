package sim

import (
	"math"
	"testing"
)

// Priority in rationing serves a lab first: all orders together get what the market delivers, the
// favoured lab more of its own.
func TestPriority(t *testing.T) {
	cfg := tight(richConfig())
	cfg.Labs[3].Priority = 50
	m := started(t, cfg, 1)
	advance(t, m, 24)
	s := m.Supplier()
	if s.FillRate >= 1 || m.Lab(3).fill != 1 || m.Lab(0).fill >= s.FillRate {
		t.Errorf("fill rate %g, favoured %g, other %g", s.FillRate, m.Lab(3).fill, m.Lab(0).fill)
	}
	served := s.outsideFill * cfg.Outside.Orders.At(m.Time()-m.dt/2) * math.Exp(cfg.Parameters.Chips.DemandResponse*s.logV)
	for i := range m.labs {
		served += m.labs[i].fill * m.merchantOrder(&m.labs[i], math.Exp(cfg.Parameters.Chips.DemandResponse*s.logV))
	}
	near(t, "orders served", served/(s.FillRate*s.Orders), 1, 1e-9)
}

// Each option of conduct gives the markups of its formula in a symmetric market: Bertrand 1.32
// (result 2); Cournot 1/ε = .75/5 + .25/1.5; cost-plus 1 + margin.
func TestConduct(t *testing.T) {
	for conduct, want := range map[Conduct]float64{Bertrand: 1.32, Cournot: 1 / (1 - (.75/5 + .25/1.5)), CostPlus: 1.8} {
		cfg := sells(testConfig(labs(4, 1e9)...), 1)
		cfg.Segments[0].Sigma, cfg.Segments[0].Eta = 5, 1.5
		cfg.Parameters.Market.Conduct, cfg.Parameters.Market.CostPlusMargin = float64(conduct), .8
		m := started(t, cfg, 1)
		advance(t, m, 12)
		near(t, "markup", m.Segment(0).price[0]/m.Segment(0).cost[0], want, 1e-12)
	}
}

// A lab's own share for its final run sizes that run and leaves the rest to experiments; the run
// costs its chip-years at the world's rents, P^L·(δ+g_h+power) a year, and what the region's chips
// cost is not in it.
func TestFinalRunOfALab(t *testing.T) {
	cfg := frontierOnly(testConfig(testLab("usual", 1e9), testLab("small_run", 1e9)))
	cfg.Labs[1].FinalRunShare = .03
	cfg.Labs[1].Region, cfg.Regions = 1, append(cfg.Regions, Region{ID: "barred", RelativePricePerformance: flat(.5)})
	m := run(t, cfg)
	a, b := m.Lab(0), m.Lab(1)
	near(t, "FLOP of the runs", b.TrainingFlop/a.TrainingFlop, .5*.03/.12, 1e-12)
	near(t, "effort", b.Effort/a.Effort, math.Pow(.5*.97/.88, m.p.Research.ComputeWeight), 1e-12)
	chips := &m.p.Chips
	rent := m.supplier.ListPrice * (chips.Depreciation + chips.PricePerformanceGrowth + chips.PowerCost)
	near(t, "cost", b.RunCost/(.03*b.SmoothedResearch*m.p.Training.RunTime*rent), 1, 1e-12)
}

// With scale-dependent efficiency a run below the threshold loses that share of A, one above it
// nothing.
func TestScaleDependence(t *testing.T) {
	cfg := frontierOnly(testConfig(testLab("rich", 1e10), testLab("poor", 1e6)))
	cfg.Parameters.Training.ScaleDependence, cfg.Parameters.Training.ScaleThreshold = .6, 1e24
	m := run(t, cfg)
	for i, share := range []float64{1, .4} {
		l := m.Lab(i)
		near(t, l.Spec.ID, l.Capability, math.Log10(l.TrainingFlop/GPT4FLOP)+share*l.TrainingEfficiency/math.Ln10, 1e-9)
	}
}

// Sutton's lower bound: when labs choose their runs, N identical labs earn the chosen outlay back
// only while (ε−1)(θ/ln10 − φ_N) < 1, whatever the market's size: net of it profit is H·sY/ε·(1 −
// (ε−1)(θ/ln10 − φ_N)). A cost that is given is earned back by any number of labs in a market large
// enough.
func TestSuttonBound(t *testing.T) {
	viable := func(n int, spending float64, chosen bool) bool {
		cfg := sells(still(testConfig(labs(n, 1e9)...)), 1)
		cfg.Segments[0].Spending = flat(spending)
		cfg.Segments[0].Sigma, cfg.Segments[0].Eta, cfg.Segments[0].Theta = 5, 1.2, 1.85
		m := started(t, cfg, 1)
		advance(t, m, 1)
		cost := 1e9 // given
		if chosen {
			cost = m.chosenOutlay(0)
		}
		return m.Lab(0).GrossProfit > cost
	}
	bound := 0
	x := 1.85/math.Ln10 - Defaults().Market.SizeExponent
	for n := 2; n < 20; n++ {
		if eps := 5*(1-1/float64(n)) + 1.2/float64(n); (eps-1)*x < 1 {
			bound = n
		}
		for _, spending := range []float64{1e9, 1e11, 1e13} {
			eps := 5*(1-1/float64(n)) + 1.2/float64(n)
			if got, want := viable(n, spending, true), (eps-1)*x < 1; got != want {
				t.Errorf("%d labs in a market of %g: viable %v, want %v", n, spending, got, want)
			}
		}
	}
	if bound < 2 || bound > 10 {
		t.Fatalf("bound at %d labs: the configuration no longer tests one", bound)
	}
	if viable(19, 1e9, false) || !viable(19, 1e13, false) {
		t.Error("a given cost should bound the number of labs in a small market only")
	}
}

// Sponsors who follow profit leave a run without events as its reference, and answer to a shock.
func TestSponsorsFollowProfit(t *testing.T) {
	cfg := richConfig()
	cfg.Stochastic, cfg.Policies = false, nil
	cfg.Parameters.Funding.ProfitFollowing = 1
	shocks := cfg.Shocks
	cfg.Shocks = nil
	m := run(t, cfg)
	for i := range m.labs {
		near(t, m.LabID(i), m.labs[i].sponsorLog, 0, 0)
	}
	cfg.Shocks = shocks
	m = run(t, cfg)
	if up := m.Lab(2).sponsorLog; up == 0 {
		t.Error("the shocked lab's sponsor did not answer")
	}
}
