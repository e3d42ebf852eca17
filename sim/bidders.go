package sim

import (
	"cmp"
	"math"
	"slices"

	"simulate/sim/portable"
)

// Where many labs are for sale at once, asking every other lab what it would gain by each of them
// takes a time that grows with the square of their number. What a buyer gains rises with its own
// share: s/ε(s) is convex up to the share at which ε_min binds. So buyers are put in order by
// share, and the search ends where what is left cannot gain as much as somebody already does.

// bidders are the labs that may buy, in groups.
type bidders struct {
	labs   []int32
	groups []bidderGroup
	asked  int // how often a bidder's gain was computed, in all
}

// bidderGroup are labs that offer in the same open segments, by falling largest target share.
type bidderGroup struct {
	from, to                  int     // in bidders.labs
	offers                    uint64  // segments, by bit
	capability, serving, size float64 // the least of c and S, and the largest C, among them
}

// mostGroups bounds how many groups there are, and mostBits how many segments a group tells apart;
// beyond either nothing is left out.
const mostGroups, mostBits = 64, 64

// offersOf are the open segments in which lab i has an offer.
func (m *Model) offersOf(i int) (bits uint64) {
	for k := range m.segments {
		if s := &m.segments[k]; s.Open && s.offers[i] {
			bits |= 1 << (k % mostBits)
		}
	}
	return bits
}

// largestShare is the largest target share of lab i.
func (m *Model) largestShare(i int) float64 {
	most := 0.0
	for k := range m.segments {
		most = max(most, m.segments[k].target[i])
	}
	return most
}

// listBidders puts those who may buy in order. It must be called when the market has been solved.
func (m *Model) listBidders() {
	b, share := &m.bidders, m.scratch[:len(m.labs)]
	b.labs, b.groups = b.labs[:0], b.groups[:0]
	for j := range m.labs {
		if m.labs[j].mayBid() {
			share[j] = m.largestShare(j)
			b.group(m.offersOf(j)).to++
		}
	}
	at := 0
	for c := range b.groups {
		g := &b.groups[c]
		g.from, g.to, at = at, at, at+g.to
	}
	b.labs = b.labs[:at]
	for j := range m.labs {
		if l := &m.labs[j]; l.mayBid() {
			g := b.group(m.offersOf(j))
			b.labs[g.to] = int32(j)
			g.to++
			g.capability, g.serving = min(g.capability, l.Capability), min(g.serving, l.ServingEfficiency)
			g.size = max(g.size, l.ServingSize)
		}
	}
	for _, g := range b.groups {
		slices.SortFunc(b.labs[g.from:g.to], func(x, y int32) int { return -cmp.Compare(share[x], share[y]) })
	}
}

// group is the group of labs with these offers, begun where there is none.
func (b *bidders) group(offers uint64) *bidderGroup {
	for c := range b.groups {
		if g := &b.groups[c]; g.offers == offers || c == mostGroups-1 {
			return g
		}
	}
	b.groups = append(b.groups, bidderGroup{offers: offers, capability: math.Inf(1), serving: math.Inf(1)})
	return &b.groups[len(b.groups)-1]
}

// bought puts a buyer where its larger share belongs. Where it has come to offer more, or the
// market was solved again, all are put in order anew.
func (m *Model) bought(b bid, resolved bool) {
	g, order := &m.bidders.groups[b.group], m.bidders.labs
	if resolved || g.offers != m.offersOf(b.by) {
		m.listBidders()
		return
	}
	g.size = max(g.size, m.labs[b.by].ServingSize)
	for at := b.at; at > g.from && m.largestShare(int(order[at-1])) < m.largestShare(b.by); at-- {
		order[at-1], order[at] = order[at], order[at-1]
	}
}

// outbid reports whether a gain that is at most so large cannot beat or tie with a bid.
func (m *Model) outbid(most float64, b bid) bool { return b.by >= 0 && most < float64((1-1e-6)*b.gain) }

// mostInGroup is more than lab j, or one after it in its group, gains by lab i.
func (m *Model) mostInGroup(i, j int, g *bidderGroup) float64 {
	return m.gainBelow(i, m.largestShare(j), g)
}

// mostGain is more than lab j gains by lab i.
func (m *Model) mostGain(i, j int) float64 {
	l := &m.labs[j]
	return m.gainBelow(i, m.largestShare(j), &bidderGroup{offers: m.offersOf(j), capability: l.Capability,
		serving: l.ServingEfficiency, size: l.ServingSize})
}

// gainBelow is more than a buyer gains by lab i whose target shares are at most so large, whose
// technology is at least the group's, and which offers where the group does.
//
// Where lab i sells, g(s) = s·(1 − 1/μ(s)) = s/ε(s) is convex, so that g(s+s_i) − g(s) is largest
// at the largest s. Elsewhere the buyer gains technology: at others' prices a cost that is lower by
// δ, in logs and net of quality, raises its share e^{(σ−1)δ}-fold at most, and others lower theirs.
func (m *Model) gainBelow(i int, share float64, g *bidderGroup) float64 {
	if len(m.segments) > mostBits || len(m.bidders.groups) == mostGroups {
		return math.Inf(1)
	}
	a, sum := &m.labs[i], 0.0
	for k := range m.segments {
		s := &m.segments[k]
		switch {
		case !s.Open:
		case s.offers[i]:
			after := share + s.target[i]
			if s.target[i] == 0 || s.boundAt(after) {
				return math.Inf(1)
			}
			sum += float64(s.Spending * (s.profitAt(after) - s.profitAt(share)))
		case g.offers&(1<<k) != 0:
			_, technique := m.testTime(s.Spec.Theta)
			better := float64(s.Spec.Theta*(max(0, a.Capability-g.capability)+technique)) +
				max(0, a.ServingEfficiency-g.serving) +
				float64(m.p.Market.SizeExponent*max(0, portable.Log(g.size/a.ServingSize)))
			after := float64(share * portable.Exp(float64((s.Spec.Sigma-1)*better)))
			if s.boundAt(after) {
				return math.Inf(1)
			}
			sum += float64(s.Spending * s.profitAt(after))
		}
	}
	return sum
}

// profitAt is gross profit per USD of spending at a target share.
func (s *Segment) profitAt(share float64) float64 {
	return float64(share * (1 - 1/s.solver.markup(s.solver.within(share))))
}

// boundAt reports whether a target share is no share of what labs sell or has a limit price.
func (s *Segment) boundAt(share float64) bool {
	r := s.solver.within(share)
	eps, _ := s.solver.elasticity(r)
	return !(r < 1) || s.solver.conduct != CostPlus && !(eps > s.solver.floor)
}
