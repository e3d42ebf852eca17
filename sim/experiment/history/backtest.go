package history

import (
	"context"
	"fmt"
	"math"
	"strings"

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
	Conduct
}

// Forecast is what one method says of a series.
type Forecast struct {
	MASE float64 // NaN where the history has no step
	// mean, in the unit of the series; of a method without an ensemble the mean absolute error; NaN
	// where it says nothing
	CRPS float64
	Kind string // of a trend: log-linear or linear
}

// Scored is a series of which something was observed after the cut.
type Scored struct {
	Series          *Series
	History, Scored []observed.Point // Scored holds what the clock covers
	// Inputs are, for each scored observation, the PATH of the input that was derived from it, "" for
	// none: such an observation is shown, tests nothing and does not count.
	Inputs                        []string
	Model, NoChange, Trend, Share Forecast // Share: proportional growth (Gibrat), of shares alone
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
	b, p, err := spec.prepare(ctx, true)
	if err != nil {
		return nil, err
	}
	return b, spec.run(ctx, p, spec.Commit)
}

// prepare settles a back-test before its runs. check has amounts of the user's held against a run.
func (spec BacktestSpec) prepare(ctx context.Context, check bool) (*Backtest, *Plan, error) {
	s := spec.Scenario
	cfg, err := s.Vary(s.Config(), nil, nil)
	if err != nil {
		return nil, nil, err
	}
	all, err := match(cfg, observed.Join(spec.Observed))
	if err != nil {
		return nil, nil, err
	}
	if check {
		if err := checkScale(ctx, spec.engine(), cfg, all, spec.Seed, spec.Notice); err != nil {
			return nil, nil, err
		}
	}
	out := &Backtest{Spec: spec, Start: cfg.Start, PerYear: cfg.StepsPerYear}
	if out.Inputs, err = cutInputs(s, cfg, spec.Until); err != nil {
		return nil, nil, err
	}
	watched, err := out.choose(cfg, all)
	if err != nil {
		return nil, nil, err
	}
	sp := &space{scenario: s, base: cfg, knobs: uncertain(s, out.Inputs), seed: spec.Seed}
	members := newEnsemble(sp, spec.Replications, watched)
	batch := &run.Batch{Title: spec.Name(), Hash: spec.Identity(), Count: spec.Replications, Do: members.do}
	score := func(left run.Values) error {
		runs, err := members.read(left)
		if err == nil {
			out.predict(runs)
			out.score(all, runs)
		}
		return err
	}
	if spec.FixParameters || len(sp.knobs) == 0 {
		batch.Settle = func(_ int, left run.Values) error { return score(left) }
		return out, &Plan{Batch: batch, Outcome: out}, nil
	}
	tries, err := out.tries(sp, all)
	if err != nil {
		return nil, nil, err
	}
	first := tries.runs()
	batch.Begins, batch.Count = []int{0, first}, first+spec.Replications
	batch.Do = func(ctx context.Context, e *run.Engine, number int) ([]float64, error) {
		if number < first {
			return tries.do(ctx, e, number)
		}
		return members.do(ctx, e, number-first)
	}
	batch.Settle = func(wave int, left run.Values) (err error) {
		if wave == 0 {
			members.vectors, err = out.fitting(tries, left)
			return err
		}
		return score(func(number int) ([]float64, error) { return left(first + number) })
	}
	return out, &Plan{Batch: batch, Outcome: out}, nil
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
				path, err := inputFor(b.Spec.Scenario, p)
				if err != nil {
					return nil, err
				}
				scored.Scored, scored.windows = append(scored.Scored, p), append(scored.windows, w)
				scored.Inputs = append(scored.Inputs, path)
				last = max(last, w.last)
			}
		}
		if len(scored.Scored) > 0 {
			watched = append(watched, s)
			b.Series = append(b.Series, scored)
		}
	}
	if len(watched) == 0 {
		end := cfg.Start + float64(cfg.Steps)*cfg.Dt()
		return nil, &results.InputError{Err: fmt.Errorf("nothing is observed after %s and before the scenario's end, %s; %s"+
			"give later data with --observed, or an earlier date", quantity.LastDay(b.Spec.Until), quantity.LastDay(end),
			b.unscored(all, end))}
	}
	b.steps = cfg.Steps
	cfg.Steps = last
	return watched, nil
}

// unscored says why values of the user's are none to score; "" where there are none.
func (b *Backtest) unscored(all []*Series, end float64) string {
	var plans, beyond []string
	for _, s := range all {
		for _, p := range s.Points {
			name := strings.TrimSpace(p.Quantity+" "+p.Entity) + " of " + p.Day
			switch {
			case p.Builtin:
			case p.Date > end+1e-9:
				beyond = append(beyond, name)
			case p.Date > b.Spec.Until && p.KnownAt() <= b.Spec.Until:
				plans = append(plans, name)
			}
		}
	}
	text := ""
	if len(plans) > 0 {
		text = quantity.List(plans) + " was known before, so that the model may use it and it is no test; "
	}
	if len(beyond) > 0 {
		text += quantity.List(beyond) + " lies beyond the end of the clock, which --set clock.end moves; "
	}
	return text
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

// tries are the runs that judge vectors by what was observed up to the cut.
func (b *Backtest) tries(sp *space, all []*Series) (*tries, error) {
	early := *sp.base
	early.Steps = b.steps
	watched, aims := known(&early, all, b.Spec.Discrepancy, b.Spec.Until)
	early.Steps = max(1, int(math.Round((b.Spec.Until-early.Start)*float64(early.StepsPerYear))))
	for _, t := range aims {
		early.Steps = max(early.Steps, t.at.last)
	}
	b.Tried, b.Held = triedPerMember*b.Spec.Replications, len(aims)
	return newTries(&space{scenario: sp.scenario, base: &early, knobs: sp.knobs, seed: sp.seed}, b.Tried, watched, aims)
}

// fitting are the vectors tried that fit what was observed up to the cut.
func (b *Backtest) fitting(t *tries, left run.Values) ([][]float64, error) {
	base, tried, err := t.judge(left)
	if err != nil {
		return nil, err
	}
	_, counts := reached(tried, base, t.aims)
	b.Aside = nil
	for i, aim := range t.aims {
		if !counts[i] {
			b.Aside = append(b.Aside, aim)
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
		return nil, fmt.Errorf("none of %s fits the %s up to %s%s; try more with -n, allow a larger --discrepancy, or take "+
			"--fix-parameters", quantity.Plural(b.Tried, "parameter vector"),
			quantity.Plural(len(t.aims)-len(b.Aside), "observation"), quantity.LastDay(b.Spec.Until), b.setAside())
	}
	return fit, nil
}
