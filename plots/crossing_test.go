package plots

import (
	"math"
	"path/filepath"
	"testing"
)

// The axis is what was searched, points stand in its order, and an interval without an end is
// shaded up to the edge.
func TestCrossing(t *testing.T) {
	around := func(v float64) Interval { return Interval{v, v - 120, v + 120} }
	c := Crossing{
		Title: "HHI, sales crosses 2,300 at market.eta = 1.07", Subtitle: "Mean", Source: "Source: test",
		Knob: "market.eta", Metric: "HHI, sales", Unit: "0–10,000",
		Tried: []Tried{{.6, around(1854)}, {1.5, around(2856)}, {1.05, around(2276)}, {1.1, around(2330)}}, Bound: 2300,
		At: Interval{1.07, .94, math.Inf(1)}, AtLabel: "1.07",
	}
	ch := c.Chart()
	if err := ch.Save(filepath.Join(shown(t), "crossing.png"), "png", 100); err != nil {
		t.Fatal(err)
	}
	textFindsRoom(t, "crossing", ch)
	p := ch.Panels[0]
	if p.X.Min < .55 || p.X.Min > .6 || p.X.Max < 1.5 || p.X.Max > 1.55 || len(p.X.Ticks) < 3 {
		t.Errorf("the axis goes from %v to %v with %d ticks", p.X.Min, p.X.Max, len(p.X.Ticks))
	}
	if p.Levels[0].Label != "2,300" || p.Markers[0].Date != 1.07 {
		t.Errorf("bound %+v, crossing %+v", p.Levels[0], p.Markers[0])
	}
	if c.Tried[1].At != 1.5 {
		t.Error("the caller's values were sorted")
	}
}

// TestStated: a bound in a title is written as on its axis, and no digit of it is lost.
func TestStated(t *testing.T) {
	for _, c := range []struct {
		v          float64
		unit, want string
	}{{.45, "0–1", "45%"}, {.455, "0–1", "45.5%"}, {1, "0–1", "100%"}, {2300, "0–10,000", "2,300"},
		{2345, "0–10,000", "2,345"}, {.5, "1", "0.5"}, {12.25, "months", "12.25"}, {3e9, "USD/yr", "$3B"},
		{-.05, "0–1", "−5%"}} {
		if got := Stated(c.v, c.unit); got != c.want {
			t.Errorf("%v %s: %s, want %s", c.v, c.unit, got, c.want)
		}
	}
}
