package sim

import (
	"math"
	"testing"
)

// reasoning is a case of one segment at θ = 4.5 whose labs keep their models and serve at constant
// cost, so that the technique is all that changes; buyers choose afresh at once and spending has no
// ceiling.
func reasoning(roster ...LabSpec) *Config {
	cfg := still(testConfig(roster...))
	p := &cfg.Parameters
	p.Research.Lambda, p.Research.ClosedLag, p.Research.OpenLag, p.Chips.DemandResponse = 0, 1, .33, 0
	s := &cfg.Segments[0]
	s.Theta, s.Switching = 4.5, 1e9
	for i := range cfg.Labs {
		cfg.Labs[i].Capability, cfg.Labs[i].ServingSize = 9, 1e25
	}
	return cfg
}

// gamma is Γ = (θτ−ln 10)²/(2θτ2) at θ = 4.5, τ = 1, τ2 = .4: θ(τl* − τ2·l*²/2) − l*·ln 10 at l* =
// (τ − ln10/θ)/τ2.
func gamma() float64 { return (4.5 - math.Ln10) * (4.5 - math.Ln10) / (2 * 4.5 * .4) }

// Result 21. All master the technique at T after the start. From then on every seller's ln p̃ is
// lower by Γ with it than with the lever, so that shares are equal, an open lab's hosts among them,
// and the index moves by Γ: without it ln Y and ln V are higher by (1−η)Γ, answers, at prices
// without the factor 10^{l*}, by (1−η)Γ + l*·ln 10, and tokens by (1−η)Γ. Γ = 1.3412867426. [1e-12]
func TestTechniqueForAll(t *testing.T) {
	near(t, "Γ", gamma(), 1.3412867426, 5e-11)
	for _, eta := range []float64{.8, 1.2} {
		build := func(withheld bool) *Model {
			cfg := reasoning(labs(3, 1e9)...)
			cfg.Segments[0].Eta = eta
			cfg.Labs[0].Openness = Open
			cfg.Labs[1].Sales, cfg.Labs[2].Sales = []Position{sold(0, .5)}, []Position{sold(0, .2)}
			for i := range cfg.Labs {
				cfg.Labs[i].TestTimeFrom = 2025
			}
			if withheld {
				cfg.Policies = []Policy{{ID: "none", From: 2024, Until: math.Inf(1),
					Levers: []any{&TechniqueWithheld{Withheld: true}}}}
			}
			return started(t, cfg, 1)
		}
		with, without := build(false), build(true)
		length := (1 - math.Ln10/4.5) / .4
		for !with.Done() {
			advance(t, with, 1)
			advance(t, without, 1)
			move, shift := (1-eta)*gamma(), length*math.Ln10
			if with.Time() < 2025+1e-9 { // T ≥ t_n+dt
				move, shift = 0, 0
			}
			a, b := &with.segments[0], &without.segments[0]
			for i := range a.share {
				near(t, "share", b.share[i], a.share[i], 1e-12)
			}
			near(t, "hosts", b.HostedOpenShare, a.HostedOpenShare, 1e-12)
			near(t, "ln Y", math.Log(b.Spending/a.Spending), move, 1e-12)
			near(t, "ln V", math.Log(without.servingSpend/with.servingSpend), move, 1e-12)
			near(t, "answers", math.Log(metric(t, without, "answers")/metric(t, with, "answers")), move+shift, 1e-12)
			near(t, "tokens", math.Log(metric(t, without, "tokens")/metric(t, with, "tokens")), move, 1e-12)
			near(t, "l", a.TestTime, shift/math.Ln10, 1e-12)
		}
	}
}

// Result 22. Two labs alike, one of which masters the technique, no hosts: ln(s*_1/s*_2) = (σ−1)(Γ
// − ln(μ_1/μ_2)). [1e-12]
func TestTechniqueOfOne(t *testing.T) {
	cfg := sells(reasoning(labs(2, 1e9)...), 1)
	cfg.Labs[0].TestTimeFrom = 2024.3
	m := started(t, cfg, 1)
	advance(t, m, 6)
	s := m.Segment(0)
	markups := math.Log(s.price[0] / s.cost[0] / (s.price[1] / s.cost[1]))
	near(t, "ln s_1/s_2", math.Log(s.target[0]/s.target[1]), 1.3*(gamma()-markups), 1e-12)
	near(t, "l of the one", s.length[0], (1-math.Ln10/4.5)/.4, 1e-12)
	near(t, "l of the other", s.length[1], 0, 0)
}

