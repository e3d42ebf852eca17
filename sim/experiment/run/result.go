package run

import (
	"encoding/binary"
	"errors"
	"math"
	"slices"
	"sync"

	"simulate/internal/quantity"
	"simulate/sim"
)

// recording says what is kept of a run besides its market values.
type recording struct {
	metrics                  []int // into sim.Metrics
	segments                 []int // into sim.SegmentMetrics, of every segment
	labs, positions, happens bool  // labs' variables, the same by segment, events
}

// everything is what runs of scenarios keep unless told otherwise.
func everything() recording {
	r := recording{segments: allOfSegments(), labs: true, positions: true, happens: true}
	for i := range sim.Metrics {
		r.metrics = append(r.metrics, i)
	}
	return r
}

// allOfSegments is everything that is observed of a segment.
func allOfSegments() (out []int) {
	for i := range sim.SegmentMetrics {
		out = append(out, i)
	}
	return out
}

// segmentNames are the recorded metrics of segments, in order.
func (rec *recording) segmentNames() (out []string) {
	for _, i := range rec.segments {
		out = append(out, sim.SegmentMetrics[i].Name)
	}
	return out
}

// metricNames are the recorded metrics, in order.
func (rec *recording) metricNames() (out []string) {
	for _, i := range rec.metrics {
		out = append(out, sim.Metrics[i].Name)
	}
	return out
}

