package sim

import (
	"fmt"
	"math"

	"simulate/sim/portable"
)

// market clears every segment and books sales (equations 13–17). The technique of test time is in
// technique.go, luck of fit in fit.go, prices in nest.go and equilibrium.go, and whose sales those
// of hosts are in clouds.go.
//
//	mc = mc_0·(C/E_ref)^{φ_N}·e^{−(S−S_0)}·(P_i/P_0)·10^l,  P_i = ((1−own)·P + own·m_own·P^L)/d_r
//	p̃ = p/exp(θ·offered + ξ + fit), p = mc·ε/(ε−1); hosts: p = mc·(1+m_f), the lowest p̃ of what is published
//	y = D·(P_k/P_k^ref)^{1−η},  Y = y/(1+(y−D)⁺/cap) ≤ max(D, $10^15),  s ← s + (1−e^{−l·dt−(ln Y(t)/Y(t−dt))⁺})·(s*−s)
//	revenue_i = Σ_k s_k·Y_k,  V = Σ revenue·mc/p,  GP = revenue − V
func (m *Model) market() {
	m.servingSpend, m.hostSpend = 0, 0
	for i := range m.labs {
		m.labs[i].Revenue, m.labs[i].ServingCost = 0, 0
	}
	m.unitCosts(m.mid())
	for k := range m.segments {
		s := &m.segments[k]
		s.Open = m.opens(s, m.mid())
		s.ReferenceSpending = 0
		if !s.Open {
			s.Spending = 0
			continue
		}
		s.ReferenceSpending = s.Spec.Spending.At(m.mid())
		m.moveFit(k)
		if err := m.solveSegment(k, m.mid()); err != nil {
			m.fail(fmt.Errorf("segment %s: %w", s.Spec.ID, err))
			return
		}
		m.spend(k)
		m.switchVendors(k)
		m.sell(k)
	}
	m.tellIdleSetAsides()
	m.closeBooks()
}

// MarketParameters belong to process market.
type MarketParameters struct {
	// Outer elasticity: how real spending on a segment answers its quality-adjusted price; above 1
	// efficiency raises compute use. It must stay below the substitution between brands.
	// Source: assumption; Demirer et al. 2025 have 1.11, within-model re-analysis −.6, so keep it
	// wide; their data reach past January 2025 and are no evidence here.
	Eta float64 `symbol:"η" unit:"1" default:"1.11" allowed:"0.05 2.4" interval:"0.6 1.5"`
	// Substitution between brands within a segment.
	// Source: gross margins of 41–60 %.
	Sigma float64 `symbol:"σ" unit:"1" default:"2.3" allowed:"1.05 6" interval:"1.9 4"`
	// Substitution between labs as a group and hosted open models, at most that between labs; sigma:
	// one market of labs and hosts. Below 1.05 the share of hosts hardly moves with prices, and at 1
	// it has no meaning.
	// Source: hosted open models kept 22 % of enterprise spending in 2023 and 2024 while their
	// quality-adjusted price against the labs' fell by about two nats (Menlo Ventures 2023, 2024).
	HostSubstitution float64 `symbol:"σ_h" unit:"1" default:"1.3" allowed:"1.05 6" interval:"1.1 1.9"`
	// Spread of the luck of fit between a lab's product and a segment's buyers in the long run; 0
	// switches it off.
	// Source: moves of enterprise shares within a year, 2023 to 2024: .119 root mean square of three
	// (Menlo Ventures 2023, 2024).
	FitSpread float64 `symbol:"σ_q" unit:"nats" default:"1" allowed:"0 5" interval:"0.7 1.3"`
	// Time in which such luck fades.
	// Source: assumption.
	FitMemory float64 `symbol:"τ_q" unit:"yr" default:"2" allowed:"0.1 50" interval:"1 4"`
	// Value of capability to buyers.
	// Source: a fixed capability falls 10–40× a year in price at a flat frontier price.
	Theta float64 `symbol:"θ" unit:"nats/OOM" default:"1.7" allowed:"0.1 6" interval:"1.2 3"`
	// Least perceived elasticity: below it sellers charge a limit price, since a dominant firm has no
	// price where η < 1.
	// Source: assumption.
	EpsilonMin float64 `symbol:"ε_min" unit:"1" default:"1.6" allowed:"1.1 10"`
	// Serving cost of a model of GPT-4's size at the start at the leader's efficiency.
	// Source: list prices at the end of 2024: with markups it gives $6.4 for Claude 3.5 Sonnet (list,
	// blended: 6).
	ServingCost float64 `symbol:"mc_0" unit:"USD/Mtok" default:"2" allowed:"0.001 1e5" interval:"1 4"`
	// How serving cost grows with training compute.
	// Source: Hoffmann et al. 2022 (Chinchilla): parameters grow as the root of compute.
	SizeExponent float64 `symbol:"φ_N" unit:"1" default:"0.5" allowed:"0 1.5" interval:"0.3 0.6"`
	// Brand of hosted open models, nats of quality.
	// Source: assumption; about 90 % cheaper at equal quality, below 30 % of tokens (Demirer et al.
	// 2025, whose data reach past January 2025 and are no evidence here).
	BrandOfOpenModels float64 `symbol:"ξ_open" unit:"nats" default:"-1.4" allowed:"-20 20" interval:"-3 0"`
	// Margin of those who host open models.
	// Source: assumption.
	HostingMargin float64 `symbol:"m_f" unit:"1" default:"0.1" allowed:"0 10"`
	// Gain of test-time compute: capability per order of magnitude of inference, at the margin of
	// zero.
	// Source: GPT-4o, o1-mini and o1 on the capabilities index less its trend; Villalobos & Atkinson
	// 2023; Snell et al. 2024 as upper limit.
	TestTimeGain float64 `symbol:"τ" unit:"1" default:"1" allowed:"0 2" interval:"0.8 1.2"`
	// How fast that gain falls.
	// Source: as test_time_gain.
	TestTimeCurvature float64 `symbol:"τ2" unit:"1/OOM" default:"0.4" allowed:"0.001 10" interval:"0.3 0.6"`
	// Most test-time compute.
	// Source: Villalobos & Atkinson 2023.
	TestTimeSpan float64 `symbol:"span" unit:"OOM" default:"2" allowed:"0 10"`
	// Share of the log gap between a small model and the lab's own flagship that distillation closes,
	// in the price of a fixed capability. Beyond .95 a capable model would cost nothing.
	// Source: assumption: distilling one's own model works at least as well as distilling a rival's.
	SmallModelDistillation float64 `symbol:"ψ_S" unit:"1" default:"0.5" allowed:"0 0.95" interval:"0.3 0.7"`
	// How sellers set prices: 0 Bertrand competition, 1 Cournot competition, 2 cost plus a fixed
	// margin.
	// Source: option.
	Conduct float64 `symbol:"conduct" unit:"0, 1 or 2" default:"0" allowed:"0 2"`
	// Margin over cost of cost-plus pricing.
	// Source: option: gross margins of about 50 %.
	CostPlusMargin float64 `unit:"1" default:"1" allowed:"0.001 20"`
}

