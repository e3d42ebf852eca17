package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"simulate/internal/quantity"
	"simulate/internal/reference"
	"simulate/plots"
	"simulate/plots/chart"
	"simulate/sim"
	"simulate/sim/experiment/results"
	"simulate/sim/experiment/study"
)

// figureFlags say whether and where an analysis is drawn.
func figureFlags() []cli.Flag {
	return append([]cli.Flag{
		&cli.StringFlag{Name: "out", Category: outputCategory, Usage: "folder `DIR` for the figure and its caption; by " +
			"default figures in the sweep's folder, none for a file"},
		&cli.BoolFlag{Name: "no-figures", Category: outputCategory, Usage: "tables only"},
		figureFormat(),
	}, printedFlags()...)
}

// printedFlags say how a figure is printed.
func printedFlags() []cli.Flag {
	width := lengthFlag("width", "width `LENGTH` of the printed figure, such as 85mm for a column or 160mm for a page",
		chart.LeastWidth, chart.MostWidth)
	height := lengthFlag("height", "height `LENGTH` of the printed figure; by default what its parts need",
		chart.LeastHeight, chart.MostHeight)
	return []cli.Flag{width, height,
		&cli.BoolFlag{Name: "bare", Category: outputCategory, Usage: "no title, subtitle, notes and source line, which " +
			"stand in the caption's files"},
	}
}

// printed is what printedFlags say, with captions.
func printed(c *cli.Context, o plots.Options) plots.Options {
	o.Captions = true
	o.Size = chart.Size{Width: lengthOf(c, "width"), Height: lengthOf(c, "height")}
	o.Bare = c.Bool("bare")
	return o
}

// placed refuses options of a figure where none is drawn: that of a file stands nowhere without
// --out.
func placed(c *cli.Context) error {
	if c.IsSet("out") || drawnInto(c) != "" {
		return nil
	}
	for _, name := range []string{"figure-format", "width", "height", "bare"} {
		if c.IsSet(name) {
			return usagef("option --%s: no figure is drawn without a folder for it; name one with --out", name)
		}
	}
	return nil
}

// drawnInto is the folder for the figure of an analysis, "" where there is none.
func drawnInto(c *cli.Context) string {
	dir := c.Args().First()
	if info, err := os.Stat(dir); c.String("out") == "" && err == nil && info.IsDir() {
		return filepath.Join(dir, "figures")
	}
	return c.String("out")
}

// drawAnalysis writes the figure of an analysis and its caption; name is that of the file.
func (p *program) drawAnalysis(c *cli.Context, ch *chart.Chart, name string) error {
	out := drawnInto(c)
	if out == "" || c.Bool("no-figures") {
		return nil
	}
	if note := p.how.Note(); note != "" {
		ch.Subtitle = note + " " + ch.Subtitle
	}
	o := printed(c, plots.Options{Format: chosen(c, "figure-format")})
	if !c.Bool("quiet") {
		o.High = p.saysHigh
	}
	files, err := plots.Save([]plots.Drawn{{Figure: plots.Figure{Name: name}, Chart: ch}}, out, o)
	if low := (chart.TooLow{}); errors.As(err, &low) {
		return tooLow(c, err)
	}
	if err == nil && !c.Bool("quiet") {
		fmt.Fprintf(p.stderr, "Figure %s\n", files[0])
	}
	return err
}

// sourceLine is the line under a figure of an analysis.
func sourceLine(s *study.Study) string {
	origin := s.Origin
	if origin == "" {
		origin = s.Name
	}
	return sourceOf(append(strings.Split(origin, " · "), fmt.Sprintf("%s of %s",
		quantity.Plural(len(s.Inputs.Rows), "point"),
		quantity.Plural(s.Replications, "replication")))...)
}

// sourceOfFutures is the line under a figure of policies in futures, of a folder or a table.
func sourceOfFutures(r *study.Judged, path string) string {
	origin := []string{filepath.Base(path)}
	if m, err := results.ReadManifest(path); err == nil {
		origin = []string{"scenario " + m.Name, fmt.Sprintf("seed %d", m.Seed)}
		if len(m.Cases) > 1 {
			origin[0] = quantity.Plural(len(m.Cases), "scenario")
		}
	}
	if r.Single {
		return sourceOf(append(origin, quantity.Plural(r.Futures, "replication"))...)
	}
	return sourceOf(append(origin, fmt.Sprintf("%s of %s", quantity.Plural(r.Futures, "future"),
		quantity.Plural(r.Replications, "replication")))...)
}

func sourceOf(parts ...string) string {
	return plots.SourceLine(append([]string{"Source: simulate " + sim.Version}, parts...)...)
}

// fileWord is a name of a metric and date fit for a file.
func fileWord(parts ...string) string {
	return strings.NewReplacer("/", "_", " ", "_", "<", "below", ">", "above", "=", "", ",",
		"").Replace(strings.TrimRight(strings.Join(parts, "-"), "-"))
}

// fileOf are the names of what an analysis is about for the files of its figures.
func fileOf(s *study.Study, outcome, date string) []string {
	of := []string{outcome}
	if s.Of != "" {
		of = append(of, s.Of)
	}
	if s.Against != "" {
		of = append(of, "against", s.Against)
	}
	return append(of, date)
}

// inputTitle is what figures call a PATH; a column of a file keeps its name.
func inputTitle(name string) string {
	if words := reference.Title(name); words != "" {
		return words
	}
	if owner, _, found := strings.Cut(name, "."); found && slices.Contains([]string{"labs", "policies", "segments",
		"events"}, owner) {
		return plots.PathWords(name)
	}
	return name
}
