package sim

import "math"

// Publications are many where many labs are open, and few of them matter: the best base for whoever
// ships one, and for hosts those that no other beats. Both are kept as weights come out, so that a
// step looks at few whatever the number of labs.

// bases are the published models of the highest capability of two different publishers. What is
// published stays so, and with it the bases.
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

// settlePublished finds the bases among what is public now and drops what hosts will never offer
// again.
func (m *Model) settlePublished() {
	fresh := false
	for j := range m.commons.models {
		if p := &m.commons.models[j]; p.Date <= m.t+reached {
			m.commons.bases.consider(p)
			fresh = fresh || p.Date > m.commons.compared+reached
		}
	}
	if fresh && m.techniqueSettled() {
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

// techniqueSettled reports whether hosts command test-time reasoning with all models alike for the
// rest of the run.
func (m *Model) techniqueSettled() bool {
	public := m.commons.TestTimePublic
	if m.apart.on && m.apart.hosts {
		public = m.apart.technique
	}
	return public <= m.t+reached
}

// dropBeaten drops public models that another one beats in capability, size and serving efficiency
// alike. Only what has come out since the last comparison is compared: with all others.
func (m *Model) dropBeaten() {
	models := m.commons.models
	public := func(p *Publication) bool { return p.Date <= m.t+reached }
	drop := m.dropped[:0]
	for range models {
		drop = append(drop, false)
	}
	champion := -1
	for f := range models {
		fresh := &models[f]
		if !public(fresh) || fresh.Date <= m.commons.compared+reached {
			continue
		}
		// What beat the one before it is likely to beat this one too.
		if champion >= 0 && champion != f && !drop[champion] && models[champion].beats(fresh) {
			drop[f] = true
			continue
		}
		for q := range models {
			if q != f && !drop[q] && public(&models[q]) && models[q].beats(fresh) {
				drop[f], champion = true, q
				break
			}
		}
		for q := range models {
			if !drop[f] && q != f && public(&models[q]) && fresh.beats(&models[q]) {
				drop[q] = true
			}
		}
	}
	kept := models[:0]
	for j := range models {
		if !drop[j] {
			kept = append(kept, models[j])
		}
	}
	m.commons.models, m.commons.compared, m.dropped = kept, m.t, drop
}

// beats reports whether a model makes another one useless to hosts.
func (q *Publication) beats(p *Publication) bool {
	return q.Capability >= p.Capability && q.Size <= p.Size && q.Serving >= p.Serving
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
