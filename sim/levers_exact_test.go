package sim

import (
	"math"
	"strings"
	"testing"
)

// withPolicies gives a case policies for good, one per function.
func withPolicies(cfg *Config, set ...func(*Policy)) *Config {
	for _, f := range set {
		p := Policy{ID: "policy", From: 2024, Until: math.Inf(1)}
		f(&p)
		cfg.Policies = append(cfg.Policies, p)
	}
	return cfg
}

// A subsidy of 40 % lets a renter rent 1/(1−.4) as much with the same money, and costs .4/.6 of its
// compute money. Its neighbour is as before. [1e-12 relative]
func TestSubsidyOfRenter(t *testing.T) {
	cfg := func() *Config { return testConfig(labs(2, 1e9)...) }
	plain := started(t, cfg(), 1)
	m := started(t, withPolicies(cfg(), func(p *Policy) {
		p.Pull(&Subsidy{Rate: .4, Eligible: Eligibility{Labs: []int{0}, BudgetBelow: math.Inf(1)}})
	}), 1)
	advance(t, plain, 1)
	advance(t, m, 1)
	near(t, "compute over that without", m.Lab(0).Compute/plain.Lab(0).Compute, 1/.6, 1e-12)
	near(t, "research compute over compute", m.Lab(0).ComputeResearch/m.Lab(0).Compute, 1, 1e-12)
	near(t, "the neighbour's compute", m.Lab(1).Compute, plain.Lab(1).Compute, 0)
	near(t, "policy cost over .4/.6 of compute money", metric(t, m,
		"policy_cost")/(.4/.6*m.Lab(0).Spec.ComputeShare*m.Lab(0).RdBudget), 1, 1e-12)
}

// An owner's subsidised orders enter Z; where chips are scarce the state pays its part of what is
// delivered and the lab's own unspent money is carried over: own money + state's money = what is
// bought + what is carried. Own silicon is always delivered. [1e-12 relative]
func TestSubsidyOfOwner(t *testing.T) {
	owner := testLab("owner", 1e9)
	owner.Renter, owner.OwnSilicon = false, .25
	cfg := testConfig(owner, testLab("renter", 1e9))
	cfg.Parameters.Chips.Capacity = 3000
	m := started(t, withPolicies(cfg, func(p *Policy) {
		p.Pull(&Subsidy{Rate: .5, Eligible: Eligibility{Labs: []int{0}, BudgetBelow: math.Inf(1)}})
	}), 1)
	for range 6 {
		before := m.Lab(0).CumulativeDeliveries
		advance(t, m, 1)
		l, s := m.Lab(0), m.Supplier()
		money := l.Spec.ComputeShare * l.Funding
		near(t, "orders over twice the lab's merchant money", s.Orders/(2*.75*money), 1, 1e-12)
		if !(s.FillRate < 1) {
			t.Fatalf("chips are not scarce: fill rate %g", s.FillRate)
		}
		own := 2 * .25 * money / (l.Spec.OwnSiliconCost * s.ListPrice)
		merchant := ((l.CumulativeDeliveries-before)/m.dt - own) * s.Price
		near(t, "bought and carried over own and public money", (merchant+.5*money+l.Carry/m.dt)/(money+m.policyCost), 1,
			1e-12)
	}
}

// Two subsidies of 20 % and 50 % leave the lab .8·.5 of the bill: the second pays its part of what
// the first leaves.
func TestSubsidiesCompound(t *testing.T) {
	m := started(t, withPolicies(testConfig(labs(1, 1e9)...),
		func(p *Policy) { p.Pull(&Subsidy{Rate: .2}) }, func(p *Policy) { p.Pull(&Subsidy{Rate: .5}) }), 1)
	advance(t, m, 1)
	near(t, "what the state adds to a dollar", m.Lab(0).subsidy, 1/(.8*.5)-1, 1e-12)
}

// Of a platform's compute money only the part for research is subsidised: with o = .9 and a subsidy
// that doubles it, ξ·X·(.9 + 2·.1) is spent, and 2·.1/(.9 + 2·.1) of the stock is for research.
func TestSubsidyOfPlatform(t *testing.T) {
	platform := testLab("platform", 1e9)
	platform.Archetype, platform.ShareForOtherProducts = Platform, .9
	m := started(t, withPolicies(testConfig(platform), func(p *Policy) { p.Pull(&Subsidy{Rate: .5}) }), 1)
	advance(t, m, 1)
	l := m.Lab(0)
	near(t, "part for research", l.ComputeResearch/l.Compute, .2/1.1, 1e-12)
	near(t, "policy cost", m.policyCost/(.1*l.Spec.ComputeShare*1e9), 1, 1e-12)
}

