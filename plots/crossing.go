package plots

import (
	"math"
	"slices"
	"strings"

	"gonum.org/v1/plot"

	"simulate/plots/chart"
)

// Tried is the mean of a metric at a value of a knob, with its interval.
type Tried struct {
	At   float64
	Mean Interval
}

// Crossing draws the mean of a metric over the values of one knob that were tried, a bound, and
// where the mean crosses it.
type Crossing struct {
	Title, Subtitle, Source string
	Knob, KnobUnit          string // unit as in tables
	Metric, Unit            string // words of the metric, and its unit
	Tried                   []Tried
	Bound                   float64
	At                      Interval // of the knob; ends beyond what was searched are infinite
	AtLabel                 string
}

// Chart makes the page.
func (t Crossing) Chart() *chart.Chart {
	tried := slices.SortedFunc(slices.Values(t.Tried), func(a, b Tried) int {
		switch {
		case a.At < b.At:
			return -1
		case a.At > b.At:
			return 1
		}
		return 0
	})
	var x, y chart.Extent
	y.Add(false, t.Bound)
	var at, mean []float64
	for _, q := range tried {
		x.Add(false, q.At)
		y.Add(false, q.Mean.Value, q.Mean.Low, q.Mean.High)
		at, mean = append(at, q.At), append(mean, q.Mean.Value)
	}
	scale, form := inputAxis(t.KnobUnit), valueFormat(t.Unit)
	p := &chart.Panel{X: chart.LinearAxis(x, 12, scale.format), Y: chart.LinearAxis(y, 6, form),
		XUnit: t.Knob + scale.suffix, Unit: t.Metric}
	margin := .02 * (x.Hi - x.Lo) // the axis is what was searched
	p.X.Min, p.X.Max = x.Lo-margin, x.Hi+margin
	p.X.Ticks = slices.DeleteFunc(p.X.Ticks, func(k chart.Tick) bool { return k.At < p.X.Min || k.At > p.X.Max })
	if low, high := max(t.At.Low, p.X.Min), min(t.At.High, p.X.Max); low < high {
		p.Layers = append(p.Layers, chart.Band{X: []float64{low, high}, Lo: []float64{p.Y.Min, p.Y.Min},
			Hi:     []float64{p.Y.Max, p.Y.Max},
			Colour: chart.Faint(chart.Vermilion, chart.AlphaOuter)})
	}
	for _, q := range tried {
		if !math.IsNaN(q.Mean.Low) {
			p.Layers = append(p.Layers, chart.Line{X: []float64{q.At, q.At}, Y: []float64{q.Mean.Low, q.Mean.High},
				Colour: chart.Blue, Width: 1.2})
		}
	}
	p.Layers = append(p.Layers, []plot.Plotter{
		chart.Line{X: at, Y: mean, Colour: chart.Blue, Width: 1.2}, chart.Dots{X: at, Y: mean, Colour: chart.Blue,
			Radius: 2.6},
	}...)
	p.Levels = []chart.Level{{At: t.Bound, Label: Stated(t.Bound, t.Unit)}}
	p.Markers = []chart.Marker{{Date: t.At.Value, Label: t.AtLabel, Colour: chart.Vermilion}}
	return &chart.Chart{Title: t.Title, Subtitle: t.Subtitle, Panels: []*chart.Panel{p}, Columns: 1, Source: t.Source}
}

// Stated writes a value that a user stated, such as a bound, as axes of its unit are written, with
// all the digits that it has: 45%, 45.5%, 2,345.
func Stated(v float64, unit string) string {
	form := valueFormat(unit)
	if strings.HasPrefix(unit, "USD") || math.Abs(v) >= 1e5 {
		return form(v, 0)
	}
	for step := 1.; step > 1e-7; step /= 10 {
		if whole := v / step; math.Abs(whole-math.Round(whole)) < 1e-6 {
			return form(v, step)
		}
	}
	return form(v, 0)
}
