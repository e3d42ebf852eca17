package sim

// Position variables: what is recorded of a lab's standing in a segment, one row each.

// PositionVariable is one column of lab_segments.csv.
type PositionVariable struct {
	Name, Unit, Meaning string
	of                  func(s *Segment, lab int) float64
}

// PositionVariables lists everything that is observed of a lab in a segment.
var PositionVariables = []PositionVariable{
	{"share", "1", "share of the segment's sales, before set-asides", func(s *Segment,
		i int) float64 {
		return s.share[i]
	}},
	{"target_share", "1", "share that buyers would choose afresh", func(s *Segment, i int) float64 { return s.target[i] }},
	{"price", "USD/Mtok", "price per million tokens of answers", func(s *Segment, i int) float64 { return s.price[i] }},
	{"cost", "USD/Mtok", "cost of serving a million tokens of answers", func(s *Segment,
		i int) float64 {
		return s.cost[i]
	}},
	{"sales", "USD/yr", "sales per year", func(s *Segment, i int) float64 { return s.sold[i] }},
	{"brand", "nats", "value of the brand to buyers, in quality", func(s *Segment, i int) float64 { return s.brand[i] }},
	{"fit", "nats", "luck of fit between the lab's product and the segment's buyers, in quality",
		func(s *Segment, i int) float64 { return s.fit[i] }},
	{"test_time", "OOM", "orders of magnitude of computing that the lab's offer spends on reasoning",
		func(s *Segment, i int) float64 { return s.length[i] }},
}

// Of is the variable's value for lab i in segment k.
func (v PositionVariable) Of(m *Model, k, i int) float64 { return v.of(&m.segments[k], i) }

// SellsIn reports whether lab i has a standing in segment k: it sells there, or has sold there in
// the step of the current observation.
func (m *Model) SellsIn(k, i int) bool {
	s := &m.segments[k]
	return s.Open && (s.offers[i] && m.labs[i].Active || s.sold[i] > 0 && m.Present(i))
}
