package main

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"

	"simulate/internal/quantity"
	"simulate/sim/experiment/cluster"
)

func sweepPlanCommand(p *program) *cli.Command {
	return &cli.Command{
		Name:      "plan",
		Usage:     "cut a sweep into shards for a cluster",
		ArgsUsage: "SCENARIO",
		Description: `Writes DIR/plan.json, which any machine with the program and the folder can work on, and with ` +
			quantity.OneOf(engineWords()) + ` the job beside it. Nothing is submitted.

A shard of 10 to 60 minutes suits most schedulers.`,
		UsageText: "simulate sweep plan my.yaml --vary market.eta=range --shards 9 --out d" + engineExamples(),
		Flags: slices.Concat(designFlags(), engineFlags(), []cli.Flag{
			wholeNumber(sizeCategory, "shards", "`N` parts, each done by one task", 1),
			&cli.StringFlag{Name: "out", Category: outputCategory, Usage: "folder `DIR` of the plan and its shards, on a " +
				"file system that all machines see"},
			&cli.BoolFlag{Name: "force", Category: outputCategory, Usage: "replace another plan in the folder, and its shards"},
			&cli.BoolFlag{Name: "quiet", Category: outputCategory, Usage: "errors only"},
		}),
		Action: func(c *cli.Context) error { return p.sweepPlan(c) },
	}
}

// engineFlags choose the engine whose job is written.
func engineFlags() (out []cli.Flag) {
	for _, e := range cluster.Planned() {
		out = append(out, &cli.BoolFlag{Name: e.Option, Category: "Engine", Usage: e.Meaning})
		for _, s := range e.Settings {
			usage := fmt.Sprintf("with --%s: `NAME` of the %s", e.Option, s.Meaning)
			out = append(out, &cli.StringFlag{Name: s.Option, Category: "Engine", Usage: usage})
		}
	}
	return out
}

// engineNames are the words that choose.
func engineNames() (out []string) {
	for _, e := range cluster.Planned() {
		out = append(out, e.Option)
	}
	return out
}

// engineWords are the options that choose, as they are written.
func engineWords() (out []string) {
	for _, name := range engineNames() {
		out = append(out, "--"+name)
	}
	return out
}

// engineExamples plan a study for each engine.
func engineExamples() (text string) {
	for _, word := range engineWords() {
		text += "\nsimulate sweep plan my.yaml --shards 200 --out /shared/study " + word
	}
	return text
}

// engineSettings are the values given for the chosen engine; those of another one are refused.
func engineSettings(c *cli.Context, chosen string) (map[string]string, error) {
	set := map[string]string{}
	for _, e := range cluster.Planned() {
		for _, s := range e.Settings {
			value := c.String(s.Option)
			switch {
			case value == "":
				continue
			case e.Option != chosen:
				return nil, usagef("--%s belongs to --%s", s.Option, e.Option)
			}
			if err := s.Check(value); err != nil {
				return nil, usageError{err.Error()}
			}
			set[s.Option] = value
		}
	}
	return set, nil
}

func (p *program) sweepPlan(c *cli.Context) error {
	shards, given := number(c, "shards")
	if !given || c.String("out") == "" {
		return usagef("sweep plan needs --shards N and --out DIR")
	}
	s, err := p.sweepOf(c)
	if err != nil {
		return err
	}
	cost := ""
	if !c.Bool("quiet") {
		b, err := s.Budget(int(shards), "parquet")
		if err != nil {
			return err
		}
		cost = b.String()
	}
	return p.writePlan(c, s, cost)
}

func sweepRunCommand(p *program) *cli.Command {
	return &cli.Command{
		Name:  "run",
		Usage: "do one shard of a plan, or all",
		Description: `The shard is --shard, or SWEEP_SHARD, or the task of a job array of` + engineList() +
			`; without any of them all shards are done one after the other. How many there are the plan alone says.
A shard that is whole ends at once.

SIGTERM keeps what is done and ends with exit code 75: the same command continues.`,
		UsageText: `simulate sweep run --plan /scratch/eta/plan.json --shard 3
simulate sweep run --plan /scratch/eta --jobs 8`,
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "plan", Usage: "`PLAN` that sweep plan wrote, or its folder"},
			&cli.StringFlag{Name: "shard", Usage: "shards `I` to do, from 0, as in 3 or 3,5,7-9"},
			jobsFlag(),
			noCacheFlag(),
			&cli.BoolFlag{Name: "quiet", Category: outputCategory, Usage: "errors only"},
		},
		Action: func(c *cli.Context) error { return p.sweepRun(c) },
	}
}

// engineList names the engines that say which task this is.
func engineList() string {
	var names []string
	for _, e := range cluster.Engines {
		names = append(names, e.Name)
	}
	return quantity.OneOf(names)
}

func (p *program) sweepRun(c *cli.Context) error {
	if c.NArg() > 0 || c.String("plan") == "" {
		return usagef("sweep run needs --plan FILE and takes no argument")
	}
	cluster.FindAllotment(os.Getenv).Keep(os.Getenv)
	plan, err := cluster.ReadPlan(c.String("plan"))
	if err != nil {
		return planError(err)
	}
	var shards []int
	if text := c.String("shard"); text != "" {
		if shards, err = readShards(text); err != nil {
			return err
		}
	} else if i, from, found, err := cluster.ShardIndex(os.Getenv); err != nil {
		return err
	} else if found {
		shards = []int{i}
		if !c.Bool("quiet") {
			fmt.Fprintf(p.stderr, "Shard %d of %d, from %s.\n", i, len(plan.Shards), from)
		}
	}
	o, done := p.sweepOptions(c)
	p.promise(continues)
	failed, err := cluster.RunShards(c.Context, plan, shards, o)
	done()
	if err != nil {
		return err
	}
	if failed > 0 && !c.Bool("quiet") {
		fmt.Fprintf(p.stderr, "%s failed; the table of runs will name each.\n", quantity.Plural(failed, "run"))
	}
	return nil
}

