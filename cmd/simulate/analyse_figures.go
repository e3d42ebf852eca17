package main

import (
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
	"simulate/sim/experiment/study"
)

// figureFlags say whether and where an analysis is drawn.
func figureFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Name: "out", Category: outputCategory, Usage: "folder `DIR` for the figure; by default figures in " +
			"the sweep's folder, none for a file"},
		&cli.BoolFlag{Name: "no-figures", Category: outputCategory, Usage: "tables only"},
		figureFormat(),
	}
}

// drawAnalysis writes the figure of an analysis; name is that of the file.
func (p *program) drawAnalysis(c *cli.Context, ch *chart.Chart, name string) error {
	out := c.String("out")
	if info, err := os.Stat(c.Args().First()); out == "" && err == nil && info.IsDir() {
		out = filepath.Join(c.Args().First(), "figures")
	}
	if out == "" || c.Bool("no-figures") {
		return nil
	}
	format := "png"
	if f, ok := c.Generic("figure-format").(*choice); ok && f.word != "" {
		format = f.word
	}
	if err := os.MkdirAll(out, 0o777); err != nil {
		return err
	}
	if note := p.how.Note(); note != "" {
		ch.Subtitle = note + " " + ch.Subtitle
	}
	file := filepath.Join(out, name+"."+format)
	if err := ch.Save(file, format, 0); err != nil {
		return err
	}
	if !c.Bool("quiet") {
		fmt.Fprintf(p.stderr, "Figure %s\n", file)
	}
	return nil
}

// sourceLine is the line under a figure of an analysis.
func sourceLine(s *study.Study) string {
	return fmt.Sprintf("Source: simulate %s · %s · %s of %s", sim.Version, s.Name, quantity.Plural(len(s.Inputs.Rows),
		"point"), quantity.Plural(s.Replications, "replication"))
}

// fileWord is a name of a metric and date fit for a file.
func fileWord(parts ...string) string {
	return strings.NewReplacer("/", "_", " ", "_", "<", "below", ">", "above", "=", "", ",",
		"").Replace(strings.TrimRight(strings.Join(parts, "-"), "-"))
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
