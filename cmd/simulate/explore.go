package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/urfave/cli/v2"

	"simulate/internal/explore"
	"simulate/internal/page"
	"simulate/internal/quantity"
	"simulate/internal/shell"
	"simulate/internal/wholefile"
	"simulate/sim/scenario"
)

func exploreCommand(p *program) *cli.Command {
	return &cli.Command{
		Name:      "explore",
		Usage:     "a scenario as one HTML page with sliders that runs the model",
		ArgsUsage: "[SCENARIO]",
		Description: `Writes one self-contained page on which readers move assumptions, events and policies and see at once
what follows: the expected path, then pairs of runs with and without the events and policies, and the difference with
its interval. SCENARIO is baseline unless given; experiment: {sliders: [PATH, …]} in its file chooses the sliders that
stand first.

The page opens from disk, as an attachment, on any host and in a frame; it needs no server and fetches nothing. Its
address holds what is moved, and the scenario that it downloads gives the same bytes with run.`,
		UsageText: `simulate explore deepseek-shock
simulate explore my-scenario.yaml --out page.html --language fr
simulate explore --gallery site`,
		Flags: append(scenarioFlags(),
			&cli.StringFlag{Name: "out", Category: outputCategory, Usage: "page `FILE.html`; by default NAME.html in the " +
				"working folder"},
			&cli.StringFlag{Name: "gallery", Category: outputCategory, Usage: "the page and an index of all built-in " +
				"scenarios in folder `DIR`, as a site"},
			oneOf(outputCategory, "language", "language in which the page opens, en by default", "en", "fr"),
			&cli.StringFlag{Name: "texts", Category: outputCategory, Usage: "`FILE.json` with texts of your own in the place " +
				"of the English ones"},
			wholeNumber(sizeCategory, "replications", "`N` pairs of runs behind the first picture, 50 by default", 2, "n"),
			&cli.BoolFlag{Name: "quiet", Category: outputCategory, Usage: "errors only"},
		),
		Action: func(c *cli.Context) error { return p.explore(c) },
	}
}

func (p *program) explore(c *cli.Context) error {
	if c.NArg() > 1 {
		return usagef("explore takes one SCENARIO; a page has the built-in ones too")
	}
	if err := atMostOne(c, "out", "gallery"); err != nil {
		return err
	}
	ref := "baseline"
	if c.NArg() == 1 {
		ref = c.Args().First()
	}
	s, err := scenario.Load(ref, scenarioOptions(c))
	if err != nil {
		return err
	}
	o := page.Options{Scenario: s, Language: c.String("language")}
	if n, given := number(c, "replications"); given {
		o.Pairs = int(n)
	}
	if file := c.String("texts"); file != "" {
		text, err := os.ReadFile(file)
		if err != nil {
			return usageError{err.Error()}
		}
		own, err := explore.ReadTexts(text)
		if err != nil {
			return usagef("%s: %v", file, err)
		}
		o.Texts = explore.Languages()
		o.Texts["en"] = own
	}
	say := func(text string) {
		if !c.Bool("quiet") {
			fmt.Fprintln(p.stderr, text)
		}
	}
	m, err := page.Load(c.Context, say)
	if errors.Is(err, page.ErrNoModule) {
		return usageError{err.Error()}
	} else if err != nil {
		return err
	}
	if dir := c.String("gallery"); dir != "" {
		n, err := page.Gallery(c.Context, dir, o, m, say)
		if err == nil {
			say(fmt.Sprintf("Site: %s with %s", filepath.Join(shell.Path(dir), "index.html"), quantity.Plural(n, "scenario")))
		}
		return err
	}
	shown, err := page.Compute(o)
	if err != nil {
		return err
	}
	html, err := shown.Write(m)
	if err != nil {
		return err
	}
	out := c.String("out")
	if out == "" {
		out = s.Name + ".html"
	}
	if err := wholefile.Write(out, html); err != nil {
		return err
	}
	for _, line := range shown.Sentences {
		say(line)
	}
	say(fmt.Sprintf("Page: %s (%.1f MB); open it in a browser", shell.Path(out), float64(len(html))/1e6))
	return nil
}
