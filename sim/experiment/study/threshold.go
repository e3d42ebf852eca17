package study

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

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
	Commit   string       // of the program where the linker was told one
	// Log says in which folder the log of finished runs lies, by the SHA-256 of all that decides
	// the numbers, so that the same search goes on after a stop; nil: in one that goes in the end.
	Log func(identity string) (folder string, err error)
}

// writtenMean writes a mean of a metric in its unit: money as money, all else with three digits.
func writtenMean(metric string, v float64) string {
	for _, m := range sim.Metrics {
		if per, money := strings.CutPrefix(m.Unit, "USD"); m.Name == metric && money && v-v == 0 {
			return quantity.Money(v) + per
		}
	}
	return quantity.ThreeDigits(v)
}

// Threshold finds the value of a knob at which the mean of a metric crosses a bound, by running the
// scenario with more and more replications under the same luck at every value. The error is an
// *InputError where there is no clear crossing.
func Threshold(ctx context.Context, spec ThresholdSpec) (c *analysis.Crossing, err error) {
	s := spec.Scenario
	knob, found := s.Knob(spec.Knob.Path)
	if !found {
		return nil, results.InputErrorf("there is no PATH %s in %s", spec.Knob.Path, s.Name)
	}
	if knob = knob.As(spec.Knob); knob.IsClock() {
		return nil, results.InputErrorf("%s takes no values between others, among which a threshold is searched; read "+
			"other dates with --at", knob.Path)
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
	o.Value = func(v float64) string { return knob.Short(v, 4) }
	o.Mean = func(v float64) string { return writtenMean(spec.Bound.Metric, v) }
	metric := slices.IndexFunc(sim.Metrics, func(m sim.Metric) bool { return m.Name == spec.Bound.Metric })
	if metric < 0 {
		return nil, results.InputErrorf("there is no metric %q; `simulate list metrics` names them", spec.Bound.Metric)
	}
	at, err := recordedStep(s, spec.Date)
	if err != nil {
		return nil, err
	}
	seed := s.Seed
	if spec.Seed != nil {
		seed = *spec.Seed
	}
	if !s.Config().Stochastic && !s.HasDraws() {
		return nil, results.InputErrorf("%s has no chance in it, so that replications tell nothing; vary the knob in a "+
			"sweep instead", s.Name)
	}
	e := &evaluator{ctx: ctx, spec: spec, knob: knob, metric: metric, step: at, seed: seed, tried: map[float64][]int{}}
	batch := &run.Batch{Title: "threshold", Hash: e.identity(o), Count: mostTried, Do: e.run}
	folder := ""
	if spec.Log != nil {
		if folder, err = spec.Log(batch.Hash); err != nil {
			return nil, err
		}
	}
	if e.log, err = batch.Open(folder, run.Options{Jobs: spec.Jobs, Cache: spec.Cache, Commit: spec.Commit,
		Notice: spec.Notice}); err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, e.log.Close()) }()
	c, err = analysis.Threshold(e.evaluate, o)
	var stopped *run.Stopped
	switch {
	case errors.As(err, &stopped):
		return nil, stopped
	case err != nil:
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
func ReadMeanBound(texts ...string) (MeanBound, error) {
	all, err := condition.Read(texts...)
	if err == nil {
		all, err = condition.Resolve(all, scenario.MetricQuantity)
	}
	if err != nil {
		return MeanBound{}, results.AsInput(err)
	}
	b, _, one := all[0].OneSided()
	if len(all) > 1 || !one || all[0].Statistic != "" && all[0].Statistic != "mean" {
		return MeanBound{}, results.InputErrorf("%s is not one bound that a mean crosses; give one METRIC < VALUE", all)
	}
	return MeanBound{all[0].Name, b.Value, b.Text}, nil
}

// recordedAt is the step that ends at a date that is written as DatesAt reads it.
func recordedAt(s *scenario.Scenario, date string) (at run.Observation, err error) {
	all := run.Calendar(s.Config(), "step")
	if date == "" {
		return all[len(all)-1], nil
	}
	var dates []string
	for _, at := range all {
		dates = append(dates, at.Date)
	}
	found, err := results.FindDates(dates, []string{date})
	if err != nil {
		return at, err
	}
	for _, at := range all {
		if at.Date == found[0] {
			return at, nil
		}
	}
	return at, fmt.Errorf("no step ends at %s", date)
}

// When is the date (ISO) of which the metric is.
func (spec ThresholdSpec) When() (string, error) {
	at, err := recordedAt(spec.Scenario, spec.Date)
	return at.Date, err
}

// recordedStep is the number of steps done at a date that is written as DatesAt reads it.
func recordedStep(s *scenario.Scenario, date string) (int, error) {
	at, err := recordedAt(s, date)
	return at.Step, err
}

// mostTried bounds the runs of a search.
const mostTried = math.MaxInt32

// evaluator runs a scenario at values of a knob. Its runs are numbered in the order in which the
// search asks for them, which depends on nothing but their outcome.
type evaluator struct {
	ctx          context.Context
	spec         ThresholdSpec
	knob         *scenario.Knob
	metric, step int
	seed         uint64
	log          *run.BatchLog
	asked        []float64         // by run: the value
	tried        map[float64][]int // by value: its runs, a replication each
}

// identity is the SHA-256 of all that decides the numbers.
func (e *evaluator) identity(o analysis.ThresholdOptions) string {
	return run.Sum(struct {
		Model, Scenario, Knob, Metric string
		Step                          int
		Seed                          uint64
		Options                       analysis.ThresholdOptions
	}{sim.Version, string(e.spec.Scenario.YAML()), e.knob.Path, sim.Metrics[e.metric].Name, e.step, e.seed, o})
}

// evaluate gives the metric in the first n replications at a value.
func (e *evaluator) evaluate(x float64, n int) ([]float64, error) {
	fresh := len(e.tried[x]) < n
	for len(e.tried[x]) < n {
		e.tried[x] = append(e.tried[x], len(e.asked))
		e.asked = append(e.asked, x)
	}
	if err := e.log.Reach(e.ctx, len(e.asked)); err != nil {
		return nil, err
	}
	values := make([]float64, n)
	for i, number := range e.tried[x][:n] {
		left, err := e.log.Values(number)
		if err != nil {
			return nil, err
		}
		values[i] = left[0]
	}
	if fresh && e.spec.Notice != nil {
		e.spec.Notice(fmt.Sprintf("%s = %s: %s, %s %s", e.knob.Path, e.knob.Short(x, 6), quantity.Plural(n, "replication"),
			e.spec.Bound.Metric, writtenMean(e.spec.Bound.Metric, results.Describe(slices.Clone(values)).Mean)))
	}
	return values, nil
}

// run does one of the runs up to the step at which the metric is taken.
func (e *evaluator) run(ctx context.Context, engine *run.Engine, number int) ([]float64, error) {
	s, x := e.spec.Scenario, e.asked[number]
	replication := 1 + slices.Index(e.tried[x], number)
	base := s.Config()
	if s.HasDraws() {
		var err error
		if base, err = s.Draw(e.seed, replication); err != nil {
			return nil, err
		}
	}
	cfg, err := s.Vary(base, []*scenario.Knob{e.knob}, []float64{x})
	if err != nil {
		return nil, err
	}
	v := math.NaN()
	job := run.Job{Config: cfg, Centre: s.Centre(), Seed: e.seed, Replication: replication}
	if err := engine.Do(ctx, job, run.Value(e.step, sim.Metrics[e.metric].Of, &v)); err != nil {
		return nil, err
	}
	if math.IsNaN(v) {
		return nil, fmt.Errorf("%s is not defined at %s = %s in replication %d", e.spec.Bound.Metric, e.knob.Path,
			e.knob.Format(x), replication)
	}
	return []float64{v}, nil
}
