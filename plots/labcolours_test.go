package plots

import (
	"fmt"
	"image/color"
	"slices"
	"strings"
	"testing"

	"simulate/plots/chart"
)

// TestOwnLabsAreNamedAndColoured: labs of the reader's own files, however small, have colours of
// their own and names in the figures of labs, and leave the others' colours as they are.
func TestOwnLabsAreNamedAndColoured(t *testing.T) {
	w := usualWorld()
	plain, err := Open(w.write(t))
	if err != nil {
		t.Fatal(err)
	}
	w.cases[0].OwnLabs = []string{"sarvam", "ai2"} // the smallest: less than 2 % of anything
	dir := w.write(t)
	r, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	sarvam, ai2 := r.colours["sarvam"], r.colours["ai2"]
	if sarvam.A == 0 || ai2.A == 0 || sarvam == ai2 || sarvam == chart.Highlight || ai2 == chart.Highlight {
		t.Errorf("own labs are %v and %v", sarvam, ai2)
	}
	for _, id := range []string{"microsoft", "google", "openai", "anthropic", "meta"} {
		if r.colours[id] != plain.colours[id] {
			t.Errorf("%s is %v beside own labs, %v without", id, r.colours[id], plain.colours[id])
		}
	}
	all := charts(t, dir, "shares", "capability", "budget_capability")
	for figure, panel := range map[string]int{"shares": 1, "capability": 0} {
		for name, colour := range map[string]color.NRGBA{"Sarvam": sarvam, "Ai2": ai2} {
			shown := slices.ContainsFunc(all[figure].Panels[panel].Ends, func(l chart.EndLabel) bool {
				near := chart.Blend(colour, chart.Paper, .2)
				return l.Text == name && (l.Colour == colour || l.Colour == near)
			})
			if !shown {
				t.Errorf("%s does not name %s in its colour: %+v", figure, name, all[figure].Panels[panel].Ends)
			}
		}
	}
	told := strings.Join(all["budget_capability"].Notes, " ")
	if !strings.Contains(told, "Sarvam (open weights)") || !strings.Contains(told, "Ai2 (open weights)") {
		t.Errorf("the colours of own labs are not explained: %s", told)
	}
	if notes := strings.Join(all["shares"].Notes, " "); strings.Contains(notes, "Sarvam") {
		t.Errorf("an own lab is among the others: %s", notes)
	}
}

// TestAFileOfOwnLabsAlone: where all labs are the reader's own none stands out from the others, and
// colours of points tell openness.
func TestAFileOfOwnLabsAlone(t *testing.T) {
	for beside, want := range map[string]bool{"": false, "theirs": true} {
		at := map[string]*path{"budget": {date: []float64{2024, 2025}, mean: []float64{1, 1}, n: []float64{1, 1}}}
		r := &Results{Manifest: Manifest{Cases: []Case{{Name: "a"}}}, own: []string{"x", "y"}, labs: map[string][]*lab{
			"a": {{id: "x", variable: at}, {id: "y", variable: at}}}}
		if beside != "" {
			r.labs["a"] = append(r.labs["a"], &lab{id: beside, variable: at})
		}
		r.colours = r.labColours()
		for _, c := range r.allClasses()["a"] {
			if c.own && (c.highlit != want || !c.named) {
				t.Errorf("beside %q: %s stands out %v, named %v", beside, c.id, c.highlit, c.named)
			}
		}
	}
}

// TestColoursOfManyOwnLabs: a file of the reader's own alone has colours for each of its labs, as
// many as there are.
func TestColoursOfManyOwnLabs(t *testing.T) {
	for _, beside := range []int{0, 18} {
		r := &Results{Manifest: Manifest{Cases: []Case{{Name: "a"}}}, labs: map[string][]*lab{}}
		at := map[string]*path{"budget": {date: []float64{2024, 2025}}}
		for i := range beside {
			r.labs["a"] = append(r.labs["a"], &lab{id: fmt.Sprintf("builtin%d", i), variable: at})
		}
		for i := range 22 {
			id := fmt.Sprintf("own%d", i)
			r.labs["a"], r.own = append(r.labs["a"], &lab{id: id, variable: at}), append(r.own, id)
		}
		colours, used := r.labColours(), map[color.NRGBA]string{}
		for id, c := range colours {
			if other, twice := used[c]; twice {
				t.Errorf("beside %d: %s and %s are both %v", beside, id, other, c)
			}
			used[c] = id
		}
		if want := 22 + min(beside, leastOfOthers); len(colours) != want {
			t.Errorf("beside %d: %d labs have colours, want %d", beside, len(colours), want)
		}
	}
}

// Pages call a lab as figures do: by the name of its file.
func TestStylesOfLabsHaveTheirNames(t *testing.T) {
	w := usualWorld()
	w.cases[0].LabNames = map[string]string{"mistral": "Institut für künstliche Intelligenz Łódź-Köln"}
	r, err := Open(w.write(t))
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]string{}
	for _, s := range r.LabStyles("deepseek-shock") {
		names[s.Class] = s.Name
	}
	if names["mistral"] != "Institut für künstliche Intelligenz Łódź-Köln" || names["openai"] != "OpenAI" {
		t.Errorf("names %v", names)
	}
}
