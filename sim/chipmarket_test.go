package sim

import (
	"math"
	"testing"
)

// A step of a scarce chip market by hand: a platform (o = .5, own = .3 at m_own = .65, X = $1B,
// $20M carried over), an owner in a region with d = .5, a renter with a grant in chips, and outside
// buyers whose clouds see v = 1.5 times the reference's serving demand (τ_v = 0, χ = .5).
func TestChipMarketByHand(t *testing.T) {
	platform, owner, renter := testLab("platform", 1e9), testLab("owner", 4e8), testLab("renter", 2e8)
	platform.Archetype, platform.Renter, platform.ShareForOtherProducts, platform.OwnSilicon = Platform, false, .5, .3
	owner.Renter, owner.Region = false, 1
	cfg := testConfig(platform, owner, renter)
	cfg.Regions = append(cfg.Regions, Region{ID: "far", RelativePricePerformance: flat(.5)})
	cfg.Outside = OutsideBuyers{Orders: flat(5e8), Stock: 2e4}
	cfg.Policies = []Policy{{ID: "chips", From: 2024, Until: math.Inf(1), Levers: []any{&Grant{Amount: 1000,
		InCompute: true, Eligible: Eligibility{Labs: []int{2}}}}}}
	c := &cfg.Parameters.Chips
	c.DemandResponseTime, c.PriceStickiness = 0, .4
	m := started(t, cfg, 1)
	advance(t, m, 1)
	for i := range m.labs {
		m.labs[i].Carry, m.labs[i].GrossProfit = 0, 0
	}
	m.labs[0].Carry = 2e7
	m.labs[0].Compute, m.labs[1].Compute, m.labs[2].GrantedCompute = 3e4, 1e4, 70
	outside := m.commons.OutsideStock
	m.supplier.Capacity, m.supplier.Belief = 18000, .2
	m.servingSpend, m.ref.logServing[1] = 1.5, 0
	delivered := m.labs[1].CumulativeDeliveries
	m.policy()
	m.funding()
	m.chips()

	dt := 1.0 / 12
	fall := math.Pow(1.3, -1.5*dt)
	list := 4e4 * fall
	v := math.Sqrt(1.5)
	first := .7 * .6 * (1e9 + 2e7/dt + .5*1e9*(v-1))
	second := .6 * 4e8
	z := first + second + 5e8*v + 1000*list
	x := z / (list * 18000)
	if !(x > 1.2) {
		t.Fatalf("chips are not scarce: x = %g", x)
	}
	p, f := list*math.Pow(x, .4), math.Pow(x, -.6)
	s := m.Supplier()
	agrees(t, "orders", s.Orders, z)
	agrees(t, "scarcity", s.Scarcity, x)
	agrees(t, "list price", s.ListPrice, list)
	agrees(t, "price", s.Price, p)
	agrees(t, "fill rate", s.FillRate, f)

	own := .3 * .6 * (1e9 + 2e7/dt) / (.65 * list)
	stock := func(k, q float64) float64 { return k*math.Exp(-.2*dt) + q*(1-math.Exp(-.2*dt))/.2 }
	agrees(t, "platform's compute", m.labs[0].Compute, stock(3e4, f*first/p+own))
	agrees(t, "owner's compute", m.labs[1].Compute, stock(1e4, f*.5*second/p))
	agrees(t, "owner's deliveries", m.labs[1].CumulativeDeliveries-delivered, f*.5*second/p*dt)
	agrees(t, "renter's compute", m.labs[2].Compute, .6*2e8/(list*(.2+math.Log(1.3)+.03)))
	granted := stock(70, f*1000*list/p)
	agrees(t, "granted chips", m.labs[2].GrantedCompute, granted)
	agrees(t, "outside owners", m.commons.OutsideStock, stock(outside, f*5e8*v/p))
	agrees(t, "platform's refund", m.labs[0].Carry, (1-f)*.7*.6*(1e9+2e7/dt)*dt)
	agrees(t, "owner's refund", m.labs[1].Carry, (1-f)*second*dt)
	near(t, "renter's refund", m.labs[2].Carry, 0, 0)
	agrees(t, "cost of the grant", m.policyCost, f*1000*list)
	// research: F_R is half of the platform's X; what it carries over is not in the denominator
	agrees(t, "platform's research compute", m.labs[0].ComputeResearch, m.labs[0].Compute/2)
	agrees(t, "renter's research compute", m.labs[2].ComputeResearch, m.labs[2].Compute+granted)

	agrees(t, "supplier's revenue", s.Revenue, .67*f*z)
	profit := .67*f*z - 9000*fall*f*z/p
	agrees(t, "supplier's gross profit", s.GrossProfit, profit)
	agrees(t, "supplier's value", s.Value, 25*profit*math.Exp(.2))
	agrees(t, "belief afterwards", s.Belief, .2*math.Exp(-dt))
	merchant := f * z / p
	agrees(t, "HHI of chip supply", metric(t, m, "hhi_chip_supply"),
		1e4*(own*own+merchant*merchant)/((own+merchant)*(own+merchant)))
	// capacity grows at the tapering rate of mid-step and by half of ln x on top, at most at ln 3
	rate := math.Log(1.15) + (math.Log(2.3)-math.Log(1.15))*math.Exp(-1.5*dt/2.5)
	agrees(t, "capacity", s.Capacity, 18000*math.Exp(math.Min(math.Log(3), rate+.5*math.Log(x))*dt))
}

