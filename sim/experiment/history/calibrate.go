package history

import (
	"cmp"
	"context"
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/stat"

	"simulate/internal/quantity"
	"simulate/sim/experiment/results"
	"simulate/sim/experiment/run"
	"simulate/sim/observed"
	"simulate/sim/scenario"
)

// CalibrationSpec says what to fit.
type CalibrationSpec struct {
	Scenario    *scenario.Scenario
	Observed    []observed.Point
	Samples     int // parameter vectors to try
	Seed        uint64
	Discrepancy float64 // of the model, as a part of what is observed
	Conduct
}

// Parameter is an uncertain parameter before and after the observations.
type Parameter struct {
	Knob      *scenario.Knob
	Base      float64    // the scenario's own value
	Posterior [5]float64 // quantiles .05, .25, .5, .75, .95 over the vectors that fit
	// At is the same as a part of the prior: 0 at its lower end, 1 at its upper.
	At [5]float64
	// Width is the central 90 % of the vectors that fit over that of the prior: near 1 where the
	// observations say nothing.
	Width float64
	// Shift is the largest distance between the distribution functions of the vectors that fit and of
	// the prior (Kolmogorov–Smirnov), 0 to 1.
	Shift float64
	// Identified says what the observations tell about the parameter: yes, in part or no; "" where no
	// vector fits.
	Identified string
}

// What counts as identified: half of the prior's width is gone. In part: a fifth of it, or a tenth
// of the vectors have moved. Both only beyond what chance does to as many uniform values in one
// case of a thousand (Kolmogorov–Smirnov, 1.95/√n).
const (
	identifiedBelow = 0.5
	silentFrom      = 0.8
	silentBelow     = 0.1
	chance          = 1.95
)

func identified(width, shift float64, n int) string {
	switch {
	case n == 0:
		return ""
	case shift < chance/math.Sqrt(float64(n)):
		return "no"
	case width < identifiedBelow:
		return "yes"
	case width < silentFrom || shift >= silentBelow:
		return "in part"
	}
	return "no"
}

// Fit is how the vectors meet a target.
type Fit struct {
	*Target
	Base, BaseDistance float64    // at the scenario's own values
	Reached            [5]float64 // quantiles over the vectors that fit
	Met                int        // vectors within Implausible of it, of those tried
	// Aside is a target that no vector meets: a misfit of the model or of its inputs, which decides
	// nothing about parameters.
	Aside bool
}

// Member is a vector that fits.
type Member struct {
	Number int // among those tried, from 1
	Worst  float64
	Values []float64 // in the order of Parameters, in the model's units
}

// Tie is a pair of parameters whose values in the set depend on each other: data identify a
// combination of them.
type Tie struct {
	A, B string
	Rank float64 // Spearman's rank correlation over the set
}

// Calibration is what came out.
type Calibration struct {
	Spec       CalibrationSpec
	Impossible int // vectors that no model can be made of
	Fits       []*Fit
	Parameters []*Parameter
	Members    []Member
	Ties       []Tie
	BaseWorst  float64 // largest distance of the scenario's own values over the targets that count
	BaseOn     *Fit    // where
}

// Calibrate tries vectors and keeps those that no target rules out.
func Calibrate(ctx context.Context, spec CalibrationSpec) (*Calibration, error) {
	c, p, err := spec.prepare(ctx, true)
	if err != nil {
		return nil, err
	}
	return c, spec.run(ctx, p, spec.Commit)
}

// prepare settles a calibration before its runs. check has amounts of the user's held against a
// run.
func (spec CalibrationSpec) prepare(ctx context.Context, check bool) (*Calibration, *Plan, error) {
	s := spec.Scenario
	cfg, err := s.Vary(s.Config(), nil, nil)
	if err != nil {
		return nil, nil, err
	}
	watched, err := match(cfg, observed.Join(spec.Observed))
	if err != nil {
		return nil, nil, err
	}
	if check {
		if err := checkScale(ctx, spec.engine(), cfg, watched, spec.Seed, spec.Notice); err != nil {
			return nil, nil, err
		}
	}
	aims := targets(cfg, watched, spec.Discrepancy, func(s *Series) []observed.Point { return s.Latest() })
	sp := &space{scenario: s, base: cfg, knobs: uncertain(s, nil), seed: spec.Seed}
	switch {
	case len(aims) == 0:
		return nil, nil, results.InputErrorf("nothing is observed between the scenario's start, %s, and its end",
			quantity.LastDay(cfg.Start))
	case len(sp.knobs) == 0:
		return nil, nil, results.InputErrorf("no parameter of the scenario has an interval")
	}
	cfg.Steps = 1
	for _, t := range aims {
		cfg.Steps = max(cfg.Steps, t.at.last)
	}
	tries, err := newTries(sp, spec.Samples, watched, aims)
	if err != nil {
		return nil, nil, err
	}
	c := &Calibration{Spec: spec}
	batch := &run.Batch{Title: spec.Name(), Hash: spec.Identity(), Count: tries.runs(), Do: tries.do,
		Settle: func(_ int, left run.Values) error {
			base, tried, err := tries.judge(left)
			if err != nil {
				return err
			}
			return c.describe(run.NewEngine(0, nil), sp.knobs, c.sift(tried, base, aims))
		}}
	return c, &Plan{Batch: batch, Outcome: c}, nil
}

