package chart

import (
	"image/color"
	"math"
	"sort"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Marker is a date at which something happens: a dashed vertical line through the data area, named
// above it.
type Marker struct {
	Date   float64 // decimal year
	Label  string
	Colour color.NRGBA

	row   int
	x     vg.Length // left edge of the placed label
	Shown string    // the label as it fits
}

const rowBase = 7.5 // points from the data area to the first row's baseline

// PlaceMarkers gives each label a row above the data area. The label begins at its line, or ends at
// the right edge. Rows fill from the latest marker to the earliest, so that lines pass left of the
// labels below their own. It returns the number of rows in use.
func PlaceMarkers(markers []Marker, toX func(float64) vg.Length, left, right vg.Length) ([]Marker, int) {
	placed := append([]Marker(nil), markers...)
	sort.SliceStable(placed, func(i, j int) bool { return placed[i].Date < placed[j].Date })
	const gap = 3.5 // points between labels of a row
	var taken [][][2]vg.Length
	for i := len(placed) - 1; i >= 0; i-- {
		m := &placed[i]
		if m.Label == "" {
			continue
		}
		line := toX(m.Date)
		m.Shown = Cut(m.Label, SizeMarker, Regular, (right-left)*.62)
		wide := WidthOf(m.Shown, SizeMarker, Regular)
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

// drawMarkers draws the lines from the data area up to the labels, then the labels over them. lift
// is the height of the bars between the data and the labels.
func drawMarkers(c draw.Canvas, markers []Marker, toX func(float64) vg.Length, data vg.Rectangle, lift vg.Length) {
	step := LineHeight(SizeMarker)
	for _, m := range markers {
		top := data.Max.Y + lift
		if m.Shown != "" {
			top += step*vg.Length(m.row+1) + vg.Points(1)
		}
		x := toX(m.Date)
		c.StrokeLines(draw.LineStyle{Color: m.Colour, Width: vg.Points(.8), Dashes: []vg.Length{vg.Points(2.5),
			vg.Points(2)}},
			[]vg.Point{{X: x, Y: data.Min.Y}, {X: x, Y: top}})
	}
	for _, m := range markers {
		if m.Shown == "" {
			continue
		}
		base := data.Max.Y + lift + step*vg.Length(m.row) + vg.Points(rowBase)
		FillBox(c, Paper, m.x-vg.Points(1), base-vg.Points(2), m.x+WidthOf(m.Shown, SizeMarker, Regular)+vg.Points(1),
			base+CapHeight(SizeMarker)+vg.Points(1))
		Write(c, m.Shown, TextStyle(SizeMarker, Regular, readable(m.Colour)), vg.Point{X: m.x, Y: base}, 0)
	}
}

const (
	barHeight = 2.6 // points of a bar
	barPitch  = 5   // from one bar to the next above it
	barGap    = 3   // from the data to the lowest bar
)

// barRoom is the height of the bars above the data area.
func (p *Panel) barRoom() vg.Length {
	lanes := 0
	for _, w := range p.Windows {
		lanes = max(lanes, w.Lane+1)
	}
	if lanes == 0 {
		return 0
	}
	return vg.Points(barGap + barPitch*float64(lanes))
}

// drawWindows draws the bars of policies in force. A dotted line leads from a bar's end through the
// data; a bar without end runs out in an arrow.
func (p *Panel) drawWindows(c draw.Canvas, toX func(float64) vg.Length, data vg.Rectangle) {
	for _, w := range p.Windows {
		base := data.Max.Y + vg.Points(barGap+barPitch*float64(w.Lane))
		top, middle := base+vg.Points(barHeight), base+vg.Points(barHeight)/2
		left, right := toX(math.Max(w.From, p.X.Min)), data.Max.X
		if math.IsInf(w.Until, 1) {
			right -= vg.Points(4)
			c.FillPolygon(w.Colour, []vg.Point{{X: right, Y: middle - vg.Points(2.6)}, {X: right + vg.Points(4), Y: middle},
				{X: right, Y: middle + vg.Points(2.6)}})
		} else {
			right = toX(math.Min(w.Until, p.X.Max))
			c.StrokeLines(draw.LineStyle{Color: w.Colour, Width: vg.Points(.8), Dashes: []vg.Length{vg.Points(.8),
				vg.Points(2.4)}},
				[]vg.Point{{X: right, Y: base}, {X: right, Y: data.Min.Y}})
			FillBox(c, w.Colour, right-vg.Points(.6), middle-vg.Points(2.6), right+vg.Points(.6), middle+vg.Points(2.6))
		}
		FillBox(c, w.Colour, left, base, right, top)
	}
}

// FillBox fills a rectangle.
func FillBox(c draw.Canvas, colour color.Color, left, bottom, right, top vg.Length) {
	c.FillPolygon(colour, []vg.Point{{X: left, Y: bottom}, {X: right, Y: bottom}, {X: right, Y: top}, {X: left, Y: top}})
}

// Window is a time in which policies are in force, drawn as a bar above the data.
type Window struct {
	From, Until float64 // cut to the axis; until is +Inf where there is no end
	Colour      color.NRGBA
	Lane        int // from the data upwards
}
