package sim

import (
	"math"
	"testing"
)

// neutralLevers sets each lever to its neutral value of the table, by name; the export rule in each of its forms.
var neutralLevers = map[string][]func(*Policy){
	"grant (money)": {func(p *Policy) { p.Pull(&Grant{}) }},
	"grant (chips)": {func(p *Policy) { p.Pull(&Grant{InCompute: true}) }},
	"export_rule": {
		func(p *Policy) { p.Pull(&ExportRule{Region: 1, Allowed: ChipSet{All: true}, Domestic: -1}) },
		func(p *Policy) { p.Pull(&ExportRule{Region: 1, Allowed: ChipSet{Chips: []int{0, 1}}, Domestic: -1}) },
		func(p *Policy) { p.Pull(&ExportRule{Region: 1, Relative: 1, Domestic: -1}) },
	},
	"subsidy":          {func(p *Policy) { p.Pull(&Subsidy{}) }},
	"training_cap":     {func(p *Policy) { p.Pull(&TrainingCap{FLOP: 1e40}) }},
	"tax.compute":      {func(p *Policy) { p.Pull(&Tax{Recycled: true}) }},
	"tax.windfall":     {func(p *Policy) { p.Pull(&Tax{Threshold: 1e8}) }},
	"set_aside":        {func(p *Policy) { p.Pull(&SetAside{Eligible: smallLabs}) }},
	"merger_rule":      {func(p *Policy) { p.Pull(&MergerRule{HHI: 0, Delta: 1e4, Share: 0}) }},
	"open_mandate":     {func(p *Policy) { p.Pull(&OpenMandate{Capability: 50}) }},
	"reporting":        {func(p *Policy) { p.Pull(&Reporting{FLOP: 1e20}) }},
	"disclosure":       {func(p *Policy) { p.Pull(&Disclosure{ClosedLag: 100}) }},
	"interoperability": {func(p *Policy) { p.Pull(&Interoperability{Factor: 1}) }},
	"chip_price_cap":   {func(p *Policy) { p.Pull(&ChipPriceCap{AboveList: 1000}) }},
	"set": {func(p *Policy) {
		p.Pull(&Changes{{Kind: ChangeParameter, Field: "market.eta", Value: Defaults().Market.Eta}})
	}},
}

// Result 17. Every lever at its neutral value, alone and with all others, is bit-identical to no lever, where chips are
// scarce and labs fail.
func TestNeutralLevers(t *testing.T) {
	plain := run(t, failing(tight(catalogued())))
	if metric(t, plain, "departures") == 0 || metric(t, plain, "chip_scarcity") <= 1 {
		t.Error("nobody is sold or chips are not scarce")
	}
	same := func(name string, policies []Policy) {
		cfg := failing(tight(catalogued()))
		cfg.Policies = append(cfg.Policies, policies...)
		m := run(t, cfg)
		for _, x := range Metrics {
			if a, b := x.Of(plain), x.Of(m); math.Float64bits(a) != math.Float64bits(b) && !(math.IsNaN(a) && math.IsNaN(b)) {
				t.Errorf("%s: %s is %v, without it %v", name, x.Name, b, a)
			}
		}
	}
	var all []Policy
	for _, l := range Effects() {
		for _, set := range neutralLevers[l.Name] {
			p := Policy{ID: l.Name, From: 2024, Until: math.Inf(1)}
			set(&p)
			same(l.Name, []Policy{p})
			all = append(all, p)
		}
	}
	same("all together", all)
}

// tight makes chips scarce, so that prices and rationing matter.
func tight(cfg *Config) *Config {
	cfg.Parameters.Chips.Capacity = 4e5
	return cfg
}

// acts fails where what is added to a case changes neither concentration by its end.
func acts(t *testing.T, name string, without, with *Config) {
	t.Helper()
	a, b := run(t, without), run(t, with)
	if metric(t, a, "hhi_sales") == metric(t, b, "hhi_sales") && metric(t, a, "hhi_compute_used") == metric(t, b, "hhi_compute_used") {
		t.Errorf("%s: nothing changed", name)
	}
}

// Each lever that is pulled does something, so that the neutral case means something.
func TestLeversAct(t *testing.T) {
	for name, lever := range pulls {
		for _, where := range lever.cases {
			acts(t, name+", "+where, leverCases[where](), pulled(leverCases[where](), name, 2025, math.Inf(1)))
		}
	}
}

// So does a dated change of each kind of scalar.
func TestChangesAct(t *testing.T) {
	for name, c := range map[string]Change{
		"parameter": {Kind: ChangeParameter, Field: "research.closed_lag", Value: .25},
		"lab":       {Kind: ChangeLab, Index: 3, Field: "talent", Value: 2},
		"segment":   {Kind: ChangeSegment, Index: 0, Field: "switching", Value: 8},
	} {
		with := richConfig()
		with.Policies = append(with.Policies, Policy{ID: name, From: 2025, Until: math.Inf(1), Levers: []any{&Changes{c}}})
		acts(t, name, richConfig(), with)
	}
}

// A cap on training compute holds; distillation may exceed it.
func TestTrainingCapHolds(t *testing.T) {
	cfg := richConfig()
	cfg.Policies = []Policy{{ID: "cap", From: 2025, Until: math.Inf(1), Levers: []any{&TrainingCap{FLOP: 1e25}}}}
	m := run(t, cfg)
	for i := range m.labs {
		if c := m.labs[i].TrainingFlop; c > 1e25 {
			t.Errorf("%s trains with %g FLOP", m.labs[i].Spec.ID, c)
		}
	}
}

// A policy that pulls one lever uses its row and no other.
func TestPoliciesNameTheirLevers(t *testing.T) {
	for name, p := range pulls {
		policy := &Policy{}
		p.set(policy)
		if got := policy.Effects(); len(got) != 1 || got[0].Name != name {
			t.Errorf("%s is seen as %v", name, got)
		}
	}
	for _, l := range Effects() {
		for _, c := range l.Clauses() {
			if l.Ambiguous != (c.Way == 0) {
				t.Errorf("%s: %v", l.Name, c)
			}
		}
	}
}
