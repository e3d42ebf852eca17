package plots

import (
	"errors"
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"simulate/plots/chart"
	"simulate/sim/table"
)

// written are all lines of text of a page.
func written(ch *chart.Chart) []string {
	var c textCanvas
	ch.Render(&c)
	var out []string
	for _, b := range c.boxes {
		out = append(out, chart.Breakable(b.text))
	}
	return out
}

// mapFolder is a sweep over dates and three elasticities, with HHI from a function.
func mapFolder(t *testing.T, dates int, hhi func(i, j int) float64) string {
	t.Helper()
	dir := t.TempDir()
	columns := []table.Column{{Name: "case"}, {Name: "events.0.at"}, {Name: "market.eta", Kind: table.Number}}
	design := table.New("design", columns...)
	runs := table.New("runs", append(columns, table.Column{Name: "hhi_sales", Kind: table.Number})...)
	dictionary := table.New("dictionary", table.Column{Name: "table"}, table.Column{Name: "column"},
		table.Column{Name: "unit"})
	dictionary.Append("design", "events.0.at", dateUnit)
	for i := range dates {
		for j, eta := range []float64{.6, 1, 1.4} {
			at := fmt.Sprintf("%d-%02d-01", 2025+i/12, i%12+1)
			design.Append(fmt.Sprint(3*i+j+1), at, eta)
			runs.Append(fmt.Sprint(3*i+j+1), at, eta, hhi(i, j))
		}
	}
	for _, tb := range []*table.Table{design, runs, dictionary} {
		if err := tb.Save(filepath.Join(dir, tb.Name+".csv")); err != nil {
			t.Fatal(err)
		}
	}
	writeManifest(t, dir, `{"name": "s", "replications": 2, "sweep": {"design": "grid", "cases": 3}}`)
	return dir
}

// Dates along a map are months that stand apart, however many there are, and both axes have words.
func TestMapsOfDates(t *testing.T) {
	for _, n := range []int{3, 10, 14, 30} {
		ch := charts(t, mapFolder(t, n, func(i, j int) float64 { return 1000 + 10*float64(i) + 300*float64(j) }),
			"sweep_map")["sweep_map"]
		textFindsRoom(t, fmt.Sprintf("map of %d dates", n), ch)
		months := 0
		for _, s := range written(ch) {
			if strings.HasPrefix(s, "Jan 2025") || strings.HasSuffix(s, " 2026") && len(s) == 8 {
				months++
			}
		}
		if months == 0 || ch.Panels[0].XUnit != "Event 1: date" || ch.Panels[0].Unit != "Outer elasticity η" {
			t.Errorf("%d dates: %d months, axes %q and %q", n, months, ch.Panels[0].XUnit, ch.Panels[0].Unit)
		}
	}
}

// A map of regimes has as many colours as its key has, and more than one.
func TestRegimesDiffer(t *testing.T) {
	ch := charts(t, mapFolder(t, 3, func(i, j int) float64 { return 2300 + 600*float64(j) }), "regimes")["regimes"]
	if len(ch.Key) != 2 || !strings.HasPrefix(ch.Key[0].Name, "1,800 to 2,500") || ch.Key[0].Colour == ch.Key[1].Colour {
		t.Errorf("key %v", ch.Key)
	}
	textFindsRoom(t, "regimes", ch)
	_, err := Charts(mapFolder(t, 3, func(i, j int) float64 { return 3000 + 20*float64(j) }),
		Options{Figures: []string{"regimes"}})
	var reason Absent
	if !errors.As(err, &reason) || !strings.Contains(reason.Reason, "one class of HHI alone, 2,500 to 5,000") {
		t.Errorf("one class: %v", err)
	}
}

// Cells are even, so that values which are not are said to be; months and factors are even.
func TestUnevenValuesAreSaid(t *testing.T) {
	for want, all := range map[bool][][]string{
		true: {{"0.6", "0.9", "1.2"}, {"1", "10", "100"}, {"2025-01-01", "2025-07-01", "2026-01-01"}, {"open", "closed"},
			{"1", "7"}, {"1.5", "2.5", "4"}},
		false: {{"0", "1", "10"}, {"2025-01-01", "2025-07-01", "2027-01-01"}, {"1", "2", "5", "6"}},
	} {
		for _, texts := range all {
			if evenly(texts) != want {
				t.Errorf("%v: even is %t", texts, !want)
			}
		}
	}
	dir := mapFolder(t, 3, func(i, j int) float64 { return float64(i + j) })
	if notes := strings.Join(charts(t, dir, "sweep_map")["sweep_map"].Notes, " "); strings.Contains(notes, "evenly") {
		t.Errorf("months and 0.6, 1, 1.4 are even, and the notes are %q", notes)
	}
}

