package scenario

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// TestOwnLabs: beside a built-in scenario the labs that it does not have are the reader's own; a
// built-in one has none, and a file that extends none has nothing else.
func TestOwnLabs(t *testing.T) {
	mine := filepath.Join(t.TempDir(), "mine.yaml")
	text := "extends: deepseek-shock\nlabs:\n  mine: {archetype: public, region: us, budget: {values: {2025: $40M/yr}, " +
		"source: assumption}, compute_access: renter, openness: open}\n  deepseek: {budget: {values: {2025: $1B/yr}, " +
		"source: assumption}}\n"
	if err := os.WriteFile(mine, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	world, err := Load("testdata/levers/world.yaml", Options{})
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, l := range world.Config().Labs {
		all = append(all, l.ID)
	}
	for file, want := range map[string][]string{"deepseek-shock": nil, mine: {"mine"}, "testdata/levers/world.yaml": all} {
		s, err := Load(file, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if got := s.OwnLabs(); !slices.Equal(got, want) {
			t.Errorf("own labs of %s: %v, want %v", file, got, want)
		}
	}
}
