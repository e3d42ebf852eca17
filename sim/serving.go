package sim

import (
	"math"

	"simulate/sim/portable"
)

// What it costs to serve a model (equation 14), at a lab and at hosts of open models, each cost
// taken once a step for all segments.

// servingPrice is P_i = ((1−own)·P + own·m_own·P^L)/d_r, what a unit of effective serving compute
// costs the lab.
func (m *Model) servingPrice(l *Lab) float64 {
	s := &m.supplier
	return (float64((1-l.Spec.OwnSilicon)*s.Price) +
		float64(l.Spec.OwnSilicon*l.Spec.OwnSiliconCost*s.ListPrice)) / m.regions[l.Spec.Region].d
}

// unitCost is mc for a model of training compute e^{size} at serving efficiency s and chip price,
// without test time.
func (m *Model) unitCost(size, s, price float64) float64 {
	return portable.Exp(m.logUnitCost(size, s, portable.Log(price)))
}

// logUnitCost is its log, of the log of the price.
func (m *Model) logUnitCost(size, s, logPrice float64) float64 {
	return m.logServing() + float64(m.p.Market.SizeExponent*(size-logReference)) - (s - m.scale.servingA) + logPrice
}

// logServing is ln(mc_0/P_0).
func (m *Model) logServing() float64 { return portable.Log(m.p.Market.ServingCost / m.scale.listPrice) }

// unitCosts leaves ln mc of every lab that has a model, without test time, and lists the models
// that can be hosted, for the segments that are solved next at date t.
func (m *Model) unitCosts(t float64) {
	m.listHosted(t)
	base, q := m.logServing(), m.p.Market.SizeExponent
	for r := range m.regions {
		m.regions[r].logPrice = portable.Log(m.supplier.Price / m.regions[r].d)
	}
	cost := m.scratch[cap(m.labs):]
	for i := range m.labs {
		l := &m.labs[i]
		if !l.Active || math.IsInf(l.Capability, -1) {
			continue
		}
		price := m.regions[l.Spec.Region].logPrice
		if l.Spec.OwnSilicon > 0 {
			price = portable.Log(m.servingPrice(l))
		}
		cost[i] = base + float64(q*(portable.Log(l.ServingSize)-logReference)) - (l.ServingEfficiency - m.scale.servingA) +
			price
	}
}

// hostedOffer is the lowest ln p̃ among published models, hosted by many at mc·(1+m_f) in the
// segment's region with the better of public and the publisher's serving efficiency, and with
// test-time reasoning where hosts command it; +Inf where nothing is published. It leaves the price
// and test-time computing of that offer in the segment.
func (m *Model) hostedOffer(s *Segment, t float64) float64 {
	m.listHosted(t)
	return m.bestHosted(s, t)
}

// hosted is a model that hosts may offer.
type hosted struct {
	size, capability float64 // ln of what it costs to serve, and what it can do
	publisher        int
}

// listHosted lists the models that can be hosted at the market of date t, the same for all
// segments.
func (m *Model) listHosted(t float64) {
	m.hosted = m.hosted[:0]
	for j := range m.commons.models {
		if p := &m.commons.models[j]; m.hostable(p, t) {
			m.hosted = append(m.hosted, hosted{m.hostedSize(p), p.Capability, p.Publisher})
		}
	}
}

// bestHosted is hostedOffer among the models that are listed.
func (m *Model) bestHosted(s *Segment, t float64) float64 {
	length, gain := m.testTime(s.Spec.Theta)
	all := length > 0 && m.techniqueSettled() && !m.nobodyReasons
	best := math.Inf(1)
	var offer *hosted
	for j := range m.hosted {
		p := &m.hosted[j]
		v := p.size - float64(s.Spec.Theta*p.capability)
		if length > 0 && !all && m.hostsCommand(p.publisher, t) {
			v += float64(length*math.Ln10) - float64(s.Spec.Theta*gain)
		}
		if v < best {
			best, offer = v, p
		}
	}
	s.hostPrice, s.hostLength, s.hostMargin = 0, 0, m.hostingMargin(s.Spec.Region)
	if offer == nil {
		return best
	}
	if all {
		best += float64(length*math.Ln10) - float64(s.Spec.Theta*gain)
	}
	unit := m.scale.servingA + m.logServing() + portable.Log((1+s.hostMargin)*m.supplier.Price/m.regions[s.Spec.Region].d)
	if all || length > 0 && m.hostsCommand(offer.publisher, t) {
		s.hostLength = length
	}
	s.hostPrice = portable.Exp(offer.size + unit + float64(s.hostLength*math.Ln10))
	return best + unit - m.p.Market.BrandOfOpenModels
}

// hostedSize is what sets the hosts' cost of a published model, ln of its size to the φ_N less
// serving efficiency.
func (m *Model) hostedSize(p *Publication) float64 {
	return float64(m.p.Market.SizeExponent*(p.Size-logReference)) - max(m.hostKnowledge(), p.Serving)
}
