package experiment

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"sync"

	"simulate/sim"
)

// Build says which program made a folder.
type Build struct {
	Go         string `json:"go"`
	Platform   string `json:"platform"`
	Commit     string `json:"commit,omitempty"`            // with "+changes" when the tree was not clean; empty when not stamped
	Executable string `json:"executable_sha256,omitempty"` // of the program's file; empty where it cannot be read
}

// build describes this program. commit is what the linker was told, "" for the stamp of the go command.
func build(commit string) (Build, error) {
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

// executableSum is the SHA-256 of the program's file, "" where the program does not know its file or may not read it: in
// a root folder without /proc, or in WebAssembly.
var executableSum = sync.OnceValue(func() string {
	path, err := os.Executable()
	if err != nil {
		return ""
	}
	sum, err := fileSum(path)
	if err != nil {
		return ""
	}
	return sum
})

// fileSum is the SHA-256 of a file in hexadecimal.
func fileSum(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// identity is the SHA-256 of what decides the numbers: the model's version, seed, replications, rhythm, stop rule and the resolved
// scenario of each case.
func (p *plan) identity() string {
	type part struct{ Name, Scenario string }
	of := struct {
		Model        string
		Seed         uint64
		Replications int
		Record       string
		Until        string
		Cases        []part
		Compare      *Comparison `json:",omitempty"`
	}{sim.Version, p.seed, p.replications, p.record, p.until.String(), nil, p.Compare}
	for _, c := range p.cases {
		sum := sha256.Sum256(c.yaml(p.replications))
		of.Cases = append(of.Cases, part{c.name, hex.EncodeToString(sum[:])})
	}
	text, err := json.Marshal(of)
	if err != nil {
		panic(err) // strings and numbers only
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// short is the part of an identity that names folders.
func short(identity string) string { return identity[:min(8, len(identity))] }
