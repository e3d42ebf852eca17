package sim

import (
	"fmt"
	"math"
	"testing"

	"pgregory.net/rapid"
)

// No set of levers, whatever their strengths and windows, breaks an invariant or takes more from a
// lab than it has.
func TestRandomLevers(t *testing.T) {
	cfg := catalogued()
	cfg.Steps = 60
	ref, err := NewReference(cfg)
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		c := *cfg
		if rapid.Bool().Draw(t, "chips are scarce") {
			c.Parameters.Chips.Capacity = 4e5
		}
		if rapid.Bool().Draw(t, "labs fail") {
			failing(&c)
		}
		c.Policies = nil
		for i := range rapid.IntRange(1, 6).Draw(t, "policies") {
			c.Policies = append(c.Policies, drawPolicy(t, fmt.Sprint("policy ", i)))
		}
		m, err := New(&c)
		if err != nil {
			t.Fatal(err)
		}
		m.Reset(rapid.Uint64().Draw(t, "seed"), 1, ref)
		for !m.Done() {
			if err := m.Step(); err != nil {
				t.Fatal(err)
			}
			for i := range m.labs {
				if l := &m.labs[i]; l.Active && l.base0 < l.RdBudget*(1-balance) {
					t.Fatalf("%s: %g of money besides carry, R&D budget %g", l.Spec.ID, l.base0, l.RdBudget)
				}
			}
			if !finite(m.policyCost) {
				t.Fatalf("policy cost %g", m.policyCost)
			}
		}
	})
}

// drawPolicy is a policy with some levers of any strength, in any window of five years from 2024.
func drawPolicy(t *rapid.T, id string) Policy {
	p := Policy{ID: id, From: rapid.Float64Range(2024, 2028).Draw(t, "from"), Until: math.Inf(1)}
	if rapid.Bool().Draw(t, "ends") {
		p.Until = p.From + rapid.Float64Range(.05, 3).Draw(t, "years")
	}
	on := func(name string) bool { return rapid.IntRange(0, 2).Draw(t, name) == 0 }
	share := func(name string) float64 { return rapid.Float64Range(0, 1).Draw(t, name) }
	size := func(name string, low, high float64) float64 { // any order of magnitude alike
		return math.Pow(10, rapid.Float64Range(math.Log10(low), math.Log10(high)).Draw(t, name))
	}
	strength := func(k Key) float64 {
		if k.High <= 100 && k.Unit != "x" {
			return rapid.Float64Range(k.Low, k.High).Draw(t, k.Name)
		}
		return size(k.Name, math.Max(k.Low, 1e-3), k.High/10) // at $100T a year labs buy without bound
	}
	who := func() (e Eligibility) {
		e.BudgetBelow = math.Inf(1)
		if on("few") {
			e.BudgetBelow = size("budget below", 1e5, 1e11)
		}
		if on("some") {
			e.Labs = []int{rapid.IntRange(0, 5).Draw(t, "lab")}
		}
		return e
	}
	for _, l := range Levers {
		if !on(l.Name) {
			continue
		}
		settings := l.New()
		if set, byPath := settings.(*Changes); byPath {
			*set = Changes{
				{Kind: ChangeLab, Index: 3, Field: "compute_share", Value: .01 + .99*share("compute share")},
				{Kind: ChangeLab, Index: 1, Field: "own_silicon", Value: share("own silicon")},
				{Field: "funding.reinvestment", Value: share("reinvestment")},
				{Field: "market.eta", Value: size("eta", .05, 1.5)},
			}
		}
		for _, k := range l.Keys {
			if !l.needs(k.Name) && !on(k.Name) {
				continue
			}
			switch v := k.Field(settings).(type) {
			case *float64:
				*v = strength(k)
			case *bool:
				*v = on(k.Name + " holds")
			case *int:
				if k.Of == InRegions {
					*v = rapid.IntRange(0, 1).Draw(t, k.Name)
				}
			case *[]int:
				*v = []int{rapid.IntRange(0, 1).Draw(t, k.Name)}
			case *ChipSet:
				*v = ChipSet{Chips: []int{0}[:rapid.IntRange(0, 1).Draw(t, k.Name)]}
			case *Eligibility:
				*v = who()
			default:
				t.Fatalf("%s.%s is not drawn", l.Name, k.Name)
			}
		}
		p.Pull(settings)
	}
	return p
}

// A cost and a tax that together exceed the R&D budget take what is there: here reporting takes
// all, so that of the windfall tax only the owners' part (1−ρ)·30 %·(GP − $1B) is paid, and that is
// what the policies bring in.
func TestTaxesTakeWhatIsLeft(t *testing.T) {
	cfg := sells(testConfig(labs(2, 1e9)...), 1)
	cfg.Segments[0].Spending = flat(1e11)
	cfg.Policies = []Policy{
		{ID: "reporting", From: 2024, Until: math.Inf(1), Levers: []any{&Reporting{FLOP: 1e18, Cost: 1e14}}},
		{ID: "windfall", From: 2024, Until: math.Inf(1), Levers: []any{&Tax{WindfallRate: .3, Threshold: 1e9}}},
	}
	m := started(t, cfg, 1)
	profit := m.Lab(0).GrossProfit
	if !(profit > 2e9) {
		t.Fatalf("gross profit %g is no windfall", profit)
	}
	advance(t, m, 1)
	near(t, "R&D budget", m.Lab(0).RdBudget, 0, 0)
	want := 2 * (1 - m.p.Funding.Reinvestment) * .3 * (profit - 1e9)
	near(t, "proceeds over what the owners pay", -m.policyCost/want, 1, 1e-12)
	advance(t, m, cfg.Steps-1)
}

// Windfall taxes that ask for more than the whole profit get the profit: 80 % and then the 20 %
// left, of which ρ comes out of R&D budgets.
func TestWindfallTaxesTakeTheProfitOnce(t *testing.T) {
	cfg := sells(testConfig(labs(2, 1e9)...), 1)
	cfg.Segments[0].Spending = flat(1e11)
	for range 2 {
		cfg.Policies = append(cfg.Policies, Policy{ID: "windfall", From: 2024, Until: math.Inf(1),
			Levers: []any{&Tax{WindfallRate: .8}}})
	}
	m := started(t, cfg, 1)
	profit := m.Lab(0).GrossProfit
	advance(t, m, 1)
	near(t, "R&D budget over the sponsor's", m.Lab(0).RdBudget/1e9, 1, 1e-9)
	near(t, "proceeds over profits", -m.policyCost/(2*profit), 1, 1e-12)
}
