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
	p.Y = chart.Axis{Named: true, Min: -.6, Max: float64(len(bars)) - .4, Format: quantity.Plain}
	for i, row := range bars {
		p.Y.Ticks = append(p.Y.Ticks, chart.Tick{At: float64(len(bars) - 1 - i), Label: row.Name})
	}
	p.Layers = []plot.Plotter{horizontal{bars}, chart.Line{X: []float64{0, 0}, Y: []float64{p.Y.Min, p.Y.Max},
		Colour: chart.Ink, Width: .9}}
	ch := &chart.Chart{Title: b.Title, Subtitle: b.Subtitle, Panels: []*chart.Panel{p}, Columns: 1, Source: b.Source,
		Extra: vg.Points(float64(max(0, len(bars)-8)) * 22)}
	if b.Percent && slices.ContainsFunc(bars, func(row Bar) bool { return row.First.Value < 0 || row.Second.Value < 0 }) {
		ch.Notes = []string{
			"A share left of zero is an error of its estimate: no true share is negative. Its interval says " +
				"how large that error may be; more points make it smaller.",
		}
	}
	if beyond := func(v Interval) bool { return v.Low < p.X.Min || v.High > p.X.Max }; slices.ContainsFunc(bars,
		func(row Bar) bool { return beyond(row.First) || beyond(row.Second) }) {
		ch.Notes = append(ch.Notes, "Intervals without an end go on beyond the axis.")
	}
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
