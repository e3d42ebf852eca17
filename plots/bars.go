package plots

import (
	"image/color"
	"math"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"simulate/internal/quantity"
	"simulate/plots/chart"
)

// Interval is a value with the ends of its interval, NaN where there is none.
type Interval struct{ Value, Low, High float64 }

// Bar is a row of a bar chart: a name and one or two values, drawn from zero with their intervals.
type Bar struct {
	Name          string
	First, Second Interval // Second.Value NaN: none
}

// BarChart draws named horizontal bars, the longest at the top: Sobol indices, Morris effects or
// the swings of a tornado.
type BarChart struct {
	Title, Subtitle, Unit string
	Names                 [2]string // of First and Second
	Bars                  []Bar
	Percent               bool // values are shares
	Whole                 bool // the axis goes up to 100 % at least
	Source                string
}

// Chart makes the page.
func (b BarChart) Chart() *chart.Chart {
	var x chart.Extent
	x.Add(false, 0)
	bars := sortedBars(b.Bars)
	for _, row := range bars {
		for _, v := range [...]Interval{row.First, row.Second} {
			x.Add(false, v.Value, v.Low, v.High)
		}
	}
	if b.Whole {
		x.Add(false, 1)
	}
	form := chart.Format(quantity.Plain)
	if b.Percent {
		form = quantity.Percent
		x.Lo, x.Hi = math.Max(x.Lo, -.25), math.Min(x.Hi, 1.25)
	}
	p := &chart.Panel{X: chart.LinearAxis(x, 6, form), XUnit: b.Unit}
	p.Y = chart.Axis{Min: -.6, Max: float64(len(bars)) - .4, Format: quantity.Plain}
	for i, row := range bars {
		p.Y.Ticks = append(p.Y.Ticks, chart.Tick{At: float64(len(bars) - 1 - i), Label: row.Name})
	}
	p.Layers = []plot.Plotter{horizontal{bars}, chart.Line{X: []float64{0, 0}, Y: []float64{p.Y.Min, p.Y.Max},
		Colour: chart.Ink, Width: .9}}
	ch := &chart.Chart{Title: b.Title, Subtitle: b.Subtitle, Panels: []*chart.Panel{p}, Columns: 1, Source: b.Source,
		Extra: vg.Points(float64(max(0, len(bars)-8)) * 22)}
	ch.Key = []chart.KeyItem{{Name: b.Names[0], Colour: chart.Blue, Shape: chart.ShapeLine}}
	if b.Names[1] != "" {
		ch.Key = append(ch.Key, chart.KeyItem{Name: b.Names[1], Colour: chart.Vermilion, Shape: chart.ShapeLine})
	}
	return ch
}

// sortedBars puts the longest first.
func sortedBars(bars []Bar) []Bar {
	out := append([]Bar(nil), bars...)
	length := func(b Bar) float64 {
		return math.Max(math.Abs(orNone(b.First.Value)), math.Abs(orNone(b.Second.Value)))
	}
	for i := range out {
		for j := i; j > 0 && length(out[j]) > length(out[j-1]); j-- {
			out[j], out[j-1] = out[j-1], out[j]
		}
	}
	return out
}

func orNone(v float64) float64 {
	if math.IsNaN(v) {
		return 0
	}
	return v
}

// horizontal draws bars, row 0 at the top.
type horizontal struct{ bars []Bar }

