package sim

import (
	"math"
	"testing"
)

// state is a market set by hand in the second year of its run: four labs and hosts in two segments.
//
//	                    a      b     c     d
//	R&D budget ($B)     9      2     .5    .05
//	capability          2.0    1.7   1.6   .9     c ships an open base
//	sales in 1 ($B)     .4     .2    0     .1     hosts .3
//	sales in 2 ($B)     1.2    0     .6    0      hosts .2
//	price/cost in 1     2      1.6   –     1.25
//	price/cost in 2     2.5    –     1.2   –
func state(t *testing.T) *Model {
	t.Helper()
	l := labs(4, 1e9)
	for i := range l {
		l[i].ID = []string{"a", "b", "c", "d"}[i]
		l[i].Capability, l[i].ServingSize = []float64{2, 1.7, 1.6, .9}[i], 2.1e25
	}
	cfg := still(testConfig(l...))
	cfg.Segments = append(cfg.Segments, testSegment("second", 2e9))
	cfg.Ownership = []Holding{{Holder: 0, Of: 1, Share: .3}, {Holder: 1, Of: 2, Share: .2}}
	for i := range cfg.Labs {
		cfg.Labs[i].Sales = []Position{sold(0, .25), sold(1, .25)}
	}
	m := started(t, cfg, 1)
	m.step, m.t = 18, m.dateOf(18)
	sales := [2][4]float64{{4e8, 2e8, 0, 1e8}, {1.2e9, 0, 6e8, 0}}
	markup := [2][4]float64{{2, 1.6, 0, 1.25}, {2.5, 0, 1.2, 0}}
	m.hostSpend = 5e8
	for k := range m.segments {
		s := &m.segments[k]
		s.Spending, s.HostedOpenShare = []float64{1e9, 2e9}[k], []float64{.3, .1}[k]
		for i := range m.labs {
			s.sold[i], s.cost[i], s.price[i] = sales[k][i], 4, 4*markup[k][i]
		}
	}
	for i := range m.labs {
		l := &m.labs[i]
		l.RdBudget = []float64{9e9, 2e9, 5e8, 5e7}[i]
		l.Revenue = sales[0][i] + sales[1][i]
		l.SalesShare = l.Revenue / 3e9
	}
	m.labs[2].Adopted = true
	m.observeAt(18)
	return m
}

// HHI of all sales: (1.6² + .2² + .6² + .1²)/3²; modified, a's three tenths of b and b's fifth of c
// add β·s_i·s_j. A holding of a lab that has left counts for nothing.
func TestConcentrationByHand(t *testing.T) {
	m := state(t)
	hhi := 1e4 * (2.56 + .04 + .36 + .01) / 9
	agrees(t, "HHI", metric(t, m, "hhi_sales"), hhi)
	agrees(t, "modified HHI", metric(t, m, "mhhi_sales"), hhi+1e4*(.3*1.6*.2+.2*.2*.6)/9)
	agrees(t, "CR1", metric(t, m, "cr1_sales"), 1.6/3)
	agrees(t, "CR4", metric(t, m, "cr4_sales"), 2.5/3)
	m.labs[2].Active, m.labs[2].Revenue = false, 0
	agrees(t, "modified HHI without c", metric(t, m, "mhhi_sales"), 1e4*((2.56+.04+.01)/(2.4*2.4)+.3*1.6*.2/9))
}

// Lerner: in the first segment .4·½ + .2·⅜ + .1·⅕ + .3·(.1/1.1), in the second .6·⅗ + .3·⅙ +
// .1·(.1/1.1), weighted by spending 1 : 2.
func TestLernerByHand(t *testing.T) {
	m := state(t)
	first := .4/2 + .2*.375 + .1/5 + .3*.1/1.1
	second := .6*.6 + .3/6 + .1*.1/1.1
	agrees(t, "first segment", m.segments[0].lerner(), first)
	agrees(t, "second segment", m.segments[1].lerner(), second)
	agrees(t, "all", metric(t, m, "lerner"), (first+2*second)/3)
	agrees(t, "hosts' share", metric(t, m, "hosted_open_share"), (.3+.2)/3)
	agrees(t, "hosts' profits", metric(t, m, "host_profits"), 5e8*.1/1.1)
	m.segments[1].Open = false
	agrees(t, "of the first alone", metric(t, m, "lerner"), first)
}

