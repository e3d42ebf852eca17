package main

import (
	"bytes"
	"crypto/sha256"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"simulate/internal/quantity"
	"simulate/sim"
)

// platforms are what a release is built for, as GOOS/GOARCH.
var platforms = []string{
	"linux/amd64", "linux/arm64", "darwin/amd64", "darwin/arm64", "windows/amd64", "windows/arm64",
}

// documents go into every archive beside the program, as patterns: all that README links to.
var documents = []string{"README.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "NOTICE", "CITATION.cff",
	"SECURITY.md", "docs/*.md", "docs/*.svg", "docs/*.png", "docs/gallery/*.svg"}

func main() {
	out := flag.String("out", "dist", "folder to write")
	commit := flag.String("commit", "", "commit to stamp")
	only := flag.String("only", "", "one of the platforms, GOOS/GOARCH; empty: all")
	flag.Parse()
	if err := release(*out, *commit, *only); err != nil {
		fmt.Fprintln(os.Stderr, "release:", err)
		os.Exit(1)
	}
}

// release writes the archives of all platforms, or of one, with their checksums and note into a
// folder.
func release(out, commit, only string) error {
	note, unreleased, err := note("CHANGELOG.md", sim.Version)
	if err != nil {
		return err
	}
	if unreleased {
		fmt.Fprintf(os.Stderr, "release: CHANGELOG.md has an Unreleased section; the note has it before that of %s. Give it "+
			"a version of its own before anything is published.\n", sim.Version)
	}
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	// the module that pages run
	if text, err := exec.Command("go", "generate", "./internal/page").CombinedOutput(); err != nil {
		return fmt.Errorf("go generate: %w\n%s", err, text)
	}
	var sums bytes.Buffer
	for _, p := range platforms {
		if only != "" && p != only {
			continue
		}
		goos, goarch, _ := strings.Cut(p, "/")
		name := fmt.Sprintf("simulate-%s-%s-%s", sim.Version, goos, goarch)
		files, err := contents(goos, goarch, commit)
		if err != nil {
			return fmt.Errorf("%s: %w", p, err)
		}
		pack, ending := tarball, ".tar.gz"
		if goos == "windows" {
			pack, ending = zipped, ".zip"
		}
		text, err := pack(name, files)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(out, name+ending), text, 0o644); err != nil {
			return err
		}
		fmt.Fprintf(&sums, "%x  %s\n", sha256.Sum256(text), name+ending)
		fmt.Printf("%s%s: %s\n", name, ending, quantity.Bytes(int64(len(text))))
	}
	if sums.Len() == 0 {
		return fmt.Errorf("%s is no platform of a release; choose one of %s", only, strings.Join(platforms, ", "))
	}
	if err := os.WriteFile(filepath.Join(out, "SHA256SUMS"), sums.Bytes(), 0o644); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(out, "NOTE.md"), note, 0o644)
}

// contents are the files of one platform's archive: the program first, then documents and licences.
func contents(goos, goarch, commit string) ([]file, error) {
	program := "simulate"
	if goos == "windows" {
		program += ".exe"
	}
	text, err := build(goos, goarch, commit)
	if err != nil {
		return nil, err
	}
	files := []file{{program, text, true}}
	beside, err := read(documents)
	if err != nil {
		return nil, err
	}
	files = append(files, beside...)
	licences, err := licences(goos, goarch)
	if err != nil {
		return nil, err
	}
	return append(files, file{"THIRD_PARTY_LICENCES", licences, false}), nil
}

// read are the files that match patterns, each of which must match one.
func read(patterns []string) (files []file, err error) {
	for _, pattern := range patterns {
		names, err := filepath.Glob(pattern)
		if err != nil {
			return nil, err
		}
		if len(names) == 0 {
			return nil, fmt.Errorf("%s: there is no such document", pattern)
		}
		for _, name := range names {
			text, err := os.ReadFile(name)
			if err != nil {
				return nil, err
			}
			files = append(files, file{filepath.ToSlash(name), text, false})
		}
	}
	return files, nil
}

// build compiles the static program for a platform.
func build(goos, goarch, commit string) ([]byte, error) {
	dir, err := os.MkdirTemp("", "release")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "simulate")
	cmd := exec.Command("go", "build", "-tags", "page", "-trimpath", "-buildvcs=false", "-ldflags",
		"-s -w -X main.commit="+commit,
		"-o", path, "./cmd/simulate")
	cmd.Env = platform(goos, goarch)
	if text, err := cmd.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("go build: %w\n%s", err, text)
	}
	return os.ReadFile(path)
}

// platform is the environment in which the go command works for a platform, without C.
func platform(goos, goarch string) []string {
	return append(os.Environ(), "CGO_ENABLED=0", "GOOS="+goos, "GOARCH="+goarch)
}

// note is the section of a changelog about a version, after that on what is unreleased, which the
// archives hold too; a version may have none yet. It says whether there are both.
func note(path, version string) (text []byte, unreleased bool, err error) {
	changelog, err := os.ReadFile(path)
	if err != nil {
		return nil, false, err
	}
	section := func(heading string) (string, bool) {
		_, rest, found := strings.Cut("\n"+string(changelog), "\n## "+heading+"\n")
		body, _, _ := strings.Cut(rest, "\n## ")
		return strings.TrimSpace(body), found
	}
	body, found := section(version)
	later, others := section("Unreleased")
	switch {
	case found:
		if unreleased = others && later != ""; unreleased {
			body = "## Since " + version + "\n\n" + later + "\n\n## " + version + "\n\n" + body
		}
	case others:
		body = later
	default:
		return nil, false, fmt.Errorf("%s has no section %q", path, version)
	}
	return []byte("# simulate " + version + "\n\n" + body + "\n"), unreleased, nil
}
