package sim

import (
	"simulate/sim/portable"
)

// funding gives each lab its money for the step (equations 1–3).
//
//	X   = the sponsor's path; of labs that live on their sales what followSales says
//	F   = X + ρ·GP(t−dt)⁺ + w·Pool + grant − tax + carry/dt
//	F_R = (1−o)·X + ρ·GP⁺ + w·Pool + grant − tax
//	w_i = y_i^φ / Σ y_j^φ,  y = X + revenue(t−dt)
//	ξ(t)·X = ξ·X_b + m·(X − X_b) at platforms, ξ(t) in [.05, .97];  ξ(t) = ξ at others
func (m *Model) funding() {
	m.policyCost = 0
	weights, open := 0.0, 0.0 // of the labs at work, and their number
	m.setBudgets()
	for i := range m.labs {
		l := &m.labs[i]
		l.grant, l.grantChips, l.subsidy = 0, 0, 0
		if l.Active {
			l.taxable = max(0, l.GrossProfit)
			if l.closed { // the last profit of a lab goes with it
				l.taxable = 0
			}
			l.ownBudget = l.Budget - l.otherUse + float64(m.p.Funding.Reinvestment*l.taxable)
			if !l.closed {
				open++
				weights += portable.Pow(l.Budget+l.Revenue, m.p.Funding.Concentration)
			}
		}
	}
	m.awardGrants()
	m.awardSubsidies()
	for i := range m.labs {
		l := &m.labs[i]
		if !l.Active {
			continue
		}
		extra := float64(m.p.Funding.Reinvestment*l.taxable) + l.grant
		if m.p.Funding.Pool > 0 && !l.closed {
			part := portable.Pow(l.Budget+l.Revenue, m.p.Funding.Concentration) / weights
			if weights == 0 { // nobody has anything: equal parts
				part = 1 / open
			}
			extra += float64(m.p.Funding.Pool * part)
		}
		l.RdBudget = l.Budget - l.otherUse + extra
		l.base0 = l.Budget + extra
	}
	m.chargeReporting()
	m.levyTaxes()
	for i := range m.labs {
		l := &m.labs[i]
		if l.Active {
			l.Funding = l.base0 + l.Carry/m.dt
			l.Carry = 0
		}
	}
}

