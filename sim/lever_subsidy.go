package sim

// Subsidy is a part of what labs pay for research compute, paid by the state.
type Subsidy struct {
	Rate     float64 // share of the bill [0, 1)
	Eligible Eligibility
}

var subsidyLever = &Lever{
	Name: "subsidy", Noun: "subsidy", Nobody: "subsidy reaches no lab",
	Meaning: "A part of what labs pay for research compute, paid by the state.",
	New:     func() any { return &Subsidy{Eligible: Everyone()} },
	Keys: []Key{
		numberKey("rate", "1", 0, 0.95, func(s *Subsidy) *float64 { return &s.Rate },
			"Part of the bill for research compute that the state pays: with the same money of its own a lab buys "+
				"1/(1−rate) as much. Compute that serves buyers, or a platform's other products, is not subsidised."),
		labsKey("eligible", func(s *Subsidy) *Eligibility { return &s.Eligible }, "Who may get it; every lab unless given."),
	},
	Needs: []Need{{[]string{"rate"}, "rate: 40%"}},
	Effects: []Effect{{
		Name: "subsidy", Neutral: "rate: 0%", Example: "rate: 40%, eligible: {budget_below: $2B/yr}",
		Expected: "hhi_compute_used falls",
		Why: "small labs get more research compute for the money that they have, and the state pays for what is really " +
			"bought; where chips are scarce their larger orders take chips from others",
	}},
}

// awardSubsidies sets what the state adds to a dollar that a lab spends on research compute:
// rate/(1−rate), each further subsidy paying its part of what the ones before it leave to the lab.
func (m *Model) awardSubsidies() {
	for p, s := range inForce[Subsidy](m) {
		if m.choose(p, subsidyLever, &s.Eligible) == 0 {
			continue
		}
		for j := range m.labs {
			if p.eligible[j] {
				m.labs[j].subsidy = (m.labs[j].subsidy + s.Rate) / (1 - s.Rate)
			}
		}
	}
}

// subsidised is what the state adds to a lab's compute money ξF at most, as a multiple of it: the
// subsidy on the part F_R/(F − carry/dt) of it that is for research.
func (l *Lab) subsidised() float64 {
	if l.base0 <= 0 {
		return 0
	}
	return l.subsidy * l.RdBudget / l.base0
}
