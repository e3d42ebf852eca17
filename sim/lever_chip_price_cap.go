package sim

import "math"

// ChipPriceCap bounds the merchant chip price; what the price does not clear is rationed.
type ChipPriceCap struct {
	AboveList float64 // multiple of the list price [≥ 1]; +Inf: none
}

var chipPriceLever = &Lever{
	Name: "chip_price_cap", Noun: "chip price cap",
	Meaning: "A bound on the price of chips; what the price does not clear is rationed.",
	New:     func() any { return &ChipPriceCap{AboveList: math.Inf(1)} },
	Keys: []Key{
		numberKey("above_list", "x", 1, 1000, func(c *ChipPriceCap) *float64 { return &c.AboveList },
			"Highest price as a multiple of the list price."),
	},
	Needs: []Need{{[]string{"above_list"}, "above_list: 1.2x"}},
	Effects: []Effect{{
		Name: "chip_price_cap", Neutral: "above_list: 1000x", Example: "above_list: 1x", When: ChipsScarce,
		Expected: "chip_price falls; fill_rate falls",
		Why: "orders are in money, so that a lower price leaves more of them unfilled: rationing takes the price's " +
			"place",
	}},
}

// capped is a premium on the list price below every cap in force.
func (m *Model) capped(premium float64) float64 {
	for _, c := range inForce[ChipPriceCap](m) {
		premium = min(premium, max(1, c.AboveList))
	}
	return premium
}