// result is what one run leaves: its recorded values, or how it failed.
type result struct {
	Market   []float64 // by date, metric
	Segments []float64 // by date, segment, metric
	Labs     []float64 // by row of LabRows, variable
	LabRows  []labRow
	// Standing of labs in segments, by row of PositionRows, variable.
	Positions    []float64
	PositionRows []positionRow
	Who          []labInfo // by lab
	Events       []event
	Failed       string // how the run failed; "" for one that reached its end
	Stack        string // where the program was when it did
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

// spent are results that are in the log, whose room the next runs use.
var spent sync.Pool

// start makes room for a run.
func (rec *recording) start(dates, segments int) *result {
	r, there := spent.Get().(*result)
	if !there {
		r = &result{}
	}
	*r = result{Market: slices.Grow(r.Market[:0], dates*len(rec.metrics)), Segments: r.Segments[:0], Labs: r.Labs[:0],
		LabRows: r.LabRows[:0], Positions: r.Positions[:0], PositionRows: r.PositionRows[:0], Who: r.Who[:0],
		Events: r.Events[:0]}
	if len(rec.segments) > 0 {
		r.Segments = slices.Grow(r.Segments, dates*segments*len(rec.segments))
	}
	return r
}

// observe records the model at the given row of the calendar.
func (r *result) observe(rec *recording, m *sim.Model, row int, labs bool) {
	for _, i := range rec.metrics {
		r.Market = append(r.Market, sim.Metrics[i].Of(m))
	}
	if len(rec.segments) > 0 {
		for k := range m.Config().Segments {
			for _, i := range rec.segments {
				r.Segments = append(r.Segments, sim.SegmentMetrics[i].Of(m, k))
			}
		}
	}
	if !labs || !rec.labs && !rec.positions {
		return
	}
	r.meet(m)
	for l := range m.NumLabs() {
		if !m.Present(l) {
			continue
		}
		if rec.labs {
			r.LabRows = append(r.LabRows, labRow{int32(row), int32(l)})
			for _, v := range sim.LabVariables() {
				r.Labs = append(r.Labs, v.Of(m, l))
			}
		}
		for k := range m.Config().Segments {
			if !rec.positions || !m.SellsIn(k, l) {
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
func (r *result) meet(m *sim.Model) {
	cfg := m.Config()
	for l := len(r.Who); l < m.NumLabs(); l++ {
		spec := &m.Lab(l).Spec
		if l < len(cfg.Labs) {
			spec = &cfg.Labs[l]
		}
		r.Who = append(r.Who, labInfo{m.LabID(l), cfg.Regions[spec.Region].ID, spec.Archetype.String(),
			spec.Openness.String()})
	}
}

// finish takes over the events. Shocks and policies carry the first day of the step in which they
// take effect, everything else the last day of its step.
func (r *result) finish(m *sim.Model) {
	for _, e := range m.Events() {
		date := quantity.LastDay(e.Date)
		if e.Kind == "shock" || e.Kind == "policy" {
			date = quantity.DayOf(e.Date)
		}
		r.Events = append(r.Events, event{date, e.Kind, e.Subject, e.Detail, e.Value})
	}
}

// appendTo appends the result to a buffer, numbers to the bit, each list after its length.
func (r *result) appendTo(b []byte) []byte {
	count := func(n int) { b = binary.AppendUvarint(b, uint64(n)) }
	text := func(s string) {
		count(len(s))
		b = append(b, s...)
	}
	number := func(v float64) { b = binary.LittleEndian.AppendUint64(b, math.Float64bits(v)) }
	numbers := func(list []float64) {
		count(len(list))
		b = slices.Grow(b, 8*len(list))
		for _, v := range list {
			number(v)
		}
	}
	text(r.Failed)
	text(r.Stack)
	numbers(r.Market)
	numbers(r.Segments)
	numbers(r.Labs)
	count(len(r.LabRows))
	for _, at := range r.LabRows {
		count(int(at.Date))
		count(int(at.Lab))
	}
	numbers(r.Positions)
	count(len(r.PositionRows))
	for _, at := range r.PositionRows {
		count(int(at.Date))
		count(int(at.Lab))
		count(int(at.Segment))
	}
	count(len(r.Who))
	for _, w := range r.Who {
		text(w.ID)
		text(w.Region)
		text(w.Archetype)
		text(w.Openness)
	}
	count(len(r.Events))
	for _, e := range r.Events {
		text(e.Date)
		text(e.Kind)
		text(e.Subject)
		text(e.Detail)
		number(e.Value)
	}
	return b
}

var errShort = errors.New("a record is too short")

// parse reads what appendTo wrote, reusing the space of r.
func (r *result) parse(b []byte) (err error) {
	index := func() int {
		n, size := binary.Uvarint(b)
		if size <= 0 || n > math.MaxInt32 {
			b, err = nil, errShort
			return 0
		}
		b = b[size:]
		return int(n)
	}
	count := func() int {
		n := index()
		if n > len(b) { // nothing takes less than a byte
			b, err = nil, errShort
			return 0
		}
		return n
	}
	text := func(last string) string { // last is what the run before has there, which most runs share
		n := count()
		if n > len(b) {
			b, err = nil, errShort
			return ""
		}
		s := last
		if string(b[:n]) != last {
			s = string(b[:n])
		}
		b = b[n:]
		return s
	}
	number := func() float64 {
		if len(b) < 8 {
			b, err = nil, errShort
			return 0
		}
		v := math.Float64frombits(binary.LittleEndian.Uint64(b))
		b = b[8:]
		return v
	}
	numbers := func(list []float64) []float64 {
		n := count()
		if n > len(b)/8 {
			b, err = nil, errShort
			return list[:0]
		}
		list = slices.Grow(list[:0], n)[:n]
		for i := range list {
			list[i] = math.Float64frombits(binary.LittleEndian.Uint64(b[8*i:]))
		}
		b = b[8*n:]
		return list
	}
	r.Failed, r.Stack = text(r.Failed), text(r.Stack)
	r.Market, r.Segments, r.Labs = numbers(r.Market), numbers(r.Segments), numbers(r.Labs)
	who, events := r.Who, r.Events
	r.LabRows, r.Who, r.Events = r.LabRows[:0], r.Who[:0], r.Events[:0]
	for range count() {
		r.LabRows = append(r.LabRows, labRow{int32(index()), int32(index())})
	}
	r.Positions, r.PositionRows = numbers(r.Positions), r.PositionRows[:0]
	for range count() {
		r.PositionRows = append(r.PositionRows, positionRow{int32(index()), int32(index()), int32(index())})
	}
	for i := range count() {
		var last labInfo
		if i < len(who) {
			last = who[i]
		}
		r.Who = append(r.Who, labInfo{text(last.ID), text(last.Region), text(last.Archetype), text(last.Openness)})
	}
	for i := range count() {
		var last event
		if i < len(events) {
			last = events[i]
		}
		r.Events = append(r.Events, event{text(last.Date), text(last.Kind), text(last.Subject), text(last.Detail), number()})
	}
	if err == nil && len(b) > 0 {
		err = errors.New("a record is too long")
	}
	return err
}
