package sim

import (
	"simulate/sim/portable"
)

// merchantOrders adds up Z, and from it scarcity and the fill rate, at list price and capacity. It
// returns what outside buyers order in USD per year and the chips that grants buy per year.
func (m *Model) merchantOrders(t, response float64) (outside, grants float64) {
	s := &m.supplier
	outside = float64(m.cfg.Outside.Orders.At(t) * response)
	s.Orders = outside
	for i := range m.labs {
		l := &m.labs[i]
		if l.Active && m.regions[l.Spec.Region].domestic == 0 {
			s.Orders += m.merchantOrder(l, response)
		}
		grants += l.grantChips
	}
	s.Orders += float64(grants * s.ListPrice)
	s.Scarcity = s.Orders / float64(s.ListPrice*s.Capacity)
	s.FillRate = 1
	if s.Scarcity > 1 {
		s.FillRate = min(1, m.premium(m.p.Chips.PriceStickiness)/s.Scarcity)
	}
	return outside, grants
}

// premium is P/P^L = max(1, x)^ψ, below the cap of any price regulation in force.
func (m *Model) premium(psi float64) float64 {
	return m.capped(portable.Pow(max(1, m.supplier.Scarcity), psi))
}

// demandResponse is v^χ: ln v follows ln(V/V^ref) of the last step with time constant τ_v; 1 in the
// reference run.
func (m *Model) demandResponse() float64 {
	if m.record != nil || m.ref == nil {
		return 1
	}
	goal := portable.Log(m.servingSpend) - m.ref.logServing[m.step]
	if !finite(goal) { // nothing is sold, here or in the reference
		goal = 0
	}
	m.supplier.logV += float64(toward(m.dt, m.p.Chips.DemandResponseTime) * (goal - m.supplier.logV))
	if m.step == 0 {
		m.supplier.logV = 0
	}
	return portable.Exp(float64(m.p.Chips.DemandResponse * m.supplier.logV))
}

// merchantOrder is what an owner orders in the merchant market, the state's part included, USD per
// year; renters order nothing, their clouds do.
func (m *Model) merchantOrder(l *Lab, response float64) float64 {
	if l.Spec.Renter {
		return 0
	}
	return float64((1 - l.Spec.OwnSilicon) * l.ComputeShare * (float64(l.Funding*(1+l.subsidised())) +
		float64(l.otherUse*(response-1))))
}

// ration sets the share of each buyer's order that is delivered. With equal priorities all get the
// fill rate; otherwise buyers are served in proportion to priority × order until their order is
// full (water-filling): f_i = min(1, κ·π_i) with Σ f_i·Z_i = f·Z. Outside buyers and grants have
// priority 1.
func (m *Model) ration(response, outside, grants float64) {
	s := &m.supplier
	s.outsideFill = s.FillRate
	equal := true
	for i := range m.labs {
		m.labs[i].fill = s.FillRate
		equal = equal && m.labs[i].Spec.Priority == 1
	}
	if equal || s.FillRate == 1 {
		return
	}
	others := outside + float64(grants*s.ListPrice)
	served := func(k float64) float64 {
		sum := float64(others * min(1, k))
		for i := range m.labs {
			if l := &m.labs[i]; l.Active && m.regions[l.Spec.Region].domestic == 0 {
				sum += float64(m.merchantOrder(l, response) * min(1, float64(k*l.Spec.Priority)))
			}
		}
		return sum
	}
	low, high := 0.0, 1.0
	for served(high) < s.FillRate*s.Orders && high < 1e9 { // rounding may leave the last cent unserved
		high = float64(high * 2)
	}
	for range 100 {
		if k := (low + high) / 2; served(k) < s.FillRate*s.Orders {
			low = k
		} else {
			high = k
		}
	}
	s.outsideFill = min(1, high)
	for i := range m.labs {
		m.labs[i].fill = min(1, float64(high*m.labs[i].Spec.Priority))
	}
}