// marketLevers act in process market.
var marketLevers = []*Lever{techniqueLever, setAsideLever, interoperabilityLever, hostPriceLever}

// opens reports whether segment s trades at date t: from its date on, where anybody sells.
func (m *Model) opens(s *Segment, t float64) bool {
	if t < s.Spec.From-reached { // never with NaN, which stands for the start
		return false
	}
	for i := range s.offers {
		if m.sellsIn(s, i) {
			return true
		}
	}
	for i := range m.commons.models {
		if m.hostable(&m.commons.models[i], t) {
			return true
		}
	}
	return false
}

// hostable reports whether a model's weights are public in the step around t.
func (m *Model) hostable(p *Publication, t float64) bool { return p.Date <= t+float64(m.dt/2)+reached }

// mostSpending is the most that is spent in a segment beyond its reference, USD per year: about
// nine times what the world produced in 2024 (World Bank: $111T). Without it demand that answers to
// falling prices by more than they fall pays for the software that lowers them, without end.
const mostSpending = 1e15

// spend sets what is spent in segment k; D(t) in the reference run, which records the price.
func (m *Model) spend(k int) {
	s := &m.segments[k]
	last := s.Spending
	y := s.ReferenceSpending
	if m.record != nil {
		m.record.logPrice[k][m.step+1] = s.LogPrice
		s.LogReferencePrice = s.LogPrice
	} else {
		s.LogReferencePrice = m.ref.logPrice[k][m.step+1]
		if math.IsNaN(s.LogReferencePrice) { // closed in the reference, which has no price to depart from
			s.LogReferencePrice = s.LogPrice
		}
		y = float64(y * portable.Exp(float64((1-s.Spec.Eta)*(s.LogPrice-s.LogReferencePrice))))
	}
	s.Spending = y
	if excess := y - s.ReferenceSpending; excess > 0 {
		s.Spending = y / (1 + excess/s.Spec.Cap)
		if math.IsInf(y, 1) { // as far above the ceiling as numbers go
			s.Spending = s.Spec.Cap
		}
		s.Spending = min(s.Spending, max(s.ReferenceSpending, mostSpending))
	}
	s.growth = 0
	if last > 0 && s.Spending > last {
		s.growth = portable.Log(s.Spending / last)
	}
}

