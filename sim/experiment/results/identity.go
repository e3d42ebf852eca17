package results

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"sync"

	"simulate/sim/table"
)

// Build says which program made a folder.
type Build struct {
	Go       string `json:"go"`
	Platform string `json:"platform"`
	// with "+changes" when the tree was not clean; empty when not stamped
	Commit     string `json:"commit,omitempty"`
	Executable string `json:"executable_sha256,omitempty"` // of the program's file; empty where it cannot be read
}

// ThisBuild describes this program. commit is what the linker was told, "" for the stamp of the go
// command.
func ThisBuild(commit string) (Build, error) {
	sum := executableSum()
	b := Build{Go: runtime.Version(), Platform: runtime.GOOS + "/" + runtime.GOARCH, Commit: commit, Executable: sum}
	if info, ok := debug.ReadBuildInfo(); ok && commit == "" {
		for _, s := range info.Settings {
			switch {
			case s.Key == "vcs.revision":
				b.Commit = s.Value + b.Commit
			case s.Key == "vcs.modified" && s.Value == "true":
				b.Commit += "+changes"
			}
		}
	}
	return b, nil
}

// sumsFolder is where the program's SHA-256 is kept; empty: nowhere.
var sumsFolder string

// KeepProgramSum keeps the SHA-256 of the program's file in the user's cache, from one call to the
// next. The command line says so once, before anything asks for it; what else links this package,
// as its tests, leaves nothing behind.
func KeepProgramSum() {
	if dir, err := os.UserCacheDir(); err == nil && filepath.IsAbs(dir) {
		sumsFolder = filepath.Join(dir, "simulate", "programs")
	}
}

// executableSum is the SHA-256 of the program's file, "" where the program does not know its file
// or may not read it: in a root folder without /proc, or in WebAssembly.
var executableSum = sync.OnceValue(func() string {
	path, err := os.Executable()
	if err != nil {
		return ""
	}
	sum, err := knownSum(path, sumsFolder)
	if err != nil {
		return ""
	}
	return sum
})

// FileSum is the SHA-256 of a file in hexadecimal.
func FileSum(path string) (string, error) {
	return table.Sum(path)
}

// TextSum is the SHA-256 of a text in hexadecimal.
func TextSum(text []byte) string {
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// Short is the part of an identity that names folders.
func Short(identity string) string { return identity[:min(8, len(identity))] }
