package study

import (
	"context"
	"fmt"
	"math"
	"slices"

	"simulate/internal/condition"
	"simulate/internal/quantity"
	"simulate/sim"
	"simulate/sim/experiment/analysis"
	"simulate/sim/experiment/results"
	"simulate/sim/experiment/run"
	"simulate/sim/scenario"
)

// ThresholdSpec says which crossing to search.
type ThresholdSpec struct {
	Scenario *scenario.Scenario
	Knob     scenario.Variation // an interval or the knob's own range
	Bound    MeanBound
	Date     string  // recorded date, by what DatesAt reads; "": the end
	Seed     *uint64 // nil: the scenario's
	Jobs     int     // runs at a time; 0: as many as there are processors
	Options  analysis.ThresholdOptions
	Notice   func(string) // told of each value that is tried; nil: not
	Cache    *run.Cache   // of reference paths on disk; nil: none
}

// Threshold finds the value of a knob at which the mean of a metric crosses a bound, by running the
// scenario with more and more replications under the same luck at every value. The error is an
// *InputError where there is no clear crossing.
func Threshold(ctx context.Context, spec ThresholdSpec) (*analysis.Crossing, error) {
	s := spec.Scenario
	knob, found := s.Knob(spec.Knob.Path)
	if !found {
		return nil, results.InputErrorf("there is no PATH %s in %s", spec.Knob.Path, s.Name)
	}
	o := spec.Options
	switch {
	case spec.Knob.Interval != nil:
		o.Low, o.High = spec.Knob.Interval[0], spec.Knob.Interval[1]
	case spec.Knob.Listed():
		o.Low, o.High = slices.Min(spec.Knob.Numbers), slices.Max(spec.Knob.Numbers)
	case knob.HasRange:
		o.Low, o.High = knob.Range[0], knob.Range[1]
	default:
		return nil, results.InputErrorf("%s has no range of its own; write %s='LOW to HIGH'", knob.Path, knob.Path)
	}
	o.Bound = spec.Bound.Value
	metric := slices.IndexFunc(sim.Metrics, func(m sim.Metric) bool { return m.Name == spec.Bound.Metric })
	if metric < 0 {
		return nil, results.InputErrorf("there is no metric %q; `simulate list metrics` names them", spec.Bound.Metric)
	}
	at, err := recordedStep(s, spec.Date)
	if err != nil {
		return nil, err
	}
	e := &evaluator{ctx: ctx, spec: spec, knob: knob, metric: metric, step: at, seed: s.Seed,
		known:  map[float64][]float64{},
		engine: run.NewEngine(spec.Jobs, run.NewReferences(spec.Cache))}
	if spec.Seed != nil {
		e.seed = *spec.Seed
	}
	if !s.Config().Stochastic && !s.HasDraws() {
		return nil, results.InputErrorf("%s has no chance in it, so that replications tell nothing; vary the knob in a "+
			"sweep instead", s.Name)
	}
	c, err := analysis.Threshold(e.evaluate, o)
	if err != nil {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		return nil, results.InputErrorf("%s: %w", spec.Bound.Metric, err)
	}
	return c, nil
}

// MeanBound is a value that the mean of a metric crosses.
type MeanBound struct {
	Metric string
	Value  float64 // in the metric's unit
	Words  string  // the value as scenarios write it
}

// ReadMeanBound reads a condition with one bound, "hhi_sales < 1800", whose direction is of no
// account. The error is an *InputError.
func ReadMeanBound(text string) (MeanBound, error) {
	all, err := condition.Read(text)
	if err == nil {
		all, err = condition.Resolve(all, scenario.MetricQuantity)
	}
	if err != nil {
		return MeanBound{}, results.AsInput(err)
	}
	b, _, one := all[0].OneSided()
	if len(all) > 1 || !one || all[0].Statistic != "" && all[0].Statistic != "mean" {
		return MeanBound{}, results.InputErrorf("%s is not one bound that a mean crosses; write METRIC < VALUE", all)
	}
	return MeanBound{all[0].Name, b.Value, b.Text}, nil
}

// recordedStep is the number of steps done at a date that is written as DatesAt reads it.
func recordedStep(s *scenario.Scenario, date string) (int, error) {
	all := run.Calendar(s.Config(), "step")
	if date == "" {
		return all[len(all)-1].Step, nil
	}
	var dates []string
	for _, at := range all {
		dates = append(dates, at.Date)
	}
	found, err := results.FindDates(dates, []string{date})
	if err != nil {
		return 0, err
	}
	for _, at := range all {
		if at.Date == found[0] {
			return at.Step, nil
		}
	}
	return 0, fmt.Errorf("no step ends at %s", date)
}

// evaluator runs a scenario at values of a knob and keeps what it has run.
type evaluator struct {
	ctx          context.Context
	spec         ThresholdSpec
	knob         *scenario.Knob
	metric, step int
	seed         uint64
	known        map[float64][]float64
	engine       *run.Engine
}

// evaluate gives the metric in the first n replications at a value.
func (e *evaluator) evaluate(x float64, n int) ([]float64, error) {
	have := len(e.known[x])
	if have < n {
		e.known[x] = append(e.known[x], make([]float64, n-have)...)
		values := e.known[x]
		if err := e.engine.Each(e.ctx, n-have, "", func(ctx context.Context, i int) (err error) {
			values[have+i], err = e.run(ctx, x, have+i+1)
			return err
		}); err != nil {
			delete(e.known, x)
			return nil, err
		}
		if e.spec.Notice != nil {
			e.spec.Notice(fmt.Sprintf("%s = %s: %s, %s %s", e.knob.Path, e.knob.Short(x, 6), quantity.Plural(n, "replication"),
				e.spec.Bound.Metric, quantity.ThreeDigits(results.Describe(slices.Clone(values[:n])).Mean)))
		}
	}
	return e.known[x][:n], nil
}

// run does one replication up to the step at which the metric is taken.
func (e *evaluator) run(ctx context.Context, x float64, replication int) (float64, error) {
	s := e.spec.Scenario
	base := s.Config()
	if s.HasDraws() {
		var err error
		if base, err = s.Draw(e.seed, replication); err != nil {
			return 0, err
		}
	}
	cfg, err := s.Vary(base, []*scenario.Knob{e.knob}, []float64{x})
	if err != nil {
		return 0, err
	}
	v := math.NaN()
	job := run.Job{Config: cfg, Centre: s.Centre(), Seed: e.seed, Replication: replication}
	if err := e.engine.Do(ctx, job, run.Value(e.step, sim.Metrics[e.metric].Of, &v)); err != nil {
		return 0, err
	}
	if math.IsNaN(v) {
		return 0, fmt.Errorf("%s is not defined at %s = %s in replication %d", e.spec.Bound.Metric, e.knob.Path,
			e.knob.Format(x), replication)
	}
	return v, nil
}
