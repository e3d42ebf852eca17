package main

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"simulate/internal/quantity"
	"simulate/sim/experiment/analysis"
	"simulate/sim/experiment/design"
	"simulate/sim/experiment/study"
)

func analyseCommand(p *program) *cli.Command {
	kinds := []*cli.Command{p.sensitivityCommand(), p.discoverCommand(), p.thresholdCommand(), p.robustnessCommand()}
	return &cli.Command{
		Name:      "analyse",
		Usage:     "what a sweep or any CSV says: sensitivity, discovery, thresholds, robustness",
		ArgsUsage: "KIND DIR|FILE",
		Description: `Analyses the folder of a sweep, or any CSV or Parquet file with named columns: --inputs names those that varied, --outcome the result. Tables go to standard output, sentences to standard error.

What cannot be analysed (missing values, constant outcomes, incomplete designs) is refused in words.`,
		UsageText: `simulate analyse sensitivity results/baseline-sweep --outcome hhi_sales
simulate analyse discover results/baseline-sweep --where 'hhi_sales > 2500'
simulate analyse threshold my.yaml --vary market.eta=range --where 'lerner<.4'
simulate analyse robustness results/policies --minimise hhi_sales`,
		Subcommands: kinds,
		Action: func(c *cli.Context) error {
			return usagef("analyse needs a kind: %s; `simulate analyse --help` shows examples", strings.Join(names(kinds), ", "))
		},
	}
}

// studyFlags say how a file is read.
func studyFlags() []cli.Flag {
	return append([]cli.Flag{
		&cli.StringSliceFlag{Name: "inputs", Usage: "columns `INPUT,…` that varied; of a sweep only these"},
		&cli.StringFlag{Name: "replication", Usage: "`COLUMN` of a file that numbers the replications of a point; by default a row is a point"},
		&cli.StringSliceFlag{Name: "categories", Usage: "inputs `INPUT,…` of a file whose numbers are names of categories"},
		&cli.StringFlag{Name: "case", Usage: "of a folder of runs with drawn values the `CASE` that is analysed"},
		&cli.StringFlag{Name: "against", Usage: "of a folder of runs the `CASE` against which it is held: the outcome is the difference under the same luck and draws"},
		&cli.BoolFlag{Name: "skip-missing", Usage: "leave out what has a missing value, and say how much"},
		&cli.StringSliceFlag{Name: "at", Usage: "recorded `DATE,…` of a sweep (2027, 2027-06 or 2027-06-30); by default the end"},
		asIs(),
		&cli.BoolFlag{Name: "json", Category: outputCategory, Usage: "the outcome as JSON on stdout"},
		&cli.BoolFlag{Name: "quiet", Category: outputCategory, Usage: "no sentences, errors only"},
	}, tableFlags()...)
}

func designFlag() cli.Flag {
	var ordered []string
	for _, d := range design.Designs {
		if d.Ordered {
			ordered = append(ordered, d.Name)
		}
	}
	return oneOf("", "design", "design whose rows a file holds in order; a sweep knows its own", ordered...)
}

// study opens what a command analyses, and the dates at which it does.
func (p *program) study(c *cli.Context) (*study.Study, []string, error) {
	path, err := oneArgument(c, "the sweep's folder or a file")
	if err != nil {
		return nil, nil, err
	}
	o := p.studyOptions(c)
	o.Reading = p.reads(c)
	s, err := study.OpenStudy(path, o)
	if err != nil {
		return nil, nil, err
	}
	p.tell(c, s.Notes)
	dates, err := s.DatesAt(split(c.StringSlice("at")))
	return s, dates, err
}

func (p *program) studyOptions(c *cli.Context) study.StudyOptions {
	o := study.StudyOptions{Inputs: c.StringSlice("inputs"), Replication: c.String("replication"), Categories: c.StringSlice("categories"), SkipMissing: c.Bool("skip-missing"), Case: c.String("case"), Against: c.String("against"),
		Table: tableOptions(c), Stdin: p.stdin, Notice: func(text string) { p.tell(c, []string{"Note: " + text}) }}
	if d, ok := c.Generic("design").(*choice); ok && d != nil {
		o.Design = d.word
	}
	return o
}

