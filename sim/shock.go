package sim

import (
	"iter"
	"math"

	"simulate/sim/portable"
)

// A shock is a breakthrough at a lab, in up to three parts: efficiency, in training and serving as
// own progress brings it or in one of them, and the technique of test-time reasoning.
//
//	A += ln m_A,  S += ln m_S;  an efficiency m: m_A = m and m_S = m^ζ;  T_i = min(T_i, date of the shock)
//	published: A_pub ← max(A_pub, A_i just after the shock) after L_o, S_pub likewise
//	closed: ln m is left out of what A_i teaches others for the lab's secrecy
//	b += w·(η̂−1)·ln m, the largest m of the event, once for an event that strikes many labs

// parts are what a shock does to A and S, in logs, and whether that is published.
type parts struct {
	a, s               float64
	publishA, publishS bool
	any                bool // it has a multiplier
}

// parts of a shock at the share ζ of progress in force. What it has no multiplier for is disclosed
// or kept as the other.
func (m *Model) parts(s *Shock) (p parts) {
	if s.Efficiency > 0 {
		p.a = portable.Log(s.Efficiency)
		p.s = float64(m.p.Research.ServingShare * p.a)
		p.publishA = s.published(s.Parts.Efficiency)
		p.publishS, p.any = p.publishA, true
		return p
	}
	if s.Training > 0 {
		p.a, p.publishA, p.any = portable.Log(s.Training), s.published(s.Parts.Training), true
		p.publishS = p.publishA
	}
	if s.Serving > 0 {
		p.s, p.publishS = portable.Log(s.Serving), s.published(s.Parts.Serving)
		if !p.any {
			p.publishA, p.any = p.publishS, true
		}
	}
	return p
}

// masteryBy is the mastery that a shock gives to lab i.
func (m *Model) masteryBy(i int, s *Shock) mastery {
	l := &m.labs[i]
	by := mastery{lab: i, from: s.Date, open: l.Spec.Openness == Open, withheld: s.Withhold}
	if s.published(s.Parts.Technique) {
		by.open = true
	} else {
		by.secrecy = l.Spec.Secrecy
	}
	return by
}

// shock strikes its lab, or all.
func (m *Model) shock(s *Shock) {
	p := m.parts(s)
	if s.Withhold {
		m.settle()
	}
	reached := false
	for i := range m.labs {
		l := &m.labs[i]
		if !l.Active || l.closed || (s.Lab >= 0 && s.Lab != i) {
			continue
		}
		if !withinBudget(l.RdBudget, s.BudgetFrom, s.BudgetBelow) {
			if s.Withhold {
				m.unused(i, l, s, p)
			}
			continue
		}
		m.strike(i, l, s, p)
		reached = true
	}
	if reached && p.any { // otherwise the lab has left, or there is no multiplier
		m.moveInvestors(s)
	}
}

// strike gives a shock to a lab.
func (m *Model) strike(i int, l *Lab, s *Shock, p parts) {
	l.TrainingEfficiency += p.a
	l.ServingEfficiency += p.s
	without := nothing
	if !s.Withhold {
		l.twin.a += p.a
		l.twin.s += p.s
		without = l.twin
	}
	if p.any {
		level := lagged{l.TrainingEfficiency, l.ServingEfficiency}
		after := m.p.Research.OpenLag
		switch {
		case p.publishA && p.publishS:
			m.disclose(after, level, without)
		case p.publishA:
			m.disclose(after, lagged{level.a, nothing.s}, lagged{without.a, nothing.s})
			m.keep(i, s, lagged{0, p.s})
		case p.publishS:
			m.disclose(after, lagged{nothing.a, level.s}, lagged{nothing.a, without.s})
			m.keep(i, s, lagged{p.a, 0})
		default:
			m.keep(i, s, lagged{p.a, p.s})
		}
		l.forced = l.forced || s.Release
	}
	if s.Technique {
		m.master(l, m.masteryBy(i, s), true)
	}
	value := s.Multiplier()
	if value == 0 {
		value = math.NaN()
	}
	m.emit(m.t, "shock", l.Spec.ID, s.Label, value)
}

// disclose makes levels of efficiency public after a time.
func (m *Model) disclose(after float64, level, without lagged) {
	m.commons.disclos = append(m.commons.disclos, disclosure{m.t + after, level, without})
}

// keep leaves a jump out of what lab i teaches others for its secrecy.
func (m *Model) keep(i int, s *Shock, jump lagged) {
	until := m.t + m.labs[i].Spec.Secrecy
	m.hide(secret{lab: i, step: m.step, a: jump.a, s: jump.s, until: until, withheld: s.Withhold})
}

// hide notes a secret.
func (m *Model) hide(s secret) {
	l := &m.labs[s.lab]
	s.before = l.secrets
	m.commons.secrets = append(m.commons.secrets, s)
	l.secrets = len(m.commons.secrets)
}

// secretsOf visits what a lab keeps secret now.
func (m *Model) secretsOf(l *Lab) iter.Seq[*secret] {
	return func(yield func(*secret) bool) {
		for n := l.secrets; n > 0; {
			s := &m.commons.secrets[n-1]
			if n = s.before; m.t < s.until-reached && !yield(s) {
				return
			}
		}
	}
}

// moveInvestors lets investors answer, once for the labs of one event.
func (m *Model) moveInvestors(s *Shock) {
	if s.Event > 0 && s.Event == m.moved {
		return
	}
	m.moved = s.Event
	m.supplier.Belief += float64(m.p.Chips.ShockReach * (m.p.Chips.InvestorElasticity - 1) * portable.Log(s.Multiplier()))
}
