package main

import (
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"simulate/internal/quantity"
	"simulate/internal/shell"
	"simulate/sim/experiment/compare"
	"simulate/sim/experiment/results"
	"simulate/sim/experiment/run"
	"simulate/sim/scenario"
)

func runCommand(p *program) *cli.Command {
	return &cli.Command{
		Name:      "run",
		Usage:     "run scenarios: tables, figures and a summary",
		ArgsUsage: "SCENARIO…",
		Description: `SCENARIO with "/" or ".yaml" is a file, otherwise the name of a built-in scenario, or a pattern of
names such as 'robustness-*'. Several scenarios are one experiment in one folder, a case each, and share their luck.

A scenario with events or policies runs beside the same world without them: less every event and policy that the
scenario it extends does not have word for word, and less all where that takes nothing out, or as base: in its file
says. That case is called by what it lacks: NAME.without_events, NAME.without_policies or NAME.without_both. The
summary, hhi_sales and the table effects say what they change, how surely, and what would have happened anyway.
--no-counterfactual leaves that world out; the summary then describes, and attributes nothing.

The same command on an unfinished folder continues where it was stopped. Another experiment in the default folder is
first renamed; with --out it is refused unless --force is given.`,
		UsageText: `simulate run deepseek-shock
simulate run baseline my-scenario.yaml -n 50 --out results/mine
simulate run baseline --set market.eta=0.9 --set clock.end=2028-01
simulate run 'export-*' -n 50 --tables market,labs
simulate run baseline --until 'hhi_sales.se < 10' --quiet --json`,
		Flags: append(append(scenarioFlags(), shardFlags()...),
			wholeNumber(sizeCategory, "replications", "`N` runs per scenario; by default what the first scenario says", 1, "n"),
			&cli.BoolFlag{Name: noCounterfactual, Category: sizeCategory, Usage: "leave out the worlds without what " +
				"happens: half the runs, and no effects"},
			&cli.StringSliceFlag{Name: "until", Category: sizeCategory, Usage: "add replications until a `RULE` such as " +
				"'hhi_sales.se < 10' holds at the last date; may be repeated: all hold; -n is then the most"},
			wholeNumber(sizeCategory, "seed", "seed `N` for all scenarios; by default the first scenario's", 0),
			jobsFlag(),
			noCacheFlag(),
			&cli.StringFlag{Name: "out", Category: outputCategory, Usage: "results folder `DIR`; by default results/NAME"},
			&cli.BoolFlag{Name: "force", Category: outputCategory, Usage: "replace another experiment in the folder"},
			oneOf(outputCategory, "format", "format of the tables, csv by default", "csv", "parquet"),
			oneOf(outputCategory, "record", "how often tables have a row; by default what the scenario says",
				scenario.Recordings...),
			tablesFlag("write `TABLE,…` such as market,labs, and besides only what sentences and other commands read: "+
				"summary, inputs, dictionary, effects where worlds are compared, and market in compare; by default all"),
			&cli.BoolFlag{Name: "no-figures", Category: outputCategory, Usage: "tables only"},
			figureFormat(), highlightFlag(),
			&cli.BoolFlag{Name: "json", Category: outputCategory, Usage: "the outcome as JSON on stdout"},
			&cli.BoolFlag{Name: "quiet", Category: outputCategory, Usage: "no progress and no summary, errors only"},
		),
		Action: func(c *cli.Context) error { return p.run(c) },
	}
}

// Headings of the help page.
const (
	sizeCategory   = "Runs"
	outputCategory = "Output"
	tableCategory  = "Reading the table"
)

const noCounterfactual = "no-counterfactual"

// scenarioFlags are the options that change what a scenario says.
func scenarioFlags() []cli.Flag {
	return []cli.Flag{
		setFlag(),
		&cli.BoolFlag{Name: "fix-parameters", Usage: "take the median of every distribution instead of drawing from it"},
		&cli.StringFlag{Name: "parameters", Usage: "take parameters from a row of `FILE.csv` in each replication, such as " +
			"the posterior.csv of calibrate"},
	}
}

func setFlag() cli.Flag {
	return &cli.StringSliceFlag{Name: "set", Usage: "`PATH=VALUE` instead of what the scenario says, in its own " +
		"syntax; may be repeated"}
}

func scenarioOptions(c *cli.Context) scenario.Options {
	return scenario.Options{Set: c.StringSlice("set"), FixParameters: c.Bool("fix-parameters"),
		Parameters: c.String("parameters")}
}

// loadAll loads every scenario and returns the mistakes of all together.
func loadAll(refs []string, o scenario.Options) ([]*scenario.Scenario, error) {
	refs, err := expand(refs)
	if err != nil {
		return nil, err
	}
	var out []*scenario.Scenario
	var wrong []error
	told := map[string]bool{} // a wrong --set is so in every scenario
	for _, ref := range refs {
		s, err := scenario.Load(ref, o)
		var problems scenario.Problems
		if errors.As(err, &problems) {
			problems = slices.DeleteFunc(problems, func(q scenario.Problem) bool {
				again := told[q.Error()]
				told[q.Error()] = true
				return again
			})
			if err = problems; len(problems) == 0 {
				continue
			}
		}
		if err != nil {
			wrong = append(wrong, err)
		}
		out = append(out, s)
	}
	return out, errors.Join(wrong...)
}

