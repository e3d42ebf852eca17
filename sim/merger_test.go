package sim

import (
	"math"
	"testing"
)

// sold is a position at an observed share, its brand inverted from it.
func sold(segment int, share float64) Position {
	return Position{Segment: segment, Share: share, Target: math.NaN(), Brand: math.NaN()}
}

// pair is a target (0) that sells in two segments, a bidder (1) that sells in the first alone, a
// rival (2) in both, and hosts of an open lab's model (3). Nobody releases. The target's c, A and S
// lie above the bidder's by the given steps.
func pair(t *testing.T, dc, da, ds float64) *Model {
	t.Helper()
	cfg := still(testConfig(labs(4, 1e9)...))
	cfg.Segments = append(cfg.Segments, testSegment("second", 5e8))
	cfg.Segments[1].Sigma, cfg.Segments[1].Theta = 3, 4.5 // buys test-time compute
	cfg.Start = 2025
	for i := range cfg.Labs {
		cfg.Labs[i].Capability, cfg.Labs[i].ServingSize = 9, 1e25
	}
	cfg.Labs[0].Capability, cfg.Labs[0].ServingSize = 9+dc, 1e25*math.Pow(10, dc)
	cfg.Labs[0].Sales = []Position{sold(0, .2), sold(1, .3)}
	cfg.Labs[1].Sales = []Position{sold(0, .25)}
	cfg.Labs[2].Sales = []Position{sold(0, .35), sold(1, .4)}
	cfg.Labs[3].Openness = Open
	m := started(t, cfg, 1)
	m.labs[0].TrainingEfficiency += da
	m.labs[0].ServingEfficiency += ds
	advance(t, m, 1)
	return m
}

// A merger keeps the sum of target shares in each segment that the target sold in, whoever has the
// better technology: the joint brand is inverted at the better c, A and S. Then the sum of all
// shares is one at the former ln H, so that ln P_k and the others' shares stay. [1e-9]
func TestMergerAtUnequalTechnology(t *testing.T) {
	for _, c := range [][3]float64{{.4, .7, .9}, {-.4, -.7, -.9}, {.4, -.7, -.9}, {-.4, .7, .9}} {
		m := pair(t, c[0], c[1], c[2])
		a, b := m.labs[0], m.labs[1]
		var before [2][]float64
		for k := range before {
			before[k] = append([]float64{m.segments[k].LogPrice, m.segments[k].fringe}, m.segments[k].target...)
			if k == 0 && !(before[k][2] > 0 && before[k][3] > 0 && before[k][1] > 0) {
				t.Fatalf("targets %v", before[k])
			}
		}
		m.merge(0, 1)
		for k := range before {
			s, was := &m.segments[k], before[k]
			near(t, "joint target share", s.target[1], was[2]+was[3], 1e-9)
			near(t, "rival's target share", s.target[2], was[4], 1e-9)
			near(t, "hosts' target share", s.fringe, was[1], 1e-9)
			near(t, "ln P", s.LogPrice, was[0], 1e-9)
			if s.offers[0] || !s.offers[1] || s.target[0] != 0 {
				t.Error("the target still sells, or the bidder does not")
			}
		}
		l := &m.labs[1]
		near(t, "A", l.TrainingEfficiency, math.Max(a.TrainingEfficiency, b.TrainingEfficiency), 0)
		near(t, "S", l.ServingEfficiency, math.Max(a.ServingEfficiency, b.ServingEfficiency), 0)
		better := a
		if c[0] < 0 {
			better = b
		}
		near(t, "c", l.Capability, better.Capability, 0)
		near(t, "C", l.ServingSize, better.ServingSize, 0)
	}
}

// Where the target is only present, without a target share, its brand goes to a bidder that is not.
func TestMergerBringsBrandOfClosedSegment(t *testing.T) {
	m := pair(t, .1, .1, .1)
	m.segments[1].Open = false
	brand := m.segments[1].brand[0]
	m.merge(0, 1)
	near(t, "brand", m.segments[1].brand[1], brand, 0)
	m = pair(t, .1, .1, .1)
	m.segments[0].Open = false
	brand = m.segments[0].brand[1]
	m.merge(0, 1)
	near(t, "brand where both are present", m.segments[0].brand[1], brand, 0)
}

