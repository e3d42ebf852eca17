package main

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"simulate/internal/quantity"
	"simulate/plots"
	"simulate/plots/chart"
	"simulate/sim/experiment/analysis"
	"simulate/sim/experiment/study"
	"simulate/sim/scenario"
)

// sensitivity asks by how much inputs move an outcome.
var sensitivity = analysisKind{
	name: "sensitivity", question: "which inputs drive an outcome", takes: "DIR|FILE",
	about: `By the design: first- and total-order Sobol indices of a saltelli design, elementary effects of morris, swings
of one-at-a-time. Any other sample has first-order indices from splines and neighbours, total order from a polynomial
fit, PAWN densities and scores of extremely randomised trees. Indices are shares of the variance of one run, seed
noise a share of its own; intervals are of 95 %, and there are none where points share the luck of fewer than ten
replications.

In a sweep the inputs whose source is an assumption are taken together, so that it shows how much of the variance
rests on assumptions.`,
	examples: `simulate analyse sensitivity results/baseline-sweep --outcome lerner --at 2030
simulate analyse sensitivity runs.csv --inputs x1,x2 --outcome y --json`,
	options: func() []cli.Flag {
		return append([]cli.Flag{&cli.StringSliceFlag{Name: "outcome", Usage: "`OUTCOME,…`: a metric of the sweep or a " +
			"column of the file; by default hhi_sales of a sweep"}, designFlag(),
			&cli.StringSliceFlag{Name: "measures",
				Usage: "of a sample without a design `MEASURE,…`: " + strings.Join(study.Measures,
					", ") + "; by default all, in a large sample the first"},
		}, studyFlags()...)
	},
	find: (*program).sensitivity, many: true, figure: "sensitivity",
}

