package sim

import (
	"math"
	"testing"
)

// CES by hand at x = .25, y = 4, α = .3: Leontief min at σ = 0; ρ = −1 at σ = ½, 1/(.3/.25 + .7/4)
// = 1/1.375; Cobb–Douglas .25^.3·4^.7 = 4^.4 at 1; ρ = ½ at σ = 2, (.3·½ + .7·2)² = 1.55²; and ρ =
// 1.58/2.58 at 2.58. An input of nothing stops effort up to σ = 1 and leaves α^{1/ρ}·x beyond.
func TestEffortByHand(t *testing.T) {
	rho := 1.58 / 2.58
	for _, c := range []struct{ x, y, sigma, want float64 }{
		{.25, 4, 0, .25}, {4, .25, 0, .25}, {.25, 4, .5, 1 / 1.375}, {.25, 4, 1, math.Pow(4, .4)}, {.25, 4, 2, 1.55 * 1.55},
		{.25, 4, 2.58, math.Pow(.3*math.Pow(.25, rho)+.7*math.Pow(4, rho), 1/rho)},
		{2, 2, .5, 2}, {2, 2, 2.58, 2}, {0, 4, .5, 0}, {0, 4, 1, 0}, {0, 4, 2, .49 * 4}, {.25, 0, 2, .09 * .25}, {0, 0, 2, 0},
	} {
		near(t, "effort", math.Exp(logCES(c.x, c.y, .3, c.sigma)), c.want, 1e-12)
	}
	near(t, "compute alone", math.Exp(logCES(.25, 4, 1, .5)), .25, 1e-15)
	near(t, "staff alone", math.Exp(logCES(.25, 4, 0, .5)), 4, 1e-15)
	near(t, "close to Cobb–Douglas", math.Exp(logCES(.25, 4, .3, 1+1e-5)), math.Pow(4, .4), 1e-4)
}

// Effort takes experiment compute (1−a_T)K_R over the largest lab's and staff (1−ξ)F_R over the
// largest staff's, here of two labs: at σ_R = 2 and α = .6 the second has x =
// (.5·.8/(1·.2))·(.9/.88) of the first's compute and all of the largest staff.
func TestEffortOfALab(t *testing.T) {
	cfg := researchOnly(testConfig(testLab("compute", 1e9), testLab("staff", 5e8)))
	cfg.Labs[0].ComputeShare, cfg.Labs[1].ComputeShare, cfg.Labs[1].FinalRunShare = .8, .2, .1
	cfg.Parameters.Research.Substitution = 2
	m := started(t, cfg, 1)
	advance(t, m, 1)
	x := .5 * .2 / .8 * .9 / .88
	agrees(t, "first", m.labs[0].Effort, math.Pow(.6+.4*math.Sqrt(.2*1e9/(.8*5e8)), 2))
	agrees(t, "second", m.labs[1].Effort, math.Pow(.6*math.Sqrt(x)+.4, 2))
}

// Result 10 through the process: with β = 0 and effort and talent given A is a compound Poisson sum
// at intensity μ/E[ln m], E A(t) = μt and Var A(t) = μt·E[ln²m]/E[ln m], μ = γ·talent·R^λ with R =
// ¼ at the second lab. z-scores over 2,000 seeds stay below 3. S moves by ζ times the same jumps.
func TestJumpsThroughResearch(t *testing.T) {
	const seeds, steps = 2000, 24
	cfg := researchOnly(testConfig(testLab("large", 1e9), testLab("small", 2.5e8)))
	cfg.Stochastic, cfg.Steps = true, steps
	r := &cfg.Parameters.Research
	r.Returns, r.ServingShare = math.Inf(1), .7
	cfg.Labs[0].Talent = 1.4
	second := 0.0
	for i, p := range jumpProbability {
		second += p * jumpLog[i] * jumpLog[i]
	}
	m := started(t, cfg, 1)
	var sum, sum2, sum4 [2]float64
	mu := [2]float64{1.4 * math.Log(3), math.Log(3) * math.Pow(.25, r.Lambda)}
	for seed := range seeds {
		m.Reset(uint64(seed), 0, m.ref)
		for range steps {
			m.funding()
			m.chips()
			m.research()
			m.step++
			m.t = m.dateOf(m.step)
		}
		for i := range m.labs {
			l := &m.labs[i]
			near(t, "S over ζ", l.ServingEfficiency/.7, l.TrainingEfficiency, 1e-9)
			d := l.TrainingEfficiency - mu[i]*steps/12
			sum[i] += d
			sum2[i] += d * d
			sum4[i] += d * d * d * d
		}
	}
	for i := range mu {
		want := mu[i] * steps / 12 * second / meanJump
		mean, variance := sum[i]/seeds, sum2[i]/seeds
		near(t, "z of the mean", mean/math.Sqrt(want/seeds), 0, 3)
		near(t, "z of the variance", (variance-want)/math.Sqrt((sum4[i]/seeds-variance*variance)/seeds), 0, 3)
	}
}

