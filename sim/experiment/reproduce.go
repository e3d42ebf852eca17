package experiment

import (
	"context"

	"simulate/internal/quantity"
	"simulate/sim/experiment/compare"
	"simulate/sim/experiment/results"
	"simulate/sim/experiment/run"
	"simulate/sim/scenario"
)

// Options say how an experiment is done again.
type Options struct {
	Jobs     int // runs at a time; 0: as many as there are processors
	Commit   string
	Progress func(run.Progress)
	Notice   func(string)
}

// Reproduce does the experiment of a results folder again in a temporary folder and holds every table against its hash. Its error is an
// *results.InputError where the folder does not hold what a repetition needs.
func Reproduce(ctx context.Context, dir string, o Options) (*results.Reproduction, error) {
	return results.Reproduce(dir, o.Commit, func(m *results.Manifest, scenarios []*scenario.Scenario, out string) error {
		if m.Sweep != nil {
			return reproduceSweep(ctx, m, scenarios[0], out, o)
		}
		return reproduceRuns(ctx, m, scenarios, out, o)
	})
}

func reproduceRuns(ctx context.Context, m *results.Manifest, scenarios []*scenario.Scenario, out string, o Options) error {
	spec := run.Spec{
		Scenarios: scenarios, Compare: compare.Tables(m.Compare), Name: m.Name, Out: out, Seed: &m.Seed, Replications: m.Replications, Record: m.Record, Format: m.Format,
		Jobs: o.Jobs, Commit: o.Commit, Progress: o.Progress, Notice: o.Notice,
	}
	if m.Until != "" {
		until, err := run.ParseUntil(m.Until)
		if err != nil {
			return &results.InputError{Err: err}
		}
		spec.Until, spec.Replications = until, m.Most
	}
	_, err := run.Run(ctx, spec)
	return err
}

func reproduceSweep(ctx context.Context, m *results.Manifest, s *scenario.Scenario, out string, o Options) error {
	if len(m.Sweep.Missing) > 0 {
		return results.InputErrorf("the tables lack shards %s; merge the whole sweep to reproduce it", quantity.Ranges(m.Sweep.Missing))
	}
	sweep, err := run.NewSweep(run.SweepSpec{Scenario: s, Seed: &m.Seed})
	if err != nil {
		return err
	}
	_, err = sweep.Run(ctx, run.SweepOutput{Out: out, Format: m.Format}, run.SweepOptions(o))
	return err
}
