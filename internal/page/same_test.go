//go:build browser

package page

import (
	"context"
	"encoding/json"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"simulate/internal/browser"
	"simulate/internal/explore"
	"simulate/sim"
	"simulate/sim/experiment/compare"
	"simulate/sim/experiment/run"
	"simulate/sim/scenario"
)

// ownLab is the lab that the page adds.
const ownLab = "labs.my_lab={region: eu, budget: $50M/yr, compute: 1000 H100e, capability: 0}"

// drawState draws what a reader may move: a scenario, sliders, any other parameter that the search
// finds, budgets, for each event size, date, owner and openness, policies on and off, a lab more.
func drawState(t *testing.T, s *explore.Session, random *rand.Rand, n int, offered []explore.Switch) explore.State {
	t.Helper()
	st := explore.State{Form: explore.StateVersion, Program: sim.Version, Runs: 3}
	if n%4 == 3 {
		all := scenario.Builtins()
		st.Scenario = all[random.IntN(len(all))].Name
	}
	controls, err := s.Controls(st)
	if err != nil {
		t.Fatal(err)
	}
	parameters := sim.Registry()
	some := slices.Clone(controls.Sliders)
	for range 3 {
		found, err := s.Search(st, parameters[random.IntN(len(parameters))].Path, nil)
		if err != nil {
			t.Fatal(err)
		}
		some = append(some, found.Controls[0])
	}
	for range 2 {
		some = append(some, controls.Labs[random.IntN(len(controls.Labs))])
	}
	for _, e := range controls.Events {
		some = append(append(some, e.Sizes...), *e.When)
		if random.Float64() < .5 {
			st.Set = append(st.Set, e.Path+".shock.disclosure="+[]string{"closed", "published"}[random.IntN(2)])
		}
		if random.Float64() < .5 {
			st.Set = append(st.Set, e.Path+".shock.lab="+append([]string{"all"}, controls.Labs[random.IntN(len(
				controls.Labs))].Label)[random.IntN(2)])
		}
	}
	for _, c := range some {
		if random.Float64() > .4 {
			continue
		}
		switch {
		case c.Choices != nil:
			st.Set = append(st.Set, c.Path+"="+c.Choices[random.IntN(len(c.Choices))])
		case c.Low != "":
			one, err := s.Slide(st, c.Path, random.Float64())
			if err != nil {
				t.Fatal(err)
			}
			st.Set = append(st.Set, one)
		}
	}
	for _, p := range controls.Policies {
		if random.Float64() < .3 {
			st.Set = append(st.Set, "policies."+p.ID+"=null")
		}
	}
	for _, o := range offered {
		if random.Float64() < .15 {
			st.Set = append(st.Set, "policies."+o.ID+"="+o.Text)
		}
	}
	if n%4 == 1 {
		st.Set = append(st.Set, ownLab)
	}
	return st
}

// The page gives, byte for byte, market.csv that the native program makes of the file that it
// downloads: for 20 states drawn over scenarios, knobs, policies and events, of which five have a
// lab of their own. What is impossible together the page refuses in the words of the program.
func TestSameBytesInTheBrowser(t *testing.T) {
	b := browser.New(t)
	file := written(t, "deepseek-shock", 2)
	sc, err := scenario.Load("deepseek-shock", scenario.Options{})
	if err != nil {
		t.Fatal(err)
	}
	s, err := explore.Open(sc.Name, sc.YAML())
	if err != nil {
		t.Fatal(err)
	}
	offered, err := s.Offered()
	if err != nil {
		t.Fatal(err)
	}
	b.Open("file://"+file, 1200)
	b.Until(live)
	random := rand.New(rand.NewPCG(20250120, 3))
	compared, own, refused := 0, 0, 0
	for compared < 20 && refused < 40 {
		st := drawState(t, s, random, compared, offered)
		text, err := json.Marshal(map[string]any{"do": "csv", "state": st, "n": 3})
		if err != nil {
			t.Fatal(err)
		}
		if resolved, err := s.Resolved(st); err != nil {
			refused++
			line, _, _ := strings.Cut(strings.TrimPrefix(err.Error(), "--set "), "\n")
			if got := ask(b, string(text), `.error ?? "none"`); !strings.Contains(got, line[:min(len(line), 40)]) {
				t.Errorf("%v: the page says %q, the program %q", st.Set, got, err)
			}
			continue
		} else if sc = resolved; slices.Contains(st.Set, ownLab) {
			own++
		}
		compared++
		got := ask(b, string(text), `.ok ?? "none"`)
		yaml := ask(b, strings.Replace(string(text), `"csv"`, `"yaml"`, 1), `.ok ?? "none"`)
		if want := ran(t, sc.Name, yaml); got != want {
			t.Errorf("state %d, %s %v: the page gives other bytes", compared, st.Scenario, st.Set)
		}
	}
	t.Logf("%d states compared, %d with a lab of their own, %d refused", compared, own, refused)
	if compared < 20 || own < 5 {
		t.Error("too few states are possible")
	}
	b.Clean(file)
}

// ran is market.csv as the native program writes it of a file.
func ran(t *testing.T, name, yaml string) string {
	t.Helper()
	dir := t.TempDir()
	file := filepath.Join(dir, name+".yaml")
	if err := os.WriteFile(file, []byte(yaml), 0o666); err != nil {
		t.Fatal(err)
	}
	loaded, err := scenario.Load(file, scenario.Options{})
	if err != nil {
		t.Fatal(err)
	}
	cases, c, err := compare.Counterfactuals([]*scenario.Scenario{loaded})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := run.Run(context.Background(), run.Spec{Scenarios: cases, Compare: compare.Tables(c),
		Out: filepath.Join(dir, "r"), Tables: []string{"market"}}); err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile(filepath.Join(dir, "r", "market.csv"))
	if err != nil {
		t.Fatal(err)
	}
	return string(want)
}
