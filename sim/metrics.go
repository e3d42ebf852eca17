package sim

import (
	"fmt"
	"math"
	"strings"

	"simulate/sim/concentration"
	"simulate/sim/portable"
)

// Metric is one column of market.csv: what is observed of the whole market at a date.
type Metric struct {
	Name, Title, Unit, Meaning string
	Of                         func(*Model) float64 // NaN: undefined at this date
}

// Metrics lists everything that is observed of the whole market.
var Metrics = concat(concentrationMetrics(), accessMetrics, lagMetrics(), priceMetrics, supplierMetrics)

// concat puts lists of metrics together. What lies beyond the range of numbers, as tokens at a
// price of 10^−400, is undefined like what has no meaning.
func concat(lists ...[]Metric) (out []Metric) {
	for _, l := range lists {
		for _, x := range l {
			of := x.Of
			x.Of = func(m *Model) float64 {
				if v := of(m); !math.IsInf(v, 0) {
					return v
				}
				return math.NaN()
			}
			out = append(out, x)
		}
	}
	return out
}

// distribution is something that labs have shares of.
type distribution struct {
	name, title string
	of          func(*Lab) float64
	rest        func(*Model) float64 // what atomistic others hold: in the denominator, no square of its own
	brief       bool                 // another reading of the one before: HHI and CR4 only
}

func nobody(*Model) float64 { return 0 }

var distributions = []distribution{
	{"sales", "sales, hosts of open models being atomistic", func(l *Lab) float64 { return l.Revenue },
		func(m *Model) float64 { return m.hostSpend }, false},
	{"sales_clouds", "sales, those of hosted open models counted with the clouds that host them",
		func(l *Lab) float64 { return l.Revenue + l.HostedSales }, func(m *Model) float64 { return m.hostAtoms }, true},
	{"sales_labs", "sales of labs among themselves, hosts of open models left out",
		func(l *Lab) float64 { return l.Revenue }, nobody, true},
	{"compute_owned", "compute owned, outside owners being atomistic", func(l *Lab) float64 { return l.ComputeOwned },
		(*Model).outsideCompute, false},
	{"compute_delivered", "chips ever delivered to owners, outside ones being atomistic; statistics of owners count these",
		func(l *Lab) float64 { return l.CumulativeDeliveries },
		func(m *Model) float64 { return m.commons.OutsideDeliveries }, true},
	{"compute_used", "compute used for research and serving", func(l *Lab) float64 { return l.ComputeUsed }, nobody,
		false},
	{"training_flop", "compute of flagship training runs", func(l *Lab) float64 { return l.TrainingFlop }, nobody, false},
	{"capability", "effective training compute of the models on offer, 10^capability",
		func(l *Lab) float64 { return portable.Pow10(l.Capability) }, nobody, false},
}

// outsideCompute is what outside buyers and the public own.
func (m *Model) outsideCompute() float64 {
	sum := m.commons.OutsideStock
	for i := range m.labs {
		sum += m.labs[i].GrantedCompute
	}
	return sum
}

// amounts lists what labs hold of a distribution: those that have closed only if they hold any, as
// what they sold in the step in which they left. The slice is scratch of the model.
func (m *Model) amounts(of func(*Lab) float64) []float64 {
	x := m.scratch[:0:len(m.labs)]
	for i := range m.labs {
		l := &m.labs[i]
		if v := of(l); v > 0 || l.Active && !l.closed {
			x = append(x, v)
		}
	}
	return x
}

// holding is what labs hold of a distribution, or sell in a segment, as it was last observed.
// Several metrics are taken of each.
type holding struct {
	concentration.Amounts
	seen int // observation that it is of, 0 for none
}

// held is what labs hold of the i-th distribution at the current observation.
func (m *Model) held(i int) *concentration.Amounts {
	d := &distributions[i]
	return m.holding(i, func() ([]float64, float64) { return m.amounts(d.of), d.rest(m) })
}

// soldIn is what labs sell in segment k at the current observation.
func (m *Model) soldIn(k int) *concentration.Amounts {
	s := &m.segments[k]
	return m.holding(len(distributions)+k, func() ([]float64, float64) {
		return s.sold, float64(s.HostedOpenShare * s.Spending)
	})
}

// holding is a holding at the current observation, taken where it has not been.
func (m *Model) holding(i int, of func() (x []float64, rest float64)) *concentration.Amounts {
	if m.holdings == nil {
		m.holdings = make([]holding, len(distributions)+len(m.segments))
	}
	h := &m.holdings[i]
	if h.seen != m.observation {
		h.seen = m.observation
		h.Set(of())
	}
	return &h.Amounts
}

// Present reports whether lab i takes part or has sold something in the step of the current
// observation.
func (m *Model) Present(i int) bool { return m.labs[i].Active || m.labs[i].Revenue > 0 }

