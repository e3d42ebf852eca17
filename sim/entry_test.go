package sim

import (
	"math"
	"slices"
	"testing"
)

// twoRegions is a case with two regions and three segments, of which the second region has the last
// two; spending 1 : 2 : 1.
func twoRegions(t *testing.T) *Model {
	t.Helper()
	cfg := testConfig(labs(2, 1e9)...)
	cfg.Stochastic, cfg.Steps = true, 24
	cfg.Regions = append(cfg.Regions, Region{ID: "china"})
	cfg.Segments = []SegmentSpec{testSegment("a", 1e9), testSegment("b", 2e9), testSegment("c", 1e9)}
	cfg.Segments[1].Region, cfg.Segments[2].Region = 1, 1
	for i := range cfg.Labs {
		for k := range cfg.Segments {
			cfg.Labs[i].Sales = append(cfg.Labs[i].Sales, sold(k, .5))
		}
	}
	p := &cfg.Parameters
	p.Research.ServingShare, p.Industry.EntrantGap, p.Market.BrandOfOpenModels = .6, .4, -1.1
	m := started(t, cfg, 1)
	advance(t, m, 3)
	for k := range m.segments {
		m.segments[k].Spending = []float64{1e9, 2e9, 1e9}[k]
	}
	return m
}

// What an entrant starts with: A = A_pub − d_A, S = S_pub − ζ·d_A, the open models' brand in all
// segments of its region and in no other, no share, no model and so no price before its first
// release, rent multiple and compute share of entrants, a budget that grows as independents' do.
func TestEntrant(t *testing.T) {
	m := twoRegions(t)
	m.enterOne(.6, 0) // region: a fourth of spending is in the first
	l := &m.labs[2]
	near(t, "A", l.TrainingEfficiency, m.commons.Knowledge-.4, 1e-12)
	near(t, "S", l.ServingEfficiency, m.commons.ServingKnowledge-.6*.4, 1e-12)
	if l.Spec.Region != 1 || l.Spec.Archetype != Independent || !l.Spec.Renter || !l.Spec.Commercial ||
		l.Spec.Openness != Closed || !math.IsInf(l.Capability, -1) {
		t.Errorf("the entrant is %+v", l.Spec)
	}
	near(t, "rent multiple", l.Spec.RentMultiple, 1.3, 0)
	near(t, "compute share", l.Spec.ComputeShare, .6, 0)
	agrees(t, "median budget", l.Spec.Budget.At(m.t), math.Sqrt(5e7*1e9))
	f := &m.p
	agrees(t, "budget a year on", l.Spec.Budget.At(m.t+1)/l.Spec.Budget.At(m.t),
		math.Exp(taperedGrowth(f.Funding.GrowthIndependent, f.Paths.LongRunBudgetGrowth, f.Paths.TaperTime, 1)))
	for k := range m.segments {
		s := &m.segments[k]
		if want := k > 0; s.offers[2] != want || s.share[2] != 0 || s.target[2] != 0 || s.brand[2] != -1.1 {
			t.Errorf("segment %d: offers %v, share %g, brand %g", k, s.offers[2], s.share[2], s.brand[2])
		}
	}
	agrees(t, "entries", metric(t, m, "entries"), 1)
	m.step++
	m.t = m.dateOf(m.step)
	// One step on it trains and rents K = ξF/(P^L·u·m_r), and sells nothing while it has released
	// nothing.
	m.p.Training.ReleaseInterval = 1e9
	advance(t, m, 1)
	agrees(t, "compute", l.Compute, .6*l.Funding/(m.supplier.ListPrice*m.userCost()*1.3))
	if l.TrainingFlop <= 0 || l.Revenue != 0 || m.segments[1].target[2] != 0 {
		t.Errorf("FLOP %g, revenue %g before its first release", l.TrainingFlop, l.Revenue)
	}
	m.p.Training.ReleaseInterval = 1e-9
	advance(t, m, 1)
	if !(m.segments[1].target[2] > 0) || m.segments[0].target[2] != 0 || !(l.Revenue > 0) {
		t.Errorf("after its release the entrant has target %g", m.segments[1].target[2])
	}
}

