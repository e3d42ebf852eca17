package chart

import (
	"bytes"
	"image"
	"image/png"
	"math"
	"testing"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
)

// TestPictureHasItsText holds text on a picture against that of the canvas below it, level, moved
// and turned.
func TestPictureHasItsText(t *testing.T) {
	const width, height, dpi = 3 * vg.Inch, 2 * vg.Inch, 300
	write := func(to vg.Canvas) {
		c := draw.NewCanvas(to, width, height)
		Write(c, "Sales of “Müller”, 2024–25", TextStyle(12, SemiBold, Ink), vg.Point{X: 10, Y: 100}, 0)
		c.Push()
		c.Translate(vg.Point{X: 30.3, Y: 7.7})
		Write(c, "moved", TextStyle(9, Regular, Vermilion), vg.Point{X: 50, Y: 50}, .5)
		c.Rotate(math.Pi / 2)
		Write(c, "turned", TextStyle(9, Regular, Blue), vg.Point{X: 10, Y: -120}, 0)
		c.Pop()
	}
	for range 2 { // the second time on the memory of the first
		got := newPicture(width, height, dpi)
		want := vgimg.NewWith(vgimg.UseWH(width, height), vgimg.UseDPI(dpi))
		write(got)
		write(want)
		dark, apart := 0., 0.
		for i, v := range want.Image().(*image.RGBA).Pix {
			dark += 255 - float64(v)
			apart += math.Abs(float64(v) - float64(got.dots.Pix[i]))
		}
		if apart > .1*dark {
			t.Errorf("text differs by %.0f %% of its ink", 100*apart/dark)
		}
		got.done()
	}
}

// TestPackedInBands: a picture of several bands is read back dot by dot, whatever the height of the
// last band.
func TestPackedInBands(t *testing.T) {
	for _, tall := range []int{1, bandRows, bandRows + 1, 3*bandRows - 1} {
		img := image.NewRGBA(image.Rect(0, 0, 301, tall))
		state := uint32(tall)
		for i := range img.Pix {
			state = state*1664525 + 1013904223
			if img.Pix[i] = byte(state >> 24); i%4 == 3 {
				img.Pix[i] = 255
			}
		}
		b, err := encode(img, nil)
		if err != nil {
			t.Fatal(err)
		}
		got, err := png.Decode(bytes.NewReader(b)) // checks the sum of all bands
		if err != nil {
			t.Fatalf("%d rows: %v", tall, err)
		}
		if got.Bounds() != img.Rect {
			t.Fatalf("%v, want %v", got.Bounds(), img.Rect)
		}
		for y := range tall {
			for x := range 301 {
				if got.(*image.RGBA).RGBAAt(x, y) != img.RGBAAt(x, y) {
					t.Fatalf("%d rows: the dot at %d, %d differs", tall, x, y)
				}
			}
		}
	}
}
