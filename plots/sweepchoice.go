package plots

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"

	"simulate/internal/quantity"
	"simulate/plots/chart"
)

// mostChoices is how many words of an input have a row.
const mostChoices = 30

// placesOf gives words their places in the order in which they first stand, for what has no scale.
func placesOf(values []string) (words []string, places []float64) {
	for _, v := range values {
		k := slices.Index(words, v)
		if k < 0 {
			k, words = len(words), append(words, v)
		}
		places = append(places, float64(k))
	}
	return words, places
}

// choicePanel draws a metric over an input that takes words, a row for each from the top down: the
// mean as a dot, thick and thin bars for the half and the nine tenths of the runs around it.
// Nothing joins the rows.
func choicePanel(p *path, words []string, unit string, f chart.Format) *chart.Panel {
	x := chart.Extent{}
	x.Add(false, 0)
	for _, values := range [][]float64{p.mean, p.q05, p.q95} {
		x.Add(false, values...)
	}
	out := &chart.Panel{X: chart.LinearAxis(x, 5, f), XUnit: unit}
	out.Y = chart.Axis{Named: true, Min: -.6, Max: float64(len(words)) - .4, Format: quantity.Plain}
	row := func(place float64) float64 { return float64(len(words)-1) - place }
	for k, w := range words {
		out.Y.Ticks = append(out.Y.Ticks, chart.Tick{At: row(float64(k)), Label: quantity.Words(w)})
	}
	dots := chart.Dots{Colour: chart.Blue, Radius: 3.2}
	for i, place := range p.date {
		if math.IsNaN(p.mean[i]) {
			continue
		}
		y := []float64{row(place), row(place)}
		out.Layers = append(out.Layers,
			plot.Plotter(chart.Line{X: []float64{p.q05[i], p.q95[i]}, Y: y, Colour: chart.Blue, Width: 1}),
			chart.Line{X: []float64{p.q25[i], p.q75[i]}, Y: y, Colour: chart.Faint(chart.Blue, 130), Width: 5})
		dots.X, dots.Y = append(dots.X, p.mean[i]), append(dots.Y, y[0])
	}
	out.Layers = append(out.Layers, dots)
	return out
}

// sweepChoices draws metrics over the one input of a sweep that takes words.
func (r *Results) sweepChoices(input string, words []string, metrics []string) ([]*chart.Chart, error) {
	if len(words) > mostChoices {
		return nil, elsewhere("%s takes more than %d words", input, mostChoices)
	}
	paths, ends, err := r.overInput(input, "", metrics)
	if err != nil {
		return nil, err
	}
	name := r.pathName(input)
	ch := &chart.Chart{Source: r.Manifest.source(), Notes: r.pathNote(input)}
	for _, m := range metrics {
		p := paths[m]
		if !p.defined() {
			continue
		}
		unit := r.metricUnit("runs", m)
		panel := choicePanel(p, words, shortUnit(unit), r.formatOf(m))
		panel.Title = r.metricName(m)
		ch.Panels = append(ch.Panels, panel)
		if len(ch.Panels) == 1 {
			ch.Title = r.choiceTitle(m, p, words, name)
		}
	}
	switch n := len(ch.Panels); {
	case n == 0:
		return nil, absent("the metrics are not defined in any run of the sweep")
	case n > 1:
		ch.Title = quantity.Plural(n, "metric") + " by " + name
	default:
		p := ch.Panels[0]
		p.XUnit, p.Title = strings.TrimSuffix(p.Title+", "+p.XUnit, ", "), ""
	}
	ch.Columns = min(2, len(ch.Panels))
	ch.Extra = vg.Points(float64(max(0, len(words)-8)) * 14)
	ch.Subtitle = ends + ": one run each"
	if r.Manifest.Replications > 1 {
		ch.Subtitle = fmt.Sprintf("%s: mean (dot), 50%% (thick) and 90%% (thin) of %s each", ends, quantity.Plural(
			r.Manifest.Replications, "replication"))
	}
	return []*chart.Chart{ch}, nil
}

// choiceTitle says with which word the mean of a metric is least and greatest.
func (r *Results) choiceTitle(metric string, p *path, words []string, input string) string {
	least, most := -1, -1
	for i, v := range p.mean {
		if math.IsNaN(v) {
			continue
		}
		if least < 0 || v < p.mean[least] {
			least = i
		}
		if most < 0 || v > p.mean[most] {
			most = i
		}
	}
	subject, f := r.subject(metric), r.formatOf(metric)
	if p.mean[least] == p.mean[most] {
		return fmt.Sprintf("%s: %s, whatever %s is", subject, f(p.mean[least], 0), input)
	}
	at := func(i int) string { return f(p.mean[i], 0) + " (" + words[int(p.date[i])] + ")" }
	return fmt.Sprintf("%s: %s to %s by %s", subject, at(least), at(most), input)
}
