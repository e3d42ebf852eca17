package chart

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"html"
	"image/png"
	"strings"

	"github.com/google/renameio/v2/maybe"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"

	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/vgimg"
	"gonum.org/v1/plot/vg/vgsvg"

	"simulate/internal/visible"
)

const inchesPerMetre = 39.37007874

// PNG draws the chart at a resolution in dots per inch and stores resolution, title and source in
// the file.
func (ch *Chart) PNG(dpi int) ([]byte, error) {
	l := ch.LayOut()
	canvas := vgimg.NewWith(vgimg.UseWH(l.Width, l.Height), vgimg.UseDPI(dpi), vgimg.UseBackgroundColor(Paper))
	ch.Render(canvas)
	var raw bytes.Buffer
	if err := png.Encode(&raw, canvas.Image()); err != nil {
		return nil, err
	}
	perMetre := uint32(float64(dpi)*inchesPerMetre + .5)
	resolution := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, perMetre), perMetre)
	extra := chunk("pHYs", append(resolution, 1))
	for _, text := range [][2]string{{"Title", ch.Title}, {"Description", ch.Subtitle}, {"Source", ch.Source},
		{"Software", "simulate"}} {
		extra = append(extra, textChunk(text[0], Breakable(text[1]))...)
	}

	const header = 8 + 25 // signature and IHDR, after which other chunks may stand
	b := raw.Bytes()
	return append(append(append([]byte(nil), b[:header]...), extra...), b[header:]...), nil
}

// Breakable puts plain spaces for those that keep words together on the page.
func Breakable(s string) string { return strings.ReplaceAll(s, Space, " ") }

// chunk is one block of a PNG file: length, kind, data, checksum.
func chunk(kind string, data []byte) []byte {
	b := binary.BigEndian.AppendUint32(nil, uint32(len(data)))
	b = append(append(b, kind...), data...)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[4:]))
}

// textChunk is an international text chunk: keyword, no compression, no language, UTF-8.
func textChunk(keyword, s string) []byte {
	return chunk("iTXt", []byte(keyword+"\x00\x00\x00\x00\x00"+visible.Text(s)))
}

// SVG draws the chart with its text as outlines, so that it looks the same where Inter is not
// installed.
func (ch *Chart) SVG() ([]byte, error) {
	l := ch.LayOut()
	canvas := vgsvg.New(l.Width, l.Height)
	ch.Render(&outlined{Canvas: canvas, glyphs: map[glyphKey]sfnt.Segments{}})
	var b bytes.Buffer
	if _, err := canvas.WriteTo(&b); err != nil {
		return nil, err
	}
	open := strings.Index(b.String(), "<svg")
	if open < 0 {
		return nil, fmt.Errorf("the drawing has no <svg> element")
	}
	end := open + strings.Index(b.String()[open:], ">") + 1
	about := "\n<title>" + html.EscapeString(Breakable(ch.Title)) + "</title>\n<desc>" +
		html.EscapeString(Breakable(ch.Subtitle+". "+ch.Source)) + "</desc>"
	return []byte(visible.Text(b.String()[:end] + about + b.String()[end:])), nil
}

// outlined draws text as filled paths.
type outlined struct {
	vg.Canvas
	glyphs map[glyphKey]sfnt.Segments
	buffer sfnt.Buffer
}

type glyphKey struct {
	font  *sfnt.Font
	glyph sfnt.GlyphIndex
}

func (o *outlined) FillString(f font.Face, at vg.Point, s string) {
	units := f.Face.UnitsPerEm()
	perEm := fixed.Int26_6(units)
	scale := f.Font.Size / vg.Length(units)
	var path vg.Path
	var before sfnt.GlyphIndex
	x := at.X
	for i, r := range s {
		glyph, err := f.Face.GlyphIndex(&o.buffer, r)
		if err != nil {
			continue
		}
		if i > 0 {
			if kern, err := f.Face.Kern(&o.buffer, before, glyph, perEm, 0); err == nil {
				x += vg.Length(kern) * scale
			}
		}
		before = glyph
		o.append(&path, f.Face, glyph, vg.Point{X: x, Y: at.Y}, scale)
		if advance, err := f.Face.GlyphAdvance(&o.buffer, glyph, perEm, 0); err == nil {
			x += vg.Length(advance) * scale
		}
	}
	o.Fill(path)
}

// append adds one glyph's outline. Font coordinates grow downwards, the canvas's upwards.
func (o *outlined) append(path *vg.Path, face *sfnt.Font, glyph sfnt.GlyphIndex, at vg.Point, scale vg.Length) {
	key := glyphKey{face, glyph}
	segments, known := o.glyphs[key]
	if !known {
		loaded, err := face.LoadGlyph(&o.buffer, glyph, fixed.Int26_6(face.UnitsPerEm()), nil)
		if err != nil {
			return
		}
		segments = append(sfnt.Segments(nil), loaded...)
		o.glyphs[key] = segments
	}
	point := func(p fixed.Point26_6) vg.Point {
		return vg.Point{X: at.X + vg.Length(p.X)*scale, Y: at.Y - vg.Length(p.Y)*scale}
	}
	for i, s := range segments {
		switch s.Op {
		case sfnt.SegmentOpMoveTo:
			if i > 0 {
				path.Close()
			}
			path.Move(point(s.Args[0]))
		case sfnt.SegmentOpLineTo:
			path.Line(point(s.Args[0]))
		case sfnt.SegmentOpQuadTo:
			path.QuadTo(point(s.Args[0]), point(s.Args[1]))
		case sfnt.SegmentOpCubeTo:
			path.CubeTo(point(s.Args[0]), point(s.Args[1]), point(s.Args[2]))
		}
	}
	if len(segments) > 0 {
		path.Close()
	}
}

// Save writes the chart into a file, whole or not at all: as SVG, or as PNG with a resolution, 300
// dots per inch for 0.
func (ch *Chart) Save(file, format string, dpi int) error {
	var b []byte
	var err error
	switch {
	case format == "svg":
		b, err = ch.SVG()
	case dpi == 0:
		b, err = ch.PNG(300)
	default:
		b, err = ch.PNG(dpi)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	return maybe.WriteFile(file, b, 0o644)
}
