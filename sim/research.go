package sim

import (
	"math"

	"simulate/sim/portable"
)

// research moves efficiencies (equations 9–11).
//
//	μ = γ·talent·R^λ·e^{−β(A−A_ref)}, β = λ/r
//	deterministic mode: A += ln(1+βμdt)/β;  stochastic: compound Poisson, intensity μ/E[ln m]
//	A += (1−e^{−ω_i·dt})·(A_pub−A)⁺, ω_i = ω·R/(R+R_h), and S likewise
func (m *Model) research() {
	r := &m.p.Research
	m.updateKnowledge()
	m.updateTechnique()
	for i := range m.labs {
		l := &m.labs[i]
		if !l.Active {
			continue
		}
		logEffort := m.logEffort(l)
		l.Effort = portable.Exp(logEffort)
		uptake := 0.0
		if l.Effort > 0 {
			uptake = -portable.Expm1(float64(-r.Omega * l.Effort / (l.Effort + r.AbsorptionHalf) * m.dt))
		}
		now := m.improve(l, logEffort, lagged{l.TrainingEfficiency, l.ServingEfficiency}, m.knowledgeOf(l), uptake)
		l.TrainingEfficiency, l.ServingEfficiency = now.a, now.s
		*m.past.at(i, m.step+1) = now
		if m.apart.on {
			l.twin = m.improve(l, logEffort, l.twin, m.apart.public, uptake)
			*m.twinPast.at(i, m.step+1) = l.twin
		}
	}
}

// ResearchParameters belong to process research.
type ResearchParameters struct {
	// Pace of software progress of a lab with the largest lab's effort of the start and its
	// efficiency.
	// Source: Ho et al. 2024: compute for a fixed loss halves every 8 months (5–14); Amodei 2025.
	Gamma float64 `symbol:"γ" unit:"growth/yr" default:"3" allowed:"1.05 250" interval:"1.5 10"`
	// How own progress rises with research effort.
	// Source: Full Takeoff Model.
	Lambda float64 `symbol:"λ" unit:"1" default:"0.7" allowed:"0 2.3" interval:"0.2 1"`
	// Returns to research: log efficiency per log of cumulative effort in the long run. Beyond 10
	// ideas hardly get harder to find, and with fast progress efficiency leaves the range of numbers
	// within ten years.
	// Source: Full Takeoff Model presets .8, 1.25, 5.
	Returns float64 `symbol:"r" unit:"1" default:"1.25" allowed:"0.1 10" interval:"0.5 3"`
	// Weight of experiment compute in research effort, the rest being staff.
	// Source: Whitfill & Wu 2025.
	ComputeWeight float64 `symbol:"α" unit:"1" default:"0.6" allowed:"0 1" interval:"0.3 0.8"`
	// Elasticity of substitution between experiment compute and staff.
	// Source: Whitfill & Wu 2025.
	Substitution float64 `symbol:"σ_R" unit:"1" default:"1" allowed:"0 10" interval:"0 2.58"`
	// Rate at which a lab with large effort takes up public knowledge.
	// Source: fitted in an early version to the lag of open models, which baseline-2024 still meets
	// and baseline does not (a known misfit), and to the fall of prices.
	Omega float64 `symbol:"ω" unit:"1/yr" default:"0.8" allowed:"0 1e6" interval:"0 3"`
	// Effort at which a lab takes up public knowledge at half that rate.
	// Source: fitted; Cohen & Levinthal 1990.
	AbsorptionHalf float64 `symbol:"R_h" unit:"1" default:"0.02" allowed:"0 10"`
	// Time after which what any lab knows is public.
	// Source: fitted in an early version to the lag of open models, as omega.
	ClosedLag float64 `symbol:"L_d" unit:"yr" default:"1" allowed:"0 10" interval:"0.25 2"`
	// Time after which what an open lab knows is public.
	// Source: assumption.
	OpenLag float64 `symbol:"L_o" unit:"yr" default:"0.33" allowed:"0 10" interval:"0.1 0.5"`
	// How long an open lab keeps a closed jump to itself.
	// Source: assumption.
	Secrecy float64 `symbol:"secrecy" unit:"yr" default:"1" allowed:"0 20"`
	// Serving efficiency gained per unit of training efficiency.
	// Source: the price of the frontier stayed roughly flat while its models grew.
	ServingShare float64 `symbol:"ζ" unit:"1" default:"0.5" allowed:"0 1.9" interval:"0.3 1"`
	// Whether software progress of runs with luck comes in jumps: 1 yes, 0 as expected. It says how
	// much of a result that luck makes.
	// Source: option.
	Jumps float64 `unit:"0 or 1" default:"1" allowed:"0 1"`
}

