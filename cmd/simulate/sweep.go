package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"

	"simulate/internal/quantity"
	"simulate/sim/design"
	"simulate/sim/experiment/compare"
	"simulate/sim/experiment/run"
	"simulate/sim/scenario"
)

func sweepCommand(p *program) *cli.Command {
	return &cli.Command{
		Name:      "sweep",
		Usage:     "vary values by a design, with replications: one table row per run",
		ArgsUsage: "SCENARIO",
		Description: `What varies, and by which design, stands after --vary and --design or under experiment: in the
scenario. SPEC is a list a,b,c, steps lo:hi:step, an interval 'lo to hi', or the word range for the value's own range.
Any PATH can vary: parameters, labs.deepseek.budget, policies.NAME.from.

Every combination of value and replication uses the luck of its replication, so that cases differ by their values
alone. The same command on an unfinished folder continues where it was stopped. On a cluster: sweep plan, run, status
and merge.`,
		UsageText: `simulate sweep deepseek-shock --vary market.eta=0.6,1.1,1.6 -n 20
simulate sweep baseline --vary market.eta=range --design lhs --samples 64
simulate sweep baseline --vary 'labs.deepseek.budget=$1B/yr to $5B/yr'
simulate sweep baseline --points my.csv --record final --metrics hhi_sales`,
		Flags: append(designFlags(),
			&cli.StringFlag{Name: "out", Category: outputCategory, Usage: "results folder `DIR`; by default results/NAME-sweep"},
			&cli.BoolFlag{Name: "force", Category: outputCategory, Usage: "replace another experiment in the folder"},
			jobsFlag(),
			noCacheFlag(),
			tableFormat(), figureFormat(),
			&cli.BoolFlag{Name: "no-figures", Category: outputCategory, Usage: "draw nothing"},
			&cli.BoolFlag{Name: "json", Category: outputCategory, Usage: "the manifest as JSON on stdout"},
			&cli.BoolFlag{Name: "quiet", Category: outputCategory, Usage: "no progress and no summary, errors only"},
		),
		Subcommands: []*cli.Command{sweepPlanCommand(p), sweepRunCommand(p), sweepStatusCommand(p), sweepMergeCommand(p)},
		Action:      func(c *cli.Context) error { return p.sweep(c) },
	}
}

const designCategory = "Design"

// varyFlags say what varies and how it is sampled.
func varyFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringSliceFlag{Name: "vary", Category: designCategory, Usage: "`PATH=SPEC` varies; may be repeated, and " +
			"replaces what the scenario's experiment: says"},
		oneOf(designCategory, "design", "how points are chosen; grid for lists alone, otherwise sobol", design.Names()...),
		wholeNumber(designCategory, "samples", "`N` points (lhs, sobol), base points (saltelli) or trajectories (morris)", 1),
		&cli.StringSliceFlag{Name: "policies", Category: designCategory, Usage: "`PATH,…` whose listed values are crossed " +
			"with a sample of the rest; by default those of policies.*"},
		&cli.StringSliceFlag{Name: "correlate", Category: designCategory, Usage: "rank correlation `PATH,PATH=R` of two " +
			"PATHs that vary (lhs, sobol); may be repeated"},
	}
}

// designFlags say what is swept.
func designFlags() []cli.Flag {
	return append(append(append(scenarioFlags(), tableFlags()...), varyFlags()...),
		&cli.StringFlag{Name: "points", Category: designCategory, Usage: "points of your own: a table `FILE` with a " +
			"column per PATH"},
		&cli.StringSliceFlag{Name: "ignore", Category: designCategory, Usage: "leave columns `COLUMN,…` of --points out, " +
			"such as notes"},
		&cli.BoolFlag{Name: "with-base", Category: designCategory, Usage: "add to each listed policy the value at which it " +
			"does nothing, such as $0/yr, so that the table effects says what it changes in each future"},
		wholeNumber(sizeCategory, "replications", "`N` runs per point; by default what the scenario says", 1, "n"),
		wholeNumber(sizeCategory, "seed", "seed `N`; by default the scenario's", 0),
		oneOf(outputCategory, "record", "what is kept of each run, by default every year", scenario.SweepRecords...),
		tablesFlag("write `TABLE,…` beside design, runs, summary, inputs and dictionary; by default market where dates "+
			"are recorded and summary with replications"),
		&cli.StringFlag{Name: "metrics", Category: outputCategory, Usage: "columns `METRIC,…` of the tables; by default " +
			"all metrics"},
	)
}

