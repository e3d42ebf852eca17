package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// codeBlock is a fenced block of a page: its language and text.
var codeBlock = regexp.MustCompile("(?ms)^```([a-z]+)\n(.*?)^```$")

// fileName is the comment on a YAML block's first line that says which file it is.
var fileName = regexp.MustCompile(`^# ([a-z-]+\.yaml)\n`)

// interpreters run the blocks of a language, whose text is the last argument.
var interpreters = map[string][]string{
	"sh": {"bash", "-euo", "pipefail", "-c"}, "python": {"python3", "-c"}, "r": {"Rscript", "-e"},
}

// notHere are blocks that take minutes, or packages that few machines have.
var notHere = regexp.MustCompile(`go test|pandas|arrow::`)

// TestBlocksOfThePagesRun executes every block of shell, Python and R of the README, the tutorial
// and the page on sweeps, in order and in an empty folder, with shorter runs; YAML blocks that name
// their file are written to it first.
func TestBlocksOfThePagesRun(t *testing.T) {
	if testing.Short() {
		t.Skip("runs all blocks of three pages")
	}
	if _, err := exec.LookPath("bash"); err != nil {
		t.Skip("no bash")
	}
	bin := t.TempDir()
	build := exec.Command("go", "build", "-o", filepath.Join(bin, "simulate-full"), ".")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	// The wrapper makes runs short, but for a comparison that says how many they are; everything else
	// is the user's command.
	wrapper := `#!/bin/sh
case "$1 $* " in "compare "*" -n "*) exec "$(dirname "$0")/simulate-full" "$@" --quiet ;; esac
if [ "$1" = run ] || [ "$1" = compare ]; then
  exec "$(dirname "$0")/simulate-full" "$@" -n 2 --set clock.end=2027-01 --set reference_replications=2 --quiet
fi
case "$1 $2" in
"sweep run" | "sweep status" | "sweep merge") ;;
sweep*) exec "$(dirname "$0")/simulate-full" "$@" --set clock.end=2027-01 --set reference_replications=2 --quiet ;;
esac
exec "$(dirname "$0")/simulate-full" "$@"
`
	if err := os.WriteFile(filepath.Join(bin, "simulate"), []byte(wrapper), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, page := range []string{"../../README.md", "../../docs/tutorial.md", "../../docs/sweeps.md"} {
		t.Run(filepath.Base(page), func(t *testing.T) {
			text, err := os.ReadFile(page)
			if err != nil {
				t.Fatal(err)
			}
			dir := t.TempDir()
			ran := 0
			for _, b := range codeBlock.FindAllStringSubmatch(string(text), -1) {
				language, body := b[1], b[2]
				if name := fileName.FindStringSubmatch(body); language == "yaml" && name != nil {
					if err := os.WriteFile(filepath.Join(dir, name[1]), []byte(body), 0o644); err != nil {
						t.Fatal(err)
					}
				}
				run, known := interpreters[language]
				if !known || notHere.MatchString(body) {
					continue
				}
				if _, err := exec.LookPath(run[0]); err != nil {
					t.Logf("skipped: no %s", run[0])
					continue
				}
				body = strings.ReplaceAll(body, "go run ./cmd/simulate", "simulate")
				cmd := exec.Command(run[0], append(slices.Clone(run[1:]), body)...)
				cmd.Dir = dir
				cmd.Env = append(os.Environ(), "PATH="+bin+":"+os.Getenv("PATH"))
				if out, err := cmd.CombinedOutput(); err != nil {
					t.Fatalf("%v in\n%s\n%s", err, body, out)
				}
				ran++
			}
			if ran < 3 {
				t.Errorf("only %d blocks ran", ran)
			}
		})
	}
}