// Small prices are written as what the first is divided by, and none as dollars times a power.
func TestSmallPricesCanBeRead(t *testing.T) {
	f := fan{log: true, format: price, falls: true, ticks: 6}
	p := &path{date: []float64{2025, 2030, 2035}, mean: []float64{.1, 1e-5, 8.5e-10}, q50: []float64{.1, 1e-5, 8.5e-10},
		q05: []float64{.1, 1e-5, 8.5e-10}, q95: []float64{.1, 1e-5, 8.5e-10}}
	panel := f.panel([]series{{path: p}})
	if got := chart.Breakable(panel.Ends[0].Text); got != "÷ 118M" {
		t.Errorf("the end says %q", got)
	}
	for _, tick := range panel.Y.Ticks {
		if strings.Contains(tick.Label, "$") && strings.Contains(tick.Label, "10⁻") || strings.Contains(tick.Label, "×") {
			t.Errorf("a tick says %q", tick.Label)
		}
	}
	for _, s := range written(charts(t, usualWorld().write(t), "prices")["prices"]) {
		if strings.Contains(s, "×10") {
			t.Errorf("the figure says %q", s)
		}
	}
}

// An index left of zero is explained; where none is, nothing is said.
func TestNegativeIndicesAreExplained(t *testing.T) {
	none := Interval{math.NaN(), math.NaN(), math.NaN()}
	for value, want := range map[float64]int{-.004: 1, .004: 0} {
		ch := BarChart{Title: "What drives HHI", Percent: true, Names: [2]string{"first order"}, Bars: []Bar{{"eta",
			Interval{value, -.05, .06}, none}}}.Chart()
		if len(ch.Notes) != want {
			t.Errorf("%g: notes %q", value, ch.Notes)
		}
	}
	if ch := (BarChart{Names: [2]string{"low setting"}, Bars: []Bar{{"eta", Interval{-3, -4, -2},
		none}}}).Chart(); len(ch.Notes) != 0 {
		t.Errorf("a change that is negative is called an error: %q", ch.Notes)
	}
}

// What an observed series counts at least and at most is no interval around the value.
func TestBoundsAreNoIntervals(t *testing.T) {
	o := observations{date: []float64{2024, 2024.5}, low: []float64{960, 900}, value: []float64{960, 1000},
		high: []float64{1744, 1100}}
	c := &confronted{quantity: "hhi_compute_owned", unit: "0–10,000", history: o}
	bare := map[bool]int{}
	for _, l := range c.panel(2025).Layers {
		if w, ok := l.(chart.Whiskers); ok {
			bare[w.Bare]++
		}
	}
	if bare[true] != 1 || bare[false] != 1 {
		t.Errorf("%d bounds and %d intervals", bare[true], bare[false])
	}
}

// Years find room in panels of any width: at least two of them where the axis has as many.
func TestYearsOfNarrowPanels(t *testing.T) {
	w := usualWorld()
	w.quarters = 9
	for name, ch := range charts(t, w.write(t), "concentration", "lags", "segments", "supplier") {
		textFindsRoom(t, name, ch)
		for _, p := range ch.Panels {
			if len(p.X.Ticks) < 2 {
				t.Errorf("%s, %s: ticks %v", name, p.Title, p.X.Ticks)
			}
		}
	}
}

// The title of a level names the start, or the date a year after what happens first.
func TestTitlesTakeTheClocksDates(t *testing.T) {
	calm := usualWorld()
	calm.cases[0].Markers = nil
	for _, c := range []struct {
		w    world
		want string
	}{{usualWorld(), "at end-2025"}, {calm, "at end-2023"}} {
		ch := charts(t, c.w.write(t), "entry_ticket")["entry_ticket"]
		if !strings.Contains(chart.Breakable(ch.Title), c.want) {
			t.Errorf("title %q, want %s", ch.Title, c.want)
		}
	}
}

// Every lab has its name, in a column's width too, and no name lies on a line where there is room
// beside.
func TestEveryLabIsNamed(t *testing.T) {
	dir := usualWorld().write(t)
	for _, width := range []chart.Length{0, 85 * chart.Units["mm"]} {
		ch := charts(t, dir, "budget_capability")["budget_capability"]
		ch.Size.Width = width
		textFindsRoom(t, "budget_capability", ch)
		lines := written(ch)
		for _, p := range ch.Panels[0].Points {
			if !slices.Contains(lines, p.Text) {
				t.Errorf("at a width of %g %s has no name", width, p.Text)
			}
		}
	}
}

// Lines without a name are said to be of the other labs, where there are any.
func TestLinesWithoutANameAreExplained(t *testing.T) {
	ch := charts(t, usualWorld().write(t), "capability")["capability"]
	if !strings.Contains(ch.Subtitle, "light grey: the other labs") {
		t.Errorf("subtitle %q", ch.Subtitle)
	}
	line := func(y float64) chart.Line {
		return chart.Line{X: []float64{2025}, Y: []float64{y}, Colour: chart.LightGrey}
	}
	all := []*class{{name: "A", named: true, colour: chart.Blue}, {name: "B"}}
	if said := nameLabs(&chart.Panel{}, all, []chart.Line{line(2), line(1)}); said != "" {
		t.Errorf("every lab has a name, and %q", said)
	}
}