// Software jumps of stochastic mode: factors and their probabilities (assumption: many small ones,
// few breakthroughs).
var (
	jumpLog         = [3]float64{portable.Log(1.2), portable.Log(2), portable.Log(10)}
	jumpProbability = [3]float64{.85, .145, .005}
)

// meanJump is E[ln m].
var meanJump = float64(jumpProbability[0]*jumpLog[0]) + float64(jumpProbability[1]*jumpLog[1]) +
	float64(jumpProbability[2]*jumpLog[2])

// researchLevers act in process research.
var researchLevers = []*Lever{disclosureLever}

// improve moves a lab's efficiencies over a step: by own progress and by uptake of public
// knowledge.
func (m *Model) improve(l *Lab, logEffort float64, from, public lagged, uptake float64) lagged {
	r := &m.p.Research
	beta := r.Lambda / r.Returns
	pull, mu := 0.0, 0.0 // λ·ln R − β(A−A_ref), and the intensity
	if r.Lambda == 0 {
		mu = float64(r.Gamma * l.Spec.Talent) // whatever the effort
	} else if l.Effort > 0 && l.Spec.Talent > 0 {
		pull = float64(r.Lambda*logEffort) - float64(beta*(from.a-m.scale.leaderA))
		mu = float64(r.Gamma * l.Spec.Talent * portable.Exp(pull))
	}
	gain := 0.0
	if m.cfg.Stochastic {
		m.stream.at(l.key, drawResearch, m.step)
	}
	steep := float64(beta * mu * m.dt)
	expected := expectedProgress(mu, beta, m.dt)
	if math.IsInf(steep, 1) {
		expected = (portable.Log(beta*r.Gamma*l.Spec.Talent*m.dt) + pull) / beta
	}
	switch {
	case !m.cfg.Stochastic || r.Jumps == 0 || expected > manyJumps*meanJump:
		gain = expected
	case steep > 1:
		gain = m.stream.catchUp(portable.Log(r.Gamma*l.Spec.Talent)+pull, beta, m.dt)
	default:
		gain = m.stream.jumps(mu * m.dt / meanJump)
	}
	from.a += gain
	from.s += float64(r.ServingShare * gain)
	from.a += float64(uptake * max(0, public.a-from.a))
	from.s += float64(uptake * max(0, public.s-from.s))
	return from
}

// manyJumps is the number of jumps within a step beyond which their sum is as expected.
const manyJumps = 500

// expectedProgress is the exact solution of dA/dt = μ·e^{−β(A−A(t))} over dt: ln(1+βμdt)/β.
func expectedProgress(mu, beta, dt float64) float64 {
	if beta == 0 {
		return float64(mu * dt)
	}
	return portable.Log1p(float64(beta*mu*dt)) / beta
}

// jumps draws the sum of a compound Poisson number of log jumps.
func (s *stream) jumps(mean float64) float64 {
	sum := 0.0
	for range s.count(mean) {
		sum += s.jump()
	}
	return sum
}

// catchUp draws the sum Σ of log jumps at intensity e^{ln μ − βΣ}/E[ln m] over dt, one after the
// other: a lab so far behind that at the intensity of the step's beginning it would gain more than
// 1/β, over which ideas get e times harder to find, finds them harder within the step already.
func (s *stream) catchUp(logMu, beta, dt float64) (sum float64) {
	logMean := portable.Log(meanJump)
	for {
		wait := -portable.Log(s.open())
		if dt -= portable.Exp(portable.Log(wait) + logMean - (logMu - float64(beta*sum))); !(dt > 0) {
			return sum
		}
		sum += s.jump()
	}
}

// jump draws the size of a log jump.
func (s *stream) jump() float64 {
	size, v := 0, s.Float64()
	for size < 2 && v >= jumpProbability[size] {
		v -= jumpProbability[size]
		size++
	}
	return jumpLog[size]
}

// effort is R: a CES of experiment compute (1−a_T)·K_R and staff spend (1−ξ)·F_R, each over its
// reference.
func (m *Model) effort(l *Lab) float64 { return portable.Exp(m.logEffort(l)) }

