package chart

import (
	"fmt"
	"testing"

	"gonum.org/v1/plot/vg"

	"simulate/internal/quantity"
)

// TestTooHigh: a figure that no page takes is told, with a remedy that makes it fit.
func TestTooHigh(t *testing.T) {
	page := func(panels, columns int) *Chart {
		ch := &Chart{Title: "Title", Subtitle: "Subtitle", Source: "Source: test", Columns: columns}
		for i := range panels {
			ch.Panels = append(ch.Panels, &Panel{Title: fmt.Sprint("Panel ", i), X: TimeAxis(Extent{2024, 2030, true}),
				Y: LinearAxis(Extent{0, 1, true}, 4, quantity.Plain)})
		}
		return ch
	}
	told, without := 0, 0
	for _, panels := range []int{1, 4, 9, 15, 40} {
		for _, width := range []vg.Length{0, 60, 85, 160} {
			ch := page(panels, 3)
			ch.Size = Size{Width: width * vg.Millimeter}
			h, high := ch.TooHigh()
			l := ch.LayOut()
			if height := l.Height * Length(l.scale); high != (height > PageRoom) || h.Height != height {
				t.Errorf("%d panels of %v mm: %v, and %v high", panels, width, h, height/vg.Millimeter)
			}
			if !high {
				continue
			}
			told++
			usual := page(panels, 3).LayOut()
			if fits := usual.Height * h.Scaled / usual.Width; fits > PageRoom+.1 {
				t.Errorf("%d panels scaled to %v mm are %v high", panels, h.Scaled/vg.Millimeter, fits/vg.Millimeter)
			}
			if h.Instead.Width == 0 {
				without++
				continue
			}
			ch.Size, ch.Bare = h.Instead, h.Bare
			l = ch.LayOut()
			if err := ch.Fits(); err != nil || l.Height*Length(l.scale) > PageRoom+.1 {
				t.Errorf("%d panels of %v mm: %+v: %v, %v high", panels, width, h, err, l.Height*Length(l.scale)/vg.Millimeter)
			}
		}
	}
	if told < 4 || without == told {
		t.Errorf("%d told, %d without another size", told, without)
	}
	ch := page(40, 3)
	ch.Size.Height = 400 * vg.Millimeter
	if _, high := ch.TooHigh(); high {
		t.Error("a height that is asked for is told")
	}
}