// Trying a merger leaves every lab, brand, offer, price, share and index as it was, and its gain is
// that of really merging.
func TestGainLeavesNoTrace(t *testing.T) {
	for j := range 4 {
		for i := range 4 {
			if i == j {
				continue
			}
			m, twin := pair(t, .3, .2, .4), pair(t, .3, .2, .4)
			before := twin.targetProfit(j)
			twin.merge(i, j)
			clean := pair(t, .3, .2, .4)
			gain := m.gainFrom(i, j)
			near(t, "gain", gain, twin.targetProfit(j)-before, 1e-9*1e9)
			for n := range m.labs {
				l, was := &m.labs[n], &clean.labs[n]
				if l.TrainingEfficiency != was.TrainingEfficiency || l.ServingEfficiency != was.ServingEfficiency ||
					l.Capability != was.Capability || l.ServingSize != was.ServingSize {
					t.Errorf("%d bought by %d: technology of %s moved", i, j, l.Spec.ID)
				}
			}
			for k := range m.segments {
				s, was := &m.segments[k], &clean.segments[k]
				near(t, "ln P", s.LogPrice, was.LogPrice, 1e-12)
				for n := range m.labs {
					if s.brand[n] != was.brand[n] || s.offers[n] != was.offers[n] || s.share[n] != was.share[n] ||
						s.sold[n] != was.sold[n] {
						t.Errorf("%d bought by %d: segment %d of lab %d moved", i, j, k, n)
					}
					near(t, "target share", s.target[n], was.target[n], 1e-12)
					near(t, "price", s.price[n], was.price[n], 1e-12*s.price[n])
				}
			}
		}
	}
}

// The buyer is the lab whose profit at target shares rises most by really merging, among those that
// may bid: commercial, with a model, with an R&D budget not below the target's, no screened border
// between. Each exclusion takes away the best of those left.
func TestBidderIsTheBestAllowed(t *testing.T) {
	build := func(change func(*Model)) *Model {
		cfg := still(testConfig(labs(6, 1e9)...))
		cfg.Regions = append(cfg.Regions, Region{ID: "screened", ScreensAcquisitions: true})
		for i := range cfg.Labs {
			cfg.Labs[i].Capability, cfg.Labs[i].ServingSize = 9, 1e25
			cfg.Labs[i].Sales = []Position{sold(0, []float64{.1, .12, .3, .18, .22, .08}[i])}
		}
		m := started(t, cfg, 1)
		advance(t, m, 1)
		change(m)
		return m
	}
	exclude := []func(*Model, int){
		func(m *Model, j int) { m.labs[j].Spec.Commercial = false },
		func(m *Model, j int) { m.labs[j].RdBudget = 1e9 * (1 - 1e-9) },
		func(m *Model, j int) { m.labs[j].Spec.Region = 1 },
		func(m *Model, j int) { m.labs[j].Capability = math.Inf(-1) },
	}
	var out []int
	excluded := func(m *Model) {
		for n, j := range out {
			exclude[n](m, j)
		}
	}
	for range len(exclude) + 1 {
		best, most := -1, 0.0
		for j := 1; j < 6; j++ {
			m := build(excluded)
			before := m.targetProfit(j)
			m.merge(0, j)
			rise := m.targetProfit(j) - before
			barred := false
			for _, o := range out {
				barred = barred || o == j
			}
			if !barred && (best < 0 || rise > most) {
				best, most = j, rise
			}
		}
		m := build(excluded)
		m.listBidders()
		m.offerForSale(0)
		e := m.Events()[len(m.Events())-1]
		if want := "bought by " + m.LabID(best); e.Kind != "acquisition" || e.Detail != want {
			t.Errorf("without %v: %s, %s; want %s", out, e.Kind, e.Detail, want)
		}
		out = append(out, best)
	}
}

// Equal gains go to the first id, wherever the lab stands in the roster.
func TestTiedBidsGoByID(t *testing.T) {
	for _, order := range [][]int{{0, 1, 2}, {2, 1, 0}} {
		var roster []LabSpec
		for _, n := range order {
			roster = append(roster, labs(3, 1e9)[n])
		}
		cfg := sells(still(testConfig(roster...)), 1)
		m := started(t, cfg, 1)
		advance(t, m, 1)
		m.listBidders()
		m.offerForSale(1) // lab_1 both times
		if e := m.Events()[len(m.Events())-1]; e.Subject != "lab_1" || e.Detail != "bought by lab_0" {
			t.Errorf("%v: %s is %s", order, e.Subject, e.Detail)
		}
	}
}

// An acquisition adds an owner's research stock to an owner's and sends it to outside owners where
// the buyer rents; what a renter rents never adds; granted chips always go to outside owners. All
// owned compute together stays.
func TestAcquiredCompute(t *testing.T) {
	for _, c := range []struct{ seller, buyer, adds, outside float64 }{ // 1: owns
		{1, 1, 1, 0}, {1, 0, 0, 1}, {0, 1, 0, 0}, {0, 0, 0, 0},
	} {
		cfg := sells(still(testConfig(labs(3, 1e9)...)), 1)
		cfg.Labs[0].Renter, cfg.Labs[1].Renter = c.seller == 0, c.buyer == 0
		cfg.Policies = []Policy{{ID: "chips", From: 2024, Until: math.Inf(1), Levers: []any{&Grant{Amount: 600,
			InCompute: true}}}}
		m := started(t, cfg, 1)
		advance(t, m, 6)
		a, b := m.labs[0], m.labs[1]
		if !(a.GrantedCompute > 0) {
			t.Fatal("nothing is granted")
		}
		outside, total := m.commons.OutsideStock, metric(t, m, "compute_stock")
		stock := a.ComputeResearch - a.GrantedCompute
		m.acquire(0, 1)
		m.observeAt(m.step)
		agrees(t, "buyer's compute", m.labs[1].Compute, b.Compute+c.adds*stock)
		agrees(t, "outside owners", m.commons.OutsideStock, outside+c.outside*stock+a.GrantedCompute)
		agrees(t, "all compute", metric(t, m, "compute_stock"), total)
		if m.labs[0].Active || m.labs[0].Compute != 0 {
			t.Error("the acquired lab goes on")
		}
	}
}

