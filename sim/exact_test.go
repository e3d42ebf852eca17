package sim

import (
	"math"
	"testing"

	"simulate/sim/concentration"
)

// The exact results of the model, in the order of docs/odd.md. Each test states its working and
// configuration.

// Result 1. N identical closed labs, deterministic mode, nobody outside: by symmetry every share is
// 1/N at every date, so that HHI = 10,000/N and Gini = 0 for ever, of sales, training compute and
// capability.
func TestIdenticalLabsStayIdentical(t *testing.T) {
	for _, n := range []int{2, 5, 8} {
		cfg := sells(testConfig(labs(n, 1e9)...), 1)
		m := started(t, cfg, 1)
		for !m.Done() {
			advance(t, m, 1)
			for _, d := range []string{"sales", "training_flop", "capability", "compute_used"} {
				near(t, "hhi_"+d, metric(t, m, "hhi_"+d)*float64(n)/1e4, 1, 1e-12)
				near(t, "gini_"+d, metric(t, m, "gini_"+d), 0, 1e-12)
			}
		}
	}
}

// Result 2. Symmetric nested CES with N = 4, σ = 5, η = 1.5 and no fringe: s = 1/4, ε = 5·3/4 +
// 1.5/4 = 4.125, markup ε/(ε−1) = 1.32.
func TestSymmetricMarkup(t *testing.T) {
	cfg := sells(testConfig(labs(4, 1e9)...), 1)
	cfg.Segments[0].Sigma, cfg.Segments[0].Eta = 5, 1.5
	m := started(t, cfg, 1)
	advance(t, m, 12)
	s := m.Segment(0)
	for i := range s.price {
		near(t, "markup", s.price[i]/s.cost[i], 1.32, 1e-12)
	}
}

// Result 3. Cournot with P = 100 − Q and costs 10, 20, 30: P = (100+60)/4 = 40, q = 30, 20, 10,
// market elasticity P/Q = 2/3. HHI = (9+4+1)/36, and HHI/ε = mean Lerner (Σ s·(P−c)/P = ½·¾ + ⅓·½ +
// ⅙·¼) = 7/12. The Cournot option with σ → ∞ has 1/ε_i = s_i/η, hence markups P/c_i.
func TestCournotLerner(t *testing.T) {
	q := []float64{30, 20, 10}
	near(t, "HHI/ε", concentration.HHI(q, 0)/1e4/(2.0/3), 7.0/12, 1e-12)
	e := equilibrium{sigma: math.Inf(1), eta: 2.0 / 3, floor: 1.01, conduct: Cournot}
	mean := 0.0
	for i, c := range []float64{10, 20, 30} {
		markup := e.markup(q[i] / 60)
		near(t, "markup", markup, 40/c, 1e-12)
		mean += q[i] / 60 * (1 - 1/markup)
	}
	near(t, "mean Lerner", mean, 7.0/12, 1e-12)
}

// frontierOnly switches off everything but training on constant budgets: renters, λ = 0 (pace γ
// whatever the effort), no spillover, distillation, adoption, reinvestment or smoothing, a constant
// list price, and a release every step.
func frontierOnly(cfg *Config) *Config {
	p := &cfg.Parameters
	p.Research.Lambda, p.Research.Omega = 0, 0
	p.Training.Distillation, p.Training.Adoption, p.Training.SmoothingTime = 0, 0, 0
	p.Funding.Reinvestment = 0
	p.Chips.PricePerformanceGrowth = 0
	p.Training.ReleaseInterval = 1.0 / float64(cfg.StepsPerYear)
	return cfg
}

// Result 4. Access: with λ = 0 efficiency grows at g = γ, effective compute is B·e_0·e^{gt}, and a
// lab with budget B passes C* at T = ln(C*/(B·e_0))/g. At 3.9× a year what takes $100M today takes
// $6M after ln(100/6)/ln 3.9 = 2.067 years. [one step]
func TestAccessFirstPassage(t *testing.T) {
	cfg := frontierOnly(testConfig(testLab("rich", 100e6), testLab("poor", 6e6)))
	cfg.Parameters.Research.Gamma = math.Log(3.9)
	m := started(t, cfg, 1)
	goal := m.Lab(0).Capability
	for m.Lab(1).Capability < goal {
		advance(t, m, 1)
	}
	want := math.Log(100.0/6) / math.Log(3.9)
	near(t, "first passage", want, 2.067, 5e-4)
	near(t, "first passage", m.Time()-2024, want, m.dt)
}

