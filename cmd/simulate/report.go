package main

import (
	"fmt"
	"path/filepath"

	"github.com/urfave/cli/v2"

	"simulate/internal/report"
	"simulate/sim/experiment/results"
)

func reportCommand(p *program) *cli.Command {
	return &cli.Command{
		Name:      "report",
		Usage:     "a results folder as one HTML page for readers",
		ArgsUsage: "DIR",
		Description: `Writes one self-contained page of a results folder, of run, compare (also over futures), sweep,
backtest or calibrate. It answers first, on two printed pages: the question, the answer in a
sentence, one picture, how sure it is, what would have happened anyway, on what it depends, what it costs, how far to
trust the model, and the words. Then come all findings and key results, charts to explore, all figures, levers and
what theory expects of them, every number that differs from its default with its source, expected patterns, and how to
repeat it, the resolved scenario included.

Labs that a scenario adds to a built-in one are named and coloured in figures and charts, as those of --highlight are.
The page opens from disk without a network and prints. The same folder gives the same bytes.`,
		UsageText: `simulate report results/deepseek-shock
simulate report results/deepseek-shock --out shock.html`,
		Flags: []cli.Flag{
			asIs(), highlightFlag(),
			&cli.StringFlag{Name: "out", Category: outputCategory, Usage: "page `FILE.html`; by default report.html in the " +
				"results folder"},
			&cli.BoolFlag{Name: "quiet", Category: outputCategory, Usage: "errors only"},
		},
		Action: func(c *cli.Context) error {
			dir, err := oneArgument(c, "the results folder")
			if err != nil {
				return err
			}
			out := c.String("out")
			if out == "" {
				out = filepath.Join(dir, results.ReportName)
			}
			if err := report.Write(dir, out, p.reads(c), highlighted(c)...); err != nil {
				return err
			}
			p.admit()
			if !c.Bool("quiet") {
				fmt.Fprintln(p.stderr, "Report", out)
			}
			return nil
		},
	}
}