// Bounds of eligibility are about the R&D budget before grants, costs and taxes, (1−o)X + ρ·GP⁺: a
// platform whose capex is far above the bound is reached where its lab's part is below, a lab with
// profit is not although its sponsor's money is, and neither a grant nor a tax changes it.
func TestEligibilityIsByRdBudget(t *testing.T) {
	cfg := sells(testConfig(labs(3, 1e9)...), 1)
	cfg.Labs[0].Archetype, cfg.Labs[0].ShareForOtherProducts, cfg.Labs[0].Budget = Platform, .95, flat(1e10)
	cfg.Labs[1].Sales[0].Share, cfg.Labs[0].Sales, cfg.Labs[2].Sales = 1, nil, nil
	cfg.Labs[1].Sales[0].Target = 1
	cfg.Segments[0].Spending = flat(1e10)
	bounds := Eligibility{BudgetBelow: 1.5e9}
	withPolicies(cfg,
		func(p *Policy) { p.Pull(&Grant{Amount: 1e13, Eligible: bounds}) },
		func(p *Policy) { p.Pull(&Grant{Amount: 2e3, Eligible: bounds}) },
		func(p *Policy) { p.Pull(&Tax{ComputeRate: 1, Recycled: true, Recipients: bounds}) })
	m := started(t, cfg, 1)
	for range 24 {
		advance(t, m, 1)
		if l := m.Lab(0); l.ownBudget != .05*1e10 && math.Abs(l.ownBudget/5e8-1) > 1e-12 {
			t.Fatalf("R&D budget of the platform's lab before levers is %g", l.ownBudget)
		}
		for i, want := range []float64{5e12 + 1e3, 0, 5e12 + 1e3} {
			near(t, m.LabID(i)+": grants", m.Lab(i).grant/(5e12+1e3), want/(5e12+1e3), 1e-12)
			if got := m.policies[2].eligible[i]; got != (want > 0) {
				t.Errorf("%s is a recipient: %v", m.LabID(i), got)
			}
		}
	}
}

// The number of an export rule in force comes before the region's path and before other rules of
// the region, and afterwards the path holds again. A rule by chips that the path would leave
// without effect is refused.
func TestExportRuleByNumber(t *testing.T) {
	cfg := richConfig()
	path := cfg.Regions[1].RelativePricePerformance
	cfg.Policies = []Policy{
		{ID: "first", From: 2025, Until: math.Inf(1), Levers: []any{&ExportRule{Region: 1, Relative: .9, Domestic: -1}}},
		{ID: "later", From: 2025.5, Until: 2026, Levers: []any{&ExportRule{Region: 1, Relative: .2, Domestic: -1}}},
	}
	m := started(t, cfg, 1)
	for range 36 {
		advance(t, m, 1)
		at := m.t - m.dt/2
		want := path.At(at)
		if at > 2025 {
			want = .9
		}
		if at > 2025.5 && at < 2026 {
			want = .2
		}
		near(t, "price-performance", m.regions[1].d, want, 1e-12)
	}
	Pulled[ExportRule](&cfg.Policies[0]).Relative = math.NaN()
	if _, err := New(cfg); err == nil || !strings.Contains(err.Error(), "policy first: export_rule does nothing: "+
		"regions.china.relative_price_performance has values") {
		t.Errorf("a rule without effect: %v", err)
	}
	cfg.Regions[1].RelativePricePerformance.Points = append(path.Points[:1:1], Point{Date: 2025, Value: math.NaN()})
	if _, err := New(cfg); err != nil {
		t.Errorf("a rule from the end of the path on: %v", err)
	}
	Pulled[ExportRule](&cfg.Policies[0]).Region = 7
	if _, err := New(cfg); err == nil {
		t.Error("a rule about no region passes")
	}
}

