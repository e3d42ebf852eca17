package sim

import (
	"fmt"
	"math"

	"simulate/sim/portable"
)

// invertBrands finds the brands of segment k at which the equilibrium at t_0 gives the target
// shares. The fringe's brand is given, so that targets sum to less than one where a fringe exists;
// without one they sum to one and the largest brand is 0. Labs with access but no target take the
// open models' brand. A segment that names brands_of takes those.
//
// Brands are inverted as if labs and hosts were one market of substitution σ, with markups of the
// game with σ_h. So the open models' brand means the same for hosts and for labs that take it,
// entrants among them; the constant ν puts the hosts on the scale of σ_h.
func (m *Model) invertBrands(k int) error {
	s := &m.segments[k]
	for i := range s.offers {
		s.offers[i], s.brand[i], s.fit[i], s.share[i], s.target[i] = false, 0, 0, 0, 0
	}
	s.hostBrand = 0
	if b := s.Spec.BrandsOf; b >= 0 {
		copy(s.offers, m.segments[b].offers)
		copy(s.brand, m.segments[b].brand)
		s.hostBrand = m.segments[b].hostBrand
	}
	targets, shares := 0.0, 0.0
	largest := -1
	for i := range m.labs {
		for j := range m.cfg.Labs[i].Sales {
			p := &m.cfg.Labs[i].Sales[j]
			if p.Segment != k {
				continue
			}
			s.offers[i], s.share[i], s.brand[i] = true, p.Share, p.Fit
			shares += p.Share
			switch target := m.cfg.TargetShare(p); {
			case !math.IsNaN(p.Brand):
				s.brand[i] += p.Brand
			case target == 0:
				s.brand[i] += m.p.Market.BrandOfOpenModels
			default:
				s.target[i] = target
				targets += target
				if largest < 0 || target > s.target[largest] {
					largest = i
				}
			}
		}
	}
	if largest < 0 && s.Spec.BrandsOf >= 0 {
		return nil
	}
	m.unitCosts(m.t)
	m.prepare(k, m.t)
	e := &s.solver
	e.given, e.against = targets, e.sigma // brands are on the scale of σ
	open := !math.IsInf(e.host, 1)
	for i := range s.target {
		if s.target[i] > 0 {
			e.logCost[i] = math.Inf(1)
		}
		open = open || !math.IsInf(e.logCost[i], 1)
	}
	for i, target := range s.target {
		if target > 0 && math.IsInf(m.labs[i].Capability, -1) {
			return fmt.Errorf("lab %s sells at the start but has no model then; give it a capability, or money or compute to "+
				"train one", m.labs[i].Spec.ID)
		}
	}
	switch {
	case largest < 0 && !open: // nobody sells yet
		return nil
	case shares > 1+1e-9:
		return fmt.Errorf("shares sum to %.4g; let them sum to one at most", shares)
	case math.Abs(shares-1) > 1e-9 && (!open || math.IsInf(e.host, 1) && s.Spec.BrandsOf < 0 && m.opens(s, m.t)):
		return fmt.Errorf("shares sum to %.4g but nobody else sells; let them sum to one", shares)
	case open && targets >= 1:
		return fmt.Errorf("target shares sum to %.4g and leave nothing for open models; let them sum to less than one",
			targets)
	case !open && math.Abs(targets-1) > 1e-9:
		return fmt.Errorf("target shares sum to %.4g but nobody else sells; let them sum to one", targets)
	case open:
		if err := e.solve(); err != nil {
			return err
		}
	default: // u such that the largest brand is 0
		e.labs, e.eta = 1, e.effective(1)
		c := portable.Log(s.costAt(m, largest)) - float64(s.Spec.Theta*m.labs[largest].Capability) - s.brand[largest]
		e.u = float64((1-e.sigma)*(c+portable.Log(e.markup(s.target[largest])))) - portable.Log(s.target[largest])
	}
	for i := range s.target {
		if s.target[i] > 0 {
			// ln p̃ = (ln r + u)/(1−σ), and ln p̃ = ln p − θ·offered − brand
			price := portable.Log(float64(s.costAt(m,
				i)*e.markup(e.within(s.target[i])))) - float64(s.Spec.Theta*m.labs[i].Capability)
			s.brand[i] = price - e.priceLog(s.target[i])
		}
	}
	if s.Spec.BrandsOf < 0 {
		s.hostBrand = e.hostBrand()
	}
	return nil
}

// costAt is a seller's cost at t_0 net of the quality that test-time compute adds, as prepare set
// it.
func (s *Segment) costAt(m *Model, i int) float64 {
	if s.length[i] == 0 {
		return s.cost[i]
	}
	_, gain := m.testTime(s.Spec.Theta)
	return float64(s.cost[i] * portable.Exp(float64(-s.Spec.Theta*gain)))
}

// TargetShare is the share s* that buyers would choose at a position's start: as given; solved from
// two observations a year apart; or the share itself.
//
// Sticky shares move by s_2 = s_1 + (1−e^{−l·Δt−(ln Y_2/Y_1)⁺})·(s*−s_1) towards a constant target
// (equation 17), so that s* = s_1 + (s_2−s_1)/(1−e^{−l·Δt−(ln Y_2/Y_1)⁺}), with Δt a year and Y the
// segment's reference spending.
func (c *Config) TargetShare(p *Position) float64 {
	switch {
	case !math.IsNaN(p.Target):
		return p.Target
	case p.Before.Date == 0:
		return p.Share
	}
	s := &c.Segments[p.Segment]
	growth := max(0, portable.Log(s.Spending.At(p.Before.Date+1)/s.Spending.At(p.Before.Date)))
	return p.Before.Share + (p.Share-p.Before.Share)/-portable.Expm1(-s.Switching-growth)
}

// checkTargets refuses two observations that no target explains.
func (c *Config) checkTargets() error {
	for i := range c.Labs {
		for j := range c.Labs[i].Sales {
			p := &c.Labs[i].Sales[j]
			if p.Before.Date == 0 || !math.IsNaN(p.Target) || !math.IsNaN(p.Brand) {
				continue
			}
			if s := c.TargetShare(p); !(s > 0 && s < 1) {
				return fmt.Errorf("lab %s, segment %s: no target share explains a move from %.3g to %.3g in a year, it would be "+
					"%.3g; give the target share",
					c.Labs[i].ID, c.Segments[p.Segment].ID, p.Before.Share, p.Share, s)
			}
		}
	}
	return nil
}
