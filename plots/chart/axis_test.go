package chart

import (
	"testing"

	"gonum.org/v1/plot/vg"

	"simulate/internal/quantity"
)

// An axis of a range alone has two ticks and more, however far from zero the range begins.
func TestTightAxisHasTicks(t *testing.T) {
	for _, e := range []Extent{
		{.5, 1.5, true}, {.55, 1.45, true}, {1.1, 3.9, true}, {-3, -1, true}, {99, 101, true}, {0, 7, true},
	} {
		a := TightAxis(e, 4, quantity.Plain)
		if len(a.Ticks) < 2 || a.Min > e.Lo || a.Max < e.Hi || a.Max-a.Min > 1.07*(e.Hi-e.Lo) {
			t.Errorf("%v: %+v", e, a)
		}
	}
}

// Titles of panels are whole where a shared y axis takes room from the columns.
func TestColumnsHoldTitlesBesideASharedAxis(t *testing.T) {
	ch := &Chart{Columns: 2, SharedY: true}
	for _, title := range []string{"Outer elasticity η", "Pace of software progress γ"} {
		ch.Panels = append(ch.Panels, &Panel{Title: title, X: TightAxis(Extent{0, 1, true}, 4, quantity.Plain),
			Y: TightAxis(Extent{2000, 3000, true}, 4, quantity.Plain)})
	}
	for width := 60 * vg.Millimeter; width < 200*vg.Millimeter; width += 5 * vg.Millimeter {
		ch.Size = Size{Width: width}
		l := ch.LayOut()
		body := vg.Rectangle{Max: vg.Point{X: l.Width - 2*margin, Y: 300}}
		for i, c := range ch.cells(l, body) {
			if !ch.Panels[i].titleFits(c.whole.Max.X-c.whole.Min.X) && l.columns > 1 {
				t.Errorf("at %g mm %q is cut in %d columns", width/vg.Millimeter, ch.Panels[i].Title, l.columns)
			}
		}
	}
}

// An axis has three ticks at least, so that a reader sees its steps.
func TestAxesHaveThreeTicks(t *testing.T) {
	for _, e := range []Extent{{0, .83, true}, {0, 23e12, true}, {0, 1.05, true}, {-5, 5, true}, {1800, 2600, true}} {
		for want := 4; want <= 6; want++ {
			if a := LinearAxis(e, want, quantity.Plain); len(a.Ticks) < 3 || len(a.Ticks) > 2*want {
				t.Errorf("%v has %d ticks where %d are wanted", e, len(a.Ticks), want)
			}
		}
	}
}