// concentrationMeasures are taken of every distribution.
var concentrationMeasures = []struct {
	name, title, unit, meaning string
	of                         func(*concentration.Amounts) float64
}{
	{"hhi", "HHI", "0–10,000", "Herfindahl–Hirschman index", (*concentration.Amounts).HHI},
	{"effective_number", "Effective number", "labs", "number of equal labs with the same HHI",
		(*concentration.Amounts).EffectiveNumber},
	{"cr1", "CR1", "0–1", "share of the largest lab", func(a *concentration.Amounts) float64 { return a.CR(1) }},
	{"cr4", "CR4", "0–1", "share of the four largest labs", func(a *concentration.Amounts) float64 { return a.CR(4) }},
	{"gini", "Gini", "0–1", "Gini coefficient among all labs (population form)", (*concentration.Amounts).Gini},
	{"gini_active", "Gini of the active", "0–1", "Gini coefficient among labs that hold any",
		(*concentration.Amounts).GiniOfPositive},
}

func concentrationMetrics() (out []Metric) {
	for i, d := range distributions {
		for _, c := range concentrationMeasures {
			if d.brief && c.name != "hhi" && c.name != "cr4" {
				continue
			}
			out = append(out, Metric{
				Name: c.name + "_" + d.name, Title: c.title + ", " + strings.ReplaceAll(d.name, "_", " "), Unit: c.unit,
				Meaning: c.meaning + " of " + d.title,
				Of:      func(m *Model) float64 { return c.of(m.held(i)) },
			})
		}
	}
	return append(out, Metric{"mhhi_sales", "Modified HHI, sales", "0–10,000",
		"HHI of sales that counts silent interests of labs in each other (O'Brien & Salop 2000)", (*Model).modifiedHHI})
}

// modifiedHHI is Σ_i Σ_j β_ij·s_i·s_j over labs, β_ii = 1 and β_ij what i holds of j's profits
// (O'Brien & Salop 2000, silent financial interest: i weighs j's profit by its holding and does not
// control j).
func (m *Model) modifiedHHI() float64 {
	x := m.amounts(func(l *Lab) float64 { return l.Revenue })
	h := concentration.HHI(x, m.hostSpend)
	for _, o := range m.cfg.Ownership {
		a, b := &m.labs[o.Holder], &m.labs[o.Of]
		if a.Active && b.Active {
			h += float64(1e4 * o.Share * a.SalesShare * b.SalesShare)
		}
	}
	return h
}

// count is the number of labs at work that fulfil a condition.
func (m *Model) count(is func(*Lab) bool) float64 {
	n := 0.0
	for i := range m.labs {
		if m.labs[i].Active && !m.labs[i].closed && is(&m.labs[i]) {
			n++
		}
	}
	return n
}

// near reports whether a lab's model is within NearFrontier of the frontier.
func (m *Model) near(l *Lab) bool { return l.Capability >= m.frontier()-m.p.Observation.NearFrontier }

// entryTicket is the smallest R&D budget whose lab is near the frontier by its own run: distilled
// counts, adopted does not.
func (m *Model) entryTicket() float64 {
	least := math.NaN()
	for i := range m.labs {
		if l := &m.labs[i]; l.Active && !l.Adopted && m.near(l) && !(least <= l.RdBudget) {
			least = l.RdBudget
		}
	}
	return least
}

// bestOffer is the frontier; NaN where nobody has a model.
func (m *Model) bestOffer() float64 {
	if c := m.frontier(); !math.IsInf(c, -1) {
		return c
	}
	return math.NaN()
}