// Consumer surplus is D·((P/P^ref)^{1−η}−1)/(η−1), −D·ln(P/P^ref) at η = 1: with P at half in the
// first segment, η = 1, D = $1B it is $1B·ln 2; at a quarter in the second, η = 1.5, D = $2B:
// 2·(2−1)/.5 = $4B. The relative price is e^{−(ln2 + 2·ln4)/3}.
func TestConsumerSurplusByHand(t *testing.T) {
	m := state(t)
	for k := range m.segments {
		s := &m.segments[k]
		s.ReferenceSpending = []float64{1e9, 2e9}[k]
		s.Spec.Eta = []float64{1, 1.5}[k]
		s.LogPrice = s.LogReferencePrice - math.Log([]float64{2, 4}[k])
	}
	agrees(t, "surplus", metric(t, m, "consumer_surplus"), 1e9*math.Ln2+4e9)
	agrees(t, "relative price", metric(t, m, "price_relative"), math.Pow(2, -5./3))
	m.segments[0].Spec.Eta = 1 + 1e-9
	near(t, "at the limit", m.segments[0].surplus()/(1e9*math.Ln2), 1, 1e-8)
	m.segments[1].Spec.Eta = .5 // (½ − 1)/(−½)
	agrees(t, "η below 1", m.segments[1].surplus(), 2e9)
}

// The entry ticket is the smallest F_R within .5 OOM of the frontier (2.0) by an own run: b's $2B,
// for c ships an open base; without adopting it would be c's. Empty where nobody qualifies.
func TestEntryTicketByHand(t *testing.T) {
	m := state(t)
	agrees(t, "ticket", metric(t, m, "entry_ticket"), 2e9)
	agrees(t, "labs near the frontier", metric(t, m, "labs_near_frontier"), 3)
	agrees(t, "by own runs", metric(t, m, "labs_near_frontier_own_run"), 2)
	agrees(t, "adopters", metric(t, m, "adopters"), 1)
	m.p.Observation.Threshold = 1.65
	agrees(t, "above the threshold", metric(t, m, "labs_above_threshold"), 2)
	m.p.Observation.Threshold = 1.6
	agrees(t, "at the threshold", metric(t, m, "labs_above_threshold"), 3)
	agrees(t, "at the threshold by own runs", metric(t, m, "labs_above_threshold_own_run"), 2)
	m.labs[2].Adopted = false
	agrees(t, "ticket if c had not adopted", metric(t, m, "entry_ticket"), 5e8)
	m.labs[1].Active, m.labs[2].Active = false, false
	agrees(t, "the leader's alone", metric(t, m, "entry_ticket"), 9e9)
	m.labs[0].Adopted = true
	if got := metric(t, m, "entry_ticket"); !math.IsNaN(got) {
		t.Errorf("ticket %g where nobody qualifies", got)
	}
}

// Lags: .3 OOM to the second lab, 1.1 to the fourth, none to a tenth; the frontier has grown from
// 1.4 to 2.0 since the start, a year and a half ago, and by .4 a year, that of compute, in the half
// before: from 1.2 in all, .4 OOM a year, so that .3 OOM are 12·.3/.4 = 9 months. Later the span is
// the last two years alone. Below .1 OOM a year there are no months. Each lab with a model has its
// own lag.
func TestLagsByHand(t *testing.T) {
	m := state(t)
	m.track.frontier[0], m.p.Training.PastComputeGrowth = 1.4, .4*math.Ln10
	m.commons.models = []Publication{{Date: m.t - .5, Capability: 1.2}, {Date: m.t, Capability: 1.5}, {Date: m.t + .1,
		Capability: 1.9}}
	agrees(t, "pace", metric(t, m, "pace_frontier"), .4)
	for name, oom := range map[string]float64{"2nd_lab": .3, "4th_lab": 1.1, "open_frontier": .5, "class_micro": 1.1,
		"class_small": .4, "class_large": 0} {
		near(t, name, metric(t, m, "lag_"+name+"_oom"), oom, 1e-12)
		near(t, name+" in months", metric(t, m, "lag_"+name+"_months"), 12*oom/.4, 1e-9)
	}
	for _, name := range []string{"lag_10th_lab_oom", "lag_10th_lab_months", "lag_class_giant_oom"} {
		if got := metric(t, m, name); !math.IsNaN(got) {
			t.Errorf("%s: %g", name, got)
		}
	}
	m.observeAt(18)
	m.track.frontier[18] = 2
	for i, oom := range []float64{0, .3, .4, 1.1} {
		near(t, "lag of "+m.LabID(i), m.lagOf(i), oom, 1e-12)
		near(t, "its months", m.months(m.lagOf(i)), 12*oom/.4, 1e-9)
	}
	m.labs[3].Capability = math.Inf(-1)
	m.observeAt(18)
	if lag := m.lagOf(3); !math.IsNaN(lag) || !math.IsNaN(m.months(lag)) {
		t.Errorf("a lag of %g OOM without a model", lag)
	}
	m.labs[3].Capability = .9
	m.track.frontier[0], m.p.Training.PastComputeGrowth = 1.81, 0
	if got := metric(t, m, "lag_2nd_lab_months"); !math.IsNaN(got) {
		t.Errorf("%g months at .095 OOM a year", got)
	}
	m.track.frontier[30], m.track.frontier[6] = 3, 1
	m.step = 30
	agrees(t, "pace of the last two years", metric(t, m, "pace_frontier"), 1)
}

