package chart

import (
	"bytes"
	"image"
	"image/color"
	"math"
	"time"

	"codeberg.org/go-pdf/fpdf"

	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"

	"simulate/internal/visible"
)

// pdfDate stands in every PDF file as its date: the same chart has the same bytes whenever it is
// drawn.
var pdfDate = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

// PDF draws the chart as one page of its printed size. Text stays text in the page's own fonts, of
// which only the letters in use are embedded.
func (ch *Chart) PDF() ([]byte, error) {
	l := ch.LayOut()
	if err := l.fits(ch.Size); err != nil {
		return nil, err
	}
	doc := fpdf.NewCustom(&fpdf.InitType{UnitStr: "pt", Size: fpdf.SizeType{Wd: l.Width.Points() * l.scale,
		Ht: l.Height.Points() * l.scale}})
	doc.SetCatalogSort(true)
	doc.SetCreationDate(pdfDate)
	doc.SetModificationDate(pdfDate)
	doc.SetProducer("simulate", true)
	doc.SetCreator("simulate", true)
	doc.SetTitle(visible.Text(Breakable(ch.Title)), true)
	doc.SetSubject(visible.Text(Breakable(ch.Subtitle)), true)
	doc.SetKeywords(visible.Text(Breakable(ch.Source)), true)
	doc.SetLang("en")
	doc.SetMargins(0, 0, 0)
	doc.SetAutoPageBreak(false, 0)
	doc.AddUTF8FontFromBytes(pdfFamily, "", fontFile(regularFile))
	doc.AddUTF8FontFromBytes(pdfFamily, "B", fontFile(semiBoldFile))
	doc.AddPage()
	canvas := newPDFCanvas(doc, l.Height, l.scale)
	l.lay(canvas)
	ch.Render(canvas)
	var b bytes.Buffer
	err := doc.Output(&b)
	return b.Bytes(), err
}

const pdfFamily = "Inter"

// pdfCanvas draws on a page of a PDF document, whose y axis points down.
type pdfCanvas struct {
	doc   *fpdf.Fpdf
	state []pdfState
}

type pdfState struct {
	// a point (x, y) goes to (xx·x + xy·y + x0, yx·x + yy·y + y0)
	xx, xy, x0, yx, yy, y0 float64
	width                  vg.Length
	dashes                 []vg.Length
	offset                 vg.Length
	colour                 color.NRGBA
}

func newPDFCanvas(doc *fpdf.Fpdf, height vg.Length, scale float64) *pdfCanvas {
	c := &pdfCanvas{doc: doc, state: []pdfState{{xx: scale, yy: -scale, y0: height.Points() * scale}}}
	vg.Initialize(c)
	return c
}

func (c *pdfCanvas) now() *pdfState { return &c.state[len(c.state)-1] }

func (s *pdfState) place(p vg.Point) (x, y float64) {
	px, py := p.X.Points(), p.Y.Points()
	return s.xx*px + s.xy*py + s.x0, s.yx*px + s.yy*py + s.y0
}

// scale is the factor by which lengths grow.
func (s *pdfState) scale() float64 { return math.Sqrt(math.Abs(s.xx*s.yy - s.xy*s.yx)) }

// SetLineWidth sets the width of lines.
func (c *pdfCanvas) SetLineWidth(w vg.Length) { c.now().width = w }

// SetLineDash sets the pattern of lines.
func (c *pdfCanvas) SetLineDash(dashes []vg.Length, offset vg.Length) {
	c.now().dashes, c.now().offset = dashes, offset
}

// SetColor sets the colour of lines, areas and text.
func (c *pdfCanvas) SetColor(colour color.Color) {
	if colour == nil {
		colour = color.Black
	}
	c.now().colour = color.NRGBAModel.Convert(colour).(color.NRGBA)
}

// Rotate turns what follows by an angle in radians.
func (c *pdfCanvas) Rotate(angle float64) {
	sin, cos := math.Sincos(angle)
	s := c.now()
	s.xx, s.xy, s.yx, s.yy = s.xx*cos+s.xy*sin, s.xy*cos-s.xx*sin, s.yx*cos+s.yy*sin, s.yy*cos-s.yx*sin
}

// Translate moves what follows.
func (c *pdfCanvas) Translate(p vg.Point) { c.now().x0, c.now().y0 = c.now().place(p) }

// Scale stretches what follows.
func (c *pdfCanvas) Scale(x, y float64) {
	s := c.now()
	s.xx, s.yx, s.xy, s.yy = s.xx*x, s.yx*x, s.xy*y, s.yy*y
}

