package history

import (
	"context"
	"errors"
	"fmt"
	"math"

	"simulate/internal/fault"
	"simulate/sim"
	"simulate/sim/design"
	"simulate/sim/experiment/results"
	"simulate/sim/experiment/run"
)

// luckRuns is how many stochastic runs estimate the noise of luck.
const luckRuns = 64

// luckReferences is the number of runs behind a reference path, fewer than in results because no
// event departs from it.
const luckReferences = 16

// tries are the runs by which vectors are judged: number 0 is deterministic at the scenario's own
// values, luckRuns after it are stochastic at the same, and each of the rest is deterministic with
// a vector of a Latin hypercube over the intervals. A run leaves its value at each target.
type tries struct {
	*space
	watched     []*Series
	aims        []*Target
	vectors     int
	points      *design.Points
	calm, lucky *sim.Config
}

func newTries(s *space, vectors int, watched []*Series, aims []*Target) (*tries, error) {
	t := &tries{space: s, watched: watched, aims: aims, vectors: vectors}
	var err error
	if t.points, err = design.Latin(design.Spec{Dimensions: len(s.knobs), Samples: vectors, Seed: s.seed}); err != nil {
		return nil, &results.InputError{Err: err}
	}
	if t.calm, err = s.config(nil, false); err != nil {
		return nil, err
	}
	if t.lucky, err = s.config(nil, true); err != nil {
		return nil, err
	}
	t.lucky.ReferenceReplications = luckReferences
	return t, nil
}

func (t *tries) runs() int { return 1 + luckRuns + t.vectors }

// do makes one of the runs. A vector that is impossible, or whose run breaks off, leaves nil.
func (t *tries) do(ctx context.Context, e *run.Engine, number int) ([]float64, error) {
	job := run.Job{Config: t.calm, Seed: t.seed, Replication: 1}
	vector := number - 1 - luckRuns
	switch {
	case vector >= 0:
		var err error
		if job.Config, err = t.config(t.vector(vector).values, false); err != nil {
			return nil, nil
		}
	case number > 0:
		job.Config, job.Replication = t.lucky, number
	}
	values, err := follow(ctx, e, job, t.watched)
	var bug *fault.Bug
	switch {
	case err == nil:
	case vector < 0 || ctx.Err() != nil || errors.As(err, &bug):
		return nil, fmt.Errorf("%s: %w", t.name(number), err)
	default:
		return nil, nil
	}
	out := []float64{} // there may be no target
	for _, aim := range t.aims {
		out = append(out, aim.value(values))
	}
	return out, nil
}

// name says which run it is.
func (t *tries) name(number int) string {
	switch {
	case number == 0:
		return "the run at the scenario's own parameters"
	case number <= luckRuns:
		return fmt.Sprintf("run %d of %d for the noise of luck", number, luckRuns)
	}
	return fmt.Sprintf("vector %d of %d", number-luckRuns, t.vectors)
}

// vector is one of those tried, from 0, before its run.
func (t *tries) vector(i int) *sample {
	u := t.points.Row(i, nil)
	return &sample{u: u, values: t.space.values(u)}
}

// judge sets each target's noise and says how far the scenario's own values and each vector lie
// from the targets. The noise is the root mean square distance of stochastic runs from the
// deterministic one, at the scenario's own values and taken to be the same at all others.
func (t *tries) judge(left run.Values) (base *sample, tried []*sample, err error) {
	base = &sample{}
	if base.reached, err = left(0); err != nil {
		return nil, nil, err
	}
	squares, n := make([]float64, len(t.aims)), make([]float64, len(t.aims))
	for number := 1; number <= luckRuns; number++ {
		values, err := left(number)
		if err != nil {
			return nil, nil, err
		}
		for i, aim := range t.aims {
			d := aim.Series.scale(values[i]) - aim.Series.scale(base.reached[i])
			if !math.IsNaN(d) && !math.IsInf(d, 0) {
				squares[i] += d * d
				n[i]++
			}
		}
	}
	for i, aim := range t.aims {
		if n[i] > 0 {
			aim.Luck = math.Sqrt(squares[i] / n[i])
		}
	}
	t.hold(base)
	for i := range t.vectors {
		x := t.vector(i)
		if x.reached, err = left(1 + luckRuns + i); err != nil {
			return nil, nil, err
		}
		if x.reached != nil {
			t.hold(x)
		}
		tried = append(tried, x)
	}
	return base, tried, nil
}

// hold sets how far what a sample has reached lies from each target.
func (t *tries) hold(x *sample) {
	x.distances = []float64{}
	for i, aim := range t.aims {
		x.distances = append(x.distances, aim.distance(x.reached[i]))
	}
}
