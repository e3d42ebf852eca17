package results

import (
	"os"
	"path/filepath"
	"testing"
)

// FuzzManifest: no manifest panics, and none is taken that does not say what it is of.
func FuzzManifest(f *testing.F) {
	dir := f.TempDir()
	f.Add([]byte(""))
	f.Add([]byte(`{"identity": "x"}`))
	f.Add(
		[]byte(
			`{"identity": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
				"tables": [{"file": "../x", "rows": -1}], "cases": [{}], "sweep": {}}`,
		),
	)
	f.Fuzz(func(t *testing.T, text []byte) {
		if err := os.WriteFile(filepath.Join(dir, ManifestName), text, 0o600); err != nil {
			t.Fatal(err)
		}
		m, err := ReadManifest(dir)
		if err != nil {
			return
		}
		if len(m.Identity) != 64 {
			t.Errorf("identity %q", m.Identity)
		}
		m.AllFailed()
		m.Damaged(dir)
		m.Table(dir, MarketTable)
		Load(dir)
	})
}
