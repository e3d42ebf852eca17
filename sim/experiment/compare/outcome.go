package compare

import (
	"fmt"

	"simulate/sim/experiment/analysis"
	"simulate/sim/experiment/results"
	"simulate/sim/table"
)

// Outcome is a results folder of runs as sentences and comparisons see it.
type Outcome struct{ *results.Outcome }

// Of looks at an outcome. Of no outcome it is one of nothing.
func Of(o *results.Outcome) *Outcome { return &Outcome{o} }

// Load reads a complete results folder, whose tables must be as they were written.
func Load(dir string) (*Outcome, error) { return LoadAs(dir, nil) }

// LoadAs reads a complete results folder in the given way.
func LoadAs(dir string, how *table.Reading) (*Outcome, error) {
	o, err := results.LoadAs(dir, how)
	if err != nil {
		return nil, err
	}
	return Of(o), nil
}

// Difference compares a metric in case b with case a at a date, replication by replication.
func (o *Outcome) Difference(a, b, metric, date string) (analysis.Difference, error) {
	if err := o.ReadMarket(); err != nil {
		return analysis.Difference{}, err
	}
	if !o.HasMetric(metric) {
		return analysis.Difference{}, fmt.Errorf("there is no metric %q", metric)
	}
	return analysis.Paired(o.Values(a, metric, date), o.Values(b, metric, date)), nil
}