// A segment's price index is 100 in its first step, whenever that is, as that of the market is at
// the start.
func TestSegmentPriceIndexByHand(t *testing.T) {
	cfg := sells(testConfig(labs(2, 1e9)...), 1)
	late := testSegment("late", 1e9)
	late.From, late.BrandsOf = 2024.5, 0
	cfg.Segments = append(cfg.Segments, late)
	m := started(t, cfg, 1)
	index := func(k int) float64 {
		for _, v := range SegmentMetrics {
			if v.Name == "price_index" {
				return v.Of(m, k)
			}
		}
		return math.NaN()
	}
	near(t, "at the start", index(0), 100, 0)
	if v := index(1); !math.IsNaN(v) {
		t.Errorf("index %g before the segment opens", v)
	}
	advance(t, m, 7)
	first := m.Segment(1).LogPrice
	near(t, "in its first step", index(1), 100, 0)
	advance(t, m, 12)
	agrees(t, "later", index(1), 100*math.Exp(m.Segment(1).LogPrice-first))
	if index(1) == 100 {
		t.Error("prices do not move")
	}
}

// The shadow price of capability g: a lab distils from its own model, ln E_own + gain = g and gain
// = ψ(c − ln E_own), so that gain = ψ(c−g)/(1−ψ), at most b_max = ln 10. The run is
// E_ref·e^{g−gain−A}, the serving size e^{gain/2} of it, and mc = 6·√(size/E_ref)·e^{−(S−S_0)} at
// chips of twice the first price. a has c = 2, A = ln 4, S = S_0 + ln 3; b and c cost more; d with
// S = S_0 + 9 would be cheapest, but reaches .9 only.
func TestThresholdPriceByHand(t *testing.T) {
	m := state(t)
	for i := range m.labs {
		m.labs[i].TrainingEfficiency = []float64{math.Log(4), 0, 0, 0}[i]
		m.labs[i].ServingEfficiency = m.scale.servingA + []float64{math.Log(3), 0, 0, 9}[i]
	}
	m.supplier.Price = m.scale.listPrice * 2
	m.p.Observation.Threshold = 1 // a's own: ln C_s = ln 10 + ln E_ref − ln 4 − ln 10 at ψ_S = ½, a quarter of E_ref
	agrees(t, "capability 1", metric(t, m, "price_of_threshold"), 2*2*math.Sqrt(.25)/3)
	m.p.Observation.Threshold = .9 // d reaches it, with its model as it is: E_ref, which is less than 10^.9 of it
	agrees(t, "capability .9", metric(t, m, "price_of_threshold"), 2*2*math.Exp(-9))
	m.labs[3].Active = false
	m.labs[0].ServingSize, m.labs[1].Active = 2.1e28, false
	m.p.Observation.Threshold, m.p.Market.SmallModelDistillation = 1.9, .25 // a third of the way from 1.9 to 2 is saved
	agrees(t, "capability 1.9", metric(t, m, "price_of_threshold"), 2*2*math.Sqrt(math.Pow(10, 1.9-.1/3)/4)/3)
	m.p.Market.SmallModelDistillation = 0
	agrees(t, "no distillation", metric(t, m, "price_of_threshold"), 2*2*math.Sqrt(math.Pow(10, 1.9)/4)/3)
	m.labs[0].ServingSize = 2.1e25 // never larger than the model itself
	agrees(t, "the model itself", metric(t, m, "price_of_threshold"), 2*2./3)
	m.p.Observation.Threshold = 2.1
	if got := metric(t, m, "price_of_threshold"); !math.IsNaN(got) {
		t.Errorf("price %g of what nobody reaches", got)
	}
}

