package main

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"simulate/internal/reference"
)

// exactResult is the beginning of the comment of a test that holds a closed form: Result 12, or 18a
// where it has parts.
var exactResult = regexp.MustCompile(`^Result (\d+)([a-z]?)\. `)

// exactResults lists the closed forms that tests of the model hold, each with its working as the
// test's comment gives it.
func exactResults(t *testing.T) string {
	type row struct {
		number     int
		part, text string
		test       string
	}
	var found []row
	var files []string
	for _, pattern := range []string{"../../sim/*_test.go", "../../sim/scenario/*_test.go",
		"../../sim/experiment/run/*_test.go"} {
		matches, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, matches...)
	}
	for _, f := range files {
		tree, err := parser.ParseFile(token.NewFileSet(), f, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range tree.Decls {
			test, ok := d.(*ast.FuncDecl)
			if !ok {
				continue
			}
			comment := strings.Join(strings.Fields(test.Doc.Text()), " ")
			if at := exactResult.FindStringSubmatch(comment); at != nil {
				n, _ := strconv.Atoi(at[1]) // digits
				found = append(found, row{n, at[2], strings.TrimPrefix(comment, at[0]), test.Name.Name})
			}
		}
	}
	slices.SortFunc(found, func(a, b row) int {
		return cmp.Or(cmp.Compare(a.number, b.number), strings.Compare(a.part, b.part))
	})
	var rows [][]string
	for _, r := range found {
		rows = append(rows, []string{strconv.Itoa(r.number) + r.part, r.text, "`" + r.test + "`"})
	}
	return reference.Markdown([]string{"", "result and working", "test"}, rows)
}

// exactResultsKnown is the number of closed forms of the model.
const exactResultsKnown = 30

// All closed forms of the model have a test that says so.
func TestExactResultsAreComplete(t *testing.T) {
	table := exactResults(t)
	for n := 1; n <= exactResultsKnown; n++ {
		if !strings.Contains(table, fmt.Sprintf("\n| %d ", n)) && !strings.Contains(table, fmt.Sprintf("\n| %da ", n)) {
			t.Errorf("no test holds result %d", n)
		}
	}
}
