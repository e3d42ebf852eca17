package chart

import (
	"cmp"
	"image/color"
	"slices"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Panel is one data area with its axes and labels.
type Panel struct {
	Title string // bold; empty where the page's title says it
	Unit  string // of the y axis, grey
	X, Y  Axis
	XUnit string // of the x axis, right of its labels' line; empty for years

	Layers  []plot.Plotter // drawn in order
	Levels  []Level
	Ends    []EndLabel
	Markers []Marker // dates, named or lettered above the data area
	Windows []Window
	bare    bool         // the y axis is that of the panel to the left and has no labels of its own
	Points  []PointLabel // names inside the data area
	Least   vg.Point     // width and height that the data area needs for what its layers write; may be zero
}

// Level is a horizontal line with a meaning, named at the right.
type Level struct {
	At    float64
	Label string
}

// room is what a panel needs around its data area.
type room struct{ left, right, bottom, top vg.Length }

// unitRow finds the row above the data area for the y axis's unit: the lowest where no marker is in
// its way, otherwise one above all. It returns the number of rows then in use. The unit of a panel
// with a title follows the title.
func (p *Panel) unitRow(placed []Marker, rows int, toX func(float64) vg.Length, left vg.Length) (row, used int) {
	if p.Title != "" || p.Unit == "" {
		return 0, rows
	}
	end := left + WidthOf(p.Unit, SizeTick, Regular) + vg.Points(4)
	for _, m := range placed {
		if m.Shown != "" && min(m.x, toX(m.Date)) < end {
			return rows, rows + 1
		}
	}
	return 0, max(rows, 1)
}

const (
	tickLength = 3 // points
	tickGap    = 4 // points between a tick's label and the axis

	// shares of a panel's width that words on its y axis may take, and names of its rows
	mostTickWidth, mostNameWidth = .36, .42
)

// tickWidth is the share of the width that words on the y axis may take.
func (p *Panel) tickWidth() vg.Length {
	if p.Y.Named {
		return mostNameWidth
	}
	return mostTickWidth
}

// tickLines is a name on the y axis in at most two lines.
func tickLines(label string, most vg.Length) []string {
	return wrapTo(label, 2, SizeTick, Regular, most)
}

// tickHeight is the height that the data area needs so that names on the y axis do not overlap,
// where the whole panel is as wide as most.
func (p *Panel) tickHeight(most vg.Length) (height vg.Length) {
	if p.bare || p.Y.Log {
		return 0
	}
	ticks := slices.Clone(p.Y.Ticks)
	slices.SortFunc(ticks, func(a, b Tick) int { return cmp.Compare(a.At, b.At) })
	for i := 1; i < len(ticks); i++ {
		apart := (ticks[i].At - ticks[i-1].At) / (p.Y.Max - p.Y.Min)
		lines := len(tickLines(ticks[i].Label, most*p.tickWidth())) + len(tickLines(ticks[i-1].Label, most*p.tickWidth()))
		if (lines > 2 || p.Y.Named) && apart > 0 { // numbers are apart by the axis's own choice of ticks
			height = max(height, vg.Points(SizeTick*1.15*float64(lines)/2/apart))
		}
	}
	return height
}

// measure returns the room for labels when the whole panel is as wide as most.
func (p *Panel) measure(most vg.Length) room {
	var r room
	if p.bare && len(p.X.Ticks) > 0 {
		// The first label of the x axis sticks out by up to half its width.
		r.left = WidthOf(p.X.Ticks[0].Label, SizeTick, Regular) / 2
	}
	if !p.bare {
		for _, t := range p.Y.Ticks {
			for _, line := range tickLines(t.Label, most*p.tickWidth()) {
				r.left = max(r.left, WidthOf(line, SizeTick, Regular))
			}
		}
		r.left += vg.Points(tickGap + 1)
	}
	r.right = gutter(p.allEnds(), endWidth(p.allEnds(), most))
	if n := len(p.X.Ticks); n > 0 && r.right == 0 {
		// The last label of the x axis sticks out by up to half its width.
		r.right = WidthOf(p.X.Ticks[n-1].Label, SizeTick, Regular) / 2
	}
	if len(p.Ends)+len(p.Levels) > 1 {
		r.right += vg.Points(leaderRoom)
	}
	r.bottom = vg.Points(tickLength+2) + LineHeight(SizeTick)
	r.bottom += LineHeight(SizeTick) * vg.Length(len(p.xUnitLines(most)))
	if p.Title != "" {
		r.top = LineHeight(sizePanel)*vg.Length(len(p.titleLines(most))) + vg.Points(5)
		if p.unitBelow(most) {
			r.top += LineHeight(SizeTick)
		}
	}
	r.top += vg.Points(rowBase - 1)
	return r
}

// allEnds are the labels at the right: of lines and of levels.
func (p *Panel) allEnds() []EndLabel {
	all := append([]EndLabel(nil), p.Ends...)
	for _, t := range p.Levels {
		if p.Y.Contains(t.At) {
			all = append(all, EndLabel{Text: t.Label, At: t.At, Colour: Grey, Weight: Regular, Rank: 50})
		}
	}
	return all
}

// draw paints the panel; data is the rectangle of the data area inside c.
func (p *Panel) draw(c draw.Canvas, data vg.Rectangle) {
	pl := plot.New()
	pl.BackgroundColor = nil
	pl.HideAxes()
	pl.X.Min, pl.X.Max, pl.X.Scale = p.X.Min, p.X.Max, p.X.Normalizer()
	pl.Y.Min, pl.Y.Max, pl.Y.Scale = p.Y.Min, p.Y.Max, p.Y.Normalizer()
	area := draw.Canvas{Canvas: c.Canvas, Rectangle: data}
	toX, toY := pl.Transforms(&area)

	placed, rows := PlaceMarkers(p.Markers, toX, data.Min.X, data.Max.X)
	lift := p.barRoom()
	p.drawHeader(c, data, placed, rows, toX, lift)
	p.drawAxes(c, data, toX, toY)
	for _, l := range p.Layers {
		l.Plot(area, pl) // Plot.Draw would add room around the data
	}
	drawMarkers(c, placed, toX, data, lift)
	p.drawWindows(c, toX, data)
	ends := p.allEnds()
	gutter(ends, p.endRoom(c, data))
	slack := vg.Points(sizeLabel * .6)
	drawEndLabels(c, place(ends, toY, data.Min.Y-slack, data.Max.Y+slack), toY, data.Max.X)
	drawPointLabels(c, p.Points, p.obstacles(toX, toY), toX, toY, data)
}

// obstacles collects the points and lines of the layers, for labels to keep clear of.
func (p *Panel) obstacles(toX, toY func(float64) vg.Length) obstacles {
	var o obstacles
	place := func(x, y float64) (vg.Point, bool) {
		if !p.X.Contains(x) || !p.Y.Contains(y) {
			return vg.Point{}, false
		}
		return vg.Point{X: toX(x), Y: toY(y)}, true
	}
	for _, l := range p.Layers {
		switch l := l.(type) {
		case Dots:
			for i := range l.X {
				if at, ok := place(l.X[i], l.Y[i]); ok {
					o.points = append(o.points, at)
				}
			}
		case Line:
			for i := 1; i < len(l.X); i++ {
				from, ok := place(l.X[i-1], l.Y[i-1])
				to, too := place(l.X[i], l.Y[i])
				if ok && too {
					o.lines = append(o.lines, [2]vg.Point{from, to})
				}
			}
		}
	}
	return o
}

// drawHeader writes title and unit above the bars, which are lift high, and the rows of marker
// labels.
func (p *Panel) drawHeader(c draw.Canvas, data vg.Rectangle, placed []Marker, rows int, toX func(float64) vg.Length,
	lift vg.Length) {
	row, rows := p.unitRow(placed, rows, toX, c.Min.X)
	if p.Title == "" {
		Write(c, p.Unit, TextStyle(SizeTick, Regular, Grey), vg.Point{X: c.Min.X,
			Y: data.Max.Y + lift + vg.Points(rowBase) + LineHeight(SizeMarker)*vg.Length(row)}, 0)
		return
	}
	at := vg.Point{X: c.Min.X, Y: data.Max.Y + lift + vg.Points(8) + LineHeight(SizeMarker)*vg.Length(rows)}
	most := c.Max.X - c.Min.X
	lines := p.titleLines(most)
	final := lines[len(lines)-1]
	if p.unitBelow(most) {
		Write(c, Cut(p.Unit, SizeTick, Regular, most), TextStyle(SizeTick, Regular, Grey), at, 0)
		at.Y += LineHeight(SizeTick)
	} else {
		beside := vg.Point{X: at.X + WidthOf(final+Space+" ", sizePanel, SemiBold), Y: at.Y}
		Write(c, p.Unit, TextStyle(SizeTick, Regular, Grey), beside, 0)
	}
	for _, line := range slices.Backward(lines) {
		Write(c, line, TextStyle(sizePanel, SemiBold, Ink), at, 0)
		at.Y += LineHeight(sizePanel)
	}
}

// titleLines is the title of a panel of some width in few lines.
func (p *Panel) titleLines(wide vg.Length) []string {
	return wrapTo(p.Title, mostTitleLines, sizePanel, SemiBold, wide)
}

const mostTitleLines = 3

// titleFits tells whether a panel of some width holds its whole title, no word of it broken.
func (p *Panel) titleFits(wide vg.Length) bool {
	for _, word := range strings.Fields(p.Title) {
		if WidthOf(word, sizePanel, SemiBold) > wide {
			return false
		}
	}
	return len(wrap(p.Title, sizePanel, SemiBold, wide)) <= mostTitleLines
}

// unitBelow tells whether the unit stands below the title of a panel of some width, for it has no
// room beside it.
func (p *Panel) unitBelow(wide vg.Length) bool {
	if p.Title == "" || p.Unit == "" {
		return false
	}
	lines := p.titleLines(wide)
	return WidthOf(lines[len(lines)-1]+Space+" ", sizePanel, SemiBold)+WidthOf(p.Unit, SizeTick, Regular) > wide
}

func (p *Panel) drawAxes(c draw.Canvas, data vg.Rectangle, toX, toY func(float64) vg.Length) {
	stroke := func(colour color.Color, width float64, dashes []vg.Length, points ...vg.Point) {
		c.StrokeLines(draw.LineStyle{Color: colour, Width: vg.Points(width), Dashes: dashes}, points)
	}
	label := TextStyle(SizeTick, Regular, Grey)
	for _, t := range p.Y.Ticks {
		y := toY(t.At)
		if y > data.Min.Y+vg.Points(.5) {
			stroke(Hairline, .7, nil, vg.Point{X: data.Min.X, Y: y}, vg.Point{X: data.Max.X, Y: y})
		}
		if !p.bare {
			// The hundredth of a point keeps a label that was measured to fit from being cut by rounding.
			lines := tickLines(t.Label, data.Min.X-c.Min.X-vg.Points(tickGap)+vg.Points(.01))
			step := vg.Points(SizeTick * 1.15)
			base := y - CapHeight(SizeTick)/2 + step*vg.Length(len(lines)-1)/2
			for _, line := range lines {
				Write(c, line, label, vg.Point{X: data.Min.X - vg.Points(tickGap), Y: base}, 1)
				base -= step
			}
		}
	}
	for _, t := range p.Levels {
		if p.Y.Contains(t.At) {
			stroke(Grey, .8, []vg.Length{vg.Points(1), vg.Points(2)}, vg.Point{X: data.Min.X, Y: toY(t.At)},
				vg.Point{X: data.Max.X, Y: toY(t.At)})
		}
	}
	stroke(Ink, .9, nil, data.Min, vg.Point{X: data.Max.X, Y: data.Min.Y})
	for _, at := range p.X.minor {
		stroke(Ink, .7, nil, vg.Point{X: toX(at), Y: data.Min.Y}, vg.Point{X: toX(at),
			Y: data.Min.Y - vg.Points(tickLength*.6)})
	}
	base := data.Min.Y - vg.Points(tickLength+2) - CapHeight(SizeTick)
	every := p.X.labelled(toX)
	for i, t := range p.X.Ticks {
		x := toX(t.At)
		stroke(Ink, .9, nil, vg.Point{X: x, Y: data.Min.Y}, vg.Point{X: x, Y: data.Min.Y - vg.Points(tickLength)})
		if i%every == 0 {
			Write(c, t.Label, label, vg.Point{X: x, Y: base}, .5)
		}
	}
	for _, line := range p.xUnitLines(c.Max.X - c.Min.X) { // below the data, but within the panel
		base -= LineHeight(SizeTick)
		half := WidthOf(line, SizeTick, Regular) / 2
		Write(c, line, label, vg.Point{X: confine((data.Min.X+data.Max.X)/2, c.Min.X+half, c.Max.X-half), Y: base}, .5)
	}
}

// xUnitLines is the unit of the x axis of a panel of some width in at most two lines.
func (p *Panel) xUnitLines(wide vg.Length) []string {
	return wrapTo(p.XUnit, 2, SizeTick, Regular, wide)
}

// endRoom is the width left for the text of labels at the right. The hundredth of a point keeps a
// label that was measured to fit from being broken by rounding.
func (p *Panel) endRoom(c draw.Canvas, data vg.Rectangle) vg.Length {
	wide := c.Max.X - data.Max.X - vg.Points(labelGap) + vg.Points(.01)
	if len(p.Ends)+len(p.Levels) > 1 {
		wide -= vg.Points(leaderRoom)
	}
	return wide
}