// The frontier's price is a's, weighted by its sales of .4 and 1.2, at $8 and at $10/10^{.5} net of
// test-time tokens; mc where it sells nothing.
func TestFrontierPriceByHand(t *testing.T) {
	m := state(t)
	m.segments[1].length[0] = .5
	agrees(t, "price", metric(t, m, "price_of_frontier"), (.4*8+1.2*10/math.Sqrt(10))/1.6)
	m.segments[0].sold[0], m.segments[1].sold[0] = 0, 0
	m.labs[0].ServingSize, m.labs[0].ServingEfficiency = 4*2.1e25, m.scale.servingA
	m.supplier.Price = 3 * m.scale.listPrice
	agrees(t, "cost where it sells nothing", metric(t, m, "price_of_frontier"), 2*2*3)
}

// Törnqvist over two segments: ln P moves by −.2 and −.5 while shares of spending go from ¼ and ¾
// to ½ each, so that the weights are ⅜ and ⅝; then by −.1 each. A segment that opens counts from
// its second step.
func TestPriceIndexByHand(t *testing.T) {
	m := state(t)
	a, b := &m.segments[0], &m.segments[1]
	set := func(p1, y1, p2, y2 float64) {
		a.LogPrice, a.Spending, b.LogPrice, b.Spending = p1, y1, p2, y2
	}
	set(0, 1e9, 3, 3e9)
	m.track.reset(m)
	m.step = 0
	agrees(t, "index at the start", metric(t, m, "price_index"), 100)
	set(-.2, 2e9, 2.5, 2e9)
	m.observeAt(1)
	first := .375*-.2 + .625*-.5
	agrees(t, "index", metric(t, m, "price_index"), 100*math.Exp(first))
	set(-.3, 2e9, 2.4, 6e9)
	m.observeAt(2)
	agrees(t, "chained", metric(t, m, "price_index"), 100*math.Exp(first+(.5+.25)/2*-.1+(.5+.75)/2*-.1))

	b.Open = false
	m.track.reset(m)
	set(-1, 2e9, 0, 0)
	m.observeAt(1)
	one := m.track.logIndex
	b.Open = true
	set(-1.5, 2e9, 7, 2e9) // first step of the second: no change of it yet, all weight on the first
	m.observeAt(2)
	near(t, "ln index with a new segment", m.track.logIndex-one, -.5, 1e-12)
	set(-1.5, 2e9, 6, 2e9)
	m.observeAt(3)
	near(t, "ln index from its second step", m.track.logIndex-one, -.5-.5, 1e-12)
}

// Turnover is Σ|s_i(t) − s_i(t−1 yr)| over labs, hosts left out, and empty in the first year; the
// leader changes when another lab sells most.
func TestTurnoverByHand(t *testing.T) {
	m := state(t)
	shares := func(step int, s ...float64) {
		for i, v := range s {
			m.labs[i].SalesShare = v
		}
		m.observeAt(step)
	}
	m.track.reset(m)
	shares(0, .5, .3, .1, 0)
	shares(6, .2, .7, .1, 0)
	shares(12, .4, .2, .2, .1)
	m.step = 11
	if got := metric(t, m, "turnover"); !math.IsNaN(got) {
		t.Errorf("turnover %g in the first year", got)
	}
	m.step = 12
	near(t, "turnover", metric(t, m, "turnover"), .1+.1+.1+.1, 1e-12)
	shares(18, .25, .25, .3, .1)
	m.step = 18
	near(t, "turnover half a year on", metric(t, m, "turnover"), .05+.45+.2+.1, 1e-12)
	near(t, "changes of leader", metric(t, m, "leader_changes"), 3, 0) // a, b, a, c
}

// A lab's own run lies behind the best model on offer by what its compute and software lack,
// whatever model it ships.
func TestOwnRunLag(t *testing.T) {
	m := &Model{}
	m.labs = make([]Lab, 2)
	m.track.frontier = []float64{1}
	m.labs[0].Active, m.labs[0].TrainingFlop, m.labs[0].TrainingEfficiency, m.labs[0].Capability = true,
		GPT4FLOP/10, math.Log(100), 1
	// a tenth of the compute, a hundred times the efficiency: one order of magnitude above GPT-4
	if lag := m.ownRunLag(0); math.Abs(lag-0) > 1e-12 {
		t.Errorf("lag %v, want 0", lag)
	}
	m.labs[0].TrainingEfficiency = 0
	if lag := m.ownRunLag(0); math.Abs(lag-2) > 1e-12 {
		t.Errorf("lag %v, want 2", lag)
	}
	if lag := m.ownRunLag(1); !math.IsNaN(lag) {
		t.Errorf("a lab that is not there lags by %v", lag)
	}
}
