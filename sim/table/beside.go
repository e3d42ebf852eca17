package table

import (
	"os"
	"path/filepath"
	"strings"
)

// beside names a file that a user may have meant: of the same name with another ending; "" for
// none.
func beside(path string) string {
	dir, name := filepath.Split(path)
	entries, err := os.ReadDir(filepath.Clean(dir + "."))
	if err != nil || name == "" {
		return ""
	}
	stem := strings.TrimSuffix(name, filepath.Ext(name))
	for _, e := range entries {
		if n := e.Name(); !e.IsDir() && n != name && (strings.EqualFold(n, name) || strings.TrimSuffix(n,
			filepath.Ext(n)) == stem) {
			return "; there is " + dir + n
		}
	}
	return ""
}
