package explore

import (
	"math"
	"slices"
	"strings"
	"testing"

	"simulate/sim"
)

// Every parameter and every other PATH of a scenario is found by its name, and what is found moves
// it: a word that is chosen, a slider, or a field in which the value is typed.
func TestSearchReachesEverything(t *testing.T) {
	s := short(t, "policy-package")
	sc, err := s.whole(state())
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[string]int{}
	reached := map[string]bool{}
	for _, k := range sc.Knobs() {
		if strings.HasPrefix(k.Path, "clock.") {
			continue
		}
		found, err := s.Search(state(), k.Path, nil)
		if err != nil || len(found.Controls) == 0 || found.Controls[0].Path != k.Path {
			t.Fatalf("%s is not found: %+v %v", k.Path, found, err)
		}
		reached[k.Path] = true
		c := found.Controls[0]
		var setting string
		switch {
		case c.Choices != nil:
			kinds["choice"]++
			setting = c.Path + "=" + c.Choices[len(c.Choices)-1]
		case c.Low != "":
			kinds["slider"]++
			if setting, err = s.Slide(state(), c.Path, float64(c.At)); err != nil {
				t.Fatal(err)
			}
		default:
			kinds["entry"]++
			if _, err := s.Slide(state(), c.Path, .5); err == nil {
				t.Errorf("%s slides between no ends", c.Path)
			}
			continue
		}
		_, text, _ := strings.Cut(setting, "=")
		if v, err := k.Parse(text); err != nil || !slices.Equal(k.Words, c.Choices) {
			t.Errorf("%s gives %v, %v", setting, v, err)
		}
	}
	for _, p := range sim.Registry() {
		if !reached[p.Path] {
			t.Errorf("the parameter %s is out of reach", p.Path)
		}
	}
	if kinds["choice"] < 20 || kinds["slider"] < 200 || kinds["entry"] < 20 {
		t.Error(kinds)
	}
	for _, word := range []string{"market.conduct", "training.adoption", "training.chosen_runs"} {
		if found, err := s.Search(state(), word, nil); err != nil || found.Controls[0].Choices == nil ||
			found.Controls[0].Value == "" {
			t.Errorf("%s: %+v %v", word, found, err)
		}
	}
	fr := Languages()["fr"]
	if found, err := s.Search(state(), "élasticité", fr); err != nil || len(found.Controls) == 0 ||
		found.Controls[0].Path != "market.eta" {
		t.Errorf("in French: %+v %v", found, err)
	}
	if found, err := s.Search(state(), "budget", nil); err != nil || len(found.Controls) != mostFound || found.More < 20 {
		t.Errorf("%+v %v", found, err)
	}
}

// Each event has its own controls, for each kind of size, and the ends of sliders stand still.
func TestEveryEventHasControls(t *testing.T) {
	s := short(t, "baseline", "events=[{at: 2025-06, label: A, shock: {lab: meta, training_efficiency: 3x}}, "+
		"{at: 2025-09, label: B, shock: {lab: all, serving_efficiency: 2x, disclosure: published}}]")
	c, err := s.Controls(state())
	if err != nil || len(c.Events) != 2 {
		t.Fatal(c, err)
	}
	for i, want := range []struct{ path, lab, disclosure string }{
		{"events.0.shock.training_efficiency", "meta", "closed"},
		{"events.1.shock.serving_efficiency", "all", "published"},
	} {
		e := c.Events[i]
		if len(e.Sizes) != 1 || e.Sizes[0].Path != want.path || e.Lab != want.lab || e.Disclosure != want.disclosure ||
			e.When == nil || !strings.HasPrefix(e.When.Path, e.Path) {
			t.Errorf("%+v", e)
		}
	}
	set := []string{"events.1.shock.serving_efficiency=8x", "events.1.at=2026-01", "industry.entry_rate=0.9",
		"labs.meta.budget=$70B/yr", "events.0.shock.lab=xai"}
	after, err := s.Controls(state(set...))
	if err != nil || after.Events[0].Lab != "xai" {
		t.Fatal(after, err)
	}
	for i, all := range [][2][]Control{{c.Sliders, after.Sliders}, {c.Labs, after.Labs}, {c.Events[1].Sizes,
		after.Events[1].Sizes}, {{*c.Events[1].When}, {*after.Events[1].When}}} {
		for k := range all[0] {
			if a, b := all[0][k], all[1][k]; a.Low != b.Low || a.High != b.High || a.Low == "" {
				t.Errorf("%d: the ends of %s move from %s–%s to %s–%s", i, a.Path, a.Low, a.High, b.Low, b.High)
			}
		}
	}
	if at := after.Events[1].Sizes[0].At; math.Abs(float64(at)-math.Log(8)/math.Log(20)) > 1e-9 {
		t.Errorf("8x stands at %v between 1x and 20x", at)
	}
}
