package sim

import (
	"math"
	"testing"
)

// priced is a case in two regions, the second with half the compute per dollar, each with a
// segment; a closed lab in each, the first with own silicon, and an open lab. Chips cost 50,000,
// list 30,000 and 40,000 at the start. All master
// test-time reasoning from a date on.
func priced(t *testing.T, theta, from float64) *Model {
	t.Helper()
	cfg := still(testConfig(labs(3, 1e9)...))
	cfg.Start = 2025
	for i := range cfg.Labs {
		cfg.Labs[i].TestTimeFrom = from
	}
	cfg.Regions = append(cfg.Regions, Region{ID: "china", RelativePricePerformance: flat(.5)})
	cfg.Segments = append(cfg.Segments, testSegment("china", 5e8))
	cfg.Segments[1].Region = 1
	for k := range cfg.Segments {
		cfg.Segments[k].Theta = theta
	}
	for i := range cfg.Labs {
		l := &cfg.Labs[i]
		l.Efficiency = []float64{.9, .2, .5}[i]
		l.Capability, l.ServingSize = []float64{1.5, 1.2, 1}[i], []float64{8.4e25, 2.1e25, 1.89e26}[i]
		if i < 2 {
			l.Sales = []Position{sold(0, .3), sold(1, .4)}
		}
	}
	cfg.Labs[0].OwnSilicon, cfg.Labs[0].OwnSiliconCost = .4, .65
	cfg.Labs[1].Region = 1
	cfg.Labs[2].Openness = Open
	cfg.Parameters.Research.ServingShare = .8
	m := started(t, cfg, 1)
	m.supplier.Price, m.supplier.ListPrice = 5e4, 3e4
	return m
}

// mc = mc_0·(C/E_ref)^½·e^{−(S−S_0)}·(P_i/P_0)·10^{l*}, S_0 = ζ·A_ref. The first lab's C is 4
// E_ref, S = S_0 and P_i = .6·50,000 + .4·.65·30,000 = 37,800; the second's C is E_ref, S − S_0 =
// .8·(.2−.9) and P_i = 50,000/.5.
//
// l* = (1 − ln10/θ)/.4, 1.2208 at θ = 4.5, adds l* − .2l*² to capability; at θ = 1.7 and for
// whoever does not command the technique it is 0; at θ = 40 it is at its span of 2.
func TestServingCostByHand(t *testing.T) {
	inner := (1 - math.Ln10/4.5) / .4
	for _, c := range []struct{ theta, from, length float64 }{{4.5, 2024.7, inner}, {4.5, 2025.1, 0}, {1.7, 2024.7, 0},
		{40, 2024.7, 2}} {
		m := priced(t, c.theta, c.from)
		length, gain := m.testTime(c.theta)
		if c.from > 2025 {
			length, gain = 0, 0
		}
		near(t, "l*", length, c.length, 1e-12)
		near(t, "gain", gain, c.length-.2*c.length*c.length, 1e-12)
		for k := range m.segments {
			if err := m.clear(k, m.t); err != nil {
				t.Fatal(err)
			}
			s := &m.segments[k]
			tokens := math.Pow(10, c.length)
			agrees(t, "mc with own silicon", s.cost[0], 2*2*37800./40000*tokens)
			agrees(t, "mc in the second region", s.cost[1], 2*math.Exp(.8*.7)*100000/40000*tokens)
			near(t, "l of the lab's offer", s.length[1], c.length, 1e-12)
			// ln p̃ net of the markup: ln mc − θ·(c + gain) − brand
			near(t, "ln cost net of quality", s.solver.logCost[1], math.Log(s.cost[1])-c.theta*(1.2+gain)-s.brand[1], 1e-9)
			// price and share: p = mc·ε/(ε−1), s* = s_L·(p̃/P_L)^{1−σ}, P_L = P·s_L^{1/(1−σ_h)}
			labs := 1 - s.fringe
			r := s.target[1] / labs
			eps := math.Max(1.6, s.Spec.Sigma*(1-r)+(1.3*(1-labs)+s.Spec.Eta*labs)*r)
			agrees(t, "price", s.price[1], s.cost[1]*eps/(eps-1))
			quality := c.theta*(1.2+gain) + s.brand[1]
			agrees(t, "target share", s.target[1],
				labs*math.Exp((1-s.Spec.Sigma)*(math.Log(s.price[1])-quality-s.LogPrice-math.Log(labs)/(1-1.3))))
		}
	}
}

