package main

import (
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"simulate/internal/quantity"
	"simulate/internal/reference"
	"simulate/internal/shell"
	"simulate/plots"
	"simulate/plots/chart"
	"simulate/sim/experiment/results"
	"simulate/sim/experiment/study"
	"simulate/sim/table"
)

func plotCommand(p *program) *cli.Command {
	return &cli.Command{
		Name:      "plot",
		Usage:     "figures of a results folder, for a paper or again, without running",
		ArgsUsage: "DIR",
		Description: `Draws the figures of a results folder into its folder figures from its tables. simulate list figures
names them. Beside each stand two files with its caption, NAME.txt and NAME.tex.

--width asks for a figure as it is printed, with type that is not to be scaled; --bare leaves title and notes to the
caption. Text stays text in SVG and PDF.`,
		UsageText: `simulate plot results/deepseek-shock
simulate plot results/deepseek-shock --figure hhi_sales --figure-format svg
simulate plot results/deepseek-shock --metric hhi_sales,lerner --to 2030
simulate plot results/deepseek-shock --figure shares --width 85mm --bare`,
		Flags: append([]cli.Flag{
			&cli.StringSliceFlag{Name: "figure", Usage: "only the `FIGURE`; may be repeated"},
			&cli.StringSliceFlag{Name: "metric", Usage: "a panel each of `QUANTITY,…`: hhi_sales, hhi_sales:enterprise, " +
				"capability:openai, share:enterprise/openai, or the gap capability:openai-deepseek"},
			&cli.BoolFlag{Name: "difference", Usage: "what each case changes in them against its base, with intervals"},
			&cli.StringSliceFlag{Name: "case", Usage: "only these cases `CASE,…` of the folder"},
			&cli.StringFlag{Name: "from", Usage: "from the beginning of `DATE` on (2027, 2027-06 or 2027-06-30)"},
			&cli.StringFlag{Name: "to", Usage: "up to the end of `DATE`"},
			figureFormat(), asIs(), highlightFlag(),
			&cli.StringFlag{Name: "out", Category: outputCategory, Usage: "folder `DIR` for the figures; by default figures " +
				"in the results folder"},
			&cli.BoolFlag{Name: "quiet", Category: outputCategory, Usage: "errors only"},
		}, printedFlags()...),
		Action: func(c *cli.Context) error {
			dir, err := oneArgument(c, "the results folder")
			if err != nil {
				return err
			}
			for _, name := range c.StringSlice("figure") {
				if !slices.Contains(figureList(), name) {
					return usagef("no figure %q%s; `simulate list figures` names them", name, didYouMean(name, figureList()))
				}
			}
			if _, err := results.ReadManifestAs(dir, nil); err != nil {
				return err
			}
			out := c.String("out")
			if out == "" {
				out = filepath.Join(dir, "figures")
			}
			o := printed(c, p.figureOptions(c))
			o.Window = plots.Window{Cases: split(c.StringSlice("case")), From: c.String("from"), To: c.String("to")}
			if !c.IsSet("metric") {
				if c.Bool("difference") {
					return usagef("option --difference: say of what, with --metric; --figure differences draws the usual metrics")
				}
				return p.drawWith(c, dir, out, o)
			}
			if c.IsSet("figure") {
				return usagef("either --figure or --metric")
			}
			return p.drawn(c, out, func() ([]string, error) {
				all, err := plots.Metrics(dir, split(c.StringSlice("metric")), c.Bool("difference"), o)
				if err != nil {
					return nil, err
				}
				return plots.Save(all, out, o)
			})
		},
	}
}

// figureOptions are those that every command with figures has.
func (p *program) figureOptions(c *cli.Context) plots.Options {
	o := plots.Options{Figures: c.StringSlice("figure"), Format: chosen(c, "figure-format"), Reading: p.reads(c),
		Highlight: highlighted(c), Names: reference.Title}
	if !c.Bool("quiet") {
		o.Skipped = func(figure, reason string) { fmt.Fprintf(p.stderr, "Figure %s is left out: %s.\n", figure, reason) }
		o.High = p.saysHigh
	}
	return o
}

// saysHigh says of a figure that it is higher than a page, and what makes it fit.
func (p *program) saysHigh(figure string, h chart.High) {
	mm := func(l chart.Length) string { return fmt.Sprintf("%.0f", math.Floor(float64(l/chart.Units["mm"])+.01)) }
	remedy := fmt.Sprintf("drawn without --width its type is made to be scaled, and at %s mm of width it "+
		"fits", mm(h.Scaled))
	if width := h.Instead.Width; width > 0 {
		var options []string
		if math.Abs(float64(width-h.Width)) > 1 {
			options = append(options, "--width "+mm(width)+"mm")
		}
		if height := h.Instead.Height; height > 0 {
			options = append(options, "--height "+mm(height)+"mm")
		}
		if h.Bare {
			options = append(options, "--bare")
		}
		remedy = strings.Join(options, " ") + " makes it fit"
	}
	fmt.Fprintln(p.stderr, wrap(fmt.Sprintf("Figure %s is %s mm high, and a page of A4 has %s mm between its margins; %s.",
		figure, mm(h.Height), mm(chart.PageRoom), remedy), "", helpWidth))
}

// drawWith draws the figures of a results folder and says on stderr where they are.
func (p *program) drawWith(c *cli.Context, dir, out string, o plots.Options) error {
	o.Make = func(_ string, dates []string) (*table.Table, error) { return study.MakeDrivers(dir, dates, o.Reading) }
	return p.drawn(c, out, func() ([]string, error) { return plots.Draw(dir, out, o) })
}

// drawn draws by a function and says what came of it.
func (p *program) drawn(c *cli.Context, out string, draw func() ([]string, error)) error {
	files, err := draw()
	if wrong := (plots.Asked{}); errors.As(err, &wrong) {
		return usageError{"option " + wrong.Error()}
	}
	if low := (chart.TooLow{}); errors.As(err, &low) {
		return tooLow(c, err)
	}
	if unknown := (plots.UnknownLab{}); errors.As(err, &unknown) {
		return usageError{"option " + unknown.Error()}
	}
	if err != nil {
		return err
	}
	p.admit()
	switch {
	case c.Bool("quiet"):
	case len(files) == 0:
		fmt.Fprintln(p.stderr, wrap("No figure of `simulate list figures` fits these tables; --metric QUANTITY draws what "+
			"is recorded, and "+analysesOf(c.Args().First())+".", "", helpWidth))
	default:
		fmt.Fprintf(p.stderr, "%s in %s%c\n", quantity.Plural(len(files), "figure"), out, os.PathSeparator)
	}
	return nil
}

func figureList() []string {
	var out []string
	for _, f := range plots.Figures {
		out = append(out, f.Name)
	}
	return out
}

func figureFormat() cli.Flag {
	return oneOf(outputCategory, "figure-format", "format of the figures, "+chart.Formats[0]+" by default",
		chart.Formats...)
}

// analysesOf says by which analyses a folder is drawn.
func analysesOf(dir string) string {
	return fmt.Sprintf(
		"`simulate analyse sensitivity %s --outcome METRIC`, `discover` and `robustness` draw what they find",
		shell.Path(dir),
	)
}

// tooLow is the error of a stated height, with the way to a lower one.
func tooLow(c *cli.Context, err error) error {
	remedy := "; --bare, which leaves title and notes to the caption, needs less"
	if c.Bool("bare") {
		remedy = ""
	}
	return usageError{fmt.Sprintf("option --height: %v%s", err, remedy)}
}
