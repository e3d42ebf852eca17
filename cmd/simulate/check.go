package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"simulate/internal/quantity"
	"simulate/plots/chart"
	"simulate/sim"
	"simulate/sim/experiment/compare"
	"simulate/sim/scenario"
)

func checkCommand(p *program) *cli.Command {
	return &cli.Command{
		Name:      "check",
		Usage:     "validate scenarios and show where each value comes from",
		ArgsUsage: "SCENARIO…",
		Description: `Reads each scenario as run does and reports every mistake at once with file, line, column, reason and
remedy. What is right is printed resolved: each value that is given, by which file and line, with its source. --all
adds the parameters that are at their defaults. Last it counts which part of the inputs is data, derived, an
assumption or a default; --assumptions lists the assumptions. Results folders have the same in inputs.csv.

With --expect the scenarios are run too, as one experiment, and each pattern under their key expect is compared with
the replications; the exit code is 1 where one is not met. Without --out it leaves no folder: a run goes as far as the
patterns look, and what they read is all that is kept of it. A pattern with misfit: REASON is known not to be met: it
is shown with its reason and does not count, and counts once it is met. One with given: REASON tests nothing, for it
cannot fail or a default was taken from the same data, and does not count either. One that is met by less than its
error, by the luck of runs, is undecided and counted apart.`,
		UsageText: `simulate check my-scenario.yaml
simulate check baseline --set market.eta=0.9 --json
simulate check my-scenario.yaml --assumptions
simulate check my-scenario.yaml --expect -n 20
simulate check my-scenario.yaml --expect --shards 8 --out d
simulate check 'robustness-*' --expect --quiet --json`,
		Flags: append(append(scenarioFlags(), shardFlags()...),
			&cli.BoolFlag{Name: "expect", Category: sizeCategory, Usage: "run each scenario and check its patterns"},
			wholeNumber(sizeCategory, "replications", "`N` runs for --expect; by default what the scenario says", 1, "n"),
			jobsFlag(),
			noCacheFlag(),
			&cli.BoolFlag{Name: "assumptions", Category: outputCategory, Usage: "of the values only those that are " +
				"assumptions, the model's own included"},
			&cli.StringFlag{Name: "out", Category: outputCategory, Usage: "keep the runs of --expect in `DIR`, and judge " +
				"those " +
				"that are there"},
			&cli.BoolFlag{Name: "force", Category: outputCategory, Usage: "replace another experiment in the folder"},
			&cli.BoolFlag{Name: "all", Category: outputCategory, Usage: "also parameters at their defaults"},
			&cli.BoolFlag{Name: "json", Category: outputCategory, Usage: "a JSON list with an object per scenario; where " +
				"there are mistakes, with an object per mistake: file, line, column, message, remedy"},
			&cli.BoolFlag{Name: "quiet", Category: outputCategory, Usage: "print nothing of what is right"},
		),
		Action: func(c *cli.Context) error { return p.check(c) },
	}
}

func (p *program) check(c *cli.Context) error {
	if c.NArg() == 0 {
		return usagef("check needs a SCENARIO; `simulate list` shows those built in")
	}
	for _, name := range []string{"replications", "jobs", "shards", "out", "force"} {
		if !c.Bool("expect") && c.IsSet(name) {
			return usagef("--%s is for the runs of --expect", name)
		}
	}
	scenarios, err := loadAll(c.Args().Slice(), scenarioOptions(c))
	if err != nil && c.Bool("json") {
		return errors.Join(err, p.printJSON(problemsAsJSON(err)))
	}
	if err != nil {
		return err
	}
	for _, s := range scenarios {
		if err := sim.Starts(s.Config()); err != nil {
			return usagef("%s: %s", s.Name, err)
		}
	}
	verdicts := map[string][]compare.Verdict{}
	if c.Bool("expect") {
		spec, err := p.expected(c, scenarios)
		if err != nil {
			return err
		}
		if c.IsSet("shards") {
			return p.planRuns(c, spec)
		}
		if verdicts, err = p.verdicts(c, spec); err != nil {
			return err
		}
	}
	list := []ordered{}
	missed := 0
	var counted []compare.Verdict
	for _, s := range scenarios {
		entry := ordered{{"scenario", s.Name}, {"title", s.Title}, {"values", originsAsJSON(s, c.Bool("assumptions"))},
			{"inputs", marksAsJSON(s)}, {"notes", append([]string{}, s.Notes...)}, {"defaults", append([]string{},
				s.Defaults...)}}
		if !c.Bool("json") && !c.Bool("quiet") {
			show := p.printOrigins
			if c.Bool("assumptions") {
				show = p.printAssumptions
			}
			if err := show(s, c.Bool("all")); err != nil {
				return err
			}
		}
		for _, note := range s.Notes {
			fmt.Fprintln(p.stderr, wrap(note, "", helpWidth))
		}
		if !c.Bool("quiet") && !c.Bool("json") {
			p.tell(c, append(slices.Clone(s.Defaults), unwritten(s)...))
		}
		if c.Bool("expect") {
			missed += p.printVerdicts(verdicts[s.Name], c.Bool("quiet"))
			counted = append(counted, verdicts[s.Name]...)
			entry = append(entry, pair{"expect", verdictsAsJSON(verdicts[s.Name])})
		}
		list = append(list, entry)
	}
	if c.Bool("json") {
		if err := p.printJSON(list); err != nil {
			return err
		}
	}
	if len(counted) > 0 && !c.Bool("quiet") {
		fmt.Fprintln(p.stderr, compare.Count(counted))
	}
	if missed > 0 {
		return fmt.Errorf("%s not met", quantity.Plural(missed, "pattern is", "patterns are"))
	}
	return nil
}