func (h horizontal) Plot(c draw.Canvas, p *plot.Plot) {
	toX, toY := p.Transforms(&c)
	within := func(v float64) vg.Length { return toX(math.Max(p.X.Min, math.Min(p.X.Max, v))) }
	one := func(v Interval, y, height float64, colour color.NRGBA) {
		if math.IsNaN(v.Value) {
			return
		}
		left, right := within(math.Min(0, v.Value)), within(math.Max(0, v.Value))
		chart.FillBox(c, chart.Faint(colour, 150), left, toY(y-height/2), right, toY(y+height/2))
		if math.IsNaN(v.Low) || v.Low == v.High {
			return
		}
		style := draw.LineStyle{Color: colour, Width: vg.Points(1.4)}
		c.StrokeLines(style, []vg.Point{{X: within(v.Low), Y: toY(y)}, {X: within(v.High), Y: toY(y)}})
		for _, end := range [...]float64{v.Low, v.High} {
			if end >= p.X.Min && end <= p.X.Max {
				c.StrokeLines(style, []vg.Point{{X: toX(end), Y: toY(y - height/4)}, {X: toX(end), Y: toY(y + height/4)}})
			}
		}
	}
	for i, b := range h.bars {
		y := float64(len(h.bars) - 1 - i)
		if math.IsNaN(b.Second.Value) {
			one(b.First, y, .5, chart.Blue)
			continue
		}
		one(b.First, y+.18, .32, chart.Blue)
		one(b.Second, y-.18, .32, chart.Vermilion)
	}
}

// Trajectory draws coverage against density of the boxes of a scenario discovery, and the chosen
// one.
type Trajectory struct {
	Title, Subtitle, Source string
	Peeling, Pasting        [][2]float64 // coverage, density
	Chosen                  [2]float64
}

// Chart makes the page.
func (t Trajectory) Chart() *chart.Chart {
	p := &chart.Panel{Unit: "Density: share of the box's runs", XUnit: "Coverage: share of all such runs that lie in " +
		"the box"}
	p.X, p.Y = chart.LinearAxis(chart.Extent{Lo: 0, Hi: 1, Ok: true}, 6, quantity.Percent),
		chart.LinearAxis(chart.Extent{Lo: 0, Hi: 1, Ok: true}, 6, quantity.Percent)
	add := func(boxes [][2]float64, colour color.NRGBA) {
		var x, y []float64
		for _, b := range boxes {
			x, y = append(x, b[0]), append(y, b[1])
		}
		p.Layers = append(p.Layers, chart.Line{X: x, Y: y, Colour: colour, Width: 1.2}, chart.Dots{X: x, Y: y,
			Colour: colour, Radius: 2.4})
	}
	add(t.Peeling, chart.Blue)
	add(t.Pasting, chart.Green)
	p.Layers = append(p.Layers, chart.Dots{X: []float64{t.Chosen[0]}, Y: []float64{t.Chosen[1]}, Colour: chart.Vermilion,
		Radius: 5, Hollow: true})
	ch := &chart.Chart{Title: t.Title, Subtitle: t.Subtitle, Panels: []*chart.Panel{p}, Columns: 1, Source: t.Source}
	ch.Key = []chart.KeyItem{{Name: "peeling", Colour: chart.Blue, Shape: chart.ShapeDot}}
	if len(t.Pasting) > 0 {
		ch.Key = append(ch.Key, chart.KeyItem{Name: "pasting", Colour: chart.Green, Shape: chart.ShapeDot})
	}
	ch.Key = append(ch.Key, chart.KeyItem{Name: "chosen box", Colour: chart.Vermilion, Shape: chart.ShapeRing})
	if !slices.Contains(t.Peeling, t.Chosen) && !slices.Contains(t.Pasting, t.Chosen) {
		note := "The chosen box lies off the curve: it is a box of the search less the restrictions that chance could " +
			"explain, without which more runs lie in it."
		if n := len(t.Pasting); n > 0 {
			from := t.Pasting[n-1]
			p.Layers = append([]plot.Plotter{chart.Line{X: []float64{from[0], t.Chosen[0]}, Y: []float64{from[1], t.Chosen[1]},
				Colour: chart.Vermilion, Width: 1, Dashes: dashed}}, p.Layers...)
			note += " The dashed line leads to it from the last box of pasting."
		}
		ch.Notes = []string{note}
	}
	return ch
}
