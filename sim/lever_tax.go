package sim

// Tax takes a share of compute outlays and of gross profit.
type Tax struct {
	ComputeRate  float64 // share of the compute part of the budget
	WindfallRate float64 // share of gross profit above Threshold
	Threshold    float64 // USD per year of gross profit
	Recycled     bool    // paid back in equal parts to Recipients; false: it leaves the sector
	Recipients   Eligibility
}

var taxLever = &Lever{
	Name: "tax", Noun: "tax", Nobody: "recycled tax reaches no lab", Meaning: "Taxes on compute and on profit.",
	New: func() any { return &Tax{Recipients: Everyone()} },
	Keys: []Key{
		numberKey("compute_rate", "1", 0, 1, func(t *Tax) *float64 { return &t.ComputeRate },
			"Share taken of the compute part of R&D budgets."),
		numberKey("windfall_rate", "1", 0, 1, func(t *Tax) *float64 { return &t.WindfallRate },
			"Share taken of gross profit above the threshold."),
		numberKey("threshold", "USD/yr", 0, 1e14, func(t *Tax) *float64 { return &t.Threshold },
			"Yearly gross profit above which the windfall rate is taken."),
		switchKey("recycled", func(t *Tax) *bool { return &t.Recycled },
			"Whether the proceeds go back to the recipients in equal parts; otherwise they leave the sector."),
		labsKey("recipients", func(t *Tax) *Eligibility { return &t.Recipients },
			"Who gets recycled proceeds; every lab unless given."),
	},
	Needs:   []Need{{[]string{"compute_rate", "windfall_rate"}, "compute_rate: 5% or windfall_rate: 20%"}},
	Idle:    []Idle{{"threshold", "windfall_rate", "windfall_rate: 20%"}, {"recipients", "recycled", "recycled: true"}},
	Selects: func(v any) bool { return v.(*Tax).Recycled },
	Effects: []Effect{{
		Name: "tax.compute", Keys: []string{"compute_rate", "recycled", "recipients"},
		Neutral: "compute_rate: 0%", Example: "compute_rate: 20%",
		Expected: "compute_stock falls; largest_run falls",
		Why:      "unless recycled, the tax leaves the sector and with it orders for chips and compute for runs",
		Uses: func(v any) bool {
			t := v.(*Tax)
			return t.ComputeRate != 0 || t.WindfallRate == 0 // at its neutral value it is a tax on compute
		},
	}, {
		Name: "tax.windfall", Keys: []string{"windfall_rate", "threshold", "recycled", "recipients"},
		Neutral: "windfall_rate: 0%", Example: "windfall_rate: 50%, threshold: $100M/yr",
		Expected: "hhi_sales either way", Ambiguous: true,
		Why: "the tax slows the reinvestment of whoever earns most, but a rival that lives on profit is hit harder than a " +
			"leader with a sponsor",
		Uses: func(v any) bool { return v.(*Tax).WindfallRate != 0 },
	}},
}

// levyTaxes takes the compute tax from the compute part of R&D budgets and the windfall tax from
// gross profit that no other has taken: of its reinvested part ρ from the R&D budget, as far as
// that goes, the rest from the owners, outside the labs. It pays the proceeds back where they are
// recycled.
func (m *Model) levyTaxes() {
	for p, tax := range inForce[Tax](m) {
		recipients := 0
		if tax.Recycled {
			recipients = m.choose(p, taxLever, &tax.Recipients)
		}
		proceeds := 0.0
		for j := range m.labs {
			if l := &m.labs[j]; l.Active {
				windfall := min(l.taxable, float64(tax.WindfallRate*max(0, l.GrossProfit-tax.Threshold)))
				l.taxable -= windfall
				compute := float64(tax.ComputeRate * l.ComputeShare * l.RdBudget)
				due := compute + float64(m.p.Funding.Reinvestment*windfall)
				proceeds += windfall + compute - (due - l.take(due))
			}
		}
		m.policyCost -= proceeds
		if recipients == 0 {
			continue
		}
		m.policyCost += proceeds
		for j := range m.labs {
			if p.eligible[j] {
				m.labs[j].RdBudget += proceeds / float64(recipients)
				m.labs[j].base0 += proceeds / float64(recipients)
			}
		}
	}
}

// take takes a yearly sum from a lab's R&D budget, as far as it goes, and returns what it got.
func (l *Lab) take(sum float64) float64 {
	sum = min(sum, l.RdBudget)
	l.RdBudget -= sum
	l.base0 -= sum
	return sum
}