func tableFormat() cli.Flag {
	return oneOf(outputCategory, "format", "format of the tables, parquet by default", "parquet", "csv")
}

// sweepOf reads the design from the command line and the scenario.
func (p *program) sweepOf(c *cli.Context) (*run.Sweep, error) {
	ref, err := oneArgument(c, "the SCENARIO")
	if err != nil {
		return nil, err
	}
	if err := atMostOne(c, "points", "vary"); err != nil {
		return nil, err
	}
	if err := atMostOne(c, "points", "design"); err != nil {
		return nil, err
	}
	own, err := scenario.Load(ref, scenarioOptions(c))
	if err != nil {
		return nil, err
	}
	spec, err := designOf(c, own)
	if err != nil {
		return nil, err
	}
	spec.Ref = ref
	spec.Tables = split(c.StringSlice("tables"))
	if c.IsSet("ignore") && c.String("points") == "" {
		return nil, usagef("option --ignore is about columns of --points")
	}
	if file := c.String("points"); file != "" {
		spec.Design = design.ByHand().Name
		if spec.Inputs, spec.Notes, err = p.points(c, own, file); err != nil {
			return nil, err
		}
	}
	if list := c.String("metrics"); list != "" {
		for _, name := range strings.Split(list, ",") {
			spec.Metrics = append(spec.Metrics, strings.TrimSpace(name))
		}
	}
	return run.NewSweep(spec)
}

// designOf reads what varies, and how it is sampled and repeated, from the command line.
func designOf(c *cli.Context, own *scenario.Scenario) (run.SweepSpec, error) {
	spec := run.SweepSpec{Scenario: own, Record: c.String("record"), Design: c.String("design"),
		Pairing: compare.Pairs{}, WithBase: c.Bool("with-base"),
		Policies: split(c.StringSlice("policies"))}
	for _, text := range c.StringSlice("vary") {
		path, what, found := strings.Cut(text, "=")
		if !found {
			return spec, usagef("option --vary %s: there is no = in it; write --vary market.eta=0.6,1.1", text)
		}
		v, err := own.ParseVariation(path, what)
		if err != nil {
			return spec, usagef("option --vary %s: %v", text, err)
		}
		spec.Inputs = append(spec.Inputs, v)
	}
	for _, text := range c.StringSlice("correlate") {
		r, err := readCorrelation(text)
		if err != nil {
			return spec, err
		}
		spec.Correlations = append(spec.Correlations, r)
	}
	if n, given := number(c, "samples"); given {
		spec.Samples = int(n)
	}
	if n, given := number(c, "replications"); given {
		spec.Replications = int(n)
	}
	if seed, given := number(c, "seed"); given {
		spec.Seed = &seed
	}
	return spec, nil
}

func readCorrelation(text string) (scenario.RankCorrelation, error) {
	names, value, found := strings.Cut(text, "=")
	a, b, pair := strings.Cut(names, ",")
	rank, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
	if !found || !pair || err != nil {
		return scenario.RankCorrelation{}, usagef("option --correlate: %q is not two PATHs and a number; write "+
			"--correlate market.eta,research.gamma=0.5", text)
	}
	return scenario.RankCorrelation{A: strings.TrimSpace(a), B: strings.TrimSpace(b), Rank: rank}, nil
}

