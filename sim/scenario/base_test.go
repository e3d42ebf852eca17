package scenario

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const ownTax = `extends: deepseek-shock
policies: {tax: {from: 2026-01, tax: {compute_rate: 10%}}}
`

// The base is the scenario less what the extended one has not word for word, and less all where
// that is nothing; nothing is ever added.
func TestBaseLacksWhatTheFileAdds(t *testing.T) {
	r1 := `{at: 2025-01-20, label: Other jump, shock: {lab: deepseek, efficiency: 3x, disclosure: closed}}`
	for _, c := range []struct {
		name, text   string
		set          []string
		kept, absent string // labels
		lacks        string
	}{
		{"all where nothing is added", "extends: deepseek-shock\n", nil, "", "", "events.0"},
		{"a policy on top", ownTax, nil, "DeepSeek R1", "", "policies.tax"},
		{"an event replaced", "extends: deepseek-shock\nevents: [" + r1 + "]\n", nil, "", "DeepSeek R1", "events.0"},
		{"a policy taken away", "extends: ./tax.yaml\npolicies: {tax: null, cap: {from: 2026-01, training_cap: {compute: " +
			"1e26 FLOP}}}\n",
			nil, "DeepSeek R1", "tax", "policies.cap"},
		{"--set counts as the file's", ownTax, []string{"events.0.shock.efficiency=3x"}, "", "", "events.0 policies.tax"},
		{"the file says so", ownTax + "base: {without: [events.0]}\n", nil, "tax", "", "events.0"},
		{"and --set beside it", ownTax + "base: {without: [events.0]}\n", []string{"policies.tax.tax.compute_rate=20%"}, "",
			"",
			"events.0 policies.tax"},
	} {
		t.Run(c.name, func(t *testing.T) {
			file := fileWith(t, c.text)
			if err := os.WriteFile(filepath.Join(filepath.Dir(file), "tax.yaml"), []byte(ownTax), 0o600); err != nil {
				t.Fatal(err)
			}
			s := mustLoad(t, file, c.set...)
			base, made, err := s.Base()
			if err != nil || !made {
				t.Fatal(made, err)
			}
			word := map[string]string{"events.0": "without_events", "events.0 policies.tax": "without_both"}[c.lacks]
			if word == "" {
				word = "without_policies"
			}
			if base.Name != s.Name+"."+word {
				t.Errorf("the base that lacks %s is called %s", c.lacks, base.Name)
			}
			if got := strings.Join(s.base.lacks, " "); got != c.lacks {
				t.Errorf("the base lacks %s, want %s", got, c.lacks)
			}
			var kept []string
			for _, m := range base.Markers() {
				kept = append(kept, m.Label)
			}
			if got := strings.Join(kept, ", "); got != c.kept {
				t.Errorf("the base has %q, want %q", got, c.kept)
			}
			if got := strings.Join(s.Absent(), ", "); got != c.absent {
				t.Errorf("in neither is %q, want %q", got, c.absent)
			}
			assumptions, _ := Differences(s, base)
			if len(assumptions) > 0 {
				t.Errorf("the base differs in %v", assumptions)
			}
			again, err := Parse(s.Name, s.YAML())
			if err != nil {
				t.Fatal(err)
			}
			if string(again.YAML()) != string(s.YAML()) || !slices.Equal(again.base.lacks, s.base.lacks) {
				t.Errorf("read again the base lacks %v, not %v", again.base.lacks, s.base.lacks)
			}
		})
	}
}

// A scenario that nothing happens in has no base, and one may name another.
func TestBaseByName(t *testing.T) {
	if base, _, err := mustLoad(t, "baseline").Base(); base != nil || err != nil {
		t.Errorf("the baseline has the base %v, %v", base, err)
	}
	s := mustLoad(t, fileWith(t, "extends: deepseek-shock\nbase: supplier-eta-low\n"), "market.eta=0.7",
		"events.0.shock.efficiency=3x")
	base, made, err := s.Base()
	if err != nil || made || base.Name != "supplier-eta-low" {
		t.Fatal(base, made, err)
	}
	if base.Config().Parameters.Market.Eta != 0.7 || base.Config().Shocks[0] == s.Config().Shocks[0] {
		t.Error("--set of an assumption holds in both worlds, that of an event in one")
	}
	refused(t, "extends: deepseek-shock\nbase: supplier-eta-lov\n")
	refused(t, "extends: deepseek-shock\nbase: {without: [events.1]}\n")
	refused(t, "extends: deepseek-shock\nbase: [events.0]\n")
}

// Worlds are alike whatever they are called and asked.
func TestWorld(t *testing.T) {
	base, _, err := mustLoad(t, "deepseek-shock").Base()
	if err != nil {
		t.Fatal(err)
	}
	if baseline := mustLoad(t, "baseline"); base.World() != baseline.World() {
		t.Error("deepseek-shock without its event is not the baseline")
	} else if other := mustLoad(t, "baseline", "market.eta=0.7"); other.World() == baseline.World() {
		t.Error("another elasticity is the same world")
	}
}

// What is left in the base draws the same values as in the scenario.
func TestBaseDrawsTheSame(t *testing.T) {
	const drawn = `{at: 2025-01-20, shock: {lab: deepseek, efficiency: {dist: lognormal, low: 2, high: 9}}}`
	const new = `{at: 2026-01-20, shock: {lab: openai, efficiency: 2x}}`
	for _, c := range []struct {
		events string
		fine   bool
	}{{drawn + ", " + new, true}, {new + ", " + drawn, false}} {
		without := map[bool]string{true: "events.1", false: "events.0"}[c.fine]
		s := mustLoad(t, fileWith(t, "extends: baseline\nevents: ["+c.events+"]\nbase: {without: ["+without+"]}\n"))
		base, _, err := s.Base()
		if (err == nil) != c.fine {
			t.Fatalf("%s: %v", c.events, err)
		} else if err != nil {
			continue
		}
		a, err1 := s.Draw(1, 3)
		b, err2 := base.Draw(1, 3)
		if err1 != nil || err2 != nil || a.Shocks[0] != b.Shocks[0] {
			t.Errorf("%+v and %+v (%v, %v)", a.Shocks[0], b.Shocks[0], err1, err2)
		}
	}
}
