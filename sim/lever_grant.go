package sim

// Grant is public compute: money, or chips bought for labs.
type Grant struct {
	Amount       float64 // USD per year, or H100e bought per year where InCompute
	InCompute    bool
	Eligible     Eligibility
	Proportional bool // in proportion to the R&D budgets that the bounds are about; false: equal parts
}

var grantLever = &Lever{
	Name: "grant", Noun: "grant", Nobody: "grant reaches no lab",
	Meaning: "Public compute: money for labs, or chips bought for them.",
	New:     func() any { return &Grant{Eligible: Everyone()} },
	Keys: []Key{
		{
			Name: "amount", Meaning: "Money per year, or chips bought per year, for all eligible labs together.",
			Unit: "USD/yr", High: 1e14, Field: addressed(func(g *Grant) *float64 { return &g.Amount }),
			Or: &Or{"H100e/yr", 1e12, func(v any) *bool { return &v.(*Grant).InCompute }},
		},
		labsKey("eligible", func(g *Grant) *Eligibility { return &g.Eligible }, "Who may get it; every lab unless given."),
		switchKey("rule", func(g *Grant) *bool { return &g.Proportional },
			"How it is shared out: in equal parts, or in proportion to the R&D budgets that the bounds are about.",
			"equal", "proportional"),
	},
	Needs: []Need{{[]string{"amount"}, "amount: $10B/yr"}},
	Effects: []Effect{{
		Name: "grant (money)", Neutral: "amount: $0/yr", Example: "amount: $3B/yr, eligible: {budget_below: $2B/yr}",
		Expected: "hhi_compute_used falls",
		Why: "money for small labs adds to their R&D budgets and so to the compute that they use, and takes none from " +
			"others while chips are not scarce; where they are, it also bids up the price",
		Uses: func(v any) bool { return !v.(*Grant).InCompute },
	}, {
		Name: "grant (chips)", Neutral: "amount: 0 H100e/yr",
		Example:  "amount: 50_000 H100e/yr, eligible: {budget_below: $2B/yr}",
		Expected: "hhi_compute_used falls",
		Why: "chips for small labs enter their research compute at once; where chips are scarce they are taken from the " +
			"others' deliveries",
		Uses: func(v any) bool { return v.(*Grant).InCompute },
	}},
}

// awardGrants shares each grant in force among eligible labs, equally or in proportion to R&D
// budgets.
func (m *Model) awardGrants() {
	for p, g := range inForce[Grant](m) {
		if m.choose(p, grantLever, &g.Eligible) == 0 {
			continue
		}
		total := 0.0
		for j := range m.labs {
			if p.eligible[j] {
				total += g.weight(&m.labs[j])
			}
		}
		if total == 0 {
			continue
		}
		for j := range m.labs {
			if !p.eligible[j] {
				continue
			}
			part := g.Amount * g.weight(&m.labs[j]) / total
			if g.InCompute {
				m.labs[j].grantChips += part
			} else {
				m.labs[j].grant += part
				m.policyCost += part
			}
		}
	}
}

func (g *Grant) weight(l *Lab) float64 {
	if g.Proportional {
		return l.ownBudget
	}
	return 1
}
