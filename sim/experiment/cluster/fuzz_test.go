package cluster

import (
	"os"
	"path/filepath"
	"testing"
)

// FuzzPlan: no plan panics, whatever became of its file.
func FuzzPlan(f *testing.F) {
	dir := f.TempDir()
	f.Add([]byte(""))
	f.Add([]byte("{}"))
	f.Add([]byte(`{"format": "` + planFormat + `", "hash": "x", "runs": -1, "shards": [[0, 9]]}`))
	f.Add([]byte(`{"format": "` + planFormat +
		`", "experiment": {"sweep": {"inputs": [{"path": "market.eta", "numbers": ["nan"]}]}}}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		path := filepath.Join(dir, planName)
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
		if p, err := ReadPlan(dir); err == nil {
			if _, err := Status(p); err != nil {
				t.Error(err)
			}
		} else if err.Error() == "" {
			t.Error("refused without a word")
		}
	})
}