// Policies in force together, in the order of the scenario: of two values of one thing the later
// counts, the lowest cap holds, factors and set-asides compound, grants and costs add.
func TestPoliciesTogether(t *testing.T) {
	eta := func(v float64) func(*Policy) {
		return func(p *Policy) { p.Pull(&Changes{{Field: "market.eta", Value: v}}) }
	}
	m := started(t, withPolicies(testConfig(labs(2, 1e9)...), eta(1.4), eta(.8)), 1)
	advance(t, m, 1)
	near(t, "of two values the later", m.p.Market.Eta, .8, 0)

	capped := func(v float64) func(*Policy) {
		return func(p *Policy) { p.Pull(&TrainingCap{FLOP: v}) }
	}
	m = started(t, withPolicies(testConfig(labs(2, 1e9)...), capped(3e22), capped(2e22), capped(4e22)), 1)
	advance(t, m, 1)
	near(t, "the lowest cap", m.Lab(0).TrainingFlop, 2e22, 0)

	aside := func(share float64, lab int) func(*Policy) {
		return func(p *Policy) {
			p.Pull(&SetAside{Share: share, Eligible: Eligibility{Labs: []int{lab}, BudgetBelow: math.Inf(1)}})
		}
	}
	m = started(t, withPolicies(sells(still(testConfig(labs(2, 1e9)...)), 1), aside(.5, 0), aside(.2, 1)), 1)
	advance(t, m, 1)
	// half to the first, a fifth of all that to the second: (.5 + .5·.5)·.8 and (.5·.5)·.8 + .2
	near(t, "share of the first", m.Lab(0).SalesShare, .6, 1e-9)
	near(t, "share of the second", m.Lab(1).SalesShare, .4, 1e-9)

	cost := func(v float64) func(*Policy) {
		return func(p *Policy) { p.Pull(&Reporting{FLOP: 1e18, Cost: v}) }
	}
	grant := func(v float64) func(*Policy) { return func(p *Policy) { p.Pull(&Grant{Amount: v}) } }
	m = started(t, withPolicies(testConfig(labs(1, 1e9)...), cost(1e8), grant(5e8), cost(2e8), grant(7e8)), 1)
	advance(t, m, 1)
	near(t, "R&D budget, grants added and costs taken", m.Lab(0).RdBudget/1.9e9, 1, 1e-12)
}

// What a policy does is in the words of its events: which levers begin, and what reaches nobody at
// that time.
func TestPolicyEvents(t *testing.T) {
	nobody := Eligibility{BudgetBelow: 1}
	cfg := richConfig()
	cfg.Policies = []Policy{
		{ID: "idle", From: 2025, Until: 2026, Levers: []any{&Grant{Amount: 1, Eligible: nobody}, &Subsidy{Rate: .1,
			Eligible: nobody}, &Tax{ComputeRate: .1, Recycled: true, Recipients: nobody}, &SetAside{Share: .1,
			Eligible: nobody}}},
		{ID: "busy", From: 2025, Until: math.Inf(1), Levers: []any{&Grant{Amount: 1, Eligible: smallLabs},
			&SetAside{Share: .1, Eligible: smallLabs}, &Tax{ComputeRate: .1, Recipients: nobody}}},
	}
	got := map[string][]string{}
	for _, e := range run(t, cfg).Events() {
		if e.Kind == "policy" {
			got[e.Subject] = append(got[e.Subject], e.Detail)
		}
	}
	if words := strings.Join(got["idle"], "; "); words != "begins: grant, subsidy, tax, set-aside; grant reaches no "+
		"lab; subsidy reaches no lab; recycled tax reaches no lab; set-aside reaches no lab; ends" {
		t.Errorf("idle: %s", words)
	}
	if words := strings.Join(got["busy"], "; "); words != "begins: grant, tax, set-aside" {
		t.Errorf("busy: %s", words)
	}
}

// Where a domestic chip sets what a dollar buys all orders are filled, whatever the merchant market
// does, and the state pays its whole part.
func TestSubsidyWithDomesticChip(t *testing.T) {
	owner := testLab("owner", 1e9)
	owner.Renter, owner.Region = false, 1
	cfg := testConfig(owner, testLab("renter", 1e9))
	cfg.Regions = append(cfg.Regions, Region{ID: "china"})
	cfg.Chips = append(catalogued().Chips, Chip{ID: "own", OnSale: 2023, H100e: .5, Interconnect: 1, Price: 3e4,
		Domestic: "china"})
	cfg.Parameters.Chips.Capacity = 1
	m := started(t, withPolicies(cfg,
		func(p *Policy) { p.Pull(&ExportRule{Region: 1, Domestic: 2}) },
		func(p *Policy) { p.Pull(&Subsidy{Rate: .5, Eligible: Eligibility{Labs: []int{0}}}) }), 1)
	before := m.Lab(0).CumulativeDeliveries
	advance(t, m, 1)
	l := m.Lab(0)
	money := l.Spec.ComputeShare * 1e9
	near(t, "policy cost over the lab's compute money", m.policyCost/money, 1, 1e-12)
	near(t, "carry", l.Carry, 0, 0)
	near(t, "bought over what twice the money buys",
		(l.CumulativeDeliveries-before)/m.dt/(m.regions[1].domestic*2*money/m.supplier.ListPrice), 1, 1e-9)
}
