package sim

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"sync"

	"simulate/sim/portable"
)

// industry lets labs in distress close or be acquired and new ones enter, in stochastic mode
// (equation 18).
//
//	distress: s_ik < s_min in every segment, c < frontier − g_max, for patience years
//	exit at hazard h_x, acquisition at h_a by the lab whose GP rises most at re-solved s*
//	entry: Poisson at ν_0·(L̄ − L_0)⁺, L̄ the sales-weighted Lerner index; budget lognormal,
//	A = A_pub − d_A,  S = S_pub − ζ·d_A
func (m *Model) industry() {
	if !m.cfg.Stochastic {
		return
	}
	frontier := math.Inf(-1)
	for i := range m.labs {
		if m.labs[i].Active {
			frontier = max(frontier, m.labs[i].Capability)
		}
	}
	entry := m.entryRate()
	p := &m.p.Industry
	m.forSale = m.forSale[:0]
	for i := range m.labs {
		l := &m.labs[i]
		if !l.Active || !m.inDistress(i, frontier) {
			l.Distress = 0
			continue
		}
		l.Distress += m.dt
		if l.Distress < p.Patience-reached {
			continue
		}
		m.stream.at(l.key, drawIndustry, m.step)
		exit, acquisition := m.stream.Float64(), m.stream.Float64()
		switch {
		case exit < -portable.Expm1(float64(-p.ExitHazard*m.dt)):
			m.leave(i)
		// a part of a company is not for sale
		case l.Spec.Archetype != Platform && acquisition < -portable.Expm1(float64(-p.AcquisitionHazard*m.dt)):
			m.forSale = append(m.forSale, int32(i))
		}
	}
	m.spreadShares()
	m.sellInOrder()
	m.spreadShares()
	m.enter(entry)
}

// IndustryParameters belong to process industry.
type IndustryParameters struct {
	// Share of sales below which a lab is in distress, if in every segment it sells in.
	// Source: assumption: about one exit or acquisition in ten years.
	LeastShare float64 `symbol:"s_min" unit:"1" default:"0.01" allowed:"0 1"`
	// Distance to the frontier beyond which such a lab is in distress.
	// Source: assumption.
	LargestGap float64 `symbol:"g_max" unit:"OOM" default:"0.3" allowed:"0 10"`
	// Time in distress after which a lab may close or be acquired.
	// Source: assumption.
	Patience float64 `symbol:"patience" unit:"yr" default:"2" allowed:"0 20"`
	// Hazard of exit of a lab in distress.
	// Source: assumption.
	ExitHazard float64 `symbol:"h_x" unit:"1/yr" default:"0.2" allowed:"0 20" interval:"0 0.5"`
	// Hazard of acquisition of a lab in distress.
	// Source: assumption.
	AcquisitionHazard float64 `symbol:"h_a" unit:"1/yr" default:"0.2" allowed:"0 20" interval:"0 0.5"`
	// Entries per year and unit of the mean Lerner index above entry_margin.
	// Source: assumption: about three entries in ten years.
	EntryRate float64 `symbol:"ν_0" unit:"1/yr" default:"2" allowed:"0 20" interval:"0 5"`
	// Mean Lerner index above which labs enter.
	// Source: assumption.
	EntryMargin float64 `symbol:"L_0" unit:"1" default:"0.3" allowed:"0 1"`
	// Lower end of the 90 % interval of an entrant's budget.
	// Source: assumption.
	EntrantBudgetLow float64 `unit:"USD/yr" default:"5e7" allowed:"1 1e13"`
	// Upper end of that interval.
	// Source: assumption.
	EntrantBudgetHigh float64 `unit:"USD/yr" default:"1e9" allowed:"1 1e13"`
	// How far an entrant's efficiency starts below public knowledge.
	// Source: assumption.
	EntrantGap float64 `symbol:"d_A" unit:"nats" default:"0.3" allowed:"0 20"`
	// What an entrant pays for compute relative to the owner's cost.
	// Source: assumption.
	EntrantRentMultiple float64 `symbol:"m_r" unit:"1" default:"1.3" allowed:"0.3 5"`
}

// usualEntrants is the room for labs that enter in a run, since all memory is allocated before it.
const usualEntrants = 256

// industryLevers act in process industry.
var industryLevers = []*Lever{mergerLever}

// sellInOrder offers the labs for sale one after the other, by id, in the market that the exits of
// the step leave: so no roster's order matters.
func (m *Model) sellInOrder() {
	if len(m.forSale) == 0 {
		return
	}
	m.reclearAll()
	m.listBidders()
	slices.SortFunc(m.forSale, func(x, y int32) int { return cmp.Compare(m.labs[x].Spec.ID, m.labs[y].Spec.ID) })
	for _, i := range m.forSale {
		m.offerForSale(int(i))
	}
}

