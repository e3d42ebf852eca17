package plots

import (
	"image/color"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// panel is one data area with its axes and labels.
type panel struct {
	title string // bold; empty where the page's title says it
	unit  string // of the y axis, grey
	x, y  axis
	xUnit string // of the x axis, right of its labels' line; empty for years

	layers     []plot.Plotter // drawn in order
	thresholds []threshold
	ends       []endLabel
	markers    []marker // dates, named or lettered above the data area
	windows    []window
	burnIn     float64 // decimal year until which the data area is shaded; 0 for none
	nameBurnIn bool
	trimmed    bool         // the y axis leaves out values of the burn-in
	covered    bool         // layers fill the data area, so that the burn-in is paled over them
	bare       bool         // the y axis is that of the panel to the left and has no labels of its own
	points     []pointLabel // names inside the data area
}

// threshold is a horizontal line with a meaning, named at the right.
type threshold struct {
	at    float64
	label string
}

// room is what a panel needs around its data area.
type room struct{ left, right, bottom, top vg.Length }

// unitRow finds the row above the data area for the y axis's unit: the lowest where no marker is in its
// way, otherwise one above all. It returns the number of rows then in use. The unit of a panel with a title
// follows the title.
func (p *panel) unitRow(placed []marker, rows int, toX func(float64) vg.Length, left vg.Length) (row, used int) {
	if p.title != "" || p.unit == "" {
		return 0, rows
	}
	end := left + widthOf(p.unit, sizeTick, regular) + vg.Points(4)
	for _, m := range placed {
		if m.shown != "" && min(m.x, toX(m.date)) < end {
			return rows, rows + 1
		}
	}
	return 0, max(rows, 1)
}

const (
	tickLength = 3 // points
	tickGap    = 4 // points between a tick's label and the axis
)

// measure returns the room for labels when the whole panel is as wide as most.
func (p *panel) measure(most vg.Length) room {
	var r room
	if !p.bare {
		for _, t := range p.y.ticks {
			r.left = max(r.left, widthOf(t.label, sizeTick, regular))
		}
		r.left += vg.Points(tickGap + 1)
	}
	r.right = gutter(p.allEnds(), max(most*.25, vg.Points(60)))
	if n := len(p.x.ticks); n > 0 && r.right == 0 {
		// The last label of the x axis sticks out by up to half its width.
		r.right = widthOf(p.x.ticks[n-1].label, sizeTick, regular) / 2
	}
	if len(p.ends)+len(p.thresholds) > 1 {
		r.right += vg.Points(leaderRoom)
	}
	r.bottom = vg.Points(tickLength+2) + lineHeight(sizeTick)
	if p.xUnit != "" {
		r.bottom += lineHeight(sizeTick)
	}
	if p.title != "" {
		r.top = lineHeight(sizePanel) + vg.Points(5)
	}
	r.top += vg.Points(rowBase - 1)
	return r
}

// allEnds are the labels at the right: of lines and of thresholds.
func (p *panel) allEnds() []endLabel {
	all := append([]endLabel(nil), p.ends...)
	for _, t := range p.thresholds {
		if p.y.contains(t.at) {
			all = append(all, endLabel{text: t.label, at: t.at, colour: grey, weight: regular, rank: 50})
		}
	}
	return all
}

// draw paints the panel; data is the rectangle of the data area inside c.
func (p *panel) draw(c draw.Canvas, data vg.Rectangle) {
	pl := plot.New()
	pl.BackgroundColor = nil
	pl.HideAxes()
	pl.X.Min, pl.X.Max, pl.X.Scale = p.x.min, p.x.max, p.x.normalizer()
	pl.Y.Min, pl.Y.Max, pl.Y.Scale = p.y.min, p.y.max, p.y.normalizer()
	area := draw.Canvas{Canvas: c.Canvas, Rectangle: data}
	toX, toY := pl.Transforms(&area)

	placed, rows := placeMarkers(p.markers, toX, data.Min.X, data.Max.X)
	lift := p.barRoom()
	p.drawHeader(c, data, placed, rows, toX, lift)
	if !p.covered {
		p.drawBurnIn(c, data, toX, shade)
	}
	p.drawAxes(c, data, toX, toY)
	for _, l := range p.layers {
		l.Plot(area, pl) // Plot.Draw would add room around the data
	}
	if p.covered {
		p.drawBurnIn(c, data, toX, faint(paper, 110))
	}
	drawMarkers(c, placed, toX, data, lift)
	p.drawWindows(c, toX, data)
	p.drawBurnInName(c, data, toX, toY)
	ends := p.allEnds()
	gutter(ends, p.endRoom(c, data))
	slack := vg.Points(sizeLabel * .6)
	drawEndLabels(c, place(ends, toY, data.Min.Y-slack, data.Max.Y+slack), toY, data.Max.X)
	drawPointLabels(c, p.points, p.obstacles(toX, toY), toX, toY, data)
}

// obstacles collects the points and lines of the layers, for labels to keep clear of.
func (p *panel) obstacles(toX, toY func(float64) vg.Length) obstacles {
	var o obstacles
	place := func(x, y float64) (vg.Point, bool) {
		if !p.x.contains(x) || !p.y.contains(y) {
			return vg.Point{}, false
		}
		return vg.Point{X: toX(x), Y: toY(y)}, true
	}
	for _, l := range p.layers {
		switch l := l.(type) {
		case dots:
			for i := range l.x {
				if at, ok := place(l.x[i], l.y[i]); ok {
					o.points = append(o.points, at)
				}
			}
		case line:
			for i := 1; i < len(l.x); i++ {
				from, ok := place(l.x[i-1], l.y[i-1])
				to, too := place(l.x[i], l.y[i])
				if ok && too {
					o.lines = append(o.lines, [2]vg.Point{from, to})
				}
			}
		}
	}
	return o
}

// drawHeader writes title and unit above the bars, which are lift high, and the rows of marker labels.
func (p *panel) drawHeader(c draw.Canvas, data vg.Rectangle, placed []marker, rows int, toX func(float64) vg.Length, lift vg.Length) {
	row, rows := p.unitRow(placed, rows, toX, c.Min.X)
	if p.title == "" {
		write(c, p.unit, textStyle(sizeTick, regular, grey), vg.Point{X: c.Min.X, Y: data.Max.Y + lift + vg.Points(rowBase) + lineHeight(sizeMarker)*vg.Length(row)}, 0)
		return
	}
	at := vg.Point{X: c.Min.X, Y: data.Max.Y + lift + vg.Points(8) + lineHeight(sizeMarker)*vg.Length(rows)}
	most := c.Max.X - c.Min.X
	title := cut(p.title, sizePanel, semiBold, most)
	write(c, title, textStyle(sizePanel, semiBold, ink), at, 0)
	at.X += widthOf(title+space+" ", sizePanel, semiBold)
	if widthOf(p.unit, sizeTick, regular) <= c.Max.X-at.X {
		write(c, p.unit, textStyle(sizeTick, regular, grey), at, 0)
	}
}

func (p *panel) drawBurnIn(c draw.Canvas, data vg.Rectangle, toX func(float64) vg.Length, colour color.Color) {
	if until := math.Min(p.burnIn, p.x.max); until > p.x.min {
		fillBox(c, colour, data.Min.X, data.Min.Y, toX(until), data.Max.Y)
	}
}

// drawBurnInName writes upright in the shaded year, above or below the data, whichever has more room.
func (p *panel) drawBurnInName(c draw.Canvas, data vg.Rectangle, toX, toY func(float64) vg.Length) {
	until := math.Min(p.burnIn, p.x.max)
	if !p.nameBurnIn || until <= p.x.min {
		return
	}
	const name = "burn-in"
	style := textStyle(sizeMarker, regular, grey)
	wide, away := widthOf(name, sizeMarker, regular), vg.Points(5)
	strip := toX(until) - data.Min.X
	if strip < capHeight(sizeMarker)+vg.Points(2) {
		return
	}
	base := data.Min.Y + away
	if e := p.reach(until); e.ok && data.Max.Y-toY(e.hi) > toY(e.lo)-data.Min.Y {
		base = data.Max.Y - away - wide
	}
	// Lines of thresholds and of the grid stop at the word.
	high := capHeight(sizeMarker)
	fillBox(c, shade, data.Min.X+strip/2-high, base-vg.Points(2), data.Min.X+strip/2+high, base+wide+vg.Points(2))
	c.Push()
	c.Translate(vg.Point{X: data.Min.X + strip/2 + capHeight(sizeMarker)/2, Y: base})
	c.Rotate(math.Pi / 2)
	write(c, name, style, vg.Point{}, 0)
	c.Pop()
}

// reach is the range of the data before a date.
func (p *panel) reach(until float64) extent {
	var e extent
	for _, l := range p.layers {
		if l, ok := l.(interface{ reach(float64, *extent) }); ok {
			l.reach(until, &e)
		}
	}
	e.lo, e.hi = p.y.clamp(e.lo), p.y.clamp(e.hi)
	return e
}

func (p *panel) drawAxes(c draw.Canvas, data vg.Rectangle, toX, toY func(float64) vg.Length) {
	stroke := func(colour color.Color, width float64, dashes []vg.Length, points ...vg.Point) {
		c.StrokeLines(draw.LineStyle{Color: colour, Width: vg.Points(width), Dashes: dashes}, points)
	}
	label := textStyle(sizeTick, regular, grey)
	for _, t := range p.y.ticks {
		y := toY(t.at)
		if y > data.Min.Y+vg.Points(.5) {
			stroke(hairline, .7, nil, vg.Point{X: data.Min.X, Y: y}, vg.Point{X: data.Max.X, Y: y})
		}
		if !p.bare {
			write(c, t.label, label, vg.Point{X: data.Min.X - vg.Points(tickGap), Y: y - capHeight(sizeTick)/2}, 1)
		}
	}
	for _, t := range p.thresholds {
		if p.y.contains(t.at) {
			stroke(grey, .8, []vg.Length{vg.Points(1), vg.Points(2)}, vg.Point{X: data.Min.X, Y: toY(t.at)}, vg.Point{X: data.Max.X, Y: toY(t.at)})
		}
	}
	stroke(ink, .9, nil, data.Min, vg.Point{X: data.Max.X, Y: data.Min.Y})
	for _, at := range p.x.minor {
		stroke(ink, .7, nil, vg.Point{X: toX(at), Y: data.Min.Y}, vg.Point{X: toX(at), Y: data.Min.Y - vg.Points(tickLength*.6)})
	}
	base := data.Min.Y - vg.Points(tickLength+2) - capHeight(sizeTick)
	for _, t := range p.x.ticks {
		x := toX(t.at)
		stroke(ink, .9, nil, vg.Point{X: x, Y: data.Min.Y}, vg.Point{X: x, Y: data.Min.Y - vg.Points(tickLength)})
		write(c, t.label, label, vg.Point{X: x, Y: base}, .5)
	}
	write(c, p.xUnit, label, vg.Point{X: (data.Min.X + data.Max.X) / 2, Y: base - lineHeight(sizeTick)}, .5)
}

// endRoom is the width left for the text of labels at the right. The hundredth of a point keeps a label
// that was measured to fit from being broken by rounding.
func (p *panel) endRoom(c draw.Canvas, data vg.Rectangle) vg.Length {
	wide := c.Max.X - data.Max.X - vg.Points(labelGap) + vg.Points(.01)
	if len(p.ends)+len(p.thresholds) > 1 {
		wide -= vg.Points(leaderRoom)
	}
	return wide
}
