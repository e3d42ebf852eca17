package main

import (
	"fmt"
	"math"
	"strings"

	"github.com/urfave/cli/v2"

	"simulate/internal/quantity"
	"simulate/plots/chart"
	"simulate/sim/design"
	"simulate/sim/experiment/analysis"
	"simulate/sim/experiment/study"
)

// analysisKind is a row of the table of analyses: a question, what it is asked of, how it is
// answered, and what is said of the answer.
type analysisKind struct {
	name, question  string // of the command
	takes           string // its arguments
	about, examples string
	options         func() []cli.Flag
	find            func(p *program, c *cli.Context, show func(finding) error) error
	many            bool   // one answer per outcome and date: JSON is a list of them
	figure          string // begins the names of its figures' files
}

// finding is an answer: as JSON, as tables, in sentences and as a figure.
type finding struct {
	json      ordered
	tables    []listing
	sentences []string
	drawings  []drawing
}

// drawing is a figure, and names of what it is about for its file.
type drawing struct {
	chart *chart.Chart
	of    []string
}

// listing is a table on the terminal; right puts all columns but the first at the right.
type listing struct {
	header []string
	rows   [][]string
	right  bool
}

// analyses are all kinds.
var analyses = []analysisKind{sensitivity, discovery, thresholdSearch, robustness}

func analyseCommand(p *program) *cli.Command {
	var kinds []*cli.Command
	for _, k := range analyses {
		kinds = append(kinds, k.command(p))
	}
	return &cli.Command{
		Name:      "analyse",
		Usage:     "what a sweep or any CSV says: " + strings.Join(names(kinds), ", "),
		ArgsUsage: "KIND DIR|FILE",
		Description: `Analyses the folder of a sweep, or any CSV or Parquet file with named columns: --inputs names those
that varied, --outcome the result. Tables go to standard output, sentences to standard error.

What cannot be analysed (missing values, constant outcomes, incomplete designs) is refused in words.`,
		UsageText:   firstLines(kinds),
		Subcommands: kinds,
		Action: func(c *cli.Context) error {
			return usagef("analyse needs a kind: %s; `simulate analyse --help` shows examples", strings.Join(names(kinds), ", "))
		},
	}
}

// firstLines are the first example of each command.
func firstLines(of []*cli.Command) string {
	var lines []string
	for _, c := range of {
		line, _, _ := strings.Cut(c.UsageText, "\n")
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

// command is the command that asks the question.
func (k analysisKind) command(p *program) *cli.Command {
	return &cli.Command{
		Name: k.name, Usage: k.question, ArgsUsage: k.takes, Description: k.about, UsageText: k.examples,
		Flags: append(k.options(), answerFlags()...),
		Action: func(c *cli.Context) error {
			if err := placed(c); err != nil {
				return err
			}
			list := []ordered{}
			err := k.find(p, c, func(f finding) error {
				list = append(list, f.json)
				return p.show(c, k, f)
			})
			switch {
			case err != nil || !c.Bool("json"):
				return err
			case k.many:
				return p.printJSON(list)
			}
			return p.printJSON(list[0])
		},
	}
}

// show writes a finding: tables on stdout unless JSON is wanted, sentences on stderr, the figure
// into its folder.
func (p *program) show(c *cli.Context, k analysisKind, f finding) error {
	for i, t := range f.tables {
		if c.Bool("json") {
			break
		}
		if i > 0 {
			fmt.Fprintln(p.stdout)
		}
		if err := p.printTable(t.header, t.rows, t.right); err != nil {
			return err
		}
	}
	p.tell(c, f.sentences)
	for _, d := range f.drawings {
		if err := p.drawAnalysis(c, d.chart, fileWord(append([]string{k.figure}, d.of...)...)); err != nil {
			return err
		}
	}
	return nil
}

// answerFlags say how an answer is given.
func answerFlags() []cli.Flag {
	return append([]cli.Flag{
		&cli.BoolFlag{Name: "json", Category: outputCategory, Usage: "the outcome as JSON on stdout"},
		&cli.BoolFlag{Name: "quiet", Category: outputCategory, Usage: "no sentences, errors only"},
	}, figureFlags()...)
}

// studyFlags say how a file is read.
func studyFlags() []cli.Flag {
	return append([]cli.Flag{
		&cli.StringSliceFlag{Name: "inputs", Usage: "columns `INPUT,…` that varied; of a sweep only these"},
		&cli.StringFlag{Name: "replication", Usage: "`COLUMN` of a file that numbers the replications of a point; by " +
			"default a row is a point"},
		&cli.StringSliceFlag{Name: "categories", Usage: "inputs `INPUT,…` of a file whose numbers are names of categories"},
		&cli.StringFlag{Name: "case", Usage: "of a folder of runs with drawn values the `CASE` that is analysed"},
		&cli.StringFlag{Name: "against", Usage: "of a folder of runs the `CASE` against which it is held: the outcome is " +
			"the difference under the same luck and draws"},
		&cli.BoolFlag{Name: "skip-missing", Usage: "leave out what has a missing value, and say how much"},
		&cli.StringSliceFlag{Name: "at", Usage: "recorded `DATE,…` of a sweep (2027, 2027-06 or 2027-06-30); by default " +
			"the end"},
		asIs(),
	}, tableFlags()...)
}

func designFlag() cli.Flag {
	var ordered []string
	for _, d := range design.Designs {
		if d.Order != design.AnyOrder {
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
	o := study.StudyOptions{Inputs: c.StringSlice("inputs"), Replication: c.String("replication"),
		Categories: c.StringSlice("categories"), SkipMissing: c.Bool("skip-missing"), Case: c.String("case"),
		Against: c.String("against"),
		Table:   tableOptions(c), Stdin: p.stdin, Notice: func(text string) { p.tell(c, []string{"Note: " + text}) }}
	if d, ok := c.Generic("design").(*choice); ok && d != nil {
		o.Design = d.word
	}
	return o
}

// tell writes sentences on stderr unless quiet.
func (p *program) tell(c *cli.Context, sentences []string) {
	if !c.Bool("quiet") {
		for _, s := range sentences {
			fmt.Fprintln(p.stderr, wrap(s, "", helpWidth))
		}
	}
}

// tellAny is tell of a sentence that may be empty.
func (p *program) tellAny(c *cli.Context, sentence string) {
	if sentence != "" {
		p.tell(c, []string{sentence})
	}
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

func estimateAsJSON(e analysis.Estimate) ordered {
	return ordered{{"value", orNull(e.Value)}, {"low", orNull(e.Low)}, {"high", orNull(e.High)}}
}