func (p *program) sensitivityCommand() *cli.Command {
	return &cli.Command{
		Name:      "sensitivity",
		Usage:     "which inputs drive an outcome",
		ArgsUsage: "DIR|FILE",
		Description: `By the design: first- and total-order Sobol indices of a saltelli design, elementary effects of morris, swings of one-at-a-time. Any other sample has first-order indices from binning, total order from a polynomial fit, PAWN densities and scores of extremely randomised trees. Indices are shares of the variance of one run, seed noise a share of its own; intervals are bootstrapped.

In a sweep the inputs whose source is an assumption are taken together, so that it shows how much of the variance rests on assumptions.`,
		UsageText: `simulate analyse sensitivity results/baseline-sweep --outcome lerner --at 2030
simulate analyse sensitivity runs.csv --inputs x1,x2 --outcome y --json`,
		Flags: append([]cli.Flag{&cli.StringSliceFlag{Name: "outcome", Usage: "`OUTCOME,…`: a metric of the sweep or a column of the file; by default hhi_sales of a sweep"}, designFlag(),
			&cli.StringSliceFlag{Name: "measures", Usage: "of a sample without a design `MEASURE,…`: " + strings.Join(study.Measures, ", ") + "; by default all, in a large sample the first"},
		}, append(studyFlags(), figureFlags()...)...),
		Action: func(c *cli.Context) error {
			s, dates, err := p.study(c)
			if err != nil {
				return err
			}
			outcomes := s.Named(c.StringSlice("outcome"))
			if len(outcomes) == 0 {
				if len(s.Dates) == 0 {
					return usagef("say which column is the outcome: --outcome COLUMN")
				}
				outcomes = []string{"hhi_sales"}
			}
			list := []ordered{}
			for _, outcome := range outcomes {
				for _, date := range dates {
					v, err := s.Sensitivity(outcome, date, split(c.StringSlice("measures"))...)
					if err != nil {
						return err
					}
					if c.Bool("json") {
						list = append(list, sensitivityAsJSON(s, v))
					} else if err := p.printSensitivity(s, v); err != nil {
						return err
					}
					p.tell(c, slices.Concat(v.Notes, v.Sentences()))
					if err := p.drawAnalysis(c, sensitivityChart(s, v), fileWord("sensitivity", outcome, date)); err != nil {
						return err
					}
				}
			}
			if c.Bool("json") {
				return p.printJSON(list)
			}
			return nil
		},
	}
}

// tell writes sentences on stderr unless quiet.
func (p *program) tell(c *cli.Context, sentences []string) {
	if !c.Bool("quiet") {
		for _, s := range sentences {
			fmt.Fprintln(p.stderr, wrap(s, "", helpWidth))
		}
	}
}

// sourceWord is a source as far as a column of the table has room.
func sourceWord(source string) string {
	if study.IsAssumption(source) {
		return "assumption"
	}
	const most = 24
	if r := []rune(source); len(r) > most {
		return strings.TrimRight(string(r[:most-1]), " ,;:") + "…"
	}
	return source
}

// estimate writes a value with its interval.
func estimate(e analysis.Estimate) string {
	if math.IsNaN(e.Value) {
		return "–"
	}
	if math.IsNaN(e.Low) {
		return quantity.Human(e.Value)
	}
	return quantity.Human(e.Value) + " (" + quantity.HumanInterval(e.Low, e.High) + ")"
}

func (p *program) printSensitivity(s *study.Study, v *study.Sensitivity) error {
	title := strings.TrimSpace(v.Outcome + " " + v.Date)
	var rows [][]string
	header := []string{title}
	switch {
	case v.Sobol != nil:
		header = append(header, "first order (95 % interval)", "total order")
		if v.Density != nil {
			header = append(header, "density")
		}
		if v.Scores != nil {
			header = append(header, "score")
		}
		header = append(header, "source")
		add := func(name, source string, cells ...string) {
			for len(cells) < len(header)-2 {
				cells = append(cells, "–")
			}
			rows = append(rows, append(append([]string{name}, cells...), source))
		}
		for j, x := range v.Sobol.Inputs {
			cells := []string{estimate(x.First), estimate(x.Total)}
			if v.Density != nil {
				cells = append(cells, estimate(v.Density.Index[j]))
			}
			if v.Scores != nil {
				cells = append(cells, quantity.Human(v.Scores.Score[j]))
			}
			add(x.Name, sourceWord(s.Sources[j]), cells...)
		}
		for _, pair := range v.Sobol.Pairs {
			add(pair.A+" × "+pair.B, "", estimate(pair.Share))
		}
		for _, g := range v.Sobol.Groups {
			add("all "+g.Name, "", estimate(g.AtLeast), estimate(g.AtMost))
		}
		add("interactions", "", estimate(v.Sobol.Interactions))
		add("seed noise", "", estimate(v.Sobol.Noise))
	case v.Morris != nil:
		header = append(header, "μ* (95 % interval)", "μ", "σ", "noise", "source")
		for j, x := range v.Morris {
			rows = append(rows, []string{x.Name, estimate(x.MuStar), quantity.Human(x.Mu.Value), quantity.Human(x.Sigma.Value), quantity.Human(x.Noise), sourceWord(s.Sources[j])})
		}
	default:
		header = append(header, "low", "high", "change at low", "change at high", "source")
		for j, x := range v.Swings {
			rows = append(rows, []string{x.Name, s.Word(x.Name, x.Low, 4), s.Word(x.Name, x.High, 4), estimate(x.AtLow), estimate(x.AtHigh), sourceWord(s.Sources[j])})
		}
	}
	return p.printTable(header, rows, false)
}

