package plots

import (
	"slices"
	"testing"

	"gonum.org/v1/plot/vg"

	"simulate/plots/chart"
)

// stripCanvas keeps where text goes and where thick lines are.
type stripCanvas struct {
	textCanvas
	wide   vg.Length
	strips []textBox
}

func (c *stripCanvas) SetLineWidth(w vg.Length) { c.wide = w }

func (c *stripCanvas) Stroke(p vg.Path) {
	if len(p) != 2 || c.wide < vg.Points(boxStrip-.1) {
		return
	}
	c.strips = append(c.strips, textBox{left: p[0].Pos.X, right: p[1].Pos.X, bottom: p[0].Pos.Y - c.wide/2,
		top: p[0].Pos.Y + c.wide/2})
}

// TestBoundsOfABoxFindRoom: at any width names and bounds are whole, stand off the strips with
// their descenders, and no row runs into the next; the axis of the search has a label at each tick.
func TestBoundsOfABoxFindRoom(t *testing.T) {
	bounds := []BoxBound{{"Outer elasticity η", "between 0.719 and 1.13", .1, .6, nil},
		{"Brand of open models ξ", "below -0.136", 0, .96, nil},
		{"Substitution between brands σ", "below 2.49", 0, .4, nil},
		{"Conduct", "bertrand or cournot", 0, 0, []bool{true, true, false}}}
	for range 3 { // and many of them
		bounds = append(bounds, bounds[2])
	}
	for _, width := range []vg.Length{0, 85, 120, 160} {
		for n := 1; n <= len(bounds); n++ {
			ch := Trajectory{Title: "HHI above 2,800", Peeling: [][2]float64{{1, .1}, {.9, .4}}, Chosen: [2]float64{.9, .4},
				Bounds: bounds[:n]}.Chart()
			ch.Size = chart.Size{Width: width * vg.Millimeter}
			textFindsRoom(t, "box", ch)
			var c stripCanvas
			ch.Render(&c)
			var said []string
			for _, b := range c.boxes {
				said = append(said, b.text)
				for _, s := range c.strips {
					descender := vg.Points(chart.SizeTick * .25)
					if b.left < s.right && b.right > s.left && b.bottom-descender < s.top && b.top > s.bottom {
						t.Errorf("%v mm, %d bounds: %q stands on a strip", width, n, b.text)
					}
				}
			}
			for _, b := range bounds[:n] {
				if !slices.Contains(said, b.Name) || !slices.Contains(said, b.Words) {
					t.Errorf("%v mm, %d bounds: %q, %q is cut: %q", width, n, b.Name, b.Words, said)
				}
			}
			for _, tick := range ch.Panels[1].X.Ticks {
				if !slices.Contains(said, tick.Label) {
					t.Errorf("%v mm: no label at %v", width, tick.At)
				}
			}
			if len(c.strips) < 2*n {
				t.Errorf("%v mm: %d strips of %d bounds", width, len(c.strips), n)
			}
		}
	}
}