var accessMetrics = []Metric{
	{"labs_active", "Labs", "labs", "labs in the model",
		func(m *Model) float64 { return m.count(func(*Lab) bool { return true }) }},
	{"labs_near_frontier", "Labs near the frontier", "labs", "labs whose model is within observation.near_frontier of " +
		"the best, adopters of open bases included", func(m *Model) float64 { return m.count(m.near) }},
	{"labs_near_frontier_own_run", "Labs near the frontier by own runs", "labs",
		"the same without adopters of open bases",
		func(m *Model) float64 { return m.count(func(l *Lab) bool { return m.near(l) && !l.Adopted }) }},
	{"labs_above_threshold", "Labs above the threshold", "labs", "labs whose model reaches observation.threshold, " +
		"adopters included", func(m *Model) float64 {
		return m.count(func(l *Lab) bool { return l.Capability >= m.p.Observation.Threshold })
	}},
	{"labs_above_threshold_own_run", "Labs above the threshold by own runs", "labs", "the same without adopters of " +
		"open bases", func(m *Model) float64 {
		return m.count(func(l *Lab) bool { return l.Capability >= m.p.Observation.Threshold && !l.Adopted })
	}},
	{"adopters", "Adopters", "labs", "labs that offer a model built on another lab's open weights",
		func(m *Model) float64 { return m.count(func(l *Lab) bool { return l.Adopted }) }},
	{"frontier_capability", "Frontier", "OOM", "capability of the best model on offer, orders of magnitude of " +
		"effective training compute above GPT-4", (*Model).bestOffer},
	{"open_frontier_capability", "Open frontier", "OOM", "capability of the best model with open weights",
		(*Model).openFrontier},
	{"largest_run", "Largest training run", "FLOP", "compute of the largest flagship run a lab can do",
		func(m *Model) float64 {
			x := m.amounts(func(l *Lab) float64 { return l.TrainingFlop })
			best := math.NaN()
			for _, v := range x {
				if !(best >= v) {
					best = v
				}
			}
			return best
		}},
	{"pace_frontier", "Pace of the frontier", "OOM/yr", "growth of the frontier over the last observation.pace_span " +
		"years; before the start it moved by software progress and the past growth of compute", (*Model).pace},
	{"entry_ticket", "Entry ticket", "USD/yr", "smallest yearly R&D budget whose lab is near the frontier by its own " +
		"run; empty when nobody is", (*Model).entryTicket},
}

// budgetClasses are the classes of yearly R&D budget, the least budget of each being a parameter.
var budgetClasses = []struct {
	name, title string
	bounds      func(o *ObservationParameters) (from, below float64)
}{
	{"micro", "below $100M a year", func(o *ObservationParameters) (float64, float64) { return 0, o.SmallBudget }},
	{"small", "$100M to $1B a year", func(o *ObservationParameters) (float64, float64) {
		return o.SmallBudget,
			o.LargeBudget
	}},
	{"large", "$1B to $10B a year", func(o *ObservationParameters) (float64, float64) {
		return o.LargeBudget,
			o.GiantBudget
	}},
	{"giant", "above $10B a year", func(o *ObservationParameters) (float64, float64) {
		return o.GiantBudget,
			math.Inf(1)
	}},
}

// kthLag is how far the k-th best lab lies behind the frontier; NaN with fewer labs.
func (m *Model) kthLag(k int) float64 {
	x := m.amounts(func(l *Lab) float64 { return l.Capability })
	if len(x) < k {
		return math.NaN()
	}
	for range k - 1 { // the k-th largest by removing the largest k−1 times
		top := 0
		for i, v := range x {
			if v > x[top] {
				top = i
			}
		}
		x[top] = x[len(x)-1]
		x = x[:len(x)-1]
	}
	best := x[0]
	for _, v := range x {
		best = max(best, v)
	}
	return m.behind(best)
}

// behind is the distance of a capability to the frontier; NaN where there is no model.
func (m *Model) behind(c float64) float64 {
	if math.IsInf(c, -1) {
		return math.NaN()
	}
	return m.frontier() - c
}

// classLag is how far the best lab with an R&D budget in [from, below) lies behind the frontier;
// NaN where there is none.
func (m *Model) classLag(from, below float64) float64 {
	best := math.NaN()
	for i := range m.labs {
		if l := &m.labs[i]; l.Active && l.RdBudget >= from && l.RdBudget < below && !(best >= l.Capability) {
			best = l.Capability
		}
	}
	return m.behind(best)
}

func lagMetrics() (out []Metric) {
	add := func(name, title, meaning string, oom func(*Model) float64) {
		out = append(out,
			Metric{"lag_" + name + "_oom", title, "OOM", meaning + ", in orders of magnitude of effective training compute",
				oom},
			Metric{"lag_" + name + "_months", title, "months", meaning + ", in months at the frontier's own pace; empty " +
				"where that is below observation.least_pace, 0.1 OOM a year unless set",
				func(m *Model) float64 { return m.months(oom(m)) }})
	}
	for _, k := range []struct {
		k    int
		name string
	}{{2, "2nd"}, {4, "4th"}, {10, "10th"}} {
		add(k.name+"_lab", fmt.Sprintf("Lag of the %s lab", k.name), fmt.Sprintf("distance of the %s best lab behind the "+
			"frontier", k.name), func(m *Model) float64 { return m.kthLag(k.k) })
	}
	add("open_frontier", "Lag of open models", "distance of the best open-weight model behind the frontier",
		func(m *Model) float64 { return m.frontier() - m.openFrontier() })
	for _, c := range budgetClasses {
		add("class_"+c.name, "Lag of labs "+c.title, "distance of the best lab with an R&D budget "+c.title+" (bounds in "+
			"observation.*) behind the frontier", func(m *Model) float64 {
			return m.classLag(c.bounds(&m.p.Observation))
		})
	}
	return out
}
