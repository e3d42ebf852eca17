package scenario

import (
	"math"
	"strings"
	"testing"

	"simulate/sim"
)

func TestSet(t *testing.T) {
	value := func(s *Scenario, path string) float64 {
		l, found := s.Knob(path)
		if !found {
			t.Fatalf("no lever %s", path)
		}
		return l.Value
	}
	s := mustLoad(t, "deepseek-shock",
		"market.eta=1.5", "parameters.market.theta=1.9", "labs.deepseek.budget=$10B/yr",
		"labs.openai.budget.values.2025=10B USD/yr",
		"labs.google.budget.growth=1.1x/yr", "labs.google.sales.enterprise=0.1", "segments.enterprise.theta=2",
		"events.0.shock.efficiency=4x",
		"events.0.at=2026-03", "clock.end=2030-01", "policies.aid={from: 2026-01, grant: {amount: $1B/yr}}",
		"policies.aid.grant.rule=proportional",
		"labs.cohere=null", "research.gamma=2x/yr to 5x/yr", "labs.students={count: 2, budget: $6M/yr, sales: {consumer: "+
			"0.001}}", "title='A = B'", "market.eta=1.4")
	c := s.Config()
	near(t, "eta, set last", c.Parameters.Market.Eta, 1.4)
	near(t, "theta", c.Parameters.Market.Theta, 1.9)
	near(t, "segment", value(s, "segments.enterprise.theta"), 2)
	near(t, "shock", c.Shocks[0].Efficiency, 4)
	near(t, "date", c.Shocks[0].Date, 2026+2.0/12)
	if !c.Shocks[0].Technique {
		t.Error("the other part of the shock is gone")
	}
	grant := sim.Pulled[sim.Grant](&c.Policies[0])
	if s.Steps != 60 || s.Title != "A = B" || !grant.Proportional || grant.Amount != 1e9 {
		t.Errorf("steps %d, title %q, %+v", s.Steps, s.Title, grant)
	}
	labs := map[string]int{}
	for i, l := range c.Labs {
		labs[l.ID] = i
	}
	if _, found := labs["cohere"]; found || len(c.Labs) != 19 {
		t.Errorf("labs %v", labs)
	}
	if p := c.Labs[labs["deepseek"]].Budget; len(p.Points) != 1 || p.Points[0].Value != 10e9 || p.Growth != math.Log(2.4) {
		t.Errorf("a plain value replaces the path: %+v", p)
	}
	if p := c.Labs[labs["openai"]].Budget.Points; len(p) != 2 || p[1].Value != 10e9 || p[1].Date != 2025.5 {
		t.Errorf("a dated value joins the path: %+v", p)
	}
	if b := c.Labs[labs["google"]].Budget; len(b.Points) != 2 || b.Growth != math.Log(1.1) {
		t.Errorf("growth joins the path: %+v", b)
	}
	near(t, "short share", value(s, "labs.google.sales.enterprise.share"), 0.1)
	near(t, "the earlier observation stays", value(s, "labs.google.sales.enterprise.share_a_year_before.share"), 0.07)
	if !s.HasDraws() {
		t.Error("a distribution can be set")
	}
	for _, o := range s.Origins() {
		if o.Path == "market.eta" && (o.Where != "--set market.eta=1.4" || o.Source != o.Where || o.Default) {
			t.Errorf("origin %+v", o)
		}
		if o.Path == "labs.google.sales.enterprise.target_share" && !strings.Contains(o.Source, "Menlo") {
			t.Errorf("the file's source stays with the file's value: %+v", o)
		}
		if o.Path == "labs.google.sales.enterprise.share" && !strings.HasPrefix(o.Source, "--set") {
			t.Errorf("the file's source does not cover what is set: %+v", o)
		}
	}
}

// TestSetLeavesAliasesAlone checks that a change of one copy of an anchor leaves the others.
func TestSetLeavesAliasesAlone(t *testing.T) {
	file := fileWith(t, "labs:\n  a: &x {budget: {values: {2024: $6M/yr}}}\n  b: *x\n  c: {<<: *x}\nsegments: {s: "+
		"{spending: $1B/yr}}\n")
	c := mustLoad(t, file, "labs.b.budget.values.2024=$9M/yr", "labs.c.talent=2").Config()
	if a, b := c.Labs[0].Budget.Points[0].Value,
		c.Labs[1].Budget.Points[0].Value; a != 6e6 || b != 9e6 || c.Labs[0].Talent != 1 || c.Labs[2].Talent != 2 {
		t.Errorf("a %v, b %v", a, b)
	}
}

