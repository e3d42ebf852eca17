package explore

import (
	"math"
	"slices"

	"simulate/sim"
)

// LabPath is what a lab, or the labs of a class together, have at each date.
type LabPath struct {
	ID      string  `json:"id"`             // key in scenario files
	Name    string  `json:"name,omitempty"` // that the scenario gives
	Count   int     `json:"count"`          // the most that there are at a date
	Sales   Numbers `json:"sales"`          // share of all sales, 0–1
	Compute Numbers `json:"compute"`        // H100e owned
	Lag     Numbers `json:"lag"`            // months by which what they ship trails the frontier, their mean
	Own     Numbers `json:"own"`            // the same of a run of their own
}

// ownRun is the lag of a run of a lab's own, months.
func ownRun() sim.LabVariable {
	all := sim.LabVariables()
	at := slices.IndexFunc(all, func(v sim.LabVariable) bool { return v.Name == "own_run_lag_months" })
	if at < 0 {
		panic("explore: labs have no lag of an own run")
	}
	return all[at]
}

// mean adds up what is defined.
type mean struct{ sum, n float64 }

func (m *mean) add(v float64) {
	if !math.IsNaN(v) {
		m.sum += v
		m.n++
	}
}

func (m *mean) of() float64 { return m.sum / m.n } // NaN of nothing

// observeLabs appends what the labs of a model have at a date, which is the row-th.
func (a *Answer) observeLabs(m *sim.Model, row int, own sim.LabVariable) {
	type now struct {
		count          int
		sales, compute float64
		lag, lagOfOwn  mean
	}
	state := map[string]*now{}
	for l := range m.NumLabs() {
		id := m.LabID(l)
		class := classOf(id)
		if !slices.ContainsFunc(a.Labs, func(p LabPath) bool { return p.ID == class }) {
			gap := slices.Repeat(Numbers{math.NaN()}, row)
			a.Labs = append(a.Labs, LabPath{ID: class, Name: m.Lab(l).Spec.Name, Sales: slices.Clone(gap),
				Compute: slices.Clone(gap), Lag: slices.Clone(gap), Own: gap})
		}
		if !m.Present(l) {
			continue
		}
		s := state[class]
		if s == nil {
			s = &now{}
			state[class] = s
		}
		s.count++
		s.sales += m.Lab(l).SalesShare
		s.compute += m.Lab(l).ComputeOwned
		s.lag.add(m.LagMonths(l))
		s.lagOfOwn.add(own.Of(m, l))
	}
	for i := range a.Labs {
		p := &a.Labs[i]
		s := state[p.ID]
		if s == nil {
			s = &now{sales: math.NaN(), compute: math.NaN()}
		}
		p.Count = max(p.Count, s.count)
		p.Sales, p.Compute = append(p.Sales, s.sales), append(p.Compute, s.compute)
		p.Lag, p.Own = append(p.Lag, s.lag.of()), append(p.Own, s.lagOfOwn.of())
	}
}
