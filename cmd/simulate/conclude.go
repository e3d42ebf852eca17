package main

import (
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/guptarohit/asciigraph"

	"simulate/internal/quantity"
	"simulate/internal/visible"
	"simulate/sim"
	"simulate/sim/experiment/compare"
	"simulate/sim/experiment/results"
)

// conclude writes the closing summary: a sketch of the main metric, what came out in words, and
// where it is.
func (p *program) conclude(o *compare.Outcome) {
	if sketch := p.sketch(o, "hhi_sales"); sketch != "" {
		fmt.Fprintf(visible.Raw(p.stderr), "%s\n\n", sketch) // its colours are commands
	}
	for _, line := range strings.Split(o.Summary(), "\n") {
		fmt.Fprintln(p.stderr, wrap(line, "", helpWidth))
	}
	where := "Results in"
	if o.AlreadyComplete {
		where = "Nothing was left to run. Results in"
	}
	fmt.Fprintf(p.stderr, "%s %s%c\n", where, o.Dir, os.PathSeparator)
	p.noteLength(o.Manifest)
}

// noteLength says which tables are too long for a spreadsheet.
func (p *program) noteLength(m *results.Manifest) {
	if note := m.BeyondSpreadsheets(); note != "" {
		fmt.Fprintln(p.stderr, wrap(note, "", helpWidth))
	}
}

var lineColours = []asciigraph.AnsiColor{asciigraph.Default, asciigraph.Blue, asciigraph.DarkOrange, asciigraph.Green}

// sketch draws the mean of a metric in each case over time in characters; "" where a line is
// undefined or there are too many.
func (p *program) sketch(o *compare.Outcome, metric string) string {
	cases := o.Manifest.Cases
	colour := p.stderrIsTerminal && os.Getenv("NO_COLOR") == ""
	if len(cases) > 1 && !colour || len(cases) > len(lineColours) {
		return ""
	}
	var lines [][]float64
	var names []string
	for _, c := range cases {
		path := o.Path(c.Name, metric, func(s results.Stats) float64 { return s.Mean })
		if len(path) < 3 || slices.ContainsFunc(path, func(v float64) bool { return v != v }) {
			return ""
		}
		lines, names = append(lines, path), append(names, visible.Text(c.Name))
	}
	dates := o.Dates(cases[0].Name)
	options := []asciigraph.Option{
		asciigraph.Height(8), asciigraph.Width(60), asciigraph.Precision(0),
		asciigraph.Caption(title(metric) + ", mean"),
		asciigraph.XAxisRange(year(dates[0]), year(dates[len(dates)-1])), asciigraph.XAxisTickCount(5),
		asciigraph.XAxisValueFormatter(func(v float64) string { return fmt.Sprintf("%.0f", v) }),
	}
	if colour && len(cases) > 1 {
		options = append(options, asciigraph.SeriesColors(lineColours[:len(cases)]...), asciigraph.SeriesLegends(names...))
	}
	return asciigraph.PlotMany(lines, options...)
}

func title(metric string) string {
	for _, m := range sim.Metrics {
		if m.Name == metric {
			return m.Title
		}
	}
	return metric
}

// year is an ISO date as the decimal year in which that day ends.
func year(date string) float64 {
	_, end, _ := quantity.Period(date)
	return end
}

// outcomeAsJSON is what `run --json` prints: the last value of every metric in every case.
func outcomeAsJSON(o *compare.Outcome) ordered {
	m := o.Manifest
	cases := []ordered{}
	for _, c := range m.Cases {
		dates := o.Dates(c.Name)
		entry := ordered{{"case", c.Name}, {"replications", c.Replications}}
		if len(dates) > 0 {
			last := dates[len(dates)-1]
			var values ordered
			for _, metric := range sim.Metrics {
				s := o.Stats(c.Name, last, metric.Name)
				values = append(values, pair{metric.Name, ordered{{"n", s.N}, {"mean", orNull(s.Mean)}, {"se", orNull(s.SE)},
					{"q05", orNull(s.Quantiles[0])}, {"q50", orNull(s.Quantiles[2])}, {"q95", orNull(s.Quantiles[4])}}})
			}
			entry = append(entry, pair{"date", last}, pair{"metrics", values})
		}
		cases = append(cases, entry)
	}
	return ordered{{"folder", o.Dir}, {"experiment", m.Identity}, {"seed", m.Seed}, {"already_complete",
		o.AlreadyComplete},
		{"failed", m.Failed}, {"summary", o.Summary()}, {"cases", cases}}
}
