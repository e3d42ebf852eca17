package sim

import (
	"fmt"
	"math"
	"strings"
	"testing"
)

// catalogued is richConfig with a chip catalogue, and no path that would override an export rule.
func catalogued() *Config {
	cfg := richConfig()
	cfg.Regions[1].RelativePricePerformance = Series{}
	cfg.Chips = []Chip{
		{ID: "a", OnSale: 2023, H100e: 1, Interconnect: 1, Price: 3e4, Merchant: true},
		{ID: "b", OnSale: 2024.5, H100e: 2, Interconnect: 1, Price: 4e4, Merchant: true},
	}
	return cfg
}

// failing puts labs in distress, so that they are sold or close.
func failing(cfg *Config) *Config {
	p := &cfg.Parameters.Industry
	p.LeastShare, p.LargestGap, p.AcquisitionHazard, p.ExitHazard = .3, 0, 3, 0
	return cfg
}

// tight makes chips scarce, so that prices and rationing matter.
func tight(cfg *Config) *Config {
	cfg.Parameters.Chips.Capacity = 4e5
	return cfg
}

// smallLabs are the three smallest of richConfig.
var smallLabs = Eligibility{Labs: []int{3, 4, 5}, BudgetBelow: math.Inf(1)}

// strengths are numbers at which levers pull, by unit.
var strengths = map[string]float64{"USD/yr": 1e8, "FLOP": 2e25, "OOM": 0, "yr": .25, "x": 1.2}

// everyLever pulls every lever there is in [from, until), each by a policy of its own.
func everyLever(t testing.TB, cfg *Config, from, until float64) *Config {
	t.Helper()
	for _, l := range Levers {
		settings := l.New()
		if set, byPath := settings.(*Changes); byPath {
			*set = Changes{
				{Field: "market.eta", Value: 1.05}, {Field: "chips.own_silicon_cost", Value: .9},
				{Kind: ChangeLab, Index: 2, Field: "talent", Value: 3}, {Kind: ChangeSegment, Field: "switching", Value: 8},
			}
		}
		for _, k := range l.Keys {
			switch v := k.Field(settings).(type) {
			case *float64:
				strength, known := strengths[k.Unit]
				if !known {
					strength = k.Low + .3*(k.High-k.Low)
				}
				*v = strength
			case *bool:
				*v = true
			case *int:
				if k.Of == InRegions {
					*v = 1
				}
			case *Eligibility:
				*v = smallLabs
			}
		}
		cfg.Policies = append(cfg.Policies, Policy{ID: l.Name, From: from, Until: until, Levers: []any{settings}})
	}
	return cfg
}

// All levers together run; when they end each scalar is what it is without them, and no lever acts
// any more.
func TestLeversEnd(t *testing.T) {
	plain := tight(catalogued())
	plain.Policies = nil
	cfg := everyLever(t, tight(catalogued()), 2025, 2026)
	cfg.Policies = cfg.Policies[1:] // without the grant of richConfig
	m, bare := started(t, cfg, 1), started(t, plain, 1)
	advance(t, m, 13)
	advance(t, bare, 13)
	if scalars(m) == scalars(bare) || metric(t, m, "policy_cost") == 0 || !(m.regions[1].d < 1) {
		t.Error("levers in force change no scalar, cost nothing or bar no chip")
	}
	capped := metric(t, m, "largest_run")
	advance(t, m, 12)
	advance(t, bare, 12)
	if got, want := scalars(m), scalars(bare); got != want {
		t.Errorf("after the end:\n%s\nwithout levers:\n%s", got, want)
	}
	near(t, "policy cost after the end", metric(t, m, "policy_cost"), 0, 0)
	near(t, "region factor after the end", m.regions[1].d, 1, 0)
	if s := &m.supplier; !(s.Scarcity > 1) || s.Price != s.ListPrice*math.Pow(s.Scarcity, m.p.Chips.PriceStickiness) {
		t.Errorf("chip price %g after the cap, list price %g, scarcity %g", s.Price, s.ListPrice, s.Scarcity)
	}
	if largest := metric(t, m, "largest_run"); capped > strengths["FLOP"] || !(largest > strengths["FLOP"]) {
		t.Errorf("largest run %g under a cap of %g, %g after it", capped, strengths["FLOP"], largest)
	}
	count := map[string]int{}
	for _, e := range m.Events() {
		if e.Kind == "policy" {
			word, _, _ := strings.Cut(e.Detail, ":")
			count[fmt.Sprintf("%s %g", word, e.Date)]++
		}
	}
	if n := len(cfg.Policies); count["begins 2025"] != n || count["ends 2026"] != n || len(count) != 2 {
		t.Errorf("%d policies begin and end: %v", n, count)
	}
	advance(t, m, cfg.Steps-m.step)
}

// scalars prints all that a dated change can reach.
func scalars(m *Model) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%+v\n", m.p)
	for i := range m.labs {
		fmt.Fprintf(&b, "%+v\n", m.labs[i].Spec)
	}
	for k := range m.segments {
		fmt.Fprintf(&b, "%+v\n", m.segments[k].Spec)
	}
	return b.String()
}

// A dated change of each kind of scalar does something.
func TestChangesAct(t *testing.T) {
	for name, c := range map[string]Change{
		"parameter": {Kind: ChangeParameter, Field: "research.closed_lag", Value: .25},
		"lab":       {Kind: ChangeLab, Index: 3, Field: "talent", Value: 2},
		"segment":   {Kind: ChangeSegment, Index: 0, Field: "switching", Value: 8},
	} {
		with := richConfig()
		with.Policies = append(with.Policies, Policy{ID: name, From: 2025, Until: math.Inf(1), Levers: []any{&Changes{c}}})
		a, b := run(t, richConfig()), run(t, with)
		if metric(t, a, "hhi_sales") == metric(t, b, "hhi_sales") && metric(t, a, "hhi_compute_used") == metric(t, b,
			"hhi_compute_used") {
			t.Errorf("%s: nothing changed", name)
		}
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
