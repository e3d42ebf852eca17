package run

import (
	"encoding/json"
	"os"
	"testing"
)

// keepFound writes what a long test has counted to the file that SIMULATE_FOUND names, as JSON, so
// that pages show the numbers of a run and nobody copies them.
func keepFound(t *testing.T, found any) {
	t.Helper()
	path := os.Getenv("SIMULATE_FOUND")
	if path == "" {
		return
	}
	text, err := json.MarshalIndent(found, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, text, 0o644); err != nil {
		t.Fatal(err)
	}
}
