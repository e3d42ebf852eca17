package run

import (
	"context"
	"fmt"
	"slices"

	"simulate/sim/table"
)

// Sample is what is recorded of the market and of its segments in a case: by date and replication,
// NaN where a replication failed.
type Sample struct {
	Case           string   // name of the case; of a point of a design, of its scenario
	Dates          []string // recorded (ISO)
	Metrics        []string // of the market
	Segments       []string // names
	SegmentMetrics []string // of each segment

	engine *Engine
	pairs  int // replications of the experiment: a case without chance, run once, has its value in all
	market *columns
	parts  *columns // of segments
}

// At lists the values of a metric of the market, by its place in Metrics, at a date by replication;
// ok is false where the case has no such date.
func (s *Sample) At(date string, metric int) (values []float64, ok bool, err error) {
	d := slices.Index(s.Dates, date)
	if d < 0 {
		return nil, false, nil
	}
	values, err = s.market.column(d*len(s.Metrics)+metric, nil)
	return s.full(values), true, err
}

// In lists the same of a metric of a segment, by its place in SegmentMetrics; ok is false where the
// case has no such segment or date.
func (s *Sample) In(segment, date string, metric int) (values []float64, ok bool, err error) {
	d, k := slices.Index(s.Dates, date), slices.Index(s.Segments, segment)
	if d < 0 || k < 0 {
		return nil, false, nil
	}
	values, err = s.parts.column((d*len(s.Segments)+k)*len(s.SegmentMetrics)+metric, nil)
	return s.full(values), true, err
}

// EachDate calls do for every date of the sample and its number, as many at a time as runs are
// done.
func (s *Sample) EachDate(do func(d int, date string) error) error {
	return s.engine.Each(context.Background(), len(s.Dates), "", func(_ context.Context, d int) error {
		return do(d, s.Dates[d])
	})
}

// full repeats the value of a case that is run once.
func (s *Sample) full(values []float64) []float64 {
	for len(values) > 0 && len(values) < s.pairs {
		values = append(values, values[0])
	}
	return values
}

func (s *Sample) close() {
	s.market.close()
	s.parts.close()
}

// keeps tells whether the values of a case are kept: for the supplement, or until the cases of its
// point are paired.
func (a *assembly) keeps() bool {
	return a.supplement() != nil || a.pairs()
}

// keep keeps the values of a case.
func (a *assembly) keep(number int) {
	if !a.keeps() {
		return
	}
	rec := a.recorded()
	s := &Sample{Case: a.caseID(number), Metrics: rec.metricNames(), Segments: a.segments(number),
		SegmentMetrics: rec.segmentNames(), engine: a.engine, market: a.market, parts: a.parts}
	for _, at := range a.calendar(number) {
		s.Dates = append(s.Dates, at.Date)
	}
	for i := range a.order().cases {
		s.pairs = max(s.pairs, a.order().of(i, a.replications))
	}
	a.kept[a.caseID(number)] = s
	a.market, a.parts = newColumns(a.dir, marketValues), newColumns(a.dir, marketValues)
}

// pair pairs the cases of a point after its last, and lets go of them. A point without a run of
// every case has no pairs.
func (a *assembly) pair(number int) error {
	f, ok := a.Experiment.(*Futures)
	if !ok || number%len(f.sweeps) != len(f.sweeps)-1 {
		return nil
	}
	defer func() {
		for _, s := range a.kept {
			s.close()
		}
		clear(a.kept)
	}()
	var samples []*Sample
	for k := number - len(f.sweeps) + 1; k <= number; k++ {
		s := a.kept[a.caseID(k)]
		if s == nil {
			return nil
		}
		of, _ := f.split(k)
		s.Case = of.name
		samples = append(samples, s)
	}
	for _, alternative := range samples[1:] {
		if err := f.pairing.Pair(samples[0], alternative, number/len(f.sweeps)+1, f.looks(), func(name string,
			r *table.Record) error {
			return a.sheets[name].Add(r)
		}); err != nil {
			return err
		}
	}
	return nil
}

// supply has the supplement write its tables.
func (a *assembly) supply() error {
	s := a.supplement()
	if s == nil {
		return nil
	}
	return s.Write(func(name string) (*Sample, error) {
		if s := a.kept[name]; s != nil {
			return s, nil
		}
		return nil, fmt.Errorf("there are no runs of a case %q", name)
	}, func(name string, r *table.Record) error { return a.sheets[name].Add(r) })
}
