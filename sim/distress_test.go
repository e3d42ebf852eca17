package sim

import "testing"

// Distress is a share below s_min (.01) in every segment of the lab's and capability more than
// g_max (.3) behind the frontier, of commercial labs alone.
func TestDistress(t *testing.T) {
	cfg := sells(still(testConfig(labs(2, 1e9)...)), 1)
	cfg.Segments = append(cfg.Segments, testSegment("second", 5e8))
	cfg.Labs[0].Sales = []Position{sold(0, .5), sold(1, .5)}
	cfg.Labs[1].Sales = []Position{sold(0, .5), sold(1, .5)}
	for _, c := range []struct {
		what                 string
		first, second, gap   float64
		commercial, in1, in2 bool
		open2                bool
		want                 bool
	}{
		{"both shares below, far behind", .009, .009, .31, true, true, true, true, true},
		{"first share above", .011, .009, .31, true, true, true, true, false},
		{"second share above", .009, .011, .31, true, true, true, true, false},
		{"share at the bound", .01, .009, .31, true, true, true, true, false},
		{"close to the frontier", .009, .009, .29, true, true, true, true, false},
		{"not commercial", .009, .009, .31, false, true, true, true, false},
		{"no segments", 0, 0, .31, true, false, false, true, false},
		{"one segment only, below", .009, 0, .31, true, true, false, true, true},
		{"one segment only, above", 0, .02, .31, true, false, true, true, false},
		{"a large share where nothing trades", .009, .5, .31, true, true, true, false, true},
	} {
		m := started(t, cfg, 1)
		const frontier = 2.0
		l := &m.labs[0]
		l.Capability, l.Spec.Commercial = frontier-c.gap, c.commercial
		m.segments[0].share[0], m.segments[1].share[0] = c.first, c.second
		m.segments[0].offers[0], m.segments[1].offers[0] = c.in1, c.in2
		m.segments[1].Open = c.open2
		if got := m.inDistress(0, frontier); got != c.want {
			t.Errorf("%s: in distress %v", c.what, got)
		}
	}
}

// The time in distress counts the steps in it without a break, from zero again after one, and only
// after patience has a lab any hazard: in distress for 11 of 12 months, out for one, in again, it
// lives through 11 further months and closes, or is sold, in the twelfth.
func TestPatience(t *testing.T) {
	for _, hazard := range []string{"exit", "acquisition"} {
		cfg := sells(still(testConfig(labs(2, 1e9)...)), 1)
		cfg.Stochastic = true
		cfg.Parameters.Industry.EntryRate = 0
		cfg.Parameters.Industry.Patience = 1
		m := started(t, cfg, 1)
		m.p.Industry.ExitHazard, m.p.Industry.AcquisitionHazard = 0, 0
		if hazard == "exit" {
			m.p.Industry.ExitHazard = 1e4
		} else {
			m.p.Industry.AcquisitionHazard = 1e4
		}
		step := func(in bool) {
			m.segments[0].share[0], m.labs[0].Capability, m.labs[1].Capability = .5, 1, 1
			if in {
				m.segments[0].share[0], m.labs[0].Capability = .001, .5
			}
			m.industry()
			m.step++
			m.t = m.dateOf(m.step)
		}
		for round := range 2 {
			for n := range 11 {
				step(true)
				near(t, "time in distress", m.labs[0].Distress, float64(n+1)/12, 1e-12)
				if !m.labs[0].Active {
					t.Fatalf("%s in round %d after %d months", hazard, round, n+1)
				}
			}
			if round == 0 {
				step(false)
				near(t, "time in distress after a break", m.labs[0].Distress, 0, 0)
			}
		}
		step(true)
		if e := m.Events(); m.labs[0].Active || len(e) == 0 || e[len(e)-1].Kind != hazard {
			t.Errorf("after a year in distress no %s", hazard)
		}
	}
}

// The frontier of distress is that of labs at work: one that has left does not hold the others in
// distress.
func TestFrontierOfDistress(t *testing.T) {
	cfg := sells(still(testConfig(labs(2, 1e9)...)), 1)
	cfg.Stochastic = true
	m := started(t, cfg, 1)
	m.p.Industry.LeastShare, m.p.Industry.EntryRate = 1, 0
	m.labs[1].Capability, m.labs[1].Active = 9, false
	m.industry()
	near(t, "time in distress", m.labs[0].Distress, 0, 0)
	m.labs[1].Active = true
	m.industry()
	near(t, "time in distress behind a lab at work", m.labs[0].Distress, m.dt, 0)
}
