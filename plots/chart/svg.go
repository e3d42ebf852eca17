package chart

import (
	"bytes"
	"fmt"
	"html"
	"image/color"
	"strings"

	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/vgsvg"

	"simulate/internal/visible"
)

// svgFonts are what SVG files ask for: Inter where it is installed, otherwise a face much like it.
const svgFonts = "Inter, 'Helvetica Neue', Helvetica, Arial, sans-serif"

// SVG draws the chart with its text as text, to be searched, edited and read aloud. Each line of
// text carries its width, so that it fits where Inter is not installed.
func (ch *Chart) SVG() ([]byte, error) {
	l := ch.LayOut()
	if err := l.fits(ch.Size); err != nil {
		return nil, err
	}
	canvas := vgsvg.New(l.Width, l.Height)
	words := &lettered{Canvas: canvas, height: l.Height}
	l.lay(words)
	ch.Render(words)
	var b bytes.Buffer
	if _, err := canvas.WriteTo(&b); err != nil {
		return nil, err
	}
	open, closed := strings.Index(b.String(), "<svg"), strings.LastIndex(b.String(), "</svg>")
	if open < 0 || closed < 0 {
		return nil, fmt.Errorf("the drawing has no <svg> element")
	}
	start := open + strings.Index(b.String()[open:], ">") + 1
	out := fmt.Sprintf(`<?xml version="1.0" encoding="UTF-8"?>
<svg width="%.5gmm" height="%.5gmm" viewBox="0 0 %.5g %.5g" xmlns="http://www.w3.org/2000/svg" role="img">
<title>%s</title>
<desc>%s</desc>%s<g font-family="%s" xml:space="preserve">
%s</g>
</svg>
`, millimetres(l.Width, l.scale), millimetres(l.Height, l.scale), l.Width.Points(), l.Height.Points(),
		html.EscapeString(Breakable(ch.Title)), html.EscapeString(Breakable(ch.Subtitle+". "+ch.Source)),
		b.String()[start:closed], svgFonts, words.text.String())
	return []byte(visible.Text(out)), nil
}

func millimetres(length vg.Length, scale float64) float64 {
	return float64(length/vg.Millimeter) * scale
}

// lettered collects text as elements that stand above the drawing.
type lettered struct {
	vg.Canvas
	height vg.Length
	colour color.Color
	text   strings.Builder
}

// SetColor sets the colour of what follows.
func (l *lettered) SetColor(c color.Color) {
	l.colour = c
	l.Canvas.SetColor(c)
}

// FillString writes a line of text with its left end at a point.
func (l *lettered) FillString(face font.Face, at vg.Point, s string) { l.fillAligned(face, at, s, 0) }

func (l *lettered) fillAligned(face font.Face, at vg.Point, s string, align float64) {
	anchor := ""
	switch align {
	case .5:
		anchor = ` text-anchor="middle"`
	case 1:
		anchor = ` text-anchor="end"`
	}
	weight := ""
	if face.Font.Weight == SemiBold {
		weight = ` font-weight="600"`
	}
	r, g, b, _ := l.colour.RGBA()
	fmt.Fprintf(&l.text, `<text x="%.2f" y="%.2f" font-size="%.4g"%s%s textLength="%.2f" lengthAdjust="spacingAndGlyphs" `+
		`fill="#%02x%02x%02x">%s</text>`+"\n", at.X.Points(), (l.height - at.Y).Points(), face.Font.Size.Points(), weight,
		anchor, face.Width(s).Points(), r>>8, g>>8, b>>8, html.EscapeString(Breakable(s)))
}
