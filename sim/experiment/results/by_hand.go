package results

import "simulate/sim/table"

// ByHand is an outcome without a folder, whose parts are set one by one.
func ByHand(m *Manifest) *Outcome {
	return &Outcome{Manifest: m, dates: map[string][]string{}, set: map[StatsKey]Stats{}}
}

// SetDates says when a case is recorded (ISO, ascending).
func (o *Outcome) SetDates(name string, dates []string) { o.dates[name] = dates }

// SetStats sets the statistics of a metric of a case at a date.
func (o *Outcome) SetStats(k StatsKey, s Stats) { o.set[k] = s }

// SetParts sets the statistics of a table of segments or labs.
func (o *Outcome) SetParts(name string, p PartStats) {
	if o.part == nil {
		o.part = map[string]Parts{}
	}
	o.part[name] = Parts{set: p}
}

// SetMarket sets the market table.
func (o *Outcome) SetMarket(t *table.Table) { o.market, o.rows = t, nil }

// SetValues sets a metric of the market in a case at a date by replication, as many as the manifest
// says. Where it is used there is no market table.
func (o *Outcome) SetValues(k StatsKey, values []float64) {
	if o.values == nil {
		o.values = map[StatsKey][]float64{}
	}
	o.values[k] = values
}

// SetPartValues sets a metric of a segment or lab by replication, likewise.
func (o *Outcome) SetPartValues(name string, k PartKey, values []float64) {
	if o.partValues == nil {
		o.partValues = map[string]map[PartKey][]float64{}
	}
	if o.partValues[name] == nil {
		o.partValues[name] = map[PartKey][]float64{}
	}
	o.partValues[name][k] = values
}

// Market is the market table where it has been set or read, nil before.
func (o *Outcome) Market() *table.Table { return o.market }