// sweepOptions are the options of doing runs; close ends what they show.
func (p *program) sweepOptions(c *cli.Context) (o run.Options, close func()) {
	quiet := c.Bool("quiet")
	shown := newProgress(c.Context, p.stderr, p.stderrIsTerminal, quiet)
	o = run.Options{Progress: shown.show, Commit: commit, Cache: cacheOf(c)}
	if !quiet {
		o.Notice = shown.say
	}
	o.Jobs = jobs(c)
	return o, shown.close
}

func (p *program) sweepOutput(c *cli.Context) run.Output {
	return run.Output{Out: c.String("out"), Format: c.String("format"), Force: c.Bool("force"),
		Command: append([]string{"simulate"}, p.args...)}
}

func (p *program) sweep(c *cli.Context) error {
	if err := atMostOne(c, "no-figures", "figure-format"); err != nil {
		return err
	}
	s, err := p.sweepOf(c)
	if err != nil {
		return err
	}
	p.tell(c, s.Notes())
	p.tellAny(c, s.FewReferences())
	if !c.Bool("quiet") {
		b, err := s.Budget(jobs(c), c.String("format"))
		if err != nil {
			return err
		}
		fmt.Fprintln(p.stderr, wrap(b.String(), "", helpWidth))
	}
	o, done := p.sweepOptions(c)
	p.promise(continues)
	outcome, err := s.Run(c.Context, p.sweepOutput(c), o)
	done()
	if err != nil {
		return err
	}
	if err := p.drawAll(c, outcome.Dir, nil, outcome.Manifest.Sweep.Failed >= outcome.Manifest.Sweep.Runs); err != nil {
		return err
	}
	return p.concludeSweep(c, outcome)
}

// mostSwept is the number of policies whose effects a sweep tells.
const mostSwept = 4

// tellSwept says what the policies of a sweep change, where its table effects holds that.
func (p *program) tellSwept(c *cli.Context, o *run.Complete) error {
	if c.Bool("quiet") {
		return nil
	}
	all, err := compare.ReadSwept(o.Dir, o.Manifest, compare.Headline(o.Manifest.Sweep.Metrics))
	if err != nil {
		return err
	}
	for _, s := range all[:min(mostSwept, len(all))] {
		p.tell(c, []string{s.Tell()})
	}
	if n := len(all) - mostSwept; n > 0 {
		p.tell(c, []string{fmt.Sprintf("The table effects holds %s more.", quantity.Plural(n, "policy", "policies"))})
	}
	return nil
}

// concludeSweep says what came out and where it is. Failed runs decide the exit code.
func (p *program) concludeSweep(c *cli.Context, o *run.Complete) error {
	m := o.Manifest
	if !c.Bool("quiet") {
		where := "Results in"
		if o.AlreadyComplete {
			where = "Nothing was left to run. Results in"
		}
		if n := len(m.Sweep.Missing); n > 0 {
			fmt.Fprintf(p.stderr, "The tables are partial: %s left out (%s).\n", quantity.Plural(n, "shard"),
				quantity.Ranges(m.Sweep.Missing))
		}
		fmt.Fprintf(p.stderr, "%s of %s. %s %s%c\n", quantity.Plural(m.Sweep.Runs, "run"), quantity.Plural(m.Sweep.Cases,
			"case"), where, o.Dir, os.PathSeparator)
		p.noteLength(m)
	}
	if err := p.tellSwept(c, o); err != nil {
		return err
	}
	if c.Bool("json") {
		if err := p.printJSON(m); err != nil {
			return err
		}
	}
	if n := m.Sweep.Failed; n > 0 {
		return fmt.Errorf("%s of %s failed; %s names each with the command that repeats it%s", quantity.Count(n),
			quantity.Plural(m.Sweep.Runs, "run"), filepath.Join(o.Dir, "runs."+m.Format), theFirst(m))
	}
	return nil
}
