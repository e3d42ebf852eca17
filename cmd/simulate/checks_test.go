package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Whatever the checks test they test in the one way that says what is skipped, and why: go test of
// its own compiles, lists and fuzzes only.
func TestChecksSayWhatIsSkipped(t *testing.T) {
	ran := 0
	for _, name := range []string{"run", "full"} {
		text, err := os.ReadFile(filepath.Join("../../.ci", name))
		if err != nil {
			t.Fatal(err)
		}
		ran += len(regexp.MustCompile(`(?m)(^|; then |[ =]\S+ )tests -?\S`).FindAllString(string(text), -1))
		for i, line := range strings.Split(string(text), "\n") {
			if regexp.MustCompile(`\bgo test\b`).MatchString(line) && !strings.HasPrefix(line, "command=") &&
				!regexp.MustCompile(`go test (-c|-list|-run '\^\$' -fuzz) |README|^#`).MatchString(line) {
				t.Errorf(".ci/%s:%d: skips are not said: %s", name, i+1, line)
			}
		}
	}
	if ran < 8 {
		t.Errorf("only %d test runs are seen", ran)
	}
}

// A test that is skipped is named with its reason where it runs and once at the end of all, and one
// that fails ends the checks.
func TestSkipsAreSaidOnce(t *testing.T) {
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("no bash")
	}
	lib, err := filepath.Abs("../../.ci/lib")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	files := map[string]string{
		// what gotestsum prints of two packages
		"summary": "✓  a (1s)\n\n=== Skipped\n=== SKIP: a TestOne (0.00s)\n    a_test.go:12: no editor here\n        " +
			"or a broken one\n\n=== SKIP: b TestTwo/part (0.00s)\n\nDONE 2 tests, 2 skipped in 1s\n",
		"run": ". " + lib + "\nprintf '#!/bin/sh\\ncat %q; exit $FAILS\\n' \"$1\" >\"$bin/gotestsum\"\n" +
			"chmod +x \"$bin/gotestsum\"\ntests ./...\ntests ./...\nfinish\n",
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for _, fails := range []string{"0", "1"} {
		cmd := exec.Command(bash, filepath.Join(dir, "run"), filepath.Join(dir, "summary"))
		cmd.Env = append(os.Environ(), "FAILS="+fails, "TMPDIR="+dir)
		out, err := cmd.CombinedOutput()
		if (err != nil) != (fails == "1") {
			t.Errorf("with exit code %s: %v\n%s", fails, err, out)
		}
		if fails == "1" {
			continue
		}
		_, end, _ := strings.Cut(string(out), "== done in")
		for _, line := range []string{"skipped: a TestOne: no editor here or a broken one\n",
			"skipped: b TestTwo/part: no reason given\n"} {
			if strings.Count(end, line) != 1 || strings.Count(string(out), line) != 3 {
				t.Errorf("%q is not said once a run and once at the end:\n%s", line, out)
			}
		}
	}
}
