package scenario

import (
	"math"
	"os"
	"path/filepath"
	"testing"

	"simulate/sim"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// mustLoad loads a scenario or fails the test with its problems.
func mustLoad(t testing.TB, ref string, set ...string) *Scenario {
	t.Helper()
	s, err := Load(ref, Options{Set: set})
	if err != nil {
		t.Fatalf("%s:\n%v", ref, err)
	}
	return s
}

// fileWith writes a scenario file and returns its path.
func fileWith(t testing.TB, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "given.yaml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// refused loads a text that must be refused and returns its problems.
func refused(t testing.TB, text string, set ...string) Problems {
	t.Helper()
	_, err := Load(fileWith(t, text), Options{Set: set})
	problems, ok := err.(Problems)
	if !ok {
		t.Fatalf("not refused: %v\n%s", err, text)
	}
	return problems
}

func sameConfig(a, b *sim.Config) string { return cmp.Diff(a, b, cmpopts.EquateNaNs()) }

func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if !(math.Abs(got-want) <= 1e-12*math.Max(1, math.Abs(want))) {
		t.Errorf("%s is %v, want %v", what, got, want)
	}
}
