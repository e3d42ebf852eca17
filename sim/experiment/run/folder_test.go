package run

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"simulate/sim/experiment/results"
	"simulate/sim/experiment/tiny"
	"simulate/sim/scenario"
)

// refused runs a spec that must be refused as input and returns the message.
func refused(t *testing.T, spec Spec, name string) string {
	t.Helper()
	spec.Scenarios = []*scenario.Scenario{tiny.Load(t, name)}
	_, err := Run(context.Background(), spec)
	var input *results.InputError
	if !errors.As(err, &input) {
		t.Fatalf("error %v, want an input error", err)
	}
	return err.Error()
}

func TestCompleteFolderIsKept(t *testing.T) {
	dir := t.TempDir()
	runTiny(t, Spec{Out: dir}, "base")
	was := tiny.Contents(t, dir)
	if err := os.WriteFile(filepath.Join(dir, "my notes.txt"), []byte("mine"), 0o644); err != nil {
		t.Fatal(err)
	}
	idle := Spec{Out: dir, Progress: func(p Progress) { t.Errorf("something is computed: %+v", p) }}
	if o := runTiny(t, idle, "base"); !o.AlreadyComplete || o.Stats("base", "2025-12-31", "hhi_sales").N != 6 {
		t.Error("a complete folder is not recognised")
	}
	if o := runTiny(t, Spec{Out: dir, Force: true}, "base"); o.AlreadyComplete {
		t.Error("--force computes nothing")
	}
	was["my notes.txt"] = "mine"
	tiny.SameContents(t, "forced", tiny.Contents(t, dir), was)
}

func TestChangedTableIsMadeAgain(t *testing.T) {
	dir := t.TempDir()
	runTiny(t, Spec{Out: dir}, "base")
	was := tiny.Contents(t, dir)
	if err := os.WriteFile(filepath.Join(dir, "labs.csv"), []byte("edited"), 0o644); err != nil {
		t.Fatal(err)
	}
	var said string
	runTiny(t, Spec{Out: dir, Notice: func(s string) { said = s }}, "base")
	tiny.Contains(t, said, "labs.csv", "runs again")
	tiny.SameContents(t, "again", tiny.Contents(t, dir), was)
}

func TestOtherFormatReplacesTables(t *testing.T) {
	dir := t.TempDir()
	runTiny(t, Spec{Out: dir}, "base")
	runTiny(t, Spec{Out: dir, Format: "parquet"}, "base")
	if files := tiny.Contents(t, dir); files["market.parquet"] == "" || files["market.csv"] != "" {
		t.Error("the tables of the other format stay, or the new ones are missing")
	}
}

func TestDefaultFolderMovesAnotherExperimentAside(t *testing.T) {
	t.Chdir(t.TempDir())
	first := runTiny(t, Spec{}, "base")
	was := tiny.Contents(t, first.Dir)
	if first.Dir != filepath.Join("results", "base") {
		t.Errorf("the default folder is %s", first.Dir)
	}
	seed := uint64(8)
	var said string
	second := runTiny(t, Spec{Seed: &seed, Notice: func(s string) { said = s }}, "base")
	aside := first.Dir + "." + first.Manifest.Identity[:8]
	tiny.Contains(t, said, "another experiment", aside)
	tiny.SameContents(t, "moved aside", tiny.Contents(t, aside), was)
	if second.Manifest.Seed != 8 || second.Manifest.Identity == first.Manifest.Identity {
		t.Errorf("the second experiment: %+v", second.Manifest)
	}
	runTiny(t, Spec{}, "base")
	runTiny(t, Spec{Seed: &seed}, "base")
	if _, err := os.Stat(aside + "-2"); err != nil {
		t.Errorf("a second folder moved aside has no name of its own: %v", err)
	}
}

