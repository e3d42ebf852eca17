package shell

import (
	"os/exec"
	"strings"
	"testing"
)

// A shell takes every word back as it was.
func TestAShellReadsBack(t *testing.T) {
	words := []string{"plain", "a b", "it's", `say "x"`, "", "$HOME", "*", "~", "a;b", "x&&y", "`date`", "line\nbreak",
		"müller", "a=b", "-n", "#x", "!x", `\`, "(a)", "市"}
	line := Line(words...)
	if Path("-n") != "./-n" || Path("-a b") != "'./-a b'" || Path("a") != "a" {
		t.Errorf("paths: %s, %s, %s", Path("-n"), Path("-a b"), Path("a"))
	}
	for _, name := range []string{"sh", "bash", "zsh"} {
		if _, err := exec.LookPath(name); err != nil {
			continue
		}
		out, err := exec.Command(name, "-c", `for w in `+line+`; do printf '%s\0' "$w"; done`).Output()
		if got := strings.Split(strings.TrimSuffix(string(out), "\x00"), "\x00"); err != nil || strings.Join(got,
			"\x00") != strings.Join(words, "\x00") {
			t.Errorf("%s reads %q, %v; want %q", name, got, err, words)
		}
	}
}
