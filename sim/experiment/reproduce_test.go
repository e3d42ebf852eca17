package experiment

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"simulate/sim/experiment/results"
	"simulate/sim/experiment/run"
	"simulate/sim/experiment/tiny"
	"simulate/sim/scenario"
)

// A table with another cell, with its hash in the manifest, is told apart from the one that comes
// out.
func TestReproduceNamesTheFirstDifference(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	if _, err := run.Run(context.Background(), run.Spec{Scenarios: []*scenario.Scenario{tiny.Load(t, "shock")}, Out: dir,
		Replications: 2}); err != nil {
		t.Fatal(err)
	}
	r, err := Reproduce(context.Background(), dir, run.Options{})
	if err != nil || !r.Same() || len(r.Circumstances) != 0 || len(r.Tables) != 10 {
		t.Fatalf("%+v, %v", r, err)
	}
	file := filepath.Join(dir, "events.csv")
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	changed := []byte(strings.Replace(string(text), ",shock,small,", ",shock,big,", 1))
	m, err := results.ReadManifest(dir)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(changed)
	for i := range m.Tables {
		if m.Tables[i].File == "events.csv" {
			m.Tables[i].SHA256 = hex.EncodeToString(sum[:])
		}
	}
	m.Version, m.Program.Platform = "0", "plan9/mips"
	manifest, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string][]byte{"events.csv": changed, results.ManifestName: manifest} {
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if r, err = Reproduce(context.Background(), dir, run.Options{}); err != nil || r.Same() || len(r.Circumstances) != 2 {
		t.Fatalf("%+v, %v", r, err)
	}
	for _, c := range r.Tables {
		if c.Same() == (c.File == "events.csv") {
			t.Errorf("%s is the same: %v", c.File, c.Same())
		}
		if !c.Same() && !(strings.Contains(c.Difference, "subject: big there, small here; 1 cell differs in all")) {
			t.Errorf("the difference is %q", c.Difference)
		}
	}
}

// A single run has the values of its rows in the market table.
func TestSingleRunIsTheRun(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	o, err := run.Run(context.Background(), run.Spec{Scenarios: []*scenario.Scenario{tiny.Load(t, "base"), tiny.Load(t,
		"drawn")}, Out: dir, Replications: 3})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"base", "drawn"} {
		r, err := OpenRun(context.Background(), dir, name, 2, nil)
		if err != nil {
			t.Fatal(err)
		}
		if err := o.ReadMarket(); err != nil {
			t.Fatal(err)
		}
		rows := 0
		if err := r.Each(func(date string, v []float64) error {
			rows++
			if got := o.Values(name, "hhi_sales", date)[1]; v[0] == 0 || got == 0 || v[0]/got-1 > 1e-8 || got/v[0]-1 > 1e-8 {
				t.Errorf("%s at %s: %v, the table has %v", name, date, v[0], got)
			}
			return nil
		}); err != nil || rows != len(o.Dates(name)) {
			t.Errorf("%d rows, %v", rows, err)
		}
	}
}