// Push keeps the state until Pop.
func (c *pdfCanvas) Push() { c.state = append(c.state, *c.now()) }

// Pop takes the state of the last Push back.
func (c *pdfCanvas) Pop() { c.state = c.state[:len(c.state)-1] }

// Stroke draws a path's line.
func (c *pdfCanvas) Stroke(path vg.Path) {
	s := c.now()
	if s.width <= 0 {
		return
	}
	c.doc.SetLineWidth(s.width.Points() * s.scale())
	pattern := make([]float64, len(s.dashes))
	for i, d := range s.dashes {
		pattern[i] = d.Points() * s.scale()
	}
	c.doc.SetDashPattern(pattern, s.offset.Points()*s.scale())
	c.doc.SetDrawColor(int(s.colour.R), int(s.colour.G), int(s.colour.B))
	c.paint(path, "D")
}

// Fill paints a path's area.
func (c *pdfCanvas) Fill(path vg.Path) {
	s := c.now()
	c.doc.SetFillColor(int(s.colour.R), int(s.colour.G), int(s.colour.B))
	c.paint(path, "F")
}

func (c *pdfCanvas) paint(path vg.Path, style string) {
	s := c.now()
	c.doc.SetAlpha(float64(s.colour.A)/255, "Normal")
	begun := false
	to := func(p vg.Point) {
		x, y := s.place(p)
		if !begun {
			c.doc.MoveTo(x, y)
			begun = true
			return
		}
		c.doc.LineTo(x, y)
	}
	for _, part := range path {
		switch part.Type {
		case vg.MoveComp:
			begun = false
			to(part.Pos)
		case vg.LineComp:
			to(part.Pos)
		case vg.ArcComp:
			c.arc(part, to)
		case vg.CurveComp:
			x, y := s.place(part.Pos)
			ax, ay := s.place(part.Control[0])
			if len(part.Control) == 1 {
				c.doc.CurveTo(ax, ay, x, y)
				break
			}
			bx, by := s.place(part.Control[1])
			c.doc.CurveBezierCubicTo(ax, ay, bx, by, x, y)
		case vg.CloseComp:
			c.doc.ClosePath()
		}
	}
	c.doc.DrawPath(style)
}

// arc draws a part of a circle in Bézier curves of at most a quarter each.
func (c *pdfCanvas) arc(a vg.PathComp, to func(vg.Point)) {
	s := c.now()
	at := func(angle, along float64) vg.Point { // along the tangent, in radii
		sin, cos := math.Sincos(angle)
		return vg.Point{X: a.Pos.X + a.Radius*vg.Length(cos-along*sin), Y: a.Pos.Y + a.Radius*vg.Length(sin+along*cos)}
	}
	to(at(a.Start, 0))
	n := max(1, int(math.Ceil(math.Abs(a.Angle)/(math.Pi/2)-1e-9)))
	step := a.Angle / float64(n)
	handle := 4. / 3 * math.Tan(step/4)
	for i := range n {
		from, end := a.Start+float64(i)*step, a.Start+float64(i+1)*step
		ax, ay := s.place(at(from, handle))
		bx, by := s.place(at(end, -handle))
		x, y := s.place(at(end, 0))
		c.doc.CurveBezierCubicTo(ax, ay, bx, by, x, y)
	}
}

// FillString writes a line of text with its left end at a point.
func (c *pdfCanvas) FillString(face font.Face, at vg.Point, s string) { c.fillAligned(face, at, s, 0) }

func (c *pdfCanvas) fillAligned(face font.Face, at vg.Point, text string, align float64) {
	s := c.now()
	style := ""
	if face.Font.Weight == SemiBold {
		style = "B"
	}
	text = visible.Text(Breakable(text))
	c.doc.SetFont(pdfFamily, style, face.Font.Size.Points()*s.scale())
	c.doc.SetTextColor(int(s.colour.R), int(s.colour.G), int(s.colour.B))
	c.doc.SetAlpha(float64(s.colour.A)/255, "Normal")
	x, y := s.place(at)
	turn := math.Atan2(s.yx, s.xx) // clockwise on the page
	if turn != 0 {
		c.doc.TransformBegin()
		c.doc.TransformRotate(-turn*180/math.Pi, x, y)
	}
	c.doc.Text(x-c.doc.GetStringWidth(text)*align, y, text)
	if turn != 0 {
		c.doc.TransformEnd()
	}
}

// DrawImage puts a picture into a rectangle.
func (c *pdfCanvas) DrawImage(vg.Rectangle, image.Image) {
	panic("chart: figures hold no pictures, only lines, areas and text")
}
