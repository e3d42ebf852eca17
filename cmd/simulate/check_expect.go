package main

import (
	"fmt"
	"slices"

	"github.com/urfave/cli/v2"

	"simulate/internal/quantity"
	"simulate/sim/experiment/compare"
	"simulate/sim/experiment/run"
	"simulate/sim/scenario"
)

// expected is the experiment that shows whether scenarios do as they expect: all of them, and what
// they are held against, recorded as often as the patterns need.
func (p *program) expected(c *cli.Context, scenarios []*scenario.Scenario) (*run.Spec, error) {
	if !slices.ContainsFunc(scenarios, func(s *scenario.Scenario) bool { return len(s.Expect) > 0 }) {
		return nil, usagef("nothing is expected; write patterns under expect:, as in `simulate new`")
	}
	scenarios, err := heldAgainst(scenarios)
	if err != nil {
		return nil, err
	}
	spec := &run.Spec{Scenarios: scenarios, Out: c.String("out"), Force: c.Bool("force"), Record: rhythmOf(scenarios),
		Command: append([]string{"simulate"}, p.args...), Commit: commit, Cache: cacheOf(c)}
	if n, given := number(c, "replications"); given {
		spec.Replications = int(n)
	}
	spec.Jobs = jobs(c)
	return spec, nil
}

// verdicts runs the scenarios and holds each one's patterns against the outcome: in a folder where
// one is asked for, and otherwise keeping what the patterns read.
func (p *program) verdicts(c *cli.Context, spec *run.Spec) (verdicts map[string][]compare.Verdict, err error) {
	shown := newProgress(c.Context, p.stderr, p.stderrIsTerminal, c.Bool("quiet"))
	spec.Progress = shown.show
	if !c.Bool("quiet") {
		spec.Notice = shown.say
	}
	if spec.Out == "" {
		var unfinished unfinished
		verdicts, err = compare.Judge(c.Context, *spec, func(identity string) (string, error) {
			return unfinished.open(p, identity)
		})
		shown.close()
		unfinished.close(err)
		return verdicts, err
	}
	p.promise(continues)
	made, err := run.Run(c.Context, *spec)
	shown.close()
	if err != nil {
		return nil, err
	}
	if failed := made.Manifest.Failed; len(failed) > 0 {
		return nil, fmt.Errorf("%s failed; the first: %s", quantity.Plural(len(failed), "run"), failed[0])
	}
	out, outcome := map[string][]compare.Verdict{}, compare.Of(made)
	for _, s := range spec.Scenarios {
		out[s.Name] = outcome.Check(s.Name, s.Expect)
	}
	return out, nil
}

// heldAgainst adds the scenarios that patterns are held against: built-in ones, and scenarios
// without their events.
func heldAgainst(scenarios []*scenario.Scenario) ([]*scenario.Scenario, error) {
	out := slices.Clone(scenarios)
	for _, s := range scenarios {
		for _, e := range s.Expect {
			name := e.Base(s.Name)
			if e.Against == "" || slices.ContainsFunc(out, func(o *scenario.Scenario) bool { return o.Name == name }) {
				continue
			}
			base, err := baseOf(s, e)
			if err != nil {
				return nil, fmt.Errorf("%s is held against %q: %w", e.Where, e.Against, err)
			}
			out = append(out, base)
		}
	}
	return out, nil
}

func baseOf(s *scenario.Scenario, e scenario.Expectation) (*scenario.Scenario, error) {
	if scenario.TakenOut(e.Against) != "" {
		return s.Less(e.Against)
	}
	return scenario.Load(e.Against, scenario.Options{})
}

// printVerdicts says on stderr what became of each pattern and returns how many are missed; the
// others are left out where quiet.
func (p *program) printVerdicts(verdicts []compare.Verdict, quiet bool) (missed int) {
	for _, v := range verdicts {
		if v.Missed() {
			missed++
		}
		if v.Missed() || !quiet {
			fmt.Fprintf(p.stderr, "%s: %s\n", v.Expectation.Where, v)
		}
	}
	return missed
}

func verdictsAsJSON(verdicts []compare.Verdict) []ordered {
	out := []ordered{}
	for _, v := range verdicts {
		e := v.Expectation
		out = append(out, ordered{{"metric", e.Metric}, {"segment", e.Segment}, {"lab", e.Lab}, {"case", v.Case}, {"at",
			v.Date}, {"stat", e.Stat}, {"value", orNull(v.Value)}, {"se", orNull(v.SE)},
			{"low", orNull(e.Low)}, {"high", orNull(e.High)}, {"met", v.OK}, {"runs", v.Runs},
			{"share_of_runs", orNull(v.Share)}, {"undecided", v.Undecided()}, {"misfit", e.Misfit}, {"given", e.Given},
			{"source", e.Source}, {"missed", v.Missed()}, {"reason", v.Reason},
			{"where", e.Where}})
	}
	return out
}
