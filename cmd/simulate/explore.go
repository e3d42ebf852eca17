package main

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"

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
address holds what is moved, and the scenario that it downloads gives the same bytes with run. It measures against the
same world without what happens in it, or without the part that base: {without: […]} names; a file whose base: is
another scenario is for run and compare.

Labs that a scenario adds to a built-in one are named in all charts in a colour of their own, with their lag by what
they ship and by a run of their own, as those of --highlight are.

--texts FILE.json holds texts of your own, {"question": "…"}, in the place of those of --language, or with
"language": "…" those of a new one; scenario.NAME, description.NAME, label.LABEL, policy.NAME, lab.KEY,
slider.PATH and meaning.PATH name what your scenario has. What the program says of mistakes, and its sources, stay
English and are marked so.`,
		UsageText: `simulate explore deepseek-shock
simulate explore my-scenario.yaml --out page.html --language fr
simulate explore deepseek-shock --language de --texts deutsch.json
simulate explore --gallery site`,
		Flags: append(scenarioFlags(),
			&cli.StringFlag{Name: "out", Category: outputCategory, Usage: "page `FILE.html`; by default NAME.html in the " +
				"working folder"},
			&cli.StringFlag{Name: "gallery", Category: outputCategory, Usage: "the page and an index of all built-in " +
				"scenarios in folder `DIR`, as a site"},
			&cli.StringFlag{Name: "language", Category: outputCategory, Usage: "`CODE` of the language in which the page " +
				"opens: en, the default, or fr; with --texts any other, such as de or pt-BR"},
			&cli.StringFlag{Name: "texts", Category: outputCategory, Usage: "`FILE.json` with texts of your own, by key, in " +
				"the place of those of that language"},
			highlightFlag(),
			wholeNumber(sizeCategory, "replications", "`N` pairs of runs behind the first picture, 50 by default", 2, "n"),
			&cli.BoolFlag{Name: "quiet", Category: outputCategory, Usage: "errors only"},
		),
		Action: func(c *cli.Context) error { return p.explore(c) },
	}
}

// ownTexts reads --texts into the language that --language names.
func ownTexts(c *cli.Context, o *page.Options) error {
	if o.Language == "" {
		o.Language = "en"
	}
	known := slices.Sorted(maps.Keys(o.Texts))
	file := c.String("texts")
	switch {
	case !explore.IsLanguage(o.Language):
		return usagef("--language %q is no code of a language; write %s, or with --texts another such as de or pt-BR",
			o.Language, quantity.OneOf(known))
	case file == "" && o.Texts[o.Language] == nil:
		return usagef("the program has no texts in the language %s; write %s, or give your own by --texts FILE.json",
			o.Language, quantity.OneOf(known))
	case file == "":
		return nil
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return usageError{err.Error()}
	}
	own, err := explore.ReadTexts(text, o.Language, explore.TextKeys(o.Scenario))
	if err != nil {
		return usagef("%s: %v", file, err)
	}
	o.Texts[o.Language] = own
	return nil
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
	if err := explore.Fits(s); err != nil {
		return usageError{err.Error()}
	}
	if err := checkHighlight(c, []*scenario.Scenario{s}); err != nil {
		return err
	}
	o := page.Options{Scenario: s, Language: c.String("language"), Texts: explore.Languages(),
		Follow: highlightedLabs(c, s)}
	if err := ownTexts(c, &o); err != nil {
		return err
	}
	if n, given := number(c, "replications"); given {
		o.Pairs = int(n)
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
	say(fmt.Sprintf("Page: %s (%s); open it in a browser", shell.Path(out), quantity.Bytes(int64(len(html)))))
	return nil
}
