package sim

import (
	"math"
	"slices"
	"testing"

	"simulate/sim/concentration"
)

// company is a platform whose lab and three others sell, with grants in chips and in money and a
// pool for all.
func company(t *testing.T) *Model {
	t.Helper()
	cfg := testConfig(labs(4, 1e9)...)
	for i := range cfg.Labs {
		cfg.Labs[i].Sales = []Position{sold(0, []float64{.4, .3, .2, .1}[i])}
	}
	cfg.Labs[0].ID, cfg.Labs[0].Archetype, cfg.Labs[0].Renter, cfg.Labs[0].ShareForOtherProducts = "platform", Platform,
		false, .7
	cfg.Labs[0].Openness, cfg.Labs[1].Openness = Open, Open
	cfg.Labs[1].ID, cfg.Labs[1].Renter = "owner", false
	cfg.Labs[2].ID = "renter"
	cfg.Parameters.Funding.Pool = 1e9
	cfg.Policies = []Policy{
		{ID: "chips", From: 2024, Until: math.Inf(1), Levers: []any{&Grant{Amount: 900, InCompute: true}}},
		{ID: "money", From: 2024, Until: math.Inf(1), Levers: []any{&Grant{Amount: 4e8}}},
	}
	m := started(t, cfg, 1)
	advance(t, m, 8)
	return m
}

// A lab that closes leaves all owned compute where it can be counted: an owner's research stock and
// granted chips go to outside owners, a renter's compute was never its own, a platform keeps the
// rest of its stock. Shares of the others become s_j/(1−s_i).
func TestExitKeepsComputeAndShares(t *testing.T) {
	for i, id := range []string{"platform", "owner", "renter"} {
		m := company(t)
		was := m.labs[i]
		outside, total := m.commons.OutsideStock, metric(t, m, "compute_stock")
		shares := slices.Clone(m.segments[0].share)
		m.exit(i)
		m.observeAt(m.step)
		gone := was.GrantedCompute
		if !was.Spec.Renter {
			gone = was.ComputeResearch
		}
		agrees(t, id+": outside owners", m.commons.OutsideStock, outside+gone)
		agrees(t, id+": all compute", metric(t, m, "compute_stock"), total)
		for j, s := range m.segments[0].share {
			want := shares[j] / (1 - shares[i])
			if j == i {
				want = 0
			}
			near(t, id+": share", s, want, 1e-12)
		}
		l := &m.labs[i]
		if want := id == "platform"; l.Active != want || !l.closed {
			t.Errorf("%s: active %v, closed %v", id, l.Active, l.closed)
		}
		if l.GrantedCompute != 0 || l.ComputeResearch != 0 || l.SmoothedResearch != 0 || l.TrainingFlop != 0 ||
			!math.IsInf(l.Capability, -1) {
			t.Errorf("%s keeps %+v", id, l)
		}
		if id == "platform" {
			// K − K_R, K_R here with the granted chips that never were in K
			agrees(t, "the platform's other compute", l.Compute, was.Compute-(was.ComputeResearch-was.GrantedCompute))
		}
		agrees(t, id+": labs", metric(t, m, "labs_active"), 3)
		agrees(t, id+": departures", metric(t, m, "departures"), 1)
		advance(t, m, 3)
	}
}