// Result 23. A closed lab masters it on 2024-09-12 with L_d = 1, an open one finds it by an event
// of 2025-01-20 with L_o = .33: T_pub is 2025-01-20 + .33 = 2025.381; where the event keeps it
// secret for a year 2024-09-12 + 1 = 2025.697, as without the open lab; where nobody masters it
// never. Dates count twelfths: 2024-09-12 is 2024 + 8/12 + 11/(30·12), 2025-01-20 is 2025 +
// 19/(31·12). [exact]
func TestTechniqueBecomesPublic(t *testing.T) {
	first, second := 2024+8./12+11./360, 2025+19./372
	for _, c := range []struct {
		what             string
		roster           float64
		event, published bool
		want             float64
	}{
		{"open lab publishes", first, true, true, second + .33},
		{"open lab keeps it secret", first, true, false, first + 1},
		{"no open lab", first, false, false, first + 1},
		{"nobody", math.NaN(), false, false, math.Inf(1)},
		{"open lab alone, secret for a year", math.NaN(), true, false, second + 1 + .33},
	} {
		cfg := sells(reasoning(labs(2, 1e9)...), 1)
		cfg.Start, cfg.Steps = 2025, 36
		cfg.Labs[0].TestTimeFrom, cfg.Labs[1].Openness = c.roster, Open
		cfg.Labs[0].Sales, cfg.Labs[1].Sales = []Position{sold(0, .7)}, []Position{sold(0, .1)}
		if c.event {
			cfg.Shocks = []Shock{{Date: second, Lab: 1, Technique: true, Publish: c.published}}
		}
		m := started(t, cfg, 1)
		for !m.Done() {
			public := c.want <= m.t+1e-9
			now := m.t
			advance(t, m, 1)
			s := m.Segment(0)
			if offers := s.length[0] > 0; offers != (public || c.roster < now+1./12) {
				t.Fatalf("%s: the first lab offers it at %.3f: %v", c.what, now, offers)
			}
			if offers := s.length[1] > 0; offers != (public || c.event && second < now+1./12-1e-9) {
				t.Fatalf("%s: the open lab offers it at %.3f: %v", c.what, now, offers)
			}
			weights := second
			if !c.published {
				weights++
			}
			if hosts := s.hostLength > 0; hosts != (public || c.event && weights < now+1./12-1e-9) {
				t.Fatalf("%s: hosts offer it at %.3f: %v", c.what, now, hosts)
			}
		}
		near(t, c.what, math.Min(m.commons.TestTimePublic, 9999), math.Min(c.want, 9999), 1e-9)
	}
}

// Result 24. Where θτ ≤ ln 10 nobody offers it, to the bit; and to the bit a case that neither
// masters nor withholds it is one in which the lever is in force.
func TestTechniqueWithoutEffect(t *testing.T) {
	low := func(from float64) *Config {
		cfg := richConfig()
		for k := range cfg.Segments {
			cfg.Segments[k].Theta = math.Ln10
		}
		cfg.Labs[2].TestTimeFrom = from
		return cfg
	}
	sameRun(t, "θτ = ln 10", low(2024.5), low(math.NaN()))
	absent := func(withheld bool) *Config {
		cfg := richConfig()
		cfg.Labs[2].TestTimeFrom = math.NaN()
		if withheld {
			cfg.Policies = append(cfg.Policies, Policy{ID: "none", From: 2024, Until: math.Inf(1),
				Levers: []any{&TechniqueWithheld{Withheld: true}}})
		}
		return cfg
	}
	sameRun(t, "nobody masters it", absent(false), absent(true))
}

// Parts of a shock: an efficiency of 4 moves A by ln 4 and S by ζ·ln 4, here ζ = .5; training and
// serving move one each; each part is published or kept by its own word before the shock's. A
// technique alone forces no release and moves no investor, who read the largest multiplier of an
// event once.
func TestPartsOfAShock(t *testing.T) {
	build := func(shocks ...Shock) *Model {
		cfg := researchOnly(testConfig(testLab("finder", 1e9), testLab("other", 1e9)))
		cfg.Parameters.Research.ServingShare, cfg.Parameters.Research.Gamma = .5, math.SmallestNonzeroFloat64
		cfg.Labs[0].Openness = Open
		cfg.Shocks = shocks
		return started(t, cfg, 1)
	}
	ln4 := math.Log(4)
	chips := build().p.Chips
	belief := chips.ShockReach * (chips.InvestorElasticity - 1)
	for _, c := range []struct {
		what             string
		shock            Shock
		a, s, pubA, pubS float64 // own, and public after L_o
		multiplier       float64
	}{
		{"efficiency, published", Shock{Efficiency: 4, Publish: true}, ln4, ln4 / 2, ln4, ln4 / 2, 4},
		{"efficiency, closed", Shock{Efficiency: 4}, ln4, ln4 / 2, 0, 0, 4},
		{"training alone", Shock{Training: 4, Publish: true}, ln4, 0, ln4, 0, 4},
		{"serving alone", Shock{Serving: 4, Publish: true}, 0, ln4, 0, ln4, 4},
		{"serving kept", Shock{Training: 2, Serving: 4, Publish: true, Parts: PartDisclosures{Serving: StaysClosed}},
			ln4 / 2, ln4, ln4 / 2, 0, 4},
		{"training kept", Shock{Training: 2, Serving: 4, Parts: PartDisclosures{Serving: IsPublished}}, ln4 / 2, ln4, 0,
			ln4, 4},
		{"efficiency kept, technique published", Shock{Efficiency: 4, Technique: true, Publish: true,
			Parts: PartDisclosures{Efficiency: StaysClosed}}, ln4, ln4 / 2, 0, 0, 4},
		{"technique alone", Shock{Technique: true, Publish: true, Release: true}, 0, 0, 0, 0, 1},
	} {
		c.shock.Date, c.shock.Event = 2024, 1
		m := build(c.shock)
		m.policy()
		near(t, c.what+": A", m.labs[0].TrainingEfficiency, c.a, 1e-12)
		near(t, c.what+": S", m.labs[0].ServingEfficiency, c.s, 1e-12)
		near(t, c.what+": belief", m.supplier.Belief, belief*math.Log(c.multiplier), 1e-12)
		if c.shock.Release && m.labs[0].forced {
			t.Errorf("%s forces a release", c.what)
		}
		m = build(c.shock)
		advance(t, m, 6) // to July: L_o is over and a year of secrecy not
		near(t, c.what+": A_pub", m.commons.Knowledge, c.pubA, 1e-9)
		near(t, c.what+": S_pub", m.commons.ServingKnowledge, c.pubS, 1e-9)
	}
	m := build(Shock{Date: 2024, Lab: -1, Efficiency: 4, Event: 1}, Shock{Date: 2024, Lab: 0, Training: 2, Event: 1})
	m.policy()
	near(t, "belief of an event that strikes twice", m.supplier.Belief, belief*ln4, 1e-12)
}

