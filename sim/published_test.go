package sim

import (
	"math"
	"math/rand/v2"
	"testing"
)

// Dropping what is beaten changes no offer of hosts and no base: against all publications that
// there ever were, at random dates, sizes, capabilities and serving efficiencies, over three years.
func TestDroppedPublicationsAreNotMissed(t *testing.T) {
	cfg := sells(still(testConfig(labs(5, 1e9)...)), .9)
	cfg.Labs[0].Openness, cfg.Labs[0].TestTimeFrom = Open, 2023
	m := started(t, cfg, 1)
	r := rand.New(rand.NewPCG(1, 1))
	all := append([]Publication(nil), m.commons.models...)
	for range 36 {
		for range 4 {
			p := Publication{m.t + r.Float64(), r.IntN(5), r.NormFloat64() + (m.t-2024)/2, 55 + 2*r.Float64(),
				r.Float64() + m.t - 2024}
			m.commons.models, all = append(m.commons.models, p), append(all, p)
		}
		m.commons.ServingKnowledge = r.Float64()
		m.settlePublished()
		whole := *m
		whole.commons.models = all
		s := m.segments[0]
		near(t, "hosts' offer", m.hostedOffer(&s, m.mid()), whole.hostedOffer(&s, m.mid()), 0)
		near(t, "open frontier", m.openFrontier(), whole.openFrontier(), 0)
		for i := range m.labs {
			best := math.Inf(-1)
			for _, p := range all {
				if p.Publisher != i && p.Date <= m.t+1e-9 {
					best = math.Max(best, p.Capability)
				}
			}
			base := m.baseFor(i)
			if base == nil && math.IsInf(best, -1) {
				continue
			}
			if base == nil || base.Capability != best || base.Publisher == i {
				t.Fatalf("base of lab %d: %+v, want capability %g", i, base, best)
			}
		}
		m.step++
		m.t = m.dateOf(m.step)
	}
	if left := len(m.commons.models); left > len(all)/2 {
		t.Errorf("%d of %d publications are left", left, len(all))
	}
}
