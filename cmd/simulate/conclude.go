package main

import (
	"fmt"
	"math"
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

// sketch draws the mean of a metric in each case over time in characters, of a case with a base of
// its own beside that, under the effect; "" where a line is undefined or there are too many.
func (p *program) sketch(o *compare.Outcome, metric string) string {
	cases := slices.DeleteFunc(slices.Clone(o.Manifest.Cases), func(c results.Case) bool { return c.Part })
	colour := p.stderrIsTerminal && os.Getenv("NO_COLOR") == ""
	caption, below := title(metric)+", mean", ""
	answers, err := o.Answers()
	effect := err == nil && len(answers) == 1 && len(cases) == 2
	if effect {
		caption, below = caption+"; dotted: "+answers[0].Against(), answers[0].Caption(metric)
	}
	if len(cases) > 1 && !colour && !effect || len(cases) > len(lineColours) {
		return ""
	}
	if effect { // the base below the line that is read
		cases = []results.Case{answers[0].Base, answers[0].Case}
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
	bottom, top, rows := roundRows(slices.Concat(lines...))
	if bottom != 0 {
		caption += "; from " + quantity.Whole(bottom) + " up"
	}
	options := []asciigraph.Option{
		asciigraph.Height(rows), asciigraph.LowerBound(bottom), asciigraph.UpperBound(top),
		asciigraph.YAxisValueFormatter(func(v float64) string { return quantity.Whole(v) }), asciigraph.Width(60),
		asciigraph.Caption(caption),
		asciigraph.XAxisRange(year(dates[0]), year(dates[len(dates)-1])), asciigraph.XAxisTickCount(5),
		asciigraph.XAxisValueFormatter(tickOfSketch),
	}
	if effect {
		options = append(options, asciigraph.SeriesChars(asciigraph.CreateCharSet("·"), asciigraph.DefaultCharSet))
	}
	if colour && len(cases) > 1 {
		options = append(options, asciigraph.SeriesColors(lineColours[:len(cases)]...), asciigraph.SeriesLegends(names...))
	}
	return strings.TrimRight(asciigraph.PlotMany(lines, options...)+"\n"+below, "\n")
}

// roundRows are the ends of an axis for values and its number of steps, at most ten, each of which
// is a round number.
func roundRows(values []float64) (bottom, top float64, rows int) {
	const most = 10
	low, high := slices.Min(values), slices.Max(values)
	for power := math.Pow10(int(math.Floor(math.Log10(max(high-low, 1) / most)))); ; power *= 10 {
		for _, m := range []float64{1, 2, 5} {
			step := max(m*power, 1)
			bottom, top = step*math.Floor(low/step), step*math.Ceil(high/step)
			if rows = int(math.Round((top - bottom) / step)); rows > 0 && rows <= most {
				return bottom, top, rows
			}
			if rows == 0 {
				return bottom, bottom + step, 1
			}
		}
	}
}

// tickOfSketch is the month that begins at or nearest to a decimal year. Bare years would be
// rounded where ticks lie within them, and one would stand twice.
func tickOfSketch(v float64) string {
	return quantity.Begins(quantity.NearestMonth(v))
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
		if c.Base != "" {
			entry = append(entry, pair{"base", c.Base})
		}
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
		{"failed", m.Failed}, {"summary", o.Summary()}, {"cases", cases}, {"effects", answersAsJSON(o)}}
}

// answersAsJSON are the effects on every metric a year after something happens and at the end.
func answersAsJSON(o *compare.Outcome) []ordered {
	out := []ordered{}
	answers, err := o.Answers()
	if err != nil {
		return out // the summary says so
	}
	for _, a := range answers {
		for _, date := range slices.Compact([]string{a.Main(), a.End}) {
			for _, metric := range sim.Metrics {
				if e, found := a.Effect(metric.Name, date); found {
					out = append(out, effectAsJSON(e, nil))
				}
			}
		}
	}
	return out
}
