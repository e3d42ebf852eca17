package results

import (
	"errors"
	"io/fs"
	"os"
	"runtime"
)

// TemporaryFolder makes a folder that its maker takes away, where the system keeps such files. The
// error is an *InputError, for the user says where that is.
func TemporaryFolder(prefix string) (string, error) {
	dir, err := os.MkdirTemp("", prefix)
	if err == nil {
		return dir, nil
	}
	reason, variable := err, "TMPDIR"
	if wrong := (*fs.PathError)(nil); errors.As(err, &wrong) {
		reason = wrong.Err
	}
	if runtime.GOOS == "windows" {
		variable = "TMP"
	}
	return "", InputErrorf("there is no room for temporary files in %s: %v; make that folder, or name another one that "+
		"can be written, as in %s=DIR simulate …", os.TempDir(), reason, variable)
}