// inDistress reports whether a commercial lab with segments has less than LeastShare in each that
// trades and lies more than LargestGap behind the frontier. Non-commercial labs never are.
func (m *Model) inDistress(i int, frontier float64) bool {
	l := &m.labs[i]
	if !l.Spec.Commercial || l.Capability >= frontier-m.p.Industry.LargestGap {
		return false
	}
	sells := false
	for k := range m.segments {
		if s := &m.segments[k]; s.offers[i] {
			sells = true
			if s.Open && s.share[i]/s.kept >= m.p.Industry.LeastShare {
				return false
			}
		}
	}
	return sells
}

// leave closes a lab: an owner's research compute goes to outside owners, a platform's other
// compute stays with it, and its shares are spread over the others in proportion, by spreadShares.
func (m *Model) leave(i int) {
	l := &m.labs[i]
	m.emit(m.dateOf(m.step+1), "exit", l.Spec.ID, "closes", math.NaN())
	m.track.departures++
	for k := range m.segments {
		m.without(&m.segments[k], i)
	}
	m.closeLab(i)
}

// without takes lab i out of a segment. Its shares go to the others and the hosts in proportion to
// what these have, or to their target shares where they have nothing.
func (m *Model) without(s *Segment, i int) {
	left, all := 1-s.share[i]/s.kept, 0.0
	if left >= nearMonopoly {
		s.kept = float64(s.kept * left)
		s.share[i], s.target[i], s.offers[i] = 0, 0, false
		return
	}
	for _, share := range s.share {
		all += share
	}
	hosts := 0.0
	if !math.IsInf(s.solver.host, 1) {
		hosts = max(0, s.kept-all)
	}
	s.share[i], s.target[i], s.offers[i] = 0, 0, false
	others, targets := 0.0, 0.0
	for j := range s.share {
		others += s.share[j]
		targets += s.target[j]
	}
	switch {
	case others+hosts > 0:
		s.kept = others + hosts
	case targets > 0:
		copy(s.share, s.target)
		s.kept = targets + s.fringe
	}
}

// nearMonopoly is the share of all others below which they are counted one by one, for the
// difference to one has lost its digits.
const nearMonopoly = 1e-3

// spreadShares spreads the shares of the labs that have closed over the others, all at once: where
// hundreds close in a step each would go through all others.
func (m *Model) spreadShares() {
	for k := range m.segments {
		s := &m.segments[k]
		if s.kept == 1 {
			continue
		}
		for j := range s.share {
			s.share[j] /= s.kept
		}
		s.kept = 1
	}
}

// closeLab ends a lab for good. Granted chips go to outside owners like an owner's research
// compute. A platform goes on buying compute for its other uses; its lab stays closed.
func (m *Model) closeLab(i int) {
	l := &m.labs[i]
	m.commons.OutsideStock += l.GrantedCompute
	if !l.Spec.Renter {
		research := l.ComputeResearch - l.GrantedCompute
		if l.Compute > 0 { // deliveries go where the chips go
			part := l.CumulativeDeliveries * research / l.Compute
			m.commons.OutsideDeliveries += part
			l.CumulativeDeliveries -= part
		}
		m.commons.OutsideStock += research
		l.Compute -= research
	}
	l.closed, l.left = true, m.dateOf(m.step+1)
	l.Capability, l.ServingSize, l.Adopted = math.Inf(-1), 0, false
	l.ComputeResearch, l.SmoothedResearch, l.GrantedCompute, l.TrainingFlop, l.RunCost, l.Distress = 0, 0, 0, 0, 0, 0
	l.ComputeOwned, l.ComputeUsed = 0, 0
	if o := l.Spec.ShareForOtherProducts; l.Spec.Archetype == Platform && o > 0 {
		l.divested = 1 - o
		l.withoutLab()
		return
	}
	m.commons.OutsideDeliveries += l.CumulativeDeliveries
	l.Active, l.Compute, l.CumulativeDeliveries = false, 0, 0
}

// withoutLab makes a platform's spec that of a company without a lab, once that has closed.
func (l *Lab) withoutLab() {
	if l.closed {
		l.Spec.ShareForOtherProducts, l.Spec.Talent = 1, 0
	}
}

// entryRate is ν_0·(L̄−L_0)⁺, L̄ being the mean Lerner index of the step's sales, before labs
// leave.
func (m *Model) entryRate() float64 {
	p := &m.p.Industry
	return float64(p.EntryRate * max(0, m.bySpending((*Segment).lerner)-p.EntryMargin))
}

