package sim

import "math"

// Public money: grants and subsidies for labs, and the costs and taxes that are taken from their R&D budgets, each at most what is left.

// awardGrants shares each grant in force among eligible labs, equally or in proportion to R&D budgets.
func (m *Model) awardGrants() {
	for p := range m.inForce() {
		if p.Grant == nil || m.choose(p, &p.Grant.Eligible, "grant reaches no lab") == 0 {
			continue
		}
		total := 0.0
		for j := range m.labs {
			if p.eligible[j] {
				total += grantWeight(p.Grant, &m.labs[j])
			}
		}
		if total == 0 {
			continue
		}
		for j := range m.labs {
			if !p.eligible[j] {
				continue
			}
			part := p.Grant.Amount * grantWeight(p.Grant, &m.labs[j]) / total
			if p.Grant.InCompute {
				m.labs[j].grantChips += part
			} else {
				m.labs[j].grant += part
				m.policyCost += part
			}
		}
	}
}

func grantWeight(g *Grant, l *Lab) float64 {
	if g.Proportional {
		return l.ownBudget
	}
	return 1
}

// awardSubsidies sets what the state adds to a dollar that a lab spends on research compute: rate/(1−rate), each further subsidy paying
// its part of what the ones before it leave to the lab.
func (m *Model) awardSubsidies() {
	for p := range m.inForce() {
		if p.Subsidy == nil || m.choose(p, &p.Subsidy.Eligible, "subsidy reaches no lab") == 0 {
			continue
		}
		for j := range m.labs {
			if p.eligible[j] {
				m.labs[j].subsidy = (m.labs[j].subsidy + p.Subsidy.Rate) / (1 - p.Subsidy.Rate)
			}
		}
	}
}

// subsidised is what the state adds to a lab's compute money ξF at most, as a multiple of it: the subsidy on the part F_R/(F − carry/dt)
// of it that is for research.
func (l *Lab) subsidised() float64 {
	if l.base0 <= 0 {
		return 0
	}
	return l.subsidy * l.RdBudget / l.base0
}

// chargeReporting takes the cost of compliance from labs whose runs reach a reporting threshold, as far as their R&D budget goes.
func (m *Model) chargeReporting() {
	for p := range m.inForce() {
		if p.Reporting == nil {
			continue
		}
		for j := range m.labs {
			if l := &m.labs[j]; l.Active && l.TrainingFlop >= p.Reporting.FLOP {
				l.take(p.Reporting.Cost)
			}
		}
	}
}

// take takes a yearly sum from a lab's R&D budget, as far as it goes, and returns what it got.
func (l *Lab) take(sum float64) float64 {
	sum = math.Min(sum, l.RdBudget)
	l.RdBudget -= sum
	l.base0 -= sum
	return sum
}

// levyTaxes takes the compute tax from the compute part of R&D budgets and the windfall tax from gross profit that no other has taken: of
// its reinvested part ρ from the R&D budget, as far as that goes, the rest from the owners, outside the labs. It pays the proceeds
// back where they are recycled.
func (m *Model) levyTaxes() {
	for p := range m.inForce() {
		if p.Tax == nil {
			continue
		}
		recipients := 0
		if p.Tax.Recycled {
			recipients = m.choose(p, &p.Tax.Recipients, "recycled tax reaches no lab")
		}
		proceeds := 0.0
		for j := range m.labs {
			if l := &m.labs[j]; l.Active {
				windfall := math.Min(l.taxable, p.Tax.WindfallRate*math.Max(0, l.GrossProfit-p.Tax.Threshold))
				l.taxable -= windfall
				compute := p.Tax.ComputeRate * l.Spec.ComputeShare * l.RdBudget
				due := compute + m.p.Funding.Reinvestment*windfall
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
