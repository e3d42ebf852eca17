package sim

import (
	"math"

	"simulate/sim/portable"
)

// What labs know and train with at the start.
//
//	A_i(t_0) = c_0·ln10 − ln(C_run/E_ref): equation 12 without distillation gives back the model on offer
//	A_i(t_0) = (c_0·ln10 − g) − ln(C_run/E_ref), g = min(ψ_D·(c* − c_0)⁺·ln10/(1−ψ_D), b_max), of a lab with a next run:
//	           its model on offer is distilled from c*, the best that another lab offers
//	A_pub(t_0) = max{ γ·(t_0−2024), max_j A_j(t_0) − γ·L_d },  S = ζ·A,  S_pub = ζ·A_pub
//	K̄_R(t_0) = K_R(t_0)/(1 + g_K·τ_K): a stock that has grown at g_K for long
//	a_i(t_0) = C_run/(K̄_R(t_0)·T_c·(H100e FLOP a year)·MFU)
//	ln a_i(t) = ln a_T + (ln a_i(t_0) − ln a_T)·e^{−(t−t_0)/τ_a}
//
// A is above the public state of 2024-01-01 at any start; A_j(t) = A_j(t_0) − γ·(t_0−t) before it.

// initialKnowledge sets what labs and the public know, and what open labs keep secret: all above
// A_pub(t_0) + γ·L_o, until t_0 + L_d.
func (m *Model) initialKnowledge() {
	r := &m.p.Research
	m.commons.Knowledge = float64(r.Gamma * (m.t - PublicDate))
	m.scale.leaderA = math.Inf(-1)
	for i := range m.labs {
		l := &m.labs[i]
		l.TrainingEfficiency = m.initialEfficiency(i)
		l.ServingEfficiency = float64(r.ServingShare * l.TrainingEfficiency)
		*m.past.at(i, 0) = lagged{l.TrainingEfficiency, l.ServingEfficiency}
		l.twin = *m.past.at(i, 0)
		if m.apart.on {
			*m.twinPast.at(i, 0) = l.twin
		}
		m.scale.leaderA = max(m.scale.leaderA, l.TrainingEfficiency)
	}
	m.scale.servingA = float64(r.ServingShare * m.scale.leaderA)
	m.commons.Knowledge = max(m.commons.Knowledge, m.scale.leaderA-float64(r.Gamma*r.ClosedLag))
	m.commons.ServingKnowledge = float64(r.ServingShare * m.commons.Knowledge)
	m.apart.decided, m.apart.public = false, lagged{m.commons.Knowledge, m.commons.ServingKnowledge}
	for i := range m.labs {
		l := &m.labs[i]
		if above := l.TrainingEfficiency - m.commons.Knowledge - float64(r.Gamma*r.OpenLag); l.Spec.Openness == Open &&
			above > 0 {
			m.hide(secret{lab: i, step: -1, a: above, s: float64(r.ServingShare * above), until: m.t + r.ClosedLag})
		}
	}
	m.updateTechnique()
}

// initialEfficiency is A_i(t_0): as listed, else what the model on offer says of its documented
// run, else the public state.
func (m *Model) initialEfficiency(i int) float64 {
	s, t := &m.labs[i].Spec, &m.p.Training
	switch {
	case !math.IsNaN(s.Efficiency):
		return s.Efficiency
	case math.IsNaN(s.DocumentedRun) || math.IsNaN(s.Capability):
		return float64(m.p.Research.Gamma * (m.t - PublicDate))
	}
	effective := float64(s.Capability * math.Ln10)
	if best := m.bestListed(i); !math.IsNaN(s.NextRun) && best > s.Capability && t.Distillation > 0 {
		gain := t.DistillationCap
		if t.Distillation < 1 {
			gain = min(gain, t.Distillation*(best-s.Capability)*math.Ln10/(1-t.Distillation))
		}
		effective -= gain
	}
	a := effective - portable.Log(s.DocumentedRun/GPT4FLOP)
	if t.ScaleDependence > 0 && s.DocumentedRun < t.ScaleThreshold {
		a /= 1 - t.ScaleDependence
	}
	return a
}

// bestListed is the highest listed capability of the labs other than i, −Inf without any.
func (m *Model) bestListed(i int) float64 {
	best := math.Inf(-1)
	for j := range m.labs {
		if c := m.labs[j].Spec.Capability; j != i && c > best {
			best = c
		}
	}
	return best
}

// initialRun sets K̄_R(t_0) from the research compute of an owner or the listed one of a renter,
// and the share of it that a run takes.
func (m *Model) initialRun(l *Lab) {
	t := &m.p.Training
	stock := l.ComputeResearch
	if l.Spec.Renter && !math.IsNaN(l.Spec.Compute) {
		stock = l.Spec.Compute
	}
	l.SmoothedResearch = stock / (1 + float64(t.PastComputeGrowth*t.SmoothingTime))
	l.startShare = math.NaN()
	run := l.Spec.NextRun
	if math.IsNaN(run) {
		run = l.Spec.DocumentedRun
	}
	if !math.IsNaN(run) && l.SmoothedResearch > 0 {
		l.startShare = run / float64(l.SmoothedResearch*t.RunTime*H100eYear*t.Mfu)
	}
	l.RunShare = m.usualShare(l)
}

// usualShare is a_i(t), the share of research compute that a run takes by routine.
func (m *Model) usualShare(l *Lab) float64 {
	switch {
	case math.IsNaN(l.startShare):
		return l.Spec.FinalRunShare
	case !math.IsNaN(l.Spec.NextRun):
		return l.startShare
	}
	left := m.shareLeft()
	if left == 1 { // at the start, to the last digit
		return l.startShare
	}
	return float64(l.Spec.FinalRunShare * portable.Pow(l.startShare/l.Spec.FinalRunShare, left))
}

// shareLeft is what is left at t of the distance of run shares from their routine,
// e^{−(t−t_0)/τ_a}, the same for all labs of a step.
func (m *Model) shareLeft() float64 {
	if f := &m.fading; f.t != m.t || f.memory != m.p.Training.RunShareMemory {
		*f = fading{m.t, m.p.Training.RunShareMemory, 1 - toward(m.t-m.cfg.Start, m.p.Training.RunShareMemory)}
	}
	return m.fading.left
}

// fading is what is left of a distance that fades with a memory, at a date.
type fading struct{ t, memory, left float64 }
