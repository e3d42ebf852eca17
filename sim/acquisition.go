package sim

import (
	"math"

	"simulate/sim/portable"
)

// offerForSale sells lab i to the bidder, no poorer than itself, whose own gross profit rises most
// at re-solved target shares; ties go to the first id in order, no price is paid. Where a merger
// rule in force bars the one that would gain most, that is an event and the best of the others
// buys. Without a bidder the lab closes. Bidders are those of listBidders.
func (m *Model) offerForSale(i int) {
	first, allowed := m.bestBids(i)
	if first.by != allowed.by {
		m.emit(m.dateOf(m.step+1), "blocked", m.labs[i].Spec.ID, "bid by "+m.labs[first.by].Spec.ID, math.NaN())
	}
	if allowed.by < 0 {
		m.leave(i)
		return
	}
	m.bought(allowed, m.acquire(i, allowed.by))
}

// bestBids are the best bid for lab i, and the best that no merger rule bars.
func (m *Model) bestBids(i int) (first, allowed bid) {
	first.by, allowed.by = -1, -1
	for c := range m.bidders.groups {
		g := &m.bidders.groups[c]
		for at := g.from; at < g.to; at++ {
			j := int(m.bidders.labs[at])
			if m.outbid(m.mostInGroup(i, j, g), allowed) {
				break
			}
			if !m.mayBuy(i, j) || m.outbid(m.mostGain(i, j), allowed) {
				continue
			}
			m.bidders.asked++
			offer := bid{j, m.gainFrom(i, j), c, at}
			if m.beats(offer, first) {
				first = offer
			}
			if !m.blocked(i, j) && m.beats(offer, allowed) {
				allowed = offer
			}
		}
	}
	return first, allowed
}

// bid is what a lab would gain by an acquisition, USD per year; by is −1 where nobody bids.
type bid struct {
	by        int
	gain      float64
	group, at int // where by stands among the bidders
}

// mayBuy reports whether lab j may bid for lab i.
func (m *Model) mayBuy(i, j int) bool {
	b := &m.labs[j]
	return j != i && b.mayBid() && b.RdBudget >= m.labs[i].RdBudget && !m.screened(i, j)
}

// mayBid reports whether a lab may buy others.
func (l *Lab) mayBid() bool { return l.Active && l.Spec.Commercial && !math.IsInf(l.Capability, -1) }

// beats reports whether a bid that gains anything goes before another.
func (m *Model) beats(a, b bid) bool {
	if b.by >= 0 && math.Abs(a.gain-b.gain) <= rounding*math.Abs(b.gain) {
		return m.labs[a.by].Spec.ID < m.labs[b.by].Spec.ID
	}
	return a.gain > b.gain
}

// screened reports whether a border with a review of foreign investment lies between two labs.
func (m *Model) screened(i, j int) bool {
	a, b := m.labs[i].Spec.Region, m.labs[j].Spec.Region
	return a != b && (m.cfg.Regions[a].ScreensAcquisitions || m.cfg.Regions[b].ScreensAcquisitions)
}

// gainFrom is the rise of lab j's gross profit at target shares if it acquired lab i, per year; 0
// where it is rounding.
func (m *Model) gainFrom(i, j int) float64 {
	gain, known := m.addedProfit(i, j)
	if known && gain > rounding*m.spent { // profit is at most what is spent
		return gain
	}
	before := m.targetProfit(j)
	if !known {
		gain = m.triedProfit(i, j) - before
	}
	if math.Abs(gain) <= rounding*before {
		return 0
	}
	return gain
}

// addedProfit is that rise where it follows from the shares alone: the brand of the buyer is
// inverted so that the target shares add at the same index, Σ_k Y_k·[(s_i+s_j)/ε(s_i+s_j) −
// s_j/ε(s_j)] over the segments that lab i sells in. It does not know where the buyer also gains
// technology for other segments, or comes to offer what nobody chose.
func (m *Model) addedProfit(i, j int) (gain float64, known bool) {
	a, b := &m.labs[i], &m.labs[j]
	learns := a.ServingEfficiency > b.ServingEfficiency || a.Capability > b.Capability || a.TestTimeFrom < b.TestTimeFrom
	for k := range m.segments {
		s := &m.segments[k]
		switch joint := s.target[i] + s.target[j]; {
		case !s.Open:
		case !s.offers[i] && (!learns || !s.offers[j]):
		case s.offers[i] && joint > 0:
			gain += float64(s.Spending * joint * (1 - 1/s.solver.markup(s.solver.within(joint))))
			if s.price[j] > 0 {
				gain -= float64(s.Spending * s.target[j] * (1 - s.cost[j]/s.price[j]))
			}
		default:
			return 0, false
		}
	}
	return gain, true
}

// triedProfit is the gross profit of lab j at target shares after it has acquired lab i. The state
// is as before afterwards.
func (m *Model) triedProfit(i, j int) float64 {
	buyer, seller := m.labs[j], m.labs[i]
	for k := range m.segments {
		s := &m.segments[k]
		m.saved[k] = savedPosition{s.brand[j], s.target[i], s.target[j], s.offers[i], s.offers[j], s.LogPrice}
	}
	m.merge(i, j)
	after := m.targetProfit(j)
	m.labs[j], m.labs[i] = buyer, seller
	m.unitCosts(m.mid())
	for k := range m.segments {
		s, v := &m.segments[k], m.saved[k]
		s.brand[j], s.offers[i], s.offers[j] = v.brand, v.seller, v.buyer
		m.reclear(k)
	}
	return after
}

// rounding is the relative difference of profits below which bids tie: prices are solved to that
// and not to the last digit.
const rounding = 1e-9

