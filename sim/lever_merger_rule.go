package sim

import "simulate/sim/concentration"

// MergerRule blocks an acquisition if in any segment where both sell the HHI after it exceeds HHI
// and its rise exceeds Delta, or the joint share exceeds Share with a rise above Delta. Shares are
// those of sales, hosts of open models in the denominator.
type MergerRule struct {
	HHI   float64 // 0–10,000
	Delta float64 // points
	Share float64 // 0–1; 1: no test of the share
}

var mergerLever = &Lever{
	Name: "merger_rule", Noun: "merger rule",
	Meaning: "Which acquisitions are blocked: the year of the US merger guidelines, or thresholds of hhi, delta and " +
		"share.",
	New: func() any { return &MergerRule{HHI: 10_000, Share: 1} },
	Keys: []Key{
		numberKey("hhi", "1", 0, 10_000, func(r *MergerRule) *float64 { return &r.HHI },
			"An acquisition is blocked where the HHI after it is above this, and its rise above delta."),
		numberKey("delta", "1", 0, 10_000, func(r *MergerRule) *float64 { return &r.Delta },
			"Rise of the HHI above which an acquisition can be blocked."),
		numberKey("share", "1", 0, 1, func(r *MergerRule) *float64 { return &r.Share },
			"It is also blocked where the joint share is above this, and the rise above delta."),
	},
	Needs: []Need{{[]string{"hhi", "share"}, "hhi: 1800, delta: 100"}},
	Presets: []Preset{ // thresholds of the US horizontal merger guidelines by year
		{"1982", &MergerRule{HHI: 1800, Delta: 100, Share: 1}},
		{"2010", &MergerRule{HHI: 2500, Delta: 200, Share: 1}},
		{"2023", &MergerRule{HHI: 1800, Delta: 100, Share: 0.3}},
	},
	Effects: []Effect{{
		Name: "merger_rule", Neutral: "hhi: 0, delta: 10000", Example: "hhi: 0", When: LabsSold,
		Expected: "hhi_sales either way", Ambiguous: true,
		Why: "a blocked acquisition keeps shares apart if the lab lives on or goes to a smaller bidder; if it closes " +
			"instead, its buyers spread over all sellers, the largest included, and its know-how is lost",
	}},
}

// blocked reports whether a merger rule in force forbids lab j to acquire lab i, on sticky shares.
func (m *Model) blocked(i, j int) bool {
	for _, r := range inForce[MergerRule](m) {
		m.spreadShares()
		for k := range m.segments {
			if s := &m.segments[k]; s.Open && s.offers[i] && s.offers[j] && r.forbids(s.share, i, j) {
				return true
			}
		}
	}
	return false
}

// forbids applies the rule to shares of one segment. ΔHHI is 2·s_i·s_j.
func (r *MergerRule) forbids(share []float64, i, j int) bool {
	delta := float64(2e4 * share[i] * share[j])
	if delta <= r.Delta {
		return false
	}
	return concentration.HHI(share, 1-concentration.Total(share))+delta > r.HHI || share[i]+share[j] > r.Share
}
