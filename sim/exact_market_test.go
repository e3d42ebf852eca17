package sim

import (
	"math"
	"testing"

	"simulate/sim/portable"
)

// still holds technology fixed: no progress, spillover, distillation, adoption, or fall of chip
// prices, and renters' budgets constant.
func still(cfg *Config) *Config {
	p := &cfg.Parameters
	p.Research.Gamma, p.Research.Omega = math.SmallestNonzeroFloat64, 0
	p.Training.Distillation, p.Training.Adoption = 0, 0
	p.Chips.PricePerformanceGrowth, p.Funding.Reinvestment = 0, 0
	return cfg
}

// Result 12. Switching towards a constant target at constant D and P_k: s(t) = s* + (s_0 −
// s*)·e^{−lt}; shares sum to one. [1e-12]
func TestSwitchingToConstantTarget(t *testing.T) {
	cfg := still(testConfig(labs(3, 1e9)...))
	cfg.Segments[0].Switching = 0.7
	for i, share := range []float64{.6, .3, .1} {
		cfg.Labs[i].Sales = []Position{{Share: share, Target: []float64{.2, .3, .5}[i], Brand: math.NaN()}}
		cfg.Labs[i].Capability, cfg.Labs[i].ServingSize = 9, 1e25 // above any own run, so that nobody releases
	}
	m := started(t, cfg, 1)
	for !m.Done() {
		advance(t, m, 1)
		s, sum := m.Segment(0), 0.0
		decay := math.Exp(-0.7 * (m.Time() - 2024))
		for i, start := range []float64{.6, .3, .1} {
			goal := []float64{.2, .3, .5}[i]
			near(t, "share", s.share[i], goal+(start-goal)*decay, 1e-12)
			sum += s.share[i]
		}
		near(t, "sum of shares", sum, 1, 1e-12)
	}
}

// owners turns labs into owners without own silicon.
func owners(labs []LabSpec) []LabSpec {
	for i := range labs {
		labs[i].Renter = false
	}
	return labs
}

// Result 13. Chip market with ψ = 1 and x ≥ 1, all merchant, nobody outside, no demand response, no
// refunds (none arise at ψ = 1): P = ΣξF/Q, so that the outlay P·(chips delivered) is ΣξF whatever
// Q is. [1e-12 relative]
func TestClearingPrice(t *testing.T) {
	for _, capacity := range []float64{1e3, 5e3} {
		cfg := testConfig(owners(labs(3, 1e9))...)
		p := &cfg.Parameters
		p.Chips.PriceStickiness, p.Chips.DemandResponse, p.Chips.Capacity = 1, 0, capacity
		p.Chips.CapacityGrowth, p.Chips.CapacityResponse, p.Paths.LongRunCapacityGrowth = 0, 0, 0
		p.Chips.Depreciation = 0
		m := started(t, cfg, 1)
		for range 24 {
			before := m.Lab(0).Compute + m.Lab(1).Compute + m.Lab(2).Compute
			advance(t, m, 1)
			s := m.Supplier()
			outlay := 0.6 * (m.Lab(0).Funding + m.Lab(1).Funding + m.Lab(2).Funding)
			if s.Scarcity < 1 {
				t.Fatalf("scarcity %g: the configuration no longer tests a tight market", s.Scarcity)
			}
			near(t, "price·Q/ΣξF", s.Price*capacity/outlay, 1, 1e-12)
			delivered := (m.Lab(0).Compute + m.Lab(1).Compute + m.Lab(2).Compute - before) / m.dt
			near(t, "outlay", s.Price*delivered/outlay, 1, 1e-9)
			near(t, "carry", m.Lab(0).Carry, 0, 1e-3)
		}
	}
}

