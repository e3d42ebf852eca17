package report

import (
	"context"
	"encoding/json"
	"html"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"simulate/internal/whofinds"
	"simulate/sim/experiment/compare"
	"simulate/sim/experiment/run"
	"simulate/sim/scenario"
)

// measuredFolder is a run of scenarios beside the same worlds without what happens in them.
func measuredFolder(t testing.TB, scenarios ...*scenario.Scenario) string {
	t.Helper()
	cases, c, err := compare.Counterfactuals(scenarios)
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "measured")
	if _, err := run.Run(context.Background(), run.Spec{Scenarios: cases, Compare: compare.Tables(c),
		Name: run.Name(scenarios), Out: dir}); err != nil {
		t.Fatal(err)
	}
	return dir
}

// A page answers before it shows: question, answer, picture, how sure, what comes anyway, what it
// depends on and costs, how far to trust it, in this order and before the appendix.
func TestThePageAnswersFirst(t *testing.T) {
	dir := measuredFolder(t, three(t, "levers")...)
	page := build(t, dir)
	front, _, found := strings.Cut(page, `<p class="appendix">`)
	if !found {
		t.Fatal("there is no appendix")
	}
	var sections []string
	for _, m := range regexp.MustCompile(`<section id="([a-z]+)"`).FindAllStringSubmatch(front, -1) {
		sections = append(sections, m[1])
	}
	if got := strings.Join(sections, " "); got != "question answer sure anyway depends costs trust glossary" {
		t.Errorf("the front has %s", got)
	}
	o, err := compare.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	answers, err := o.Answers()
	if err != nil || len(answers) != 1 {
		t.Fatal(answers, err)
	}
	for _, line := range []string{answers[0].Question(), answers[0].Headline(), answers[0].Luck(), answers[0].Anyway()} {
		if line == "" || !strings.Contains(page, `class="answer"`) {
			t.Error("an answer is missing")
		}
		says(t, page, line)
	}
	if n := strings.Count(front, "<svg "); n != 1 {
		t.Errorf("%d pictures on the front", n)
	}
	if strings.Contains(page, "<h1>"+answers[0].Base.Title) || strings.Contains(page, "compared with levers.without") {
		t.Error("the base stands in the title")
	}
	if strings.Contains(page, "the folder holds no case without it") {
		t.Error("policies are not seen against the base")
	}
	wellFormed(t, page)
	loadsNothing(t, page)
	packed := regexp.MustCompile(`<script type="text/plain" id="data">([^<]*)</script>`).FindStringSubmatch(page)
	var data chartData
	if err := json.Unmarshal([]byte(unpacked(t, packed[1])), &data); err != nil || len(data.Cases) != 2 ||
		len(data.Labs.Cases) != 1 {
		t.Errorf("charts of %d cases and labs of %d: %v", len(data.Cases), len(data.Labs.Cases), err)
	}
}

// A band is called too narrow where the scores say so.
func TestNarrow(t *testing.T) {
	if narrow(26, 34) == "" || narrow(31, 34) != "" || narrow(28, 34) != "" {
		t.Errorf("%q of 26, %q of 31 and %q of 28 in 34", narrow(26, 34), narrow(31, 34), narrow(28, 34))
	}
}

// Of the jump of January 2025 the page tells who finds it decides; of others it does not.
func TestWhoFindsIt(t *testing.T) {
	shock, err := scenario.Load("deepseek-shock", scenario.Options{Set: []string{"clock.end=2025-07",
		"reference_replications=2", "replications=2"}})
	if err != nil {
		t.Fatal(err)
	}
	own, err := scenario.Load("deepseek-shock", scenario.Options{Set: []string{"clock.end=2025-07",
		"reference_replications=2", "replications=2", "labs.my_lab={region: eu, budget: $50M/yr, compute: 1000 H100e, " +
			"capability: 0}"}})
	if err != nil {
		t.Fatal(err)
	}
	own.Name = "mine"
	found, err := whofinds.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		s    *scenario.Scenario
		told bool
	}{{shock, true}, {own, false}} {
		page := build(t, measuredFolder(t, c.s))
		if strings.Contains(page, "the leader, secret") != c.told {
			t.Errorf("%s tells who finds it: %v", c.s.Name, !c.told)
		}
		for _, word := range []string{"Undecided: ", `href="#who-finds-it"`, `<section id="who-finds-it"`} {
			if strings.Contains(page, word) != c.told {
				t.Errorf("%s: %s: %v", c.s.Name, word, !c.told)
			}
		}
		_, whole, _ := strings.Cut(page, `<section id="who-finds-it"`)
		whole, _, _ = strings.Cut(whole, "</section>")
		for _, text := range append(found.Effects().Header, slices.Concat(found.Effects().Rows...)...) {
			if strings.Contains(html.UnescapeString(whole), ">"+text+"<") != c.told {
				t.Errorf("%s: the whole table with %s: %v", c.s.Name, text, !c.told)
			}
		}
		if strings.Contains(page, "My lab") == c.told {
			t.Errorf("%s: the lab of one's own is named: %v", c.s.Name, c.told)
		}
	}
}

// What is nothing at a tenth of a point of the HHI is 0, with its interval.
func TestSmallEffectsAreNoNumbers(t *testing.T) {
	if got := change(4.9e-4) + ", " + changes(7.8e-5, 9e-4) + ", " + change(-12.3) + ", " + changes(-19.2, .01); got !=
		"0.0, 0.0 to 0.0, −12.3, −19.2 to 0.0" {
		t.Error(got)
	}
}
