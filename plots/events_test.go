package plots

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"simulate/plots/chart"
)

// TestPoliciesOnOneDate asks for one label, and for every policy in the note, whole.
func TestPoliciesOnOneDate(t *testing.T) {
	all := charts(t, thirteen().write(t), "hhi_sales", "lags")
	labels := func(p *chart.Panel) (out []string) {
		for _, m := range p.Markers {
			out = append(out, m.Label)
		}
		return out
	}
	if got := labels(all["hhi_sales"].Panels[0]); len(got) != 2 || got[1] != "13 policies, Jan 2026" {
		t.Errorf("labels %q", got)
	}
	if got := labels(all["lags"].Panels[0]); !slices.Equal(got, []string{"A", "B"}) {
		t.Errorf("letters %q", got)
	}
	for name, ch := range all {
		note := chart.Breakable(strings.Join(ch.LayOut().Notes, " "))
		for i := range 13 {
			want := fmt.Sprintf("Policy number %d with a label that says at length what it does", i+1)
			if i%4 == 1 {
				want += " until Apr " + fmt.Sprint(2028+i/4)
			}
			if !strings.Contains(note, want) {
				t.Errorf("%s: the note lacks %q: %s", name, want, note)
			}
		}
	}
}

func TestManyDatesGetLetters(t *testing.T) {
	w := usualWorld()
	for i := range 30 {
		w.cases[0].Markers = append(w.cases[0].Markers, Marker{Date: 2025.2 + float64(i)/4, Kind: "policy",
			Label: fmt.Sprintf("Step %d", i)})
	}
	for name, ch := range charts(t, w.write(t), "hhi_sales", "prices") {
		p := ch.Panels[0]
		if last := p.Markers[len(p.Markers)-1]; len(p.Markers) != 31 || last.Label != "AE" {
			t.Errorf("%s: %d markers, the last %q", name, len(p.Markers), last.Label)
		}
		placed, _ := chart.PlaceMarkers(p.Markers, toPoints(p.X), 0, 100)
		for _, m := range placed {
			if m.Shown != m.Label {
				t.Errorf("%s: %q is shown as %q", name, m.Label, m.Shown)
			}
		}
		textFindsRoom(t, name, ch)
		if note := chart.Breakable(strings.Join(ch.LayOut().Notes, " ")); !strings.Contains(note, "AE, Jun 2032: Step 29.") {
			t.Errorf("%s: note %q", name, note)
		}
	}
}

// TestTimesInForce follows the end of a policy from the manifest to its bar.
func TestTimesInForce(t *testing.T) {
	var m Marker
	if err := json.Unmarshal([]byte(`{"date": 2026, "until": 2029.5, "kind": "policy", "label": "x"}`),
		&m); err != nil || m.Until != 2029.5 {
		t.Fatalf("%+v, %v", m, err)
	}
	ch := charts(t, overlapping().write(t), "hhi_sales")["hhi_sales"]
	got := ch.Panels[0].Windows
	want := []chart.Window{{From: 2024, Until: 2026, Colour: chart.Grey, Lane: 0}, {From: 2026, Until: 2029,
		Colour: chart.Grey, Lane: 1}, {From: 2027, Until: math.Inf(1), Colour: chart.Grey, Lane: 0}, {From: 2028,
		Until: 2031, Colour: chart.Grey, Lane: 2}}
	if !slices.Equal(got, want) {
		t.Errorf("windows %v, want %v", got, want)
	}
	note := chart.Breakable(strings.Join(ch.Notes, " "))
	for _, want := range []string{"In force from the start: Export controls until Jan 2026.",
		"Public compute until Jan 2029.", "Compute tax until Jan 2031.", "Bars above the data"} {
		if !strings.Contains(note, want) {
			t.Errorf("the note lacks %q: %s", want, note)
		}
	}
	if ch := charts(t, usualWorld().write(t),
		"hhi_sales")["hhi_sales"]; len(ch.Panels[0].Windows) > 0 || strings.Contains(strings.Join(ch.Notes, ""), "Bars") {
		t.Error("a shock alone has a bar")
	}
	// A reform of one case takes the case's colour, and its name where several share a date.
	w := threeCases()
	w.cases[2].Markers[1].Until = 2029
	w.cases[1].Markers = append(w.cases[1].Markers, Marker{Date: 2026, Kind: "policy", Label: "Tax"})
	ch = charts(t, w.write(t), "hhi_sales")["hhi_sales"]
	if got := ch.Panels[0].Windows; len(got) != 2 || got[0].Colour != chart.Blue || got[1].Colour != chart.Vermilion ||
		got[1].Until != 2029 {
		t.Errorf("windows %v", got)
	}
	if note := chart.Breakable(strings.Join(ch.Notes, " ")); !strings.Contains(note, "Jan 2026: Tax (DeepSeek shock); "+
		"Public compute, $10B a year (Public compute) until Jan 2029.") {
		t.Errorf("note %q", note)
	}
}
