package main

import (
	"fmt"

	"github.com/urfave/cli/v2"
)

func citeCommand(p *program) *cli.Command {
	return &cli.Command{
		Name:      "cite",
		Usage:     "how to cite a results folder",
		ArgsUsage: "DIR",
		Description: `Prints a sentence, a BibTeX entry, and the hash by which whoever repeats the experiment sees that it is
the same.`,
		UsageText: `simulate cite results/deepseek-shock
simulate cite results/deepseek-shock --json`,
		Flags: []cli.Flag{
			&cli.BoolFlag{Name: "json", Category: outputCategory, Usage: "sentence, entry, hash and the command that repeats " +
				"the folder, as JSON"},
		},
		Action: func(c *cli.Context) error {
			dir, err := oneArgument(c, "the results folder")
			if err != nil {
				return err
			}
			f, err := openExport(dir, nil)
			if err != nil {
				return err
			}
			cite := f.Cite()
			if c.Bool("json") {
				return p.printJSON(cite)
			}
			_, err = fmt.Fprintf(p.stdout, "%s\n\n%s\nRepeat it with `%s`; the experiment's SHA-256 is\n%s\n", cite.Sentence,
				cite.BibTeX,
				cite.Command, cite.Identity)
			return err
		},
	}
}
