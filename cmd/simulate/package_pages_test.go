package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"simulate/sim"
)

// says are the three things that the page of a package has for its reader.
var says = []struct {
	what string
	is   *regexp.Regexp
}{
	{"what it is, in a sentence", regexp.MustCompile(`^(Package|Command)? ?\w[^.]{20,}[.:]`)},
	{"what it never does", regexp.MustCompile(`(?i)\b(never|nothing|not?|none|neither|alone|only)\b`)},
	{"how it is used: indented lines of code", regexp.MustCompile(`(?m)^\t\S`)},
}

// Every package has a page of its own, doc.go, which says what the package is, what it never does
// and how it is used; no other file of it has a package comment.
func TestEveryPackageHasItsPage(t *testing.T) {
	pages := map[string]string{}
	err := filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ParseComments|parser.PackageClauseOnly)
		if err != nil {
			return err
		}
		dir := filepath.Dir(path)
		pages[dir] += ""
		if file.Doc == nil || ast.IsGenerated(file) {
			return nil
		}
		if filepath.Base(path) != "doc.go" {
			t.Errorf("%s has a package comment; it belongs in doc.go", path)
		}
		pages[dir] = file.Doc.Text()
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for dir, page := range pages {
		for _, s := range says {
			if !s.is.MatchString(page) {
				t.Errorf("%s/doc.go does not say %s", dir, s.what)
			}
		}
	}
	if len(pages) < 40 {
		t.Errorf("only %d packages are seen", len(pages))
	}
}

// The file of a process is called as it is, and what it does opens with its equations.
func TestProcessesOpenWithTheirEquations(t *testing.T) {
	for _, p := range sim.Schedule {
		path := "../../sim/" + p.Name + ".go"
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			t.Error(err)
			continue
		}
		opens := false
		for _, d := range file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Name.Name == p.Name && f.Recv != nil {
				opens = opens || regexp.MustCompile(`(?m)^\t.*[=≤<]`).MatchString(f.Doc.Text())
			}
		}
		if !opens {
			t.Errorf("%s: the comment of %s has no equation", path, p.Name)
		}
	}
}
