package plots

import (
	"image/color"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Layers are what a panel's data area holds, drawn in order. Each leaves gaps where a value is missing
// or has no place on the axes.

// line joins points, cut at the edges of the data area; a point without neighbours is drawn as a dot.
type line struct {
	x, y   []float64
	colour color.NRGBA
	width  float64 // points
	dashes []vg.Length
}

func (l line) Plot(c draw.Canvas, p *plot.Plot) {
	style := draw.LineStyle{Color: l.colour, Width: vg.Points(l.width), Dashes: l.dashes}
	toX, toY := p.Transforms(&c)
	drawable := func(i int) bool { return placeable(p.X, l.x[i]) && placeable(p.Y, l.y[i]) }
	for _, stretch := range stretches(len(l.x), drawable) {
		points := make([]vg.Point, 0, len(stretch))
		for _, i := range stretch {
			points = append(points, vg.Point{X: toX(l.x[i]), Y: toY(l.y[i])})
		}
		if len(points) > 1 {
			c.StrokeLines(style, c.ClipLinesXY(points)...)
		} else if c.Contains(points[0]) {
			dot(c, points[0], vg.Points(l.width), l.colour, true)
		}
	}
}

func (l line) reach(until float64, e *extent) {
	for i, x := range l.x {
		if x <= until {
			e.add(false, l.y[i])
		}
	}
}

// band fills between two edges, cut at the ends of the y axis.
type band struct {
	x, lo, hi []float64
	colour    color.NRGBA
}

func (b band) Plot(c draw.Canvas, p *plot.Plot) {
	toX, toY := p.Transforms(&c)
	ok := func(i int) bool {
		return !math.IsNaN(b.lo[i]) && !math.IsNaN(b.hi[i]) && b.x[i] >= p.X.Min && b.x[i] <= p.X.Max &&
			b.hi[i] >= p.Y.Min && b.lo[i] <= p.Y.Max
	}
	within := func(v float64) float64 { return math.Max(p.Y.Min, math.Min(p.Y.Max, v)) }
	for _, stretch := range stretches(len(b.x), ok) {
		if len(stretch) < 2 {
			i := stretch[0]
			x := toX(b.x[i])
			wide := vg.Points(3)
			c.FillPolygon(b.colour, []vg.Point{{X: x - wide, Y: toY(within(b.lo[i]))}, {X: x + wide, Y: toY(within(b.lo[i]))},
				{X: x + wide, Y: toY(within(b.hi[i]))}, {X: x - wide, Y: toY(within(b.hi[i]))}})
			continue
		}
		outline := make([]vg.Point, 0, 2*len(stretch))
		for _, i := range stretch {
			outline = append(outline, vg.Point{X: toX(b.x[i]), Y: toY(within(b.hi[i]))})
		}
		for k := len(stretch) - 1; k >= 0; k-- {
			i := stretch[k]
			outline = append(outline, vg.Point{X: toX(b.x[i]), Y: toY(within(b.lo[i]))})
		}
		c.FillPolygon(b.colour, outline)
	}
}

func (b band) reach(until float64, e *extent) {
	for i, x := range b.x {
		if x <= until {
			e.add(false, b.lo[i], b.hi[i])
		}
	}
}

// dots draws circles, filled or hollow.
type dots struct {
	x, y   []float64
	colour color.NRGBA
	radius float64 // points
	hollow bool
}

func (d dots) Plot(c draw.Canvas, p *plot.Plot) {
	toX, toY := p.Transforms(&c)
	for i := range d.x {
		if inside(p, d.x[i], d.y[i]) {
			dot(c, vg.Point{X: toX(d.x[i]), Y: toY(d.y[i])}, vg.Points(d.radius), d.colour, !d.hollow)
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
	c.SetColor(paper)
	c.Fill(circle(radius + vg.Points(.8)))
	c.SetColor(colour)
	c.Fill(circle(radius))
	if !filled {
		c.SetColor(paper)
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