func TestRefusedSets(t *testing.T) {
	for text, want := range map[string]string{
		"market.eta":                         "there is no = in it; write --set PATH=VALUE",
		"=5":                                 "it has no PATH",
		"market.eta=":                        "market.eta has no value",
		"market.eta=[1":                      "a [ is opened here",
		"market.eta=12":                      "market.eta of 12 lies outside the allowed range",
		"market.etha=1":                      `did you mean "market.eta"?`,
		"labs.depseek.talent=1":              `labs has no "depseek"; did you mean "deepseek"?`,
		"labs.deepseek.budgt=$1B/yr":         `labs.deepseek has no key "budgt"; did you mean "budget"?`,
		"labs.deepseek.budget=0B/yr":         "in double quotes a shell takes the `$1`",
		"labs.deepseek.budget=2B/yr":         "in double quotes a shell takes the `$1`",
		"labs.deepseek.budget=M/yr":          "what a shell leaves",
		"labs.deepseek.talent.x=1":           `labs.deepseek.talent has no key "x"`,
		"events.3.at=2025-01":                `events has no entry "3"; write a number from 0 to 0`,
		"extends=baseline":                   "extends cannot be set on the command line",
		"title=a #b":                         "YAML would drop",
		"coffee=1":                           `a scenario has no key "coffee"`,
		"labs.nobody=null":                   "there is nothing here to take away",
		"seed=1\n---\nseed: 2":               "a second document",
		"seed=1.5":                           "is a fraction where a whole number belongs",
		"policies.x.grant.amount=$1B/yr":     `policies has no "x"`,
		"market.eta=*a":                      "names an anchor that does not exist",
		"segments.enterprise.spending=$5B":   "does not say per when",
		"labs.openai.sales.enterprise=0.9":   "more than 1, with this one",
		"events.0.at=2024-06":                "lies outside the clock",
		"labs.deepseek.budget.values=$1B/yr": "labs.deepseek.budget has no dated values",
	} {
		_, err := Load("deepseek-shock", Options{Set: []string{text}})
		problems, ok := err.(Problems)
		if !ok {
			t.Errorf("%q passes", text)
			continue
		}
		if !strings.Contains(problems.Error(), want) {
			t.Errorf("%q:\ngot  %v\nwant %s", text, problems, want)
		}
		if p := problems[0]; !strings.HasPrefix(p.File, "--set ") {
			t.Errorf("%q is attributed to %s", text, p.File)
		}
	}
}

// TestSetPosition pins the form of a message about a --set.
func TestSetPosition(t *testing.T) {
	_, err := Load("baseline", Options{Set: []string{"market.eta=abc"}})
	problems, ok := err.(Problems)
	if !ok || len(problems) != 1 {
		t.Fatal(err)
	}
	want := `--set market.eta=abc: market.eta: "abc" is not a number; write e.g. 0.6, 60% or 8x`
	if got := problems[0].Error(); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if got, want := problems[0].Snippet, "1 | market.eta=abc\n  |            ^"; got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

// A value set for a part of a shock keeps what the file says of its disclosure.
func TestSetKeepsDisclosure(t *testing.T) {
	file := fileWith(t, "extends: baseline\nevents:\n  - at: 2025-01-20\n    shock: {lab: deepseek, efficiency: "+
		"{value: 4.5x, source: s, disclosure: closed}, technique: test_time, disclosure: published}\n")
	for _, set := range []string{"events.0.shock.efficiency=8x", "events.0.shock.efficiency={value: 8x, source: t}"} {
		if e := mustLoad(t, file, set).Config().Shocks[0]; e.Efficiency != 8 || e.Parts.Efficiency != sim.StaysClosed ||
			!e.Technique || !e.Publish {
			t.Errorf("%s: %+v", set, e)
		}
	}
	if e := mustLoad(t, file, "events.0.shock.technique=none").Config().Shocks[0]; e.Technique {
		t.Errorf("%+v", e)
	}
}