// unwritten says which names figures cannot write.
func unwritten(s *scenario.Scenario) (out []string) {
	for _, l := range s.Config().Labs {
		if missing := chart.Unwritten(l.Name); missing != "" {
			id, _, _ := strings.Cut(l.ID, "#")
			note := fmt.Sprintf("Figures call lab %s by its key, for their font lacks %q of its name %s; pages have "+
				"the name, and a name in Latin, Greek or Cyrillic letters is drawn.", id, missing, l.Name)
			if !slices.Contains(out, note) {
				out = append(out, note)
			}
		}
	}
	if missing := chart.Unwritten(s.Title); missing != "" {
		out = append(out, fmt.Sprintf("Figures leave %q out of the title, for their font lacks it.", missing))
	}
	return out
}

// printOrigins writes each value of a scenario and below it where it comes from.
func (p *program) printOrigins(s *scenario.Scenario, all bool) error {
	var b strings.Builder
	defaults := 0
	for _, o := range s.Origins() {
		if o.Default && !all {
			defaults++
			continue
		}
		fmt.Fprintf(&b, "%s: %s\n", o.Path, o.Value)
		from := []string{o.Where}
		for _, text := range []string{o.Source, o.Note} {
			if text != "" && text != o.Where {
				from = append(from, text)
			}
		}
		b.WriteString(wrap(strings.Join(from, "; "), "    ", p.width) + "\n")
	}
	if _, err := fmt.Fprint(p.stdout, b.String()); err != nil {
		return err
	}
	p.printCounts(s)
	if defaults > 0 {
		fmt.Fprintf(p.stderr, "%s more at their defaults; --all shows them.\n", quantity.Plural(defaults, "parameter"))
	}
	return nil
}

// printAssumptions writes each input that is an assumption and below it where it comes from.
func (p *program) printAssumptions(s *scenario.Scenario, _ bool) error {
	var b strings.Builder
	for _, in := range s.Inputs() {
		if !in.Assumed() {
			continue
		}
		fmt.Fprintf(&b, "%s: %s\n", in.Path, in.Written)
		from := []string{in.Where, in.Source, in.Note}
		if in.Source == "" {
			from[1] = "no source"
		}
		if in.Source == in.Where {
			from[1] = ""
		}
		from = slices.DeleteFunc(from, func(text string) bool { return text == "" })
		b.WriteString(wrap(strings.Join(from, "; "), "    ", p.width) + "\n")
	}
	if _, err := fmt.Fprint(p.stdout, b.String()); err != nil {
		return err
	}
	p.printCounts(s)
	return nil
}

// printCounts says on stderr what the scenario consists of and what stands behind its inputs.
func (p *program) printCounts(s *scenario.Scenario) {
	cfg := s.Config()
	fmt.Fprintf(p.stderr, "%s is valid: %s, %s, %s, %s, %s.\n", s.Name, quantity.Plural(len(cfg.Labs), "lab"),
		quantity.Plural(len(cfg.Segments), "segment"),
		quantity.Plural(len(cfg.Shocks), "shock"), quantity.Plural(len(cfg.Policies), "dated policy"),
		quantity.Plural(s.Steps, "step"))
	fmt.Fprintln(p.stderr, wrap(scenario.CountInputs(s.Inputs()), "", helpWidth))
}

// originsAsJSON lists the values that the scenario gives, or of all inputs those that are
// assumptions. A setting of the experiment has no mark.
func originsAsJSON(s *scenario.Scenario, assumed bool) []ordered {
	out := []ordered{}
	marks := map[string]scenario.Mark{}
	for _, in := range s.Inputs() {
		marks[in.Path] = in.Mark
		if assumed && in.Assumed() {
			out = append(out, ordered{{"path", in.Path}, {"value", in.Written}, {"where", in.Where}, {"source", in.Source},
				{"note", in.Note}, {"default", in.Mark == scenario.AtDefault}, {"mark", in.Mark}})
		}
	}
	if assumed {
		return out
	}
	for _, o := range s.Origins() {
		out = append(out, ordered{{"path", o.Path}, {"value", o.Value}, {"where", o.Where}, {"source", o.Source}, {"note",
			o.Note}, {"default", o.Default}, {"mark", marks[o.Path]}})
	}
	return out
}

// marksAsJSON counts the inputs by what stands behind them.
func marksAsJSON(s *scenario.Scenario) ordered {
	by := map[scenario.Mark]int{}
	list := s.Inputs()
	for _, in := range list {
		by[in.Mark]++
	}
	out := ordered{}
	for _, m := range scenario.Marks {
		out = append(out, pair{string(m), by[m]})
	}
	return append(out, pair{"assumed_defaults", assumedDefaults(list)})
}

func assumedDefaults(list []scenario.Input) (n int) {
	for _, in := range list {
		if in.Mark == scenario.AtDefault && in.Assumed() {
			n++
		}
	}
	return n
}
