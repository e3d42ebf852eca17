package plots

import (
	"path/filepath"
	"strings"
	"testing"

	"simulate/plots/chart"
	"simulate/sim/table"
)

// measuredWorld is the usual one beside the same world without its shock, as a run leaves it, with
// intervals of the given half width.
func measuredWorld(t *testing.T, half float64) string {
	t.Helper()
	w := usualWorld()
	w.cases[0].Base, w.cases[0].Since = "deepseek-shock.without_events", &shockMarker
	w.cases = append(w.cases, Case{Name: w.cases[0].Base, Title: "The same without its events", Start: 2024, Added: true})
	dir := w.write(t)
	var columns []table.Column
	for _, name := range []string{"case", "segment", "metric", "date"} {
		columns = append(columns, table.Column{Name: name, Kind: table.Text})
	}
	for _, name := range []string{"point", "n", "base_mean", "effect", "low", "high", "low_spread", "high_spread"} {
		columns = append(columns, table.Column{Name: name, Kind: table.Number})
	}
	effects := table.New("effects", columns...)
	for i, date := range w.dates() {
		effects.Append("deepseek-shock", "", "hhi_sales", date, 0, 200, 3000-10*float64(i), -float64(100+i),
			-float64(100+i)-half, -float64(100+i)+half, -300.0, 100.0)
	}
	if err := effects.Save(filepath.Join(dir, "effects.csv")); err != nil {
		t.Fatal(err)
	}
	return dir
}

// The headline says what happens changes, in means as the sentences do, over the grey line of what
// would have happened anyway; figures of labs show the scenario alone.
func TestBaseIsGreyReference(t *testing.T) {
	ch := charts(t, measuredWorld(t, 20))
	hhi := ch["hhi_sales"]
	if !strings.Contains(hhi.Title, "DeepSeek finds an 8× efficiency gain lowers sales concentration (HHI) by 108 a "+
		"year after, at\u00a0end-2025") {
		t.Errorf("title %q", hhi.Title)
	}
	for _, want := range []string{"Mean effect −108 (95% interval of the mean −128 to −88; 90% of runs −300 to 100)",
		"without it HHI goes from 3,000 to 2,600 anyway", "; mean, 50% and 90% bands",
		"grey: without it, with the same luck"} {
		if !strings.Contains(hhi.Subtitle, want) {
			t.Errorf("subtitle %q has no %q", hhi.Subtitle, want)
		}
	}
	var lines []chart.Line
	bands := 0
	for _, l := range hhi.Panels[0].Layers {
		switch l := l.(type) {
		case chart.Line:
			lines = append(lines, l)
		case chart.Band:
			bands++
		}
	}
	if len(lines) != 2 || lines[0].Colour != chart.Grey || lines[1].Colour != chart.Blue || bands != 2 {
		t.Errorf("%d lines, %d bands", len(lines), bands)
	}
	for name := range ch {
		if strings.Contains(name, "without_events") {
			t.Errorf("the base has the figure %s of its own", name)
		}
	}
	if ch["shares"] == nil || ch["shares"].Suffix != "" {
		t.Error("the scenario's shares are not the folder's")
	}
}

// A chart of an unclear effect claims none.
func TestUnclearEffectIsNotClaimed(t *testing.T) {
	if title := charts(t, measuredWorld(t, 200))["hhi_sales"].Title; !strings.Contains(title, "does not clearly move") {
		t.Errorf("title %q", title)
	}
}

// Both worlds are called by what one has and the other has not; where that is long, by how much of
// which kind it is, so that "without them" says without what.
func TestWorldsAreCalledByWhatHappens(t *testing.T) {
	shock := Marker{Date: 2025, Kind: "shock", Label: "DeepSeek R1"}
	policy := Marker{Date: 2026, Kind: "policy", Label: "A European centre of computing"}
	other := Marker{Date: 2026, Kind: "policy", Label: "A tax on compute above a bound"}
	for _, c := range []struct {
		markers             []Marker
		with, without, what string
	}{
		{[]Marker{shock}, "With DeepSeek R1", "Without DeepSeek R1", "DeepSeek R1"},
		{[]Marker{policy}, "With the policy", "Without it", "A European centre of computing"},
		{[]Marker{policy, other}, "With the 2 policies", "Without them", "The 2 policies"},
		{[]Marker{shock, policy, other}, "With events and policies", "Without them", "Events and policies"},
	} {
		cases := referenceFirst([]Case{{Name: "a", Title: "A world", Base: "a.without", Markers: c.markers},
			{Name: "a.without", Added: true}})
		r := &Results{Manifest: Manifest{Cases: cases}}
		if cases[1].label() != c.with || cases[0].label() != c.without || r.whatHappens() != c.what {
			t.Errorf("%q, %q and %q; want %q, %q and %q", cases[1].label(), cases[0].label(), r.whatHappens(), c.with,
				c.without, c.what)
		}
	}
}
