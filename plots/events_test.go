package plots

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
)

// TestPoliciesOnOneDate asks for one label, and for every policy in the note, whole.
func TestPoliciesOnOneDate(t *testing.T) {
	all := charts(t, thirteen().write(t), "hhi_sales", "lags")
	labels := func(p *panel) (out []string) {
		for _, m := range p.markers {
			out = append(out, m.label)
		}
		return out
	}
	if got := labels(all["hhi_sales"].panels[0]); len(got) != 2 || got[1] != "13 policies, Jan 2026" {
		t.Errorf("labels %q", got)
	}
	if got := labels(all["lags"].panels[0]); !slices.Equal(got, []string{"A", "B"}) {
		t.Errorf("letters %q", got)
	}
	for name, ch := range all {
		note := breakable(strings.Join(ch.layOut().notes, " "))
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
		w.cases[0].Markers = append(w.cases[0].Markers, Marker{Date: 2025.2 + float64(i)/4, Kind: "policy", Label: fmt.Sprintf("Step %d", i)})
	}
	for name, ch := range charts(t, w.write(t), "hhi_sales", "prices") {
		p := ch.panels[0]
		if last := p.markers[len(p.markers)-1]; len(p.markers) != 31 || last.label != "AE" {
			t.Errorf("%s: %d markers, the last %q", name, len(p.markers), last.label)
		}
		placed, _ := placeMarkers(p.markers, toPoints(p.x), 0, 100)
		for _, m := range placed {
			if m.shown != m.label {
				t.Errorf("%s: %q is shown as %q", name, m.label, m.shown)
			}
		}
		textFindsRoom(t, name, ch)
		if note := breakable(strings.Join(ch.layOut().notes, " ")); !strings.Contains(note, "AE, Jun 2032: Step 29.") {
			t.Errorf("%s: note %q", name, note)
		}
	}
}

// TestTimesInForce follows the end of a policy from the manifest to its bar.
func TestTimesInForce(t *testing.T) {
	var m Marker
	if err := json.Unmarshal([]byte(`{"date": 2026, "until": 2029.5, "kind": "policy", "label": "x"}`), &m); err != nil || m.Until != 2029.5 {
		t.Fatalf("%+v, %v", m, err)
	}
	ch := charts(t, overlapping().write(t), "hhi_sales")["hhi_sales"]
	got := ch.panels[0].windows
	want := []window{{2024, 2026, grey, 0}, {2026, 2029, grey, 1}, {2027, math.Inf(1), grey, 0}, {2028, 2031, grey, 2}}
	if !slices.Equal(got, want) {
		t.Errorf("windows %v, want %v", got, want)
	}
	note := breakable(strings.Join(ch.notes, " "))
	for _, want := range []string{"In force from the start: Export controls until Jan 2026.", "Public compute until Jan 2029.", "Compute tax until Jan 2031.", "Bars above the data"} {
		if !strings.Contains(note, want) {
			t.Errorf("the note lacks %q: %s", want, note)
		}
	}
	if ch := charts(t, usualWorld().write(t), "hhi_sales")["hhi_sales"]; len(ch.panels[0].windows) > 0 || strings.Contains(strings.Join(ch.notes, ""), "Bars") {
		t.Error("a shock alone has a bar")
	}
	// A reform of one case takes the case's colour, and its name where several share a date.
	w := threeCases()
	w.cases[2].Markers[1].Until = 2029
	w.cases[1].Markers = append(w.cases[1].Markers, Marker{Date: 2026, Kind: "policy", Label: "Tax"})
	ch = charts(t, w.write(t), "hhi_sales")["hhi_sales"]
	if got := ch.panels[0].windows; len(got) != 2 || got[0].colour != blue || got[1].colour != vermilion || got[1].until != 2029 {
		t.Errorf("windows %v", got)
	}
	if note := breakable(strings.Join(ch.notes, " ")); !strings.Contains(note, "Jan 2026: Tax (DeepSeek shock); Public compute, $10B a year (Public compute) until Jan 2029.") {
		t.Errorf("note %q", note)
	}
}
