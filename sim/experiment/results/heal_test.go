package results

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// tidy is a folder as an experiment leaves it, in which damage is then done.
func tidy(t *testing.T) (dir string, c Claim, said *[]string) {
	t.Helper()
	t.Chdir(t.TempDir())
	said = new([]string)
	c = Claim{Out: "r", Name: "mine", Identity: strings.Repeat("a", 64), Format: "csv",
		Differs: func(*Manifest) string { return "the seed" },
		Notice:  func(format string, a ...any) { *said = append(*said, fmt.Sprintf(format, a...)) }}
	put(t, "r/market.csv", "case\nbase\n")
	put(t, "r/scenario.yaml", "title: t\n")
	sum := func(file string) string {
		s, err := FileSum(file)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	put(
		t,
		"r/manifest.json",
		fmt.Sprintf(`{"identity": %q, "name": "mine", "format": "csv", "program": {"executable_sha256": "e"},
		"tables": [{"file": "market.csv", "rows": 1, "sha256": %q}],
		"scenarios": [{"file": "scenario.yaml", "sha256": %q}]}`, c.Identity, sum("r/market.csv"), sum("r/scenario.yaml")),
	)
	return "r", c, said
}

func put(t *testing.T, file, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func there(file string) bool { _, err := os.Stat(file); return err == nil }

// TestDamagedRecordsHeal: whatever befell the records of a folder, the same claim goes on without
// --force, loses nothing and says what it does; with --force it takes the folder.
func TestDamagedRecordsHeal(t *testing.T) {
	const note = "r/.parts/experiment.json"
	folderAt := func(file string) {
		os.RemoveAll(file)
		os.MkdirAll(filepath.Join(file, "x"), 0o755)
	}
	for _, c := range []struct {
		what   string
		damage func(t *testing.T)
		aside  string // a file that lies in the folder that stepped aside
		says   string
	}{
		{"the manifest is gone", func(t *testing.T) { os.Remove("r/manifest.json") }, "market.csv",
			"manifest.json is missing"},
		{"the manifest is empty", func(t *testing.T) { put(t, "r/manifest.json", "") }, "market.csv", "manifest.json"},
		{"the manifest is cut", func(t *testing.T) { os.Truncate("r/manifest.json", 40) }, "market.csv", "manifest.json"},
		{"the manifest is another file", func(t *testing.T) { put(t, "r/manifest.json", "{}") }, "market.csv", "no identity"},
		{"the manifest is a folder", func(t *testing.T) { folderAt("r/manifest.json") }, "market.csv", "manifest.json"},
		{"an empty note beside no runs", func(t *testing.T) { os.RemoveAll("r"); put(t, note, "") }, "", "begins again"},
		{"an empty note beside runs", func(t *testing.T) {
			os.RemoveAll("r")
			put(t, note, "")
			put(t, "r/.parts/growing",
				"runs")
		}, ".parts/growing", "does not say"},
		{"a note that is a folder", func(t *testing.T) {
			os.RemoveAll("r")
			folderAt(note)
			put(t, "r/.parts/growing",
				"runs")
		}, ".parts/growing", "experiment.json"},
		{"a note of zeros", func(t *testing.T) { os.RemoveAll("r"); put(t, note, "\x00\x00\x00\x00") }, "", "begins again"},
		{"parts that are a file", func(t *testing.T) { os.RemoveAll("r"); put(t, "r/.parts", "") }, "", ""},
		{"the manifest is a device", func(t *testing.T) {
			os.Remove("r/manifest.json")
			if err := os.Symlink(os.DevNull, "r/manifest.json"); err != nil {
				t.Skip(err)
			}
		}, "market.csv", "no regular file"},
		{"a table that is a folder", func(t *testing.T) { folderAt("r/market.csv") }, "",
			"market.csv was changed or removed"},
	} {
		for _, force := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, force %v", c.what, force), func(t *testing.T) {
				dir, claim, said := tidy(t)
				c.damage(t)
				claim.Force = force
				f, err := Open(claim, Build{Executable: "e"})
				if err != nil {
					t.Fatal(err)
				}
				defer f.Close()
				if f.Complete || !there(note) || there("r/market.csv") || there("r/manifest.json") {
					t.Error("the folder is not ready for the experiment")
				}
				if text := strings.Join(*said, "\n"); !force && !strings.Contains(text, c.says) {
					t.Errorf("it said %q, not %q", text, c.says)
				}
				if aside := filepath.Join(dir+".damaged", filepath.FromSlash(c.aside)); !force && c.aside != "" && !there(aside) {
					t.Errorf("%s is lost", aside)
				}
				if force && there(dir+".damaged") {
					t.Error("with force something stepped aside")
				}
			})
		}
	}
}

