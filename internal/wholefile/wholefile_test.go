package wholefile

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func names(t *testing.T, dir string) (out []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		out = append(out, e.Name())
	}
	return out
}

// What is written stays beside its target until it is whole; nothing goes through the folder of
// temporary files.
func TestFilesAreWhole(t *testing.T) {
	dir, temporary := t.TempDir(), t.TempDir()
	t.Setenv("TMPDIR", temporary)
	path := filepath.Join(dir, "a[1].csv")
	if err := Write(path, []byte("old")); err != nil {
		t.Fatal(err)
	}
	f, err := Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Write([]byte("new")); err != nil {
		t.Fatal(err)
	}
	if got := names(t, dir); len(got) != 2 || !Stray(got[0]) || Stray(got[1]) {
		t.Errorf("while a file is written its folder holds %q", got)
	}
	if text, _ := os.ReadFile(path); string(text) != "old" {
		t.Errorf("before it is committed the file holds %q", text)
	}
	if err := f.Commit(); err != nil {
		t.Fatal(err)
	}
	if text, _ := os.ReadFile(path); string(text) != "new" {
		t.Errorf("after it is committed the file holds %q", text)
	}
	if f, err = Create(path); err != nil {
		t.Fatal(err)
	}
	f.Discard()
	if got := names(t, dir); len(got) != 1 {
		t.Errorf("after a file is discarded its folder holds %q", got)
	}
	if _, err = Create(path); err != nil {
		t.Fatal(err)
	}
	Abandon()
	if got := names(t, dir); len(got) != 1 {
		t.Errorf("after what is being written is abandoned its folder holds %q", got)
	}
	if got := names(t, temporary); len(got) != 0 {
		t.Errorf("the folder for temporary files holds %q", got)
	}
	if err := os.Mkdir(filepath.Join(dir, "folder"), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{filepath.Join(dir, "gone", "x"), filepath.Join(path, "x"),
		filepath.Join(dir, "folder")} {
		if err := Write(path, nil); err == nil || !strings.HasPrefix(err.Error(), "write "+path+": ") {
			t.Errorf("%s: %v", path, err)
		}
	}
}

// What cannot be written is called by the name that the user knows.
func TestErrorsNameTheTarget(t *testing.T) {
	path := filepath.Join(t.TempDir(), "market.csv")
	f, err := Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Discard()
	f.file.Close()
	for _, err := range []error{second(f.Write([]byte("x"))), f.Commit()} {
		if err == nil || !strings.HasPrefix(err.Error(), "write "+path+": ") {
			t.Errorf("got %v", err)
		}
	}
}

func second(_ int, err error) error { return err }

func TestStraysGo(t *testing.T) {
	dir := t.TempDir()
	if _, err := Create(filepath.Join(dir, "market.csv")); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{".tmp-1", "market.csv.tmp-1", ".market.csv.tmp-", ".market.csv.tmp-x", "market.csv"} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := Strays(dir); err != nil {
		t.Fatal(err)
	}
	if got := names(t, dir); len(got) != 5 {
		t.Errorf("what stays is %q", got)
	}
	if Strays(filepath.Join(dir, "gone")) == nil {
		t.Error("a folder that is not there has no strays")
	}
}

// What is synced while more is written is neither lost nor out of order, and nothing is left of a
// file that is given up meanwhile.
func TestLargeFilesAreWhole(t *testing.T) {
	dir := t.TempDir()
	for _, commit := range []bool{true, false} {
		path := filepath.Join(dir, "large")
		f, err := Create(path)
		if err != nil {
			t.Fatal(err)
		}
		var want bytes.Buffer
		for i := range 40 {
			part := bytes.Repeat([]byte{byte(i)}, 1<<20)
			want.Write(part)
			if _, err := f.Write(part); err != nil {
				t.Fatal(err)
			}
		}
		if f.syncing == nil {
			t.Error("nothing was synced on the way")
		}
		if !commit {
			f.Discard()
		} else if err := f.Commit(); err != nil {
			t.Fatal(err)
		}
		got, _ := os.ReadFile(path)
		if commit != bytes.Equal(got, want.Bytes()) {
			t.Errorf("committed %v: %d bytes are there", commit, len(got))
		}
		os.Remove(path)
		if left := names(t, dir); len(left) > 0 {
			t.Errorf("committed %v: %q is left", commit, left)
		}
	}
}
