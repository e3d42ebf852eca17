package sim

import (
	"math"

	"simulate/sim/portable"
)

// The optimising alternatives to the routines for budgets: sponsors who follow profit, and labs
// that choose their training runs.

// followProfit moves the factor by which a commercial lab's sponsor departs from its path: ln X
// follows w·ln(GP/GP^ref) of the last step with time constant profit_following_time, of the part
// that is not for other products, and within a thousandfold of the path. Nothing moves in the
// reference run, for labs that sell nothing or whose budget follows their sales, and while w is and
// was 0.
func (m *Model) followProfit(i int) {
	l := &m.labs[i]
	if (m.p.Funding.ProfitFollowing == 0 && l.sponsorLog == 0) || m.record != nil || !l.Spec.Commercial ||
		l.Spec.FollowsSales || i >= len(m.ref.logProfit) {
		return
	}
	goal := portable.Log(l.GrossProfit) - m.ref.logProfit[i][m.step]
	if !finite(goal) {
		goal = 0
	}
	goal = clamp(float64(m.p.Funding.ProfitFollowing*goal), -mostFollowed, mostFollowed)
	l.sponsorLog += float64(toward(m.dt, m.p.Funding.ProfitFollowingTime) * (goal - l.sponsorLog))
}

// mostFollowed is the most by which sponsors depart from their path, in logs: a thousandfold, as
// where a lab earns what is next to nothing in the reference.
var mostFollowed = portable.Log(1e3)

// chosenOutlay is what a run is worth to a lab, USD: the outlay T at which another dollar of
// training adds a dollar of gross profit over the payback time H, rivals' models and prices given.
//
// Capability rises by dlnT/ln10 and serving size with it. At a given markup
// dπ/dc = Σ_k s_k·Y_k·(1 − mc/p)·(ε_k − 1)·(θ_k − φ_N·ln10), ε = σ(1−r) + η_eff·r the elasticity
// itself, where a limit price binds too; at a Nash price (1 − mc/p)(ε−1) is mc/p, and by the
// envelope theorem the markup's own move adds nothing. T = H·(dπ/dc)/ln10 is an endogenous sunk
// cost in proportion to the market (Sutton 1991). It bounds the number of viable labs whatever the
// market's size where (ε−1)(θ/ln10 − φ_N) > 1. Under Cournot it takes rivals' markups and not their
// quantities as given.
func (m *Model) chosenOutlay(i int) float64 {
	slope := 0.0
	for k := range m.segments {
		if s := &m.segments[k]; s.Open && s.price[i] > 0 {
			share := s.solver.within(s.target[i])
			elasticity := float64(s.Spec.Sigma*(1-share)) + float64(s.solver.effective(s.solver.labs)*share)
			slope += float64(
				s.target[i] * s.Spending * (1 - s.cost[i]/s.price[i]) * (elasticity - 1) *
					(s.Spec.Theta - float64(m.p.Market.SizeExponent*math.Ln10)),
			)
		}
	}
	return m.p.Training.Payback * max(0, slope) / math.Ln10
}

// runShare is the share of research compute that the final run takes, and whether the lab chose it:
// a_i by routine; chosen, what the outlay of chosenOutlay rents for the run's time, between
// least_chosen_share and nine tenths. Labs that sell nothing keep the routine.
func (m *Model) runShare(i int) (share float64, chosen bool) {
	t, l := &m.p.Training, &m.labs[i]
	if t.ChosenRuns == 0 || !l.Spec.Commercial || l.SmoothedResearch <= 0 {
		return m.usualShare(l), false
	}
	outlay := m.chosenOutlay(i)
	if outlay == 0 {
		return m.usualShare(l), false
	}
	rent := m.supplier.ListPrice * m.userCost() * l.Spec.RentMultiple / m.regions[l.Spec.Region].d / (1 + l.subsidy)
	return clamp(outlay/float64(rent*l.SmoothedResearch*t.RunTime), t.LeastChosenShare, .9), true
}
