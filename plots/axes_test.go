package plots

import (
	"regexp"
	"slices"
	"testing"

	"gonum.org/v1/plot/vg"

	"simulate/internal/quantity"
	"simulate/plots/chart"
)

// TestYearsOfNeighboursStandApart: the last year below a panel does not run into the first below
// the next, which has no axis of its own between them.
func TestYearsOfNeighboursStandApart(t *testing.T) {
	year := regexp.MustCompile(`^(20\d\d|’\d\d)$`)
	for name, w := range map[string]world{"usual": usualWorld(), "three": threeCases(), "many": manyCases()} {
		for figure, ch := range charts(t, w.write(t), "segments", "lags") {
			for _, width := range []vg.Length{0, 85, 120, 160} {
				ch.Size = chart.Size{Width: width * vg.Millimeter}
				var c textCanvas
				ch.Render(&c)
				years := slices.DeleteFunc(c.boxes, func(b textBox) bool { return !year.MatchString(b.text) })
				if len(years) < 4 {
					t.Errorf("%s of %s has %d years", figure, name, len(years))
				}
				for i, b := range years {
					for _, o := range years[:i] {
						if apart := max(b.left-o.right, o.left-b.right); b.bottom == o.bottom && apart < 4.9 {
							t.Errorf("%s of %s at %v mm: %s and %s are %.1f points apart", figure, name, width, o.text, b.text, apart)
						}
					}
				}
			}
		}
	}
}

// TestSharedAxesHaveTicksToTheTop: no third of a panel lies above the last of its axis’s numbers.
func TestSharedAxesHaveTicksToTheTop(t *testing.T) {
	for end := 21.; end < 130; end++ {
		up := map[string]*path{"a": {date: []float64{2024, 2025}, mean: []float64{1, end}, n: []float64{1, 1}}}
		r := &Results{Manifest: Manifest{Cases: []Case{{Name: "a"}}}, looks: []look{{}}}
		r.all = r.Manifest.Cases
		f := fan{format: quantity.Plain, ticks: 5, include: []float64{0}}
		ch, err := r.fanPage(&chart.Chart{}, []concept{{metric: "x", paths: up, fan: f}}, true)
		if err != nil {
			t.Fatal(err)
		}
		y := ch.Panels[0].Y
		if final := y.Ticks[len(y.Ticks)-1]; final.At < .75*y.Max || y.Max < end || y.Max > 1.3*end {
			t.Errorf("up to %v: the axis ends at %v, its ticks at %v", end, y.Max, final.At)
		}
	}
}

// TestHighlightedLabsDiffer: several labs that the reader wants to see are told apart from each
// other and from all others.
func TestHighlightedLabsDiffer(t *testing.T) {
	wanted := []string{"a", "b", "c", "d", "e", "f"}
	colours := Roster{Labs: []string{"x", "y", "a", "b", "c", "d", "e", "f"}, Highlight: wanted}.Colours()
	if colours["a"] != chart.Highlight {
		t.Errorf("the first is %v", colours["a"])
	}
	for i, id := range wanted {
		for _, other := range wanted[:i] {
			if colours[id] == colours[other] {
				t.Errorf("%s and %s are both %v", other, id, colours[id])
			}
		}
		if slices.Contains(chart.LabPalette, colours[id]) {
			t.Errorf("%s has the colour of a lab that is not wanted", id)
		}
	}
}
