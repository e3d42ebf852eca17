package sim

import (
	"math"
	"strings"
	"testing"
)

// Stocks at the start: an owner without a figure has d·ξX/(P_0(δ+g)), g the growth of its kind, one
// with a figure that, and renters what their money rents, with last step's profit in it once the
// market is known. K̄_R trails research compute, that of a renter with a figure the figure, by a
// growth of ×4 a year over τ_K. References of effort are the largest of each input.
func TestComputeAtTheStart(t *testing.T) {
	platform, owner, given, renter, public := testLab("platform", 1e9), testLab("owner", 2e8), testLab("given", 3e8),
		testLab("renter", 4e8), testLab("public", 5e7)
	platform.Archetype, platform.Renter, platform.ShareForOtherProducts = Platform, false, .7
	owner.Renter, owner.Region = false, 1
	given.Renter, given.Compute = false, 4321
	renter.Compute = 777
	public.Archetype, public.Renter, public.Commercial = Public, false, false
	cfg := testConfig(platform, owner, given, renter, public)
	cfg.Regions = append(cfg.Regions, Region{ID: "far", RelativePricePerformance: flat(.5)})
	cfg.Labs[3].Sales = []Position{sold(0, 1)}
	trail := 1 + math.Log(4)*.5
	m := started(t, cfg, 1)
	for i, want := range []float64{.6 * 1e9 / (4e4 * (.2 + math.Log(1.6))), .5 * .6 * 2e8 / (4e4 * (.2 + math.Log(2.4))),
		4321, 0, .6 * 5e7 / (4e4 * (.2 + math.Log(1.05)))} {
		if i == 3 {
			continue
		}
		l := &m.labs[i]
		agrees(t, l.Spec.ID+": K", l.Compute, want)
		agrees(t, l.Spec.ID+": K_R", l.ComputeResearch, want*(1-l.Spec.ShareForOtherProducts))
		agrees(t, l.Spec.ID+": K̄_R", l.SmoothedResearch, want*(1-l.Spec.ShareForOtherProducts)/trail)
		agrees(t, l.Spec.ID+": deliveries", l.CumulativeDeliveries, want)
		agrees(t, l.Spec.ID+": C_own", l.TrainingFlop, .12*l.SmoothedResearch*H100eYear*.35)
		agrees(t, l.Spec.ID+": c", l.Capability, math.Log10(l.TrainingFlop/2.1e25))
	}
	l := &m.labs[3]
	money := 4e8 + .8*1e9/1.6 // a monopolist's profit at the limit price is Y/ε_min
	agrees(t, "renter's F_R", l.RdBudget, money)
	agrees(t, "renter's K", l.Compute, .6*money/(4e4*(.23+math.Log(1.3))))
	agrees(t, "renter's K̄_R", l.SmoothedResearch, 777/trail)
	near(t, "renter's deliveries", l.CumulativeDeliveries, 0, 0)
	near(t, "renter's part of owned compute", l.ComputeOwned, 0, 0)
	largest := 0.0
	for i := range m.labs {
		largest = math.Max(largest, .88*m.labs[i].ComputeResearch)
	}
	agrees(t, "reference of compute", m.scale.compute, largest)
	agrees(t, "reference of staff", m.scale.staff, .4*money)
}

