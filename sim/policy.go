package sim

import "math"

// policy lets dated changes, levers and shocks take effect. A policy is in force from the first
// step that starts on or after its date; a shock acts at the start of the step that contains its
// date.
//
//	p = the parameters with the changes of all policies in force, in the order of the scenario
//	in force: From ≤ t_n < Until
//	a shock of date t_n ≤ t < t_n + dt: A_i += ln m_A, S_i += ln m_S, as shock.go says
func (m *Model) policy() {
	changed := false
	for i := range m.policies {
		p := &m.policies[i]
		now := p.From <= m.t+reached && m.t+reached < p.Until
		p.begins, p.reserves = now && !p.active, false
		if now != p.active {
			p.active, changed = now, true
			detail := "ends"
			if now {
				detail = m.phrases.begins[i]
			}
			m.emit(m.t, "policy", p.ID, detail, math.NaN())
		}
	}
	if changed {
		m.applyChanges()
	}
	for i := range m.cfg.Shocks {
		s := &m.cfg.Shocks[i]
		if s.Date >= m.t-reached && s.Date < m.t+m.dt-reached {
			m.shock(s)
		}
	}
}

// policyLevers act in process policy.
var policyLevers = []*Lever{setLever}

// policyState is a policy made ready for a run: its changes resolved to addresses.
type policyState struct {
	*Policy
	active   bool
	begins   bool // in this step
	reserves bool // its set-aside reaches a lab in this step
	targets  []*float64
	eligible []bool // by lab, scratch of the lever that last asked
}

// applyChanges gives every scalar its value of the scenario and then lets the policies in force
// change it, in their order.
func (m *Model) applyChanges() {
	m.p = m.cfg.Parameters
	for i := range m.labs {
		m.labs[i].Spec = *m.labs[i].given
		m.labs[i].withoutLab()
	}
	for k := range m.segments {
		m.segments[k].Spec = m.segments[k].base
	}
	for p, set := range inForce[Changes](m) {
		for j, target := range p.targets {
			*target = (*set)[j].Value
		}
	}
	m.fillDefaults()
}

// fillDefaults gives the values that labs and segments leave open the parameters that stand for
// them.
func (m *Model) fillDefaults() {
	for i := range m.labs {
		s := &m.labs[i].Spec
		orElse(&s.ComputeShare, m.p.Funding.ComputeShare)
		orElse(&s.FinalRunShare, m.p.Training.FinalRunShare)
		orElse(&s.OwnSiliconCost, m.p.Chips.OwnSiliconCost)
		if s.Archetype == Platform && math.IsNaN(s.BudgetBefore) {
			s.BudgetBefore = s.Budget.At(m.cfg.Start - .5)
		}
		if s.Openness == Open {
			orElse(&s.Secrecy, m.p.Research.Secrecy)
		} else {
			orElse(&s.Secrecy, 0)
		}
	}
	for k := range m.segments {
		s := &m.segments[k].Spec
		orElse(&s.Theta, m.p.Market.Theta)
		orElse(&s.Sigma, m.p.Market.Sigma)
		orElse(&s.Eta, m.p.Market.Eta)
	}
}

func orElse(v *float64, other float64) {
	if math.IsNaN(*v) {
		*v = other
	}
}

// withinBudget reports whether a budget lies in [from, below); zero bounds are none.
func withinBudget(x, from, below float64) bool {
	return x >= from && (below == 0 || x < below)
}

// admits reports whether a lab may use a lever now.
func (e *Eligibility) admits(i int, l *Lab) bool {
	return l.Active && !l.closed && e.Admits(i, &l.Spec, l.ownBudget)
}

// Admits reports whether lab i may use a lever with an R&D budget, before what levers give and
// take, in USD per year.
func (e *Eligibility) Admits(i int, s *LabSpec, budget float64) bool {
	if !withinBudget(budget, e.BudgetFrom, e.BudgetBelow) || (e.NonProfit && s.Commercial) {
		return false
	}
	return member(e.Labs, i) && member(e.Regions, s.Region) && member(e.Archetypes, s.Archetype) && member(e.Openness,
		s.Openness)
}

// choose marks the labs that may use a lever of policy p and counts them. That there are none is an
// event at its beginning, for the lever then does nothing.
func (m *Model) choose(p *policyState, lever *Lever, e *Eligibility) (n int) {
	for i := range m.labs {
		p.eligible[i] = e.admits(i, &m.labs[i])
		if p.eligible[i] {
			n++
		}
	}
	if n == 0 && p.begins {
		m.emit(m.t, "policy", p.ID, lever.Nobody, math.NaN())
	}
	return n
}

// member reports whether a set holds v; the empty set stands for all.
func member[T comparable](set []T, v T) bool {
	for _, x := range set {
		if x == v {
			return true
		}
	}
	return len(set) == 0
}

func (m *Model) emit(date float64, kind, subject, detail string, value float64) {
	m.events = append(m.events, Event{date, kind, subject, detail, value})
}
