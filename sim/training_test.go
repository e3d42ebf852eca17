package sim

import (
	"math"
	"testing"
)

// C_own = a_T·K̄_R·T_c·(H100e FLOP/yr)·MFU with K̄_R following K_R at 1 − e^{−dt/τ_K}; distillation
// by ψ_D of the gap to another lab's best model up to b_max, the size growing by χ_D of it. Here E*
// is 3 OOM above E_ref and the follower's own run e^{own}: at ψ_D = .35 the gain is cut at ln 10,
// at .1 it is not.
func TestRunByHand(t *testing.T) {
	for _, psi := range []float64{.1, .35} {
		cfg := still(testConfig(testLab("leader", 1e10), testLab("follower", 1e8)))
		cfg.Parameters.Training.Distillation = psi
		cfg.Parameters.Training.ReleaseInterval = 1.0 / 12
		cfg.Labs[0].Capability, cfg.Labs[0].ServingSize = 3, 1e26
		cfg.Labs[1].Compute, cfg.Labs[1].Efficiency = 500, .3
		cfg.Labs[1].Capability, cfg.Labs[1].RentMultiple = -9, 1.4
		m := started(t, cfg, 1)
		advance(t, m, 1)
		l := &m.labs[1]
		rented := .6 * 1e8 / (4e4 * .23 * 1.4)
		before := 500 / (1 + math.Log(4)*.5)
		smoothed := before + (1-math.Exp(-1.0/6))*(rented-before)
		agrees(t, "K̄_R", l.SmoothedResearch, smoothed)
		flop := .12 * smoothed * H100eYear * .35
		agrees(t, "C_own", l.TrainingFlop, flop)
		own := math.Log(flop/2.1e25) + .3
		gain := math.Min(math.Ln10, psi*(3*math.Ln10-own))
		near(t, "c", l.Capability, (own+gain)/math.Ln10, 1e-9)
		agrees(t, "C", l.ServingSize, flop*math.Exp(.5*gain))
		near(t, "the leader learns nothing from itself", m.labs[0].Capability, 3, 0)
		agrees(t, "cost of the run, at what a small customer pays", l.RunCost, .12*smoothed*4e4*.23*1.4)
	}
}

// In deterministic mode releases fall at t_0 + kτ_rel, in the step that reaches the date: with
// τ_rel = .25 yr at months 3, 6, …; a forced one at once.
func TestReleaseDates(t *testing.T) {
	cfg := testConfig(testLab("a", 1e9))
	cfg.Steps = 24
	cfg.Parameters.Training.ReleaseInterval = .25
	cfg.Shocks = []Shock{{Date: 2024 + 7.0/12, Lab: 0, Training: 3, Serving: 1, Release: true}}
	cfg.Labs[0].Budget = growing(1e9, 1)
	m := started(t, cfg, 1)
	c := m.labs[0].Capability
	for n := 1; n <= 24; n++ {
		advance(t, m, 1)
		released := m.labs[0].Capability > c
		if want := (n%3 == 0 && n != 9) || n == 8 || n == 9; released != want {
			t.Errorf("month %d: released %v", n, released)
		}
		c = m.labs[0].Capability
	}
}

// A lab ships another's published base at ln E_open − d_open, here 2 − .3 OOM, if that is more than
// its own run and its present model and, where it sells, worth more: θ̄c − φ_N ln C above both. Not
// its own base, not one that is not out, not without the option.
func TestAdoptionByHand(t *testing.T) {
	const base, size = 2.0, 1e26
	shipped := base - math.Log10(2)
	for _, c := range []struct {
		what          string
		own, present  float64
		ownC, presC   float64
		sells, adopts bool
		change        func(m *Model)
	}{
		{"better than both", 1, 1, 1e26, 1e26, true, true, nil},
		{"own run better", 1.75, 1, 1e26, 1e26, true, false, nil},
		{"own run just below, by capability alone", shipped - .001, 1, 1e25, 1e26, false, true, nil},
		{"own run just below and far cheaper", shipped - .001, 1, 1e25, 1e26, true, false, nil},
		{"own run equal", shipped, 1, 1e26, 1e26, false, false, nil},
		{"present model better", 1, 1.75, 1e26, 1e26, true, false, nil},
		{"present model just below and far cheaper", 1, shipped - .001, 1e26, 1e25, true, false, nil},
		{"present model just below, sells nothing", 1, shipped - .001, 1e26, 1e25, false, true, nil},
		// value of a present model .5 OOM below and 1/16 the size: −.85 + 1.386 more; at a quarter −.85 +
		// .693 less
		{"sixteenth of the size", 1, shipped - .5, 1e26, size / 16, true, false, nil},
		{"quarter of the size", 1, shipped - .5, 1e26, size / 4, true, true, nil},
		{"present model equal and far larger", 1, shipped, 1e26, 1e28, true, false, nil},
		{"own base", 1, 1, 1e26, 1e26, true, false, func(m *Model) { m.commons.models[0].Publisher = 0 }},
		{"out on this day", 1, 1, 1e26, 1e26, true, true, func(m *Model) { m.commons.models[0].Date = m.t }},
		{"out next month", 1, 1, 1e26, 1e26, true, false, func(m *Model) { m.commons.models[0].Date = m.t + m.dt }},
		{"adoption off", 1, 1, 1e26, 1e26, true, false, func(m *Model) { m.p.Training.Adoption = 0 }},
	} {
		cfg := testConfig(labs(2, 1e9)...)
		cfg.Labs[1].Sales = []Position{sold(0, 1)}
		if c.sells {
			cfg.Labs[0].Sales, cfg.Labs[1].Sales = []Position{sold(0, .5)}, []Position{sold(0, .5)}
		}
		m := started(t, cfg, 1)
		m.commons.models = []Publication{{m.t - 1, 1, base, math.Log(size), 0}, {m.t - 1, 1, 1.1, math.Log(1e24), 0}}
		if c.change != nil {
			c.change(m)
			m.commons.models = m.commons.models[:1]
		}
		m.labs[0].Capability, m.labs[0].ServingSize = c.present, c.presC
		m.settlePublished()
		got := m.adopt(0, candidate{c.own, math.Log(c.ownC), false})
		if got.adopted != c.adopts {
			t.Errorf("%s: adopts %v", c.what, got.adopted)
		}
		if got.adopted && (math.Abs(got.capability-shipped) > 1e-12 || got.size != math.Log(size)) {
			t.Errorf("%s: ships %+v", c.what, got)
		}
	}
}

