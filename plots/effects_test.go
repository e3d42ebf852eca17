package plots

import (
	"math"
	"slices"
	"strings"
	"testing"

	"simulate/internal/quantity"
	"simulate/plots/chart"
)

func effectOf(value, low, high, lows, highs float64) Effect {
	return Effect{Interval: Interval{value, low, high}, LowSpread: lows, HighSpread: highs}
}

// Cells of a map have the decimals of the greatest effect, however small others are, and a map says
// where the values of an input are uneven.
func TestMapsHaveOneStep(t *testing.T) {
	m := EffectMap{Title: "Effects", Names: [2]string{"Amount", "η"}, Format: quantity.Plain,
		Texts:  [2][]string{{"0", "1", "10"}, {"0.6", "1.2"}},
		Values: [2][]string{{"$0", "$1", "$10"}, {"0.6", "1.2"}},
		Cells: [][]Effect{{effectOf(0, 0, 0, 0, 0), effectOf(1e-5, 0, 2e-5, 0, 0)},
			{effectOf(-.00441, -.0085, -.0003, 0, 0), effectOf(-7.6e-5, -2.1e-4, 6e-5, 0, 0)},
			{effectOf(.001, 0, .002, 0, 0), effectOf(math.NaN(), math.NaN(), math.NaN(), 0, 0)}}}
	ch := m.Chart()
	textFindsRoom(t, "effect map", ch)
	lines := written(ch)
	for _, want := range []string{"−0.00441", "(−0.00850 to −0.00030)", "−0.00008", "0.00001"} {
		if !slices.Contains(lines, want) {
			t.Errorf("no cell says %q: %q", want, lines)
		}
	}
	for _, s := range lines {
		if strings.Contains(s, "10⁻") {
			t.Errorf("a cell says %q", s)
		}
	}
	if notes := strings.Join(ch.Notes, " "); !strings.Contains(notes, "the values of Amount do not") {
		t.Errorf("notes %q", notes)
	}
}

// The spread over few runs may lie within the interval of their mean: its line is on top and of
// another colour.
func TestForestShowsTheSpread(t *testing.T) {
	ch := EffectForest{Names: []string{"a"}, Effects: []Effect{effectOf(-50, -120, 20, -80, -10)},
		Format: quantity.Plain}.Chart()
	var bar, thin chart.Line
	at := map[float64]int{}
	for i, l := range ch.Panels[0].Layers {
		if line, ok := l.(chart.Line); ok && slices.Equal(line.X, []float64{-120, 20}) {
			bar, at[line.Width] = line, i
		} else if ok && slices.Equal(line.X, []float64{-80, -10}) {
			thin, at[line.Width] = line, i
		}
	}
	if bar.Width <= 2*thin.Width || thin.Width == 0 || at[thin.Width] < at[bar.Width] ||
		chart.Luminance(thin.Colour) > .1 || bar.Colour.A == 0xFF {
		t.Errorf("the bar %+v hides the line %+v", bar, thin)
	}
}

// What no run shows is no effect to be drawn.
func TestEffectsOfNothing(t *testing.T) {
	nan := math.NaN()
	for want, all := range map[bool][]Effect{
		true:  {effectOf(1, 0, 2, 0, 2), effectOf(0, -1, 1, -3, 3), effectOf(.5, nan, nan, nan, nan)},
		false: {effectOf(0, 0, 0, 0, 0), effectOf(nan, nan, nan, nan, nan)},
	} {
		for _, e := range all {
			if e.differs() != want {
				t.Errorf("%+v differs: %t", e, !want)
			}
		}
	}
}

// A map of regret says how large the darkest is, and a bar chart that intervals are cut.
func TestScalesAreSaid(t *testing.T) {
	ch := RegretMap{Policies: []string{"a", "b"}, Regret: [][]float64{{0, 0}, {38.7, 2}},
		Tied: [][]bool{{false, false}, {false, true}}}.Chart()
	if !slices.ContainsFunc(ch.Key, func(k chart.KeyItem) bool { return k.Name == "regret, darkest: 38.7" }) {
		t.Errorf("key %+v", ch.Key)
	}
	textFindsRoom(t, "regret", ch)
	none := Interval{math.NaN(), math.NaN(), math.NaN()}
	for low, want := range map[float64]bool{-.6: true, -.1: false} {
		ch := BarChart{Percent: true, Whole: true, Bars: []Bar{{"η", Interval{.1, low, .4}, none}}}.Chart()
		if said := strings.Contains(strings.Join(ch.Notes, " "), "go on beyond the axis"); said != want {
			t.Errorf("an interval from %g: notes %q", low, ch.Notes)
		}
	}
}

// In a column names of rows stand apart, and the unit of the x axis stays on the page.
func TestFiguresOfEffectsInAColumn(t *testing.T) {
	none := Interval{math.NaN(), math.NaN(), math.NaN()}
	b := BarChart{Title: "Drivers", Unit: "Share of the variance of the effect in one run of the model", Percent: true,
		Whole: true}
	f := EffectForest{Title: "Effects", Format: quantity.Plain}
	for i := range 9 {
		b.Bars = append(b.Bars, Bar{"Substitution between brands σ", Interval{.1, 0, .4}, none})
		f.Names = append(f.Names, "η 1.2, γ 4×/yr")
		f.Effects = append(f.Effects, effectOf(float64(-i), -10, 2, -5, 1))
	}
	for name, ch := range map[string]*chart.Chart{"bars": b.Chart(), "forest": f.Chart()} {
		ch.Size.Width = 85 * chart.Units["mm"]
		textFindsRoom(t, name, ch)
		var c textCanvas
		ch.Render(&c)
		width, row := ch.LayOut().Width, chart.Length(math.Inf(1))
		for _, box := range c.boxes {
			if box.right > width-11 {
				t.Errorf("%s: %q ends at %.0f of %.0f", name, box.text, box.right, width)
			}
			if box.text == f.Names[0] {
				if apart := row - box.bottom; apart < 1.1*chart.SizeTick {
					t.Errorf("rows are %.1f points apart", apart)
				}
				row = box.bottom
			}
		}
	}
}

// Indices between 0 and 1 that are no shares are not written in per cent.
func TestIndicesAreNoShares(t *testing.T) {
	r := &Results{dir: t.TempDir()}
	for metric, want := range map[string]string{"lerner": "1", "gini_sales": "1", "hosted_open_share": ""} {
		if got := r.metricUnit("runs", metric); got != want {
			t.Errorf("%s is in %q", metric, got)
		}
	}
}
