package plots

import (
	"flag"
	"os"
	"path/filepath"
	"testing"
)

var keep = flag.String("keep", "", "folder in which the figures of made-up results are kept for viewing")

// TestLook draws every figure at full size into the folder of -keep.
func TestLook(t *testing.T) {
	if *keep == "" {
		t.Skip("-keep names no folder")
	}
	for name, w := range map[string]world{"one": usualWorld(), "three": threeCases(), "single": single(),
		"nasty": nasty(), "many": manyCases(), "twelve": twelve(), "thirteen": thirteen(), "overlapping": overlapping(),
		"row": oneRow()} {
		out := filepath.Join(*keep, name)
		os.RemoveAll(out)
		for _, format := range []string{"png", "svg"} {
			if _, err := Draw(w.write(t), out, Options{Format: format, Skipped: func(f, reason string) {
				t.Log(f,
					reason)
			}}); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func single() world {
	w := usualWorld()
	w.replications = 1
	return w
}

func nasty() world {
	w := usualWorld()
	w.gaps = true
	w.academics = 40
	return w
}