// θ̄ is weighted by last step's spending in the segments that the lab is in, plain where nothing is
// spent yet.
func TestMeanTheta(t *testing.T) {
	cfg := testConfig(labs(2, 1e9)...)
	cfg.Segments = []SegmentSpec{testSegment("a", 1e9), testSegment("b", 3e9), testSegment("c", 5e9)}
	for k, theta := range []float64{1.5, 4.5, 9} {
		cfg.Segments[k].Theta = theta
		cfg.Labs[1].Sales = append(cfg.Labs[1].Sales, sold(k, []float64{.5, .5, 1}[k]))
	}
	cfg.Labs[0].Sales = []Position{sold(0, .5), sold(1, .5)}
	m := started(t, cfg, 1)
	theta, sells := m.meanTheta(0)
	near(t, "weighted", theta, (1.5+3*4.5)/4, 1e-12)
	m.segments[0].Spending, m.segments[1].Spending = 0, 0
	theta, _ = m.meanTheta(0)
	near(t, "plain", theta, 3, 1e-12)
	m.segments[0].offers[0], m.segments[1].offers[0] = false, false
	if _, still := m.meanTheta(0); !sells || still {
		t.Errorf("sells %v, then %v", sells, still)
	}
}

// Weights are out at release for open labs, after weights_delay for delayed ones, never for closed
// ones; a mandate for models at or above a capability in a region brings them out after its delay
// if that is sooner.
func TestPublicationDates(t *testing.T) {
	for _, c := range []struct {
		what       string
		openness   Openness
		mandate    *OpenMandate
		capability float64
		after      float64 // NaN: never
	}{
		{"open", Open, nil, 1, 0},
		{"delayed", Delayed, nil, 1, .5},
		{"closed", Closed, nil, 1, math.NaN()},
		{"closed, mandate", Closed, &OpenMandate{Capability: 1, Delay: .2}, 1, .2},
		{"closed, below the mandate", Closed, &OpenMandate{Capability: 1.01, Delay: .2}, 1, math.NaN()},
		{"closed, mandate elsewhere", Closed, &OpenMandate{Capability: 1, Delay: .2, Regions: []int{1}}, 1, math.NaN()},
		{"delayed, mandate sooner", Delayed, &OpenMandate{Capability: 1, Delay: .2, Regions: []int{0}}, 1, .2},
		{"delayed, mandate later", Delayed, &OpenMandate{Capability: 1, Delay: .7}, 1, .5},
		{"open, mandate later", Open, &OpenMandate{Capability: 1, Delay: .7}, 1, 0},
	} {
		cfg := testConfig(labs(1, 1e9)...)
		cfg.Labs[0].Openness = c.openness
		m := started(t, cfg, 1)
		if c.mandate != nil {
			m.policies = []policyState{{Policy: &Policy{Levers: []any{c.mandate}}, active: true}}
		}
		m.commons.models = nil
		m.labs[0].Capability, m.labs[0].ServingSize = c.capability, 1e25
		m.publish(0, 2025)
		if n := len(m.commons.models); (n == 0) != math.IsNaN(c.after) {
			t.Errorf("%s: %d publications", c.what, n)
		} else if n == 1 {
			p := m.commons.models[0]
			near(t, c.what, p.Date, 2025+c.after, 1e-12)
			near(t, c.what+", size", p.Size, math.Log(1e25), 1e-12)
			near(t, c.what+", capability", p.Capability, c.capability, 0)
		}
	}
}
