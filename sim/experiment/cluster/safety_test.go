package cluster

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"simulate/sim/experiment/results"
	"simulate/sim/experiment/run"
)

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func exists(path string) bool { _, err := os.Stat(path); return err == nil }

// replan writes another plan into a folder.
func replan(t *testing.T, dir string, force bool) error {
	t.Helper()
	_, err := WritePlan(gridOfSix(t), dir, 3, "", force, nil, "")
	return err
}

// TestForceReplacesWhateverPlan: a plan that is whole, damaged, empty or a folder, with its shards
// and what was merged of it.
func TestForceReplacesWhateverPlan(t *testing.T) {
	for what, damage := range map[string]func(dir string){
		"whole": func(string) {},
		"empty": func(dir string) { write(t, filepath.Join(dir, planName), "") },
		"cut":   func(dir string) { os.Truncate(filepath.Join(dir, planName), 200) },
		"a folder": func(dir string) {
			os.Remove(filepath.Join(dir, planName))
			os.MkdirAll(filepath.Join(dir, planName, "x"), 0o755)
		},
		"another hash": func(dir string) {
			write(t, filepath.Join(dir, planName),
				`{"format": "`+planFormat+`", "hash": "x"}`)
		},
	} {
		for _, merged := range []bool{false, true} {
			dir := t.TempDir()
			p := planSix(t, dir, 2)
			runShards(t, p)
			if merged {
				if _, err := merge(p, false); err != nil {
					t.Fatal(err)
				}
			}
			damage(dir)
			if err := replan(t, dir, false); err == nil || !strings.Contains(err.Error(), "--force") {
				t.Errorf("%s, merged %v: without force %v", what, merged, err)
			}
			if err := replan(t, dir, true); err != nil {
				t.Errorf("%s, merged %v: %v", what, merged, err)
				continue
			}
			again, err := ReadPlan(dir)
			if err != nil || len(again.Shards) != 3 {
				t.Errorf("%s: the new plan: %v", what, err)
			}
			if left, _ := os.ReadDir(filepath.Join(dir, shardsName)); len(left) > 0 || exists(filepath.Join(dir,
				results.ManifestName)) {
				t.Errorf("%s, merged %v: shards %v or a manifest stay", what, merged, left)
			}
		}
	}
}

// TestAPlanThatWasKilled: what is left of a plan whose process was killed as it began or as it
// replaced another is no stranger's.
func TestAPlanThatWasKilled(t *testing.T) {
	stray := "." + planName + ".tmp-12"
	for _, left := range []struct {
		files []string // those that end in / are folders
		force bool     // whether the next plan needs it
	}{
		{files: []string{shardsName + "/"}},
		{files: []string{stray}},
		{files: []string{shardsName + "/", stray, ".market.csv.tmp-3"}},
		{files: []string{shardsName + "/00000.runs"}, force: true},
		{files: []string{shardsName + "/00000.runs", stray}, force: true},
	} {
		for _, force := range []bool{false, true} {
			dir := t.TempDir()
			for _, file := range left.files {
				if strings.HasSuffix(file, "/") {
					os.Mkdir(filepath.Join(dir, file), 0o755)
				} else {
					write(t, filepath.Join(dir, file), "x")
				}
			}
			err := replan(t, dir, force)
			if refused := err != nil; refused != (left.force && !force) {
				t.Errorf("%q left, force %v: %v", left.files, force, err)
			}
		}
	}
}

func TestForceIsRefusedWhileAShardIsAtWork(t *testing.T) {
	dir := t.TempDir()
	p := planSix(t, dir, 2)
	work := p.workPath(1)
	if err := os.MkdirAll(work, 0o755); err != nil {
		t.Fatal(err)
	}
	lock, err := results.LockFolder(work)
	if err != nil {
		t.Fatal(err)
	}
	defer lock.Release(work)
	if err := replan(t, dir, true); err == nil || !strings.Contains(err.Error(),
		"at work") || !strings.Contains(err.Error(), fmt.Sprint("process ", os.Getpid())) {
		t.Errorf("got %v", err)
	}
	if old, err := ReadPlan(dir); err != nil || old.Hash != p.Hash {
		t.Errorf("the plan was touched: %v", err)
	}
}