func (m *Model) logEffort(l *Lab) float64 {
	run := l.Spec.FinalRunShare // in the long run, whatever the runs of the day take
	if l.chosen {
		run = l.RunShare
	}
	return logCES(relative(float64((1-run)*l.ComputeResearch), m.scale.compute),
		relative(float64((1-l.Spec.ComputeShare)*l.RdBudget), m.scale.staff),
		m.p.Research.ComputeWeight, m.p.Research.Substitution)
}

// relative is x over its reference; an input that no lab uses drops out of the effort.
func relative(x, reference float64) float64 {
	if reference == 0 {
		return 1
	}
	return x / reference
}

// logCES is the log of (α·x^ρ + (1−α)·y^ρ)^{1/ρ} with ρ = (σ−1)/σ; Cobb–Douglas at σ = 1, Leontief
// as σ → 0; −Inf for 0.
func logCES(x, y, alpha, sigma float64) float64 {
	switch {
	case alpha == 0:
		return portable.Log(y)
	case alpha == 1:
		return portable.Log(x)
	case sigma < 1e-9:
		return portable.Log(min(x, y))
	case math.Abs(sigma-1) < 1e-6: // nearer, the power loses digits
		return float64(alpha*portable.Log(x)) + float64((1-alpha)*portable.Log(y))
	}
	rho := (sigma - 1) / sigma
	if x <= 0 || y <= 0 {
		if rho < 0 {
			return math.Inf(-1)
		}
		return portable.Log(float64(alpha*portable.Pow(max(0, x), rho))+float64((1-alpha)*portable.Pow(max(0, y), rho))) / rho
	}
	lx, ly := portable.Log(alpha)+float64(rho*portable.Log(x)), portable.Log(1-alpha)+float64(rho*portable.Log(y))
	top := max(lx, ly)
	return (top + portable.Log(portable.Exp(lx-top)+portable.Exp(ly-top))) / rho
}

// updateKnowledge moves A_pub, the running maximum of what labs knew L_d ago, what open labs knew
// L_o ago, and published jumps that are due; S_pub likewise.
func (m *Model) updateKnowledge() {
	c := &m.commons
	closedLag := m.closedLag()
	for i := range m.labs {
		l := &m.labs[i]
		if !l.Active {
			continue
		}
		m.learn(i, m.t-closedLag)
		if l.Spec.Openness == Open {
			m.learn(i, m.t-m.p.Research.OpenLag)
		}
	}
	for _, d := range c.disclos {
		if d.date <= m.t+reached {
			c.Knowledge = max(c.Knowledge, d.known.a)
			c.ServingKnowledge = max(c.ServingKnowledge, d.known.s)
			m.apart.public.raise(d.without)
		}
	}
}

// learn raises public knowledge to what lab i knew at date t, secrets left out.
func (m *Model) learn(i int, t float64) {
	known := m.knownAt(i, &m.past, t)
	without := known
	if m.apart.on {
		without = m.knownAt(i, &m.twinPast, t)
	}
	for s := range m.secretsOf(&m.labs[i]) {
		part := clamp((t-m.dateOf(s.step))/m.dt, 0, 1)
		if s.step < 0 {
			part = 1
		}
		known.a -= float64(part * s.a)
		known.s -= float64(part * s.s)
		if !s.withheld {
			without.a -= float64(part * s.a)
			without.s -= float64(part * s.s)
		}
	}
	m.apart.public.raise(without)
	m.commons.Knowledge = max(m.commons.Knowledge, known.a)
	m.commons.ServingKnowledge = max(m.commons.ServingKnowledge, known.s)
}

// knownAt is lab i's A and S at a past date by an archive of them: A(t_0) − γ·(t_0−t) before the
// start, then linear between steps.
func (m *Model) knownAt(i int, past *archive, t float64) lagged {
	l := &m.labs[i]
	x := float64((t - m.cfg.Start) * float64(m.cfg.StepsPerYear))
	if first := float64(l.entered); x <= first {
		back := float64(m.scale.gamma * (first - x) * m.dt)
		h := past.at(i, int(l.entered))
		return lagged{h.a - back, h.s - float64(m.scale.zeta*back)}
	}
	n := int(x + reached)
	if n >= m.step {
		return *past.at(i, m.step)
	}
	w := x - float64(n)
	a, b := past.at(i, n), past.at(i, n+1)
	return lagged{a.a + float64(w*(b.a-a.a)), a.s + float64(w*(b.s-a.s))}
}

func clamp(x, low, high float64) float64 { return min(high, max(low, x)) }
