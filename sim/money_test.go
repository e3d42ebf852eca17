package sim

import (
	"math"
	"testing"
)

// three is a platform (X = $4B, o = .5), an independent ($2B) and a public lab ($1B), with last
// step's gross profits of $600M, $200M and −$10M and revenues of $1B, $500M and 0; ρ = .5.
func three(t *testing.T, change func(*Config)) *Model {
	t.Helper()
	cfg := testConfig(testLab("platform", 4e9), testLab("independent", 2e9), testLab("public", 1e9))
	cfg.Labs[0].Archetype, cfg.Labs[0].ShareForOtherProducts = Platform, .5
	cfg.Labs[2].Archetype, cfg.Labs[2].Commercial = Public, false
	cfg.Parameters.Funding.Reinvestment = .5
	change(cfg)
	m := started(t, cfg, 1)
	for i := range m.labs {
		m.labs[i].GrossProfit = []float64{6e8, 2e8, -1e7}[i]
		m.labs[i].Revenue = []float64{1e9, 5e8, 0}[i]
		m.labs[i].Carry = []float64{0, 1e6, 0}[i]
	}
	m.policy()
	m.funding()
	return m
}

// The pool follows y^φ, y = X + revenue = 5, 2.5 and 1 ($B): equal parts at φ = 0, 5/8.5 of it at
// 1, 25/32.25 at 2. F_R = (1−o)X + ρGP⁺ + w·Pool, F = oX + F_R + carry/dt.
func TestPoolByHand(t *testing.T) {
	for _, c := range []struct {
		phi    float64
		weight [3]float64
	}{{0, [3]float64{1. / 3, 1. / 3, 1. / 3}}, {1, [3]float64{5 / 8.5, 2.5 / 8.5, 1 / 8.5}}, {2, [3]float64{25 / 32.25,
		6.25 / 32.25, 1 / 32.25}}} {
		m := three(t, func(cfg *Config) {
			cfg.Parameters.Funding.Pool, cfg.Parameters.Funding.Concentration = 7e8, c.phi
		})
		for i, base := range []float64{2e9 + 3e8, 2e9 + 1e8, 1e9} {
			l := &m.labs[i]
			agrees(t, l.Spec.ID+": F_R", l.RdBudget, base+c.weight[i]*7e8)
			agrees(t, l.Spec.ID+": F", l.Funding, base+c.weight[i]*7e8+[]float64{2e9, 12e6, 0}[i])
			agrees(t, l.Spec.ID+": X", l.Budget, []float64{4e9, 2e9, 1e9}[i])
			near(t, l.Spec.ID+": carry", l.Carry, 0, 0)
		}
	}
}

// A grant goes in equal parts or in proportion to R&D budgets before levers, (1−o)X + ρGP⁺ = 2.3,
// 2.1 and 1 ($B), pool left out.
func TestGrantRules(t *testing.T) {
	for _, proportional := range []bool{false, true} {
		m := three(t, func(cfg *Config) {
			cfg.Parameters.Funding.Pool = 7e8
			cfg.Policies = []Policy{
				{From: 2024, Until: math.Inf(1), Levers: []any{&Grant{Amount: 3e8, Proportional: proportional,
					Eligible: Eligibility{Labs: []int{0, 2}}}}},
				{From: 2024, Until: math.Inf(1), Levers: []any{&Grant{Amount: 30, InCompute: true, Proportional: proportional}}},
			}
		})
		money, chips := [3]float64{1.5e8, 0, 1.5e8}, [3]float64{10, 10, 10}
		if proportional {
			money = [3]float64{3e8 * 2.3 / 3.3, 0, 3e8 / 3.3}
			chips = [3]float64{30 * 2.3 / 5.4, 30 * 2.1 / 5.4, 30 / 5.4}
		}
		for i := range m.labs {
			agrees(t, "money", m.labs[i].grant, money[i])
			agrees(t, "chips", m.labs[i].grantChips, chips[i])
			agrees(t, "F_R", m.labs[i].RdBudget, []float64{2.3e9, 2.1e9, 1e9}[i]+money[i]+7e8*[]float64{5, 2.5, 1}[i]/8.5)
		}
		agrees(t, "cost of the policy", m.policyCost, 3e8)
	}
}

// A compute tax of 10 % takes .1·ξ·F_R, ξ = .6, and a windfall tax of 30 % above $100M takes
// .3·$500M and .3·$100M, of which ρ = ½ out of the R&D budget and the rest from the owners.
// Recycled in equal parts to the two smaller labs everything that is taken is paid out and costs
// the state nothing; not recycled it is the state's.
func TestTaxesByHand(t *testing.T) {
	compute := [3]float64{.06 * 2.3e9, .06 * 2.1e9, .06 * 1e9}
	windfall := [3]float64{1.5e8, 3e7, 0}
	for _, recycled := range []bool{false, true} {
		m := three(t, func(cfg *Config) {
			cfg.Policies = []Policy{{From: 2024, Until: math.Inf(1), Levers: []any{&Tax{ComputeRate: .1, WindfallRate: .3,
				Threshold: 1e8, Recycled: recycled,
				Recipients: Eligibility{BudgetBelow: 2.2e9}}}}}
		})
		taken, back := 0.0, 0.0
		for i := range compute {
			taken += compute[i] + windfall[i]
		}
		for i, base := range []float64{2.3e9, 2.1e9, 1e9} {
			want := base - compute[i] - windfall[i]/2
			if recycled && i > 0 {
				want += taken / 2
			}
			agrees(t, m.LabID(i)+": F_R", m.labs[i].RdBudget, want)
			agrees(t, m.LabID(i)+": F without carry", m.labs[i].base0, want+[]float64{2e9, 0, 0}[i])
			back += m.labs[i].RdBudget - (base - compute[i] - windfall[i]/2)
		}
		if recycled {
			agrees(t, "taxes paid back", back, taken)
			near(t, "cost of the policy", m.policyCost, 0, 1e-3)
		} else {
			agrees(t, "taxes kept", m.policyCost, -taken)
		}
	}
}

// A tax that is to be recycled and finds no recipient leaves the sector.
func TestTaxWithoutRecipients(t *testing.T) {
	m := three(t, func(cfg *Config) {
		cfg.Policies = []Policy{{From: 2024, Until: math.Inf(1), Levers: []any{&Tax{ComputeRate: .1, Recycled: true,
			Recipients: Eligibility{BudgetBelow: 1}}}}}
	})
	agrees(t, "cost of the policy", m.policyCost, -.06*5.4e9)
}

// The cost of compliance falls on runs at or above the threshold, once per policy, as far as the
// R&D budget goes.
func TestReportingByHand(t *testing.T) {
	m := three(t, func(cfg *Config) {
		cfg.Policies = []Policy{{From: 2024, Until: math.Inf(1), Levers: []any{&Reporting{FLOP: 1e20, Cost: 5e8}}},
			{From: 2024, Until: math.Inf(1), Levers: []any{&Reporting{FLOP: 1e20, Cost: 7e8}}},
			{From: 2024, Until: math.Inf(1), Levers: []any{&Reporting{FLOP: 1e35, Cost: 9e8}}}}
	})
	for i, want := range []float64{2.3e9 - 1.2e9, 2.1e9 - 1.2e9, 0} {
		near(t, m.LabID(i), m.labs[i].RdBudget, want, 1e-3)
	}
}
