package sim

import (
	"math"
	"testing"
)

// Stocks at the start: an owner without a figure has d·ξX/(P_0(δ+g)), g the growth of its kind, one with a figure that, and renters what their money rents, with last step's
// profit in it once the market is known. K̄_R of a renter with a figure is the figure. References of effort are the largest of each input.
func TestComputeAtTheStart(t *testing.T) {
	platform, owner, given, renter, public := testLab("platform", 1e9), testLab("owner", 2e8), testLab("given", 3e8), testLab("renter", 4e8), testLab("public", 5e7)
	platform.Archetype, platform.Renter, platform.ShareForOtherProducts = Platform, false, .7
	owner.Renter, owner.Region = false, 1
	given.Renter, given.Compute = false, 4321
	renter.Compute = 777
	public.Archetype, public.Renter, public.Commercial = Public, false, false
	cfg := testConfig(platform, owner, given, renter, public)
	cfg.Regions = append(cfg.Regions, Region{ID: "far", RelativePricePerformance: flat(.5)})
	cfg.Labs[3].Sales = []Position{sold(0, 1)}
	m := started(t, cfg, 1)
	for i, want := range []float64{.6 * 1e9 / (4e4 * (.2 + math.Log(1.6))), .5 * .6 * 2e8 / (4e4 * (.2 + math.Log(2.4))), 4321, 0, .6 * 5e7 / (4e4 * (.2 + math.Log(1.05)))} {
		if i == 3 {
			continue
		}
		l := &m.labs[i]
		agrees(t, l.Spec.ID+": K", l.Compute, want)
		agrees(t, l.Spec.ID+": K_R", l.ComputeResearch, want*(1-l.Spec.ShareForOtherProducts))
		agrees(t, l.Spec.ID+": K̄_R", l.SmoothedResearch, want*(1-l.Spec.ShareForOtherProducts))
		agrees(t, l.Spec.ID+": deliveries", l.CumulativeDeliveries, want)
		agrees(t, l.Spec.ID+": C_own", l.TrainingFlop, .12*l.SmoothedResearch*H100eYear*.35)
		agrees(t, l.Spec.ID+": c", l.Capability, math.Log10(l.TrainingFlop/2.1e25))
	}
	l := &m.labs[3]
	money := 4e8 + .8*1e9/1.6 // a monopolist's profit at the limit price is Y/ε_min
	agrees(t, "renter's F_R", l.RdBudget, money)
	agrees(t, "renter's K", l.Compute, .6*money/(4e4*(.23+math.Log(1.3))))
	near(t, "renter's K̄_R", l.SmoothedResearch, 777, 0)
	near(t, "renter's deliveries", l.CumulativeDeliveries, 0, 0)
	near(t, "renter's part of owned compute", l.ComputeOwned, 0, 0)
	largest := 0.0
	for i := range m.labs {
		largest = math.Max(largest, .88*m.labs[i].ComputeResearch)
	}
	agrees(t, "reference of compute", m.scale.compute, largest)
	agrees(t, "reference of staff", m.scale.staff, .4*money)
}

// What an open lab has above A_pub(t_0) + γL_o is secret until t_0 + L_d; A and S of all labs start from A_pub(t_0) = γ(t_0 − 2024), S = ζA.
func TestKnowledgeAtTheStart(t *testing.T) {
	cfg := researchOnly(testConfig(testLab("closed", 1e9), testLab("open", 1e9)))
	cfg.Start = 2025
	cfg.Labs[0].Efficiency, cfg.Labs[1].Efficiency, cfg.Labs[1].Openness = .2, 2, Open
	r := &cfg.Parameters.Research
	r.Gamma, r.OpenLag, r.ClosedLag, r.ServingShare = .6, .25, 1, .5
	cfg.Labs[0].Talent, cfg.Labs[1].Talent = 0, 0
	m := started(t, cfg, 1)
	near(t, "A_pub", m.commons.Knowledge, .6, 1e-12)
	near(t, "S_pub", m.commons.ServingKnowledge, .3, 1e-12)
	near(t, "A", m.labs[1].TrainingEfficiency, 2.6, 1e-12)
	near(t, "S", m.labs[1].ServingEfficiency, 1.3, 1e-12)
	near(t, "A_ref", m.scale.leaderA, 2.6, 1e-12)
	near(t, "S_0", m.scale.servingA, 1.3, 1e-12)
	for range 18 {
		at := m.t
		advance(t, m, 1)
		// the open lab stands still at 2.6, its history before the start at slope γ: .6·min(0, u − L_o) below, secret part 2 − .15
		open := 2.6 + .6*math.Min(0, at-2025-.25)
		if at < 2026-1e-9 {
			open -= 1.85
		}
		near(t, "A_pub", m.commons.Knowledge, math.Max(.6, open), 1e-9)
		near(t, "S_pub", m.commons.ServingKnowledge, .5*math.Max(.6, open), 1e-9)
	}
}
