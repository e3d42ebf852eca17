package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"simulate/sim"
	"simulate/sim/experiment/compare"
	"simulate/sim/experiment/run"
	"simulate/sim/scenario"
	"simulate/sim/table"
)

func compareCommand(p *program) *cli.Command {
	flags := append(slices.DeleteFunc(runCommand(p).Flags, func(f cli.Flag) bool {
		return slices.Contains(f.Names(), noCounterfactual) // the base is named
	}), varyFlags()...)
	return &cli.Command{
		Name:      "compare",
		Usage:     "paired differences of scenarios to a base, under the same luck",
		ArgsUsage: "BASE ALTERNATIVE…",
		Description: `BASE is a scenario as for run, or a word for the one ALTERNATIVE less what happens in it:
without_events, without_policies or without_both. The case is then called NAME.without_events and so on, as the base
of run is.
Runs the base and the alternatives as one experiment under common random numbers and writes, beside the tables of run,
the table effects: what each alternative changes in every metric at every date, the 95 % interval of that mean
(Student's t), the 5 to 95 % of the effect over runs and the noise that common random numbers took away. The table on
standard output shows the main metrics a year after the first event or policy that differs, and at the end, with what
policies cost where they do.

Where an alternative differs from the base in assumptions (labs, segments, parameters) and in events or policies, two
more cases have one of both, and the table decomposition splits the change into assumptions, policies and their
interaction.

With --vary or --design base and alternatives meet every future of a design, with the same luck: the table effects has
a row for each point, and figures show it over the inputs (effect_line, effect_map), future by future (effect_forest),
and on what it depends, luck apart (effect_drivers).

With --decompose the shocks of each alternative are split into access and performance effects: the shock, and its
know-how in public knowledge, reaches labs below an R&D budget only, those above it only, and nobody. Hosts of open
models count as below; models on offer are there for all.`,
		UsageText: `simulate compare baseline deepseek-shock
simulate compare baseline deepseek-shock -n 50 --decompose
simulate compare without_events robustness-cournot
simulate compare without_policies policy-package
simulate compare baseline public-compute-10b --vary market.eta=0.6,1.2
simulate compare baseline public-compute-10b --metrics lerner --at 2027,2030`,
		Flags: append(flags,
			&cli.StringSliceFlag{Name: "metrics", Category: outputCategory, Usage: "show `METRIC,…` instead of the main " +
				"ones; the table holds all"},
			&cli.StringSliceFlag{Name: "at", Category: outputCategory, Usage: "show `DATE,…` (2027, 2027-06 or 2027-06-30) " +
				"instead of a year after the first difference and the end"},
			&cli.BoolFlag{Name: "decompose", Usage: "split the effect of shocks into access and performance"},
			&cli.StringFlag{Name: "budget-threshold", Usage: "R&D `BUDGET` between the two sides of --decompose, by default " +
				"'$2B/yr'"},
		),
		Action: func(c *cli.Context) error { return p.compare(c) },
	}
}

func (p *program) compare(c *cli.Context) error {
	if c.NArg() < 2 {
		return usagef("compare needs a BASE and an ALTERNATIVE; for example `simulate compare baseline deepseek-shock`")
	}
	if err := atMostOne(c, "no-figures", "figure-format"); err != nil {
		return err
	}
	metrics, err := metricsOf(c)
	if err != nil {
		return err
	}
	spec, err := p.compared(c)
	if err != nil {
		return err
	}
	if overFutures(c) {
		return p.compareFutures(c, spec, metrics)
	}
	shown := newProgress(c.Context, p.stderr, p.stderrIsTerminal, c.Bool("quiet"))
	spec.Progress = shown.show
	options := compare.Options{Decompose: c.Bool("decompose")}
	if !c.Bool("quiet") {
		spec.Notice, options.Notice = shown.say, shown.say
	}
	if options.Threshold, err = threshold(c); err != nil {
		return err
	}
	base, alternatives := spec.Scenarios[0], spec.Scenarios[1:]
	spec.Name = compare.Name(base, alternatives)
	cases, comparison, err := compare.Cases(base, alternatives, options)
	if err != nil {
		return err
	}
	spec.Scenarios, spec.Compare = cases, compare.Tables(comparison)
	if err := spec.CheckDates(split(c.StringSlice("at"))); err != nil {
		return err
	}
	if err := checkHighlight(c, cases); err != nil {
		return err
	}
	if c.IsSet("shards") {
		return p.planRuns(c, spec)
	}
	outcome, err := p.runAndDraw(c, spec, shown)
	if err != nil {
		return err
	}
	if outcome.Manifest.AllFailed() {
		fmt.Fprintln(p.stderr, wrap(outcome.Summary(), "", helpWidth))
		return someFailed(outcome)
	}
	if err := p.showComparison(c, outcome, metrics); err != nil {
		return err
	}
	p.tellLags(c, outcome.Outcome)
	return someFailed(outcome)
}

// compared reads the scenarios, the base first: a scenario, or the one alternative less its events,
// its policies or both.
func (p *program) compared(c *cli.Context) (*run.Spec, error) {
	refs := c.Args().Slice()
	out := scenario.TakenOut(refs[0])
	if out == "" {
		return p.spec(c, refs)
	}
	spec, err := p.spec(c, refs[1:])
	if err != nil {
		return nil, err
	}
	alternative := spec.Scenarios[0]
	switch {
	case len(spec.Scenarios) > 1:
		return nil, usagef("%s is a base for one alternative; name a scenario as the base of several", refs[0])
	case !alternative.Takes(refs[0]):
		return nil, usagef("%s has no %s to leave out; name a scenario as the base", alternative.Name,
			strings.ReplaceAll(out, " and ", " or "))
	}
	base, err := alternative.Less(refs[0])
	if err != nil {
		return nil, err
	}
	spec.Scenarios = []*scenario.Scenario{base, alternative}
	return spec, nil
}

// metricsOf are the metrics to show.
func metricsOf(c *cli.Context) ([]string, error) {
	wanted := split(c.StringSlice("metrics"))
	if len(wanted) == 0 {
		return compare.MainMetrics, nil
	}
	var known []string
	for _, m := range sim.Metrics {
		known = append(known, m.Name)
	}
	for _, name := range wanted {
		if !slices.Contains(known, name) {
			return nil, usagef("no metric %q%s; `simulate list metrics` names them", name, didYouMean(name, known))
		}
	}
	return wanted, nil
}

// threshold reads --budget-threshold, 0 where it is not given.
func threshold(c *cli.Context) (float64, error) {
	text := c.String("budget-threshold")
	if text == "" {
		return 0, nil
	}
	if !c.Bool("decompose") {
		return 0, usagef("--budget-threshold divides labs for --decompose; add that, or leave it out")
	}
	v, err := scenario.ParseBudget(text)
	if err != nil {
		return 0, usagef("option --budget-threshold: %v", err)
	}
	return v, nil
}

// split joins the parts of an option that may be repeated and hold lists.
func split(given []string) []string {
	var out []string
	for _, g := range given {
		out = append(out, table.SplitNames(g)...)
	}
	return out
}