// expand replaces each pattern such as robustness-* by the built-in scenarios that it matches. The
// path of a file is none, and whatever exists is no pattern; a pattern of files is the shell's to
// expand.
func expand(refs []string) ([]string, error) {
	var out []string
	for _, ref := range refs {
		_, err := os.Stat(ref)
		if !strings.ContainsAny(ref, "*?[") || scenario.IsPath(ref) || err == nil {
			out = append(out, ref)
			continue
		}
		before := len(out)
		for _, b := range scenario.Builtins() {
			matched, err := path.Match(ref, b.Name)
			if err != nil {
				return nil, usagef("%q is not a pattern of names: %v", ref, err)
			}
			if matched {
				out = append(out, b.Name)
			}
		}
		if len(out) == before {
			return nil, usagef("no built-in scenario matches %q; `simulate list` shows them", ref)
		}
	}
	return out, nil
}

func (p *program) run(c *cli.Context) error {
	if c.NArg() == 0 {
		return usagef("run needs a SCENARIO; `simulate list` shows those built in")
	}
	if err := atMostOne(c, "no-figures", "figure-format"); err != nil {
		return err
	}
	spec, err := p.spec(c, c.Args().Slice())
	if err != nil {
		return err
	}
	if err := checkHighlight(c, spec.Scenarios); err != nil {
		return err
	}
	if !c.Bool(noCounterfactual) {
		if err := withBases(spec); err != nil {
			return err
		}
	}
	if c.IsSet("shards") {
		return p.planRuns(c, spec)
	}
	quiet := c.Bool("quiet")
	shown := newProgress(c.Context, p.stderr, p.stderrIsTerminal, quiet)
	spec.Progress = shown.show
	if !quiet {
		spec.Notice = shown.say
	}
	outcome, err := p.runAndDraw(c, spec, shown)
	if err != nil {
		return err
	}
	if !quiet {
		p.conclude(outcome)
		p.tellLags(c, outcome.Outcome)
	}
	if c.Bool("json") {
		if err := p.printJSON(outcomeAsJSON(outcome)); err != nil {
			return err
		}
	}
	return someFailed(outcome)
}

// withBases adds the worlds in which the scenarios would be without what happens in them.
func withBases(spec *run.Spec) error {
	cases, comparison, err := compare.Counterfactuals(spec.Scenarios)
	if err != nil {
		return err
	}
	spec.Name = run.Name(spec.Scenarios)
	spec.Scenarios, spec.Compare = cases, compare.Tables(comparison)
	return nil
}

// runAndDraw does the runs and, unless told not to, draws the figures.
func (p *program) runAndDraw(c *cli.Context, spec *run.Spec, shown *progress) (*compare.Outcome, error) {
	p.tellAny(c, run.FewReferences(spec.Scenarios[0]))
	p.promise(continues)
	outcome, err := run.Run(c.Context, *spec)
	shown.close()
	if err != nil {
		return nil, err
	}
	return compare.Of(outcome), p.drawAll(c, outcome.Dir, nil, outcome.Manifest.AllFailed())
}

// drawAll draws the figures of a folder that has just become complete, those of effects at some
// dates or the last, unless told not to or no run has reached its end.
func (p *program) drawAll(c *cli.Context, dir string, at []string, allFailed bool) error {
	p.promise(fmt.Sprintf("the tables are complete; `simulate plot %s` draws the figures", shell.Path(dir)))
	if c.Bool("no-figures") || allFailed {
		return nil
	}
	o := p.figureOptions(c)
	o.At = at
	return p.drawWith(c, dir, filepath.Join(dir, "figures"), o)
}

// someFailed is the error that ends a command whose tables leave failed runs out, nil where there
// are none.
func someFailed(o *compare.Outcome) error {
	if o.Manifest.AllFailed() {
		return fmt.Errorf("no run reached the end; %s lists them", filepath.Join(o.Dir, "manifest.json"))
	}
	if n := len(o.Manifest.Failed); n > 0 {
		return fmt.Errorf("%s of the runs failed; %s lists them%s", quantity.Count(n),
			filepath.Join(o.Dir, "manifest.json"), theFirst(o.Manifest))
	}
	return nil
}

// theFirst says why the first of the failed runs did.
func theFirst(m *results.Manifest) string {
	if len(m.Failed) == 0 {
		return ""
	}
	return fmt.Sprintf("; the first: %v", m.Failed[0])
}

// spec reads the command line of an experiment with some scenarios.
func (p *program) spec(c *cli.Context, refs []string) (*run.Spec, error) {
	scenarios, err := loadAll(refs, scenarioOptions(c))
	if err != nil {
		return nil, err
	}
	spec := &run.Spec{
		Scenarios: scenarios, Out: c.String("out"), Force: c.Bool("force"), Record: c.String("record"),
		Format:  c.String("format"),
		Command: append([]string{"simulate"}, p.args...), Commit: commit, Cache: cacheOf(c),
		Tables: split(c.StringSlice("tables")), Reading: p.reads(c),
	}
	if seed, given := number(c, "seed"); given {
		spec.Seed = &seed
	}
	if n, given := number(c, "replications"); given {
		spec.Replications = int(n)
	}
	spec.Jobs = jobs(c)
	if c.IsSet("until") {
		if spec.Until, err = run.ParseUntil(c.StringSlice("until")...); err != nil {
			return nil, usageError{"option --until: " + err.Error()}
		}
	}
	return spec, nil
}
