package run

import (
	"context"
	"runtime"
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
	model       *sim.Model
}

// OpenRun prepares replication r (from 1) of a case of the experiment in a results folder. A case is named as in the tables; where its
// name is a number, zeros before it may be left out. The error is an *InputError where there is no such run.
func OpenRun(ctx context.Context, dir, name string, r int) (*SingleRun, error) {
	m, scenarios, err := results.ReadInputs(dir)
	if err != nil {
		return nil, err
	}
	if r < 1 || r > m.Replications {
		return nil, results.InputErrorf("there is no replication %d; the experiment has %s, from 1", r, quantity.Plural(m.Replications, "replication"))
	}
	var cfg *sim.Config
	run := &SingleRun{Case: name, Replication: r, Seed: m.Seed}
	if m.Sweep != nil {
		sweep, err := NewSweep(SweepSpec{Scenario: scenarios[0], Seed: &m.Seed})
		if err != nil {
			return nil, err
		}
		number, err := strconv.Atoi(name)
		if err != nil || number < 1 || number > sweep.Cases() {
			return nil, results.InputErrorf("there is no case %q; the sweep has cases 1 to %s", name, quantity.Count(sweep.Cases()))
		}
		run.Case = sweep.CaseID(number - 1)
		if cfg, err = sweep.config(sweep.Values(number-1, nil), r); err != nil {
			return nil, &results.InputError{Err: err}
		}
		run.calendar = sweep.calendar
	} else {
		at := -1
		var names []string
		for i, c := range m.Cases {
			if names = append(names, c.Name); c.Name == name {
				at = i
			}
		}
		if at < 0 {
			return nil, results.InputErrorf("there is no case %q; there are %s", name, quantity.List(names))
		}
		p, err := newPlan(Spec{Scenarios: scenarios, Seed: &m.Seed, Replications: m.Replications, Record: m.Record})
		if err != nil {
			return nil, err
		}
		if cfg, err = p.cases[at].config(m.Seed, r); err != nil {
			return nil, &results.InputError{Err: err}
		}
		run.calendar = p.cases[at].calendar
	}
	ref, err := MakeReference(ctx, cfg, runtime.GOMAXPROCS(0))
	if err != nil {
		return nil, err
	}
	if run.model, err = sim.New(cfg); err != nil {
		return nil, &results.InputError{Err: err}
	}
	run.model.Reset(m.Seed, r, ref)
	return run, nil
}

// Each does the run and calls visit at each recorded date with the values of sim.Metrics.
func (r *SingleRun) Each(visit func(date string, metrics []float64) error) error {
	for step, row := 0, 0; ; step++ {
		if row < len(r.calendar) && r.calendar[row].Step == step {
			values := make([]float64, len(sim.Metrics))
			for i := range sim.Metrics {
				values[i] = sim.Metrics[i].Of(r.model)
			}
			if err := visit(r.calendar[row].Date, values); err != nil {
				return err
			}
			row++
		}
		if r.model.Done() {
			return nil
		}
		if err := r.model.Step(); err != nil {
			return err
		}
	}
}

// Trace does the run and calls visit for each state variable that a process changes, in steps whose last day lies between two dates
// (ISO; empty: no bound).
func (r *SingleRun) Trace(from, until string, visit func(date string, c sim.StateChange) error) error {
	for !r.model.Done() {
		date := quantity.LastDay(r.model.Time() + r.model.Config().Dt())
		if until != "" && date > until {
			return nil
		}
		var err error
		step := r.model.Step
		if date >= from {
			step = func() error {
				return r.model.Trace(func(c sim.StateChange) {
					if err == nil {
						err = visit(date, c)
					}
				})
			}
		}
		if failed := step(); failed != nil {
			return failed
		}
		if err != nil {
			return err
		}
	}
	return nil
}