// A is above the public state of 2024-01-01 at any start: 2.6 at the open lab, .8 at the closed
// one, S = ζA. A_pub(t_0) is what the leader knew L_d ago, 2.6 − .6, where that is more than γ(t_0
// − 2024). What the open lab has above A_pub(t_0) + γL_o is secret until t_0 + L_d: 2.6 − 2 − .15.
func TestKnowledgeAtTheStart(t *testing.T) {
	cfg := researchOnly(testConfig(testLab("closed", 1e9), testLab("open", 1e9)))
	cfg.Start = 2025
	cfg.Labs[0].Efficiency, cfg.Labs[1].Efficiency, cfg.Labs[1].Openness = .8, 2.6, Open
	r := &cfg.Parameters.Research
	r.Gamma, r.OpenLag, r.ClosedLag, r.ServingShare = .6, .25, 1, .5
	cfg.Labs[0].Talent, cfg.Labs[1].Talent = 0, 0
	m := started(t, cfg, 1)
	near(t, "A_pub", m.commons.Knowledge, 2, 1e-12)
	near(t, "S_pub", m.commons.ServingKnowledge, 1, 1e-12)
	near(t, "A", m.labs[1].TrainingEfficiency, 2.6, 1e-12)
	near(t, "S", m.labs[1].ServingEfficiency, 1.3, 1e-12)
	near(t, "A_ref", m.scale.leaderA, 2.6, 1e-12)
	near(t, "S_0", m.scale.servingA, 1.3, 1e-12)
	for range 18 {
		at := m.t
		advance(t, m, 1)
		// the open lab stands still at 2.6, its history before the start at slope γ: .6·min(0, u − L_o)
		// below, secret part .45
		open := 2.6 + .6*math.Min(0, at-2025-.25)
		if at < 2026-1e-9 {
			open -= .45
		}
		near(t, "A_pub", m.commons.Knowledge, math.Max(2, open), 1e-9)
		near(t, "S_pub", m.commons.ServingKnowledge, .5*math.Max(2, open), 1e-9)
	}
	cfg.Labs[1].Efficiency, cfg.Labs[0].Efficiency = 1, math.NaN()
	m = started(t, cfg, 1)
	near(t, "A_pub of a leader near it", m.commons.Knowledge, .6, 1e-12)
	near(t, "A without a figure", m.labs[0].TrainingEfficiency, .6, 1e-12)
}

// documented is a roster of three labs whose models on offer have documented runs: a leader, one
// whose model is distilled and whose next run is under way, and one with an efficiency of its own.
func documented() *Config {
	cfg := sells(testConfig(testLab("leader", 1e10), testLab("distiller", 5e8), testLab("listed", 1e9)), .9)
	cfg.Start = 2025
	cfg.Labs[0].DocumentedRun, cfg.Labs[0].Capability, cfg.Labs[0].Compute = 3.8e25, 1.29, 4e5
	cfg.Labs[1].DocumentedRun, cfg.Labs[1].Capability, cfg.Labs[1].Compute = 1e24, .17, 3e4
	cfg.Labs[1].NextRun, cfg.Labs[1].Openness = 3.4e24, Open
	cfg.Labs[2].DocumentedRun, cfg.Labs[2].Capability, cfg.Labs[2].Compute = 8.2e23, .7, 8e4
	cfg.Labs[2].Efficiency = 2.2
	return cfg
}

// Result 27. Own run at t_0 = listed c_0 for every lab with a documented run, no distillation and
// no listed A_0: c_0·ln 10 = ln(C_run/E_ref) + A. It takes a_i(t_0) of K̄_R, whatever τ_K, MFU and
// T_c are. [1e-12]
func TestOwnRunIsTheListedModel(t *testing.T) {
	for _, mfu := range []float64{.2, .35} {
		cfg := documented()
		cfg.Labs[1].NextRun = math.NaN()
		cfg.Parameters.Training.Mfu, cfg.Parameters.Training.RunTime = mfu, .7
		m := started(t, cfg, 1)
		for i := range 2 {
			l := &m.labs[i]
			agrees(t, "run", l.TrainingFlop, l.Spec.DocumentedRun)
			near(t, "own run", (math.Log(l.TrainingFlop/GPT4FLOP)+l.TrainingEfficiency)/math.Ln10, l.Spec.Capability, 1e-12)
			agrees(t, "serving size", l.ServingSize, l.Spec.DocumentedRun)
			agrees(t, "run share", l.RunShare, l.Spec.DocumentedRun/(l.Spec.Compute/(1+math.Log(4)*.5)*.7*H100eYear*mfu))
		}
		listed := &m.labs[2]
		near(t, "listed A", listed.TrainingEfficiency, 2.2, 0)
		agrees(t, "run of a listed model", listed.TrainingFlop, 8.2e23)
		if own := math.Log10(8.2e23/GPT4FLOP) + 2.2/math.Ln10; own > .7 {
			t.Errorf("the listed lab's own run, %g, does not stand below its model", own)
		}
	}
}

