package sim

import (
	"math"
	"strings"
	"testing"
)

// onSales is a deterministic market that grows at the constant rate g, shared by two labs alike, so
// that the sales of each grow at g too, and a platform that is too large to bound them. The labs'
// budgets follow their sales from the start.
func onSales(g float64) *Config {
	cfg := sells(testConfig(labs(2, 1e8)...), 1)
	cfg.Segments[0].Spending = growing(4e8, g)
	cfg.Parameters.Funding.Reinvestment = 0
	for i := range cfg.Labs {
		cfg.Labs[i].FollowsSales = true
	}
	platform := testLab("platform", 1e14)
	platform.Archetype, platform.Renter, platform.ShareForOtherProducts = Platform, false, .9
	cfg.Labs = append(cfg.Labs, platform)
	cfg.Steps = 60
	return cfg
}

// Result 26b. κ = 1, far from every bound, sales growing at a constant g: R̄ starts where sales
// that have long grown at g have brought it, so that it and the budget grow at g. [O(dt²): 1e-3
// monthly]
func TestBudgetFollowsSteadySales(t *testing.T) {
	for _, g := range []float64{0, .3, .9} {
		cfg := onSales(g)
		cfg.Parameters.Funding.OutsideMoneyLimit = 10
		m := started(t, cfg, 1)
		for !m.Done() {
			at := m.Time()
			advance(t, m, 1)
			near(t, "ln of the budget over its path", math.Log(m.labs[0].Budget/1e8)-g*(at-2024), 0, 1e-3)
		}
	}
}

// Result 26a. κ = 0 is the path, bit for bit: the same labs with sponsors.
func TestNoFollowingIsThePath(t *testing.T) {
	cfg := onSales(.9)
	cfg.Labs[0].Budget = growing(1e8, .5)
	cfg.Parameters.Funding.SalesFollowing = 0
	sponsored := *cfg
	sponsored.Labs = append([]LabSpec(nil), cfg.Labs...)
	for i := range sponsored.Labs {
		sponsored.Labs[i].FollowsSales = false
	}
	a, b := run(t, cfg), run(t, &sponsored)
	for _, x := range Metrics {
		if va, vb := x.Of(a), x.Of(b); math.Float64bits(va) != math.Float64bits(vb) {
			t.Errorf("%s: %g with budgets that would follow sales, %g with sponsors", x.Name, va, vb)
		}
	}
}

// The bounds by hand, of a lab that spends $100M on $80M of sales when it begins to follow them, a
// year and a half after the start: R̄ and the budget of the next step after sales of $200M, by
// proportion; by the taper of money per dollar of sales; by the fastest rise; by the largest
// platform; half way between the path and that with κ = .5; and more than in proportion with κ =
// 1.5.
func TestBoundsOfSalesFollowing(t *testing.T) {
	for _, c := range []struct {
		what         string
		kappa, limit float64
		sales        float64
		platform     float64
		steps        int
		want         func(rise, path float64) float64
	}{
		{"proportion", 1, 5, 2e8, 1e14, 1, func(rise, _ float64) float64 { return 1e8 * rise }},
		{"money per dollar", 1, .5, 2e8, 1e14, 1, func(rise, _ float64) float64 {
			return (.5 + (1e8/8e7-.5)*math.Exp(-1.0/12/2.5)) * 8e7 * rise
		}},
		{"fastest rise", 1, 5, 1e10, 1e14, 1, func(_, _ float64) float64 { return 1e8 * math.Pow(4, 1.0/12) }},
		{"largest platform", 1, 5, 2e8, 1.01e8, 1, func(_, _ float64) float64 { return 1.01e8 }},
		{"half way", .5, 5, 2e8, 1e14, 1, func(rise, path float64) float64 { return math.Sqrt(path * 1e8 * rise) }},
		{"more than in proportion", 1.5, 5, 1e8, 1e14, 1, func(rise, _ float64) float64 { return 1e8 * math.Pow(rise, 1.5) }},
	} {
		cfg := onSales(0)
		cfg.Labs[0].Budget = Series{Points: []Point{{Date: 2024, Value: 5e7}, {Date: 2025.5, Value: 1e8}},
			Growth: math.Log(1.5)}
		cfg.Labs[2].Budget = flat(c.platform)
		f := &cfg.Parameters.Funding
		f.SalesFollowing, f.OutsideMoneyLimit = c.kappa, c.limit
		m := started(t, cfg, 1)
		advance(t, m, 18)
		near(t, c.what+": date", m.Time(), 2025.5, 1e-9)
		m.labs[0].Revenue = 8e7
		m.funding() // t_F
		near(t, c.what+": R̄ at t_F", m.labs[0].SmoothedSales, 8e7, 1e-3)
		m.labs[0].Revenue = c.sales
		m.step, m.t = 19, m.dateOf(19)
		m.funding()
		smoothed := 8e7 + (1-math.Exp(-1.0/12))*(c.sales-8e7)
		agrees(t, c.what+": R̄", m.labs[0].SmoothedSales, smoothed)
		path := 1e8 * math.Pow(1.5, 1.5/12)
		agrees(t, c.what, m.labs[0].Budget, c.want(smoothed/8e7, path))
	}
}