func estimateAsJSON(e analysis.Estimate) ordered {
	return ordered{{"value", orNull(e.Value)}, {"low", orNull(e.Low)}, {"high", orNull(e.High)}}
}

// valueAsJSON is a value of an input in the unit of tables, dates as ISO days.
func valueAsJSON(s *study.Study, input string, v float64) any {
	if s.IsDate(input) && !math.IsInf(v, 0) && !math.IsNaN(v) {
		return quantity.DayOf(v)
	}
	return orNull(v)
}

func sensitivityAsJSON(s *study.Study, v *study.Sensitivity) ordered {
	out := ordered{{"outcome", v.Outcome}, {"date", v.Date}, {"design", s.Design}}
	inputs := []ordered{}
	switch {
	case v.Sobol != nil:
		for j, x := range v.Sobol.Inputs {
			one := ordered{{"input", x.Name}, {"first", estimateAsJSON(x.First)}, {"total", estimateAsJSON(x.Total)}}
			if v.Density != nil {
				one = append(one, pair{"density", estimateAsJSON(v.Density.Index[j])})
			}
			if v.Scores != nil {
				one = append(one, pair{"score", orNull(v.Scores.Score[j])})
			}
			inputs = append(inputs, append(one, pair{"source", s.Sources[j]}))
		}
		groups, pairs := []ordered{}, []ordered{}
		for _, g := range v.Sobol.Groups {
			groups = append(groups, ordered{{"group", g.Name}, {"members", g.Members}, {"at_least", estimateAsJSON(g.AtLeast)}, {"at_most", estimateAsJSON(g.AtMost)}})
		}
		for _, x := range v.Sobol.Pairs {
			pairs = append(pairs, ordered{{"a", x.A}, {"b", x.B}, {"share", estimateAsJSON(x.Share)}})
		}
		out = append(out, pair{"method", v.Sobol.Method}, pair{"mean", orNull(v.Sobol.Mean)}, pair{"variance", orNull(v.Sobol.Variance)}, pair{"points", v.Sobol.Points},
			pair{"replications", v.Sobol.Replications}, pair{"noise", estimateAsJSON(v.Sobol.Noise)}, pair{"interactions", estimateAsJSON(v.Sobol.Interactions)},
			pair{"inputs", inputs}, pair{"pairs", pairs}, pair{"groups", groups})
		if v.Fitted != nil {
			out = append(out, pair{"fit_explains", orNull(v.Fitted.Explains)})
		}
		if v.Density != nil {
			out = append(out, pair{"density_of_noise", orNull(v.Density.Floor)})
		}
		if v.Scores != nil {
			out = append(out, pair{"score_of_noise", orNull(v.Scores.Floor)}, pair{"trees_explain", orNull(v.Scores.Explains)})
		}
	case v.Morris != nil:
		for j, x := range v.Morris {
			inputs = append(inputs, ordered{{"input", x.Name}, {"mu_star", estimateAsJSON(x.MuStar)}, {"mu", estimateAsJSON(x.Mu)}, {"sigma", estimateAsJSON(x.Sigma)},
				{"noise", orNull(x.Noise)}, {"source", s.Sources[j]}})
		}
		out = append(out, pair{"inputs", inputs})
	default:
		for j, x := range v.Swings {
			inputs = append(inputs, ordered{{"input", x.Name}, {"low", valueAsJSON(s, x.Name, x.Low)}, {"high", valueAsJSON(s, x.Name, x.High)}, {"at_low", estimateAsJSON(x.AtLow)},
				{"at_high", estimateAsJSON(x.AtHigh)}, {"source", s.Sources[j]}})
		}
		out = append(out, pair{"base", orNull(v.Base)}, pair{"inputs", inputs})
	}
	return append(out, pair{"notes", slices.Concat(s.Notes, v.Notes)}, pair{"finding", strings.Join(v.Sentences(), " ")})
}
