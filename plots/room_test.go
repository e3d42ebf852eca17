package plots

import (
	"testing"

	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/recorder"

	"simulate/plots/chart"
)

// textBox is a written line: from its baseline to the height of capitals.
type textBox struct {
	text                     string
	left, bottom, right, top vg.Length
}

// textCanvas keeps where text goes and draws nothing.
type textCanvas struct {
	recorder.Canvas
	boxes   []textBox
	rotated int
}

func (c *textCanvas) Rotate(float64) { c.rotated++ }
func (c *textCanvas) Pop()           { c.rotated = 0 }

func (c *textCanvas) FillString(f font.Face, at vg.Point, s string) {
	if c.rotated == 0 {
		c.boxes = append(c.boxes, textBox{s, at.X, at.Y, at.X + f.Width(s), at.Y + chart.CapHeight(float64(f.Font.Size))})
	}
}

// TestTextFindsRoom asks that no text leaves the page or covers other text.
func TestTextFindsRoom(t *testing.T) {
	for name, w := range map[string]world{"usual": usualWorld(), "three": threeCases(), "single": single(),
		"nasty": nasty(), "many": manyCases(), "twelve": twelve(), "thirteen": thirteen(), "overlapping": overlapping(),
		"oneRow": oneRow()} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for figure, ch := range charts(t, w.write(t)) {
				textFindsRoom(t, figure, ch)
			}
		})
	}
}

func textFindsRoom(t *testing.T, figure string, ch *chart.Chart) {
	t.Helper()
	l := ch.LayOut()
	var c textCanvas
	ch.Render(&c)
	if len(c.boxes) < 4 {
		t.Errorf("%s has %d lines of text", figure, len(c.boxes))
	}
	for i, b := range c.boxes {
		if b.left < 2 || b.bottom < 2 || b.right > l.Width-2 || b.top > l.Height-2 {
			t.Errorf("%s: %q leaves the page: %.1f to %.1f of %.1f", figure, b.text, b.left, b.right, l.Width)
		}
		for _, o := range c.boxes[:i] {
			if b.left < o.right-.5 && b.right > o.left+.5 && b.bottom < o.top-.5 && b.top > o.bottom+.5 {
				t.Errorf("%s: %q covers %q", figure, b.text, o.text)
			}
		}
	}
}
