package run

import (
	"math"

	"simulate/sim"
	"simulate/sim/experiment/results"
	"simulate/sim/table"
)

// Supplement adds tables that are made from whole cases once all runs are in, as a comparison does.
type Supplement interface {
	// Comparison is what the manifest says of it.
	Comparison() *results.Comparison
	// Tables describes what it adds, in the order of the manifest.
	Tables() []*table.Table
	// Write writes their rows. base is the first case; sample gives the market values of a case, by its name.
	Write(base string, sample func(name string) (*Sample, error), write func(name string, r *table.Record) error) error
}

// Sample is the market values of a case: by recorded date and replication, NaN where a replication failed.
type Sample struct {
	Dates  []string
	index  map[string]int
	values []*run // by replication; nil for a failed one
}

// At lists the values of a metric at a date by replication, ok false where the case has no such date.
func (s *Sample) At(date string, metric int) (values []float64, ok bool) {
	d, ok := s.index[date]
	if !ok {
		return nil, false
	}
	out := make([]float64, len(s.values))
	for r, v := range s.values {
		out[r] = math.NaN()
		if v != nil {
			out[r] = v.Market[d*len(sim.Metrics)+metric]
		}
	}
	return out, true
}

// comparison is what the manifest says of the supplement, nil where there is none.
func (p *plan) comparison() *results.Comparison {
	if p.Compare == nil {
		return nil
	}
	return p.Compare.Comparison()
}

// outputs describes every table of the plan's folder.
func (p *plan) outputs() []*table.Table {
	all := results.Tables()
	if p.Compare == nil {
		return all
	}
	last := len(all) - 1 // the dictionary
	return append(append(append([]*table.Table{}, all[:last]...), p.Compare.Tables()...), all[last])
}

// supplement has the supplement write its tables from the first n replications.
func (a *assembly) supplement(n int) error {
	if a.Compare == nil {
		return nil
	}
	samples := map[string]*Sample{}
	index := map[string]int{}
	pairs := 1 // where all replications are alike
	for i, c := range a.cases {
		index[c.name] = i
		pairs = max(pairs, c.replications(n))
	}
	return a.Compare.Write(a.cases[0].name, func(name string) (*Sample, error) {
		if s := samples[name]; s != nil {
			return s, nil
		}
		s, err := a.sampleOf(index[name], pairs)
		if err == nil {
			samples[name] = s
		}
		return s, err
	}, func(name string, r *table.Record) error { return a.sheets[name].Add(r) })
}

// sampleOf reads the market values of a case over the first n replications. A case without chance, run once, has its value in all.
func (a *assembly) sampleOf(index, n int) (*Sample, error) {
	c := a.cases[index]
	s := &Sample{index: map[string]int{}, values: make([]*run, n)}
	for d, at := range c.calendar {
		s.Dates = append(s.Dates, at.Date)
		s.index[at.Date] = d
	}
	for r := range s.values {
		if r >= c.replications(n) {
			s.values[r] = s.values[0]
			continue
		}
		got, err := a.journal.read(runKey{index, r + 1})
		if err != nil {
			return nil, err
		}
		if got.Failure == nil {
			s.values[r] = &run{Market: got.Market}
		}
	}
	return s, nil
}
