package page

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"

	"simulate/internal/wholefile"
	"simulate/sim"
)

//go:generate go run ./carry

// Module is what a browser runs.
type Module struct {
	Gzip    []byte // the WebAssembly module, compressed
	Support string // wasm_exec.js of the Go release that compiled it
}

// ErrNoModule says what to do where the program neither carries the module nor can build it.
var ErrNoModule = errors.New("this build of the program does not carry the module that pages run, and the sources " +
	"from which it was compiled or the go command are not at hand; take a release build, or give the command within a " +
	"checkout of the sources, where it builds the module with the go command")

// Load is the module that the program carries, or else one built from the sources above the working
// folder or those that the program was compiled from; it is kept in the user's cache.
func Load(ctx context.Context, notice func(string)) (*Module, error) {
	if m := carried(); m != nil {
		return m, nil
	}
	return load(ctx, notice, folders())
}

// load is the module built from the sources at or above the first folder that has them.
func load(ctx context.Context, notice func(string), folders []string) (*Module, error) {
	root := sources(folders)
	if root == "" {
		return nil, ErrNoModule
	}
	tool, err := exec.LookPath("go")
	if err != nil {
		return nil, ErrNoModule
	}
	sum, err := sourceHash(root)
	if err != nil {
		return nil, err
	}
	kept := ""
	if cache, err := os.UserCacheDir(); err == nil {
		kept = filepath.Join(cache, "simulate", "page-"+sim.Version+"-"+sum[:16])
		if m, err := read(kept); err == nil {
			return m, nil
		}
	}
	if notice != nil {
		notice("The module of pages is being built from the sources in " + root + "; this takes about half a minute, once.")
	}
	m, err := Build(ctx, tool, root)
	if err != nil || kept == "" {
		return m, err
	}
	if err := m.Keep(kept); err != nil && notice != nil {
		notice("The module cannot be kept for the next time: " + err.Error() + ".")
	}
	return m, nil
}

// folders are where the sources may be: the working folder, and where the program was compiled, if
// it keeps that (not with -trimpath).
func folders() (out []string) {
	if dir, err := os.Getwd(); err == nil {
		out = append(out, dir)
	}
	if _, file, _, known := runtime.Caller(0); known && filepath.IsAbs(file) {
		out = append(out, filepath.Dir(file))
	}
	return out
}

// sources is the first folder of the module's own go.mod at or above some folders, "" where there
// is none.
func sources(folders []string) string {
	for _, dir := range folders {
		if root := moduleAbove(dir); root != "" {
			return root
		}
	}
	return ""
}

// moduleAbove is the folder of the module's own go.mod at or above a folder, "" where there is
// none.
func moduleAbove(dir string) string {
	for {
		text, err := os.ReadFile(filepath.Join(dir, "go.mod"))
		if err == nil && strings.HasPrefix(string(text), "module simulate\n") {
			return dir
		}
		up := filepath.Dir(dir)
		if up == dir {
			return ""
		}
		dir = up
	}
}

// sourceHash is a hash of everything that the module may be built from: Go, YAML and data files,
// tests and results left aside.
func sourceHash(root string) (string, error) {
	h := sha256.New()
	for _, folder := range []string{"go.mod", "go.sum", "sim", "scenarios", "internal"} {
		err := filepath.WalkDir(filepath.Join(root, folder), func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				if err == nil && (d.Name() == "testdata" || d.Name() == "blob") {
					return fs.SkipDir
				}
				return err
			}
			if strings.HasSuffix(path, "_test.go") {
				return nil
			}
			text, err := os.ReadFile(path)
			fmt.Fprintf(h, "%s %d\n", strings.TrimPrefix(path, root), len(text))
			h.Write(text)
			return err
		})
		if err != nil {
			return "", err
		}
	}
	return fmt.Sprintf("%x", h.Sum(nil)), nil
}

// Build compiles the module from the sources in a folder, with no path, stamp or symbol in it, so
// that the same sources and the same Go give the same bytes.
func Build(ctx context.Context, tool, root string) (*Module, error) {
	dir, err := os.MkdirTemp("", "simulate-page-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	run := func(args ...string) ([]byte, error) {
		cmd := exec.CommandContext(ctx, tool, args...)
		cmd.Dir = root
		cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "GOWASM=", "GOFLAGS=", "CGO_ENABLED=0")
		var wrong bytes.Buffer
		cmd.Stderr = &wrong
		out, err := cmd.Output()
		if err != nil {
			return nil, fmt.Errorf("the module of pages cannot be built: %w\n%s", err, wrong.String())
		}
		return out, nil
	}
	file := filepath.Join(dir, "module.wasm")
	build := []string{"build", "-trimpath", "-buildvcs=false", "-ldflags", "-s -w", "-o", file}
	for _, path := range readOnce {
		build = append(build, "-gcflags", path+"=-l")
	}
	if _, err := run(append(build, "./internal/page/wasm")...); err != nil {
		return nil, err
	}
	goroot, err := run("env", "GOROOT")
	if err != nil {
		return nil, err
	}
	support, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(goroot)), "lib", "wasm", "wasm_exec.js"))
	if err != nil {
		return nil, err
	}
	raw, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var packed bytes.Buffer
	if err := compress(&packed, raw); err != nil {
		return nil, err
	}
	return &Module{packed.Bytes(), string(support)}, nil
}

// readOnce are packages that read a scenario and write what comes of it, in which a module whose
// functions are not put into each other is a tenth smaller; a run spends its time in others.
var readOnce = []string{"simulate/sim/scenario", "simulate/sim/table", "simulate/sim/experiment/run",
	"simulate/sim/experiment/results", "simulate/internal/...", "golang.org/x/...", "encoding/...", "regexp/...",
	"text/...", "fmt", "os", "reflect"}

func compress(to io.Writer, raw []byte) error {
	w, err := gzip.NewWriterLevel(to, gzip.BestCompression)
	if err != nil {
		return err
	}
	if _, err := w.Write(raw); err != nil {
		return err
	}
	return w.Close()
}

const (
	moduleFile  = "module.wasm.gz"
	supportFile = "wasm_exec.js"
)

// Keep writes the module into a folder.
func (m *Module) Keep(dir string) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	for name, text := range map[string][]byte{moduleFile: m.Gzip, supportFile: []byte(m.Support)} {
		if err := wholefile.Write(filepath.Join(dir, name), text); err != nil {
			return err
		}
	}
	return nil
}

// read is the module that Keep wrote.
func read(dir string) (*Module, error) {
	packed, err := os.ReadFile(filepath.Join(dir, moduleFile))
	if err != nil {
		return nil, err
	}
	support, err := os.ReadFile(filepath.Join(dir, supportFile))
	if err != nil {
		return nil, err
	}
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err == nil {
		_, err = io.Copy(io.Discard, z) // to its checksum
	}
	if err != nil {
		return nil, fmt.Errorf("%s is damaged: %w", filepath.Join(dir, moduleFile), err)
	}
	return &Module{packed, string(support)}, nil
}
