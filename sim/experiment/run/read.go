package run

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	"simulate/internal/quantity"
	"simulate/sim"
	"simulate/sim/experiment/results"
	"simulate/sim/table"
)

// Reading is a value of each run of a case: a metric of the market, or of one of its segments or
// labs, at a recorded date.
type Reading struct {
	Case, Date string // a name of Spec.Scenarios; ISO
	Metric     string // one of sim.Metrics, of a segment sim.SegmentMetrics, of a lab sim.LabVariables
	Segment    string // the segment that it is of
	Lab        string // the lab that it is of
}

// ReadSpec says which runs to make and what to keep of each. Out, Format, Tables, Until and Compare
// of the Spec are of folders and say nothing here.
type ReadSpec struct {
	Spec
	Readings []Reading
	// Levels are the cases whose standard errors of levels somebody reads; they count the error of the
	// reference path, which takes runs of its own.
	Levels []string
	// Log says in which folder the log of finished runs lies, by the SHA-256 of all that decides the
	// numbers, so that the same call goes on after a stop; nil: in one that goes in the end.
	Log func(identity string) (folder string, err error)
}

// Read is what readings found. It is all that is kept of the runs: there is no folder and no table.
type Read struct {
	Replications int
	dates        map[string][]string
	values       map[Reading][]float64 // a case without chance, run once, has one value
	shared       map[Reading]errorPart
}

// Dates lists the recorded dates of a case (ISO); known is false of a case that there is not.
func (r *Read) Dates(name string) (dates []string, known bool) {
	dates, known = r.dates[name]
	return dates, known
}

// Values lists a reading by replication, to the digits of tables, NaN where it is not defined. A
// case without chance, run once, has its value in all.
func (r *Read) Values(at Reading) []float64 {
	out := make([]float64, r.Replications)
	own := r.values[at]
	for i := range out {
		switch {
		case len(own) == 0:
			out[i] = math.NaN()
		case len(own) == 1:
			out[i] = table.Rounded(own[0])
		default:
			out[i] = table.Rounded(own[i])
		}
	}
	return out
}

// Stats describes a reading as the summary tables of a folder would.
func (r *Read) Stats(at Reading) results.Stats {
	s := results.Describe(slices.Clone(r.values[at]))
	if e, measured := r.shared[at]; measured {
		s.Share(e.variance, e.freedom)
	}
	for _, v := range []*float64{&s.Mean, &s.SE, &s.Shared, &s.Low, &s.High, &s.SD} {
		*v = table.Rounded(*v)
	}
	for i := range s.Quantiles {
		s.Quantiles[i] = table.Rounded(s.Quantiles[i])
	}
	return s
}

// Readings runs scenarios and keeps of each run the readings alone. A run goes as far as the last
// of them, and a case without any is not run. A run that fails is an error; otherwise the error is
// as of Run.
func Readings(ctx context.Context, spec ReadSpec) (_ *Read, err error) {
	spec.Until, spec.Tables, spec.Compare = nil, nil, nil // which are of folders
	seen := map[Reading]bool{}
	spec.Readings = slices.DeleteFunc(slices.Clone(spec.Readings), func(r Reading) bool {
		defer func() { seen[r] = true }()
		return seen[r]
	})
	all, err := NewRuns(spec.Spec)
	if err != nil {
		return nil, err
	}
	out := &Read{Replications: all.replications, dates: map[string][]string{}, values: map[Reading][]float64{},
		shared: map[Reading]errorPart{}}
	for _, c := range all.cases {
		for _, at := range c.calendar {
			out.dates[c.name] = append(out.dates[c.name], at.Date)
		}
	}
	p, err := all.only(spec)
	if err != nil || p == nil {
		return out, err
	}
	folder := ""
	if spec.Log != nil {
		if folder, err = spec.Log(p.Identity()); err != nil {
			return nil, err
		}
	}
	return out, p.readAll(ctx, folder, spec, out)
}

// spot is where a reading is taken.
type spot struct {
	reading int // in Runs.readings
	step    int // steps done by then
	of      func(*sim.Model) float64
}

