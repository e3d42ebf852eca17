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