func (p *program) sensitivity(c *cli.Context, show func(finding) error) error {
	s, dates, err := p.study(c)
	if err != nil {
		return err
	}
	outcomes := s.Named(c.StringSlice("outcome"))
	if len(outcomes) == 0 {
		if len(s.Dates) == 0 {
			return usagef("say which column is the outcome: --outcome COLUMN")
		}
		outcomes = []string{"hhi_sales"}
	}
	for _, outcome := range outcomes {
		for _, date := range dates {
			v, err := s.Sensitivity(outcome, date, split(c.StringSlice("measures"))...)
			if err != nil {
				return err
			}
			err = show(finding{json: sensitivityAsJSON(s, v), tables: []listing{sensitivityTable(s, v)},
				sentences: slices.Concat(v.Notes, v.Sentences()),
				drawings:  []drawing{{sensitivityChart(s, v), fileOf(s, outcome, date)}}})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// sourceWord is a source as far as a column of the table has room.
func sourceWord(source string) string {
	if scenario.IsAssumption(source) {
		return "assumption"
	}
	const most = 24
	if r := []rune(source); len(r) > most {
		return strings.TrimRight(string(r[:most-1]), " ,;:") + "…"
	}
	return source
}

// sensitivityTable has a row per input.
func sensitivityTable(s *study.Study, v *study.Sensitivity) listing {
	var rows [][]string
	header := []string{strings.TrimSpace(v.Outcome + " " + v.Date)}
	if s.Against != "" { // of what and against what say the sentences
		header[0] = "effect on " + header[0]
	}
	switch {
	case v.Sobol != nil:
		header = append(header, "first order (95 % interval)", "total order")
		if v.Density != nil {
			header = append(header, "density")
		}
		if v.Scores != nil {
			header = append(header, "score")
		}
		header = append(header, "source")
		add := func(name, source string, cells ...string) {
			for len(cells) < len(header)-2 {
				cells = append(cells, "–")
			}
			rows = append(rows, append(append([]string{name}, cells...), source))
		}
		for j, x := range v.Sobol.Inputs {
			cells := []string{estimate(x.First), estimate(x.Total)}
			if v.Density != nil {
				cells = append(cells, estimate(v.Density.Index[j]))
			}
			if v.Scores != nil {
				cells = append(cells, quantity.Human(v.Scores.Score[j]))
			}
			add(x.Name, sourceWord(s.Sources[j]), cells...)
		}
		for _, pair := range v.Sobol.Pairs {
			add(pair.A+" × "+pair.B, "", estimate(pair.Share))
		}
		for _, g := range v.Sobol.Groups {
			add("all "+g.Name, "", estimate(g.AtLeast), estimate(g.AtMost))
		}
		add("interactions", "", estimate(v.Sobol.Interactions))
		add("seed noise", "", estimate(v.Sobol.Noise))
	case v.Morris != nil:
		header = append(header, "μ* (95 % interval)", "μ", "σ", "noise", "source")
		for j, x := range v.Morris {
			rows = append(rows, []string{x.Name, estimate(x.MuStar), quantity.Human(x.Mu.Value), quantity.Human(x.Sigma.Value),
				quantity.Human(x.Noise), sourceWord(s.Sources[j])})
		}
	default:
		header = append(header, "low", "high", "change at low", "change at high", "source")
		for j, x := range v.Swings {
			rows = append(rows, []string{x.Name, s.Word(x.Name, x.Low, 4), s.Word(x.Name, x.High, 4), estimate(x.AtLow),
				estimate(x.AtHigh), sourceWord(s.Sources[j])})
		}
	}
	return listing{header, rows, false}
}

func sensitivityAsJSON(s *study.Study, v *study.Sensitivity) ordered {
	out := ordered{{"outcome", v.Outcome}, {"case", orNothing(s.Of)}, {"against", orNothing(s.Against)},
		{"date", v.Date}, {"design", s.Design}}
	inputs := []ordered{}
	switch {
	case v.Sobol != nil:
		for j, x := range v.Sobol.Inputs {
			one := ordered{{"input", x.Name}, {"first", estimateAsJSON(x.First)}, {"total", estimateAsJSON(x.Total)}}
			if v.Density != nil {
				one = append(one, pair{"density", estimateAsJSON(v.Density.Index[j])},
					pair{"density_of_noise", orNull(v.Density.Floor[j])})
			}
			if v.Scores != nil {
				one = append(one, pair{"score", orNull(v.Scores.Score[j])},
					pair{"score_of_noise", orNull(v.Scores.Floor[j])})
			}
			inputs = append(inputs, append(one, pair{"source", s.Sources[j]}))
		}
		groups, pairs := []ordered{}, []ordered{}
		for _, g := range v.Sobol.Groups {
			groups = append(groups, ordered{{"group", g.Name}, {"members", g.Members}, {"at_least", estimateAsJSON(g.AtLeast)},
				{"at_most", estimateAsJSON(g.AtMost)}})
		}
		for _, x := range v.Sobol.Pairs {
			pairs = append(pairs, ordered{{"a", x.A}, {"b", x.B}, {"share", estimateAsJSON(x.Share)}})
		}
		out = append(out, pair{"method", v.Sobol.Method}, pair{"mean", orNull(v.Sobol.Mean)}, pair{"variance",
			orNull(v.Sobol.Variance)}, pair{"points", v.Sobol.Points},
			pair{"replications", v.Sobol.Replications}, pair{"noise", estimateAsJSON(v.Sobol.Noise)}, pair{"interactions",
				estimateAsJSON(v.Sobol.Interactions)},
			pair{"inputs", inputs}, pair{"pairs", pairs}, pair{"groups", groups})
		if v.Fitted != nil {
			out = append(out, pair{"fit_explains", orNull(v.Fitted.Explains)})
		}
		if v.Density != nil {
			out = append(out, pair{"density_of_noise", orNull(slices.Max(v.Density.Floor))})
		}
		if v.Scores != nil {
			out = append(out, pair{"score_of_noise", orNull(slices.Max(v.Scores.Floor))},
				pair{"trees_explain", orNull(v.Scores.Explains)})
		}
	case v.Morris != nil:
		for j, x := range v.Morris {
			inputs = append(inputs, ordered{{"input", x.Name}, {"mu_star", estimateAsJSON(x.MuStar)}, {"mu",
				estimateAsJSON(x.Mu)}, {"sigma", estimateAsJSON(x.Sigma)},
				{"noise", orNull(x.Noise)}, {"source", s.Sources[j]}})
		}
		out = append(out, pair{"inputs", inputs})
	default:
		for j, x := range v.Swings {
			inputs = append(inputs, ordered{{"input", x.Name}, {"low", valueAsJSON(s, x.Name, x.Low)}, {"high", valueAsJSON(s,
				x.Name, x.High)}, {"at_low", estimateAsJSON(x.AtLow)},
				{"at_high", estimateAsJSON(x.AtHigh)}, {"source", s.Sources[j]}})
		}
		out = append(out, pair{"base", orNull(v.Base)}, pair{"inputs", inputs})
	}
	return append(out, pair{"notes", slices.Concat(s.Notes, v.Notes)}, pair{"finding", strings.Join(v.Sentences(), " ")})
}

// sensitivityChart draws what a sensitivity analysis found.
func sensitivityChart(s *study.Study, v *study.Sensitivity) *chart.Chart {
	of := func(e analysis.Estimate) plots.Interval {
		return plots.Interval{Value: e.Value, Low: e.Low, High: e.High}
	}
	none := plots.Interval{Value: math.NaN(), Low: math.NaN(), High: math.NaN()}
	b := plots.BarChart{Source: sourceLine(s)}
	subject := v.Subject(title)
	switch {
	case v.Sobol != nil:
		b.Title, b.Unit, b.Percent = "What drives "+subject, "Share of the variance of one run", true
		if s.Against != "" {
			b.Unit = "Share of the variance of the effect over runs"
		}
		b.Names = [2]string{"first order"}
		for _, x := range v.Sobol.Inputs {
			b.Bars = append(b.Bars, plots.Bar{Name: inputTitle(x.Name), First: of(x.First), Second: of(x.Total)})
			if !math.IsNaN(x.Total.Value) {
				b.Names[1] = "total order"
			}
		}
		b.Subtitle = plots.IndicesOf(b.Bars) + "; seed noise is a share of its own"
		if !math.IsNaN(v.Sobol.Noise.Value) {
			b.Bars = append(b.Bars, plots.Bar{Name: "Seed noise", First: of(v.Sobol.Noise), Second: none})
		}
	case v.Morris != nil:
		b.Title, b.Subtitle = "What moves "+subject, "Elementary effects over the range of each input: μ* is influence, "+
			"σ non-linearity or interactions; 95% intervals"
		b.Names, b.Unit = [2]string{"μ*", "σ"}, "Change in "+s.Short(title(v.Outcome))
		for _, x := range v.Morris {
			b.Bars = append(b.Bars, plots.Bar{Name: inputTitle(x.Name), First: of(x.MuStar), Second: of(x.Sigma)})
		}
	default:
		b.Title, b.Subtitle = "What moves "+subject, fmt.Sprintf("Change from %s when one input is set low or high, all "+
			"others at their base; 95%% intervals", quantity.Human(v.Base))
		b.Names, b.Unit = [2]string{"low setting", "high setting"}, "Change in "+s.Short(title(v.Outcome))
		for _, x := range v.Swings {
			b.Bars = append(b.Bars, plots.Bar{Name: inputTitle(x.Name), First: of(x.AtLow), Second: of(x.AtHigh)})
		}
	}
	return b.Chart()
}