// g_F is weighted by sales: $60M in a segment that grows at .4 and $20M in one that is flat give .3
// and R̄(t_F) = 80/(1 + .3·2).
func TestGrowthOfSalesAtTheBeginning(t *testing.T) {
	cfg := onSales(.4)
	cfg.Parameters.Funding.SalesMemory = 2
	cfg.Segments[0].Spending = growing(6e7, .4)
	cfg.Labs[0].Sales[0].Share, cfg.Labs[1].Sales[0].Share = 1, 0
	cfg.Labs[0].Sales[0].Target, cfg.Labs[1].Sales[0].Target = .5, .5
	cfg.Segments = append(cfg.Segments, testSegment("flat", 2e7))
	cfg.Labs[0].Sales = append(cfg.Labs[0].Sales, Position{Segment: 1, Share: 1, Target: math.NaN(), Brand: math.NaN()})
	cfg.Labs[1].FollowsSales = false
	m := started(t, cfg, 1)
	agrees(t, "R̄ at the start", m.labs[0].SmoothedSales, 8e7/1.6)
}

// Of what a platform spends beyond X_b, its capital expenditure half a year before the start, the
// share m buys accelerators: ξ(t)·X = ξ·X_b + m·(X − X_b). Staff spending keeps ξ. The share stays
// in [.05, .97], and m = ξ or a given X_b that equals X is today's rule.
func TestAcceleratorsTakeTheGrowth(t *testing.T) {
	platform := testLab("platform", 0)
	platform.Archetype, platform.Renter = Platform, false
	platform.Budget = Series{Points: []Point{{Date: 2023.5, Value: 4e9}, {Date: 2024, Value: 6e9}}, Growth: math.Log(1.5)}
	cfg := sells(testConfig(platform, testLab("other", 1e9)), 1)
	cfg.Parameters.Funding.AcceleratorShareOfGrowth = .9
	m := started(t, cfg, 1)
	agrees(t, "ξ at the start", m.labs[0].ComputeShare, (.6*4e9+.9*2e9)/6e9)
	agrees(t, "staff at the start", m.scale.staff, .4*m.labs[0].RdBudget)
	advance(t, m, 24)
	x := m.labs[0].Budget
	agrees(t, "ξ after two years", m.labs[0].ComputeShare*x, .6*4e9+.9*(x-4e9))
	agrees(t, "ξ of an independent lab", m.labs[1].ComputeShare, .6)

	for _, c := range []struct{ m, before, want float64 }{{.6, math.NaN(), .6}, {2, 6e9, .6}, {2, 1e9, mostComputeShare},
		{2, 12e9, leastComputeShare}} {
		cfg.Parameters.Funding.AcceleratorShareOfGrowth, cfg.Labs[0].BudgetBefore = c.m, c.before
		near(t, "ξ", started(t, cfg, 1).labs[0].ComputeShare, c.want, 0)
	}
}

// A lab cannot live on sales that it does not have.
func TestRefusedFunding(t *testing.T) {
	for want, change := range map[string]func(*LabSpec){
		"does not follow its lab's sales": func(l *LabSpec) { l.Archetype = Platform },
		"it is not commercial":            func(l *LabSpec) { l.Commercial = false },
		"sells nothing at the start":      func(l *LabSpec) { l.Sales = nil },
	} {
		cfg := onSales(.3)
		change(&cfg.Labs[0])
		if _, err := New(cfg); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q", err, want)
		}
	}
}
