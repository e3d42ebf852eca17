package sim

import (
	"math"

	"simulate/sim/concentration"
)

// observe keeps what lasts from step to step in the metrics.
//
//	pace = (frontier(t) − frontier(t − span))/span; lag in months = 12·lag in OOM/pace
//	ln of the price index: chained Törnqvist over segments, ½·(w_k(t−dt) + w_k(t))·Δln P_k
//	Hymer–Pashigian turnover = Σ_i |s_i(t) − s_i(t−1)|
func (m *Model) observe() { m.observeAt(m.step + 1) }

// ObservationParameters set the bounds that metrics refer to.
type ObservationParameters struct {
	// How far below the frontier a lab still counts as near it.
	// Source: definition.
	NearFrontier float64 `unit:"OOM" default:"0.5" allowed:"0.01 5"`
	// The fixed capability whose price and reach are followed: 0 is GPT-4.
	// Source: definition.
	Threshold float64 `unit:"OOM" default:"0" allowed:"-5 20"`
	// Upper bound of the micro budget class, yearly R&D budget.
	// Source: definition.
	SmallBudget float64 `unit:"USD/yr" default:"1e8" allowed:"1 1e14"`
	// Upper bound of the small budget class.
	// Source: definition.
	LargeBudget float64 `unit:"USD/yr" default:"1e9" allowed:"1 1e14"`
	// Upper bound of the large budget class; above it labs are giants.
	// Source: definition.
	GiantBudget float64 `unit:"USD/yr" default:"1e10" allowed:"1 1e14"`
	// Span over which the frontier's pace is measured; before the start it moved as software and the
	// compute of runs did.
	// Source: definition.
	PaceSpan float64 `unit:"yr" default:"2" allowed:"0.25 10"`
	// Pace below which lags in months are left empty.
	// Source: definition.
	LeastPace float64 `unit:"OOM/yr" default:"0.1" allowed:"0.001 10"`
}

// tracker remembers what metrics need from earlier steps.
type tracker struct {
	frontier []float64 // by step, OOM
	shares   []float64 // by step of the last year and lab, of all sales
	previous []float64 // by segment, ln P_k of the last step; NaN before its first
	spending []float64 // by segment, of the last step
	leader   int
	changes  float64
	leaders  []leadership // by segment
	// labs that left
	departures float64
	logIndex   float64 // chained price index, 0 at the start
	labs       int
}

// leadership is who sells most in a segment and how often that has changed.
type leadership struct {
	lab     int // −1 before the first sale
	changes float64
}

// observe notes the lab with the largest sales; a tie leaves the lower index, no sales leave the
// leader.
func (l *leadership) observe(sold []float64) {
	leader, lead := -1, 0.0
	for i, x := range sold {
		if x > lead {
			leader, lead = i, x
		}
	}
	if leader < 0 {
		return
	}
	if l.lab >= 0 && leader != l.lab {
		l.changes++
	}
	l.lab = leader
}

func (k *tracker) init(labs, steps, perYear int) {
	k.frontier = make([]float64, steps+1)
	k.shares = make([]float64, labs*(min(perYear, steps)+1))
	k.labs = labs
}

// sharesAt are the labs' shares of all sales at observation n, of the last year at most.
func (k *tracker) sharesAt(n int) []float64 {
	row := n % (len(k.shares) / k.labs)
	return k.shares[row*k.labs : (row+1)*k.labs]
}

func (k *tracker) reset(m *Model) {
	if len(k.previous) != len(m.segments) {
		k.previous, k.spending = make([]float64, len(m.segments)), make([]float64, len(m.segments))
		k.leaders = make([]leadership, len(m.segments))
	}
	for i := range k.previous {
		k.previous[i], k.spending[i] = math.NaN(), 0
		k.leaders[i] = leadership{lab: -1}
	}
	k.leader, k.changes, k.departures, k.logIndex = -1, 0, 0, 0
	m.observeAt(0)
}

func (m *Model) observeAt(n int) {
	m.observation++
	k := &m.track
	best := math.Inf(-1)
	leader, lead := -1, 0.0
	shares := k.sharesAt(n)
	clear(shares)
	for i := range m.labs {
		l := &m.labs[i]
		if !l.Active {
			continue
		}
		l.ComputeOwned = l.Compute
		if l.Spec.Renter {
			l.ComputeOwned = 0
		}
		l.ComputeUsed = l.ComputeResearch + l.ServingCompute
		best = max(best, l.Capability)
		shares[i] = l.SalesShare
		if l.SalesShare > lead {
			leader, lead = i, l.SalesShare
		}
	}
	k.frontier[n] = best
	if k.leader >= 0 && leader >= 0 && leader != k.leader {
		k.changes++
	}
	if leader >= 0 {
		k.leader = leader
	}
	for j := range m.segments {
		if m.segments[j].Open {
			k.leaders[j].observe(m.segments[j].sold)
		}
	}
	k.chain(m)
}

// chain moves the price index by the Törnqvist mean of the segments' log changes, weighted by the
// mean of their spending shares before and after; a segment counts from its second step.
func (k *tracker) chain(m *Model) {
	before, after := 0.0, 0.0
	for j := range m.segments {
		if s := &m.segments[j]; s.Open && !math.IsNaN(k.previous[j]) {
			before += k.spending[j]
			after += s.Spending
		}
	}
	for j := range m.segments {
		s := &m.segments[j]
		if !s.Open {
			continue
		}
		if !math.IsNaN(k.previous[j]) && before > 0 && after > 0 {
			k.logIndex += float64((k.spending[j]/before + s.Spending/after) / 2 * (s.LogPrice - k.previous[j]))
		}
		k.previous[j], k.spending[j] = s.LogPrice, s.Spending
	}
}

// observed is the index of the current observation in the tracker.
func (m *Model) observed() int { return m.step }

// pace is the frontier's growth in OOM a year over the last PaceSpan years. Before the start it
// moved as software and the compute of runs did, by (γ + g_K)/ln 10 a year.
func (m *Model) pace() float64 {
	k, n, span := &m.track, m.observed(), m.p.Observation.PaceSpan
	back := n - int(math.Round(float64(span*float64(m.cfg.StepsPerYear))))
	if back >= 0 {
		return (k.frontier[n] - k.frontier[back]) / span
	}
	past := (m.scale.gamma + m.p.Training.PastComputeGrowth) / math.Ln10
	return (k.frontier[n] - k.frontier[0] - float64(past*float64(back)*m.dt)) / span
}

// months turns a lag in OOM into months at the frontier's own pace; NaN where the frontier hardly
// moves.
func (m *Model) months(oom float64) float64 {
	pace := m.pace()
	if pace < m.p.Observation.LeastPace {
		return math.NaN()
	}
	return 12 * oom / pace
}

// frontier is the highest capability on offer.
func (m *Model) frontier() float64 { return m.track.frontier[m.observed()] }

// turnover is Hymer–Pashigian's instability index of sales shares over a year, Σ|s_i(t) −
// s_i(t−1)|; NaN in the first year.
func (m *Model) turnover() float64 {
	k, n := &m.track, m.observed()
	back := n - m.cfg.StepsPerYear
	if back < 0 {
		return math.NaN()
	}
	return concentration.HymerPashigian(k.sharesAt(back), k.sharesAt(n))
}