// FundingParameters belong to process funding.
type FundingParameters struct {
	// Growth of platforms' budgets after their last dated value.
	// Source: capital expenditure of the four largest platforms, 2023–2025.
	GrowthPlatform float64 `symbol:"g_X platform" unit:"growth/yr" default:"1.6" allowed:"0.5 5" interval:"1.2 2.0"`
	// Growth of independent labs' budgets after their last dated value.
	// Source: Cottier et al. 2024: cost of the largest runs ×2.4 a year.
	GrowthIndependent float64 `symbol:"g_X independent" unit:"growth/yr" default:"2.4" allowed:"0.5 10" interval:"1.6 2.9"`
	// Growth of publicly funded labs' budgets after their last dated value.
	// Source: assumption.
	GrowthPublic float64 `symbol:"g_X public" unit:"growth/yr" default:"1.05" allowed:"0.5 5"`
	// Share of a lab's budget spent on compute, the rest on staff.
	// Source: Cottier et al. 2024; Epoch AI 2025.
	ComputeShare float64 `symbol:"ξ" unit:"1" default:"0.6" allowed:"0.1 1" interval:"0.47 0.70"`
	// Share of gross profit that labs put back into research and development.
	// Source: assumption.
	Reinvestment float64 `symbol:"ρ" unit:"1" default:"0.8" allowed:"0 1" interval:"0 1"`
	// How strongly the capital pool follows size: 0 equal parts, 1 in proportion to size, above 1
	// winner-take-most.
	// Source: assumption; Nelson & Winter's bank effect.
	Concentration float64 `symbol:"φ" unit:"1" default:"1" allowed:"0 2.3" interval:"0 1.5"`
	// How strongly sponsors of commercial labs follow gross profit relative to the reference: 0 the
	// routine, 1 in proportion. Above 1 profits and budgets would drive each other without bound.
	// Source: option.
	ProfitFollowing float64 `unit:"1" default:"0" allowed:"0 1"`
	// Time in which they do.
	// Source: option, assumption.
	ProfitFollowingTime float64 `unit:"yr" default:"1" allowed:"0.25 20"`
	// How strongly budgets of commercial labs that live on their sales follow these: 0 the given path,
	// 1 in proportion, above 1 more than that.
	// Source: 2024: money for compute ×4.1 on sales ×2.75 (OpenAI), ×8.8 on ×11 (Anthropic).
	SalesFollowing float64 `symbol:"κ" unit:"1" default:"1" allowed:"0 3" interval:"0 1.2"`
	// Time over which such a lab's financiers smooth its sales.
	// Source: assumption: rounds come about once a year.
	SalesMemory float64 `symbol:"τ_F" unit:"yr" default:"1" allowed:"0.1 10" interval:"0.5 2"`
	// Most that such a lab spends per dollar of sales in the long run.
	// Source: assumption: two to three times its sales while these triple, and nobody does when they
	// no longer grow.
	OutsideMoneyLimit float64 `symbol:"b_∞" unit:"1" default:"1" allowed:"0 10" interval:"0.5 2"`
	// Share of a platform's growth of capital expenditure that buys accelerators.
	// Source: capital expenditure and owners of compute, 2023 to 2024: 1.07 (Microsoft, Google,
	// Amazon), 1.5 (Meta).
	AcceleratorShareOfGrowth float64 `symbol:"m" unit:"1" default:"1" allowed:"0 2" interval:"0.8 1"`
	// Capital shared among all labs each year, on top of their sponsors' budgets.
	// Source: assumption.
	Pool float64 `symbol:"Pool" unit:"USD/yr" default:"0" allowed:"0 1e13"`
}

// fundingLevers act in process funding.
var fundingLevers = []*Lever{grantLever, subsidyLever, reportingLever, taxLever}

// setBudgets sets what sponsors give, and the part of it that buys compute; labs that live on their
// sales come last, for the largest platform bounds them.
func (m *Model) setBudgets() {
	largest := 0.0
	for i := range m.labs {
		l := &m.labs[i]
		if !l.Active || l.Spec.FollowsSales {
			continue
		}
		m.followProfit(i)
		path := l.Spec.Budget.At(m.mid())
		l.ComputeShare = m.computeShare(l, path)
		path = float64(path * (1 - l.divested))
		l.otherUse = float64(l.Spec.ShareForOtherProducts * path)
		l.Budget = l.otherUse + float64((path-l.otherUse)*portable.Exp(l.sponsorLog))
		if l.Spec.Archetype == Platform {
			largest = max(largest, l.Budget)
		}
	}
	for i := range m.labs {
		if l := &m.labs[i]; l.Active && l.Spec.FollowsSales {
			l.ComputeShare, l.otherUse = l.Spec.ComputeShare, 0
			l.Budget = m.followSales(i, float64(l.Spec.Budget.At(m.mid())*(1-l.divested)), largest)
		}
	}
}

// Bounds of the share of a platform's capital expenditure that buys compute.
const leastComputeShare, mostComputeShare = .05, .97

// computeShare is ξ(t) where a lab's budget path stands at x: of a platform's capital expenditure
// beyond X_b the share m buys accelerators.
func (m *Model) computeShare(l *Lab, x float64) float64 {
	xi := l.Spec.ComputeShare
	if l.Spec.Archetype != Platform {
		return xi
	}
	before := l.Spec.BudgetBefore
	if x <= 0 || x == before {
		return xi
	}
	return clamp(xi+float64((m.p.Funding.AcceleratorShareOfGrowth-xi)*(1-before/x)), leastComputeShare, mostComputeShare)
}
