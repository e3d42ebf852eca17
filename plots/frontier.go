package plots

import (
	"math"

	"gonum.org/v1/plot"

	"simulate/internal/quantity"
	"simulate/plots/chart"
)

// CostFrontier draws what policies change against what they cost: dots with their intervals, those
// on the frontier filled and joined.
type CostFrontier struct {
	Title, Subtitle, Source string
	Unit                    string // of the change
	CostUnit                string // as a dictionary gives it
	Policies                []CostPoint
	Money                   bool // the change is in dollars
}

// CostPoint is a policy.
type CostPoint struct {
	Name   string
	Cost   float64
	Change Interval
	On     bool // on the frontier
}

// Chart makes the page.
func (f CostFrontier) Chart() *chart.Chart {
	form := chart.Format(quantity.Plain)
	if f.Money {
		form = quantity.Dollars
	}
	scale := inputAxis(f.CostUnit)
	var x, y chart.Extent
	y.Add(false, 0)
	var onX, onY, offX, offY []float64
	p := &chart.Panel{Unit: f.Unit, XUnit: "Cost of policies" + scale.suffix}
	for _, q := range f.Policies {
		x.Add(false, q.Cost)
		y.Add(false, q.Change.Value, q.Change.Low, q.Change.High)
		if q.On {
			onX, onY = append(onX, q.Cost), append(onY, q.Change.Value)
		} else {
			offX, offY = append(offX, q.Cost), append(offY, q.Change.Value)
		}
		if !math.IsNaN(q.Change.Low) {
			p.Layers = append(p.Layers, chart.Line{X: []float64{q.Cost, q.Cost}, Y: []float64{q.Change.Low, q.Change.High},
				Colour: chart.Faint(chart.Blue, 150), Width: 2})
		}
	}
	p.X, p.Y = chart.LinearAxis(x, 6, scale.format), chart.LinearAxis(y, 6, form)
	room := .08 * (x.Hi - x.Lo)
	p.X.Min, p.X.Max = x.Lo-room, x.Hi+room
	p.X.Ticks = visibleTicks(p.X)
	p.Layers = append([]plot.Plotter{chart.Line{X: []float64{p.X.Min, p.X.Max}, Y: []float64{0, 0}, Colour: chart.Ink,
		Width: .9}}, p.Layers...)
	p.Layers = append(p.Layers, chart.Line{X: onX, Y: onY, Colour: chart.Blue, Width: 1.2},
		chart.Dots{X: onX, Y: onY, Colour: chart.Blue, Radius: 3.4},
		chart.Dots{X: offX, Y: offY, Colour: chart.Vermilion, Radius: 3.4, Hollow: true})
	ch := &chart.Chart{Title: f.Title, Subtitle: f.Subtitle, Panels: []*chart.Panel{p}, Columns: 1, Source: f.Source}
	ch.Key = []chart.KeyItem{{Name: "on the frontier", Colour: chart.Blue, Shape: chart.ShapeDot}}
	if len(offX) > 0 {
		ch.Key = append(ch.Key, chart.KeyItem{Name: "beaten at no greater cost", Colour: chart.Vermilion,
			Shape: chart.ShapeRing})
	}
	names := ""
	for i, q := range f.Policies {
		if i > 0 {
			names += "; "
		}
		names += scale.format(q.Cost, 0) + ": " + q.Name
	}
	ch.Notes = []string{"Bars: 95% interval of the mean. By cost: " + names + "."}
	return ch
}

// visibleTicks leaves out the ticks beyond an axis.
func visibleTicks(a chart.Axis) (out []chart.Tick) {
	for _, t := range a.Ticks {
		if a.Contains(t.At) {
			out = append(out, t)
		}
	}
	return out
}
