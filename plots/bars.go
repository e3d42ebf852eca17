package plots

import (
	"image/color"
	"math"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Interval is a value with the ends of its interval, NaN where there is none.
type Interval struct{ Value, Low, High float64 }

// Bar is a row of a bar chart: a name and one or two values, drawn from zero with their intervals.
type Bar struct {
	Name          string
	First, Second Interval // Second.Value NaN: none
}

// BarChart draws named horizontal bars, the longest at the top: Sobol indices, Morris effects or the swings of a tornado.
type BarChart struct {
	Title, Subtitle, Unit string
	Names                 [2]string // of First and Second
	Bars                  []Bar
	Percent               bool // values are shares
	Source                string
}

// Chart makes the page.
func (b BarChart) Chart() *Chart {
	var x extent
	x.add(false, 0)
	bars := sortedBars(b.Bars)
	for _, row := range bars {
		for _, v := range [...]Interval{row.First, row.Second} {
			x.add(false, v.Value, v.Low, v.High)
		}
	}
	form := format(plain)
	if b.Percent {
		form = percent
		x.lo, x.hi = math.Max(x.lo, -.25), math.Min(x.hi, 1.25)
	}
	p := &panel{x: linearAxis(x, 6, form), xUnit: b.Unit, burnIn: math.Inf(-1)}
	p.y = axis{min: -.6, max: float64(len(bars)) - .4, format: plain}
	for i, row := range bars {
		p.y.ticks = append(p.y.ticks, tick{float64(len(bars) - 1 - i), cut(row.Name, sizeTick, regular, pageWidth*.3)})
	}
	p.layers = []plot.Plotter{horizontal{bars}, line{x: []float64{0, 0}, y: []float64{p.y.min, p.y.max}, colour: ink, width: .9}}
	ch := &Chart{Title: b.Title, Subtitle: b.Subtitle, panels: []*panel{p}, columns: 1, source: b.Source, extra: vg.Points(float64(max(0, len(bars)-8)) * 22)}
	ch.key = []keyItem{{b.Names[0], blue, shapeLine}}
	if b.Names[1] != "" {
		ch.key = append(ch.key, keyItem{b.Names[1], vermilion, shapeLine})
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
		fillBox(c, faint(colour, 150), left, toY(y-height/2), right, toY(y+height/2))
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
			one(b.First, y, .5, blue)
			continue
		}
		one(b.First, y+.18, .32, blue)
		one(b.Second, y-.18, .32, vermilion)
	}
}

// Trajectory draws coverage against density of the boxes of a scenario discovery, and the chosen one.
type Trajectory struct {
	Title, Subtitle, Source string
	Peeling, Pasting        [][2]float64 // coverage, density
	Chosen                  [2]float64
}

// Chart makes the page.
func (t Trajectory) Chart() *Chart {
	p := &panel{unit: "Density: share of the box's runs", xUnit: "Coverage: share of all such runs that lie in the box"}
	p.x, p.y = linearAxis(extent{0, 1, true}, 6, percent), linearAxis(extent{0, 1, true}, 6, percent)
	add := func(boxes [][2]float64, colour color.NRGBA) {
		var x, y []float64
		for _, b := range boxes {
			x, y = append(x, b[0]), append(y, b[1])
		}
		p.layers = append(p.layers, line{x: x, y: y, colour: colour, width: 1.2}, dots{x: x, y: y, colour: colour, radius: 2.4})
	}
	add(t.Peeling, blue)
	add(t.Pasting, green)
	p.layers = append(p.layers, dots{x: []float64{t.Chosen[0]}, y: []float64{t.Chosen[1]}, colour: vermilion, radius: 5, hollow: true})
	ch := &Chart{Title: t.Title, Subtitle: t.Subtitle, panels: []*panel{p}, columns: 1, source: t.Source}
	ch.key = []keyItem{{"peeling", blue, shapeDot}}
	if len(t.Pasting) > 0 {
		ch.key = append(ch.key, keyItem{"pasting", green, shapeDot})
	}
	ch.key = append(ch.key, keyItem{"chosen box", vermilion, shapeRing})
	if !slices.Contains(t.Peeling, t.Chosen) && !slices.Contains(t.Pasting, t.Chosen) {
		note := "The chosen box lies off the curve: it is a box of the search less the restrictions that chance could explain, without which more runs lie in it."
		if n := len(t.Pasting); n > 0 {
			from := t.Pasting[n-1]
			p.layers = append([]plot.Plotter{line{x: []float64{from[0], t.Chosen[0]}, y: []float64{from[1], t.Chosen[1]}, colour: vermilion, width: 1, dashes: dashed}}, p.layers...)
			note += " The dashed line leads to it from the last box of pasting."
		}
		ch.notes = []string{note}
	}
	return ch
}
