package sim

import (
	"math"

	"simulate/sim/portable"
)

// moveFit moves the luck of fit in segment k: how well each lab's product happens to suit the
// segment's buyers, which drifts slowly and belongs to no other lab or segment (equation 15).
//
//	fit ← fit·e^{−dt/τ_q} + σ_q·(1−e^{−2dt/τ_q})^{½}·N(0,1)
//
// It is 0 at the start, with a lab's first offer, in deterministic mode, and for hosts of open
// models, who are many. It stands still while a lab offers nothing. A buyer of another lab keeps
// its own.
func (m *Model) moveFit(k int) {
	if !m.cfg.Stochastic {
		return
	}
	s, q := &m.segments[k], &m.p.Market
	keep := portable.Exp(-m.dt / q.FitMemory)
	spread := float64(q.FitSpread * math.Sqrt(-portable.Expm1(-2*m.dt/q.FitMemory)))
	for i := range s.offers {
		switch {
		case !m.sellsIn(s, i):
		case !s.offered[i]:
			s.offered[i], s.fit[i] = true, 0
		default:
			s.fit[i] = float64(s.fit[i] * keep)
			if spread > 0 {
				m.stream.at(mix(m.labs[i].key^s.key), drawMarket, m.step)
				s.fit[i] += float64(spread * m.stream.normal())
			}
		}
	}
}

// sellsIn reports whether lab i has an offer in a segment.
func (m *Model) sellsIn(s *Segment, i int) bool {
	return s.offers[i] && m.labs[i].Active && !math.IsInf(m.labs[i].Capability, -1)
}

// firstOffers notes who has an offer in segment k at the start.
func (m *Model) firstOffers(k int) {
	s := &m.segments[k]
	for i := range s.offers {
		s.fit[i], s.offered[i] = 0, s.Open && m.sellsIn(s, i)
	}
}
