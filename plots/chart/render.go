package chart

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"slices"
	"strings"
	"sync"

	"github.com/klauspost/compress/zlib"

	"simulate/internal/aside"
	"simulate/internal/visible"
	"simulate/internal/wholefile"
)

const inchesPerMetre = 39.37007874

// PNG draws the chart at a resolution in dots per inch and stores resolution, title and source in
// the file.
func (ch *Chart) PNG(dpi int) ([]byte, error) {
	l := ch.LayOut()
	if err := l.fits(ch.Size); err != nil {
		return nil, err
	}
	canvas := newPicture(l.Width, l.Height, int(float64(dpi)*l.scale+.5))
	defer canvas.done()
	ch.Render(canvas)
	perMetre := uint32(float64(dpi)*inchesPerMetre + .5)
	resolution := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, perMetre), perMetre)
	extra := chunk("pHYs", append(resolution, 1))
	for _, text := range [][2]string{{"Title", ch.Title}, {"Description", ch.Subtitle}, {"Source", ch.Source},
		{"Software", "simulate"}} {
		extra = append(extra, textChunk(text[0], Breakable(text[1]))...)
	}
	return encode(canvas.dots, extra)
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

// Formats are the kinds of files in which charts are saved, the first by default.
var Formats = []string{"png", "svg", "pdf"}

// Save writes the chart into a file, whole or not at all: as SVG, as PDF, or as PNG with a
// resolution, 300 dots per inch for 0.
func (ch *Chart) Save(file, format string, dpi int) error {
	var b []byte
	var err error
	switch {
	case format == "svg":
		b, err = ch.SVG()
	case format == "pdf":
		b, err = ch.PDF()
	case dpi == 0:
		b, err = ch.PNG(300)
	default:
		b, err = ch.PNG(dpi)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	if err := aside.Folder(file); err != nil {
		return err
	}
	return wholefile.Write(file, b)
}

// packer makes the data of PNG files smaller. It takes a megabyte, which the next file uses again.
type packer struct {
	to  bytes.Buffer
	zip *zlib.Writer
}

var packers = sync.Pool{New: func() any {
	p := &packer{}
	p.zip, _ = zlib.NewWriterLevel(&p.to, zlib.BestSpeed) // an error is of another level
	return p
}}

// encode writes a picture without transparency as PNG with further chunks, its rows as they are:
// rows of figures repeat each other, so that the filters with which the standard library tries to
// make photographs smaller cost most of the time and save nothing. Its compressor takes twice as
// long too.
func encode(img *image.RGBA, chunks []byte) ([]byte, error) {
	wide, tall := img.Rect.Dx(), img.Rect.Dy()
	p := packers.Get().(*packer)
	defer packers.Put(p)
	p.to.Reset()
	p.zip.Reset(&p.to)
	row := make([]byte, 1+3*wide) // begins with the number of the filter: none
	for y := range tall {
		from, to := img.Pix[y*img.Stride:], row[1:]
		for x := range wide {
			dot, colour := to[3*x:3*x+3], from[4*x:4*x+3]
			dot[0], dot[1], dot[2] = colour[0], colour[1], colour[2]
		}
		if _, err := p.zip.Write(row); err != nil {
			return nil, err
		}
	}
	if err := p.zip.Close(); err != nil {
		return nil, err
	}
	const bits, colour = 8, 2 // a channel, of red, green and blue
	head := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, uint32(wide)), uint32(tall))
	return slices.Concat([]byte("\x89PNG\r\n\x1a\n"), chunk("IHDR", append(head, bits, colour, 0, 0, 0)), chunks,
		chunk("IDAT", p.to.Bytes()), chunk("IEND", nil)), nil
}