// Result 6 at A_ref ≠ 0: from A_0 = A_ref the leader is at A_ref + ln(1+βγt)/β, and a lab that
// starts d behind at effort R is at A_0 + ln(1+βγR^λe^{βd}t)/β: what is easier to find is found
// sooner. S follows by ζ times the gain. [1e-9]
func TestResearchBehindTheReference(t *testing.T) {
	cfg := researchOnly(testConfig(testLab("large", 1e9), testLab("small", 2.5e8)))
	cfg.Labs[0].Efficiency, cfg.Labs[1].Efficiency = 1.3, -.4
	r := &cfg.Parameters.Research
	r.ServingShare = .8
	m := started(t, cfg, 1)
	beta := r.Lambda / r.Returns
	for !m.Done() {
		advance(t, m, 1)
		u := m.Time() - 2024
		large := 1.3 + math.Log(1+beta*r.Gamma*u)/beta
		small := -.4 + math.Log(1+beta*r.Gamma*math.Pow(.25, r.Lambda)*math.Exp(beta*1.7)*u)/beta
		near(t, "A large", m.Lab(0).TrainingEfficiency, large, 1e-9)
		near(t, "A small", m.Lab(1).TrainingEfficiency, small, 1e-9)
		near(t, "S small", m.Lab(1).ServingEfficiency, .8*small, 1e-9)
	}
}

// A lab without talent finds nothing, however far it is behind: where βd is beyond what e^x holds,
// nothing times infinity is still nothing.
func TestNoTalentFindsNothing(t *testing.T) {
	cfg := researchOnly(testConfig(testLab("large", 1e9), testLab("small", 2.5e8)))
	cfg.Labs[0].Efficiency, cfg.Labs[1].Efficiency, cfg.Labs[1].Talent = 700, -700, 0
	cfg.Parameters.Research.Returns = .1
	m := started(t, cfg, 1)
	advance(t, m, 3)
	near(t, "A small", m.Lab(1).TrainingEfficiency, -700, 1e-12)
}

// Uptake of public knowledge: a lab without talent closes 1 − e^{−ωR/(R+R_h)·dt} of its gap in A
// and in S each step, and nothing of a lead.
func TestUptakeByHand(t *testing.T) {
	cfg := testConfig(testLab("large", 1e9), testLab("small", 2.5e8))
	cfg.Parameters.Funding.Reinvestment, cfg.Parameters.Chips.PricePerformanceGrowth = 0, 0
	cfg.Labs[0].Talent, cfg.Labs[1].Talent = 0, 0
	m := started(t, cfg, 1)
	m.commons.Knowledge, m.commons.ServingKnowledge = 2, 3
	m.labs[0].TrainingEfficiency, m.labs[0].ServingEfficiency = 2.5, 1
	advance(t, m, 1)
	up := func(effort float64) float64 { return 1 - math.Exp(-.8*effort/(effort+.02)/12) }
	near(t, "A ahead", m.labs[0].TrainingEfficiency, 2.5, 1e-12)
	near(t, "S behind", m.labs[0].ServingEfficiency, 1+2*up(1), 1e-12)
	near(t, "A behind", m.labs[1].TrainingEfficiency, 2*up(.25), 1e-12)
	near(t, "S far behind", m.labs[1].ServingEfficiency, 3*up(.25), 1e-12)
}