// The hosts' price is mc·(1+m_f) of the published model with the lowest quality-adjusted price, in
// chips of the segment's region, at the better of S_pub and the publisher's S at publication. Own
// silicon is not theirs.
func TestHostsPriceByHand(t *testing.T) {
	m := priced(t, 4.5, 2024.7)
	length, gain := m.testTime(4.5)
	m.commons.ServingKnowledge = m.scale.servingA - .3
	now := m.t
	hand := func(p Publication, d, s float64) float64 {
		mc := 2 * math.Sqrt(math.Exp(p.Size)/2.1e25) * math.Exp(-(s - m.scale.servingA)) * 5e4 / d / 4e4 * math.Pow(10,
			length)
		return math.Log(mc*1.1) - 4.5*(p.Capability+gain) + 1.4
	}
	price := func(k int) float64 { return m.hostedOffer(&m.segments[k], now) }
	small := Publication{now - 1, 2, 1, math.Log(4.2e25), m.scale.servingA - 1}
	for k, d := range []float64{1, .5} {
		m.commons.models = []Publication{small}
		near(t, "at public knowledge", price(k), hand(small, d, m.scale.servingA-.3), 1e-9)
		fast := small
		fast.Serving = m.scale.servingA - .1
		m.commons.models = []Publication{fast}
		near(t, "at the publisher's", price(k), hand(fast, d, m.scale.servingA-.1), 1e-9)
		// 4 times the size costs ln 2 more and .1 OOM brings .45 nats: the small one is cheaper for its
		// quality; at .2 OOM the large one
		large := Publication{now - 1, 2, 1.1, math.Log(16.8e25), m.scale.servingA - .1}
		m.commons.models = []Publication{large, fast}
		near(t, "the small model", price(k), hand(fast, d, m.scale.servingA-.1), 1e-9)
		large.Capability = 1.2
		m.commons.models = []Publication{fast, large}
		near(t, "the large model", price(k), hand(large, d, m.scale.servingA-.1), 1e-9)
		large.Date = now + m.dt // not yet public in the step around now
		m.commons.models = []Publication{fast, large}
		near(t, "before its weights are out", price(k), hand(fast, d, m.scale.servingA-.1), 1e-9)
	}
	m.commons.models = nil
	if !math.IsInf(price(0), 1) {
		t.Error("hosts sell what nobody published")
	}
}

// Weights bring hosts the publisher's S on the day that they are out, at a delayed lab half a year
// after release, and not what it has later; what is left out while it is secret is the jump of a
// closed shock, here e^{ln 3}, at the lab of the shock alone.
func TestServingEfficiencyOfWeights(t *testing.T) {
	for _, secrecy := range []float64{0, 20} {
		cfg := frontierOnly(testConfig(labs(2, 1e9)...))
		cfg.Labs[0].Openness, cfg.Labs[1].Openness = Delayed, Open
		cfg.Labs[0].Secrecy, cfg.Labs[1].Secrecy = secrecy, secrecy
		cfg.Parameters.Research.Gamma, cfg.Parameters.Research.Lambda, cfg.Parameters.Research.ServingShare = math.Log(3),
			.7, 1
		cfg.Shocks = []Shock{{Date: 2024.9, Lab: 0, Training: 1, Serving: 3}, {Date: 2024.9, Lab: 1, Training: 1, Serving: 3}}
		cfg.Steps = 48
		m := started(t, cfg, 1)
		var known [2][49]float64 // S by lab and step
		for n := range 49 {
			for i := range known {
				known[i][n] = m.labs[i].ServingEfficiency
			}
			if n < 48 {
				advance(t, m, 1)
			}
		}
		delayed, open := 0, 0
		for _, p := range m.commons.models {
			if p.Date <= 2025 || p.Date > m.t-.1 {
				continue
			}
			n := int(math.Round((p.Date - 2024) * 12))
			want := known[p.Publisher][n]
			if secrecy > 0 {
				want -= math.Log(3)
			}
			near(t, m.LabID(p.Publisher)+": S with the weights", p.Serving, want, 1e-9)
			if p.Publisher == 0 {
				if atRelease := known[0][n-6]; !(known[0][n] > atRelease+.1) {
					t.Error("S does not move between release and publication, so that this test cannot fail")
				}
				delayed++
			} else {
				open++
			}
		}
		if delayed < 3 || open < 3 {
			t.Errorf("%d and %d publications", delayed, open)
		}
	}
}
