package sim

import (
	"math"
	"testing"
)

// Dated list prices fall by half in the first year and by g_h = ln 1.3 after it. The list price and
// the supplier's unit cost follow them from the given levels, whatever level the dated prices have.
// Capacity gains by ln 2 − ln 1.3 over the first year beyond its own growth, and nothing later.
func TestDatedListPrices(t *testing.T) {
	cfg := sells(testConfig(testLab("lab", 1e9)), 1)
	cfg.Outside = OutsideBuyers{Orders: flat(1e6)} // chips are not scarce
	cfg.Parameters.Paths.TaperTime = 0
	cfg.ListPrice = Series{Points: []Point{{Date: 2023, Value: 100}, {Date: 2024, Value: 50}, {Date: 2025, Value: 25}}}
	m := started(t, cfg, 1)
	for n := range 36 {
		mid := 2024 + (float64(n)+.5)/12
		advance(t, m, 1)
		fall := math.Pow(.5, math.Min(1, mid-2024)) * math.Pow(1.3, -math.Max(0, mid-2025))
		s := m.Supplier()
		agrees(t, "list price", s.ListPrice, 40e3*fall)
		agrees(t, "price", s.Price, 40e3*fall)
		agrees(t, "gross profit", s.GrossProfit, s.Revenue-9e3*fall*s.Orders/s.Price)
		years := m.Time() - 2024
		agrees(t, "capacity", s.Capacity, 2.33e6*math.Pow(2.3, years)*math.Pow(2/1.3, math.Min(1, years)))
		agrees(t, "rents keep g_h", m.userCost(), .2+math.Log(1.3)+.03)
	}
}

// A fall slower than g_h takes no capacity away, and one dated price is g_h alone: today's rule.
func TestListPricesThatFallSlowly(t *testing.T) {
	plain := sells(testConfig(testLab("lab", 1e9)), 1)
	want := run(t, plain)
	one := *plain
	one.ListPrice = Series{Points: []Point{{Date: 2024, Value: 1}}}
	agrees(t, "list price after one dated value", run(t, &one).Supplier().ListPrice, want.Supplier().ListPrice)
	slow := *plain
	slow.ListPrice = Series{Points: []Point{{Date: 2024, Value: 1}, {Date: 2034, Value: .9}}}
	m := run(t, &slow)
	agrees(t, "list price", m.Supplier().ListPrice, 40e3*math.Pow(.9, 1-.05/12))
	agrees(t, "capacity", m.Supplier().Capacity, want.Supplier().Capacity)
}

// Sellers pay the street price at the start and costs refer to the list price: mc = mc_0·P/P_0 at
// the leader's efficiency and GPT-4's size. The first step has a price of its own.
func TestStreetPriceAtTheStart(t *testing.T) {
	lab := testLab("lab", 1e9)
	lab.ServingSize, lab.Capability = GPT4FLOP, 0
	cfg := sells(testConfig(lab), 1)
	cfg.Parameters.Chips.StreetPrice = 50e3
	m := started(t, cfg, 1)
	mc := cfg.Parameters.Market.ServingCost
	agrees(t, "serving cost at the start", m.segments[0].cost[0], mc*50/40)
	advance(t, m, 1)
	agrees(t, "price in the first step", m.Supplier().Price, m.Supplier().ListPrice)
}
