package chart

import (
	"fmt"
	"math"

	"gonum.org/v1/plot/vg"
)

// Length is a length on paper, in points.
type Length = vg.Length

// Units are those in which users state lengths.
var Units = map[string]Length{"mm": vg.Millimeter, "cm": vg.Centimeter, "in": vg.Inch, "pt": 1}

// Size is the size of a figure as it is printed. A zero width is the usual page of 16 cm, whose
// type is large enough to be scaled to a column; a figure of a stated width is not to be scaled:
// its ticks print at 7 pt in a column of 85 mm, at 8 pt on a page of 160 mm. A zero height is what
// the parts need.
type Size struct{ Width, Height vg.Length }

// Bounds of a figure's width and height.
const (
	LeastWidth  = 50 * vg.Millimeter
	MostWidth   = 420 * vg.Millimeter // the long side of A3
	LeastHeight = 25 * vg.Millimeter
	MostHeight  = 420 * vg.Millimeter
)

// scale is printed length over length of the layout, in which type has one size.
func (s Size) scale() float64 {
	const (
		column, page     = 85 * vg.Millimeter, 160 * vg.Millimeter
		ofColumn, ofPage = .74, .85
	)
	scale := 1.
	switch {
	case s.Width == 0:
	case s.Width <= column:
		scale = ofColumn
	case s.Width >= page:
		scale = ofPage * float64(s.Width/page)
	default:
		scale = ofColumn + (ofPage-ofColumn)*float64((s.Width-column)/(page-column))
	}
	return math.Round(scale*300) / 300 // whole dots per inch in PNG files of 300
}

// width is the width of the layout.
func (s Size) width(scale float64) vg.Length {
	if s.Width == 0 {
		return pageWidth
	}
	return s.Width / vg.Length(scale)
}

// usualHeight is that of a page of one panel.
func usualHeight(width vg.Length) vg.Length { return PageHeight * (.45 + .55*width/pageWidth) }

// bareLess is what a page without title, subtitle and source line is lower by.
const bareLess = 2.6 * vg.Centimeter

// mostSubtitle is how many lines a subtitle may have: what five lines of the usual page hold.
func mostSubtitle(width vg.Length) int { return max(5, int(math.Ceil(float64(5.5*pageWidth/width)))) }

// TooLow is the error of a figure whose stated height does not hold its parts.
type TooLow struct{ Height, Least vg.Length }

func (t TooLow) Error() string {
	return fmt.Sprintf("a height of %.0f mm is too low: its parts need at least %.0f mm", t.Height/vg.Millimeter,
		math.Ceil(float64(t.Least/vg.Millimeter)-.01))
}

// Fits refuses a stated height below what the chart's parts need.
func (ch *Chart) Fits() error {
	if ch.Size.Height == 0 {
		return nil
	}
	return ch.LayOut().fits(ch.Size)
}

// fits refuses a stated height below what the parts need.
func (l layout) fits(s Size) error {
	if least := l.least * vg.Length(l.scale); s.Height > 0 && s.Height < least {
		return TooLow{s.Height, least}
	}
	return nil
}