// Result 5. Performance: under the same growth the gap of two labs' ln capability stays
// ln(B_1/B_2). [1e-10]
func TestPerformanceGapStays(t *testing.T) {
	cfg := frontierOnly(testConfig(testLab("rich", 100e6), testLab("poor", 6e6)))
	m := started(t, cfg, 1)
	for !m.Done() {
		advance(t, m, 1)
		near(t, "gap", (m.Lab(0).Capability-m.Lab(1).Capability)*math.Ln10, math.Log(100.0/6), 1e-10)
	}
}

// researchOnly keeps effort constant at R = budget/largest budget for renters on constant budgets
// (compute and staff both scale with the budget), without spillover.
func researchOnly(cfg *Config) *Config {
	p := &cfg.Parameters
	p.Research.Omega, p.Funding.Reinvestment, p.Chips.PricePerformanceGrowth, p.Training.SmoothingTime = 0, 0, 0, 0
	return cfg
}

// Result 6. No spillover, constant effort, talent 1, A(0) = A_ref = 0: dA/dt = γR^λ·e^{−βA}
// integrates to A(t) = ln(1+βγR^λ·t)/β, and the gap of two labs tends to ln(R_1^λ/R_2^λ)/β =
// r·ln(R_1/R_2), staying below it. [1e-9]
func TestResearchClosedForm(t *testing.T) {
	cfg := researchOnly(testConfig(testLab("large", 1e9), testLab("small", 2.5e8)))
	cfg.Steps = 1200
	m := started(t, cfg, 1)
	r := &cfg.Parameters.Research
	beta := r.Lambda / r.Returns
	limit := r.Returns * math.Log(4)
	for !m.Done() {
		advance(t, m, 1)
		u := m.Time() - 2024
		large := math.Log(1+beta*r.Gamma*u) / beta
		small := math.Log(1+beta*r.Gamma*math.Pow(.25, r.Lambda)*u) / beta
		near(t, "A large", m.Lab(0).TrainingEfficiency, large, 1e-9)
		near(t, "A small", m.Lab(1).TrainingEfficiency, small, 1e-9)
		if gap := m.Lab(0).TrainingEfficiency - m.Lab(1).TrainingEfficiency; !(gap < limit) {
			t.Fatalf("gap %g passes its bound %g", gap, limit)
		}
	}
	near(t, "gap after a century", m.Lab(0).TrainingEfficiency-m.Lab(1).TrainingEfficiency, limit, 0.05)
}

// Result 7. Effort growing at g_R: on the path A ≈ (1/β)·ln(e^{λ g_R t}) the slope tends to λ·g_R/β
// = r·g_R; the step error is O(dt), so halving dt halves it. With β = 0 (r = ∞) two labs on
// constant effort diverge at γ(R_1^λ − R_2^λ) exactly.
func TestGrowingEffort(t *testing.T) {
	const g = 0.3
	level := func(perYear int) (slope, a float64) {
		cfg := researchOnly(testConfig(testLab("lab", 1e9)))
		cfg.StepsPerYear, cfg.Steps = perYear, 60*perYear
		cfg.Labs[0].Budget = growing(1e9, g)
		m := started(t, cfg, 1)
		advance(t, m, 59*perYear)
		before := m.Lab(0).TrainingEfficiency
		advance(t, m, perYear)
		return m.Lab(0).TrainingEfficiency - before, m.Lab(0).TrainingEfficiency
	}
	r := Defaults().Research.Returns
	slopeQuarter, quarter := level(4)
	slopeMonth, month := level(12)
	near(t, "slope in quarters", slopeQuarter, r*g, 1e-5)
	near(t, "slope in months", slopeMonth, r*g, 1e-5)
	if math.Abs(quarter-month) > 0.01 {
		t.Errorf("levels %g and %g differ by more than the step error", quarter, month)
	}

	cfg := researchOnly(testConfig(testLab("large", 1e9), testLab("small", 2.5e8)))
	cfg.Parameters.Research.Returns = math.Inf(1)
	m := run(t, cfg)
	p := &cfg.Parameters.Research
	near(t, "linear divergence", m.Lab(0).TrainingEfficiency-m.Lab(1).TrainingEfficiency, 10*p.Gamma*(1-math.Pow(.25,
		p.Lambda)), 1e-12*10*p.Gamma*10)
}

// follower is a leader with λ = 0 progress at γ and a follower of talent 0 that only takes up
// public knowledge at rate ω.
func follower(omega, closedLag float64) *Config {
	cfg := testConfig(testLab("leader", 1e9), testLab("follower", 1e9))
	p := &cfg.Parameters
	p.Research.Lambda, p.Research.Omega, p.Research.ClosedLag, p.Research.AbsorptionHalf = 0, omega, closedLag, 0
	cfg.Labs[1].Talent = 0
	return cfg
}

