package results

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Where there is no folder for temporary files, a repetition and a command without a folder say
// which it is, why, and how to name another.
func TestNoTemporaryFolderIsSaid(t *testing.T) {
	gone := filepath.Join(t.TempDir(), "gone")
	for _, name := range []string{"TMPDIR", "TMP", "TEMP", "USERPROFILE"} {
		t.Setenv(name, gone)
	}
	for _, name := range []string{"HOME", "XDG_CACHE_HOME", "LocalAppData"} {
		t.Setenv(name, "")
	}
	if os.TempDir() != gone {
		t.Fatalf("temporary files go to %s", os.TempDir())
	}
	_, err := OpenUnfinished(strings.Repeat("a", 64))
	for what, err := range map[string]error{"a search": err, "a repetition": errorOf(TemporaryFolder("simulate-"))} {
		input := (*InputError)(nil)
		if !errors.As(err, &input) {
			t.Errorf("%s: %v is no error of input", what, err)
			continue
		}
		for _, part := range []string{gone + ": ", "; make that folder", "TMP", "=DIR simulate"} {
			if !strings.Contains(err.Error(), part) {
				t.Errorf("%s: %q is not in %q", what, part, err)
			}
		}
	}
}

func errorOf(_ string, err error) error { return err }
