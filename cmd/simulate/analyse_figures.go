package main

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"

	"github.com/urfave/cli/v2"

	"simulate/internal/condition"
	"simulate/internal/quantity"
	"simulate/plots"
	"simulate/plots/chart"
	"simulate/sim"
	"simulate/sim/experiment/analysis"
	"simulate/sim/experiment/study"
)

// figureFlags say whether and where an analysis is drawn.
func figureFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Name: "out", Category: outputCategory, Usage: "folder `DIR` for the figure; by default figures in the sweep's folder, none for a file"},
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
	return fmt.Sprintf("Source: simulate %s · %s · %s of %s", sim.Version, s.Name, quantity.Plural(len(s.Inputs.Rows), "point"), quantity.Plural(s.Replications, "replication"))
}

// fileWord is a name of a metric and date fit for a file.
func fileWord(parts ...string) string {
	return strings.NewReplacer("/", "_", " ", "_", "<", "below", ">", "above", "=", "", ",", "").Replace(strings.TrimRight(strings.Join(parts, "-"), "-"))
}

// sensitivityChart draws what a sensitivity analysis found.
func sensitivityChart(s *study.Study, v *study.Sensitivity) *chart.Chart {
	of := func(e analysis.Estimate) plots.Interval {
		return plots.Interval{Value: e.Value, Low: e.Low, High: e.High}
	}
	none := plots.Interval{Value: math.NaN(), Low: math.NaN(), High: math.NaN()}
	b := plots.BarChart{Source: sourceLine(s)}
	subject := strings.TrimSpace(title(v.Outcome) + ", " + v.Date)
	switch {
	case v.Sobol != nil:
		b.Title, b.Unit, b.Percent = "What drives "+subject, "Share of the variance of one run", true
		b.Subtitle, b.Names = "Sobol indices with 95% intervals; seed noise is a share of its own", [2]string{"first order"}
		for _, x := range v.Sobol.Inputs {
			b.Bars = append(b.Bars, plots.Bar{Name: x.Name, First: of(x.First), Second: of(x.Total)})
			if !math.IsNaN(x.Total.Value) {
				b.Names[1] = "total order"
			}
		}
		if !math.IsNaN(v.Sobol.Noise.Value) {
			b.Bars = append(b.Bars, plots.Bar{Name: "seed noise", First: of(v.Sobol.Noise), Second: none})
		}
	case v.Morris != nil:
		b.Title, b.Subtitle = "What moves "+subject, "Elementary effects over the range of each input: μ* is influence, σ non-linearity or interactions; 95% intervals"
		b.Names = [2]string{"μ*", "σ"}
		for _, x := range v.Morris {
			b.Bars = append(b.Bars, plots.Bar{Name: x.Name, First: of(x.MuStar), Second: of(x.Sigma)})
		}
	default:
		b.Title, b.Subtitle = "What moves "+subject, fmt.Sprintf("Change from %s when one input is set low or high, all others at their base; 95%% intervals", quantity.Human(v.Base))
		b.Names = [2]string{"low setting", "high setting"}
		for _, x := range v.Swings {
			b.Bars = append(b.Bars, plots.Bar{Name: x.Name, First: of(x.AtLow), Second: of(x.AtHigh)})
		}
	}
	return b.Chart()
}

// discoveryChart draws the trajectory of a scenario discovery.
func discoveryChart(s *study.Study, where condition.Conditions, date string, d *study.Discovered) *chart.Chart {
	points := func(boxes []analysis.Box) (out [][2]float64) {
		for _, x := range boxes {
			out = append(out, [2]float64{x.Coverage, x.Density})
		}
		return out
	}
	return plots.Trajectory{
		Title: "Runs with " + where.String() + ": " + d.Chosen.Words(), Subtitle: fmt.Sprintf("Boxes of the patient rule induction method; %s of %s are of interest", quantity.Count(d.Cases), quantity.Plural(d.Runs, "run")),
		Source: sourceLine(s), Peeling: points(d.Peeling), Pasting: points(d.Pasting), Chosen: [2]float64{d.Chosen.Coverage, d.Chosen.Density},
	}.Chart()
}
