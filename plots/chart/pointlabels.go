package chart

import (
	"image/color"
	"math"
	"sort"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// PointLabel names a point inside the data area. Labels of the highest rank give way to the others.
type PointLabel struct {
	Text   string
	X, Y   float64
	Colour color.NRGBA
	Rank   int
}

// obstacles are what labels inside the data area keep clear of: points strictly, lines and leaders
// where they can.
type obstacles struct {
	points  []vg.Point
	lines   [][2]vg.Point
	labels  []vg.Rectangle
	leaders [][2]vg.Point // of labels
}

const (
	pointRadius = 3.5 // points kept clear around a point
	crossing    = 3.5 // cost of a line below a label, as many points of distance times six
	near        = 9   // points up to which a label needs no leader
)

// leaderEnd is where the leader of a point meets its label.
func leaderEnd(at vg.Point, box vg.Rectangle) vg.Point {
	return vg.Point{X: confine(at.X, box.Min.X, box.Max.X), Y: confine(at.Y, box.Min.Y, box.Max.Y)}
}

// under is the cost of a leader that would pass below labels, or over points that are not at its
// own.
func (o obstacles) under(leader [2]vg.Point) (cost float64) {
	for _, t := range o.labels {
		if crosses(leader, t) {
			cost += 12 * crossing
		}
	}
	for _, p := range o.points {
		around := vg.Rectangle{Min: vg.Point{X: p.X - pointRadius, Y: p.Y - pointRadius}, Max: vg.Point{X: p.X + pointRadius,
			Y: p.Y + pointRadius}}
		away := math.Hypot(float64(p.X-leader[0].X), float64(p.Y-leader[0].Y))
		if away > 2*pointRadius && crosses(leader, around) {
			cost += 4 * crossing
		}
	}
	return cost
}

// placedLabel is a label with its place: the box of its text, and the end of its leader where it is
// far from its point.
type placedLabel struct {
	PointLabel
	at, end vg.Point
	box     vg.Rectangle
	far     bool
}

// placePointLabels finds each label the best of many places around its point: over no other point
// or label, crossing few lines, its leader over no other label or point, near. One without place is
// left out.
func placePointLabels(labels []PointLabel, o obstacles, toX, toY func(float64) vg.Length,
	data vg.Rectangle) (placed []placedLabel) {
	order := append([]PointLabel(nil), labels...)
	sort.SliceStable(order, func(i, j int) bool { return order[i].Rank < order[j].Rank })
	for _, l := range order {
		at := vg.Point{X: toX(l.X), Y: toY(l.Y)}
		box, far, ok := o.best(at, WidthOf(l.Text, SizeMarker, Regular), CapHeight(SizeMarker), data)
		if !ok {
			continue
		}
		far = far || nearerToAnother(box, at, order, toX, toY)
		p := placedLabel{PointLabel: l, at: at, end: leaderEnd(at, box), box: box, far: far}
		if o.labels = append(o.labels, box); far {
			o.leaders = append(o.leaders, [2]vg.Point{at, p.end})
		}
		placed = append(placed, p)
	}
	return placed
}

// nearerToAnother tells whether a label might be taken for that of another point, for it stands
// about as near to that.
func nearerToAnother(box vg.Rectangle, at vg.Point, labels []PointLabel, toX, toY func(float64) vg.Length) bool {
	const doubt = 3 // points
	from := func(p vg.Point) float64 {
		end := leaderEnd(p, box)
		return math.Hypot(float64(p.X-end.X), float64(p.Y-end.Y))
	}
	for _, l := range labels {
		other := vg.Point{X: toX(l.X), Y: toY(l.Y)}
		if other != at && from(other) < from(at)+doubt {
			return true
		}
	}
	return false
}

// drawPointLabels writes labels at their places. One far from its point is tied to it.
func drawPointLabels(c draw.Canvas, labels []PointLabel, o obstacles, toX, toY func(float64) vg.Length,
	data vg.Rectangle) {
	for _, l := range placePointLabels(labels, o, toX, toY, data) {
		if l.far {
			c.StrokeLines(draw.LineStyle{Color: Faint(l.Colour, 150), Width: vg.Points(.6)}, []vg.Point{l.at, l.end})
		}
		FillBox(c, Faint(Paper, 170), l.box.Min.X-1, l.box.Min.Y-1, l.box.Max.X+1, l.box.Max.Y+1)
		Write(c, l.Text, TextStyle(SizeMarker, Regular, readable(l.Colour)), l.box.Min, 0)
	}
}

// best tries places in sixteen directions at growing distance and returns the one with the least
// cost.
func (o obstacles) best(at vg.Point, wide, tall vg.Length, data vg.Rectangle) (box vg.Rectangle, far, ok bool) {
	least := math.Inf(1)
	for _, away := range []vg.Length{5, 9, 14, 20, 28, 38, 50, 64, 80} {
		for k := range 16 {
			sin, cos := math.Sincos(2 * math.Pi * float64(k) / 16)
			// The box touches a circle around the point with the side or corner that faces it.
			middle := vg.Point{X: at.X + vg.Length(cos)*(away+wide/2), Y: at.Y + vg.Length(sin)*(away+tall/2)}
			b := vg.Rectangle{Min: vg.Point{X: middle.X - wide/2, Y: middle.Y - tall/2}, Max: vg.Point{X: middle.X + wide/2,
				Y: middle.Y + tall/2}}
			cost, free := o.cost(b, data)
			if !free {
				continue
			}
			if cost += float64(away) / 6; away > near {
				cost += o.under([2]vg.Point{at, leaderEnd(at, b)})
			}
			if k%8 != 0 {
				cost += .3 // beside the point reads best
			}
			if cost < least {
				least, box, far, ok = cost, b, away > near, true
			}
		}
	}
	return box, far, ok
}

// cost counts the lines a box would cover; free is false where it covers a point or label or leaves
// the data area.
func (o obstacles) cost(b vg.Rectangle, data vg.Rectangle) (cost float64, free bool) {
	if b.Min.X < data.Min.X+2 || b.Max.X > data.Max.X+4 || b.Min.Y < data.Min.Y+2 || b.Max.Y > data.Max.Y+4 {
		return 0, false
	}
	for _, p := range o.points {
		if p.X > b.Min.X-pointRadius && p.X < b.Max.X+pointRadius && p.Y > b.Min.Y-pointRadius && p.Y < b.Max.Y+pointRadius {
			return 0, false
		}
	}
	const gap = 2 // points between labels
	for _, t := range o.labels {
		if b.Min.X < t.Max.X+gap && b.Max.X > t.Min.X-gap && b.Min.Y < t.Max.Y+gap && b.Max.Y > t.Min.Y-gap {
			return 0, false
		}
	}
	for _, l := range o.lines {
		if crosses(l, b) {
			cost += crossing
		}
	}
	for _, l := range o.leaders {
		if crosses(l, b) {
			cost += 12 * crossing
		}
	}
	return cost, true
}

// crosses tells whether a segment meets a box, by clipping it against each side (Liang and Barsky
// 1984).
func crosses(l [2]vg.Point, b vg.Rectangle) bool {
	from, to := 0.0, 1.0
	dx, dy := float64(l[1].X-l[0].X), float64(l[1].Y-l[0].Y)
	for _, side := range [][2]float64{
		{-dx, float64(l[0].X - b.Min.X)}, {dx, float64(b.Max.X - l[0].X)},
		{-dy, float64(l[0].Y - b.Min.Y)}, {dy, float64(b.Max.Y - l[0].Y)},
	} {
		p, q := side[0], side[1]
		switch {
		case p == 0 && q < 0:
			return false
		case p < 0:
			from = math.Max(from, q/p)
		case p > 0:
			to = math.Min(to, q/p)
		}
	}
	return from <= to
}
