package sim

import (
	"math"

	"simulate/sim/portable"
)

// offerForSale sells lab i to the bidder, no poorer than itself, whose own gross profit rises most at re-solved target shares; ties go
// to the first id in order, no price is paid. Where a merger rule in force bars the one that would gain most, that is an event and the
// best of the others buys. Without a bidder the lab closes.
func (m *Model) offerForSale(i int) {
	var first, allowed bid
	first.by, allowed.by = -1, -1
	for j := range m.labs {
		b := &m.labs[j]
		if j == i || !b.Active || !b.Spec.Commercial || math.IsInf(b.Capability, -1) || b.RdBudget < m.labs[i].RdBudget || m.screened(i, j) {
			continue
		}
		offer := bid{j, m.gainFrom(i, j)}
		if m.beats(offer, first) {
			first = offer
		}
		if !m.blocked(i, j) && m.beats(offer, allowed) {
			allowed = offer
		}
	}
	if first.by != allowed.by {
		m.emit(m.dateOf(m.step+1), "blocked", m.labs[i].Spec.ID, m.phrases.bidBy[first.by], math.NaN())
	}
	if allowed.by < 0 {
		m.exit(i)
		return
	}
	m.acquire(i, allowed.by)
}

// bid is what a lab would gain by an acquisition, USD per year; by is −1 where nobody bids.
type bid struct {
	by   int
	gain float64
}

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

// gainFrom is the rise of lab j's gross profit at target shares if it acquired lab i, per year. The state is as before afterwards.
func (m *Model) gainFrom(i, j int) float64 {
	before := m.targetProfit(j)
	buyer, seller := m.labs[j], m.labs[i]
	for k := range m.segments {
		s := &m.segments[k]
		m.saved[k] = savedPosition{s.brand[j], s.target[i], s.target[j], s.offers[i], s.offers[j], s.LogPrice}
	}
	m.merge(i, j)
	after := m.targetProfit(j)
	m.labs[j], m.labs[i] = buyer, seller
	for k := range m.segments {
		s, v := &m.segments[k], m.saved[k]
		s.brand[j], s.offers[i], s.offers[j] = v.brand, v.seller, v.buyer
		m.reclear(k)
	}
	if math.Abs(after-before) <= rounding*before {
		return 0
	}
	return after - before
}

// rounding is the relative difference of profits below which bids tie: prices are solved to that and not to the last digit.
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
			sum += s.target[j] * s.Spending * (1 - s.cost[j]/s.price[j])
		}
	}
	return sum
}

// merge lets lab j take over i's technology and brands and solves the market again: A, S and T are the better ones, the better model
// brings its size, and in each segment i sells in j's brand is inverted, at that technology, so that the pre-merger target shares add.
func (m *Model) merge(i, j int) {
	a, b := &m.labs[i], &m.labs[j]
	b.TrainingEfficiency = math.Max(a.TrainingEfficiency, b.TrainingEfficiency)
	b.ServingEfficiency = math.Max(a.ServingEfficiency, b.ServingEfficiency)
	b.learned, b.TestTimeFrom = math.Min(a.TestTimeFrom, b.TestTimeFrom), math.Min(a.TestTimeFrom, b.TestTimeFrom)
	b.weightsTaught.earlier(known{math.Min(a.weightsTaught.all, a.rosterMastery()), math.Min(a.weightsTaught.without, a.rosterMastery())})
	if a.Capability > b.Capability {
		b.Capability, b.ServingSize, b.Adopted = a.Capability, a.ServingSize, a.Adopted
	}
	for k := range m.segments {
		s := &m.segments[k]
		if !s.offers[i] {
			continue
		}
		e := &s.solver
		if joint := s.target[i] + s.target[j]; s.Open && joint > 0 {
			// ln p̃ = (ln r + u)/(1−σ) = ln(mc·markup) − quality − brand − fit, r = s*/s_L
			s.brand[j] = m.costAsSeller(k, j) + portable.Log(e.markup(e.within(joint))) - e.priceLog(joint) - s.fit[j]
		} else if !s.offers[j] {
			s.brand[j] = s.brand[i]
		}
		s.offers[j], s.offers[i] = true, false
	}
	m.reclearAll()
}

// costAsSeller is ln mc net of capability's value that lab j would have in segment k with its present model, brand left out.
func (m *Model) costAsSeller(k, j int) float64 {
	s, l := &m.segments[k], &m.labs[j]
	cost := portable.Log(m.unitCost(portable.Log(l.ServingSize), l.ServingEfficiency, m.servingPrice(l))) - s.Spec.Theta*l.Capability
	if m.commands(l, m.mid()) {
		length, gain := m.testTime(s.Spec.Theta)
		cost += length*math.Ln10 - s.Spec.Theta*gain
	}
	return cost
}

func (m *Model) reclearAll() {
	for k := range m.segments {
		m.reclear(k)
	}
}

// reclear solves segment k again at the present state.
func (m *Model) reclear(k int) {
	if !m.segments[k].Open {
		return
	}
	if err := m.clear(k, m.mid()); err != nil {
		m.fail(err)
	}
}

// acquire makes the merger of lab i into j: shares add, an owner adds the stock of an owner, a renter sends it to outside owners.
func (m *Model) acquire(i, j int) {
	a, b := &m.labs[i], &m.labs[j]
	m.emit(m.dateOf(m.step+1), "acquisition", a.Spec.ID, m.phrases.boughtBy[j], math.NaN())
	m.track.departures++
	m.merge(i, j)
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
	m.labs[j].history[m.step+1] = lagged{b.TrainingEfficiency, b.ServingEfficiency}
	if m.apart.on {
		b.twins[m.step+1] = b.twin
	}
}
