package aside

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// Folder renames a folder that stands where a file belongs to PATH.damaged-1, or the next number
// that is free; an empty one goes. What else is wrong with the path shows when the file is written.
func Folder(path string) error {
	info, err := os.Lstat(path)
	if err != nil || !info.IsDir() {
		return nil
	}
	if os.Remove(path) == nil { // it was empty
		return nil
	}
	for n := 1; ; n++ {
		to := fmt.Sprintf("%s.damaged-%d", path, n)
		if _, err := os.Lstat(to); errors.Is(err, os.ErrNotExist) {
			return os.Rename(path, to)
		}
	}
}

// Was is the name that a folder had before Folder renamed it; a name that Folder does not give
// stays.
func Was(name string) string {
	if before, number, found := strings.Cut(name, ".damaged-"); found {
		if n, err := strconv.Atoi(number); err == nil && n > 0 {
			return before
		}
	}
	return name
}

// InTheWay is what of a path, itself or above it, stands where a folder is to be made and is none:
// a file, or a link that leads nowhere; "" for nothing.
func InTheWay(dir string) string {
	for path := filepath.Clean(dir); ; path = filepath.Dir(path) {
		if info, err := os.Stat(path); err == nil {
			if info.IsDir() {
				return ""
			}
			return path
		}
		if _, err := os.Lstat(path); err == nil {
			return path
		}
		if filepath.Dir(path) == path {
			return ""
		}
	}
}