func TestExplicitFolderRefusesAnotherExperiment(t *testing.T) {
	dir := t.TempDir()
	o := runTiny(t, Spec{Out: dir}, "base")
	was := tiny.Contents(t, dir)
	tiny.Contains(t, refused(t, Spec{Out: dir, Replications: 3}, "base"), o.Manifest.Identity[:8], "base",
		"replications 6, not 3", "--force", "--out")
	seed := uint64(8)
	tiny.Contains(t, refused(t, Spec{Out: dir, Seed: &seed, Record: "year"}, "base"), "(seed 7, not 8; record quarter, "+
		"not year)")
	tiny.Contains(t, refused(t, Spec{Out: dir}, "fixed"), "scenarios base, not fixed")
	_, err := Run(context.Background(), Spec{Out: dir, Scenarios: []*scenario.Scenario{tiny.Load(t, "base",
		"market.eta=0.9")}})
	if err == nil {
		t.Fatal("another elasticity passes for the same experiment")
	}
	tiny.Contains(t, err.Error(), "(a value in a scenario)")
	tiny.SameContents(t, "refused", tiny.Contents(t, dir), was)
	if n := runTiny(t, Spec{Out: dir, Replications: 3, Force: true}, "base").Manifest.Replications; n != 3 {
		t.Errorf("--force leaves %d replications, want 3", n)
	}
}

func TestForceClearsTheOldExperimentAway(t *testing.T) {
	dir := t.TempDir()
	runTiny(t, Spec{Out: dir}, "base", "shock")
	if err := os.MkdirAll(filepath.Join(dir, "figures"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "figures", "hhi.png"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	runTiny(t, Spec{Out: dir, Force: true}, "base")
	files := tiny.Contents(t, dir)
	if _, ok := files[filepath.Join("figures", "hhi.png")]; ok {
		t.Error("the figures of the old experiment stay")
	}
	if _, ok := files[filepath.Join("scenarios", "shock.yaml")]; ok {
		t.Error("a scenario of the old experiment stays")
	}
}

func TestForeignFoldersAreRefused(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "thesis.tex"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	tiny.Contains(t, refused(t, Spec{Out: dir, Force: true}, "base"), "thesis.tex", "--out")
	if left, _ := os.ReadDir(dir); len(left) != 1 {
		t.Errorf("the refusal leaves files: %v", left)
	}
	if err := os.Remove(filepath.Join(dir, "thesis.tex")); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, results.ManifestName), []byte(`{"name": "of a web app"}`),
		0o644); err != nil {
		t.Fatal(err)
	}
	tiny.Contains(t, refused(t, Spec{Out: dir}, "base"), results.ManifestName, "--out")
}

// anotherBuild makes a file say that another executable was at work.
func anotherBuild(t *testing.T, path, key string) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	v := map[string]any{}
	if err := json.Unmarshal(text, &v); err != nil {
		t.Fatal(err)
	}
	in := v
	if key != "" {
		in = v[key].(map[string]any)
	}
	in["executable_sha256"] = strings.Repeat("ab", 32)
	if text, err = json.Marshal(v); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, text, 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestRunsOfAnotherBuildAreNotContinued(t *testing.T) {
	dir := t.TempDir()
	if err := stopAfter(t, 2, Spec{Out: dir, Scenarios: []*scenario.Scenario{tiny.Load(t, "base")}}); !errors.Is(err,
		errTold) {
		t.Fatal(err)
	}
	anotherBuild(t, filepath.Join(dir, ".parts", "experiment.json"), "")
	tiny.Contains(t, refused(t, Spec{Out: dir}, "base"), "another build", "abababab", "--force")
	if o := runTiny(t, Spec{Out: dir, Force: true, Progress: func(p Progress) {
		if p.Resumed > 0 {
			t.Error("--force continues the other build's runs")
		}
	}}, "base"); o.Manifest.Replications != 6 {
		t.Errorf("%d replications", o.Manifest.Replications)
	}
}

func TestCompleteFolderOfAnotherBuild(t *testing.T) {
	t.Chdir(t.TempDir())
	first := runTiny(t, Spec{}, "base")
	anotherBuild(t, filepath.Join(first.Dir, results.ManifestName), "program")
	tiny.Contains(t, refused(t, Spec{Out: first.Dir}, "base"), "another build", "--force")
	var said string
	if o := runTiny(t, Spec{Notice: func(s string) { said = s }}, "base"); o.AlreadyComplete {
		t.Error("another build's results pass for this one's")
	}
	tiny.Contains(t, said, "another build", first.Dir+"."+first.Manifest.Identity[:8])
}

func TestFolderInUseIsRefused(t *testing.T) {
	dir := t.TempDir()
	l, err := results.LockFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Release(dir)
	_, err = Run(context.Background(), Spec{Out: dir, Scenarios: []*scenario.Scenario{tiny.Load(t, "base")}})
	if err == nil || !strings.Contains(err.Error(), "in use") {
		t.Errorf("a folder in use gives %v", err)
	}
}
