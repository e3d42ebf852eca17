package sim

// Interoperability multiplies the rate at which buyers reconsider their vendor.
type Interoperability struct {
	Factor   float64
	Segments []int // empty: all
}

var interoperabilityLever = &Lever{
	Name: "interoperability", Noun: "interoperability", Meaning: "Buyers change their vendor more easily.",
	New: func() any { return &Interoperability{Factor: 1} },
	Keys: []Key{
		numberKey("factor", "x", 0.001, 1000, func(i *Interoperability) *float64 { return &i.Factor },
			"Factor on the rate at which buyers reconsider their vendor."),
		namesKey("segments", InSegments, func(i *Interoperability) *[]int { return &i.Segments },
			"In which segments; in all unless given."),
	},
	Needs: []Need{{[]string{"factor"}, "factor: 2x"}},
	Effects: []Effect{{
		Name: "interoperability", Neutral: "factor: 1x", Example: "factor: 4x",
		Expected: "hhi_sales either way", Ambiguous: true,
		Why: "sticky shares move faster to their targets: this erodes a leader by habit and speeds the rise of a leader by " +
			"quality",
	}},
}

// easier is the rate at which buyers of segment k reconsider their vendor, multiplied by every
// factor in force.
func (m *Model) easier(k int, rate float64) float64 {
	for _, i := range inForce[Interoperability](m) {
		if member(i.Segments, k) {
			rate = float64(rate * i.Factor)
		}
	}
	return rate
}
