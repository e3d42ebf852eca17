package chart

import (
	"image/color"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Layers are what a panel's data area holds, drawn in order. Each leaves gaps where a value is
// missing or has no place on the axes.

// Line joins points, cut at the edges of the data area; a point without neighbours is drawn as a
// dot.
type Line struct {
	X, Y   []float64
	Colour color.NRGBA
	Width  float64 // points
	Dashes []vg.Length
}

// Plot draws the line.
func (l Line) Plot(c draw.Canvas, p *plot.Plot) {
	style := draw.LineStyle{Color: l.Colour, Width: vg.Points(l.Width), Dashes: l.Dashes}
	toX, toY := p.Transforms(&c)
	drawable := func(i int) bool { return placeable(p.X, l.X[i]) && placeable(p.Y, l.Y[i]) }
	for _, stretch := range stretches(len(l.X), drawable) {
		points := make([]vg.Point, 0, len(stretch))
		for _, i := range stretch {
			points = append(points, vg.Point{X: toX(l.X[i]), Y: toY(l.Y[i])})
		}
		if len(points) > 1 {
			c.StrokeLines(style, c.ClipLinesXY(points)...)
		} else if c.Contains(points[0]) {
			dot(c, points[0], vg.Points(l.Width), l.Colour, true)
		}
	}
}

// Band fills between two edges, cut at the ends of the y axis.
type Band struct {
	X, Lo, Hi []float64
	Colour    color.NRGBA
}

// Plot fills the band.
func (b Band) Plot(c draw.Canvas, p *plot.Plot) {
	toX, toY := p.Transforms(&c)
	ok := func(i int) bool {
		return !math.IsNaN(b.Lo[i]) && !math.IsNaN(b.Hi[i]) && b.X[i] >= p.X.Min && b.X[i] <= p.X.Max &&
			b.Hi[i] >= p.Y.Min && b.Lo[i] <= p.Y.Max
	}
	within := func(v float64) float64 { return math.Max(p.Y.Min, math.Min(p.Y.Max, v)) }
	for _, stretch := range stretches(len(b.X), ok) {
		if len(stretch) < 2 {
			i := stretch[0]
			x := toX(b.X[i])
			wide := vg.Points(3)
			c.FillPolygon(b.Colour, []vg.Point{{X: x - wide, Y: toY(within(b.Lo[i]))}, {X: x + wide, Y: toY(within(b.Lo[i]))},
				{X: x + wide, Y: toY(within(b.Hi[i]))}, {X: x - wide, Y: toY(within(b.Hi[i]))}})
			continue
		}
		outline := make([]vg.Point, 0, 2*len(stretch))
		for _, i := range stretch {
			outline = append(outline, vg.Point{X: toX(b.X[i]), Y: toY(within(b.Hi[i]))})
		}
		for k := len(stretch) - 1; k >= 0; k-- {
			i := stretch[k]
			outline = append(outline, vg.Point{X: toX(b.X[i]), Y: toY(within(b.Lo[i]))})
		}
		c.FillPolygon(b.Colour, outline)
	}
}

// Whiskers draws upright bars from Lo to Hi with short ends.
type Whiskers struct {
	X, Lo, Hi []float64
	Colour    color.NRGBA
	Shift     vg.Length // to the right, so that several stand beside each other
	Bare      bool      // without ends
}

// Plot draws the bars, cut at the ends of the y axis.
func (w Whiskers) Plot(c draw.Canvas, p *plot.Plot) {
	toX, toY := p.Transforms(&c)
	style := draw.LineStyle{Color: w.Colour, Width: vg.Points(1.1)}
	for i, at := range w.X {
		if math.IsNaN(w.Lo[i]) || math.IsNaN(w.Hi[i]) || w.Hi[i] < p.Y.Min || w.Lo[i] > p.Y.Max {
			continue
		}
		x := confine(toX(at)+w.Shift, c.Min.X, c.Max.X)
		low, high := toY(math.Max(w.Lo[i], p.Y.Min)), toY(math.Min(w.Hi[i], p.Y.Max))
		c.StrokeLines(style, []vg.Point{{X: x, Y: low}, {X: x, Y: high}})
		for _, end := range []struct {
			value float64
			y     vg.Length
		}{{w.Lo[i], low}, {w.Hi[i], high}} {
			if !w.Bare && end.value >= p.Y.Min && end.value <= p.Y.Max {
				c.StrokeLines(style, []vg.Point{{X: x - vg.Points(1.4), Y: end.y}, {X: x + vg.Points(1.4), Y: end.y}})
			}
		}
	}
}

// Dots draws circles, filled or hollow.
type Dots struct {
	X, Y   []float64
	Colour color.NRGBA
	Radius float64 // points
	Hollow bool
}

// Plot draws the circles.
func (d Dots) Plot(c draw.Canvas, p *plot.Plot) {
	toX, toY := p.Transforms(&c)
	for i := range d.X {
		if inside(p, d.X[i], d.Y[i]) {
			dot(c, vg.Point{X: toX(d.X[i]), Y: toY(d.Y[i])}, vg.Points(d.Radius), d.Colour, !d.Hollow)
		}
	}
}

func dot(c draw.Canvas, at vg.Point, radius vg.Length, colour color.NRGBA, filled bool) {
	circle := func(r vg.Length) vg.Path {
		var path vg.Path
		path.Move(vg.Point{X: at.X + r, Y: at.Y})
		path.Arc(at, r, 0, 2*math.Pi)
		path.Close()
		return path
	}
	c.SetColor(Paper)
	c.Fill(circle(radius + vg.Points(.8)))
	c.SetColor(colour)
	c.Fill(circle(radius))
	if !filled {
		c.SetColor(Paper)
		c.Fill(circle(radius * .55))
	}
}

// placeable tells whether a value has a place on an axis or its continuation.
func placeable(a plot.Axis, v float64) bool {
	_, log := a.Scale.(plot.LogScale)
	return !math.IsNaN(v) && !math.IsInf(v, 0) && !(log && v <= 0)
}

// inside tells whether a point can be placed on the plot's axes.
func inside(p *plot.Plot, x, y float64) bool {
	return !math.IsNaN(x) && !math.IsNaN(y) && x >= p.X.Min && x <= p.X.Max && y >= p.Y.Min && y <= p.Y.Max
}

// stretches groups the indices 0 to n−1 for which ok is true into runs without a gap.
func stretches(n int, ok func(int) bool) [][]int {
	var all [][]int
	var run []int
	for i := range n {
		if ok(i) {
			run = append(run, i)
			continue
		}
		if run != nil {
			all, run = append(all, run), nil
		}
	}
	if run != nil {
		all = append(all, run)
	}
	return all
}