// The 5th, 50th and 95th centile of entrants' budgets are the bounds and their geometric mean, and
// entrants come to a region in proportion to spending there: χ² with one degree of freedom, 1 %
// critical value 6.63. A centile p of n draws has the standard error √(p(1−p)/n)/φ(z)·sd, and stays
// within 3 of it.
func TestManyEntrants(t *testing.T) {
	m := twoRegions(t)
	var budgets []float64
	first := 0.0
	const rounds, mean = 20, 100.0
	for r := range rounds {
		m.resize(2)
		m.entrants, m.step = 0, r
		m.enter(mean / m.dt)
		if m.err != nil {
			t.Fatal(m.err)
		}
		for i := 2; i < len(m.labs); i++ {
			budgets = append(budgets, math.Log(m.labs[i].Spec.Budget.Points[0].Value))
			if m.labs[i].Spec.Region == 0 {
				first++
			}
		}
	}
	n := float64(len(budgets))
	near(t, "entrants, in standard errors", (n-rounds*mean)/math.Sqrt(rounds*mean), 0, 3)
	slices.Sort(budgets)
	const z = 1.6448536269514722
	sd := math.Log(1e9/5e7) / (2 * z)
	for _, c := range []struct{ p, want, density float64 }{
		{.05, math.Log(5e7), math.Exp(-z*z/2) / math.Sqrt(2*math.Pi)},
		{.5, math.Log(5e7*1e9) / 2, 1 / math.Sqrt(2*math.Pi)},
		{.95, math.Log(1e9), math.Exp(-z*z/2) / math.Sqrt(2*math.Pi)},
	} {
		se := math.Sqrt(c.p*(1-c.p)/n) / c.density * sd
		near(t, "centile of ln budget, in standard errors", (budgets[int(c.p*n)]-c.want)/se, 0, 3)
	}
	chi2 := (first-n/4)*(first-n/4)/(n/4) + (first-n/4)*(first-n/4)/(3*n/4)
	if !(chi2 < 6.63) {
		t.Errorf("χ² = %g: %g of %g in the first region", chi2, first, n)
	}
}

// Entry is at ν_0(L̄−L_0)⁺, L̄ being weighted by sales: with markups of 1.5 and 3, spending 1 : 3,
// L̄ = (1/3 + 3·2/3)/4 = 7/12.
func TestEntryRate(t *testing.T) {
	m := twoRegions(t)
	m.segments[1].Open = false
	for k, markup := range []float64{1.5, 0, 3} {
		s := &m.segments[k]
		s.Spending = []float64{1e9, 0, 3e9}[k]
		for i := range s.sold {
			s.sold[i], s.price[i], s.cost[i] = s.Spending/2, markup, 1
		}
		s.HostedOpenShare = 0
	}
	m.p.Industry.EntryRate, m.p.Industry.EntryMargin = 5, .25
	near(t, "entries a year", m.entryRate(), 5*(7.0/12-.25), 1e-12)
	m.p.Industry.EntryMargin = .6
	near(t, "entries a year below the margin", m.entryRate(), 0, 0)
}

// Where know-how of a shock is withheld an entrant's twin, which never had it, starts from public
// knowledge without it, and so does the entrant itself if it is kept out.
func TestEntrantOfAWithheldShock(t *testing.T) {
	for _, below := range []float64{1e7, 0} { // an entrant of $224M is kept out, or is not
		cfg := testConfig(labs(2, 1e9)...)
		cfg.Stochastic, cfg.Steps = true, 24
		cfg.Parameters.Research.ServingShare, cfg.Parameters.Industry.EntrantGap = .6, .4
		cfg.Shocks = []Shock{{Date: 2024, Lab: 0, Training: 5, Serving: 5, Publish: true, Withhold: true, BudgetBelow: below}}
		m := started(t, cfg, 1)
		advance(t, m, 8)
		m.commons.Knowledge, m.commons.ServingKnowledge = 3, 2.5
		m.apart.public = lagged{2, 1.5}
		m.enterOne(.5, 0)
		l := &m.labs[2]
		known := lagged{3, 2.5}
		if below > 0 {
			known = m.apart.public
		}
		near(t, "A", l.TrainingEfficiency, known.a-.4, 1e-12)
		near(t, "S", l.ServingEfficiency, known.s-.24, 1e-12)
		near(t, "A of the twin", l.twin.a, 2-.4, 1e-12)
		near(t, "S of the twin", l.twin.s, 1.5-.24, 1e-12)
		if got := *m.twinPast.at(m.NumLabs()-1, m.step+1); got != l.twin {
			t.Errorf("history of the twin: %v", got)
		}
	}
}
