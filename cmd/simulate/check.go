package main

import (
	"fmt"
	"math"
	"strings"

	"github.com/urfave/cli/v2"

	"simulate/internal/expect"
	"simulate/sim/experiment"
	"simulate/sim/scenario"
)

func checkCommand(p *program) *cli.Command {
	return &cli.Command{
		Name:      "check",
		Usage:     "validate scenarios and show where each value comes from",
		ArgsUsage: "SCENARIO…",
		Description: `Reads each scenario as run does and reports every mistake at once with file, line, column, reason and remedy. What is right is printed resolved: each value that is given, by which file and line, with its source. --all adds the parameters that are at their defaults.

With --expect the scenario is run too, and each pattern under its key expect is compared with the replications; the exit code is 1 where one is not met.`,
		UsageText: `simulate check my-scenario.yaml
simulate check baseline --set market.eta=0.9 --json
simulate check my-scenario.yaml --expect -n 20`,
		Flags: append(scenarioFlags(),
			&cli.BoolFlag{Name: "expect", Category: sizeCategory, Usage: "run each scenario and check its patterns"},
			wholeNumber(sizeCategory, "replications", "`N` runs for --expect; by default what the scenario says", 1, "n"),
			wholeNumber(sizeCategory, "jobs", "`N` runs at a time; by default one per processor", 1),
			&cli.BoolFlag{Name: "all", Category: outputCategory, Usage: "also parameters at their defaults"},
			&cli.BoolFlag{Name: "json", Category: outputCategory, Usage: "a JSON list, one object per scenario"},
			&cli.BoolFlag{Name: "quiet", Category: outputCategory, Usage: "print nothing of what is right"},
		),
		Action: func(c *cli.Context) error { return p.check(c) },
	}
}

func (p *program) check(c *cli.Context) error {
	if c.NArg() == 0 {
		return usagef("check needs a SCENARIO; `simulate list` shows those built in")
	}
	if !c.Bool("expect") && (c.IsSet("replications") || c.IsSet("jobs")) {
		return usagef("--replications and --jobs are for the runs of --expect")
	}
	scenarios, err := loadAll(c.Args().Slice(), scenarioOptions(c))
	if err != nil {
		return err
	}
	list := []ordered{}
	missed := 0
	for _, s := range scenarios {
		entry := ordered{{"scenario", s.Name}, {"title", s.Title}, {"values", originsAsJSON(s)}}
		if !c.Bool("json") && !c.Bool("quiet") {
			if err := p.printOrigins(s, c.Bool("all")); err != nil {
				return err
			}
		}
		if c.Bool("expect") {
			findings, err := p.findings(c, s)
			if err != nil {
				return err
			}
			missed += p.printFindings(findings, c.Bool("quiet"))
			entry = append(entry, pair{"expect", findingsAsJSON(findings)})
		}
		list = append(list, entry)
	}
	if c.Bool("json") {
		if err := p.printJSON(list); err != nil {
			return err
		}
	}
	if missed > 0 {
		return fmt.Errorf("%d of the expectations are not met", missed)
	}
	return nil
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
	cfg := s.Config()
	fmt.Fprintf(p.stderr, "%s is valid: %d labs, %d segments, %d shocks, %d policies, %d steps.\n", s.Name, len(cfg.Labs), len(cfg.Segments), len(cfg.Shocks), len(cfg.Policies), s.Steps)
	if defaults > 0 {
		fmt.Fprintf(p.stderr, "%d more parameters are at their defaults; --all shows them.\n", defaults)
	}
	return nil
}

func originsAsJSON(s *scenario.Scenario) []ordered {
	out := []ordered{}
	for _, o := range s.Origins() {
		out = append(out, ordered{{"path", o.Path}, {"value", o.Value}, {"where", o.Where}, {"source", o.Source}, {"note", o.Note}, {"default", o.Default}})
	}
	return out
}

func (p *program) findings(c *cli.Context, s *scenario.Scenario) ([]expect.Finding, error) {
	if len(s.Expect) == 0 {
		return nil, usagef("%s expects nothing; write patterns under expect:", s.Name)
	}
	spec := experiment.Spec{Scenarios: []*scenario.Scenario{s}, Command: append([]string{"simulate"}, p.args...), Commit: commit}
	if n, given := number(c, "replications"); given {
		spec.Replications = int(n)
	}
	if n, given := number(c, "jobs"); given {
		spec.Jobs = int(n)
	}
	shown := newProgress(c.Context, p.stderr, p.stderrIsTerminal, c.Bool("quiet"))
	defer shown.close()
	spec.Progress = shown.show
	return expect.Check(c.Context, spec)
}

// printFindings says on stderr what became of each pattern and returns how many are not met; met ones are left out where quiet.
func (p *program) printFindings(findings []expect.Finding, quiet bool) (missed int) {
	for _, f := range findings {
		verdict := "met"
		if !f.Met() {
			verdict = "NOT MET"
			missed++
		} else if quiet {
			continue
		}
		value := digits(f.Value, 4)
		if value == "" {
			value = "undefined"
		}
		fmt.Fprintf(p.stderr, "%s: %s: %s of %s on %s is %s, expected %s\n", f.Where, verdict, f.Stat, f.Metric, f.Date, value, bounds(f.Low, f.High))
	}
	return missed
}

func bounds(low, high float64) string {
	switch {
	case math.IsInf(low, -1):
		return "at most " + digits(high, 4)
	case math.IsInf(high, 1):
		return "at least " + digits(low, 4)
	}
	return digits(low, 4) + " to " + digits(high, 4)
}

func findingsAsJSON(findings []expect.Finding) []ordered {
	out := []ordered{}
	for _, f := range findings {
		out = append(out, ordered{{"metric", f.Metric}, {"at", f.Date}, {"stat", f.Stat}, {"value", orNull(f.Value)}, {"low", orNull(f.Low)},
			{"high", orNull(f.High)}, {"n", f.N}, {"met", f.Met()}, {"where", f.Where}})
	}
	return out
}
