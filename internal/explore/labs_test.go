package explore

import (
	"math"
	"slices"
	"strings"
	"testing"

	"simulate/sim"
	"simulate/sim/experiment/run"
	"simulate/sim/scenario"
)

// What a page shows of a class is what its labs have together, and of a lab what it has alone.
func TestLabsByClass(t *testing.T) {
	sc, err := scenario.Load("entrant-race", scenario.Options{Set: []string{"clock.end=2026-01",
		"reference_replications=2", "labs.start_up.name=Gründung"}})
	if err != nil {
		t.Fatal(err)
	}
	s, err := Open(sc.Name, sc.YAML())
	if err != nil {
		t.Fatal(err)
	}
	got, err := s.Path(state(), false)
	if err != nil {
		t.Fatal(err)
	}
	cfg := *sc.Config()
	cfg.Stochastic = false
	row := -1
	near := func(a, b float64) bool {
		return a == b || math.IsNaN(a) && math.IsNaN(b) || math.Abs(a-b) < 1e-9*math.Abs(b)
	}
	err = observe(run.NewEngine(1, nil), run.Job{Config: &cfg, Seed: sc.Seed, Replication: 1}, sc.Record,
		func(date string, m *sim.Model) {
			row++
			for _, p := range got.Labs {
				n, sales, compute, lag, own := 0, 0., 0., 0., 0.
				for l := range m.NumLabs() {
					if strings.Split(m.LabID(l), "#")[0] == p.ID {
						n++
						sales += m.Lab(l).SalesShare
						compute += m.Lab(l).ComputeOwned
						lag += m.LagMonths(l)
						own += ownRun().Of(m, l)
					}
				}
				if p.Count != n || !near(p.Sales[row], sales) || !near(p.Compute[row], compute) ||
					!near(p.Lag[row], lag/float64(n)) || !near(p.Own[row], own/float64(n)) {
					t.Errorf("%s, %s: %d labs with %g %g %g %g, not %d with %g %g %g %g", date, p.ID, p.Count, p.Sales[row],
						p.Compute[row], p.Lag[row], p.Own[row], n, sales, compute, lag/float64(n), own/float64(n))
				}
			}
		})
	if err != nil || row < 3 {
		t.Fatal(row, err)
	}
	at := slices.IndexFunc(got.Labs, func(p LabPath) bool { return p.ID == "start_up" })
	if at < 0 || got.Labs[at].Count < 10 || got.Labs[at].Name != "Gründung" {
		t.Errorf("the class is %+v", got.Labs)
	}
	controls, err := s.Controls(state())
	if err != nil {
		t.Fatal(err)
	}
	of := slices.DeleteFunc(controls.Labs, func(c Control) bool { return c.Label != "start_up" })
	if len(of) != 1 || of[0].Path != "labs.start_up.budget" || of[0].Name != "Gründung" {
		t.Errorf("the class has the budgets %+v", of)
	}
}

// Whatever can be moved says what it is and where its value comes from, as far as the scenario
// does: a budget by its dated values, a policy by its levers.
func TestWhatControlsSay(t *testing.T) {
	s := short(t, "policy-package")
	c, err := s.Controls(state("labs.meta.budget={values: {2024: {value: $1B/yr, source: one}, 2025: {value: $2B/yr, "+
		"source: two}}}", "events=[{at: 2026-01, label: a, shock: {lab: meta, training_efficiency: 2x}}]"))
	if err != nil {
		t.Fatal(err)
	}
	all := slices.Concat(c.Sliders, c.Labs, c.Events[0].Sizes, []Control{*c.Events[0].When})
	found, err := s.Search(state(), "segments consumer", nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range append(all, found.Controls...) {
		if one.Meaning == "" {
			t.Errorf("%s has no meaning", one.Path)
		}
		if one.Path == "labs.meta.budget" && one.Source != "one; two" {
			t.Errorf("the budget has the source %q", one.Source)
		}
		if one.Path == "labs.xai.budget" && !strings.HasPrefix(one.Source, "solved: its use") {
			t.Errorf("the budget of xai has the source %q", one.Source)
		}
	}
	if e := c.Events[0]; !strings.Contains(e.Owner, "finds the gain") || !strings.Contains(e.Openness, "published") {
		t.Errorf("the event says %q and %q", e.Owner, e.Openness)
	}
	for _, p := range c.Policies {
		if grant := p.ID == "public_compute"; p.Meaning == "" || grant && (p.Source == "" || !strings.HasPrefix(p.Meaning,
			"Public compute")) {
			t.Errorf("the policy is %+v", p)
		}
	}
	if found, err = s.Search(state(), "pace of own software progress", nil); err != nil || len(found.Controls) == 0 ||
		!slices.ContainsFunc(found.Controls, func(c Control) bool { return strings.HasSuffix(c.Path, ".talent") }) {
		t.Errorf("a lab's talent is not found by its meaning: %+v, %v", found, err)
	}
}

// firms are the labs of the built-in scenarios that are called the same in every language.
var firms = strings.Fields(`microsoft google amazon meta openai anthropic xai bytedance alibaba tencent deepseek
	moonshot mistral cohere tii ai2 sarvam`)

// Every other lab and class of a built-in scenario, and the labs that enter, have names in every
// language.
func TestNamesOfClasses(t *testing.T) {
	classes := map[string]bool{"entrant": true}
	for _, b := range scenario.Builtins() {
		s, err := scenario.Load(b.Name, scenario.Options{})
		if err != nil {
			t.Fatal(err)
		}
		for i := range s.Config().Labs {
			if id := classOf(s.Config().Labs[i].ID); !slices.Contains(firms, id) {
				classes[id] = true
			}
		}
	}
	for code, texts := range Languages() {
		for id := range classes {
			if texts["class."+id] == "" {
				t.Errorf("in %s the labs %s have no name", code, id)
			}
		}
	}
	if len(classes) < 3 {
		t.Error(classes)
	}
}
