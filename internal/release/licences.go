package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
)

// licenceFile matches the names under which modules keep their licences and notices.
var licenceFile = regexp.MustCompile(`(?i)^(un)?(licen[cs]e|copying|notice)`)

// licences are the licence texts of Go and of all modules linked into the program for a platform. A
// module without one is an error, for it may not be passed on.
func licences(goos, goarch string) ([]byte, error) {
	cmd := exec.Command("go", "list", "-deps", "-f",
		"{{with .Module}}{{if not .Main}}{{.Path}} {{.Version}}\t{{.Dir}}{{end}}{{end}}", "./cmd/simulate")
	cmd.Env = platform(goos, goarch)
	list, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w", err)
	}
	modules := slices.Sorted(strings.Lines(string(list)))
	var out bytes.Buffer
	fmt.Fprintf(&out, "Licences of what is linked into this program.\n")
	goroot, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return nil, fmt.Errorf("go env: %w", err)
	}
	if err := appendLicences(&out, "Go "+runtime.Version(), strings.TrimSpace(string(goroot))); err != nil {
		return nil, err
	}
	for _, line := range slices.Compact(modules) {
		if name, dir, found := strings.Cut(strings.TrimSpace(line), "\t"); found {
			if err := appendLicences(&out, name, dir); err != nil {
				return nil, err
			}
		}
	}
	return out.Bytes(), nil
}

// appendLicences adds the licence files of a folder under a heading.
func appendLicences(out *bytes.Buffer, name, dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	found := false
	for _, e := range entries {
		if e.IsDir() || !licenceFile.MatchString(e.Name()) {
			continue
		}
		text, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			return err
		}
		fmt.Fprintf(out, "\n%s\n%s, %s\n\n%s\n", strings.Repeat("=", 80), name, e.Name(), bytes.TrimSpace(text))
		found = true
	}
	if !found {
		return fmt.Errorf("%s has no licence file in %s", name, dir)
	}
	return nil
}
