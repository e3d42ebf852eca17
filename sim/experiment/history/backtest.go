package history

import (
	"context"
	"fmt"
	"math"

	"simulate/internal/quantity"
	"simulate/sim"
	"simulate/sim/experiment/results"
	"simulate/sim/experiment/run"
	"simulate/sim/observed"
	"simulate/sim/scenario"
)

// BacktestSpec says what to test.
type BacktestSpec struct {
	Scenario     *scenario.Scenario
	Observed     []observed.Point
	Until        float64 // decimal year: inputs are cut and parameters fitted here, later observations are scored
	Replications int     // members of the model's ensemble
	Seed         uint64
	// FixParameters keeps the scenario's parameters instead of drawing them from their intervals.
	FixParameters bool
	Discrepancy   float64 // of the model, as a part of what is observed
	Jobs          int
	Cache         *run.Cache            // of reference paths on disk; nil: none
	Progress      func(done, total int) // from one goroutine at a time; may be nil
	// Notice takes remarks on the observations; nil: not.
	Notice func(string)
	// Begin is called when the input is accepted, before the first run, and may refuse; nil: not.
	Begin func() error
}

// Forecast is what one method says of a series.
type Forecast struct {
	MASE float64 // NaN where the history has no step
	// mean, in the unit of the series; of a method without an ensemble the mean absolute error; NaN where it says nothing
	CRPS float64
	Kind string // of a trend: log-linear or linear
}

// Scored is a series of which something was observed after the cut.
type Scored struct {
	Series                        *Series
	History, Scored               []observed.Point // Scored holds what the clock covers
	Model, NoChange, Trend, Share Forecast         // Share: proportional growth (Gibrat), of shares alone
	// Fan are quantiles .05, .25, .5, .75, .95 of the model's ensemble at the start and after each
	// step.
	Fan [][5]float64
	// At are the quantiles at the scored observations, and Naive the forecasts of no change and of the
	// trend.
	At    [][5]float64
	Naive [][2]float64

	windows []window // of the scored observations
}

// Backtest is what came out.
type Backtest struct {
	Spec       BacktestSpec
	Inputs     []Input // cut
	Tried, Fit int     // parameter vectors
	Held       int     // observations up to the cut that vectors were held against
	// Aside are those of them that no vector meets, nor the scenario's own values: they decide
	// nothing.
	Aside      []*Target
	Volatility float64 // of shares, 1/√yr
	Series     []*Scored
	Start      float64
	PerYear    int

	steps int // of the scenario, before its clock is shortened to what is scored

	Total Totals
}

// RunBacktest fits, runs and scores. Its error is an *results.InputError where the observations or
// the date do not suit the scenario.
func RunBacktest(ctx context.Context, spec BacktestSpec) (*Backtest, error) {
	s := spec.Scenario
	cfg, err := s.Vary(s.Config(), nil, nil)
	if err != nil {
		return nil, err
	}
	all, err := match(cfg, observed.Join(spec.Observed))
	if err != nil {
		return nil, err
	}
	engine := run.NewEngine(spec.Jobs, run.NewReferences(spec.Cache))
	if err := checkScale(ctx, engine, cfg, all, spec.Seed, spec.Notice); err != nil {
		return nil, err
	}
	out := &Backtest{Spec: spec, Start: cfg.Start, PerYear: cfg.StepsPerYear}
	if out.Inputs, err = cutInputs(s, cfg, spec.Until); err != nil {
		return nil, err
	}
	watched, err := out.choose(cfg, all)
	if err != nil {
		return nil, err
	}
	total := spec.Replications
	if !spec.FixParameters {
		total += triedPerMember * spec.Replications
	}
	sp := &space{scenario: s, base: cfg, knobs: uncertain(s, out.Inputs), seed: spec.Seed, engine: engine,
		done: counter(spec.Progress, total)}
	if spec.Begin != nil {
		if err := spec.Begin(); err != nil {
			return nil, err
		}
	}
	vectors, err := out.vectors(ctx, sp, all)
	if err != nil {
		return nil, err
	}
	runs, err := out.ensemble(ctx, sp, vectors, watched)
	if err != nil {
		return nil, err
	}
	out.predict(runs)
	out.score(all, runs)
	return out, nil
}

