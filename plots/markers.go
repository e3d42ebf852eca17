package plots

import (
	"image/color"
	"sort"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// marker is a dated event: a dashed vertical line through the data area, named above it.
type marker struct {
	date   float64 // decimal year
	label  string
	colour color.NRGBA

	row   int
	x     vg.Length // left edge of the placed label
	shown string    // the label as it fits; empty where there is no room
}

const (
	markerRows = 3   // at most that many rows of labels above the data area
	rowBase    = 7.5 // points from the data area to the first row's baseline
)

// placeMarkers gives each label a row above the data area. The label begins at its line, or ends at the
// right edge. Rows fill from the latest marker to the earliest, so that lines pass left of the labels
// below their own. It returns the number of rows in use.
func placeMarkers(markers []marker, toX func(float64) vg.Length, left, right vg.Length) ([]marker, int) {
	placed := append([]marker(nil), markers...)
	sort.SliceStable(placed, func(i, j int) bool { return placed[i].date < placed[j].date })
	const gap = 3.5 // points between labels of a row
	var taken [markerRows][][2]vg.Length
	rows := 0
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
		free := -1
		for row := range markerRows {
			clash := false
			for _, t := range taken[row] {
				clash = clash || (m.x < t[1]+vg.Points(gap) && m.x+wide > t[0]-vg.Points(gap))
			}
			if !clash {
				free = row
				break
			}
		}
		if free < 0 {
			m.shown = ""
			continue
		}
		m.row = free
		taken[free] = append(taken[free], [2]vg.Length{m.x, m.x + wide})
		rows = max(rows, free+1)
	}
	return placed, rows
}

// drawMarkers draws the lines from the data area up to the labels, then the labels over them.
func drawMarkers(c draw.Canvas, markers []marker, toX func(float64) vg.Length, data vg.Rectangle) {
	step := lineHeight(sizeMarker)
	for _, m := range markers {
		top := data.Max.Y
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
		base := data.Max.Y + step*vg.Length(m.row) + vg.Points(rowBase)
		fillBox(c, paper, m.x-vg.Points(1), base-vg.Points(2), m.x+widthOf(m.shown, sizeMarker, regular)+vg.Points(1), base+capHeight(sizeMarker)+vg.Points(1))
		write(c, m.shown, textStyle(sizeMarker, regular, readable(m.colour)), vg.Point{X: m.x, Y: base}, 0)
	}
}

func fillBox(c draw.Canvas, colour color.Color, left, bottom, right, top vg.Length) {
	c.FillPolygon(colour, []vg.Point{{X: left, Y: bottom}, {X: right, Y: bottom}, {X: right, Y: top}, {X: left, Y: top}})
}
