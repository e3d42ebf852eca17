package experiment

import (
	"context"

	"simulate/internal/quantity"
	"simulate/sim/experiment/compare"
	"simulate/sim/experiment/results"
	"simulate/sim/experiment/run"
	"simulate/sim/scenario"
)

// Reproduce does the experiment of a results folder again in a temporary folder and holds every
// table against its hash. Its error is an
// *results.InputError where the folder does not hold what a repetition needs.
func Reproduce(ctx context.Context, dir string, o run.Options) (*results.Reproduction, error) {
	return results.Reproduce(dir, o.Commit, func(m *results.Manifest, scenarios []*scenario.Scenario, out string) error {
		e, err := Of(m, scenarios)
		if err != nil {
			return err
		}
		_, _, err = run.Do(ctx, e, run.Output{Out: out, Format: m.Format}, o)
		return err
	})
}

// Of is the experiment that a manifest and its resolved scenarios describe.
func Of(m *results.Manifest, scenarios []*scenario.Scenario) (run.Experiment, error) {
	missing := m.Missing
	if m.Sweep != nil {
		missing = m.Sweep.Missing
	}
	if len(missing) > 0 {
		return nil, results.InputErrorf("the tables lack shards %s; merge the whole experiment to reproduce it",
			quantity.Ranges(missing))
	}
	if m.Sweep != nil {
		return run.NewSweep(run.SweepSpec{Scenario: scenarios[0], Seed: &m.Seed, Tables: m.Asked, Pairing: compare.Pairs{}})
	}
	if m.Futures != nil {
		return compare.NewFutures(scenarios, run.SweepSpec{Seed: &m.Seed, Replications: m.Replications})
	}
	spec := run.Spec{Scenarios: scenarios, Compare: compare.Tables(m.Compare), Name: m.Name, Seed: &m.Seed,
		Replications: m.Replications, Record: m.Record,
		Tables: m.Asked}
	if m.Until != "" {
		until, err := run.ParseUntil(m.Until)
		if err != nil {
			return nil, &results.InputError{Err: err}
		}
		spec.Until, spec.Replications = until, m.Most
	}
	return run.NewRuns(spec)
}

// OpenRun prepares replication r (from 1) of a case of the experiment in a results folder, as
// run.Single does. The error is an
// *results.InputError where there is no such run.
func OpenRun(ctx context.Context, dir, name string, r int, cache *run.Cache) (*run.SingleRun, error) {
	m, scenarios, err := results.ReadInputs(dir)
	if err != nil {
		return nil, err
	}
	if r < 1 || r > m.Replications {
		return nil, results.InputErrorf("there is no replication %d; the experiment has %s, from 1", r,
			quantity.Plural(m.Replications, "replication"))
	}
	e, err := Of(m, scenarios)
	if err != nil {
		return nil, err
	}
	return run.Single(ctx, e, name, r, cache)
}