// Result 14. Jevons: with no cap, P, P^ref and A fixed, s = s* and S and S_pub of everybody up
// together by ε, costs and the index fall by ε in logs, spending moves by (η−1)·ε, and markups
// stay: dln(serving compute)/dln(efficiency) = η − 1 in chips of fixed price. [1e-6]
func TestJevons(t *testing.T) {
	for _, eta := range []float64{0.6, 1, 1.11, 1.5} {
		cfg := sells(still(testConfig(labs(3, 1e9)...)), 0.7)
		cfg.Labs[0].Openness = Open
		cfg.Segments[0].Eta, cfg.Segments[0].Switching = eta, 1e4
		for i := range cfg.Labs {
			cfg.Labs[i].Capability, cfg.Labs[i].ServingSize = 9, 1e25
		}
		serving := func(gain float64) float64 {
			m := started(t, cfg, 1)
			for i := range m.labs {
				m.labs[i].ServingEfficiency += gain
				m.past.at(i, 0).s += gain
			}
			for j := range m.commons.models {
				m.commons.models[j].Serving += gain
			}
			m.commons.ServingKnowledge += gain
			advance(t, m, 1)
			return math.Log(m.servingSpend / m.Supplier().Price)
		}
		const step = 1e-3
		near(t, "slope", (serving(step)-serving(-step))/(2*step), eta-1, 1e-6)
	}
}

// Result 15. A stock with investment growing at g: K → I/(g+δ); deliveries at mid-step leave an
// error of O(dt), so that quarters miss by about three times as much as months.
func TestStockOfGrowingInvestment(t *testing.T) {
	miss := func(perYear int) float64 {
		const g = 0.3
		l := owners(labs(1, 1))
		l[0].Budget = growing(1e6, g)
		cfg := testConfig(l...)
		cfg.StepsPerYear, cfg.Steps = perYear, 60*perYear
		p := &cfg.Parameters
		p.Chips.PricePerformanceGrowth, p.Funding.Reinvestment = 0, 0
		p.Chips.Capacity = 1e9
		m := run(t, cfg)
		investment := 0.6 * 1e6 * math.Exp(g*60) / p.Chips.Price
		return math.Abs(m.Lab(0).Compute/(investment/(g+p.Chips.Depreciation)) - 1)
	}
	month, quarter := miss(12), miss(4)
	near(t, "miss in months", month, 0, 0.01)
	if quarter < month {
		t.Errorf("quarters miss by %g, months by %g", quarter, month)
	}
}

// Result 18a. Permuting the labs permutes the results. [1e-12]
func TestPermutation(t *testing.T) {
	cfg, other := richConfig(), richConfig()
	n := len(cfg.Labs)
	for i := range other.Labs {
		other.Labs[i] = cfg.Labs[n-1-i]
	}
	for s := range other.Shocks {
		other.Shocks[s].Lab = n - 1 - other.Shocks[s].Lab
	}
	a, b := started(t, cfg, 3), started(t, other, 3)
	for !a.Done() {
		advance(t, a, 1)
		advance(t, b, 1)
	}
	sameMetrics(t, a, b, nil, 1e-9)
}

// Result 18b. Multiplying all money by k leaves every metric that is not money unchanged, and
// multiplies the others by k. [1e-12 each step; the run compounds rounding, so 1e-9 at its end]
func TestMoneyIsAUnit(t *testing.T) {
	const k = 1000
	cfg, other := richConfig(), richConfig()
	scale := func(s *Series) {
		s.Points = append([]Point(nil), s.Points...)
		for i := range s.Points {
			s.Points[i].Value *= k
		}
	}
	for i := range other.Labs {
		scale(&other.Labs[i].Budget)
	}
	for i := range other.Segments {
		scale(&other.Segments[i].Spending)
		other.Segments[i].Cap *= k
	}
	scale(&other.Outside.Orders)
	p := &other.Parameters
	p.Chips.Price *= k
	p.Chips.UnitCost *= k
	p.Market.ServingCost *= k
	p.Industry.EntrantBudgetLow *= k
	p.Industry.EntrantBudgetHigh *= k
	p.Observation.SmallBudget *= k
	p.Observation.LargeBudget *= k
	p.Observation.GiantBudget *= k
	for i := range other.Policies {
		if g := Pulled[Grant](&other.Policies[i]); g != nil {
			copied := *g
			copied.Amount *= k
			copied.Eligible.BudgetBelow *= k
			other.Policies[i].Levers = []any{&copied}
		}
	}
	a, b := run(t, cfg), run(t, other)
	sameMetrics(t, a, b, func(unit string) float64 {
		switch unit {
		case "USD/yr", "USD", "USD/H100e", "USD/Mtok":
			return k
		}
		return 1
	}, 1e-9)
}

