package sim

import (
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite generated files")

// TestCommentsAreUpToDate holds comments.tsv against the source; -update rewrites it.
func TestCommentsAreUpToDate(t *testing.T) {
	fresh := commentsOfSource(t)
	if fresh == commentsText {
		return
	}
	if !*update {
		t.Fatal("comments.tsv is stale; run `go test ./sim -run Comments -update`, then what is generated from it")
	}
	if err := os.WriteFile("comments.tsv", []byte(fresh), 0o644); err != nil {
		t.Fatal(err)
	}
}

// commentsOfSource reads the comments of all struct fields in the package's files, its tests apart.
func commentsOfSource(t *testing.T) string {
	t.Helper()
	files, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, f := range files {
		if !strings.HasSuffix(f.Name(), ".go") || strings.HasSuffix(f.Name(), "_test.go") {
			continue
		}
		tree, err := parser.ParseFile(token.NewFileSet(), f.Name(), nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(tree, func(n ast.Node) bool {
			if spec, ok := n.(*ast.TypeSpec); ok {
				lines = append(lines, fieldComments(spec)...)
			}
			return true
		})
	}
	slices.Sort(lines)
	return strings.Join(lines, "")
}

func fieldComments(spec *ast.TypeSpec) (lines []string) {
	st, ok := spec.Type.(*ast.StructType)
	if !ok {
		return nil
	}
	for _, f := range st.Fields.List {
		text := f.Doc.Text()
		if text == "" {
			text = f.Comment.Text()
		}
		text = strings.TrimSuffix(strings.Join(strings.Fields(text), " "), ".")
		for _, name := range f.Names {
			if text != "" {
				lines = append(lines, spec.Name.Name+"."+name.Name+"\t"+text+"\n")
			}
		}
	}
	return lines
}
