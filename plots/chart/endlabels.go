package chart

import (
	"image/color"
	"math"
	"sort"
	"strings"

	xfont "golang.org/x/image/font"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// EndLabel names a line at the right of the data area in the line's colour.
type EndLabel struct {
	Text   string
	Value  string  // after the text, e.g. the last value; may be empty
	At     float64 // y of the line's end
	Colour color.NRGBA
	Weight xfont.Weight
	Rank   int // labels of the highest rank are left out first when there is no room

	lines []string
	y     vg.Length // centre, once placed
}

const (
	labelGap    = 6  // points between the data area and its labels
	leaderShift = 5  // points of displacement from which a label is tied to its line
	leaderRoom  = 10 // points of the leader
)

// layOut breaks the label into lines no wider than most and returns its width.
func (l *EndLabel) layOut(most vg.Length) vg.Length {
	whole := l.Text
	if l.Value != "" {
		whole += Space + " " + l.Value
	}
	lines := 4
	if l.Value != "" {
		lines = 3
	}
	if l.lines = wrap(whole, sizeLabel, l.Weight, most); len(l.lines) > lines {
		if l.Value == "" {
			l.lines = wrapTo(whole, lines, sizeLabel, l.Weight, most)
		} else { // a name is cut, a value never
			l.lines = append(wrapTo(l.Text, lines-1, sizeLabel, l.Weight, most), l.Value)
		}
	}
	var widest vg.Length
	for _, s := range l.lines {
		widest = max(widest, WidthOf(s, sizeLabel, l.Weight))
	}
	return widest
}

func (l *EndLabel) height() vg.Length { return vg.Length(len(l.lines)) * vg.Points(sizeLabel*1.15) }

// place moves labels apart: each stays as near to its line as the others allow, in the lines'
// order, inside [bottom, top]. Labels that do not fit are left out, the least important first.
func place(labels []EndLabel, toY func(float64) vg.Length, bottom, top vg.Length) []EndLabel {
	kept := append([]EndLabel(nil), labels...)
	sort.SliceStable(kept, func(i, j int) bool { return kept[i].Rank < kept[j].Rank })
	var total vg.Length
	for i := range kept {
		if total += kept[i].height(); total > top-bottom && i > 0 {
			kept = kept[:i]
			break
		}
	}
	for i := range kept {
		kept[i].y = toY(kept[i].At)
	}
	sort.SliceStable(kept, func(i, j int) bool { return kept[i].y < kept[j].y })

	// Pooling of neighbours: a group of touching labels is centred on the mean of the wished places.
	type group struct {
		first, last int
		size        vg.Length
		wish        vg.Length // wished lower edge
	}
	var groups []group
	for i := range kept {
		h := kept[i].height()
		g := group{i, i, h, kept[i].y - h/2}
		g.wish = confine(g.wish, bottom, top-g.size)
		for len(groups) > 0 {
			before := groups[len(groups)-1]
			if before.wish+before.size <= g.wish {
				break
			}
			groups = groups[:len(groups)-1]
			n, m := vg.Length(before.last-before.first+1), vg.Length(g.last-g.first+1)
			g.wish = (n*before.wish + m*(g.wish-before.size)) / (n + m)
			g.first, g.size = before.first, before.size+g.size
			g.wish = confine(g.wish, bottom, top-g.size)
		}
		groups = append(groups, g)
	}
	for _, g := range groups {
		edge := g.wish
		for i := g.first; i <= g.last; i++ {
			kept[i].y = edge + kept[i].height()/2
			edge += kept[i].height()
		}
	}
	return kept
}

func confine(v, lo, hi vg.Length) vg.Length { return max(lo, min(hi, v)) }

// endWidth is the width that labels at the right of a panel may take: a quarter of it, and more for
// a word that would be broken.
func endWidth(labels []EndLabel, panel vg.Length) vg.Length {
	const usual, most = .25, .38
	width := max(panel*usual, vg.Points(60))
	for _, l := range labels {
		for _, word := range strings.Split(l.Text, " ") {
			if wide := WidthOf(word, sizeLabel, l.Weight); wide <= panel*most {
				width = max(width, wide)
			}
		}
	}
	return width
}

// gutter returns the width the labels take, each no wider than most, and whether some need a
// leader.
func gutter(labels []EndLabel, most vg.Length) vg.Length {
	var widest vg.Length
	for i := range labels {
		widest = max(widest, labels[i].layOut(most))
	}
	if widest == 0 {
		return 0
	}
	return widest + vg.Points(labelGap)
}

// drawEndLabels writes placed labels right of the data area, with leaders where any label has moved
// far.
func drawEndLabels(c draw.Canvas, labels []EndLabel, toY func(float64) vg.Length, right vg.Length) {
	shifted := false
	for _, l := range labels {
		shifted = shifted || math.Abs(float64(l.y-toY(l.At))) > leaderShift
	}
	x := right + vg.Points(labelGap)
	if shifted {
		x += vg.Points(leaderRoom)
	}
	for _, l := range labels {
		if math.Abs(float64(l.y-toY(l.At))) > leaderShift {
			c.StrokeLines(draw.LineStyle{Color: Faint(l.Colour, 150), Width: vg.Points(.6)}, []vg.Point{
				{X: right + vg.Points(2), Y: toY(l.At)}, {X: right + vg.Points(5), Y: toY(l.At)},
				{X: x - vg.Points(5), Y: l.y}, {X: x - vg.Points(2), Y: l.y}})
		}
		step := vg.Points(sizeLabel * 1.15)
		base := l.y + step*vg.Length(len(l.lines)-1)/2 - CapHeight(sizeLabel)/2
		for _, s := range l.lines {
			Write(c, s, TextStyle(sizeLabel, l.Weight, readable(l.Colour)), vg.Point{X: x, Y: base}, 0)
			base -= step
		}
	}
}