// A platform whose lab has closed goes on with o·X for its other uses and nothing else: it gets no
// part of pool or grants, trains, releases and adopts nothing though an open model is there, and no
// count of labs has it. The pool and the grants go to the others in full.
func TestPlatformAfterItsLab(t *testing.T) {
	m := company(t)
	m.exit(0)
	events := len(m.Events())
	for range 30 {
		advance(t, m, 1)
		l := &m.labs[0]
		agrees(t, "budget", l.Budget, .7*1e9)
		near(t, "R&D budget", l.RdBudget, 0, 1e-3)
		agrees(t, "funding without carry", l.base0, .7*1e9)
		near(t, "research compute", l.ComputeResearch, 0, 1e-9)
		near(t, "used", l.ComputeUsed, 0, 1e-9)
		if l.GrantedCompute != 0 || l.grant != 0 || l.grantChips != 0 || l.TrainingFlop != 0 || l.RunCost != 0 ||
			l.Adopted || !math.IsInf(l.Capability, -1) || l.Revenue != 0 {
			t.Fatalf("in %g the closed lab has %+v", m.t, l)
		}
		extra := 0.0
		for i := 1; i < 4; i++ {
			o := &m.labs[i]
			extra += o.RdBudget - 1e9 - m.p.Funding.Reinvestment*o.taxable
			agrees(t, "grant", o.grant, 4e8/3)
			agrees(t, "chips", o.grantChips, 300)
		}
		agrees(t, "pool and grants of the others", extra, 1.4e9)
		agrees(t, "labs", metric(t, m, "labs_active"), 3)
		agrees(t, "Gini of runs among labs at work", metric(t, m, "gini_training_flop"),
			concentration.Gini([]float64{m.labs[1].TrainingFlop, m.labs[2].TrainingFlop, m.labs[3].TrainingFlop}, nil))
		if got := metric(t, m, "lag_4th_lab_oom"); !math.IsNaN(got) {
			t.Errorf("a fourth lab lags by %g", got)
		}
		if near, adopt := metric(t, m, "labs_near_frontier"), metric(t, m, "adopters"); near > 3 || adopt > 2 {
			t.Errorf("%g labs near the frontier, %g adopters", near, adopt)
		}
	}
	for _, e := range m.Events()[events:] {
		if e.Subject == "platform" {
			t.Errorf("%g: %s of the platform's closed lab", e.Date, e.Kind)
		}
	}
}

// Several labs leave in one step whatever the order of the roster: exits first, then sales by id in
// the market that they leave. Over many seeds with high hazards all metrics of a roster and of its
// reverse agree. [1e-9] The leader is never in distress and the richest, so that every lab for sale
// finds a bidder and each exit is one by hazard.
func TestDeparturesInOneStepInAnyOrder(t *testing.T) {
	build := func(reverse bool) *Config {
		l := labs(7, 1e9)
		for i := range l {
			l[i].Budget = flat(1e9 * (1 + float64(i*i%5)))
			l[i].Efficiency = .2 * float64(i%3)
			l[i].Renter = i%2 == 0
			l[i].Sales = []Position{sold(0, []float64{.08, .12, .1, .15, .05, .2, .3}[i])}
		}
		l[6].Budget, l[6].Efficiency = flat(1e11), 3
		if reverse {
			slices.Reverse(l)
		}
		cfg := testConfig(l...)
		cfg.Stochastic, cfg.Steps = true, 6
		p := &cfg.Parameters.Industry
		p.LeastShare, p.LargestGap, p.Patience, p.EntryRate = 1, 0, 0, 0
		p.ExitHazard, p.AcquisitionHazard = 3, 6
		return cfg
	}
	a, b := started(t, build(false), 1), started(t, build(true), 1)
	both, several := 0, 0
	for seed := range 60 {
		a.Reset(uint64(seed), 0, a.ref)
		b.Reset(uint64(seed), 0, b.ref)
		for !a.Done() {
			advance(t, a, 1)
			advance(t, b, 1)
			sameMetrics(t, a, b, nil, 1e-9)
		}
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
		acquired, exits, last, lastDate := 0, 0, "", 0.0
		for _, e := range a.Events() {
			if e.Kind != "exit" && e.Kind != "acquisition" {
				continue
			}
			if e.Date != lastDate {
				acquired, exits, last, lastDate = 0, 0, "", e.Date
			}
			if e.Kind == "exit" {
				if exits++; acquired > 0 {
					t.Fatalf("seed %d, %g: %s closes after a sale of the step", seed, e.Date, e.Subject)
				}
				continue
			}
			if e.Subject < last {
				t.Fatalf("seed %d, %g: %s is sold after %s", seed, e.Date, e.Subject, last)
			}
			acquired, last = acquired+1, e.Subject
			if acquired > 1 {
				several++
			}
			if exits > 0 {
				both++
			}
		}
	}
	if both < 10 || several < 10 {
		t.Errorf("%d sales after exits, %d after sales: too few to test", both, several)
	}
}
