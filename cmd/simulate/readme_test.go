package main

import (
	"os"
	"strings"
	"testing"
	"unicode/utf8"
)

// firstScreen is how many lines of README.md a reader sees before the first scroll or two.
const firstScreen = 50

// What README.md says first fits one screen, the answer in short lines.
func TestFirstScreen(t *testing.T) {
	text, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	shown, at := 0, map[string]int{}
	for line := range strings.Lines(string(text)) {
		if line = strings.TrimSpace(line); strings.HasPrefix(line, "<!--") {
			continue
		}
		shown += 1 + utf8.RuneCountInString(line)/100 // a line that is generated wraps
		if shown > firstScreen {
			break
		}
		for _, begins := range []string{"# simulate", "**What one learns.**", "**How far to trust it.**",
			"**What it is not for.**", "**To get and cite it.**", "## Start"} {
			if strings.HasPrefix(line, begins) {
				at[begins] = shown
			}
		}
		if n := utf8.RuneCountInString(line); strings.HasPrefix(line, "* ") && n > 200 {
			t.Errorf("a line of the answer has %d letters: %.60s…", n, line)
		}
	}
	if len(at) != 6 {
		t.Errorf("the first %d lines hold only %v", firstScreen, at)
	}
}
