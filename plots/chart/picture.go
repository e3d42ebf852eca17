package chart

import (
	"image"
	"image/color"
	"image/draw"
	"sync"

	"git.sr.ht/~sbinet/gg"
	xfont "golang.org/x/image/font"
	"golang.org/x/image/math/fixed"

	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/vgimg"
)

// picture is a canvas of dots. Level text is set dot by dot where its letters are outlined, without
// turning a picture of each letter by no angle, which took most of the time of a figure.
type picture struct {
	*vgimg.Canvas
	dots   *image.RGBA
	under  *gg.Context // of the canvas
	colour color.Color
}

// dotsOf keeps the memory of pictures that are done for the next ones: fresh memory costs as much
// as it takes to draw on it, the more so while several processors draw.
var dotsOf sync.Pool // of *[]byte

// newPicture is a picture on Paper, of a size at a resolution in dots per inch. Give it back by
// done.
func newPicture(width, height vg.Length, dpi int) *picture {
	area := image.Rect(0, 0, int(width.Dots(float64(dpi))+.5), int(height.Dots(float64(dpi))+.5))
	dots := &image.RGBA{Stride: 4 * area.Dx(), Rect: area}
	if last, there := dotsOf.Get().(*[]byte); there && cap(*last) >= dots.Stride*area.Dy() {
		dots.Pix = (*last)[:dots.Stride*area.Dy()]
	} else {
		dots.Pix = make([]byte, dots.Stride*area.Dy())
	}
	under := gg.NewContextForRGBA(dots)
	under.SetLineCapButt()
	under.InvertY()
	draw.Draw(dots, area, image.NewUniform(Paper), image.Point{}, draw.Src)
	return &picture{vgimg.NewWith(vgimg.UseImageWithContext(dots, under), vgimg.UseDPI(dpi)), dots, under, color.Black}
}

// done says that nobody looks at the picture any more.
func (p *picture) done() { dotsOf.Put(&p.dots.Pix) }

// SetColor sets the colour of what follows.
func (p *picture) SetColor(c color.Color) {
	p.colour = c
	p.Canvas.SetColor(c)
}

// FillString writes a line of text with its left end at a point.
func (p *picture) FillString(face font.Face, at vg.Point, s string) {
	x, y := p.under.TransformPoint(at.X.Dots(p.DPI()), at.Y.Dots(p.DPI()))
	alongX, alongY := p.under.TransformPoint(at.X.Dots(p.DPI())+1, at.Y.Dots(p.DPI()))
	if alongY != y || alongX <= x {
		p.Canvas.FillString(face, at, s)
		return
	}
	letters := face.FontFace(p.DPI())
	defer letters.Close()
	const parts = 64 // of a dot
	to := xfont.Drawer{Dst: p.dots, Src: image.NewUniform(p.colour), Face: letters,
		Dot: fixed.Point26_6{X: fixed.Int26_6(x*parts + .5), Y: fixed.Int26_6(y*parts + .5)}}
	to.DrawString(s)
}