// TestRunsAreKeptWhereTheirLogTells: a damaged note costs nothing where the log beside it is the
// experiment's own.
func TestRunsAreKeptWhereTheirLogTells(t *testing.T) {
	_, claim, _ := tidy(t)
	os.RemoveAll("r")
	put(t, "r/.parts/experiment.json", "")
	put(t, "r/.parts/growing", "runs")
	claim.Begun = func(parts string) bool { return there(filepath.Join(parts, "growing")) }
	f, err := Open(claim, Build{Executable: "e"})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	n, err := f.readNote()
	if err != nil || n.Identity != claim.Identity || !there("r/.parts/growing") {
		t.Errorf("note %+v, %v", n, err)
	}
}

func TestStrangersAreRefused(t *testing.T) {
	_, claim, _ := tidy(t)
	os.Remove("r/manifest.json")
	put(t, "r/thesis.tex", "")
	for _, force := range []bool{false, true} {
		claim.Force = force
		if _, err := Open(claim, Build{}); err == nil || !strings.Contains(err.Error(), "thesis.tex") {
			t.Errorf("force %v: %v", force, err)
		}
	}
	put(t, "file", "")
	if err := os.Symlink("nowhere", "link"); err != nil {
		t.Skip(err)
	}
	for out, want := range map[string]string{"file": "file is a file", "file/a": "file is a file",
		"link": "link is a link that leads nowhere"} {
		claim.Out = filepath.FromSlash(out)
		if _, err := Open(claim, Build{}); err == nil || !strings.Contains(err.Error(),
			want+" where a results folder is to be; choose another folder with --out") {
			t.Error(err)
		}
	}
}

// What was moved aside once is no stranger, whatever is lost after it.
func TestWhatWasMovedAsideIsNoStranger(t *testing.T) {
	_, claim, _ := tidy(t)
	if err := os.RemoveAll("r"); err != nil {
		t.Fatal(err)
	}
	put(t, "r/.lock.damaged-1/x", "somebody's")
	put(t, "r/market.csv.damaged-2/x", "somebody's")
	f, err := Open(claim, Build{Executable: "e"})
	if err != nil {
		t.Fatal(err)
	}
	f.Close()
	if !there("r/.lock.damaged-1/x") || !there("r/market.csv.damaged-2/x") {
		t.Error("what was moved aside is lost")
	}
}

// TestForceTakesThePlanToo: with force no plan and no shard stays, unless somebody works on one; a
// table made again keeps both.
func TestForceTakesThePlanToo(t *testing.T) {
	_, claim, _ := tidy(t)
	put(t, "r/plan.json", "{}")
	put(t, "r/shards/shard-00000.work/growing", "runs")
	put(t, "r/market.csv", "edited")
	f, err := Open(claim, Build{Executable: "e"})
	if err != nil || !there("r/plan.json") || !there("r/shards/shard-00000.work/growing") {
		t.Fatalf("without force the plan went: %v", err)
	}
	f.Close()
	lock, err := LockFolder("r/shards/shard-00000.work")
	if err != nil {
		t.Fatal(err)
	}
	claim.Force, claim.Identity = true, strings.Repeat("b", 64)
	if _, err := Open(claim, Build{Executable: "e"}); err == nil || !strings.Contains(err.Error(),
		"shards are at work") || !strings.Contains(err.Error(), fmt.Sprint("process ", os.Getpid())) {
		t.Fatalf("somebody is at work: %v", err)
	}
	lock.Release("r/shards/shard-00000.work")
	if f, err = Open(claim, Build{Executable: "e"}); err != nil || there("r/plan.json") || there("r/shards") {
		t.Fatalf("the plan stays: %v", err)
	}
	f.Close()
}

// TestAFolderWhereAResultBelongs: it steps aside when the results are moved into place.
func TestAFolderWhereAResultBelongs(t *testing.T) {
	_, claim, _ := tidy(t)
	claim.Force, claim.Identity = true, strings.Repeat("b", 64)
	f, err := Open(claim, Build{Executable: "e"})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	files := []string{"market.csv", "scenarios/base.yaml"}
	for _, file := range append(files, ManifestName) {
		put(t, f.Parts(FinalName, filepath.FromSlash(file)), "new")
		put(t, "r/"+file+"/x", "somebody's")
	}
	if err := f.Publish(files, nil); err != nil {
		t.Fatal(err)
	}
	for _, file := range append(files, ManifestName) {
		if text, _ := os.ReadFile("r/" + file); string(text) != "new" || !there("r/"+file+".damaged-1/x") {
			t.Errorf("%s holds %q, or what was there is lost", file, text)
		}
	}
}
