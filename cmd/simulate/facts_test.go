package main

import (
	"fmt"
	"math"
	"os"
	"regexp"
	"strings"
	"testing"

	"simulate/sim"
	"simulate/sim/scenario"
)

// constant reads a number out of a source file, where a package keeps it for itself.
func constant(t *testing.T, file, pattern string) string {
	t.Helper()
	text, err := os.ReadFile("../../" + file)
	if err != nil {
		t.Fatal(err)
	}
	m := regexp.MustCompile(pattern).FindStringSubmatch(string(text))
	if m == nil {
		t.Fatalf("%s has no %s any more; say here where the number is", file, pattern)
	}
	return m[1]
}

// builtin loads a built-in scenario.
func builtin(t *testing.T, name string) *scenario.Scenario {
	t.Helper()
	s, err := scenario.Load(name, scenario.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// budgetsOf are the least and the largest budget of a scenario's labs at its start, in dollars.
func budgetsOf(s *scenario.Scenario) (least, largest float64) {
	least = math.Inf(1)
	for _, l := range s.Config().Labs {
		budget := l.Budget.At(s.Start)
		least, largest = math.Min(least, budget), math.Max(largest, budget)
	}
	return least, largest
}

// TestFactsOfThePages holds numbers that stand in the prose of pages, outside of generated blocks,
// against the code or the scenario that they come from.
func TestFactsOfThePages(t *testing.T) {
	jump, base := builtin(t, "deepseek-shock"), builtin(t, "baseline")
	least, _ := budgetsOf(builtin(t, "six-million-lab"))
	_, largest := budgetsOf(base)
	gain := jump.Config().Shocks[0]
	years := jump.Steps / jump.StepsPerYear
	few := constant(t, "sim/experiment/run/references.go", `fewRuns += (\d+)`)
	for _, fact := range []struct{ page, pattern, want string }{
		{"README.md", `With \[Go\]\(\S+\) (\S+) or later`, constant(t, "go.mod", `(?m)^go (\S+)$`)},
		{"README.md", `from \$(\d+) million to`, fmt.Sprintf("%.0f", least/1e6)},
		{"README.md", `million to \$(\d+)\s+billion a year`, fmt.Sprintf("%.0f", largest/1e9)},
		{"README.md", `runs (\S+) years`, map[int]string{10: "ten"}[years]},
		{"README.md", `found a gain of (\S+)-fold`, fmt.Sprintf("%.2g", gain.Efficiency)},
		{"README.md", `years (\d+) times with`, fmt.Sprint(jump.Replications)},
		{"README.md", `and (\d+) times without it`, fmt.Sprint(jump.Replications)},
		{"README.md", `base with (\d+) replications`, fmt.Sprint(jump.Replications)},
		{"README.md", `holds (\d+) labs`, fmt.Sprint(len(base.Config().Labs))},
		{"README.md", `The same (\S+)-fold gain`, fmt.Sprintf("%.2g", gain.Efficiency)},
		{"README.md", "`~/.cache/simulate`, at most (\\d+) MB", constant(t, "sim/experiment/run/cache.go",
			`cacheBytes = (\d+) << 20`)},
		{"README.md", `stopped at most (\d+) MB`, constant(t, "sim/experiment/results/unfinished.go",
			`unfinishedBytes += (\d+) << 20`)},
		{"README.md", `for at most (\S+) days`, map[string]string{"30": "thirty"}[constant(t,
			"sim/experiment/results/unfinished.go", `abandoned += (\d+) \* 24 \* time.Hour`)]},
		{"docs/tutorial.md", `mean over (\d+) replications`, fmt.Sprint(jump.Replications)},
		{"docs/tutorial.md", `which takes (\d+) more runs each`, few},
		{"docs/tutorial.md", `PNG comes at (\d+) dpi`, constant(t, "plots/figures.go",
			`resolution of PNG files; 0 for (\d+)`)},
		{"docs/tutorial.md", `about (a hundred) columns`, map[bool]string{true: "a hundred"}[len(sim.Metrics) > 85 &&
			len(sim.Metrics) < 110]},
		{"docs/sweeps.md", `reference paths of its own: (\d+) runs`, few},
		{"docs/sweeps.md", "`reference_replications` \\((\\d+) unless", constant(t, "sim/scenario/bind_scenario.go",
			`defaultReference += (\d+)`)},
		{"docs/sweeps.md", `Exit codes of .sweep run.: (\d+) the shard is whole`, fmt.Sprint(exitFine)},
		{"docs/sweeps.md", `is whole, (\d+) stopped early`, fmt.Sprint(exitTerminated)},
		{"docs/sweeps.md", `\(run it again\), (\d+) a wrong plan`, fmt.Sprint(exitUsage)},
		{"docs/sweeps.md", `\(do not\), (\d+) a bug`, fmt.Sprint(exitBug)},
	} {
		text, err := os.ReadFile("../../" + fact.page)
		if err != nil {
			t.Fatal(err)
		}
		prose := strings.Join(strings.Fields(string(text)), " ")
		m := regexp.MustCompile(fact.pattern).FindStringSubmatch(prose)
		switch {
		case m == nil:
			t.Errorf("%s no longer says %q; take the row out, or follow the page", fact.page, fact.pattern)
		case m[1] != fact.want:
			t.Errorf("%s says %q, the code %q", fact.page, m[0], fact.want)
		}
	}
}

// TestPicturesAreOfThisVersion holds the pictures of the pages, whose source line names the
// version, against the program's own.
func TestPicturesAreOfThisVersion(t *testing.T) {
	for _, name := range []string{"hhi_sales.png", "backtest.png", "calibration.png"} {
		text, err := os.ReadFile("../../docs/" + name)
		if err != nil {
			t.Fatal(err)
		}
		if want := "simulate " + sim.Version; !strings.Contains(string(text), want) {
			t.Errorf("docs/%s is not by %s; draw it again", name, want)
		}
	}
}