// Public knowledge is what any lab knew L_d ago and open labs L_o ago, history being a line of
// slope γ before the start; a closed jump is left out while it is secret and a published one in
// from L_o on. A delayed lab, here just behind the closed one, teaches as late as a closed lab: at
// the open lag it would be ahead of all.
func TestPublicKnowledgeByHand(t *testing.T) {
	cfg := researchOnly(testConfig(testLab("closed", 1e9), testLab("open", 1e9), testLab("delayed", 1e9)))
	cfg.Labs[2].Efficiency, cfg.Labs[2].Openness = .95, Delayed
	cfg.Parameters.Research.Gamma, cfg.Parameters.Research.OpenLag, cfg.Parameters.Research.ClosedLag = .6, .25, 1
	cfg.Parameters.Research.Returns, cfg.Parameters.Research.ServingShare = math.Inf(1), 1
	cfg.Labs[0].Efficiency, cfg.Labs[1].Efficiency, cfg.Labs[1].Openness = 1, .1, Open
	cfg.Shocks = []Shock{{Date: 2025, Lab: 0, Training: math.E, Serving: math.Exp(2), Publish: true}, {Date: 2026.5,
		Lab: 1, Training: math.Exp(5), Serving: 1}}
	m := started(t, cfg, 1)
	for !m.Done() {
		at := m.t // public knowledge is updated at the start of a step
		advance(t, m, 1)
		u := at - 2024
		public := func(published, secret float64) float64 {
			closed := 1 + .6*(u-1)
			if u-1 > 1+1e-9 { // the jump is on record from the end of its step on
				closed += published
			} else if u >= 1.25-1e-9 {
				closed = math.Max(closed, 1+.6+published)
			}
			open := .1 + .6*(u-.25)
			if u >= 3.5-1e-9 {
				open += secret
			}
			return math.Max(0, math.Max(closed, open))
		}
		near(t, "A_pub", m.commons.Knowledge, public(1, 5), 1e-9)
		near(t, "S_pub", m.commons.ServingKnowledge, public(2, 0), 1e-9)
	}
}

// A disclosure duty shortens L_d, here 1 yr, and never lengthens it; of two the shorter holds.
func TestDisclosureByHand(t *testing.T) {
	for _, c := range []struct {
		lags []float64
		want float64
	}{{nil, 1}, {[]float64{.4}, .4}, {[]float64{3}, 1}, {[]float64{.4, .6}, .4}, {[]float64{.6, .4}, .4}} {
		m := started(t, testConfig(labs(1, 1e9)...), 1)
		for _, v := range c.lags {
			m.policies = append(m.policies, policyState{Policy: &Policy{Levers: []any{&Disclosure{ClosedLag: v}}}, active: true})
		}
		near(t, "L_d", m.closedLag(), c.want, 0)
	}
}

// Without jumps a run with luck follows the closed form A(t) = ln(1+βγR^λ·t)/β of one without; with
// them it does not.
func TestProgressWithoutJumps(t *testing.T) {
	cfg := researchOnly(testConfig(testLab("large", 1e9), testLab("small", 2.5e8)))
	cfg.Stochastic, cfg.Steps = true, 24
	r := &cfg.Parameters.Research
	beta := r.Lambda / r.Returns
	for _, r.Jumps = range []float64{0, 1} {
		m := started(t, cfg, 7)
		for !m.Done() {
			advance(t, m, 1)
		}
		want := math.Log(1+beta*r.Gamma*math.Pow(.25, r.Lambda)*2) / beta
		if got := m.Lab(1).TrainingEfficiency; (math.Abs(got-want) < 1e-9) != (r.Jumps == 0) {
			t.Errorf("jumps %g: A = %g, as expected %g", r.Jumps, got, want)
		}
	}
}

// As long as nothing is withheld, those who are to be kept out of what will be know what all know:
// a jump that was published is known to both from the same date on.
func TestWhatIsPublishedIsKnownToThoseKeptOut(t *testing.T) {
	cfg := researchOnly(testConfig(testLab("one", 1e9), testLab("two", 1e9)))
	cfg.Parameters.Research.OpenLag, cfg.Parameters.Research.ClosedLag = .25, 1
	late := cfg.Start + float64(cfg.Steps-1)*cfg.Dt()
	cfg.Shocks = []Shock{{Date: 2025, Lab: 0, Training: math.E, Serving: math.Exp(2), Publish: true},
		{Date: late, Lab: 1, Training: math.E, Serving: 1, Withhold: true, BudgetFrom: 1e12, BudgetBelow: math.Inf(1)}}
	m := started(t, cfg, 1)
	if !m.apart.on {
		t.Fatal("nothing is to be withheld")
	}
	published := false
	for m.Time() < late-cfg.Dt() {
		before := m.commons.ServingKnowledge
		advance(t, m, 1)
		published = published || m.commons.ServingKnowledge > before+1
		near(t, "A_pub of those kept out", m.apart.public.a, m.commons.Knowledge, 1e-12)
		near(t, "S_pub of those kept out", m.apart.public.s, m.commons.ServingKnowledge, 1e-12)
	}
	if !published {
		t.Error("the jump is never published")
	}
}
