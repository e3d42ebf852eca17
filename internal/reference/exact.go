package reference

import (
	"cmp"
	"go/ast"
	"go/parser"
	"go/token"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"simulate/sim"
)

// exactResult is the beginning of the comment of a test that holds a closed form: Result 12, or 18a where it has parts.
var exactResult = regexp.MustCompile(`^Result (\d+)([a-z]?)\. `)

// exactTable lists the closed forms that tests of the model hold, each with its working as the test's comment gives it.
func exactTable() string {
	type row struct {
		number     int
		part, text string
		test       string
	}
	var found []row
	files, err := sim.Source.ReadDir(".")
	if err != nil {
		panic(err) // embedded: cannot fail
	}
	for _, f := range files {
		if !strings.HasSuffix(f.Name(), "_test.go") {
			continue
		}
		text, _ := sim.Source.ReadFile(f.Name())
		tree, err := parser.ParseFile(token.NewFileSet(), f.Name(), text, parser.ParseComments)
		if err != nil {
			panic(err) // it compiled
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
		rows = append(rows, []string{strconv.Itoa(r.number) + r.part, r.text, code(r.test)})
	}
	return Markdown([]string{"", "result and working", "test"}, rows)
}
