package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/urfave/cli/v2"

	"simulate/internal/quantity"
	"simulate/sim/experiment/cluster"
	"simulate/sim/experiment/compare"
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
func (p *program) writePlan(c *cli.Context, e run.Experiment, cost string) error {
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
	return p.writePlan(c, runs, quantity.Plural(runs.Runs(), "run")+" of "+quantity.Plural(len(spec.Scenarios),
		"scenario")+".")
}

// concludeMerge says what came out of a plan of runs, of a sweep or of a comparison over futures.
func (p *program) concludeMerge(c *cli.Context, e run.Experiment, o *run.Complete) error {
	if o.Manifest.Sweep != nil {
		return p.concludeSweep(c, o)
	}
	if f, ok := e.(*run.Futures); ok {
		return p.concludeFutures(c, o.Dir, f, o.Manifest.Futures.Metrics, f.Dates()[len(f.Dates())-1:])
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
