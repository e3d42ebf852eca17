package run

import (
	"context"
	"strconv"

	"simulate/internal/quantity"
	"simulate/sim"
	"simulate/sim/experiment/results"
)

// SingleRun is one run of an experiment, ready to be done again.
type SingleRun struct {
	Case        string
	Replication int
	Seed        uint64
	calendar    []Observation
	ctx         context.Context
	engine      *Engine
	job         Job
}

// Single prepares replication r (from 1) of a case of an experiment. A case is named as in the
// tables; where its name is a number, zeros before it may be left out. cache keeps reference paths
// on disk; nil: none. The error is an *results.InputError where there is no such run.
func Single(ctx context.Context, e Experiment, name string, r int, cache *Cache) (*SingleRun, error) {
	number, err := find(e, name)
	if err != nil {
		return nil, err
	}
	run := &SingleRun{Case: e.caseID(number), Replication: r, Seed: e.seeded(), ctx: ctx, engine: NewEngine(0,
		NewReferences(cache))}
	cfg, err := e.config(number, r)
	if err != nil {
		return nil, &results.InputError{Err: err}
	}
	run.calendar = e.calendar(number)
	run.job = Job{Config: cfg, Centre: e.centre(number), Seed: e.seeded(), Replication: r,
		Keep: !e.drawn(number) && e.kept(number)}
	return run, nil
}

// find is the number of a case, from 0.
func find(e Experiment, name string) (int, error) {
	if cases := e.order().cases; e.inputs() != nil {
		n, err := strconv.Atoi(name)
		if err != nil || n < 1 || n > cases {
			return 0, results.InputErrorf("there is no case %q; the sweep has cases 1 to %s", name, quantity.Count(cases))
		}
		return n - 1, nil
	}
	var names []string
	for i := range e.order().cases {
		if names = append(names, e.caseID(i)); e.caseID(i) == name {
			return i, nil
		}
	}
	return 0, results.InputErrorf("there is no case %q; there are %s", name, quantity.List(names))
}

// Each does the run and calls visit at each recorded date with the values of sim.Metrics.
func (r *SingleRun) Each(visit func(date string, metrics []float64) error) error {
	row := 0
	return r.engine.Do(r.ctx, r.job, func(m *sim.Model, step int) (bool, error) {
		if row == len(r.calendar) || r.calendar[row].Step != step {
			return false, nil
		}
		values := make([]float64, len(sim.Metrics))
		for i := range sim.Metrics {
			values[i] = sim.Metrics[i].Of(m)
		}
		row++
		return false, visit(r.calendar[row-1].Date, values)
	})
}

// Trace does the run and calls visit for each state variable that a process changes, in steps whose
// last day lies between two dates (ISO; empty: no bound).
func (r *SingleRun) Trace(from, until string, visit func(date string, c sim.StateChange) error) error {
	lastDay := func(m *sim.Model) string { return quantity.LastDay(m.Time() + m.Config().Dt()) }
	job := r.job
	job.Step = func(m *sim.Model) error {
		date := lastDay(m)
		if date < from {
			return m.Step()
		}
		var wrong error
		err := m.Trace(func(c sim.StateChange) {
			if wrong == nil {
				wrong = visit(date, c)
			}
		})
		if err != nil {
			return err
		}
		return wrong
	}
	return r.engine.Do(r.ctx, job, func(m *sim.Model, _ int) (bool,
		error) {
		return until != "" && !m.Done() && lastDay(m) > until, nil
	})
}
