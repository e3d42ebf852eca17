package aside

import (
	"os"
	"path/filepath"
	"testing"
)

func TestFolder(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "figure.png")
	there := func(name string) bool { _, err := os.Stat(filepath.Join(dir, name)); return err == nil }
	for n, inside := range []string{"", "a", "b"} {
		if err := os.MkdirAll(filepath.Join(path, inside), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := Folder(path); err != nil || there("figure.png") {
			t.Errorf("folder %d: %v", n, err)
		}
	}
	if !there("figure.png.damaged-1/a") || !there("figure.png.damaged-2/b") || there("figure.png.damaged-3") {
		t.Error("what the folders held is lost, or an empty one is kept")
	}
	if err := os.WriteFile(path, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := Folder(path); err != nil || !there("figure.png") {
		t.Errorf("a file: %v", err)
	}
	if err := Folder(filepath.Join(dir, "no", "such")); err != nil {
		t.Error(err)
	}
}

func TestWas(t *testing.T) {
	for name, want := range map[string]string{".lock.damaged-1": ".lock", "a.csv.damaged-12": "a.csv",
		"a.damaged-": "a.damaged-", "a.damaged-0": "a.damaged-0", "a.damaged-x": "a.damaged-x", "a.csv": "a.csv"} {
		if got := Was(name); got != want {
			t.Errorf("%s was %s, not %s", name, got, want)
		}
	}
}

func TestWhatIsInTheWayOfAFolder(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, err := range []error{os.Mkdir("folder", 0o755), os.WriteFile("file", nil, 0o644),
		os.Symlink("nowhere", "broken"), os.Symlink("folder", "link"), os.Symlink("loop", "loop")} {
		if err != nil {
			t.Skip(err) // a system without links
		}
	}
	for dir, want := range map[string]string{".": "", "folder": "", "link/a": "", "a/b/c": "", "file": "file",
		"file/a/b": "file", "broken": "broken", "broken/a": "broken", "loop": "loop", "folder/../file": "file"} {
		if got := InTheWay(dir); got != want {
			t.Errorf("%s: %q, want %q", dir, got, want)
		}
	}
}