// choose keeps the series with something to score, and ends the clock with the last of it.
func (b *Backtest) choose(cfg *sim.Config, all []*Series) ([]*Series, error) {
	var watched []*Series
	last := 0
	for _, s := range all {
		history, after := s.Until(b.Spec.Until)
		scored := &Scored{Series: s, History: history}
		for _, p := range after {
			if w, covered := cover(cfg, p); covered {
				scored.Scored, scored.windows = append(scored.Scored, p), append(scored.windows, w)
				last = max(last, w.last)
			}
		}
		if len(scored.Scored) > 0 {
			watched = append(watched, s)
			b.Series = append(b.Series, scored)
		}
	}
	if len(watched) == 0 {
		return nil, &results.InputError{Err: fmt.Errorf("nothing is observed after %s and before the scenario's end, %s; "+
			"give later data with --observed, or an earlier date", quantity.LastDay(b.Spec.Until),
			quantity.LastDay(cfg.Start+float64(cfg.Steps)*cfg.Dt()))}
	}
	b.steps = cfg.Steps
	cfg.Steps = last
	return watched, nil
}

// known are the observations that vectors are held against, and their series: what was known at a
// date, of that time and, where plans were announced, of later.
func known(cfg *sim.Config, all []*Series, discrepancy, until float64) ([]*Series, []*Target) {
	some := func(s *Series) []observed.Point {
		before, _ := s.Until(until)
		return append(before, s.Plans(until)...)
	}
	var held []*Series
	for _, s := range all {
		if len(some(s)) > 0 {
			held = append(held, s)
		}
	}
	return held, targets(cfg, held, discrepancy, some)
}

// triedPerMember is how many parameter vectors are tried for each member of the ensemble.
const triedPerMember = 5

// vectors are the parameters of the ensemble's members, one after the other: those of a Latin
// hypercube that fit what was observed up to the cut; nil for the scenario's own.
func (b *Backtest) vectors(ctx context.Context, sp *space, all []*Series) ([][]float64, error) {
	if b.Spec.FixParameters || len(sp.knobs) == 0 {
		return nil, nil
	}
	n := b.Spec.Replications
	early := *sp.base
	early.Steps = b.steps
	watched, aims := known(&early, all, b.Spec.Discrepancy, b.Spec.Until)
	early.Steps = max(1, int(math.Round((b.Spec.Until-early.Start)*float64(early.StepsPerYear))))
	for _, t := range aims {
		early.Steps = max(early.Steps, t.at.last)
	}
	sp = &space{scenario: sp.scenario, base: &early, knobs: sp.knobs, seed: sp.seed, engine: sp.engine, done: sp.done}
	b.Tried, b.Held = triedPerMember*n, len(aims)
	if err := sp.setLuck(ctx, watched, aims); err != nil {
		return nil, err
	}
	tried, err := sp.explore(ctx, b.Tried, watched, aims)
	if err != nil {
		return nil, err
	}
	base := &sample{}
	if err := sp.measure(ctx, base, watched, aims); err != nil {
		return nil, err
	}
	if base.distances == nil {
		return nil, fmt.Errorf("the scenario's own parameters give no run")
	}
	_, counts := reached(tried, base, aims)
	for i, t := range aims {
		if !counts[i] {
			b.Aside = append(b.Aside, t)
		}
	}
	var fit [][]float64
	for _, x := range tried {
		if x.worst(counts) <= Implausible {
			fit = append(fit, x.values)
		}
	}
	b.Fit = len(fit)
	if len(fit) == 0 {
		return nil, fmt.Errorf("none of %d parameter vectors fits the %d observations up to %s%s; try more with -n, allow "+
			"a larger --discrepancy, or take --fix-parameters",
			b.Tried, len(aims)-len(b.Aside), quantity.LastDay(b.Spec.Until), b.setAside())
	}
	return fit, nil
}

// ensemble makes the stochastic runs, each with a vector and luck of its own.
func (b *Backtest) ensemble(ctx context.Context, sp *space, vectors [][]float64, watched []*Series) ([]paths, error) {
	stochastic := b.Spec.Scenario.Config().Stochastic
	config := func(i int) (*sim.Config, error) {
		var values []float64
		if vectors != nil {
			values = vectors[i%len(vectors)]
		}
		cfg, err := sp.config(values, stochastic)
		if err == nil && vectors != nil {
			cfg.ReferenceReplications = min(cfg.ReferenceReplications, luckReferences)
		}
		return cfg, err
	}
	centre := *b.Spec.Scenario.Centre()
	centre.Steps = sp.base.Steps
	runs := make([]paths, b.Spec.Replications)
	err := sp.engine.Each(ctx, len(runs), "run", func(ctx context.Context, i int) error {
		cfg, err := config(i)
		if err == nil {
			runs[i], err = follow(ctx, sp.engine, run.Job{Config: cfg, Centre: &centre, Seed: sp.seed, Replication: i + 1},
				watched)
		}
		if err == nil {
			sp.done()
		}
		return err
	})
	return runs, err
}
