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
