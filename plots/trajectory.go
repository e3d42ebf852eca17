package plots

import (
	"image/color"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"simulate/internal/quantity"
	"simulate/plots/chart"
)

// Trajectory draws the chosen box of a scenario discovery within the ranges of its inputs, and
// coverage against density of all boxes of the search.
type Trajectory struct {
	Title, Subtitle, Source string
	Peeling, Pasting        [][2]float64 // coverage, density
	Chosen                  [2]float64
	Bounds                  []BoxBound
	Overall                 float64 // density without a box: the share of all runs; 0 where it is unknown
}

// BoxBound is what a box asks of an input: from and to as places within the input's range, 0 to 1,
// or which of its categories stay.
type BoxBound struct {
	Name, Words string
	From, To    float64
	Stay        []bool // by category; nil for a number
}

// parts are the places of the whole strip and of what the box keeps of it: of categories as many of
// equal size as there are.
func (b BoxBound) parts() (whole, kept [][2]float64) {
	if b.Stay == nil {
		return [][2]float64{{0, 1}}, [][2]float64{{b.From, b.To}}
	}
	const gap = .01
	n := float64(len(b.Stay))
	for k, stays := range b.Stay {
		at := [2]float64{float64(k)/n + gap, float64(k+1)/n - gap}
		if whole = append(whole, at); stays {
			kept = append(kept, at)
		}
	}
	return whole, kept
}

// Chart makes the page.
func (t Trajectory) Chart() *chart.Chart {
	p := &chart.Panel{Title: "Search", Unit: "density", XUnit: "Coverage"}
	p.X, p.Y = chart.LinearAxis(chart.Extent{Lo: 0, Hi: 1, Ok: true}, 3, quantity.Percent),
		chart.LinearAxis(chart.Extent{Lo: 0, Hi: 1, Ok: true}, 6, quantity.Percent)
	if t.Overall > 0 {
		p.Layers = append(p.Layers, chart.Line{X: []float64{p.X.Min, p.X.Max}, Y: []float64{t.Overall, t.Overall},
			Colour: chart.Grey, Width: .8, Dashes: dashed})
	}
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
	ch := &chart.Chart{Title: t.Title, Subtitle: t.Subtitle + ". Coverage: share of all such runs that lie in the box. " +
		"Density: share of the box's runs that are such; dashed: of all runs", Panels: []*chart.Panel{p}, Columns: 2,
		Source: t.Source}
	if len(t.Bounds) > 0 {
		ch.Panels = []*chart.Panel{t.box(), p}
	}
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

const (
	boxStrip = 7  // points of height of a strip
	boxRow   = 36 // points of height that name, strip and words of a bound need
)

// box draws what the chosen box asks of each input that it bounds: a name, below it the strip,
// below that the bound in words, none over another.
func (t Trajectory) box() *chart.Panel {
	n := len(t.Bounds)
	p := &chart.Panel{Title: "Chosen box", Unit: "within what was run",
		X: chart.Axis{Min: 0, Max: 1, Format: quantity.Plain, Ticks: []chart.Tick{{At: .06, Label: "least"}, {At: .92,
			Label: "most"}}},
		Y: chart.Axis{Named: true, Min: -.5, Max: float64(n) - .5, Format: quantity.Plain}}
	if !slices.ContainsFunc(t.Bounds, func(b BoxBound) bool { return b.Stay == nil }) {
		p.X.Ticks = nil // categories have no order
	}
	p.Least.Y = vg.Points(boxRow * float64(n))
	for i, b := range t.Bounds {
		y := float64(n - 1 - i)
		strip := func(from, to float64, l chart.Line) chart.Line {
			l.X, l.Y = []float64{from, to}, []float64{y, y}
			return l
		}
		whole, kept := b.parts()
		for _, at := range whole {
			p.Layers = append(p.Layers, strip(at[0], at[1], chart.Line{Colour: chart.Hairline, Width: boxStrip}))
		}
		for _, at := range kept {
			p.Layers = append(p.Layers, strip(at[0], at[1], chart.Line{Colour: chart.Vermilion, Width: boxStrip}))
		}
		above := vg.Points(boxStrip/2 + chart.SizeTick*.35)
		below := -vg.Points(boxStrip/2+chart.SizeTick*.35) - chart.CapHeight(chart.SizeTick)
		p.Layers = append(p.Layers, leftWords{y, above, b.Name}, leftWords{y, below, b.Words})
		for _, words := range []string{b.Name, b.Words} {
			p.Least.X = max(p.Least.X, chart.WidthOf(words, chart.SizeTick, chart.Regular))
		}
	}
	return p
}

// leftWords writes a line of text at the left of the data area, at some height above or below a
// place on the y axis.
type leftWords struct {
	y    float64
	rise vg.Length
	text string
}

func (w leftWords) Plot(c draw.Canvas, p *plot.Plot) {
	_, toY := p.Transforms(&c)
	// The hundredth of a point keeps a text that was measured to fit from being cut by rounding.
	text := chart.Cut(w.text, chart.SizeTick, chart.Regular, c.Max.X-c.Min.X+vg.Points(.01))
	at := vg.Point{X: c.Min.X, Y: toY(w.y) + w.rise}
	chart.Write(c, text, chart.TextStyle(chart.SizeTick, chart.Regular, chart.Ink), at, 0)
}