// only are the runs of which something is read, nil where that is nothing. What a case does not
// have, such as a segment, is undefined in all of its runs.
func (p *Runs) only(spec ReadSpec) (*Runs, error) {
	var all [][]spot
	spec.Scenarios = nil
	for _, c := range p.cases {
		var spots []spot
		for i, r := range spec.Readings {
			at := slices.IndexFunc(c.calendar, func(o Observation) bool { return o.Date == r.Date })
			if r.Case != c.name || at < 0 {
				continue
			}
			of, err := r.of(c.cfg)
			if err != nil {
				return nil, err
			}
			if of != nil {
				spots = append(spots, spot{i, c.calendar[at].Step, of})
			}
		}
		if slices.SortStableFunc(spots, func(a, b spot) int { return a.step - b.step }); len(spots) > 0 {
			all = append(all, spots)
			spec.Scenarios = append(spec.Scenarios, c.scenario)
		}
	}
	if len(all) == 0 {
		return nil, nil
	}
	spec.Seed, spec.Replications, spec.Record = &p.seed, p.replications, p.record
	out, err := NewRuns(spec.Spec)
	if err == nil {
		out.readings, out.spots = spec.Readings, all
	}
	return out, err
}

// of is how a reading is taken of a model; nil where the case does not have what it is of.
func (r Reading) of(cfg *sim.Config) (func(*sim.Model) float64, error) {
	switch {
	case r.Segment != "":
		k := slices.IndexFunc(cfg.Segments, func(s sim.SegmentSpec) bool { return s.ID == r.Segment })
		for _, metric := range sim.SegmentMetrics {
			if metric.Name == r.Metric && k >= 0 {
				return func(m *sim.Model) float64 { return metric.Of(m, k) }, nil
			} else if metric.Name == r.Metric {
				return nil, nil
			}
		}
	case r.Lab != "":
		for _, variable := range sim.LabVariables() {
			if variable.Name == r.Metric {
				return func(m *sim.Model) float64 {
					for l := range m.NumLabs() {
						if m.LabID(l) == r.Lab && m.Present(l) {
							return variable.Of(m, l)
						}
					}
					return math.NaN()
				}, nil
			}
		}
	default:
		for _, metric := range sim.Metrics {
			if metric.Name == r.Metric {
				return metric.Of, nil
			}
		}
	}
	return nil, results.InputErrorf("there is no metric %q", r.Metric)
}

// read does a run and keeps the readings of its case.
func (p *Runs) read(ctx context.Context, number int, engine *Engine, j Job) (*result, error) {
	spots := p.spots[number]
	r := &result{Market: make([]float64, 0, len(spots))}
	err := engine.Do(ctx, j, func(m *sim.Model, step int) (enough bool, err error) {
		for len(r.Market) < len(spots) && spots[len(r.Market)].step == step {
			r.Market = append(r.Market, spots[len(r.Market)].of(m))
		}
		return len(r.Market) == len(spots), nil
	})
	return r, err
}

// readAll does the runs with their log in a folder as of Batch.Open, and hands over what they left.
func (p *Runs) readAll(ctx context.Context, folder string, spec ReadSpec, out *Read) (err error) {
	log, err := openLog(p, folder, Options{Jobs: spec.Jobs, Commit: spec.Commit, Progress: spec.Progress,
		Notice: spec.Notice, Cache: spec.Cache})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, log.Close()) }()
	log.execution.Expect(p.Runs(), 0)
	if err := log.Reach(ctx, p.Runs()); err != nil {
		return err
	}
	var failed []results.Failure
	var r result
	for number, spots := range p.spots {
		for replication := range p.inOrder.of(number, p.replications) {
			if _, err := log.growing.read(p.inOrder.run(number, replication+1), &r); err != nil {
				return err
			}
			if r.Failed != "" {
				failed = append(failed, results.Failure{Case: p.caseID(number), Replication: replication + 1, Error: r.Failed,
					Stack: r.Stack})
				continue
			}
			for i, s := range spots {
				at := p.readings[s.reading]
				out.values[at] = append(out.values[at], r.Market[i])
			}
		}
	}
	if len(failed) > 0 {
		return fmt.Errorf("%s failed; the first: %s", quantity.Plural(len(failed), "run"), failed[0])
	}
	return p.share(ctx, log.execution.engine, spec.Levels, out)
}

// share measures what the error of the reference path makes of the levels of some cases.
func (p *Runs) share(ctx context.Context, engine *Engine, levels []string, out *Read) error {
	for number, spots := range p.spots {
		if !slices.Contains(levels, p.caseID(number)) {
			continue
		}
		e, err := measureReference(ctx, p, engine, number, p.replications)
		if err != nil {
			return err
		}
		for i, s := range spots {
			out.shared[p.readings[s.reading]] = of(e.market, i)
		}
	}
	return nil
}
