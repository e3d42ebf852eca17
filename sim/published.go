package sim

import (
	"math"
	"slices"
)

// Publications are many where many labs are open, and few of them matter: the best base for whoever ships one, and for hosts those that no
// other beats. Both are kept as weights come out, so that a step looks at few whatever the number of labs.

// bases are the published models of the highest capability of two different publishers. What is published stays so, and with it the bases.
type bases struct{ best, second Publication }

// noBase is the base where nothing is published.
var noBase = Publication{Publisher: -1, Capability: math.Inf(-1)}

// consider takes a public model into account.
func (b *bases) consider(p *Publication) {
	switch {
	case p.Capability > b.best.Capability:
		if p.Publisher != b.best.Publisher {
			b.second = b.best
		}
		b.best = *p
	case p.Publisher != b.best.Publisher && p.Capability > b.second.Capability:
		b.second = *p
	}
}

// settlePublished finds the bases among what is public now and drops what hosts will never offer again.
func (m *Model) settlePublished() {
	for j := range m.commons.models {
		if p := &m.commons.models[j]; p.Date <= m.t+reached {
			m.commons.bases.consider(p)
		}
	}
	if m.techniqueSettled() {
		m.dropBeaten()
	}
}

// baseFor is the best published model of another lab, nil if there is none.
func (m *Model) baseFor(i int) *Publication {
	base := &m.commons.bases.best
	if base.Publisher == i {
		base = &m.commons.bases.second
	}
	if base.Publisher < 0 {
		return nil
	}
	return base
}

// techniqueSettled reports whether hosts command test-time reasoning with all models alike for the rest of the run.
func (m *Model) techniqueSettled() bool {
	public := m.commons.TestTimePublic
	if m.apart.on && m.apart.hosts {
		public = m.apart.technique
	}
	return public <= m.t+reached
}

// dropBeaten drops public models that another one beats in capability, size and serving efficiency alike.
func (m *Model) dropBeaten() {
	kept := m.commons.models[:0]
	for _, p := range m.commons.models {
		if p.Date <= m.t+reached {
			if slices.ContainsFunc(kept, func(q Publication) bool { return q.beats(&p, m.t) }) {
				continue
			}
			kept = slices.DeleteFunc(kept, func(q Publication) bool { return q.Date <= m.t+reached && p.beats(&q, m.t) })
		}
		kept = append(kept, p)
	}
	m.commons.models = kept
}

// beats reports whether a model that is public makes another one useless to hosts.
func (q *Publication) beats(p *Publication, t float64) bool {
	return q.Date <= t+reached && q.Capability >= p.Capability && q.Size <= p.Size && q.Serving >= p.Serving
}

// openFrontier is the highest capability among published models at the current date.
func (m *Model) openFrontier() float64 {
	best := math.NaN()
	for i := range m.commons.models {
		if p := &m.commons.models[i]; p.Date <= m.t+reached && !(best >= p.Capability) {
			best = p.Capability
		}
	}
	return best
}
