package sim

import (
	"math"
	"slices"

	"simulate/sim/portable"
)

// region is the state of a region: what a dollar of chips gets there.
type region struct {
	d        float64 // relative to the best chip on sale
	logPrice float64 // ln of what a unit of effective merchant compute costs, of this step
	domestic float64 // that of the domestic chip which sets it, so that the money leaves the merchant market; 0: none does
}

func (m *Model) updateRegions(t float64) {
	for r := range m.regions {
		m.regions[r].d, m.regions[r].domestic = m.regionFactor(r, t)
	}
}

// regionFactor is d_r, effective compute per dollar in a region relative to the best chip on sale,
// and that of a domestic chip where one sets it.
//
// The number of an export rule comes before the region's path, and that before the catalogue. Of
// several rules the last counts.
//
//	d_0 = max(d_allowed, d_domestic),  d = max(d_0, (1−ℓ)·d_0 + ℓ/(1+μ))
func (m *Model) regionFactor(r int, t float64) (d, domestic float64) {
	var rule *ExportRule
	for _, x := range inForce[ExportRule](m) {
		if x.Region == r {
			rule = x
		}
	}
	if rule != nil && rule.Relative > 0 {
		return rule.Relative, 0
	}
	if path := &m.cfg.Regions[r].RelativePricePerformance; path.Given() {
		if v := path.At(t); !math.IsNaN(v) {
			return v, 0
		}
	}
	if rule == nil || rule.Allowed.All {
		return 1, 0
	}
	allowed, best := m.pricePerformance(rule, t)
	if best == 0 {
		return 1, 0
	}
	d0 := allowed / best
	if rule.Domestic >= 0 {
		c := &m.cfg.Chips[rule.Domestic]
		if dd := c.perDollar() / best; c.OnSale <= t && dd > d0 {
			d0, domestic = dd, dd
		}
	}
	leak := m.p.Chips.Leakage
	return max(d0, float64((1-leak)*d0)+leak/(1+m.p.Chips.LeakagePremium)), domestic
}

// pricePerformance is the best of the allowed and the best of all merchant chips on sale. After the
// catalogue's last chip the best keeps improving at g_h, the allowed set only where the rule says
// so or allows every chip.
func (m *Model) pricePerformance(rule *ExportRule, t float64) (allowed, best float64) {
	last, all := 0.0, true
	for i := range m.cfg.Chips {
		c := &m.cfg.Chips[i]
		if !c.Merchant || c.Domestic != "" || c.OnSale > t || c.Price == 0 {
			continue
		}
		last = max(last, c.OnSale)
		best = max(best, c.perDollar())
		if slices.Contains(rule.Allowed.Chips, i) {
			allowed = max(allowed, c.perDollar())
		} else {
			all = false
		}
	}
	for i := range m.cfg.Chips {
		if c := &m.cfg.Chips[i]; c.Merchant && c.Domestic == "" && c.OnSale > t {
			return allowed, best // the catalogue goes on: no extrapolation yet
		}
	}
	improved := portable.Exp(float64(m.p.Chips.PricePerformanceGrowth * (t - last)))
	if all || rule.Improves {
		allowed = float64(allowed * improved)
	}
	return allowed, float64(best * improved)
}

// perDollar is perf·κ/price in H100e per dollar.
func (c *Chip) perDollar() float64 {
	if c.Price == 0 {
		return 0
	}
	return c.H100e * c.Interconnect / c.Price
}
