package scenario

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A lab that a file adds is told what it does by default, and a lab of the baseline or one that
// says all is not.
func TestDefaultsOfALabOfOnesOwn(t *testing.T) {
	load := func(labs string) *Scenario {
		t.Helper()
		file := filepath.Join(t.TempDir(), "own.yaml")
		if err := os.WriteFile(file, []byte("title: own\nextends: baseline\nclock: {end: 2030-01}\nlabs:\n"+labs),
			0o644); err != nil {
			t.Fatal(err)
		}
		s, err := Load(file, Options{})
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	s := load("  amalia: {archetype: independent, budget: $40M/yr, compute: 500 H100}\n")
	said := strings.Join(s.Defaults, "\n")
	for _, want := range []string{"Lab amalia: its budget grows as that of independent labs does, from $40M/yr to $",
		"growth: 0%/yr, taper: false} holds it",
		"its software starts at the public state of the art", "it sells nothing"} {
		if !strings.Contains(said, want) {
			t.Errorf("%q lacks %q", said, want)
		}
	}
	if notes := strings.Join(s.Notes, "\n"); !strings.Contains(notes, "amalia counts in every measure over labs") {
		t.Errorf("notes %q", notes)
	}
	two := load("  a: {archetype: public, budget: $4M/yr}\n  b: {archetype: public, budget: $4M/yr}\n")
	if notes := strings.Join(two.Notes, "\n"); !strings.Contains(notes, "a and b count in every measure") {
		t.Errorf("notes %q", notes)
	}
	s = load("  amalia: {name: Amália, archetype: public, budget: {values: {2025: $40M/yr}, growth: 0%/yr, taper: " +
		"false}, compute_access: owner, compute: 500 H100, efficiency: 0.5, capability: -1, sales: {enterprise: {access: " +
		"true}}}\n")
	if said := strings.Join(s.Defaults, "\n"); strings.Contains(said, "Lab amalia") {
		t.Errorf("nothing is left to defaults, but %q", said)
	}
	if l := s.Config().Labs[len(s.Config().Labs)-1]; l.Name != "Amália" || l.Compute != 500 {
		t.Errorf("lab %q with %g H100e", l.Name, l.Compute)
	}
	if s = load("  deepseek: {talent: 2}\n"); len(s.Defaults) > 0 {
		t.Errorf("a lab of the baseline: %q", s.Defaults)
	}
	for _, b := range []string{"baseline", "six-million-lab", "entrant-race"} {
		s, err := Load(b, Options{})
		if err != nil || len(s.Defaults) > 0 {
			t.Errorf("%s: %q, %v", b, s.Defaults, err)
		}
	}
}

// Given values of a budget rule until the last of them: nothing is said of growth where they reach
// the end, and the growth behind them starts from the last.
func TestGivenValuesOfABudgetRule(t *testing.T) {
	load := func(end string) string {
		t.Helper()
		file := filepath.Join(t.TempDir(), "own.yaml")
		if err := os.WriteFile(file, []byte("title: own\nextends: baseline\nclock: {end: "+end+"}\nlabs:\n  amalia: {"+
			"archetype: independent, budget: {values: {2025: $40M/yr, 2026: $45M/yr}}}\n"), 0o644); err != nil {
			t.Fatal(err)
		}
		s, err := Load(file, Options{})
		if err != nil {
			t.Fatal(err)
		}
		return strings.Join(s.Defaults, "\n")
	}
	if said := load("2026-01"); strings.Contains(said, "grows as") {
		t.Errorf("values are given up to the end, but %q", said)
	}
	if said := load("2030-01"); !strings.Contains(said, "the values given until 2026") || !strings.Contains(said,
		"grows as that of independent labs does, from $45M/yr to $") {
		t.Errorf("after the last value: %q", said)
	}
}

// Two labs of one display name, which no figure could tell apart, are refused with a remedy.
func TestDisplayNamesAreOfOneLab(t *testing.T) {
	for labs, want := range map[string]string{
		"  amalia: {name: OpenAI, archetype: public, budget: $4M/yr}\n": "openai",
		"  amalia: {name: Deep Mind, archetype: public, budget: $4M/yr}\n" +
			"  other: {name: deep  mind, archetype: public, budget: $4M/yr}\n": "amalia",
		"  amalia: {name: Lab, archetype: public, budget: $4M/yr, count: 3}\n": "",
		"  amalia: {name: Amália, archetype: public, budget: $4M/yr}\n":        "",
	} {
		file := filepath.Join(t.TempDir(), "own.yaml")
		if err := os.WriteFile(file, []byte("title: own\nextends: baseline\nlabs:\n"+labs), 0o644); err != nil {
			t.Fatal(err)
		}
		_, err := Load(file, Options{})
		if want == "" && err != nil {
			t.Errorf("%s: %v", labs, err)
		}
		if want != "" && (err == nil || !strings.Contains(err.Error(), "is how lab "+want) ||
			!strings.Contains(err.Error(), "write another name")) {
			t.Errorf("%s: %v", labs, err)
		}
	}
}
