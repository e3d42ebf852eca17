package scenario

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"simulate/internal/visible"
)

// TestTextsThatAreObeyed: control characters and what spreadsheets take for a formula are refused
// with their place.
func TestTextsThatAreObeyed(t *testing.T) {
	const base = "extends: baseline\n"
	for text, want := range map[string]string{
		base + "title: \"a\\e]0;owned\\aX\"\n":          `2:8: the text "a`,
		base + "title: \"a\\u009b31m\"\n":               "control character (U+009B)",
		base + "description: \"a\\u202Eb\"\n":           "control character (U+202E)",
		base + "labs:\n  deepseek: {source: \"\\0\"}\n": "3:22: the text",
		base + "\"ti\\etle\": a\n":                      "the key",
		base + "events:\n  - {at: 2025-06, label: \"\\ex\", shock: {lab: deepseek, training_efficiency: 2x}}\n": "" +
			"3:26: the text",
		base + "policies:\n  p: {from: 2026-01, label: \"=1+1\", grant: {amount: $1B/yr}}\n": "" +
			`policies.p.label "=1+1" begins with =`,
		base + "events:\n  - {at: 2025-06, label: \"@x\", shock: {lab: deepseek, training_efficiency: 2x}}\n": "" +
			"which spreadsheets take for a formula",
		base + "name: \"=cmd|X\"\n": `name "=cmd|X" begins with =, which spreadsheets take for a formula; begin it`,
		base + "parameters: {market: {eta: {value: 1, source: \"=1+1\"}}}\n": "" +
			`2:47: the source "=1+1" begins with =, which spreadsheets take for a formula; begin it`,
		base + "labs:\n  deepseek: {talent: {value: 1, source: a, note: \"@x\"}}\n": `the note "@x" begins with @`,
		base + "labs:\n  deepseek: {name: \"=HYPERLINK(1)\"}\n": "" +
			`labs.deepseek.name "=HYPERLINK(1)" begins with =`,
		base + "name: '-1'\n":    "begins with -",
		base + "name: \" +a\"\n": "begins with +",
		base + "name: ＝a\n":      "begins with ＝",
	} {
		err := refused(t, text).Error()
		if !strings.Contains(err, want) {
			t.Errorf("%q:\ngot  %s\nwant %s", text, err, want)
		}
		if r, found := visible.Hidden(err); found {
			t.Errorf("%q: the message holds %U", text, r)
		}
	}
}

func TestTextsOfOneLine(t *testing.T) {
	s := mustLoad(t, fileWith(t, "extends: baseline\ntitle: \"two\\n  lines\"\ndescription: \"two\\nlines\"\n"))
	if s.Title != "two lines" || s.Description != "two\nlines" {
		t.Errorf("title %q, description %q", s.Title, s.Description)
	}
}

// TestNamesOfFiles: a file's name is the scenario's unless it says another, and is held to the same
// rules.
func TestNamesOfFiles(t *testing.T) {
	dir := t.TempDir()
	for name, want := range map[string]string{
		"=cmd|X.yaml":    `the name of the file, "=cmd|X", begins with =`,
		"a\x1b[1mb.yaml": "the name of the file holds a control character (U+001B)",
		"study[1].yaml":  "",
		"étude.yml":      "",
	} {
		file := filepath.Join(dir, name)
		write := func(text string) error {
			if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
				t.Skip(err) // no name for this file system
			}
			_, err := Load(file, Options{})
			return err
		}
		switch err := write("extends: baseline\n"); {
		case want == "" && err != nil:
			t.Errorf("%q: %v", name, err)
		case want != "" && (err == nil || !strings.Contains(err.Error(), want)):
			t.Errorf("%q: %v, want %s", name, err, want)
		}
		if err := write("extends: baseline\nname: mine\n"); err != nil {
			t.Errorf("%q with a name of its own: %v", name, err)
		}
	}
}

// A text of `sources:` becomes a cell of the inputs where it is cited, and is refused as those are
// that stand beside a value.
func TestSourcesAreNoFormulas(t *testing.T) {
	for text, refused := range map[string]bool{"=HYPERLINK(1)": true, "+1": true, "@x": true, "ECB, 2024 = mean": false} {
		file := filepath.Join(t.TempDir(), "cited.yaml")
		cited := "title: cited\nextends: baseline\nsources: {ecb: '" + text + "'}\n"
		if err := os.WriteFile(file, []byte(cited), 0o644); err != nil {
			t.Fatal(err)
		}
		_, err := Load(file, Options{})
		got := err != nil && strings.Contains(err.Error(), "sources.ecb") && strings.Contains(err.Error(), "formula")
		if got != refused {
			t.Errorf("%s: %v", text, err)
		}
	}
}
