package sim

import "math"

// Reporting is a duty of labs whose training run reaches a compute, at a cost of compliance.
type Reporting struct {
	FLOP float64
	Cost float64 // USD per year
}

var reportingLever = &Lever{
	Name: "reporting", Noun: "reporting", Meaning: "Labs with large training runs must report them.",
	New: func() any { return &Reporting{FLOP: math.Inf(1)} },
	Keys: []Key{
		numberKey("above", "FLOP", 1e18, 1e40, func(r *Reporting) *float64 { return &r.FLOP },
			"It holds for training runs from this computation on."),
		numberKey("cost", "USD/yr", 0, 1e14, func(r *Reporting) *float64 { return &r.Cost },
			"What compliance costs a lab per year."),
	},
	Needs: []Need{{[]string{"above"}, "above: 1e26 FLOP"}, {[]string{"cost"}, "cost: $100M/yr"}},
	Effects: []Effect{{
		Name: "reporting", Neutral: "above: 1e25 FLOP, cost: $0/yr", Example: "above: 1e25 FLOP, cost: $1B/yr",
		Expected: "largest_run falls",
		Why:      "the cost of compliance comes out of the R&D budgets of labs above the threshold",
	}},
}

// chargeReporting takes the cost of compliance from labs whose runs reach a reporting threshold, as
// far as their R&D budget goes.
func (m *Model) chargeReporting() {
	for _, r := range inForce[Reporting](m) {
		for j := range m.labs {
			if l := &m.labs[j]; l.Active && l.TrainingFlop >= r.FLOP {
				l.take(r.Cost)
			}
		}
	}
}