// Where chips are not scarce everything is filled at list price and nothing is refunded; capacity
// grows at its own rate, bounded by g_Qmax where the response would pass it.
func TestPlentyAndCapacity(t *testing.T) {
	for _, c := range []struct{ capacity, response, growth float64 }{
		{1e9, .5, math.Log(2.3)}, {1e4, .1, math.Log(2.3) + .1*math.Log(.6e9/(4e4*1e4))}, {1e3, 9, math.Log(3)},
	} {
		cfg := still(testConfig(owners(labs(1, 1e9))...))
		cfg.Parameters.Paths.LongRunCapacityGrowth = math.Log(2.3)
		cfg.Parameters.Chips.Capacity, cfg.Parameters.Chips.CapacityResponse = c.capacity, c.response
		m := started(t, cfg, 1)
		advance(t, m, 1)
		s := m.Supplier()
		agrees(t, "growth of capacity", math.Log(s.Capacity/c.capacity)/m.dt, c.growth)
		if plenty := c.capacity == 1e9; plenty != (s.FillRate == 1 && s.Price == s.ListPrice && m.labs[0].Carry == 0) {
			t.Errorf("capacity %g: fill rate %g, price %g, carry %g", c.capacity, s.FillRate, s.Price, m.labs[0].Carry)
		}
	}
}

// Clouds answer to demand with a lag: at a constant V/V^ref = 1.5 ln v is ln 1.5·(1−e^{−t/τ_v})
// from the second step on; nothing to compare with is no answer.
func TestDemandResponseIsSmoothed(t *testing.T) {
	m := started(t, testConfig(labs(1, 1e9)...), 1)
	for n := range 12 {
		m.step = n
		m.servingSpend, m.ref.logServing[n] = 3, math.Log(2)
		want := math.Exp(.5 * math.Log(1.5) * -math.Expm1(-float64(n)/12/.5))
		near(t, "v^χ", m.demandResponse(), want, 1e-12)
	}
	before := m.supplier.logV
	m.servingSpend = 0
	m.demandResponse()
	agrees(t, "ln v without demand", m.supplier.logV, before*math.Exp(-1.0/12/.5))
}

// A shock that strikes a class of ten labs as one event moves investors once, b += w(η̂−1)·ln m;
// two events, or two shocks that belong to none, twice.
func TestAnEventMovesInvestorsOnce(t *testing.T) {
	one := .3 * (.7 - 1) * math.Log(4)
	for _, c := range []struct {
		events []int
		want   float64
	}{{[]int{1, 1, 1, 1, 1, 1, 1, 1, 1, 1}, one}, {[]int{1, 1, 2, 2}, 2 * one}, {[]int{0, 0}, 2 * one}, {[]int{0, 1, 1},
		2 * one}} {
		cfg := testConfig(labs(10, 1e9)...)
		for i, e := range c.events {
			cfg.Shocks = append(cfg.Shocks, Shock{Date: 2024, Lab: i, Training: 4, Serving: 2, Publish: true, Event: e})
		}
		m := started(t, cfg, 1)
		m.policy()
		near(t, "belief", m.supplier.Belief, c.want, 1e-12)
		for i := range c.events {
			near(t, "A", m.labs[i].TrainingEfficiency, math.Log(4), 1e-12)
			near(t, "S", m.labs[i].ServingEfficiency, math.Log(2), 1e-12)
		}
	}
	// a lab that has left moves nobody
	cfg := testConfig(labs(2, 1e9)...)
	cfg.Shocks = []Shock{{Date: 2024, Lab: 0, Training: 4, Serving: 2}}
	m := started(t, cfg, 1)
	m.labs[0].Active = false
	m.policy()
	near(t, "belief without the lab", m.supplier.Belief, 0, 0)
	near(t, "A of the lab that left", m.labs[0].TrainingEfficiency, 0, 0)
}

