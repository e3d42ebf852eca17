package scenario

import (
	"math"
	"os"
	"path/filepath"
	"testing"
)

// FuzzQuantity: no text panics, and what is read is printed so that it reads the same again.
func FuzzQuantity(f *testing.F) {
	for _, s := range []string{"$6M/yr", "80B USD/yr", "2_048 H800", "10_000 A100 + 16_000 H800", "30%/yr", "3x/yr",
		"8 months", "1e26 FLOP", "$40k/H100e", "2025-01-20", "0B/yr", "-1e-300", "true"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for tag, u := range units {
			v, bad := u.parse(text)
			if bad != nil {
				if bad.what == "" {
					t.Errorf("%s refuses %q without a word", tag, text)
				}
				continue
			}
			if math.IsNaN(v) || math.IsInf(v, 0) {
				t.Errorf("%s reads %q as %v", tag, text, v)
			}
			again, bad := u.parse(u.format(v))
			if bad != nil || again != v {
				t.Errorf("%s: %q is %v, printed as %q, which reads %v %v", tag, text, v, u.format(v), again, bad)
			}
		}
	})
}

// addFiles adds the files of some patterns to what a fuzz test starts from.
func addFiles(f *testing.F, patterns ...string) {
	for _, pattern := range patterns {
		files, err := filepath.Glob(pattern)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(string(data))
		}
	}
}

// FuzzLoad: no file panics; one that is read has a canonical form that reads again.
func FuzzLoad(f *testing.F) {
	addFiles(f, "testdata/bad/*.yaml", "testdata/good/*.yaml", "../../scenarios/*.yaml")
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, text string) {
		path := filepath.Join(dir, "fuzz.yaml")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := Load(path, Options{})
		if err != nil {
			if _, ok := err.(Problems); !ok || err.Error() == "" {
				t.Errorf("not a list of problems: %v", err)
			}
			return
		}
		if err := os.WriteFile(path, s.YAML(), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Load(path, Options{}); err != nil {
			t.Errorf("the canonical form is refused: %v\n%s", err, s.YAML())
		}
	})
}
