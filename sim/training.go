package sim

import (
	"math"

	"simulate/sim/portable"
)

// training gives each lab its best own or adopted model and releases it when a release is due
// (equation 12).
//
//	ln E_own = ln C_own + A,  C_own = a_i·K̄_R·T_c·(H100e FLOP a year)·MFU, at most the cap in force
//	dK̄_R/dt = (K_R − K̄_R)/τ_K,  ln a_i(t) = ln a_T + (ln a_i(t_0) − ln a_T)·e^{−(t−t_0)/τ_a}
//	ln E = ln E_own + min(ψ_D·(ln E* − ln E_own)⁺, b_max), E* the best released model of another lab
//	ln C = ln C_own + χ_D·(ln E − ln E_own),  c = log10(E/E_ref)
//	adopted: ln E = ln E_open − d_open at the base's size, where that beats the lab's own run
//	release: Poisson with mean interval τ_rel, or every τ_rel in deterministic mode; only a higher c
func (m *Model) training() {
	m.refreshPending()
	m.settlePublished()
	best, bestBy, second := m.bestReleased()
	release := m.releaseDate()
	end := m.dateOf(m.step + 1)
	follow, chance := toward(m.dt, m.p.Training.SmoothingTime), -portable.Expm1(-m.dt/m.p.Training.ReleaseInterval)
	for i := range m.labs {
		l := &m.labs[i]
		if !l.Active || l.closed {
			continue
		}
		l.SmoothedResearch += float64(follow * (l.ComputeResearch - l.SmoothedResearch))
		l.RunShare, l.chosen = m.runShare(i)
		l.TrainingFlop = m.ownRun(l)
		l.RunCost = m.runCost(l)
		due := release
		if m.cfg.Stochastic {
			m.stream.at(l.key, drawTraining, m.step)
			due = m.stream.Float64() < chance
		}
		if !due && !l.forced {
			continue
		}
		rival := best
		if bestBy == i {
			rival = second
		}
		c := m.adopt(i, m.distil(l, rival))
		if !(c.capability > l.Capability) {
			continue
		}
		l.Capability, l.ServingSize, l.Adopted = c.capability, portable.Exp(c.size), c.adopted
		kind := "release"
		if c.adopted {
			kind = "adoption"
		}
		m.emit(end, kind, l.Spec.ID, l.Spec.Openness.String(), c.capability)
		m.publish(i, end)
	}
}

// TrainingParameters belong to process training.
type TrainingParameters struct {
	// Share of research compute that a flagship's final run takes.
	// Source: Epoch AI: OpenAI about 10 % of R&D compute, others below 30 %.
	FinalRunShare float64 `symbol:"a_T" unit:"1" default:"0.12" allowed:"0.01 1" interval:"0.10 0.30"`
	// Time of research compute that a flagship draws on; releases in between are refreshes.
	// Source: assumption.
	RunTime float64 `symbol:"T_c" unit:"yr" default:"1" allowed:"0.05 5"`
	// Time over which research compute is smoothed for training.
	// Source: assumption.
	SmoothingTime float64 `symbol:"τ_K" unit:"yr" default:"0.5" allowed:"0 5"`
	// Growth of research compute before the start: a smoothed stock that has grown so for long trails
	// it by g_K·τ_K.
	// Source: Epoch AI: frontier training compute grows 4–5-fold a year.
	PastComputeGrowth float64 `symbol:"g_K" unit:"growth/yr" default:"4" allowed:"1 20"`
	// Time in which the share of research compute that a run takes goes from that of the documented
	// run to final_run_share.
	// Source: assumption.
	RunShareMemory float64 `symbol:"τ_a" unit:"yr" default:"1" allowed:"0 20" interval:"0.5 3"`
	// Model FLOP utilisation of training runs.
	// Source: Epoch AI, n = 29.
	Mfu float64 `symbol:"MFU" unit:"1" default:"0.35" allowed:"0.05 1" interval:"0.19 0.52"`
	// Share of the log gap to the best released model that distillation closes.
	// Source: fitted in an early version to the lag of open models, as research.omega.
	Distillation float64 `symbol:"ψ_D" unit:"1" default:"0.35" allowed:"0 1" interval:"0 0.7"`
	// Most that distillation gives.
	// Source: assumption.
	DistillationCap float64 `symbol:"b_max" unit:"nats" default:"ln 10" allowed:"0 20"`
	// How a model's serving size grows with the capability distilled into it.
	// Source: assumption.
	DistilledSize float64 `symbol:"χ_D" unit:"1" default:"0.5" allowed:"0 1" interval:"0 1"`
	// What a lab that ships another's open base loses against it, nats of effective compute.
	// Source: assumption.
	AdoptionDiscount float64 `symbol:"d_open" unit:"nats" default:"ln 2" allowed:"0 10" interval:"0 ln 4"`
	// Whether labs may ship another lab's open base: 1 yes, 0 no.
	// Source: open-weight models are shipped by others.
	Adoption float64 `symbol:"adoption" unit:"0 or 1" default:"1" allowed:"0 1"`
	// Mean time between a lab's releases.
	// Source: release rhythm of 2023 and 2024.
	ReleaseInterval float64 `symbol:"τ_rel" unit:"yr" default:"0.5" allowed:"0.02 10" interval:"0.25 1"`
	// Whether commercial labs choose the outlay of their runs by best response: 0 the routine, 1
	// chosen.
	// Source: option; Sutton 1991.
	ChosenRuns float64 `unit:"0 or 1" default:"0" allowed:"0 1"`
	// Time over which a chosen run must pay back in gross profit.
	// Source: option: about the life of a flagship.
	Payback float64 `unit:"yr" default:"1" allowed:"0.05 10"`
	// Least share of research compute of a chosen run.
	// Source: option, assumption.
	LeastChosenShare float64 `unit:"1" default:"0.01" allowed:"0.0001 0.9"`
	// Share of log training efficiency that applies only to runs above scale_threshold.
	// Source: option; Gundlach et al. 2025 attribute most gains to scale-dependent changes.
	ScaleDependence float64 `unit:"1" default:"0" allowed:"0 0.7"`
	// Compute above which all of efficiency applies.
	// Source: option, assumption.
	ScaleThreshold float64 `unit:"FLOP" default:"1e24" allowed:"1e18 1e32"`
	// Time after which delayed labs publish their weights.
	// Source: assumption.
	WeightsDelay float64 `symbol:"weights_delay" unit:"yr" default:"0.5" allowed:"0 10"`
}

