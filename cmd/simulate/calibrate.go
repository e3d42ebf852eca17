package main

import (
	"fmt"
	"path/filepath"

	"github.com/urfave/cli/v2"

	"simulate/internal/shell"
	"simulate/sim/experiment/history"
	"simulate/sim/observed"
)

func calibrateCommand(p *program) *cli.Command {
	return &cli.Command{
		Name:      "calibrate",
		Usage:     "the set of parameter vectors that fit the observations",
		ArgsUsage: "[SCENARIO]",
		Description: `History matching: a Latin hypercube over the 90 % intervals of all parameters but those that --set gives
one value, a deterministic run each. A vector is left out where some observation lies more than three standard
deviations from what it gives, the variance being that of the observation (from its p5 to p95), of luck (64 stochastic
runs at the scenario's own values) and of what the model leaves out (--discrepancy). What no vector meets is a misfit
of the model or its inputs; it is named and decides nothing.

The folder holds posterior.csv with the vectors that fit, which run takes by --parameters, parameters.csv with prior
and posterior and what the observations identify, targets.csv with what every observation asks and how it is met, and
a figure. Without a SCENARIO it is baseline-2024.

Another experiment in the default folder is first renamed; with --out it is refused unless --force is given.`,
		UsageText: `simulate calibrate
simulate calibrate --samples 20000 --seed 7 --out results/fit
simulate calibrate my-scenario.yaml --discrepancy 0.05 --json`,
		Flags: append([]cli.Flag{
			observedFlag(),
			setFlag(),
			discrepancyFlag(),
			wholeNumber(sizeCategory, "samples", "`N` parameter vectors to try; 4000 by default", 2),
		}, historyOutput("calibrate")...),
		Action: func(c *cli.Context) error { return p.calibrate(c) },
	}
}

func (p *program) calibrate(c *cli.Context) error {
	s, points, err := p.confronted(c, rosterOf(0))
	if err != nil {
		return err
	}
	spec := history.CalibrationSpec{Scenario: s, Observed: points, Samples: 4000, Discrepancy: c.Float64("discrepancy")}
	spec.Seed = seedOf(c, s)
	if n, given := number(c, "samples"); given {
		spec.Samples = int(n)
	}
	if spec.Notice = p.remark(c); c.IsSet("shards") {
		return p.planHistory(c, spec.Plan)
	}
	at, end := p.conduct(c, spec, &spec.Conduct)
	defer at.close()
	fit, err := history.Calibrate(c.Context, spec)
	end()
	if err != nil {
		return err
	}
	if err := p.keep(c, at, "calibration", fit.Save); err != nil {
		return err
	}
	if c.Bool("json") {
		err = p.printJSON(calibrationAsJSON(fit))
	} else {
		err = p.printCalibration(fit)
	}
	switch {
	case err != nil:
		return err
	case len(fit.Members) == 0:
		return fmt.Errorf("no parameter vector fits all observations; targets.csv says what each asks. Try more --samples " +
			"or a larger --discrepancy")
	case !c.Bool("quiet"):
		ref := s.Name
		if c.NArg() > 0 {
			ref = c.Args().First()
		}
		fmt.Fprintf(p.stderr, "`simulate run %s --parameters %s` draws from the set.\n", shell.Path(ref),
			shell.Path(filepath.Join(at.Dir, "posterior.csv")))
	}
	return nil
}

// printCalibration writes the verdict, what is identified, what is not, and the misfits.
func (p *program) printCalibration(c *history.Calibration) error {
	fmt.Fprintln(p.stdout, wrap(c.Verdict(), "", p.width))
	for _, l := range c.Listings() {
		fmt.Fprintln(p.stdout)
		if err := p.printTable(l.Header, l.Rows, true); err != nil {
			return err
		}
	}
	for _, text := range c.Remarks() {
		fmt.Fprintf(p.stdout, "\n%s\n", wrap(text, "", p.width))
	}
	return nil
}

func calibrationAsJSON(c *history.Calibration) ordered {
	parameters, targets, ties := []ordered{}, []ordered{}, []ordered{}
	for _, q := range c.Parameters {
		value := func(v float64) any { return orNull(q.Knob.ToTable(v)) }
		parameters = append(parameters, ordered{{"path", q.Knob.Path}, {"unit", q.Knob.TableUnit()}, {"low",
			value(q.Knob.Range[0])}, {"high", value(q.Knob.Range[1])}, {"base", value(q.Base)},
			{"q05", value(q.Posterior[0])}, {"q50", value(q.Posterior[2])}, {"q95", value(q.Posterior[4])}, {"width",
				orNull(q.Width)}, {"shift", orNull(q.Shift)}, {"identified", q.Identified}})
	}
	for _, f := range c.Fits {
		targets = append(targets, ordered{{"quantity", f.Series.Quantity}, {"entity", f.Series.Entity}, {"date",
			f.Point.Day}, {"observed", orNull(f.Point.Value)}, {"base", orNull(f.Base)},
			{"base_distance", orNull(f.BaseDistance)}, {"met", f.Met}, {"counts", !f.Aside}})
	}
	for _, t := range c.Ties {
		ties = append(ties, ordered{{"a", t.A}, {"b", t.B}, {"rank_correlation", orNull(t.Rank)}})
	}
	return ordered{{"tried", c.Spec.Samples}, {"impossible", c.Impossible}, {"fit", len(c.Members)}, {"seed",
		c.Spec.Seed}, {"base_is_member", c.BaseIn()}, {"base_distance", orNull(c.BaseWorst)},
		{"parameters", parameters}, {"targets", targets}, {"ties", ties}, {"verdict", c.Verdict()}, {"attribution",
			observed.Attribution}}
}
