package main

import (
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"simulate/sim"
	"simulate/sim/experiment"
	"simulate/sim/scenario"
)

func compareCommand(p *program) *cli.Command {
	flags := runCommand(p).Flags
	return &cli.Command{
		Name:      "compare",
		Usage:     "paired differences of scenarios to a base, under the same luck",
		ArgsUsage: "BASE ALTERNATIVE…",
		Description: `BASE is a scenario as for run, or the word without_events for the one ALTERNATIVE without its events. Runs the base and the alternatives as one experiment under common random numbers and writes, beside the tables of run, comparison with the paired difference of every metric at every date, its 95 % interval (Student's t) and the noise that common random numbers took away. The table on standard output shows the main metrics a year after the first event or policy that differs, and at the end.

Where an alternative differs from the base in assumptions (labs, segments, parameters) and in events or policies, two more cases have one of both, and the table effects splits the change into assumptions, policies and their interaction.

With --decompose the shocks of each alternative are split into access and performance effects: the shock, and its know-how in public knowledge, reaches labs below an R&D budget only, those above it only, and nobody. Hosts of open models count as below; models on offer are there for all.`,
		UsageText: `simulate compare baseline deepseek-shock
simulate compare baseline deepseek-shock -n 50 --decompose
simulate compare without_events robustness-cournot
simulate compare baseline public-compute-10b --metrics lerner --at 2027,2030`,
		Flags: append(flags,
			&cli.StringSliceFlag{Name: "metrics", Category: outputCategory, Usage: "show `METRIC,…` instead of the main ones; the table holds all"},
			&cli.StringSliceFlag{Name: "at", Category: outputCategory, Usage: "show `DATE,…` (2027, 2027-06 or 2027-06-30) instead of a year after the first difference and the end"},
			&cli.BoolFlag{Name: "decompose", Usage: "split the effect of shocks into access and performance"},
			&cli.StringFlag{Name: "budget-threshold", Usage: "R&D `BUDGET` between the two sides of --decompose, by default '$2B/yr'"},
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
	shown := newProgress(c.Context, p.stderr, p.stderrIsTerminal, c.Bool("quiet"))
	spec.Progress = shown.show
	options := experiment.CompareOptions{Decompose: c.Bool("decompose")}
	if !c.Bool("quiet") {
		spec.Notice, options.Notice = shown.say, shown.say
	}
	if options.Threshold, err = threshold(c); err != nil {
		return err
	}
	base, alternatives := spec.Scenarios[0], spec.Scenarios[1:]
	spec.Name = experiment.CompareName(base, alternatives)
	if spec.Scenarios, spec.Compare, err = experiment.Compare(base, alternatives, options); err != nil {
		return err
	}
	if err := spec.CheckDates(split(c.StringSlice("at"))); err != nil {
		return err
	}
	outcome, err := p.runAndDraw(c, spec, shown)
	if err != nil {
		return err
	}
	if err := p.showComparison(c, outcome, metrics); err != nil {
		return err
	}
	return someFailed(outcome)
}

// compared reads the scenarios, the base first: a scenario, or the one alternative without its events.
func (p *program) compared(c *cli.Context) (*experiment.Spec, error) {
	refs := c.Args().Slice()
	if refs[0] != scenario.WithoutEvents {
		return p.spec(c, refs)
	}
	spec, err := p.spec(c, refs[1:])
	if err != nil {
		return nil, err
	}
	alternative := spec.Scenarios[0]
	switch {
	case len(spec.Scenarios) > 1:
		return nil, usagef("%s is a base for one alternative; name a scenario as the base of several", scenario.WithoutEvents)
	case len(alternative.Config().Shocks) == 0:
		return nil, usagef("%s has no events to leave out; name a scenario as the base", alternative.Name)
	}
	base, err := alternative.Eventless()
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
		return experiment.MainMetrics, nil
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
		for _, part := range strings.Split(g, ",") {
			if part = strings.TrimSpace(part); part != "" {
				out = append(out, part)
			}
		}
	}
	return out
}

// showComparison prints the table or JSON on stdout and the sentences on stderr.
func (p *program) showComparison(c *cli.Context, o *experiment.Outcome, metrics []string) error {
	rows, err := o.Compared()
	if err != nil {
		return err
	}
	effects, err := o.Effects()
	if err != nil {
		return err
	}
	dates := map[string][]string{} // by case
	for _, k := range o.Manifest.Cases {
		if dates[k.Name] = o.TellingDates(k); c.IsSet("at") {
			if dates[k.Name], err = o.DatesAt(k.Name, split(c.StringSlice("at"))); err != nil {
				return err
			}
		}
	}
	shown := func(name, date, metric string) bool {
		return slices.Contains(metrics, metric) && slices.Contains(dates[name], date)
	}
	rows = slices.DeleteFunc(rows, func(r experiment.Compared) bool { return !shown(r.Case, r.Date, r.Metric) })
	effects = slices.DeleteFunc(effects, func(e experiment.Effect) bool { return !shown(e.Case, e.Date, e.Metric) })
	if c.Bool("json") {
		return p.printJSON(comparisonAsJSON(o, rows, effects))
	}
	single := len(o.Manifest.Compare.Alternatives) == 1
	if err := p.printCompared(rows, metrics, single); err != nil {
		return err
	}
	if err := p.printEffects(effects, metrics, single); err != nil || c.Bool("quiet") {
		return err
	}
	p.tellComparison(o, metrics)
	return nil
}

// printCompared writes a row per metric, alternative and date. A single alternative is not named in each row.
func (p *program) printCompared(rows []experiment.Compared, metrics []string, single bool) error {
	var cells [][]string
	for _, metric := range metrics {
		for _, r := range rows {
			if r.Metric != metric {
				continue
			}
			saved := "–"
			if !math.IsNaN(r.VarianceSaved) {
				saved = fmt.Sprintf("%.0f %%", 100*r.VarianceSaved)
			}
			cells = append(cells, []string{metric, r.Case, r.Date, human(r.Base), human(r.Alternative), human(r.Change.Value), interval(r.Change.Low, r.Change.High), saved})
		}
	}
	return p.printWithoutCase([]string{"metric", "case", "date", "base", "alternative", "difference", "95 % interval", "noise saved"}, cells, single)
}

// printWithoutCase writes a table, its second column left out where there is a single case.
func (p *program) printWithoutCase(header []string, rows [][]string, single bool) error {
	if single {
		header = slices.Delete(slices.Clone(header), 1, 2)
		for i := range rows {
			rows[i] = slices.Delete(slices.Clone(rows[i]), 1, 2)
		}
	}
	return p.printTable(header, rows, true)
}

// printEffects writes the parts of split changes, a table per kind of split.
func (p *program) printEffects(effects []experiment.Effect, metrics []string, single bool) error {
	var kinds []string
	for _, e := range effects {
		if !slices.Contains(kinds, e.Split) {
			kinds = append(kinds, e.Split)
		}
	}
	for _, kind := range kinds {
		header := []string{"difference (s.e.)", "case", "date"}
		var cells [][]string
		for _, metric := range metrics {
			for _, e := range effects {
				if e.Metric != metric || e.Split != kind {
					continue
				}
				if !slices.Contains(header, e.Part) {
					header = append(header, e.Part)
				}
				if e.Part == header[3] {
					cells = append(cells, []string{metric, e.Case, e.Date})
				}
				text := human(e.Change.Value)
				if !math.IsNaN(e.SE) {
					text += " (" + human(e.SE) + ")"
				}
				for i, row := range cells {
					if row[0] == metric && row[1] == e.Case && row[2] == e.Date {
						cells[i] = append(row, text)
					}
				}
			}
		}
		fmt.Fprintln(p.stdout)
		if err := p.printWithoutCase(header, cells, single); err != nil {
			return err
		}
	}
	return nil
}

// tellComparison says each difference in a sentence on stderr.
func (p *program) tellComparison(o *experiment.Outcome, metrics []string) {
	for _, line := range o.TellAll(metrics) {
		fmt.Fprintln(p.stderr, wrap(line, "", helpWidth))
	}
	fmt.Fprintf(p.stderr, "Results in %s%c\n", o.Dir, filepath.Separator)
}

// human writes a number for tables.
func human(v float64) string { return experiment.Human(v) }

func interval(low, high float64) string { return experiment.HumanInterval(low, high) }

// comparisonAsJSON is what `compare --json` prints.
func comparisonAsJSON(o *experiment.Outcome, rows []experiment.Compared, effects []experiment.Effect) ordered {
	compared, parts := []ordered{}, []ordered{}
	for _, r := range rows {
		compared = append(compared, ordered{{"case", r.Case}, {"date", r.Date}, {"metric", r.Metric}, {"n", r.Replications}, {"base_mean", orNull(r.Base)},
			{"alternative_mean", orNull(r.Alternative)}, {"difference", orNull(r.Change.Value)}, {"se", orNull(r.SE)}, {"low", orNull(r.Change.Low)},
			{"high", orNull(r.Change.High)}, {"noise_saved", orNull(r.VarianceSaved)}})
	}
	for _, e := range effects {
		parts = append(parts, ordered{{"case", e.Case}, {"split", e.Split}, {"part", e.Part}, {"date", e.Date}, {"metric", e.Metric}, {"n", e.N},
			{"difference", orNull(e.Change.Value)}, {"se", orNull(e.SE)}, {"low", orNull(e.Change.Low)}, {"high", orNull(e.Change.High)}})
	}
	return ordered{{"folder", o.Dir}, {"experiment", o.Manifest.Identity}, {"base", o.Manifest.Cases[0].Name}, {"comparison", compared}, {"effects", parts}}
}