// Rationing by priority: orders of 6, 3 and 2 ($B) of labs with priorities 3, 1 and ½, outside
// buyers' 4 and grants of 5 at list price, both of priority 1, are served at f_i = min(1, κπ_i). At
// f = .5 10 of the 20 are, 18κ + 3κ + κ + 9κ = 31κ = 10, and nobody is full; at f = .6 12, the
// first is full: 6 + 13κ = 12. A lab that has closed orders nothing.
func TestPriorityByHand(t *testing.T) {
	for _, c := range []struct{ fill, k, first float64 }{{.5, 10. / 31, 30. / 31}, {.6, 6. / 13, 1}} {
		l := owners(labs(4, 1e9))
		for i := range l {
			l[i].Priority = []float64{3, 1, .5, 1}[i]
		}
		m := started(t, testConfig(l...), 1)
		for i := range m.labs {
			m.labs[i].Funding = []float64{6e9, 3e9, 2e9, 8e9}[i] / .6
		}
		m.labs[3].Active = false
		s := &m.supplier
		s.Orders, s.FillRate = 20e9, c.fill
		m.ration(1, 4e9, 5e9/s.ListPrice)
		near(t, "first", m.labs[0].fill, c.first, 1e-9)
		near(t, "second", m.labs[1].fill, c.k, 1e-9)
		near(t, "third", m.labs[2].fill, c.k/2, 1e-9)
		near(t, "outside buyers and grants", s.outsideFill, c.k, 1e-9)
	}
}

// Money for a domestic chip is outside the merchant market: two owners there buy d_dom·money/P^L =
// .5·.6·X/P^L and nothing is ordered. They are one supplier of the three: the merchant one sells to
// the owner elsewhere.
func TestDomesticChipsByHand(t *testing.T) {
	l := owners(labs(3, 1e9))
	l[0].Region, l[1].Region = 1, 1
	cfg := testConfig(l...)
	cfg.Regions = append(cfg.Regions, Region{ID: "china"})
	cfg.Chips = []Chip{{ID: "full", OnSale: 2023, H100e: 1, Interconnect: 1, Price: 4e4, Merchant: true}, {ID: "late",
		OnSale: 2040, H100e: 1, Interconnect: 1, Price: 4e4, Merchant: true},
		{ID: "own", OnSale: 2023, H100e: .5, Interconnect: 1, Price: 4e4, Domestic: "china"}}
	cfg.Policies = []Policy{{From: 2024, Until: math.Inf(1), Levers: []any{&ExportRule{Region: 1, Domestic: 2}}}}
	cfg.Parameters.Chips.PricePerformanceGrowth, cfg.Parameters.Chips.Depreciation = 0, 0
	m := started(t, cfg, 1)
	before := m.labs[0].Compute
	advance(t, m, 1)
	bought := .5 * .6 * 1e9 / 4e4
	agrees(t, "bought", m.labs[0].Compute-before, bought/12)
	agrees(t, "domestic chips", m.supplier.domesticChips, 2*bought)
	agrees(t, "merchant orders", m.supplier.Orders, .6*1e9)
	a, b := 2*bought, .6*1e9/4e4
	agrees(t, "HHI of chip supply", metric(t, m, "hhi_chip_supply"), 1e4*(a*a+b*b)/((a+b)*(a+b)))
}

// P/P^L is max(1, x)^ψ, at most the lowest cap in force and at least 1: at x = 4 and ψ = ½ it is 2.
// What a cap leaves unfilled, f = 1.5/4, is rationed.
func TestChipPriceCapByHand(t *testing.T) {
	for _, c := range []struct {
		caps []float64
		want float64
	}{{nil, 2}, {[]float64{1.5}, 1.5}, {[]float64{1.2, 1.5}, 1.2}, {[]float64{1.5, 1.2}, 1.2}, {[]float64{3}, 2},
		{[]float64{.5}, 1}} {
		m := started(t, still(testConfig(owners(labs(1, 1e9))...)), 1)
		for _, v := range c.caps {
			m.policies = append(m.policies, policyState{Policy: &Policy{Levers: []any{&ChipPriceCap{AboveList: v}}},
				active: true})
		}
		m.supplier.Scarcity = 4
		near(t, "premium", m.premium(.5), c.want, 1e-12)
		m.supplier.Capacity = .6 * 1e9 / 4e4 / 4
		m.merchantOrders(m.mid(), 1)
		near(t, "fill rate", m.supplier.FillRate, c.want/4, 1e-9)
	}
}