// Sales of the step move with the lab: shares and sales add, sales and the hosts' part are all
// spending, the HHI rises by 2·s_i·s_j·10⁴, and the Lerner index is Σ sold/Y·(1−1/markup(s*/s_L))
// with the hosts' margin m_f/(1+m_f).
func TestSalesOfAcquiredLabMove(t *testing.T) {
	m := pair(t, .3, .2, .4)
	var shares [2][4]float64
	want := metric(t, m, "hhi_sales") + 2e4*m.labs[0].SalesShare*m.labs[1].SalesShare
	for k := range shares {
		copy(shares[k][:], m.segments[k].share)
	}
	revenue := m.labs[0].Revenue + m.labs[1].Revenue
	profit := m.labs[0].GrossProfit + m.labs[1].GrossProfit
	serving, compute := m.labs[0].ServingCost+m.labs[1].ServingCost, m.labs[0].ServingCompute+m.labs[1].ServingCompute
	m.labs[0].Carry, m.labs[1].Carry = 3e6, 4e6
	m.acquire(0, 1)
	m.observeAt(m.step)
	agrees(t, "HHI", metric(t, m, "hhi_sales"), want)
	agrees(t, "revenue", m.labs[1].Revenue, revenue)
	agrees(t, "gross profit", m.labs[1].GrossProfit, profit)
	agrees(t, "serving cost", m.labs[1].ServingCost, serving)
	agrees(t, "serving compute", metric(t, m, "serving_compute"), compute+m.labs[2].ServingCompute)
	agrees(t, "carry", m.labs[1].Carry, 7e6)
	near(t, "carry of the acquired", m.labs[0].Carry, 0, 0)
	lerner, spending := 0.0, 0.0
	for k := range shares {
		s := &m.segments[k]
		near(t, "share", s.share[1], shares[k][0]+shares[k][1], 1e-12)
		near(t, "share of the acquired", s.share[0], 0, 0)
		all := s.HostedOpenShare * s.Spending
		lerner += all * .1 / 1.1
		for i, v := range s.sold {
			all += v
			lerner += v * (1 - 1/s.solver.markup(s.target[i]/(1-s.fringe)))
		}
		agrees(t, "sales and hosts", all, s.Spending)
		spending += s.Spending
	}
	agrees(t, "Lerner", metric(t, m, "lerner"), lerner/spending)
}

// Nobody bids where all others are barred, have no model or would gain nothing: the lab closes, and
// nothing was blocked.
func TestSaleWithoutBidder(t *testing.T) {
	for _, bar := range []func(*Model, int){
		func(m *Model, j int) { m.labs[j].Spec.Commercial = false },
		func(m *Model, j int) { m.labs[j].Capability = math.Inf(-1) },
		func(m *Model, j int) { m.labs[j].Active = false },
		func(m *Model, _ int) { m.segments[0].Open, m.segments[1].Open = false, false }, // no market, no gain
	} {
		m := pair(t, .1, .1, .1)
		for j := 1; j < 4; j++ {
			bar(m, j)
		}
		events := len(m.Events())
		m.listBidders()
		m.offerForSale(0)
		if e := m.Events()[events:]; len(e) != 1 || e[0].Kind != "exit" || e[0].Subject != "lab_0" {
			t.Errorf("events %v", e)
		}
	}
}

// The buyer's better technology is on record from the end of the step, for public knowledge to lag
// behind, and so is its twin's where know-how is withheld.
func TestKnowledgeOfABuyer(t *testing.T) {
	cfg := sells(still(testConfig(labs(2, 1e9)...)), 1)
	cfg.Shocks = []Shock{{Date: 2030, Lab: 0, Training: 5, Serving: 5, Withhold: true, BudgetBelow: 1e12}}
	m := started(t, cfg, 1)
	advance(t, m, 1)
	m.labs[0].TrainingEfficiency, m.labs[0].ServingEfficiency, m.labs[0].twin = 2, 1, lagged{.5, .7}
	m.labs[1].TrainingEfficiency, m.labs[1].ServingEfficiency, m.labs[1].twin = 1, 3, lagged{.6, .1}
	m.acquire(0, 1)
	if got := *m.past.at(1, 2); got != (lagged{2, 3}) {
		t.Errorf("on record %v", got)
	}
	if got := *m.twinPast.at(1, 2); got != (lagged{.6, .7}) {
		t.Errorf("the twin's %v", got)
	}
}