// TestMergeStandsAlone: no table of another experiment stays beside those of the plan.
func TestMergeStandsAlone(t *testing.T) {
	dir := t.TempDir()
	p := planSix(t, dir, 2)
	runShards(t, p)
	write(t, filepath.Join(dir, "labs.csv"), "case\n")
	if _, err := merge(p, false); err == nil || !strings.Contains(err.Error(), "labs.csv") || exists(filepath.Join(dir,
		"runs.parquet")) {
		t.Errorf("a foreign table: %v", err)
	}
	if err := os.Remove(filepath.Join(dir, "labs.csv")); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, results.ManifestName), fmt.Sprintf(`{"identity": %q, "name": "other"}`,
		strings.Repeat("a", 64)))
	if _, err := merge(p, false); err == nil || !strings.Contains(err.Error(), "another experiment (other)") {
		t.Errorf("another experiment: %v", err)
	}
	if err := os.Remove(filepath.Join(dir, results.ManifestName)); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "notes.txt"), "mine")
	if _, err := merge(p, false); err != nil || !exists(filepath.Join(dir, "notes.txt")) {
		t.Errorf("beside a file of the user: %v", err)
	}
}

func TestTwoBuildsAreRecorded(t *testing.T) {
	dir := t.TempDir()
	p := planSix(t, dir, 2)
	runShards(t, p, 0)
	x := run.NewExecution(p.Workload.(run.Experiment), &run.Options{Jobs: 1})
	x.Expect(1, 0)
	if _, err := x.Grow(context.Background(), filepath.Join(dir, "growing"), p.shardPath(1), p.head(1,
		strings.Repeat("b", 64))); err != nil {
		t.Fatal(err)
	}
	state, err := Status(p)
	if err != nil || len(state.Builds) != 2 {
		t.Fatalf("builds %v, %v", state, err)
	}
	if _, err := merge(p, false); err != nil {
		t.Fatal(err)
	}
	m, err := results.ReadManifest(dir)
	if err != nil || !slices.Contains(m.Programs, strings.Repeat("b",
		64)) || len(m.Programs) != 2 || !strings.Contains(strings.Join(m.Notes, " "), "2 builds") {
		t.Errorf("the manifest says %v, %q, %v", m.Programs, m.Notes, err)
	}
}

func TestTooManyShards(t *testing.T) {
	e := gridOfSix(t)
	if _, err := WritePlan(e, t.TempDir(), e.Runs()+1, "", false, nil, ""); err == nil {
		t.Error("more shards than runs")
	}
	if mostShards > 1_000_000 {
		t.Error("a plan of so many shards is no file to be read")
	}
}

// TestJobFilesAreKnown: what an engine leaves beside a plan is known where a folder is emptied.
func TestJobFilesAreKnown(t *testing.T) {
	for _, e := range Engines {
		for _, f := range e.files {
			if !slices.Contains(results.PlanFiles, f.name) {
				t.Errorf("%s writes %s, which is not among results.PlanFiles", e.Name, f.name)
			}
		}
		for _, f := range e.folders {
			if !slices.Contains(results.PlanFolders, f) {
				t.Errorf("%s makes %s, which is not among results.PlanFolders", e.Name, f)
			}
		}
	}
}

// A folder that stands where a shard belongs steps aside when the shard is done, and hinders no
// merge.
func TestAFolderWhereAShardBelongs(t *testing.T) {
	dir := t.TempDir()
	p := planSix(t, dir, 2)
	for _, inside := range []string{"x", ""} {
		path := p.shardPath(1)
		os.RemoveAll(path)
		if err := os.MkdirAll(filepath.Join(path, inside), 0o755); err != nil {
			t.Fatal(err)
		}
		runShards(t, p)
		if info, err := os.Stat(path); err != nil || !info.Mode().IsRegular() {
			t.Errorf("%s: %v, %v", path, info, err)
		}
	}
	if _, err := merge(p, false); err != nil {
		t.Error(err)
	}
}
