package page

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"simulate/sim"
	"simulate/sim/scenario"
)

// The gallery shows every built-in scenario by its title, of this version, with a picture that is
// there. What the pictures show is compared in .ci/full, which makes it anew.
func TestTheGalleryIsOfThisVersion(t *testing.T) {
	docs := filepath.Join("..", "..", "docs")
	text, err := os.ReadFile(filepath.Join(docs, "gallery.md"))
	if err != nil {
		t.Fatal(err)
	}
	const remedy = "; run `go run ./internal/page/gallery`"
	if !strings.Contains(string(text), "simulate "+sim.Version+".") {
		t.Error("the gallery is of another version" + remedy)
	}
	for _, b := range scenario.Builtins() {
		if !strings.Contains(string(text), "## "+b.Title+"\n\n`"+b.Name+"`. ") {
			t.Errorf("the gallery lacks %s%s", b.Name, remedy)
		}
		if _, err := os.Stat(filepath.Join(docs, "gallery", b.Name+".svg")); err != nil {
			t.Errorf("%v%s", err, remedy)
		}
	}
	if n := strings.Count(string(text), "\n## "); n != len(scenario.Builtins()) {
		t.Errorf("the gallery shows %d scenarios%s", n, remedy)
	}
}

func TestGalleryPage(t *testing.T) {
	text, pictures, err := GalleryPage(context.Background(), []string{"six-million-lab"}, func(string) {})
	if err != nil || len(pictures) != 1 || !strings.Contains(text,
		"![The $6M reading") || !strings.Contains(pictures["gallery/six-million-lab.svg"], "</svg>") {
		t.Errorf("%v %.300s", err, text)
	}
}
