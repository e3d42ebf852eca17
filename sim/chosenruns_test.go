package sim

import (
	"math"
	"testing"
)

// The outlay of a chosen run is H·dπ/dlnT at fixed markups: training up by dlnT raises c by dlnT/ln
// 10 and the serving size by the same in logs, shares and spending answer by p̃^{1−σ} and P^{1−η}.
// The derivative is by central differences of fourth order at h = .003 (error ~ h⁴). With a share
// of 3 % and ε near σ it is interior, with 90 % the limit price binds and the elasticity itself
// still counts.
func TestChosenOutlayIsTheMarginalProfit(t *testing.T) {
	for _, share := range []float64{.03, .5, .9} {
		cfg := still(testConfig(labs(3, 1e9)...))
		cfg.Segments = append(cfg.Segments, testSegment("second", 7e8))
		cfg.Segments[1].Theta, cfg.Segments[1].Sigma, cfg.Segments[1].Eta = 4.5, 3, .8
		cfg.Labs[0].Sales = []Position{sold(0, share), sold(1, .4)}
		cfg.Labs[1].Sales = []Position{sold(0, (1-share)*.7), sold(1, .6)}
		cfg.Labs[2].Sales = []Position{sold(0, (1-share)*.3)}
		cfg.Parameters.Training.Payback = 1.3
		m := started(t, cfg, 1)
		advance(t, m, 1)
		if binds := m.segments[0].solver.markup(m.segments[0].target[0]) == 1.6/.6; binds != (share == .9) {
			t.Fatalf("at a share of %g the limit price binds: %v", share, binds)
		}
		near(t, "profit at fixed markups", m.targetProfit(0)/profitAt(m, 0), 1, 1e-9)
		const h = .003
		slope := (8*(profitAt(m, h)-profitAt(m, -h)) - (profitAt(m, 2*h) - profitAt(m, -2*h))) / (12 * h)
		agrees(t, "outlay", m.chosenOutlay(0), 1.3*slope)
	}
}

// profitAt is the first lab's Σ s*·Y·(1−mc/p) if its run were e^x times as large and all markups
// stayed.
func profitAt(m *Model, x float64) float64 {
	sum := 0.0
	for k := range m.segments {
		s := &m.segments[k]
		weight := func(i int, cost, capability float64) float64 {
			markup := s.price[i] / s.cost[i]
			return math.Pow(cost*markup/math.Exp(s.Spec.Theta*capability+s.brand[i]), 1-s.Spec.Sigma)
		}
		var own, was, all, before float64
		for i := range m.labs {
			if s.price[i] == 0 {
				continue
			}
			c := m.labs[i].Capability
			w := weight(i, s.cost[i], c)
			before += w
			if i == 0 {
				was = w
				own = weight(0, s.cost[0]*math.Exp(m.p.Market.SizeExponent*x), c+x/math.Ln10)
				w = own
			}
			all += w
		}
		if was == 0 {
			continue
		}
		spending := s.Spending * math.Pow(all/before, (1-s.Spec.Eta)/(1-s.Spec.Sigma)) // P ∝ H^{1/(1−σ)}
		sum += own / all * spending * (1 - s.cost[0]/s.price[0])
	}
	return sum
}

// Unclamped, a renter's chosen run costs what it is worth: a_T = T/(rent·K̄_R·T_c), where d = 1 and
// m_r = 1. Where a dollar of chips gives half, the lab's own cost of a chip-year doubles and the
// share halves. Both bounds hold, and labs that sell nothing or are not commercial keep the
// routine.
func TestChosenRunShare(t *testing.T) {
	build := func(change func(*Config)) (*Model, float64) {
		cfg := sells(still(testConfig(labs(3, 1e9)...)), 1)
		cfg.Labs[2].Sales, cfg.Labs[0].Sales[0].Share, cfg.Labs[1].Sales[0].Share = nil, .5, .5
		cfg.Parameters.Training.ChosenRuns = 1
		cfg.Segments[0].Theta = 2
		change(cfg)
		m := started(t, cfg, 1)
		advance(t, m, 2)
		outlay := m.chosenOutlay(0)
		advance(t, m, 1)
		return m, outlay
	}
	m, outlay := build(func(*Config) {})
	l := &m.labs[0]
	if !(l.RunShare > .01 && l.RunShare < .9 && l.RunShare != .12) {
		t.Fatalf("run share %g is at a bound", l.RunShare)
	}
	agrees(t, "cost of the run", l.RunCost, outlay)
	agrees(t, "size of the run", l.TrainingFlop, outlay/(m.supplier.ListPrice*m.userCost())*H100eYear*m.p.Training.Mfu)
	near(t, "share of a lab that sells nothing", m.labs[2].RunShare, .12, 0)

	m, outlay = build(func(cfg *Config) {
		cfg.Regions = append(cfg.Regions, Region{ID: "barred", RelativePricePerformance: flat(.5)})
		cfg.Labs[0].Region = 1
		cfg.Labs[0].RentMultiple = 1.25
	})
	agrees(t, "size of the run at half the compute per dollar", m.labs[0].TrainingFlop,
		outlay*.5/1.25/(m.supplier.ListPrice*m.userCost())*H100eYear*m.p.Training.Mfu)

	m, _ = build(func(cfg *Config) { cfg.Segments[0].Spending = flat(1e3) })
	near(t, "least share", m.labs[0].RunShare, .01, 0)
	m, _ = build(func(cfg *Config) { cfg.Segments[0].Spending = flat(1e13) })
	near(t, "largest share", m.labs[0].RunShare, .9, 0)
	m, _ = build(func(cfg *Config) { cfg.Labs[0].Commercial = false })
	near(t, "share of a lab that is not commercial", m.labs[0].RunShare, .12, 0)
	m, _ = build(func(cfg *Config) { cfg.Parameters.Training.ChosenRuns = 0 })
	near(t, "share by routine", m.labs[0].RunShare, .12, 0)
}