// switchVendors moves sticky shares towards their targets: buyers reconsider at rate l, and new
// spending chooses afresh.
func (m *Model) switchVendors(k int) {
	s := &m.segments[k]
	move := -portable.Expm1(float64(-m.easier(k, s.Spec.Switching)*m.dt) - s.growth)
	if !s.started {
		move, s.started = 1, true
	}
	for i := range s.share {
		s.share[i] += float64(move * (s.target[i] - s.share[i]))
	}
}

// sell books revenue and serving cost of segment k, set-asides included.
func (m *Model) sell(k int) {
	s := &m.segments[k]
	copy(s.sold, s.share)
	m.setAside(k)
	sold, fringe := 0.0, 1.0
	s.FloorBinds = 0
	for i := range s.sold {
		share := s.sold[i]
		if share == 0 {
			continue
		}
		fringe -= share
		revenue := float64(share * s.Spending)
		l := &m.labs[i]
		s.sold[i] = revenue
		sold += revenue
		cost := revenue
		if s.price[i] > 0 {
			cost = revenue * s.cost[i] / s.price[i]
		}
		l.Revenue += revenue
		l.ServingCost += cost
		m.servingSpend += cost
		if eps, _ := s.solver.elasticity(s.solver.within(s.target[i])); eps == s.solver.floor {
			s.FloorBinds += share
		}
	}
	s.HostedOpenShare = max(0, fringe)
	if math.IsInf(s.solver.host, 1) {
		s.HostedOpenShare = 0
	}
	s.TestTime = s.meanLength()
	hosted := float64(s.HostedOpenShare * s.Spending)
	m.hostSpend += hosted
	m.servingSpend += hosted / (1 + s.hostMargin)
}

// closeBooks leaves gross profit, serving compute K_S = V/(u·P_i) and shares of all sales.
func (m *Model) closeBooks() {
	all := 0.0
	for k := range m.segments {
		if m.segments[k].Open {
			all += m.segments[k].Spending
		}
	}
	m.spent = all
	for i := range m.labs {
		l := &m.labs[i]
		l.GrossProfit = l.Revenue - l.ServingCost
		l.SalesShare, l.ServingCompute = 0, 0
		if all > 0 {
			l.SalesShare = l.Revenue / all
		}
		if l.Active {
			l.ServingCompute = l.ServingCost / float64(m.userCost()*m.servingPrice(l))
		}
	}
	m.attributeHosts()
	if m.record != nil {
		m.record.logServing[m.step+1] = portable.Log(m.servingSpend)
		m.recordProfits(m.step + 1)
	}
}

// clear solves segment k at date t with the labs' present costs.
func (m *Model) clear(k int, t float64) error {
	m.unitCosts(t)
	return m.solveSegment(k, t)
}

// solveSegment solves the price equilibrium of segment k at date t with the costs that unitCosts
// left, and leaves costs, prices, target shares and the index.
func (m *Model) solveSegment(k int, t float64) error {
	s := &m.segments[k]
	m.prepare(k, t)
	if err := s.solver.play(); err != nil {
		return err
	}
	for i := range m.labs {
		share := s.solver.share[i]
		s.target[i], s.price[i] = 0, 0
		if !math.IsInf(s.solver.logCost[i], 1) {
			s.target[i] = float64(s.solver.labs * share)
			s.price[i] = float64(s.cost[i] * s.solver.markup(share))
		}
	}
	s.fringe = 1 - s.solver.labs
	s.LogPrice = s.solver.indexLog()
	if !s.started {
		s.firstPrice = s.LogPrice
	}
	return nil
}

// prepare sets the sellers' costs net of quality and the fringe's price in the segment's solver.
func (m *Model) prepare(k int, t float64) {
	s := &m.segments[k]
	e := &s.solver
	e.sigma, e.outer, e.floor, e.conduct, e.given = s.Spec.Sigma, s.Spec.Eta, m.p.Market.EpsilonMin,
		Conduct(m.p.Market.Conduct), 0
	e.hostSigma, e.against = m.p.Market.HostSubstitution, m.p.Market.HostSubstitution
	e.margin = m.p.Market.CostPlusMargin
	length, gain := m.testTime(s.Spec.Theta)
	cost := m.scratch[cap(m.labs):]
	for i := range m.labs {
		l := &m.labs[i]
		e.logCost[i] = math.Inf(1)
		if !m.sellsIn(s, i) {
			continue
		}
		logCost, offered := cost[i], l.Capability
		if s.length[i] = 0; length > 0 && m.commands(l, t) {
			s.length[i] = length
			logCost += float64(length * math.Ln10)
			offered += gain
		}
		s.cost[i] = portable.Exp(logCost)
		e.logCost[i] = logCost - float64(s.Spec.Theta*offered) - s.brand[i] - s.fit[i]
	}
	e.host = m.bestHosted(s, t) + s.hostBrand
}
