package results

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A manifest that was edited is refused where a reader would go astray; the whole one is read.
func TestManifestsThatCannotBe(t *testing.T) {
	whole := func() *Manifest {
		return &Manifest{Identity: strings.Repeat("a", 64), Name: "m", Cases: []Case{
			{Name: "base", Start: 2025}, {Name: "tax", Start: 2025, Base: "base", Since: &Marker{Date: 2026}}},
			Compare: &Comparison{Alternatives: []string{"tax"}, Bases: []string{"base"}},
			Tables:  []File{{File: "market.csv"}}, Scenarios: []File{{File: "scenarios/base.yaml"}}}
	}
	for says, change := range map[string]func(m *Manifest){
		"":                           func(*Manifest) {},
		"cases is empty":             func(m *Manifest) { m.Cases, m.Compare = nil, nil },
		"cases[1].name is empty":     func(m *Manifest) { m.Cases[1].Name = "base" },
		"cases[0].name is empty":     func(m *Manifest) { m.Cases[0].Name = "" },
		"cases[0] counts less":       func(m *Manifest) { m.Cases[0].Replications = -1 },
		"cases[0] has a date":        func(m *Manifest) { m.Cases[0].Start = 1e308 },
		"cases[1] has a date":        func(m *Manifest) { m.Cases[1].Since.Until = -1e9 },
		"compare.bases does not go":  func(m *Manifest) { m.Compare.Bases = []string{"base", "tax"} },
		"\"gone\", which is no case": func(m *Manifest) { m.Compare.Bases[0] = "gone" },
		"compare.splits names \"tax\"": func(m *Manifest) {
			m.Cases, m.Compare.Splits = m.Cases[:1], []Split{{Case: "tax"}}
		},
		"sweep.metrics is empty":        func(m *Manifest) { m.Sweep = &SweepInfo{Cases: 1} },
		"futures.alternatives is empty": func(m *Manifest) { m.Futures = &Futures{Metrics: []string{"hhi_sales"}} },
		"tables is empty":               func(m *Manifest) { m.Tables = nil },
		"\"market.csv\" stands twice":   func(m *Manifest) { m.Tables = append(m.Tables, m.Tables[0]) },
		"\"../x.csv\" is no file":       func(m *Manifest) { m.Tables[0].File = "../x.csv" },
		"\"/etc/passwd\" is no file":    func(m *Manifest) { m.Scenarios[0].File = "/etc/passwd" },
	} {
		m := whole()
		change(m)
		if strings.Contains(says, "splits") {
			m.Compare.Alternatives = []string{"base"}
		}
		text, err := json.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, ManifestName), text, 0o644); err != nil {
			t.Fatal(err)
		}
		_, err = ReadManifestAs(dir, nil)
		switch {
		case says == "" && err != nil:
			t.Errorf("the whole one: %v", err)
		case says != "" && (err == nil || !strings.Contains(err.Error(), says) || !strings.Contains(err.Error(),
			"--force")):
			t.Errorf("%q: %v", says, err)
		}
	}
}
