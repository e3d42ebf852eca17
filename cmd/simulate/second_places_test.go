package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"simulate/sim/design"
)

// byHand are what internal/quantity has a function for, as they look where somebody writes them
// anew in a text or format.
var byHand = []struct{ what, instead string }{
	{`%[-+# 0-9.]*[dfgev] ?%%`, "quantity.Share, FineShare or ExactShare write percentages"},
	{`%0?[24]?[dvf]-%02d`, "quantity.Begins, LastDay and DayOf write dates"},
	{`^ %+$`, "quantity.Share, FineShare or ExactShare write percentages"},
	{`(^|[;,.(:] |\bin |\bhas )%d of (the )?%s`, "quantity.Count sets thousands apart, as the number beside it does"},
	{`%d (base |parameter |dated |scored )?(` + strings.Join(things, "|") + `)\b`,
		"quantity.Plural writes a count with its noun"},
}

// things are nouns that texts of the program count.
var things = []string{"builds", "categories", "cells", "columns", "dimensions", "draws", "events", "futures", "inputs",
	"labs", "numbers", "observations", "outcomes", "pairs", "paths", "points", "policies", "processes", "replications",
	"resamples", "rows", "runs", "samples", "scenarios", "segments", "shards", "shocks", "steps", "targets",
	"trajectories", "values", "vectors", "waves", "weights", "years", "months", "days"}

// clockwork are functions of package time that make dates of numbers or text, which are
// internal/quantity's.
var clockwork = []string{"Date", "Parse", "Unix"}

// onTheirOwn are folders that write numbers and dates without internal/quantity, and why.
var onTheirOwn = map[string]string{
	"internal/quantity":  "the one place",
	"sim":                "the model imports nothing; its errors are worded here",
	"sim/concentration":  "a leaf that others may take alone",
	"sim/portable":       "arithmetic",
	"sim/table/parquet":  "a codec: what it says is of bytes",
	"sim/table/xlsx":     "a codec: what it says is of bytes",
	"internal/condition": "a leaf below the words",
	"internal/mutate":    "a tool of the checks",
	"internal/release":   "a tool of releases",
}

// each calls visit with every file of the program that is no test, and its folder.
func eachFile(t *testing.T, visit func(dir, path string, file *ast.File)) {
	t.Helper()
	root := "../.."
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			if d != nil && d.IsDir() && strings.HasPrefix(d.Name(), ".") && d.Name() != ".." {
				return fs.SkipDir
			}
			return err
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		dir, err := filepath.Rel(root, filepath.Dir(path))
		visit(filepath.ToSlash(dir), path, file)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// joined is a text that stands in one expression, pieces put together; false for anything else.
func joined(e ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		if e.Kind != token.STRING {
			return "", false
		}
		text, err := strconv.Unquote(e.Value)
		return text, err == nil
	case *ast.BinaryExpr:
		left, ok1 := joined(e.X)
		right, ok2 := joined(e.Y)
		return left + right, ok1 && ok2 && e.Op == token.ADD
	}
	return "", false
}

// Percentages, counts with their nouns and dates are written by internal/quantity alone.
func TestNumbersAreWrittenInOnePlace(t *testing.T) {
	found := 0
	var patterns []*regexp.Regexp
	for _, b := range byHand {
		patterns = append(patterns, regexp.MustCompile(b.what))
	}
	eachFile(t, func(dir, path string, file *ast.File) {
		if _, own := onTheirOwn[dir]; own || strings.HasPrefix(dir, "examples/") {
			return
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				if f, ok := n.Fun.(*ast.SelectorExpr); ok {
					if p, ok := f.X.(*ast.Ident); ok && p.Name == "time" && slices.Contains(clockwork, f.Sel.Name) &&
						!onlyChecks[path[len("../../"):]] {
						t.Errorf("%s: time.%s; internal/quantity makes dates", path, f.Sel.Name)
					}
				}
			case ast.Expr:
				text, ok := joined(n)
				if !ok {
					return true
				}
				found++
				for i, b := range byHand {
					if hit := patterns[i].FindString(text); hit != "" && !strings.HasSuffix(path, behindError) {
						t.Errorf("%s: %q in %.60q; %s", path, hit, text, b.instead)
					}
				}
				return false
			case *ast.ImportSpec, *ast.Field: // paths and tags are no words
				return false
			}
			return true
		})
	})
	if found < 3000 {
		t.Errorf("only %d texts were read", found)
	}
}

// behindError is a file in which a unit stands behind a number and its error: −1.2 ± 0.3 %.
const behindError = "internal/whofinds/words.go"

// onlyChecks are files that ask whether a text is a day and make no date of it, or stamp a file.
var onlyChecks = map[string]bool{"internal/report/page.go": true, "plots/chart/pdf.go": true,
	"sim/table/xlsx/book.go": true}

// Designs are told apart by the columns of their table, never by their names.
func TestDesignsAreNotNamed(t *testing.T) {
	names := design.Names()
	named := func(e ast.Expr) bool {
		text, ok := joined(e)
		return ok && slices.Contains(names, text)
	}
	eachFile(t, func(dir, path string, file *ast.File) {
		if dir == "sim/design" || strings.HasPrefix(dir, "plots") { // figures read the manifest and reach no table
			return
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.BinaryExpr:
				if (n.Op == token.EQL || n.Op == token.NEQ) && (named(n.X) || named(n.Y)) {
					t.Errorf("%s compares with the name of a design", path)
				}
			case *ast.CaseClause:
				if slices.ContainsFunc(n.List, named) {
					t.Errorf("%s switches on the name of a design", path)
				}
			case *ast.CallExpr:
				if f, ok := n.Fun.(*ast.SelectorExpr); ok && f.Sel.Name == "LookUp" && slices.ContainsFunc(n.Args, named) {
					t.Errorf("%s looks a design up by name", path)
				}
			}
			return true
		})
	})
}