// savedPosition is what merge changes in a segment.
type savedPosition struct {
	brand, soldTarget, ownTarget float64
	seller, buyer                bool
	logPrice                     float64
}

// targetProfit is Σ_k s*·Y_k·(1 − mc/p).
func (m *Model) targetProfit(j int) float64 {
	sum := 0.0
	for k := range m.segments {
		if s := &m.segments[k]; s.Open && s.price[j] > 0 {
			sum += float64(s.target[j] * s.Spending * (1 - s.cost[j]/s.price[j]))
		}
	}
	return sum
}

// merge lets lab j take over i's technology and brands: A, S and T are the better ones, the better
// model brings its size, and in each segment i sells in j's brand is inverted, at that technology,
// so that the pre-merger target shares add. Then nobody else's price moves there; where the buyer's
// technology changes what it offers elsewhere the market is solved again, and merge says so.
func (m *Model) merge(i, j int) (resolved bool) {
	_, settled := m.addedProfit(i, j)
	a, b := &m.labs[i], &m.labs[j]
	b.TrainingEfficiency = max(a.TrainingEfficiency, b.TrainingEfficiency)
	b.ServingEfficiency = max(a.ServingEfficiency, b.ServingEfficiency)
	b.learned, b.TestTimeFrom = min(a.TestTimeFrom, b.TestTimeFrom), min(a.TestTimeFrom, b.TestTimeFrom)
	b.weightsTaught.earlier(known{min(a.weightsTaught.all, a.rosterMastery()), min(a.weightsTaught.without,
		a.rosterMastery())})
	if a.Capability > b.Capability {
		b.Capability, b.ServingSize, b.Adopted = a.Capability, a.ServingSize, a.Adopted
	}
	for k := range m.segments {
		s := &m.segments[k]
		if !s.offers[i] {
			continue
		}
		if joint := s.target[i] + s.target[j]; s.Open && joint > 0 {
			m.takeOver(k, i, j, joint)
		} else if !s.offers[j] {
			s.brand[j] = s.brand[i]
		}
		s.offers[j], s.offers[i] = true, false
	}
	if !settled {
		m.reclearAll()
	}
	return !settled
}

// takeOver gives lab j the target shares of both in segment k, with the brand at which its present
// model has them at the same index: ln p̃ = (ln r + u)/(1−σ) = ln(mc·markup) − quality − brand −
// fit, r = s*/s_L.
func (m *Model) takeOver(k, i, j int, joint float64) {
	s, e := &m.segments[k], &m.segments[k].solver
	r := e.within(joint)
	cost := m.costAsSeller(k, j)
	s.brand[j] = cost + portable.Log(e.markup(r)) - e.priceLog(joint) - s.fit[j]
	e.logShare[j], e.logShare[i] = portable.Log(r), math.Inf(-1)
	s.target[j], s.price[j] = joint, float64(s.cost[j]*e.markup(r))
	s.target[i], s.price[i] = 0, 0
}

// costAsSeller is ln mc net of capability's value that lab j has in segment k with its present
// model, brand left out. It leaves mc and its test-time computing in the segment.
func (m *Model) costAsSeller(k, j int) float64 {
	s, l := &m.segments[k], &m.labs[j]
	s.cost[j], s.length[j] = m.unitCost(portable.Log(l.ServingSize), l.ServingEfficiency, m.servingPrice(l)), 0
	offered := l.Capability
	if m.commands(l, m.mid()) {
		length, gain := m.testTime(s.Spec.Theta)
		s.cost[j] = float64(s.cost[j] * portable.Pow10(length))
		s.length[j] = length
		offered += gain
	}
	return portable.Log(s.cost[j]) - float64(s.Spec.Theta*offered)
}

func (m *Model) reclearAll() {
	m.unitCosts(m.mid())
	for k := range m.segments {
		m.reclear(k)
	}
}

// reclear solves segment k again at the present state.
func (m *Model) reclear(k int) {
	if !m.segments[k].Open {
		return
	}
	if err := m.solveSegment(k, m.mid()); err != nil {
		m.fail(err)
	}
}

// acquire makes the merger of lab i into j: shares add, an owner adds the stock of an owner, a
// renter sends it to outside owners. It says whether the market was solved again.
func (m *Model) acquire(i, j int) (resolved bool) {
	a, b := &m.labs[i], &m.labs[j]
	m.emit(m.dateOf(m.step+1), "acquisition", a.Spec.ID, "bought by "+b.Spec.ID, math.NaN())
	m.track.departures++
	resolved = m.merge(i, j)
	b.twin.raise(a.twin)
	for k := range m.segments {
		s := &m.segments[k]
		s.share[j] += s.share[i]
		s.sold[j] += s.sold[i]
		s.share[i], s.target[i], s.sold[i] = 0, 0, 0
	}
	b.Revenue += a.Revenue
	b.ServingCost += a.ServingCost
	b.GrossProfit += a.GrossProfit
	b.SalesShare += a.SalesShare
	b.ServingCompute += a.ServingCompute
	b.Carry += a.Carry
	a.Revenue, a.ServingCost, a.GrossProfit, a.ServingCompute, a.SalesShare, a.Carry = 0, 0, 0, 0, 0, 0
	if stock := a.ComputeResearch - a.GrantedCompute; !a.Spec.Renter && !b.Spec.Renter {
		b.Compute += stock
		b.CumulativeDeliveries += a.CumulativeDeliveries
		a.CumulativeDeliveries = 0
		a.Compute -= stock
		a.ComputeResearch = a.GrantedCompute
	}
	m.closeLab(i)
	*m.past.at(j, m.step+1) = lagged{b.TrainingEfficiency, b.ServingEfficiency}
	if m.apart.on {
		*m.twinPast.at(j, m.step+1) = b.twin
	}
	return resolved
}
