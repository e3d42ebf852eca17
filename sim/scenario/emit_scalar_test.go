package scenario

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A name that somebody types is one text to YAML, whatever signs of YAML stand in it, and plain
// where none does.
func TestScalarIsReadAsItWasWritten(t *testing.T) {
	for _, name := range []string{`a"b\: #x`, "KI: Zürich", "KI #1", "yes", "2025", "~", "- a", "'q'", "[x", "{y", "%z",
		"&a", "*b", "!c", "a: b", "x\ty", "@lab", "`q`", "null", "1.5e3", "a,b", "?", ": #", strings.Repeat("long ", 35)} {
		text := "title: " + Scalar(name) + " # what follows is a comment\nextends: baseline\nlabs:\n  own:\n    name: " +
			Scalar("Lab "+name) + "   # and here\n    archetype: public\n    budget: $4M/yr\n"
		file := filepath.Join(t.TempDir(), "own.yaml")
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		s, err := Load(file, Options{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		want := strings.Join(strings.Fields(name), " ")
		if l := s.Config().Labs; s.Title != want || l[len(l)-1].Name != "Lab "+want {
			t.Errorf("%q became %q and %q", name, s.Title, l[len(l)-1].Name)
		}
	}
	if got := Scalar("Ökolab Zürich"); got != "Ökolab Zürich" {
		t.Errorf("%s needs no quotes", got)
	}
}