// Result 8. Behind a leader growing at g the follower solves dA/dt = ω(g(t−L_d) − A), whose gap
// tends to g(L_d + 1/ω). [O(dt)] With ω → ∞ and L_d = 0 it holds the leader's A of the step's
// start: the gap is g·dt exactly. [1e-9]
func TestFollowerGap(t *testing.T) {
	gap := func(cfg *Config) float64 {
		cfg.Steps = 40 * cfg.StepsPerYear
		m := run(t, cfg)
		return m.Lab(0).TrainingEfficiency - m.Lab(1).TrainingEfficiency
	}
	g := Defaults().Research.Gamma
	want := g * (1 + 1/0.8)
	month, quarter := follower(0.8, 1), follower(0.8, 1)
	quarter.StepsPerYear = 4
	errMonth, errQuarter := gap(month)-want, gap(quarter)-want
	near(t, "gap in months", errMonth, 0, g/12)
	near(t, "order of the step error", errQuarter/errMonth, 3, 0.1)
	near(t, "instant uptake", gap(follower(1e6, 0)), g/12, 1e-9)
}

// Result 9. Distillation alone: below its cap it closes the share ψ_D of the log gap to the best
// released model. The leader's model stands at c = 2; the other's own run is at c_own, its release
// at c_own + ψ_D(2 − c_own). [1e-12]
func TestDistillationClosesShare(t *testing.T) {
	cfg := frontierOnly(testConfig(testLab("leader", 1e9), testLab("other", 1e8)))
	cfg.Parameters.Research.Gamma = math.SmallestNonzeroFloat64
	cfg.Parameters.Training.Distillation = 0.35
	cfg.Labs[0].Capability, cfg.Labs[1].Capability = 0.5, -9
	m := started(t, cfg, 1)
	advance(t, m, 1)
	l := m.Lab(1)
	own := math.Log10(l.TrainingFlop/GPT4FLOP) + l.TrainingEfficiency/math.Ln10
	if own > 0.5 || own < 0.5-1/0.35 {
		t.Fatalf("own run at %g OOM: the configuration no longer tests distillation below its cap", own)
	}
	near(t, "remaining gap", 0.5-l.Capability, (0.5-own)*(1-0.35), 1e-12)
}

// Result 10. Compound Poisson with mean rate μ (β = 0): E A(t) = μt, Var A(t) = μt·E[ln²m]/E[ln m].
// Over 10,000 seeds the mean's z-score and that of the variance (its standard error by the fourth
// moment of the sample) stay below 3.
func TestCompoundPoisson(t *testing.T) {
	const seeds, years = 10_000, 3
	mu, dt := math.Log(3), 1.0/12
	second := 0.0
	for i, p := range jumpProbability {
		second += p * jumpLog[i] * jumpLog[i]
	}
	wantMean, wantVar := mu*years, mu*years*second/meanJump
	s := newStream()
	sum, sum2, sum4 := 0.0, 0.0, 0.0
	for seed := range seeds {
		a := 0.0
		for step := range years * 12 {
			s.at(runKey("run", uint64(seed), 0), drawResearch, step)
			a += s.jumps(mu * dt / meanJump)
		}
		d := a - wantMean
		sum += d
		sum2 += d * d
		sum4 += d * d * d * d
	}
	n := float64(seeds)
	mean, variance := sum/n, sum2/n
	near(t, "z of the mean", mean/math.Sqrt(wantVar/n), 0, 3)
	near(t, "z of the variance", (variance-wantVar)/math.Sqrt((sum4/n-variance*variance)/n), 0, 3)
}

// Result 11. Gibrat: sizes that start equal and grow by independent factors e^{X}, X ~ N(−s²t/2,
// s²t), have E[size²]/E[size]² = e^{s²t}, so that N·HHI → e^{s²t} as N grows. Monte Carlo with N =
// 20,000 labs, s²t = 0.5: standard error about 1 %.
func TestGibrat(t *testing.T) {
	const n, s2t = 20_000, 0.5
	sizes := make([]float64, n)
	s := newStream()
	for i := range sizes {
		s.at(runKey("run", 7, i), 0, 0)
		sizes[i] = math.Exp(math.Sqrt(s2t)*s.NormFloat64() - s2t/2)
	}
	near(t, "N·HHI", n*concentration.HHI(sizes, 0)/1e4, math.Exp(s2t), 0.05)
}