// A closed lab that discloses the technique counts as open; labs kept out of a withheld technique
// get it when others make it public; a buyer takes the earlier date of both; weights of a lab that
// publishes late carry it late.
func TestTechniqueElsewhere(t *testing.T) {
	cfg := sells(reasoning(labs(3, 1e9)...), 1)
	cfg.Labs[1].TestTimeFrom = 2025.5
	cfg.Shocks = []Shock{{Date: 2024.2, Lab: 0, Technique: true, Publish: true}}
	m := started(t, cfg, 1)
	advance(t, m, 6)
	near(t, "disclosed by a closed lab", m.commons.TestTimePublic, 2024.53, 1e-9)
	if m.labs[0].TestTimeFrom != 2024.2 || m.labs[1].TestTimeFrom != 2025.5 || !math.IsInf(m.labs[2].TestTimeFrom, 1) {
		t.Errorf("T: %g, %g, %g", m.labs[0].TestTimeFrom, m.labs[1].TestTimeFrom, m.labs[2].TestTimeFrom)
	}
	m.merge(1, 2)
	near(t, "T of the buyer", m.labs[2].TestTimeFrom, 2025.5, 0)

	cfg = sells(reasoning(labs(3, 1e9)...), 1)
	cfg.Labs[2].Budget = flat(1e10)
	cfg.Labs[1].TestTimeFrom = 2026
	cfg.Shocks = []Shock{{Date: 2024.2, Lab: 0, Technique: true, Publish: true, Withhold: true, BudgetBelow: 5e9}}
	m = started(t, cfg, 1)
	advance(t, m, 12)
	if s := m.Segment(0); s.length[0] == 0 || s.length[1] == 0 || s.length[2] != 0 {
		t.Errorf("withheld from the large: %v", s.length)
	}
	advance(t, m, 25) // beyond 2026 + L_d
	if s := m.Segment(0); s.length[2] == 0 {
		t.Error("what another lab makes public is kept from the large lab")
	}

	cfg = reasoning(labs(2, 1e9)...)
	cfg.Labs[0].Sales = []Position{sold(0, .6)}
	cfg.Labs[1].Openness, cfg.Labs[1].TestTimeFrom = Delayed, 2024.2
	cfg.Parameters.Research.ClosedLag = 9
	m = started(t, cfg, 1)
	advance(t, m, 8)
	near(t, "late weights before", m.Segment(0).hostLength, 0, 0)
	advance(t, m, 1)
	near(t, "late weights", m.Segment(0).hostLength, (1-math.Ln10/4.5)/.4, 1e-12)
}

// Of a technique that an event gives without publishing it an open lab tells after the open lag;
// one that opens its weights late keeps know-how as long as a closed one.
func TestWhoTellsOfATechnique(t *testing.T) {
	for openness, open := range map[Openness]bool{Open: true, Delayed: false, Closed: false} {
		cfg := testConfig(testLab("a", 1e9), testLab("b", 5e8))
		cfg.Labs[0].Openness = openness
		m := started(t, cfg, 1)
		if by := m.masteryBy(0, &Shock{Lab: 0}); by.open != open {
			t.Errorf("openness %v: the technique is told as if open %v", openness, by.open)
		}
		if by := m.masteryBy(0, &Shock{Lab: 0, Publish: true}); !by.open {
			t.Errorf("openness %v: a published technique is kept", openness)
		}
	}
}
