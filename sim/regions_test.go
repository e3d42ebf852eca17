package sim

import (
	"math"
	"testing"
)

// What a dollar buys in a region. The catalogue, H100e·κ/price in 1e−5 per dollar: full 2.5 from
// 2023, cut .8·.5/20,000 = 2 from 2023.5, new 5 from 2025, its last merchant chip; domestic 2.2
// from 2024. Own silicon and chips without a price do not count. ℓ = .1, μ = .4, so that leakage
// adds .1/1.4 and takes a tenth; improvement at g_h = ln 1.3 a year after 2025.
func TestRegionFactor(t *testing.T) {
	chips := []Chip{
		{ID: "full", OnSale: 2023, H100e: 1, Interconnect: 1, Price: 4e4, Merchant: true},
		{ID: "cut", OnSale: 2023.5, H100e: .8, Interconnect: .5, Price: 2e4, Merchant: true},
		{ID: "new", OnSale: 2025, H100e: 2.5, Interconnect: 1, Price: 5e4, Merchant: true},
		{ID: "domestic", OnSale: 2024, H100e: .66, Interconnect: 1, Price: 3e4, Merchant: true, Domestic: "china"},
		{ID: "house", OnSale: 2023, H100e: 9, Interconnect: 1, Price: 1e3},
		{ID: "unpriced", OnSale: 2023, H100e: 9, Interconnect: 1, Merchant: true},
	}
	none := ExportRule{Region: 1, Domestic: -1}
	rule := func(change func(*ExportRule)) []ExportRule {
		r := none
		change(&r)
		return []ExportRule{r}
	}
	cut := rule(func(r *ExportRule) { r.Allowed.Chips = []int{1} })
	late := math.Pow(1.3, .5) // 2025.5
	leaks := func(d0 float64) float64 { return .9*d0 + .1/1.4 }
	path := Series{Points: []Point{{Date: 2023, Value: .6}, {Date: 2026, Value: math.NaN()}}}
	for _, c := range []struct {
		what        string
		rules       []ExportRule
		path        Series
		t           float64
		d, domestic float64
	}{
		{"no rule, no path", nil, Series{}, 2025.5, 1, 0},
		{"a path", nil, path, 2025.5, .6, 0},
		{"after the path ends", nil, path, 2026.5, 1, 0},
		{"a path comes before a rule by chips", cut, path, 2025.5, .6, 0},
		{"the rule after the path ends", cut, path, 2026, leaks(.4 / 1.3), 0},
		{"a number comes before a path", rule(func(r *ExportRule) { r.Relative = .3 }), path, 2025.5, .3, 0},
		{"all chips", rule(func(r *ExportRule) { r.Allowed.All = true }), Series{}, 2025.5, 1, 0},
		{"the last of two rules", append(rule(func(r *ExportRule) { r.Relative = .3 }), cut...), Series{}, 2024, .8, 0},
		{"a rule about another region", rule(func(r *ExportRule) { r.Region = 0 }), Series{}, 2024, 1, 0},
		{"the cut chip alone, leakage not worth it", cut, Series{}, 2024, .8, 0},
		{"before the catalogue's end nothing improves", cut, Series{}, 2024.9, .8, 0},
		{"after a better chip, before its improvement", cut, Series{}, 2025, leaks(.4), 0},
		{"after the catalogue's end", cut, Series{}, 2025.5, leaks(.4 / late), 0},
		{"the cut chip improves too", rule(func(r *ExportRule) { r.Allowed.Chips, r.Improves = []int{1}, true }), Series{},
			2025.5, leaks(.4), 0},
		{"of two allowed the better", rule(func(r *ExportRule) { r.Allowed.Chips = []int{1, 0} }), Series{}, 2025,
			.5*.9 + .1/1.4, 0},
		{"every merchant chip by name", rule(func(r *ExportRule) { r.Allowed.Chips = []int{0, 1, 2} }), Series{}, 2025.5, 1,
			0},
		{"no chip", []ExportRule{none}, Series{}, 2025.5, .1 / 1.4, 0},
		{"the domestic chip before it is on sale", rule(func(r *ExportRule) { r.Domestic = 3 }), Series{}, 2023.9, .1 / 1.4,
			0},
		{"the domestic chip is the floor", rule(func(r *ExportRule) { r.Domestic = 3 }), Series{}, 2024, .88, .88},
		{"the domestic chip against a better allowed one", rule(func(r *ExportRule) {
			r.Domestic, r.Allowed.Chips = 3,
				[]int{0}
		}), Series{}, 2024, 1, 0},
		{"the domestic chip, with leakage", rule(func(r *ExportRule) { r.Domestic = 3 }), Series{}, 2025.5,
			leaks(.44 / late), .44 / late},
		{"before any chip", cut, Series{}, 2022, 1, 0},
	} {
		cfg := testConfig(labs(1, 1e9)...)
		cfg.Chips = chips
		cfg.Regions = append(cfg.Regions, Region{ID: "china", RelativePricePerformance: c.path})
		m := started(t, cfg, 1)
		for i := range c.rules {
			m.policies = append(m.policies, policyState{Policy: &Policy{Levers: []any{&c.rules[i]}}, active: true})
		}
		d, domestic := m.regionFactor(1, c.t)
		near(t, c.what, d, c.d, 1e-12)
		near(t, c.what+", domestic", domestic, c.domestic, 1e-12)
	}
}

// Leakage at no premium and in full brings everything; a rule no longer in force nothing.
func TestLeakage(t *testing.T) {
	cfg := testConfig(labs(1, 1e9)...)
	cfg.Chips = []Chip{{ID: "full", OnSale: 2023, H100e: 1, Interconnect: 1, Price: 4e4, Merchant: true}}
	m := started(t, cfg, 1)
	m.policies = []policyState{{Policy: &Policy{Levers: []any{&ExportRule{Domestic: -1}}}, active: true}}
	for _, c := range []struct{ leakage, premium, want float64 }{{0, .4, 0}, {1, 0, 1}, {1, 1, .5}, {.25, 0, .25}} {
		m.p.Chips.Leakage, m.p.Chips.LeakagePremium = c.leakage, c.premium
		d, _ := m.regionFactor(0, 2024)
		near(t, "d", d, c.want, 1e-12)
	}
	m.policies[0].active = false
	d, _ := m.regionFactor(0, 2024)
	near(t, "d after the rule", d, 1, 0)
}
