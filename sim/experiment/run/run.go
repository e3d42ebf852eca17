package run

import (
	"context"

	"simulate/sim/experiment/results"
	"simulate/sim/table"
)

// Run runs the scenarios of spec and returns what the results folder then holds. A complete folder
// of the same experiment is returned as it is. Failed runs are no error; Outcome.Manifest.Failed
// lists them.
//
// The error is an *results.InputError where the spec or its folder is refused, a *Stopped that
// wraps context.Cause(ctx) where the context ended (what was done is kept, and the same call
// continues), and otherwise comes from the file system.
func Run(ctx context.Context, spec Spec) (*results.Outcome, error) {
	p, err := NewRuns(spec)
	if err != nil {
		return nil, err
	}
	how := spec.Reading
	if how == nil {
		how = &table.Reading{}
	}
	dir, complete, err := Do(ctx, p, Output{Out: spec.Out, Format: spec.Format, Force: spec.Force, Command: spec.Command,
		Reading: how}, Options{Jobs: spec.Jobs, Commit: spec.Commit, Progress: spec.Progress, Notice: spec.Notice,
		Cache: spec.Cache})
	if err != nil {
		return nil, err
	}
	out, err := results.LoadAs(dir, how)
	if err != nil {
		return nil, err
	}
	out.AlreadyComplete = complete
	return out, nil
}
