package results

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// The sum that is kept is that of the file, whatever lies in the folder and whatever takes the
// file's place.
func TestKnownSum(t *testing.T) {
	dir := t.TempDir()
	path, folder := filepath.Join(dir, "program"), filepath.Join(dir, "cache", "programs")
	old := time.Now().Add(-time.Hour).Truncate(time.Second)
	write := func(text string, at time.Time) {
		t.Helper()
		if err := os.WriteFile(path, []byte(text), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, at, at); err != nil {
			t.Fatal(err)
		}
	}
	files := func() []string {
		all, _ := filepath.Glob(filepath.Join(folder, "*"))
		return all
	}
	check := func(what string) {
		t.Helper()
		want, err := FileSum(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, where := range []string{folder, folder, "", filepath.Join(path, "no folder")} {
			if got, err := knownSum(path, where); got != want || err != nil {
				t.Errorf("%s, kept in %q: %s, %v; want %s", what, where, got, err, want)
			}
		}
	}
	rest := strings.Repeat("x", 2*firstBytes)
	write("one"+rest, time.Now())
	check("a new file")
	if len(files()) != 0 {
		t.Error("the sum of a file that has just been changed is kept")
	}
	write("one"+rest, old)
	check("a settled file")
	if len(files()) != 1 {
		t.Fatalf("%d sums are kept", len(files()))
	}
	kept, err := os.ReadFile(files()[0])
	if err != nil {
		t.Fatal(err)
	}
	two := TextSum([]byte("two"))
	if err := os.WriteFile(files()[0], []byte(two+TextSum([]byte(two))), 0o644); err != nil {
		t.Fatal(err)
	}
	if got, _ := knownSum(path, folder); got != TextSum([]byte("two")) {
		t.Error("the sum that is kept is not taken") // what the rest of this test rests on
	}
	for _, damaged := range []string{"", "x", string(kept[:64]), strings.Repeat("a", len(kept))} {
		if err := os.WriteFile(files()[0], []byte(damaged), 0o644); err != nil {
			t.Fatal(err)
		}
		check("a damaged sum")
	}
	write("two"+rest, old)
	check("another file of the same size and time")
	write("two"+rest+"x", old)
	check("a longer file")
	write("two"+rest+"y", old.Add(time.Nanosecond))
	check("a file changed a nanosecond later")
}
