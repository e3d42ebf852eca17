package plots

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"simulate/internal/quantity"
	"simulate/plots/chart"
)

// TestSharesNameEverySlice asks for a name of each slice, and for a note of those that are drawn
// together.
func TestSharesNameEverySlice(t *testing.T) {
	ch := charts(t, usualWorld().write(t), "shares")["shares"]
	for _, p := range ch.Panels {
		bands := 0
		for _, l := range p.Layers {
			if b, ok := l.(chart.Band); ok && b.Hi[len(b.Hi)-1] > b.Lo[len(b.Lo)-1] {
				bands++
			}
		}
		if bands != len(p.Ends) {
			t.Errorf("%s: %d slices and %d names", p.Title, bands, len(p.Ends))
		}
	}
	notes := chart.Breakable(strings.Join(ch.Notes, " "))
	for _, small := range []string{"Others in sales", "Others in compute", "Moonshot", "University lab (5)"} {
		if !strings.Contains(notes, small) {
			t.Errorf("the notes lack %s: %s", small, notes)
		}
	}
	w := threeCases()
	w.cases[1].Title = "A jump of middling size"
	for name, ch := range charts(t, w.write(t), "shares") {
		for _, line := range ch.LayOut().Title {
			if strings.HasPrefix(line, "·") || strings.HasSuffix(line, "·") {
				t.Errorf("%s: a line of the title is %q", name, line)
			}
		}
	}
}

// TestAdoptersAreHollow checks symbols, shares and the span of own runs.
func TestAdoptersAreHollow(t *testing.T) {
	ch := charts(t, usualWorld().write(t), "budget_capability")["budget_capability"]
	hollow := 0
	for _, l := range ch.Panels[0].Layers {
		if d, ok := l.(chart.Dots); ok && d.Hollow {
			hollow++
		}
	}
	var named []string
	for _, l := range ch.Panels[0].Points {
		if strings.HasSuffix(l.Text, "%") {
			named = append(named, l.Text)
		}
	}
	if hollow != 3 || strings.Join(named, ", ") != "Ai2 79%, University lab (5) 79%, Sarvam 77%" {
		t.Errorf("%d hollow symbols, %q", hollow, named)
	}
	if !strings.HasPrefix(ch.Title, "Own runs: $") || !strings.Contains(ch.Subtitle,
		"Hollow") || !strings.Contains(strings.Join(ch.Notes, ""), "With adopters") {
		t.Errorf("title %q, subtitle %q, notes %q", ch.Title, ch.Subtitle, ch.Notes)
	}
}

// TestLagsScale asks that the first year does not set the scale, and that gaps are explained where
// there are some.
func TestLagsScale(t *testing.T) {
	steady := func(n float64) *path {
		p := &path{}
		for q := range 13 {
			v := 20.0
			if q == 1 {
				v = 50
			}
			for _, to := range []*[]float64{&p.mean, &p.q05, &p.q25, &p.q50, &p.q75, &p.q95} {
				*to = append(*to, v)
			}
			p.date, p.n = append(p.date, 2024+float64(q)/4), append(p.n, 10)
		}
		p.q05[6], p.n[6] = 0, n
		return p
	}
	draw := func(months, oom float64) *chart.Chart {
		r := &Results{Manifest: Manifest{Cases: []Case{{Name: "a"}}}, metrics: map[string]map[string]*path{
			"lag_class_micro_months": {"a": steady(months)}, "lag_class_micro_oom": {"a": steady(oom)}}}
		r.looks = r.looksOf()
		all, err := drawLags(r)
		if err != nil {
			t.Fatal(err)
		}
		return all[0]
	}
	ch := draw(10, 10)
	if top := ch.Panels[0].Y.Max; top < 50 {
		t.Errorf("the axis ends at %g", top)
	}
	notes := strings.Join(ch.Notes, " ")
	if !strings.Contains(notes, "built on another lab") || strings.Contains(notes, "left out") {
		t.Errorf("notes %q", notes)
	}
	if notes := strings.Join(draw(7, 10).Notes, " "); !strings.Contains(notes,
		"moves too slowly") || strings.Contains(notes, "without a lab") ||
		strings.Contains(notes, "least_pace") {
		t.Errorf("where the pace is low: %q", notes)
	}
	if notes := strings.Join(draw(7, 7).Notes, " "); strings.Contains(notes,
		"moves too slowly") || !strings.Contains(notes, "without a lab") {
		t.Errorf("where no lab has such a budget: %q", notes)
	}
}

func TestHighlightedLagsHaveTheirColour(t *testing.T) {
	one := map[string]*path{"a": {date: []float64{2024, 2025}, mean: []float64{1, 2}, n: []float64{1, 1},
		q05: []float64{1, 2}, q95: []float64{1, 2}, q25: []float64{1, 2}, q75: []float64{1, 2}, q50: []float64{1, 2}}}
	r := &Results{Manifest: Manifest{Cases: []Case{{Name: "a"}}}, looks: []look{{}}}
	r.all = r.Manifest.Cases
	f := fan{format: quantity.Plain, ticks: 5}
	ch, err := r.fanPage(&chart.Chart{}, []concept{{metric: "x", paths: one, fan: f},
		{metric: "y", paths: one, fan: f, colour: chart.Highlight}}, false)
	if err != nil {
		t.Fatal(err)
	}
	coloured := func(p *chart.Panel) string { return fmt.Sprint(p.Layers) }
	highlight := fmt.Sprint(chart.Highlight)
	if strings.Contains(coloured(ch.Panels[0]), highlight) || !strings.Contains(coloured(ch.Panels[1]), highlight) {
		t.Errorf("layers %v and %v", ch.Panels[0].Layers, ch.Panels[1].Layers)
	}
}

// TestIndustry compares the last values with what the made-up events hold.
func TestIndustry(t *testing.T) {
	w := usualWorld()
	ch := charts(t, w.write(t), "industry")["industry"]
	if len(ch.Panels) != 4 {
		t.Fatalf("%d panels", len(ch.Panels))
	}
	for k, want := range map[int]float64{2: 67. / 200, 3: 67. / 200} {
		l := ch.Panels[k].Layers[0].(chart.Line)
		if got := l.Y[len(l.Y)-1]; math.Abs(got-want) > 1e-9 || l.Y[0] != 0 {
			t.Errorf("%s: %g at the end, want %g", ch.Panels[k].Title, got, want)
		}
	}
	if len(charts(t, single().write(t), "industry")) != 0 {
		t.Error("a run without luck has a figure of entries and exits")
	}
}
