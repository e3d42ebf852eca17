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
	"sync"
	"testing"
)

// nameWords are the words of a name in CamelCase, in lower case.
func nameWords(name string) (words []string) {
	for _, w := range regexp.MustCompile(`[A-Z][a-z0-9]*`).FindAllString(name, -1) {
		words = append(words, strings.ToLower(w))
	}
	return words
}

// glossaryRow is a row of the glossary.
type glossaryRow struct {
	meaning string
	never   []string // what is not used for it
}

// readGlossary reads the glossary's rows by their words.
func readGlossary(t *testing.T) map[string]glossaryRow {
	text, err := os.ReadFile("../../docs/glossary.md")
	if err != nil {
		t.Fatal(err)
	}
	rows := map[string]glossaryRow{}
	for line := range strings.Lines(string(text)) {
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		for _, w := range regexp.MustCompile(`\*\*([a-z ]+)\*\*`).FindAllStringSubmatch(cells[0], -1) {
			row := glossaryRow{}
			if len(cells) >= 2 {
				row.meaning = strings.TrimSpace(cells[1])
			}
			if len(cells) == 3 {
				for _, n := range strings.Split(cells[2], ",") {
					if n = strings.ToLower(strings.TrimSpace(n)); n != "" {
						row.never = append(row.never, n)
					}
				}
			}
			rows[w[1]] = row
		}
	}
	return rows
}

// goFiles are the files of all packages without their tests, read once.
func goFiles(t *testing.T) map[string]*ast.File {
	files, err := parsedFiles()
	if err != nil {
		t.Fatal(err)
	}
	return files
}

var parsedFiles = sync.OnceValues(func() (map[string]*ast.File, error) {
	files := map[string]*ast.File{}
	err := filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		files[path], err = parser.ParseFile(token.NewFileSet(), path, nil, parser.ParseComments|parser.SkipObjectResolution)
		return err
	})
	return files, err
})

// Exported names use the glossary's words: none has a word, or words in a row, that the glossary
// gives up for another. What has a row of its own there has a meaning; of those, the six that are
// mixed up most easily have a test of their own.
func TestNamesUseTheGlossary(t *testing.T) {
	glossary := readGlossary(t)
	never := map[string]string{}
	for word, row := range glossary {
		for _, n := range row.never {
			if _, own := glossary[n]; !own {
				never[" "+n+" "] = word
			}
		}
	}
	if len(never) < 15 || never[" tipping point "] == "" {
		t.Fatalf("only %v are forbidden", never)
	}
	for name := range exportedNames(t) {
		words := " " + strings.Join(nameWords(name.last()), " ") + " "
		for n, instead := range never {
			if strings.Contains(words, n) {
				t.Errorf("%s: %s says %q; the glossary says %q", name.folder, name.name, strings.TrimSpace(n), instead)
			}
		}
	}
	if !slices.Equal(nameWords("ReferenceRunOf2"), []string{"reference", "run", "of2"}) {
		t.Error("names are cut wrongly")
	}
}
