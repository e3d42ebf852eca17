package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/urfave/cli/v2"

	"simulate/internal/quantity"
	"simulate/internal/reference"
	"simulate/plots"
	"simulate/sim/experiment/history"
	"simulate/sim/experiment/results"
	"simulate/sim/experiment/run"
	"simulate/sim/observed"
	"simulate/sim/scenario"
)

// What backtest and calibrate share.

func discrepancyFlag() cli.Flag {
	return &cli.Float64Flag{Name: "discrepancy", Value: history.Discrepancy, Usage: "standard deviation `PART` of what " +
		"the model " +
		"leaves out, as a part of what is observed, 0.1 by default: budgets and stocks are known to about a tenth"}
}

func observedFlag() cli.Flag {
	return &cli.StringFlag{Name: "observed", Usage: "observations in a table `FILE` beside the built-in ones: columns " +
		"quantity, entity, date, value, and where wanted from, known (the day on which the value was known), low, high, " +
		"unit, kind, source, licence, note"}
}

// historyOutput ends the list of options of both.
func historyOutput(name string) []cli.Flag {
	return append(append(tableFlags(), shardFlags()...), []cli.Flag{
		wholeNumber(sizeCategory, "seed", "seed `N`; by default the scenario's", 0),
		jobsFlag(),
		noCacheFlag(),
		&cli.StringFlag{Name: "out", Category: outputCategory, Usage: "folder `DIR` for tables and figure; by default " +
			"results/" + name},
		&cli.BoolFlag{Name: "force", Category: outputCategory, Usage: "replace another experiment in the folder"},
		&cli.BoolFlag{Name: "no-figures", Category: outputCategory, Usage: "tables only"},
		figureFormat(),
		&cli.BoolFlag{Name: "json", Category: outputCategory, Usage: "the outcome as JSON on stdout instead of tables"},
		&cli.BoolFlag{Name: "quiet", Category: outputCategory, Usage: "no progress and no remarks, errors only"},
	}...)
}

// rosterOf is the built-in scenario that is held against observations where the command line names
// none: that of 2024, or the baseline where nothing before its start is to be forecast.
func rosterOf(inputsUntil float64) string {
	if inputsUntil >= quantity.Month(2025, 1)-1e-6 {
		return "baseline"
	}
	return "baseline-2024"
}

// confronted is the scenario of the command line, or else the one named, with the observations.
func (p *program) confronted(c *cli.Context, name string) (*scenario.Scenario, []observed.Point, error) {
	switch c.NArg() {
	case 0:
	case 1:
		name = c.Args().First()
	default:
		return nil, nil, usagef("%s takes one scenario; there are %d", c.Command.Name, c.NArg())
	}
	if v := c.Float64("discrepancy"); !(v >= 0 && v <= 1) {
		return nil, nil, usagef("option --discrepancy: %g is not a part from 0 to 1", v)
	}
	if err := atMostOne(c, "no-figures", "figure-format"); err != nil {
		return nil, nil, err
	}
	s, err := scenario.Load(name, scenario.Options{Set: c.StringSlice("set")})
	if err != nil {
		return nil, nil, err
	}
	points := observed.Builtin()
	if file := c.String("observed"); file != "" {
		t, err := p.bring(c, file)
		if err != nil {
			return nil, nil, err
		}
		own, err := observed.FromSheet(t)
		p.notes(c, t)
		if err != nil {
			return nil, nil, err
		}
		points = append(points, own...)
	}
	return s, points, nil
}

// seedOf is the seed of the command line, or else the scenario's.
func seedOf(c *cli.Context, s *scenario.Scenario) uint64 {
	if n, given := number(c, "seed"); given {
		return n
	}
	return s.Seed
}

// remark passes on remarks on observations, unless quiet.
func (p *program) remark(c *cli.Context) func(string) {
	return func(text string) { p.tell(c, []string{text}) }
}

// conduct sets how the runs of both are done, and says where the results go once they have begun;
// the function it returns ends what is shown of the runs.
func (p *program) conduct(c *cli.Context, s confrontation, how *history.Conduct) (at *place, end func()) {
	shown := newProgress(c.Context, p.stderr, p.stderrIsTerminal, c.Bool("quiet"))
	at = &place{}
	*how = history.Conduct{Cache: cacheOf(c), Commit: commit, Progress: shown.show, Notice: p.remark(c),
		Begin: func(b *run.Batch) (string, error) { return at.begin(p, c, s, b) }}
	how.Jobs = jobs(c)
	return at, shown.close
}

// confrontation is what back-test and calibration are before they run.
type confrontation interface {
	Name() string
	Identity() string
	Differs(*results.Manifest) string
}

// place is where results of one go, once it has begun.
type place struct{ *results.Place }

// begin settles the results folder as run does, when the input is accepted, and says where the log
// of runs lies.
func (l *place) begin(p *program, c *cli.Context, s confrontation, b *run.Batch) (log string, err error) {
	spec := results.PlaceSpec{Out: c.String("out"), Name: s.Name(), Identity: s.Identity(), Force: c.Bool("force"),
		Commit: commit, Differs: s.Differs, Begun: b.Begun}
	if !c.Bool("quiet") {
		spec.Notice = func(text string) { fmt.Fprintln(p.stderr, text) }
	}
	if l.Place, err = results.OpenPlace(spec); err != nil {
		return "", err
	}
	p.promise(continues)
	return l.Parts(), nil
}

// close keeps finished runs for the same command to go on with; without any nothing is left.
func (l *place) close() {
	if l.Place == nil {
		return
	}
	if n, _ := run.Grown(filepath.Join(l.Parts(), run.GrowingName)); n > 0 {
		l.Keep()
	}
	l.Close()
}

// keep writes the tables by save and a figure, and says where they are.
func (p *program) keep(c *cli.Context, l *place, figure string, save func(at *results.Place,
	command []string) error) error {
	if err := save(l.Place, append([]string{"simulate"}, p.args...)); err != nil {
		return err
	}
	if !c.Bool("no-figures") {
		o := plots.Options{Figures: []string{figure}, Format: chosen(c, "figure-format"), Names: reference.Title}
		if !c.Bool("quiet") {
			o.High = p.saysHigh
		}
		_, err := plots.Draw(l.Dir, filepath.Join(l.Dir, "figures"), o)
		var reason plots.Absent
		if errors.As(err, &reason) && !c.Bool("quiet") {
			fmt.Fprintf(p.stderr, "Figure %s is left out: %s.\n", figure, reason.Reason)
		} else if err != nil {
			return err
		}
	}
	if !c.Bool("quiet") {
		fmt.Fprintf(p.stderr, "%s\nResults in %s%c\n", observed.Attribution, l.Dir, os.PathSeparator)
	}
	return nil
}

// concludeHistory prints what the folder of a merged back-test or calibration says.
func (p *program) concludeHistory(c *cli.Context, o *run.Complete) error {
	if c.Bool("json") {
		return p.printJSON(o.Manifest)
	}
	f, err := history.Read(o.Dir)
	if err != nil || c.Bool("quiet") {
		return err
	}
	for _, l := range f.Listings {
		fmt.Fprintln(p.stdout, l.Heading)
		if err := p.printTable(l.Header, l.Rows, true); err != nil {
			return err
		}
		fmt.Fprintln(p.stdout)
	}
	for _, text := range append(slices.Clone(f.Remarks), f.Verdict) {
		fmt.Fprintf(p.stdout, "%s\n", wrap(text, "", p.width))
	}
	fmt.Fprintf(p.stderr, "%s\nResults in %s%c\n", f.Attribution, o.Dir, os.PathSeparator)
	return nil
}
