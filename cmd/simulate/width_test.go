package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

// How many columns a line of prose has at most, and a line of code, which the linter holds too.
const most, mostOfCode = 100, 120

// TestProseIsNarrow holds comments and the prose of pages to their width, and code to its own.
// Tables, links and what is generated are not prose.
func TestProseIsNarrow(t *testing.T) {
	out, err := exec.Command("git", "-C", "../..", "ls-files", "*.go", "*.md").Output()
	if err != nil {
		t.Skip("not a checkout")
	}
	seen := 0
	for _, name := range strings.Fields(string(out)) {
		if strings.HasPrefix(name, "internal/validation/pages/") {
			continue // what is written between markers is made of them
		}
		text, err := os.ReadFile(filepath.Join("../..", name))
		if err != nil {
			continue // taken out, not yet committed
		}
		prose := proseOfPage
		if filepath.Ext(name) == ".go" {
			prose = proseOfCode
			for i, line := range strings.Split(string(text), "\n") {
				if n := utf8.RuneCountInString(line); n > mostOfCode {
					t.Errorf("%s:%d: %d columns", name, i+1, n)
				}
			}
		}
		for number, line := range prose(string(bytes.TrimSpace(text))) {
			seen++
			if n := utf8.RuneCountInString(line); n > most {
				t.Errorf("%s:%d: %d columns: %.60s…", name, number, n, line)
			}
		}
	}
	if seen < 10_000 {
		t.Errorf("only %d lines of prose are seen", seen)
	}
}

// TestCodeOfOtherLanguagesIsNarrow holds scripts, checks, pages' programs and the clients to the
// width of code. Scenarios and markup are no code: their long lines are rows.
func TestCodeOfOtherLanguagesIsNarrow(t *testing.T) {
	out, err := exec.Command("git", "-C", "../..", "ls-files", ".ci", "Makefile", "Dockerfile", "*.sh", "*.js", "*.mjs",
		"*.css", "*.py", "*.R").Output()
	if err != nil {
		t.Skip("not a checkout")
	}
	seen := 0
	for _, name := range strings.Fields(string(out)) {
		if strings.HasSuffix(name, ".min.js") || strings.Contains(name, "/testdata/") {
			continue // as it came
		}
		text, err := os.ReadFile(filepath.Join("../..", name))
		if err != nil {
			continue // taken out, not yet committed
		}
		for i, line := range strings.Split(string(text), "\n") {
			seen++
			if n := utf8.RuneCountInString(line); n > mostOfCode {
				t.Errorf("%s:%d: %d columns", name, i+1, n)
			}
		}
	}
	if seen < 3000 {
		t.Errorf("only %d lines are seen", seen)
	}
}

// proseOfCode are the comments that fill a line, by line number, but for code in them and words to
// tools.
func proseOfCode(text string) map[int]string {
	lines := map[int]string{}
	for i, line := range strings.Split(text, "\n") {
		words, is := strings.CutPrefix(strings.TrimSpace(line), "//")
		if is && !strings.HasPrefix(words, "\t") && (words == "" || words[0] == ' ') {
			lines[i+1] = line
		}
	}
	return lines
}

// proseOfPage are the lines of a page that are prose.
func proseOfPage(text string) map[int]string {
	lines := map[int]string{}
	code, generated := false, false
	for i, line := range strings.Split(text, "\n") {
		switch {
		case strings.HasPrefix(line, "```"):
			code = !code
		case strings.HasPrefix(line, "<!-- generated"):
			generated = true
		case strings.HasPrefix(line, "<!-- end"):
			generated = false
		case code || generated || strings.HasPrefix(line, "|") || strings.HasPrefix(line, "!["):
		default:
			lines[i+1] = line
		}
	}
	return lines
}