// planError makes every mistake in a plan one of input, so that a scheduler does not try again.
func planError(err error) error { return usageError{err.Error()} }

// readShards reads 3 or 3,5,7-9.
func readShards(text string) ([]int, error) {
	var out []int
	for _, part := range strings.Split(text, ",") {
		low, high, between := strings.Cut(part, "-")
		if !between {
			high = low
		}
		from, err1 := strconv.Atoi(strings.TrimSpace(low))
		to, err2 := strconv.Atoi(strings.TrimSpace(high))
		if err1 != nil || err2 != nil || from < 0 || to < from || to-from > 1_000_000 {
			return nil, usagef("option --shard: %q is no shard; write 3 or 3,5,7-9, counted from 0", part)
		}
		for i := from; i <= to; i++ {
			if !slices.Contains(out, i) {
				out = append(out, i)
			}
		}
	}
	return out, nil
}

func sweepStatusCommand(p *program) *cli.Command {
	return &cli.Command{
		Name:      "status",
		Usage:     "what of a plan is done, and the command that does the rest",
		ArgsUsage: "DIR",
		Description: `Reads every shard to its end. Lists shards that are missing, damaged, doubled or of another plan, and
prints on stdout the command that fills the gaps. Exit code 0 when all are whole, otherwise 1.`,
		UsageText: `simulate sweep status /scratch/eta`,
		Flags:     []cli.Flag{&cli.BoolFlag{Name: "json", Usage: "as JSON"}},
		Action:    func(c *cli.Context) error { return p.sweepStatus(c) },
	}
}

func (p *program) sweepStatus(c *cli.Context) error {
	dir, err := oneArgument(c, "the folder of the plan")
	if err != nil {
		return err
	}
	plan, err := cluster.ReadPlan(dir)
	if err != nil {
		return planError(err)
	}
	t, err := cluster.Status(plan)
	if err != nil {
		return err
	}
	fill := ""
	if len(t.Missing) > 0 {
		fill = t.FillCommand()
	}
	if c.Bool("json") {
		list := func(s []string) []string { return append([]string{}, s...) }
		if err := p.printJSON(ordered{{"folder", plan.Dir}, {"plan", plan.Hash}, {"shards", len(plan.Shards)}, {"missing",
			append([]int{}, t.Missing...)},
			{"wrong", list(t.Wrong)}, {"begun", list(t.Begun)}, {"failed_runs", t.Failed}, {"programs", list(t.Builds)},
			{"command", fill}}); err != nil {
			return err
		}
	} else {
		fmt.Fprintf(p.stderr, "%s of %s whole.\n", quantity.Count(len(plan.Shards)-len(t.Missing)),
			quantity.Plural(len(plan.Shards),
				"shard"))
		for _, line := range slices.Concat(t.Wrong, t.Begun) {
			fmt.Fprintln(p.stderr, line)
		}
		if len(t.Builds) > 1 {
			fmt.Fprintf(p.stderr, "The whole shards were made by %s of the program, whose last digits may differ; "+
				"merge notes it.\n", quantity.Plural(len(t.Builds), "build"))
		}
		if t.Failed > 0 {
			fmt.Fprintf(p.stderr, "%s failed.\n", quantity.Plural(t.Failed, "run"))
		}
		if fill != "" {
			fmt.Fprintf(p.stderr, "Missing: %s. This does %s:\n", quantity.Ranges(t.Missing), turn(t))
			fmt.Fprintln(p.stdout, fill)
		}
	}
	if !t.Complete() {
		return fmt.Errorf("%s cannot be merged yet", plan.Dir)
	}
	return nil
}

// turn says which of the missing shards can be done now.
func turn(t *cluster.State) string {
	if now := t.Now(); len(now) < len(t.Missing) {
		return quantity.Ranges(now) + ", which the others wait for"
	}
	return "them"
}

func sweepMergeCommand(p *program) *cli.Command {
	return &cli.Command{
		Name:      "merge",
		Usage:     "the tables of a plan from its shards",
		ArgsUsage: "DIR",
		Description: `Leaves in DIR the tables that one machine would have left, byte by byte. Shards that are missing,
doubled, damaged or of another plan are refused by name.`,
		UsageText: `simulate sweep merge /scratch/eta
simulate sweep merge /scratch/eta --allow-missing --format csv`,
		Flags: []cli.Flag{
			&cli.BoolFlag{Name: "allow-missing", Usage: "merge what there is; the manifest then names the shards left out"},
			tableFormat(),
			&cli.BoolFlag{Name: "json", Category: outputCategory, Usage: "the manifest as JSON on stdout"},
			&cli.BoolFlag{Name: "quiet", Category: outputCategory, Usage: "errors only"},
		},
		Action: func(c *cli.Context) error {
			dir, err := oneArgument(c, "the folder of the plan")
			if err != nil {
				return err
			}
			cluster.FindAllotment(os.Getenv).Keep(os.Getenv)
			plan, err := cluster.ReadPlan(dir)
			if err != nil {
				return planError(err)
			}
			o, done := p.sweepOptions(c)
			p.promise("the shards are whole, and the same command merges them")
			outcome, err := cluster.Merge(c.Context, plan, c.Bool("allow-missing"), p.sweepOutput(c), o)
			done()
			if err != nil {
				return err
			}
			return p.concludeMerge(c, plan.Workload, outcome)
		},
	}
}