// A model that is distilled from the best of another lab: with ψ_D = .35, c_0 = .17, E* of 1.29 and
// a run of 1e24 FLOP, A = (.17 − .35·1.29)·ln10/.65 − ln(1e24/2.1e25) = 2.047, and the own run with
// distillation gives back c_0. The next run sets a constant share.
func TestDistilledModelAtTheStart(t *testing.T) {
	m := started(t, documented(), 1)
	l := &m.labs[1]
	near(t, "A", l.TrainingEfficiency, (.17-.35*1.29)*math.Ln10/.65-math.Log(1e24/2.1e25), 1e-12)
	near(t, "A", l.TrainingEfficiency, 2.05, .005)
	agrees(t, "run", l.TrainingFlop, 3.4e24)
	agrees(t, "serving size", l.ServingSize, 1e24)
	l.TrainingFlop = 1e24
	near(t, "distilled from the leader", m.distil(l, 1.29).capability, .17, 1e-12)
	share := l.RunShare
	advance(t, m, 30)
	agrees(t, "share of its runs", l.RunShare, share)

	cfg := documented()
	cfg.Parameters.Training.DistillationCap = 1
	m = started(t, cfg, 1)
	near(t, "A below the cap of distillation", m.labs[1].TrainingEfficiency, .17*math.Ln10-1-math.Log(1e24/2.1e25), 1e-12)
}

// The share of a run goes from that of the documented one to a_T in logs with τ_a; effort keeps a_T
// throughout.
func TestRunShareFadesToTheUsual(t *testing.T) {
	cfg := still(documented())
	cfg.Parameters.Training.RunShareMemory = 2
	m := started(t, cfg, 1)
	l := &m.labs[0]
	first := l.RunShare
	for range 24 {
		at := m.t
		advance(t, m, 1)
		agrees(t, "run share", l.RunShare, math.Exp(math.Log(.12)+(math.Log(first)-math.Log(.12))*math.Exp(-(at-2025)/2)))
	}
	agrees(t, "reference of compute keeps a_T", m.scale.compute, .88*started(t, cfg, 1).labs[0].ComputeResearch)
	agrees(t, "effort keeps a_T", l.Effort, m.effort(l))
	l.RunShare = .5
	agrees(t, "effort without the run", m.effort(l), l.Effort)
}

// Two observations a year apart, .5 and .34, while spending grows from $1.5B to $3.5B and buyers
// reconsider at .12 a year: the target is .5 − .16/(1 − e^{−.12}·1.5/3.5) = .242, and switching
// from .5 towards it over that year gives .34.
func TestTargetFromTwoObservations(t *testing.T) {
	lab := testLab("lab", 1e9)
	lab.Sales = []Position{{Segment: 0, Share: .34, Target: math.NaN(), Brand: math.NaN(), Before: Earlier{2024, .5}}}
	cfg := testConfig(lab, testLab("open", 1e9))
	cfg.Start, cfg.Labs[1].Openness, cfg.Labs[1].Capability = 2025, Open, -1
	s := &cfg.Segments[0]
	s.Switching, s.Spending = .12, Series{Points: []Point{{Date: 2024, Value: 1.5e9}, {Date: 2025, Value: 3.5e9}}}
	target := cfg.TargetShare(&cfg.Labs[0].Sales[0])
	near(t, "target", target, .242, 5e-4)
	move := 1 - math.Exp(-.12)*1.5/3.5
	near(t, "share a year later", .5+move*(target-.5), .34, 1e-12)
	near(t, "target at the start", started(t, cfg, 1).segments[0].target[0], target, 1e-9)

	cfg.Labs[0].Sales[0].Share = .05
	if _, err := New(cfg); err == nil || !strings.Contains(err.Error(), "no target share explains a move from 0.5 to "+
		"0.05 in a year") {
		t.Errorf("got %v", err)
	}
}