// sameMetrics compares all metrics at a relative tolerance, b's divided by the factor of its unit.
func sameMetrics(t *testing.T, a, b *Model, factor func(unit string) float64, tol float64) {
	t.Helper()
	for _, x := range Metrics {
		want, got := x.Of(a), x.Of(b)
		if factor != nil {
			got /= factor(x.Unit)
		}
		if math.IsNaN(want) && math.IsNaN(got) {
			continue
		}
		near(t, x.Name, got, want, tol*math.Max(1, math.Abs(want)))
	}
}

// Result 19a. A deterministic run without events equals its reference bit for bit, and spends
// exactly D.
func TestDeterministicRunIsItsReference(t *testing.T) {
	cfg := richConfig()
	cfg.Stochastic, cfg.Shocks, cfg.Policies = false, nil, nil
	m := started(t, cfg, 1)
	for !m.Done() {
		advance(t, m, 1)
		for k := range m.segments {
			if s := m.Segment(k); s.Spending != s.ReferenceSpending || (s.Open && s.LogPrice != m.ref.logPrice[k][m.step]) {
				t.Fatalf("%s at %g: spending %g of %g", s.Spec.ID, m.Time(), s.Spending, s.ReferenceSpending)
			}
		}
		if portable.Log(m.servingSpend) != m.ref.logServing[m.step] {
			t.Fatalf("serving spend departs from the reference at %g", m.Time())
		}
	}
}

// Result 19b. Money, compute and shares balance at every step: the chip market's outlays add up to
// what buyers pay and get refunded, deliveries to what the market delivers, sales to spending.
// [1e-9; the last and the shares are checked by every Step]
func TestBalances(t *testing.T) {
	cfg := richConfig()
	cfg.Parameters.Chips.Capacity = 1e5 // a tight market, so that refunds arise
	m := started(t, cfg, 5)
	refunded := false
	for !m.Done() {
		stocks := make([]float64, len(m.labs))
		for i := range m.labs {
			stocks[i] = m.labs[i].Compute
		}
		outside := m.commons.OutsideStock
		advance(t, m, 1)
		s, delta := m.Supplier(), cfg.Parameters.Chips.Depreciation
		delivered, own := 0.0, 0.0
		flow := func(before, after float64) float64 {
			return (after - before*math.Exp(-delta*m.dt)) * delta / -math.Expm1(-delta*m.dt)
		}
		for i := range m.labs {
			l := &m.labs[i]
			if !l.Active {
				continue
			}
			if l.Spec.Renter {
				continue
			}
			compute := l.ComputeShare * l.Funding
			silicon := l.Spec.OwnSilicon * compute / (l.Spec.OwnSiliconCost * s.ListPrice)
			own += silicon
			delivered += flow(stocks[i], l.Compute)/m.regions[l.Spec.Region].d - silicon // stocks count effective chips
			refunded = refunded || l.Carry > 0
			near(t, "refund", l.Carry/m.dt, (1-s.FillRate)*(1-l.Spec.OwnSilicon)*compute, 1e-6*compute)
		}
		delivered += flow(outside, m.commons.OutsideStock)
		near(t, "chips delivered", delivered*s.Price/(s.FillRate*s.Orders), 1, 1e-9)
		near(t, "own silicon", own/math.Max(s.ownChips, 1), s.ownChips/math.Max(s.ownChips, 1), 1e-9)
	}
	if !refunded {
		t.Error("no refund arose: the configuration no longer tests them")
	}
}

// Result 19c. Halving dt (with the same dates of release): the step error in deterministic mode is
// of weak order 1. Against a run in twelfths, a third of the error remains from quarters to months.
func TestStepError(t *testing.T) {
	end := func(perYear int) float64 {
		cfg := richConfig()
		cfg.Stochastic, cfg.Shocks, cfg.Policies = false, nil, nil
		cfg.StepsPerYear, cfg.Steps = perYear, 6*perYear
		m := run(t, cfg)
		return math.Log(metric(t, m, "compute_stock"))
	}
	near(t, "ln stock, quarters against months", end(4), end(12), 0.08)
}
