package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/urfave/cli/v2"

	"simulate/internal/quantity"
	"simulate/sim/experiment/cluster"
	"simulate/sim/experiment/compare"
	"simulate/sim/experiment/history"
	"simulate/sim/experiment/results"
	"simulate/sim/experiment/run"
)

// noCacheFlag is an option of every command that runs a model.
func noCacheFlag() cli.Flag {
	return &cli.BoolFlag{Name: "no-cache", Category: sizeCategory,
		Usage: "make every reference path anew instead of taking those kept in the user's cache folder; numbers are the same"}
}

// cacheOf is where reference paths are kept.
func cacheOf(c *cli.Context) *run.Cache {
	if c.Bool("no-cache") {
		return nil
	}
	return run.OpenCache()
}

// noShards takes the option that plans what cannot be planned, to say so.
func noShards() cli.Flag {
	f := wholeNumber("Engine", "shards", "`N` parts, of which a search makes none", 1)
	f.Hidden = true
	return f
}

// unfinished is where a command that leaves no results folder keeps its finished runs until it is
// done.
type unfinished struct{ *results.Unfinished }

func (u *unfinished) open(p *program, identity string) (folder string, err error) {
	if u.Unfinished, err = results.OpenUnfinished(identity); err != nil {
		return "", err
	}
	if u.Stays() {
		p.promise(goesOn)
	}
	return u.Dir, nil
}

// close keeps the runs where the command was stopped.
func (u *unfinished) close(err error) {
	if u.Unfinished != nil {
		u.Close(errors.As(err, new(*run.Stopped)))
	}
}

// tablesFlag chooses what an experiment writes.
func tablesFlag(usage string) cli.Flag {
	return &cli.StringSliceFlag{Name: "tables", Category: outputCategory, Usage: usage}
}

// shardFlags plan an experiment instead of running it.
func shardFlags() []cli.Flag {
	return append([]cli.Flag{wholeNumber("Engine", "shards",
		"do not run: write plan.json for `N` shards into --out; sweep run, status and merge do the rest", 1)},
		engineFlags()...)
}

// writePlan writes the plan of an experiment and the jobs of the chosen engine beside it, and says
// what comes next.
func (p *program) writePlan(c *cli.Context, e run.Workload, cost string) error {
	if err := atMostOne(c, engineNames()...); err != nil {
		return err
	}
	shards, given := number(c, "shards")
	if !given || c.String("out") == "" {
		return usagef("a plan needs --shards N and --out DIR")
	}
	jobs := ""
	for _, kind := range engineNames() {
		if c.Bool(kind) {
			jobs = kind
		}
	}
	set, err := engineSettings(c, jobs)
	if err != nil {
		return err
	}
	plan, err := cluster.WritePlan(e, c.String("out"), int(shards), jobs, c.Bool("force"), append([]string{"simulate"},
		p.args...), commit)
	if err != nil {
		return err
	}
	self, err := os.Executable()
	if err != nil {
		self = "simulate" // found on the path of the machine that runs the job
	}
	files, err := plan.WriteJobs(self, set)
	if err != nil || c.Bool("quiet") {
		return err
	}
	fmt.Fprintln(p.stderr, wrap(cost, "", helpWidth))
	fmt.Fprintf(p.stderr, "%s in %s\n", quantity.Plural(int(shards), "shard"), filepath.Join(plan.Dir, "plan.json"))
	for _, f := range files {
		fmt.Fprintf(p.stderr, "%s\n", filepath.Join(plan.Dir, f))
	}
	switch line := plan.SubmitCommand(set); {
	case line == "":
	case jobs == "":
		fmt.Fprintln(p.stderr, "Next:", line)
	default:
		fmt.Fprintln(p.stderr, "Submit:", line)
	}
	return nil
}

// planRuns writes the plan of the runs of scenarios, where shards are asked for.
func (p *program) planRuns(c *cli.Context, spec *run.Spec) error {
	if spec.Until != nil {
		return usagef("a stop rule looks at all runs together, which shards cannot; give -n instead of --until")
	}
	runs, err := run.NewRuns(*spec)
	if err != nil {
		return err
	}
	asked, bases := len(spec.Scenarios), ""
	if spec.Compare != nil {
		if n := len(spec.Compare.Comparison().Added); n > 0 {
			asked, bases = asked-n, fmt.Sprintf(" and of %s without what happens", quantity.Plural(n, "world"))
		}
	}
	return p.writePlan(c, runs, quantity.Plural(runs.Runs(), "run")+" of "+quantity.Plural(asked, "scenario")+bases+".")
}

// planHistory writes the plan of a back-test or calibration.
func (p *program) planHistory(c *cli.Context, settle func(context.Context) (*history.Plan, error)) error {
	plan, err := settle(c.Context)
	if err != nil {
		return err
	}
	cost := quantity.Plural(plan.Batch.Runs(), "run") + "."
	if n := len(run.Waves(plan.Batch)); n > 1 {
		cost += fmt.Sprintf(" They come in %s, of which each needs the outcome of the one before.", quantity.Plural(n,
			"wave"))
	}
	return p.writePlan(c, plan.Batch, cost)
}

// concludeMerge says what came out of a plan.
func (p *program) concludeMerge(c *cli.Context, w run.Workload, o *run.Complete) error {
	switch {
	case o.Manifest.Sweep != nil:
		return p.concludeSweep(c, o)
	case o.Manifest.Kind != "":
		return p.concludeHistory(c, o)
	}
	if f, ok := w.(*run.Futures); ok {
		return p.concludeFutures(c, o.Dir, f, o.Manifest.Futures.Metrics, f.Common()[len(f.Common())-1:])
	}
	outcome, err := results.Load(o.Dir)
	if err != nil {
		return err
	}
	told := compare.Of(outcome)
	if !c.Bool("quiet") {
		if n := len(o.Manifest.Missing); n > 0 {
			fmt.Fprintf(p.stderr, "The tables are partial: %s left out (%s).\n", quantity.Plural(n, "shard"),
				quantity.Ranges(o.Manifest.Missing))
		}
		p.conclude(told)
	}
	if c.Bool("json") {
		if err := p.printJSON(outcomeAsJSON(told)); err != nil {
			return err
		}
	}
	return someFailed(told)
}
