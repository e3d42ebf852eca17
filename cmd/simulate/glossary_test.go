package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// nameWords are the words of a name in CamelCase, in lower case.
func nameWords(name string) (words []string) {
	for _, w := range regexp.MustCompile(`[A-Z][a-z0-9]*`).FindAllString(name, -1) {
		words = append(words, strings.ToLower(w))
	}
	return words
}

// forbidden reads the glossary: the words that are not used for something, each with the word that
// is. A word that stands in the glossary itself has a meaning of its own and is left out.
func forbidden(t *testing.T) map[string]string {
	text, err := os.ReadFile("../../docs/glossary.md")
	if err != nil {
		t.Fatal(err)
	}
	var used []string
	never := map[string]string{}
	for line := range strings.Lines(string(text)) {
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		for _, w := range regexp.MustCompile(`\*\*([a-z ]+)\*\*`).FindAllStringSubmatch(cells[0], -1) {
			used = append(used, w[1])
			if len(cells) == 3 {
				for _, n := range strings.Split(cells[2], ",") {
					if n = strings.TrimSpace(n); n != "" && !strings.Contains(n, " ") {
						never[strings.ToLower(n)] = w[1]
					}
				}
			}
		}
	}
	for _, w := range used {
		delete(never, w)
	}
	if len(never) < 10 {
		t.Fatalf("only %v are forbidden", never)
	}
	return never
}

// Exported names use the glossary's words: none has a word that the glossary gives up for another.
func TestNamesUseTheGlossary(t *testing.T) {
	never := forbidden(t)
	check := func(path, name string) {
		if !ast.IsExported(name) {
			return
		}
		for _, w := range nameWords(name) {
			if instead, bad := never[w]; bad {
				t.Errorf("%s: %s has the word %q; the glossary says %q", path, name, w, instead)
			}
		}
	}
	err := filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		for _, d := range file.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				check(path, d.Name.Name)
			case *ast.GenDecl:
				for _, s := range d.Specs {
					switch s := s.(type) {
					case *ast.TypeSpec:
						check(path, s.Name.Name)
						ast.Inspect(s.Type, func(n ast.Node) bool {
							if f, ok := n.(*ast.Field); ok {
								for _, name := range f.Names {
									check(path, name.Name)
								}
							}
							return true
						})
					case *ast.ValueSpec:
						for _, n := range s.Names {
							check(path, n.Name)
						}
					}
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(nameWords("ReferenceRunOf2"), []string{"reference", "run", "of2"}) {
		t.Error("names are cut wrongly")
	}
}

// six are the words that pages and help texts must not mix up with what the glossary gives up for
// them.
var six = []string{"lever", "knob", "reference run", "threshold", "distribution", "observe"}

// Pages and help texts say each of the six words for its thing: what the glossary gives up for it
// stands nowhere, unless it has a row of its own.
func TestPagesUseTheGlossary(t *testing.T) {
	glossary, err := os.ReadFile("../../docs/glossary.md")
	if err != nil {
		t.Fatal(err)
	}
	never := map[string]string{}
	rows := 0
	for _, word := range six {
		row := regexp.MustCompile(`(?m)^\| [^|]*\*\*` + word + `\*\*[^|]*\|[^|]+\|([^|]*)\|$`).
			FindStringSubmatch(string(glossary))
		if row == nil {
			t.Errorf("the glossary has no row for %q with what it is not called", word)
			continue
		}
		rows++
		for _, n := range strings.Split(row[1], ",") {
			if n = strings.TrimSpace(n); n != "" && !strings.Contains(string(glossary), "**"+n+"**") {
				never[n] = word
			}
		}
	}
	if rows < len(six) || len(never) < 3 {
		t.Fatalf("only %v are looked for", never)
	}
	pages, err := filepath.Glob("../../docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string]string{"help": helpPages(t)}
	for _, page := range append(pages, "../../README.md", "../../CONTRIBUTING.md", "../../clients/r/README.md",
		"../../clients/python/README.md") {
		if text, err := os.ReadFile(page); err == nil && filepath.Base(page) != "glossary.md" {
			texts[page] = string(text)
		}
	}
	for page, text := range texts {
		prose := strings.ToLower(strings.Join(strings.Fields(text), " "))
		for n, word := range never {
			if at := regexp.MustCompile(`\b` + n + `s?\b`).FindStringIndex(prose); at != nil {
				t.Errorf("%s says %q for %q: …%s…", page, n, word, prose[max(0, at[0]-30):min(len(prose), at[1]+30)])
			}
		}
	}
}
