package plots

import (
	"image/color"
	"math"
	"sort"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// marker is a date at which something happens: a dashed vertical line through the data area, named above it.
type marker struct {
	date   float64 // decimal year
	label  string
	colour color.NRGBA

	row   int
	x     vg.Length // left edge of the placed label
	shown string    // the label as it fits
}

const rowBase = 7.5 // points from the data area to the first row's baseline

// placeMarkers gives each label a row above the data area. The label begins at its line, or ends at the
// right edge. Rows fill from the latest marker to the earliest, so that lines pass left of the labels
// below their own. It returns the number of rows in use.
func placeMarkers(markers []marker, toX func(float64) vg.Length, left, right vg.Length) ([]marker, int) {
	placed := append([]marker(nil), markers...)
	sort.SliceStable(placed, func(i, j int) bool { return placed[i].date < placed[j].date })
	const gap = 3.5 // points between labels of a row
	var taken [][][2]vg.Length
	for i := len(placed) - 1; i >= 0; i-- {
		m := &placed[i]
		if m.label == "" {
			continue
		}
		line := toX(m.date)
		m.shown = cut(m.label, sizeMarker, regular, (right-left)*.62)
		wide := widthOf(m.shown, sizeMarker, regular)
		m.x = line + vg.Points(2)
		if m.x+wide > right {
			m.x = max(left, right-wide)
		}
		m.row = 0
		for m.row < len(taken) && overlaps(taken[m.row], m.x-vg.Points(gap), m.x+wide+vg.Points(gap)) {
			m.row++
		}
		if m.row == len(taken) {
			taken = append(taken, nil)
		}
		taken[m.row] = append(taken[m.row], [2]vg.Length{m.x, m.x + wide})
	}
	return placed, len(taken)
}

func overlaps(taken [][2]vg.Length, left, right vg.Length) bool {
	for _, t := range taken {
		if left < t[1] && right > t[0] {
			return true
		}
	}
	return false
}

// drawMarkers draws the lines from the data area up to the labels, then the labels over them. lift is the height of the bars
// between the data and the labels.
func drawMarkers(c draw.Canvas, markers []marker, toX func(float64) vg.Length, data vg.Rectangle, lift vg.Length) {
	step := lineHeight(sizeMarker)
	for _, m := range markers {
		top := data.Max.Y + lift
		if m.shown != "" {
			top += step*vg.Length(m.row+1) + vg.Points(1)
		}
		x := toX(m.date)
		c.StrokeLines(draw.LineStyle{Color: m.colour, Width: vg.Points(.8), Dashes: []vg.Length{vg.Points(2.5), vg.Points(2)}},
			[]vg.Point{{X: x, Y: data.Min.Y}, {X: x, Y: top}})
	}
	for _, m := range markers {
		if m.shown == "" {
			continue
		}
		base := data.Max.Y + lift + step*vg.Length(m.row) + vg.Points(rowBase)
		fillBox(c, paper, m.x-vg.Points(1), base-vg.Points(2), m.x+widthOf(m.shown, sizeMarker, regular)+vg.Points(1), base+capHeight(sizeMarker)+vg.Points(1))
		write(c, m.shown, textStyle(sizeMarker, regular, readable(m.colour)), vg.Point{X: m.x, Y: base}, 0)
	}
}

const (
	barHeight = 2.6 // points of a bar
	barPitch  = 5   // from one bar to the next above it
	barGap    = 3   // from the data to the lowest bar
)

// barRoom is the height of the bars above the data area.
func (p *panel) barRoom() vg.Length {
	lanes := 0
	for _, w := range p.windows {
		lanes = max(lanes, w.lane+1)
	}
	if lanes == 0 {
		return 0
	}
	return vg.Points(barGap + barPitch*float64(lanes))
}

// drawWindows draws the bars of policies in force. A dotted line leads from a bar's end through the data; a bar without end
// runs out in an arrow.
func (p *panel) drawWindows(c draw.Canvas, toX func(float64) vg.Length, data vg.Rectangle) {
	for _, w := range p.windows {
		base := data.Max.Y + vg.Points(barGap+barPitch*float64(w.lane))
		top, middle := base+vg.Points(barHeight), base+vg.Points(barHeight)/2
		left, right := toX(math.Max(w.from, p.x.min)), data.Max.X
		if math.IsInf(w.until, 1) {
			right -= vg.Points(4)
			c.FillPolygon(w.colour, []vg.Point{{X: right, Y: middle - vg.Points(2.6)}, {X: right + vg.Points(4), Y: middle}, {X: right, Y: middle + vg.Points(2.6)}})
		} else {
			right = toX(math.Min(w.until, p.x.max))
			c.StrokeLines(draw.LineStyle{Color: w.colour, Width: vg.Points(.8), Dashes: []vg.Length{vg.Points(.8), vg.Points(2.4)}},
				[]vg.Point{{X: right, Y: base}, {X: right, Y: data.Min.Y}})
			fillBox(c, w.colour, right-vg.Points(.6), middle-vg.Points(2.6), right+vg.Points(.6), middle+vg.Points(2.6))
		}
		fillBox(c, w.colour, left, base, right, top)
	}
}

func fillBox(c draw.Canvas, colour color.Color, left, bottom, right, top vg.Length) {
	c.FillPolygon(colour, []vg.Point{{X: left, Y: bottom}, {X: right, Y: bottom}, {X: right, Y: top}, {X: left, Y: top}})
}

// window is a time in which policies are in force, drawn as a bar above the data.
type window struct {
	from, until float64 // cut to the axis; until is +Inf where there is no end
	colour      color.NRGBA
	lane        int // from the data upwards
}
