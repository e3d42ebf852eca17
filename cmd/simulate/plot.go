package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/urfave/cli/v2"

	"simulate/internal/quantity"
	"simulate/plots"
	"simulate/sim/experiment/results"
)

func plotCommand(p *program) *cli.Command {
	return &cli.Command{
		Name:        "plot",
		Usage:       "the figures of a results folder again, without running",
		ArgsUsage:   "DIR",
		Description: `Draws the figures of a results folder into its folder figures from its tables. simulate list figures names them.`,
		UsageText: `simulate plot results/deepseek-shock
simulate plot results/deepseek-shock --figure hhi_sales --figure-format svg`,
		Flags: []cli.Flag{
			&cli.StringSliceFlag{Name: "figure", Usage: "only the `FIGURE`; may be repeated"},
			figureFormat(), asIs(), highlightFlag(),
			&cli.StringFlag{Name: "out", Category: outputCategory, Usage: "folder `DIR` for the figures; by default figures " +
				"in the results folder"},
			&cli.BoolFlag{Name: "quiet", Category: outputCategory, Usage: "errors only"},
		},
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
			if _, err := results.ReadManifest(dir); err != nil {
				return usagef("%s is not a results folder: %v", dir, err)
			}
			out := c.String("out")
			if out == "" {
				out = filepath.Join(dir, "figures")
			}
			return p.draw(c, dir, out)
		},
	}
}

// draw draws the figures of a results folder and says on stderr where they are.
func (p *program) draw(c *cli.Context, dir, out string) error {
	o := plots.Options{Figures: c.StringSlice("figure"), Format: c.String("figure-format"), Reading: p.reads(c),
		Highlight: highlighted(c)}
	if !c.Bool("quiet") {
		o.Skipped = func(figure, reason string) { fmt.Fprintf(p.stderr, "Figure %s is left out: %s.\n", figure, reason) }
	}
	files, err := plots.Draw(dir, out, o)
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
		fmt.Fprintln(p.stderr, "No figure fits these tables.")
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
	return oneOf(outputCategory, "figure-format", "format of the figures, png by default", "png", "svg")
}
