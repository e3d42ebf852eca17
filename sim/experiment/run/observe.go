package run

import (
	"simulate/internal/quantity"
	"simulate/sim"
	"simulate/sim/experiment/results"
)

// run is what one run leaves: its recorded values, or how it failed.
type run struct {
	Market   []float64 // by date, metric
	Segments []float64 // by date, segment, metric
	Labs     []float64 // by row of LabRows, variable
	LabRows  []labRow
	// Standing of labs in segments, by row of PositionRows, variable.
	Positions    []float64
	PositionRows []positionRow
	Who          []labInfo // by lab
	Events       []event
	Failure      *results.Failure // nil for a run that reached its end
}

// labRow says which lab was recorded when.
type labRow struct{ Date, Lab int32 }

// positionRow says which lab was recorded in which segment when.
type positionRow struct{ Date, Lab, Segment int32 }

// labInfo describes a lab as the scenario gives it, or as it enters.
type labInfo struct{ ID, Region, Archetype, Openness string }

// event is a row of the events table.
type event struct {
	Date, Kind, Subject, Detail string
	Value                       float64
}

// startRun makes room for a run.
func startRun(dates, segments int) *run {
	return &run{
		Market:   make([]float64, 0, dates*len(sim.Metrics)),
		Segments: make([]float64, 0, dates*segments*len(sim.SegmentMetrics)),
	}
}

// observe records the model at the given row of the calendar.
func (r *run) observe(m *sim.Model, row int, labs bool) {
	for i := range sim.Metrics {
		r.Market = append(r.Market, sim.Metrics[i].Of(m))
	}
	for k := range m.Config().Segments {
		for i := range sim.SegmentMetrics {
			r.Segments = append(r.Segments, sim.SegmentMetrics[i].Of(m, k))
		}
	}
	if !labs {
		return
	}
	r.meet(m)
	for l := range m.NumLabs() {
		if !m.Present(l) {
			continue
		}
		r.LabRows = append(r.LabRows, labRow{int32(row), int32(l)})
		for _, v := range sim.LabVariables() {
			r.Labs = append(r.Labs, v.Of(m, l))
		}
		for k := range m.Config().Segments {
			if !m.SellsIn(k, l) {
				continue
			}
			r.PositionRows = append(r.PositionRows, positionRow{int32(row), int32(l), int32(k)})
			for _, v := range sim.PositionVariables {
				r.Positions = append(r.Positions, v.Of(m, k, l))
			}
		}
	}
}

// meet notes the labs that were not there before.
func (r *run) meet(m *sim.Model) {
	cfg := m.Config()
	for l := len(r.Who); l < m.NumLabs(); l++ {
		spec := &m.Lab(l).Spec
		if l < len(cfg.Labs) {
			spec = &cfg.Labs[l]
		}
		r.Who = append(r.Who, labInfo{m.LabID(l), cfg.Regions[spec.Region].ID, spec.Archetype.String(), spec.Openness.String()})
	}
}

// finish takes over the events. Shocks and policies carry the first day of the step in which they take effect, everything else the last day of its step.
func (r *run) finish(m *sim.Model) {
	for _, e := range m.Events() {
		date := quantity.LastDay(e.Date)
		if e.Kind == "shock" || e.Kind == "policy" {
			date = quantity.DayOf(e.Date)
		}
		r.Events = append(r.Events, event{date, e.Kind, e.Subject, e.Detail, e.Value})
	}
}
