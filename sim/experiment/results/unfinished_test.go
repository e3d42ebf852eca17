package results

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// Of unfinished work the oldest goes until the rest is within the bound, and what is older than the
// age in any case; a folder that a process is at work in stays, and so does the one that is kept.
func TestUnfinishedWorkIsBounded(t *testing.T) {
	for _, c := range []struct {
		name, locked, kept string
		most               int64
		stay               []string
	}{
		{name: "all within", most: 4000, stay: []string{"day", "hour", "now", "week"}},
		{name: "some over", most: 2500, stay: []string{"hour", "now"}},
		{name: "all over", most: 0, kept: "now", stay: []string{"now"}},
		{name: "one at work", most: 1000, locked: "week", kept: "now", stay: []string{"now", "week"}},
		{name: "an old one kept", most: 4000, kept: "year", stay: []string{"day", "hour", "now", "week", "year"}},
	} {
		all := t.TempDir()
		for name, age := range map[string]time.Duration{"now": 0, "hour": time.Hour, "day": 24 * time.Hour,
			"week": 7 * 24 * time.Hour, "year": 365 * 24 * time.Hour} {
			parts := filepath.Join(all, name, "results", ".parts") // as earlier versions kept it
			if err := os.MkdirAll(parts, 0o755); err != nil {
				t.Fatal(err)
			}
			size := 1000
			if name == "year" {
				size = 0
			}
			if err := os.WriteFile(filepath.Join(parts, "growing"), make([]byte, size), 0o644); err != nil {
				t.Fatal(err)
			}
			if name == c.locked {
				lock, err := LockFolder(filepath.Join(all, name))
				if err != nil {
					t.Fatal(err)
				}
				defer lock.Release(filepath.Join(all, name))
			}
			then := time.Now().Add(-age)
			err := filepath.WalkDir(filepath.Join(all, name), func(path string, _ os.DirEntry, err error) error {
				if err != nil {
					return err
				}
				return os.Chtimes(path, then, then)
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		makeRoom(all, filepath.Join(all, c.kept), c.most)
		var left []string
		entries, err := os.ReadDir(all)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			left = append(left, e.Name())
		}
		if !slices.Equal(left, c.stay) {
			t.Errorf("%s: %v stay, want %v", c.name, left, c.stay)
		}
	}
}

// What a command leaves stays for the next one where it was stopped, and goes where it was done.
func TestUnfinishedStaysWhereStopped(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	t.Setenv("HOME", t.TempDir())
	u, err := OpenUnfinished("0123456789abcdef")
	if err != nil {
		t.Fatal(err)
	}
	if !u.Stays() {
		t.Skip("the system has no folder for what programs keep")
	}
	path := filepath.Join(u.Dir, "growing")
	if err := os.WriteFile(path, []byte("runs"), 0o644); err != nil {
		t.Fatal(err)
	}
	other, err := OpenUnfinished("0123456789abcdef")
	if err != nil || other.Stays() || other.Dir == u.Dir {
		t.Errorf("another process gets %s, %v", other.Dir, err)
	}
	other.Close(true)
	if _, err := os.Stat(other.Dir); err == nil {
		t.Error("what has no place stays")
	}
	u.Close(true)
	if u, err = OpenUnfinished("0123456789abcdef"); err != nil {
		t.Fatal(err)
	}
	if text, _ := os.ReadFile(path); string(text) != "runs" {
		t.Error("the runs of a stopped command are gone")
	}
	u.Close(false)
	if _, err := os.Stat(u.Dir); err == nil {
		t.Error("the runs of a finished command stay")
	}
}