// enter draws entrants at a rate per year.
func (m *Model) enter(rate float64) {
	if !(rate > 0) {
		return
	}
	m.stream.at(mix(m.key^hashName("entry")), drawIndustry, m.step)
	for range m.stream.count(float64(rate * m.dt)) {
		m.enterOne(m.stream.Float64(), m.stream.normal())
	}
}

// enterOne adds a renter of the independent class: region drawn by spending, lognormal budget,
// efficiency below public knowledge, all segments of its region with the open models' brand, no
// offer before its first release.
func (m *Model) enterOne(u, z float64) {
	n := len(m.labs)
	if n == cap(m.labs) {
		m.fail(fmt.Errorf("more than %d labs have entered; lower industry.entry_rate", len(m.entrantIDs)))
		return
	}
	p := &m.p.Industry
	m.entrants++
	m.resize(n + 1)
	l := &m.labs[n]
	const z95 = 1.6448536269514722 // a 90 % interval is ± z95 standard deviations
	low, high := portable.Log(p.EntrantBudgetLow), portable.Log(p.EntrantBudgetHigh)
	spec := &m.newcomers[m.entrants-1]
	*spec = newcomer()
	spec.ID, spec.Region, spec.Archetype, spec.Renter, spec.Commercial = m.entrantIDs[m.entrants-1],
		m.entryRegion(u),
		Independent, true, true
	spec.Budget = Series{Growth: m.p.Funding.GrowthIndependent, LongRun: m.p.Paths.LongRunBudgetGrowth,
		TaperTime: m.p.Paths.TaperTime,
		Points:    m.firstBudget(m.entrants-1, portable.Exp(float64((low+high)/2)+float64(z*(high-low)/(2*z95))))}
	spec.RentMultiple = p.EntrantRentMultiple
	end := m.dateOf(m.step + 1)
	l.begin(spec, end, m.step+1, m.key)
	l.Capability = math.Inf(-1)
	l.keptOut = m.apart.decided && !withinBudget(spec.Budget.At(end), m.apart.from, m.apart.below)
	seen := m.knowledgeOf(l)
	l.TrainingEfficiency = seen.a - p.EntrantGap
	l.ServingEfficiency = seen.s - float64(m.p.Research.ServingShare*p.EntrantGap)
	if m.apart.on {
		l.twin = lagged{m.apart.public.a - p.EntrantGap, m.apart.public.s - float64(m.p.Research.ServingShare*p.EntrantGap)}
		*m.twinPast.at(n, m.step+1) = l.twin
	}
	*m.past.at(n, m.step+1) = lagged{l.TrainingEfficiency, l.ServingEfficiency}
	for k := range m.segments {
		s := &m.segments[k]
		s.offers[n] = s.Spec.Region == spec.Region
		s.fit[n], s.offered[n] = 0, false
		s.brand[n], s.share[n], s.target[n], s.price[n], s.cost[n], s.sold[n], s.length[n] = m.p.Market.BrandOfOpenModels,
			0, 0, 0, 0, 0, 0
		s.solver.logCost[n], s.solver.logShare[n], s.solver.share[n] = math.Inf(1), math.Inf(-1), 0
	}
	m.fillDefaults()
	l.Budget = spec.Budget.At(end)
	l.ownBudget, l.ComputeShare = l.Budget, l.Spec.ComputeShare
	m.emit(end, "entry", spec.ID, m.phrases.in[spec.Region], l.Budget)
}

// entryRegion draws a region in proportion to spending in its segments.
func (m *Model) entryRegion(u float64) int {
	all := m.overSegments(func(s *Segment) float64 { return s.Spending })
	last := 0
	for k := range m.segments {
		s := &m.segments[k]
		if !s.Open {
			continue
		}
		last = s.Spec.Region
		if u -= s.Spending / all; u < 0 {
			break
		}
	}
	return last
}

// newcomer is a lab with every scalar at its default.
var newcomer = sync.OnceValue(func() (s LabSpec) {
	setDefaults(&s)
	return s
})

// firstBudget is a one-point path in the memory that is there for entrant n.
func (m *Model) firstBudget(n int, v float64) []Point {
	m.budgets[n] = Point{Date: m.t, Value: v}
	return m.budgets[n : n+1 : n+1]
}

// entrantIDs are the ids of the first n entrants, made before a run since a step allocates nothing.
func entrantIDs(n int) []string {
	if n <= usualEntrants {
		return usualIDs()[:n:n]
	}
	return makeIDs(n)
}

var usualIDs = sync.OnceValue(func() []string { return makeIDs(usualEntrants) })

func makeIDs(n int) []string {
	ids := make([]string, n)
	for i := range ids {
		ids[i] = fmt.Sprintf("entrant#%d", i+1)
	}
	return ids
}