// candidate is a model that a lab could release: ln of effective and of serving-relevant training
// compute.
type candidate struct {
	capability float64 // OOM
	size       float64 // ln FLOP
	adopted    bool
}

// trainingLevers act in process training.
var trainingLevers = []*Lever{trainingCapLever, openMandateLever}

// releaseDate reports whether a release of deterministic mode, at t_0 + k·τ_rel, falls in this
// step.
func (m *Model) releaseDate() bool {
	tau := m.p.Training.ReleaseInterval
	count := func(t float64) float64 { return math.Floor((t-m.cfg.Start)/tau + reached) }
	return count(m.dateOf(m.step+1)) > count(m.t)
}

// ownRun is C_own = a_i·K̄_R·T_c·(H100e FLOP per year)·MFU, below any compute cap in force.
func (m *Model) ownRun(l *Lab) float64 {
	t := &m.p.Training
	return m.allowedRun(l, float64(l.RunShare*l.SmoothedResearch*t.RunTime*H100eYear*t.Mfu))
}

// runCost is the marginal cost of the flagship run, USD: H100e-years × P^L·u·m_r. It is at the
// world's rents, as published costs of runs are (2.788M GPU-hours × $2 for DeepSeek-V3), whatever
// the lab's chips cost it.
func (m *Model) runCost(l *Lab) float64 {
	return float64(
		l.TrainingFlop / float64(H100eYear*m.p.Training.Mfu) * m.supplier.ListPrice * m.userCost() * l.Spec.RentMultiple,
	)
}

// distil is the lab's own model after distillation from the best model of another lab:
// ln E = ln E_own + min(ψ_D·(ln E* − ln E_own)⁺, b_max), serving size C = C_own·(E/E_own)^{χ_D}.
func (m *Model) distil(l *Lab, rival float64) candidate {
	t := &m.p.Training
	own := portable.Log(l.TrainingFlop)
	c := own + m.efficiencyAtScale(l) - logReference
	gain := 0.0
	if t.Distillation > 0 {
		gain = min(float64(t.Distillation*max(0, float64(rival*math.Ln10)-c)), t.DistillationCap)
	}
	return candidate{capability: (c + gain) / math.Ln10, size: own + float64(t.DistilledSize*gain)}
}

// efficiencyAtScale is A, less the share that only runs above a threshold of compute can use.
func (m *Model) efficiencyAtScale(l *Lab) float64 { return m.efficiencyAt(l, l.TrainingFlop) }

