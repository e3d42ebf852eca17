package run

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"simulate/sim/experiment/results"
	"simulate/sim/experiment/tiny"
	"simulate/sim/scenario"
)

// TestUnfinishedFoldersHeal: whatever befell what a stopped experiment keeps, the same call ends
// with the bytes of one that nobody stopped.
func TestUnfinishedFoldersHeal(t *testing.T) {
	whole := t.TempDir()
	runTiny(t, Spec{Out: whole}, "base")
	want := tiny.Contents(t, whole)
	const note = "experiment.json"
	edit := func(file string, change func(b []byte) []byte) func(parts string) error {
		return func(parts string) error {
			path := filepath.Join(parts, file)
			text, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			return os.WriteFile(path, change(text), 0o644)
		}
	}
	folder := func(file string) func(parts string) error {
		return func(parts string) error {
			path := filepath.Join(parts, file)
			return errors.Join(os.RemoveAll(path), os.MkdirAll(filepath.Join(path, "x"), 0o755))
		}
	}
	flip := func(at func(n int) int) func(b []byte) []byte {
		return func(b []byte) []byte { b[at(len(b))] ^= 1; return b }
	}
	none := func([]byte) []byte { return nil }
	for what, c := range map[string]struct {
		damage func(parts string) error
		kept   bool // whether runs that were done are kept
	}{
		"an empty note":           {edit(note, none), true},
		"half a note":             {edit(note, func(b []byte) []byte { return b[:len(b)/2] }), true},
		"a note of zeros":         {edit(note, func(b []byte) []byte { return make([]byte, len(b)) }), true},
		"a note that is a folder": {folder(note), true},
		"an empty log":            {edit(GrowingName, none), false},
		"a log cut in the middle": {edit(GrowingName, func(b []byte) []byte { return b[:len(b)/2] }), true},
		"a bit of the first line": {edit(GrowingName, flip(func(int) int { return 30 })), false},
		"a bit of the first run": {edit(GrowingName, flip(func(n int) int {
			return bytes.IndexByte(make([]byte, n),
				0) + 400
		})), false},
		"a bit in the middle":    {edit(GrowingName, flip(func(n int) int { return n / 2 })), true},
		"a bit of the last run":  {edit(GrowingName, flip(func(n int) int { return n - 9 })), true},
		"a log that is a folder": {folder(GrowingName), false},
		"tables that were being written": {func(p string) error {
			return os.MkdirAll(filepath.Join(p, results.FinalName,
				"x"), 0o755)
		}, true},
		"a note and a bit of the last run": {func(p string) error {
			return errors.Join(edit(note, none)(p), edit(GrowingName, flip(func(n int) int { return n - 9 }))(p))
		}, true},
	} {
		t.Run(what, func(t *testing.T) {
			dir := t.TempDir()
			if err := stopAfter(t, 4, Spec{Out: dir, Jobs: 1, Scenarios: []*scenario.Scenario{tiny.Load(t,
				"base")}}); !errors.Is(err, errTold) {
				t.Fatal(err)
			}
			if err := c.damage(filepath.Join(dir, ".parts")); err != nil {
				t.Fatal(err)
			}
			var said []string
			runTiny(t, Spec{Out: dir, Notice: func(s string) { said = append(said, s) }}, "base")
			tiny.SameContents(t, what, tiny.Contents(t, dir), want)
			if kept := strings.Contains(strings.Join(said, " "), "done before"); kept != c.kept {
				t.Errorf("kept %v, it said %q", kept, said)
			}
		})
	}
}

// TestTooLargeExperiments: a slip of the pen is refused with what it would take, before anything is
// made.
func TestTooLargeExperiments(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "none")
	said := refused(t, Spec{Out: dir, Replications: 1_000_000_000}, "base")
	tiny.Contains(t, said, "1,000,000,000 replications are more than 1,000,000", "they would take about",
		"working files", "-n")
	if _, err := os.Stat(dir); err == nil {
		t.Error("the folder was made")
	}
	own := tiny.Load(t, "base")
	v, err := own.ParseVariation("market.eta", "0.5:1.5:0.0001")
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range []int{1_000_001, 1_000_000} { // too many replications, and then too many runs
		_, err := NewSweep(SweepSpec{Scenario: own, Inputs: []scenario.Variation{v}, Replications: n})
		var input *results.InputError
		if !errors.As(err, &input) || !strings.Contains(err.Error(), "they would take about") {
			t.Errorf("%d replications: %v", n, err)
		}
	}
	// Where nothing is drawn one replication is run, however many are asked for.
	if _, err := NewRuns(Spec{Scenarios: []*scenario.Scenario{tiny.Load(t, "fixed")},
		Replications: 1_000_000_000}); err != nil {
		t.Error(err)
	}
}
