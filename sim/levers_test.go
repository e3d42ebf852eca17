package sim

import (
	"math"
	"testing"
)

// Result 17. Every lever at its neutral value, and an export rule that allows everything, are bit-identical to no lever.
func TestNeutralLevers(t *testing.T) {
	plain, levers := richConfig(), richConfig()
	plain.Regions[1].RelativePricePerformance = Series{}
	levers.Regions[1].RelativePricePerformance = Series{}
	levers.Chips = []Chip{{ID: "a", OnSale: 2023, H100e: 1, Interconnect: 1, Price: 3e4, Merchant: true}, {ID: "b", OnSale: 2024.5, H100e: 2, Interconnect: 1, Price: 4e4, Merchant: true}}
	forever := func(id string) Policy { return Policy{ID: id, From: 2024, Until: math.Inf(1)} }
	add := func(id string, set func(*Policy)) {
		p := forever(id)
		set(&p)
		levers.Policies = append(levers.Policies, p)
	}
	add("export_all", func(p *Policy) { p.ExportRule = &ExportRule{Region: 1, AllowAll: true, Domestic: -1} })
	add("export_each", func(p *Policy) { p.ExportRule = &ExportRule{Region: 1, Allowed: []int{0, 1}, Domestic: -1} })
	add("grant", func(p *Policy) { p.Grant = &Grant{} })
	add("chips", func(p *Policy) { p.Grant = &Grant{InCompute: true} })
	add("cap", func(p *Policy) { p.TrainingCap = &TrainingCap{FLOP: math.Inf(1)} })
	add("tax", func(p *Policy) { p.Tax = &Tax{Recycled: true} })
	add("set_aside", func(p *Policy) { p.SetAside = &SetAside{} })
	add("mandate", func(p *Policy) { p.OpenMandate = &OpenMandate{Capability: math.Inf(1)} })
	add("reporting", func(p *Policy) { p.Reporting = &Reporting{FLOP: 1e20} })
	add("disclosure", func(p *Policy) { p.Disclosure = &Disclosure{ClosedLag: math.Inf(1)} })
	add("interoperability", func(p *Policy) { p.Interoperability = &Interoperability{Factor: 1} })
	add("chip_price", func(p *Policy) { p.ChipPriceCap = &ChipPriceCap{AboveList: math.Inf(1)} })
	add("merger", func(p *Policy) { p.MergerRule = &MergerRule{HHI: 1e4, Delta: 1e4, Share: 1} })
	add("set", func(p *Policy) {
		p.Set = []Change{{Kind: ChangeParameter, Field: "market.eta", Value: Defaults().Market.Eta}}
	})
	a, b := run(t, plain), run(t, levers)
	sameMetrics(t, a, b, nil, 0)
	for _, x := range Metrics {
		if va, vb := x.Of(a), x.Of(b); math.Float64bits(va) != math.Float64bits(vb) && !(va != va && vb != vb) {
			t.Errorf("%s: %v without levers, %v with neutral ones", x.Name, va, vb)
		}
	}
}

// tight makes chips scarce, so that prices and rationing matter.
func tight(cfg *Config) *Config {
	cfg.Parameters.Chips.Capacity = 4e5
	return cfg
}

// Each lever that is pulled does something, so that the neutral case means something.
func TestLeversAct(t *testing.T) {
	base := run(t, tight(richConfig()))
	for name, set := range map[string]func(*Policy){
		"export":   func(p *Policy) { p.ExportRule = &ExportRule{Region: 0, Allowed: []int{0}, Domestic: -1} },
		"chips":    func(p *Policy) { p.Grant = &Grant{Amount: 1e5, InCompute: true} },
		"cap":      func(p *Policy) { p.TrainingCap = &TrainingCap{FLOP: 1e25} },
		"tax":      func(p *Policy) { p.Tax = &Tax{ComputeRate: .2, WindfallRate: .3} },
		"aside":    func(p *Policy) { p.SetAside = &SetAside{Share: .2, Eligible: Eligibility{BudgetBelow: 1e9}} },
		"mandate":  func(p *Policy) { p.OpenMandate = &OpenMandate{Capability: 0, Delay: .5} },
		"report":   func(p *Policy) { p.Reporting = &Reporting{FLOP: 1e25, Cost: 1e9} },
		"disclose": func(p *Policy) { p.Disclosure = &Disclosure{ClosedLag: .25} },
		"interop":  func(p *Policy) { p.Interoperability = &Interoperability{Factor: 4} },
		"ceiling":  func(p *Policy) { p.ChipPriceCap = &ChipPriceCap{AboveList: 1} },
		"lag":      func(p *Policy) { p.Set = []Change{{Field: "research.closed_lag", Value: .25}} },
		"talent":   func(p *Policy) { p.Set = []Change{{Kind: ChangeLab, Index: 3, Field: "talent", Value: 2}} },
		"switch":   func(p *Policy) { p.Set = []Change{{Kind: ChangeSegment, Index: 0, Field: "switching", Value: 8}} },
	} {
		cfg := tight(richConfig())
		cfg.Chips = []Chip{{ID: "a", OnSale: 2023, H100e: 1, Interconnect: 1, Price: 3e4, Merchant: true}, {ID: "b", OnSale: 2024.5, H100e: 2, Interconnect: 1, Price: 4e4, Merchant: true}}
		p := Policy{ID: name, From: 2025, Until: math.Inf(1)}
		set(&p)
		cfg.Policies = append(cfg.Policies, p)
		m := run(t, cfg)
		if metric(t, m, "hhi_sales") == metric(t, base, "hhi_sales") && metric(t, m, "hhi_compute_used") == metric(t, base, "hhi_compute_used") {
			t.Errorf("%s: nothing changed", name)
		}
	}
}

// A cap on training compute holds; distillation may exceed it.
func TestTrainingCapHolds(t *testing.T) {
	cfg := richConfig()
	cfg.Policies = []Policy{{ID: "cap", From: 2025, Until: math.Inf(1), TrainingCap: &TrainingCap{FLOP: 1e25}}}
	m := run(t, cfg)
	for i := range m.labs {
		if c := m.labs[i].TrainingFlop; c > 1e25 {
			t.Errorf("%s trains with %g FLOP", m.labs[i].Spec.ID, c)
		}
	}
}