// efficiencyAt is the part of a lab's A that a run of some FLOP can use.
func (m *Model) efficiencyAt(l *Lab, run float64) float64 {
	if t := &m.p.Training; t.ScaleDependence > 0 && run < t.ScaleThreshold {
		return float64((1 - t.ScaleDependence) * l.TrainingEfficiency)
	}
	return l.TrainingEfficiency
}

// smallestRun is ln FLOP of the smallest run that gives an effective compute, in logs, at
// efficiency A: below the threshold of scale dependence with what applies there, otherwise at least
// at the threshold.
func (m *Model) smallestRun(effective, efficiency float64) float64 {
	t := &m.p.Training
	large := effective - efficiency
	if t.ScaleDependence == 0 {
		return large
	}
	threshold := portable.Log(t.ScaleThreshold)
	if small := effective - float64((1-t.ScaleDependence)*efficiency); small < threshold {
		return min(small, max(large, threshold))
	}
	return max(large, threshold)
}

var logReference = portable.Log(GPT4FLOP)

// adopt returns another lab's published base, at a loss, where it beats the lab's own candidate: by
// capability and, where the lab sells, by value θ̄·c − ln mc, against both its own run and its
// present model; otherwise the own candidate.
func (m *Model) adopt(i int, own candidate) candidate {
	if m.p.Training.Adoption == 0 {
		return own
	}
	l := &m.labs[i]
	base := m.baseFor(i)
	if base == nil {
		return own
	}
	c := candidate{base.Capability - float64(m.p.Training.AdoptionDiscount/math.Ln10), base.Size, true}
	if !(c.capability > own.capability && c.capability > l.Capability) {
		return own
	}
	if theta, sells := m.meanTheta(i); sells {
		value := func(capability, size float64) float64 {
			return float64(theta*capability) - float64(m.p.Market.SizeExponent*size)
		}
		v := value(c.capability, c.size)
		offers := !math.IsInf(l.Capability, -1) // not before the first release
		if !(v > value(own.capability, own.size)) || (offers && !(v > value(l.Capability, portable.Log(l.ServingSize)))) {
			return own
		}
	}
	return c
}

// meanTheta is the spending-weighted θ of the segments a lab sells in, at the last step; plain
// where nothing is spent.
func (m *Model) meanTheta(i int) (theta float64, sells bool) {
	spending, weighted, sum, n := 0.0, 0.0, 0.0, 0.0
	for k := range m.segments {
		s := &m.segments[k]
		if s.offers[i] {
			n++
			sum += s.Spec.Theta
			spending += s.Spending
			weighted += float64(s.Spending * s.Spec.Theta)
		}
	}
	switch {
	case n == 0:
		return 0, false
	case spending == 0:
		return sum / n, true
	}
	return weighted / spending, true
}

// bestReleased is the highest capability on offer, whose it is, and the highest of the others.
func (m *Model) bestReleased() (best float64, by int, second float64) {
	best, by, second = math.Inf(-1), -1, math.Inf(-1)
	for i := range m.labs {
		if !m.labs[i].Active {
			continue
		}
		switch c := m.labs[i].Capability; {
		case c > best:
			best, by, second = c, i, best
		case c > second:
			second = c
		}
	}
	return best, by, second
}

// publish records the weights of a lab that opens them or must, at once or after a delay.
func (m *Model) publish(i int, date float64) {
	l := &m.labs[i]
	delay := math.Inf(1)
	switch l.Spec.Openness {
	case Open:
		delay = 0
	case Delayed:
		delay = m.p.Training.WeightsDelay
	}
	delay = m.mandatedDelay(l, delay)
	if math.IsInf(delay, 1) {
		return
	}
	date += delay
	m.commons.models = append(m.commons.models, Publication{date, i, l.Capability, portable.Log(l.ServingSize),
		m.servingShared(i)})
}

// servingShared is the serving efficiency that a lab's weights bring to hosts: its own, less
// secrets and what hosts are kept from.
func (m *Model) servingShared(i int) float64 {
	l := &m.labs[i]
	serving := l.ServingEfficiency
	for s := range m.secretsOf(l) {
		serving -= s.s
	}
	if m.apart.hosts {
		serving = min(serving, l.twin.s)
	}
	return serving
}

// refreshPending keeps the serving efficiency of weights that are still to be published at their
// publisher's, so that they bring what it has at publication.
func (m *Model) refreshPending() {
	for j := range m.commons.models {
		if p := &m.commons.models[j]; p.Date > m.t+reached && m.labs[p.Publisher].Active && !m.labs[p.Publisher].closed {
			p.Serving = m.servingShared(p.Publisher)
		}
	}
}