// sift sets aside the targets that no vector meets and returns the vectors that meet all others.
func (c *Calibration) sift(tried []*sample, base *sample, aims []*Target) []*sample {
	met, counts := reached(tried, base, aims)
	for i, t := range aims {
		f := &Fit{Target: t, Base: base.reached[i], BaseDistance: base.distances[i], Met: met[i], Aside: !counts[i]}
		if counts[i] && (c.BaseOn == nil || f.BaseDistance > c.BaseWorst) {
			c.BaseWorst, c.BaseOn = f.BaseDistance, f
		}
		c.Fits = append(c.Fits, f)
	}
	var fitting []*sample
	for n, x := range tried {
		if x.distances == nil {
			c.Impossible++
		}
		if w := x.worst(counts); w <= Implausible {
			fitting = append(fitting, x)
			c.Members = append(c.Members, Member{n + 1, w, x.values})
		}
	}
	for i, f := range c.Fits {
		reached := make([]float64, len(fitting))
		for k, x := range fitting {
			reached[k] = x.reached[i]
		}
		f.Reached = fiveOf(reached)
	}
	return fitting
}

// describe compares each parameter in the set with its prior.
func (c *Calibration) describe(engine *run.Engine, knobs []*scenario.Knob, fitting []*sample) error {
	column := func(j int, of func(*sample) []float64) []float64 {
		out := make([]float64, len(fitting))
		for k, x := range fitting {
			out[k] = of(x)[j]
		}
		return out
	}
	ranks := make([][]float64, len(knobs))
	c.Parameters = make([]*Parameter, len(knobs))
	one := func(_ context.Context, j int) error {
		l := knobs[j]
		p := &Parameter{Knob: l, Base: l.Value, Posterior: fiveOf(column(j, func(x *sample) []float64 { return x.values }))}
		at := column(j, func(x *sample) []float64 { return x.u })
		p.At = fiveOf(at) // and in order
		p.Width, p.Shift = (p.At[4]-p.At[0])/0.9, shift(at)
		p.Identified = identified(p.Width, p.Shift, len(fitting))
		c.Parameters[j] = p
		ranks[j] = ranked(column(j, func(x *sample) []float64 { return x.u }))
		return nil
	}
	if err := engine.Each(context.Background(), len(knobs), "", one); err != nil {
		return err
	}
	least := math.Max(0.25, 4/math.Sqrt(float64(len(fitting)))) // above chance among all pairs
	for a := range knobs {
		for b := a + 1; b < len(knobs) && len(fitting) > 2; b++ {
			if rho := stat.Correlation(ranks[a], ranks[b], nil); math.Abs(rho) >= least {
				c.Ties = append(c.Ties, Tie{knobs[a].Path, knobs[b].Path, rho})
			}
		}
	}
	slices.SortStableFunc(c.Ties, func(x, y Tie) int { return cmp.Compare(math.Abs(y.Rank), math.Abs(x.Rank)) })
	return nil
}

// shift is the Kolmogorov–Smirnov distance of values in ascending order to the uniform distribution
// on (0, 1).
func shift(sorted []float64) float64 {
	most, n := 0.0, float64(len(sorted))
	for i, u := range sorted {
		most = max(most, u-float64(i)/n, float64(i+1)/n-u)
	}
	return most
}

// ranked gives the rank of each value; coordinates of a Latin hypercube never tie.
func ranked(x []float64) []float64 {
	order := make([]int, len(x))
	floats.Argsort(slices.Clone(x), order)
	out := make([]float64, len(x))
	for r, i := range order {
		out[i] = float64(r)
	}
	return out
}
