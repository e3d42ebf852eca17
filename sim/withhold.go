package sim

import (
	"fmt"
	"math"
)

// A shock whose know-how is withheld splits public knowledge in two: what labs and hosts within the
// shock's bounds may take up, and what there would be without the shock, for everybody else. The
// second kind comes from the labs' twins: each has its lab's effort and luck, never had the shock,
// and takes up knowledge without it. Models on offer, which can be distilled or adopted, are there
// for all.
type withholding struct {
	on          bool    // some shock withholds its know-how
	from, below float64 // bounds of R&D budgets that may use it
	decided     bool    // the first such shock has struck, which settles who is within the bounds
	hosts       bool    // hosts of open models, which have no R&D budget, are kept out
	public      lagged  // A_pub and S_pub without the shocks
	technique   float64 // T_pub without them
}

// withheldBounds finds the bounds of the shocks whose know-how is withheld, which must agree.
func withheldBounds(cfg *Config) (w withholding, err error) {
	for i := range cfg.Shocks {
		s := &cfg.Shocks[i]
		switch {
		case !s.Withhold:
		case !w.on:
			w = withholding{on: true, from: s.BudgetFrom, below: s.BudgetBelow, hosts: !withinBudget(0, s.BudgetFrom,
				s.BudgetBelow)}
		case w.from != s.BudgetFrom || w.below != s.BudgetBelow:
			return w, fmt.Errorf("shocks that withhold their know-how must have the same budget bounds, not [%g, %g) and "+
				"[%g, %g)", w.from, w.below, s.BudgetFrom, s.BudgetBelow)
		}
	}
	return w, nil
}

// nothing is a level of knowledge that adds to none.
var nothing = lagged{math.Inf(-1), math.Inf(-1)}

// settle decides at the first shock that withholds its know-how which labs are kept out, for good.
func (m *Model) settle() {
	if m.apart.decided {
		return
	}
	m.apart.decided = true
	for i := range m.labs {
		m.labs[i].keptOut = !withinBudget(m.labs[i].RdBudget, m.apart.from, m.apart.below)
	}
}

// unused makes know-how public that the lab of a shock is kept from using itself: when it would
// have become public anyway.
func (m *Model) unused(i int, l *Lab, s *Shock, p parts) {
	after := func(published bool) float64 {
		switch {
		case published:
			return m.p.Research.OpenLag
		case l.Spec.Openness == Open:
			return max(m.p.Research.OpenLag, l.Spec.Secrecy)
		}
		return max(m.closedLag(), l.Spec.Secrecy)
	}
	level := lagged{l.TrainingEfficiency + p.a, l.ServingEfficiency + p.s}
	if p.any {
		m.disclose(after(p.publishA), lagged{level.a, nothing.s}, nothing)
		m.disclose(after(p.publishS), lagged{nothing.a, level.s}, nothing)
	}
	if s.Technique {
		m.master(l, m.masteryBy(i, s), false)
	}
}

// knowledgeOf is the public knowledge that a lab may take up.
func (m *Model) knowledgeOf(l *Lab) lagged {
	if l.keptOut {
		return m.apart.public
	}
	return lagged{m.commons.Knowledge, m.commons.ServingKnowledge}
}

// hostKnowledge is the public serving efficiency that hosts of open models may use.
func (m *Model) hostKnowledge() float64 {
	if m.apart.on && m.apart.hosts {
		return m.apart.public.s
	}
	return m.commons.ServingKnowledge
}

// raise lifts both levels to those of o where they are lower.
func (k *lagged) raise(o lagged) { k.a, k.s = max(k.a, o.a), max(k.s, o.s) }
