package chart

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"slices"
	"strings"

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
func chunk(kind string, data ...[]byte) []byte {
	length := 0
	for _, part := range data {
		length += len(part)
	}
	b := binary.BigEndian.AppendUint32(make([]byte, 0, length+12), uint32(length))
	b = append(b, kind...)
	for _, part := range data {
		b = append(b, part...)
	}
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

// encode writes a picture without transparency as PNG with further chunks, its rows as they are:
// rows of figures repeat each other, so that the filters with which the standard library tries to
// make photographs smaller cost most of the time and save nothing.
func encode(img *image.RGBA, chunks []byte) ([]byte, error) {
	packed, err := pack(img)
	if err != nil {
		return nil, err
	}
	const bits, colour = 8, 2 // a channel, of red, green and blue
	head := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, uint32(img.Rect.Dx())),
		uint32(img.Rect.Dy()))
	return slices.Concat([]byte("\x89PNG\r\n\x1a\n"), chunk("IHDR", append(head, bits, colour, 0, 0, 0)), chunks,
		chunk("IDAT", packed...), chunk("IEND")), nil
}
