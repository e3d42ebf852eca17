package main

import (
	"bytes"
	"context"
	"flag"
	"maps"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"simulate/internal/claims"
	"simulate/internal/reference"
	"simulate/internal/validation"
	"simulate/internal/whofinds"
)

var update = flag.Bool("update", false, "rewrite the generated parts of the documents")

// helpPages are the help pages of all commands as Markdown.
func helpPages(t *testing.T) string {
	var b strings.Builder
	p, stdout, _ := testProgram("")
	for _, c := range allCommands(newApp(p)) {
		name := strings.TrimPrefix(fullName(c), "simulate ")
		stdout.Reset()
		if code := p.main(context.Background(), append(strings.Fields(name), "--help")); code != exitFine {
			t.Fatalf("%s --help: exit code %d", name, code)
		}
		b.WriteString("### " + name + "\n\n```text\n" + stdout.String() + "```\n\n")
	}
	return b.String()
}

// wordTable says what the words in capitals of help pages stand for.
func wordTable() string {
	var rows [][]string
	for _, w := range words {
		rows = append(rows, []string{"`" + w.name + "`", w.meaning})
	}
	return reference.Markdown([]string{"word", "stands for"}, rows)
}

// exitCodeTable is exitCodes as Markdown.
func exitCodeTable() string {
	var rows [][]string
	for _, e := range exitCodes {
		rows = append(rows, []string{strconv.Itoa(e.code), e.means, e.then})
	}
	return reference.Markdown([]string{"exit code", "means", "what to do"}, rows)
}

// whoFindsIt are the five-row table and what it says.
func whoFindsIt(t *testing.T) map[string]string {
	d, err := whofinds.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	effects, corners, elasticity := d.Effects(), d.Corners(), d.Elasticity()
	return map[string]string{
		"who_finds_it_answer":  "* " + strings.Join(d.Answer(), "\n* "),
		"who_finds_it_short":   "* " + strings.Join(d.Short(), "\n* "),
		"who_finds_it":         reference.Markdown(effects.Header, effects.Rows),
		"who_finds_it_corners": reference.Markdown(corners.Header, corners.Rows),
		"who_finds_it_eta":     reference.Markdown(elasticity.Header, elasticity.Rows),
	}
}

// claimsTable holds what was said against the model.
func claimsTable(t *testing.T) string {
	claimed, err := claims.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	var rows [][]string
	for _, r := range claimed {
		rows = append(rows, []string{r.Claim, r.Article, r.Model, "**" + r.Verdict + "**: " + r.Because})
	}
	return reference.Markdown([]string{"what was said", "its figure", "the model's", "verdict"}, rows)
}

// TestDocumentsAreUpToDate fails where a generated block differs from what the code says; run it
// with -update to rewrite them.
func TestDocumentsAreUpToDate(t *testing.T) {
	blocks := reference.Blocks()
	blocks["commands"], blocks["exact_results"] = helpPages(t), exactResults(t)
	blocks["words"], blocks["exit_codes"] = wordTable(), exitCodeTable()
	maps.Copy(blocks, whoFindsIt(t))
	blocks["claims"] = claimsTable(t)
	measured, err := validation.Sections()
	if err != nil {
		t.Fatal(err)
	}
	maps.Copy(blocks, measured)
	pages, err := filepath.Glob("../../docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, page := range append(pages, "../../README.md", "../../CONTRIBUTING.md") {
		text, err := os.ReadFile(page)
		if os.IsNotExist(err) {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		fresh, err := reference.Rewrite(string(text), blocks)
		switch {
		case err != nil:
			t.Errorf("%s: %v", page, err)
		case bytes.Equal(text, []byte(fresh)):
		case *update:
			if err := os.WriteFile(page, []byte(fresh), 0o644); err != nil {
				t.Error(err)
			}
		default:
			t.Errorf("%s is stale; run `go test ./cmd/simulate -run Documents -update`", page)
		}
	}
}
