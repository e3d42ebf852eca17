package sim

import (
	"fmt"

	"simulate/sim/portable"
)

// brandDepth is how many segments stand before the one whose brands segment k takes in the end:
// those of a source are there first.
func (m *Model) brandDepth(k int) (depth int) {
	for b := m.cfg.Segments[k].BrandsOf; b >= 0 && depth <= len(m.segments); b = m.cfg.Segments[b].BrandsOf {
		depth++
	}
	return depth
}

// initialMarket inverts brands, solves each open segment at t_0 and books sales of the observed
// shares at D(t_0).
func (m *Model) initialMarket() {
	m.servingSpend, m.hostSpend = 0, 0
	for depth, left := 0, len(m.segments); left > 0 && depth <= len(m.segments); depth++ {
		for k := range m.segments {
			if m.brandDepth(k) != depth {
				continue
			}
			left--
			if err := m.invertBrands(k); err != nil {
				m.fail(fmt.Errorf("segment %s: %w", m.segments[k].Spec.ID, err))
				return
			}
		}
	}
	for k := range m.segments {
		s := &m.segments[k]
		s.Open = m.opens(s, m.t)
		m.firstOffers(k)
		s.ReferenceSpending = 0
		if !s.Open {
			continue
		}
		s.ReferenceSpending = s.Spec.Spending.At(m.t)
		if err := m.clear(k, m.t); err != nil {
			m.fail(fmt.Errorf("segment %s: %w", s.Spec.ID, err))
			return
		}
		if s.Spec.BrandsOf >= 0 { // nobody has observed its shares
			copy(s.share, s.target)
		}
		s.Spending, s.started = s.ReferenceSpending, true
		if m.record != nil {
			m.record.logPrice[k][0] = s.LogPrice
		}
		s.LogReferencePrice = s.LogPrice
		m.sell(k)
	}
	m.closeBooks()
	if m.record != nil {
		m.record.logServing[0] = portable.Log(m.servingSpend)
		m.recordProfits(0)
	}
}
