package sim

import "math"

// HostPriceCap bounds what hosts of open models may charge above what serving costs them.
type HostPriceCap struct {
	Margin  float64 // over serving cost [≥ 0]; +Inf: none
	Regions []int   // where the models are hosted; empty: everywhere
}

var hostPriceLever = &Lever{
	Name: "host_price_cap", Noun: "host price cap",
	Meaning: "A bound on the price that hosts of open models may charge, above what serving costs them.",
	New:     func() any { return &HostPriceCap{Margin: math.Inf(1)} },
	Keys: []Key{
		numberKey("margin", "1", 0, 10, func(h *HostPriceCap) *float64 { return &h.Margin },
			"Highest margin over serving cost. It binds below market.hosting_margin; at 0% hosts just earn their cost."),
		namesKey("regions", InRegions, func(h *HostPriceCap) *[]int { return &h.Regions },
			"Where the models are hosted; everywhere unless given."),
	},
	Needs: []Need{{[]string{"margin"}, "margin: 2%"}},
	Effects: []Effect{{
		Name: "host_price_cap", Neutral: "margin: 10x", Example: "margin: 0%", Expected: "hosted_open_share rises",
		Why: "hosts are many and go on serving at cost, so that a cap below their margin makes open models cheaper; " +
			"how much they gain depends on how closely buyers compare hosts with labs, host_substitution",
	}},
}

// hostingMargin is the margin of hosts in a region, at most what any cap in force allows.
func (m *Model) hostingMargin(region int) float64 {
	margin := m.p.Market.HostingMargin
	for _, h := range inForce[HostPriceCap](m) {
		if member(h.Regions, region) {
			margin = min(margin, h.Margin)
		}
	}
	return margin
}
