package sim

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strings"
	"sync"
)

// Comments returns the comment of every field of every struct of the package, by type and field, in one line each: the meaning
// of parameters, state variables and scenario fields, printed from where it is written.
var Comments = sync.OnceValue(func() map[string]map[string]string {
	out := map[string]map[string]string{}
	files, err := Source.ReadDir(".")
	if err != nil {
		panic(err) // embedded: cannot fail
	}
	for _, f := range files {
		if strings.HasSuffix(f.Name(), "_test.go") {
			continue
		}
		text, _ := Source.ReadFile(f.Name())
		tree, err := parser.ParseFile(token.NewFileSet(), f.Name(), text, parser.ParseComments)
		if err != nil {
			panic(err) // it compiled
		}
		collectComments(tree, out)
	}
	return out
})

func collectComments(tree *ast.File, out map[string]map[string]string) {
	ast.Inspect(tree, func(n ast.Node) bool {
		spec, ok := n.(*ast.TypeSpec)
		if !ok {
			return true
		}
		st, ok := spec.Type.(*ast.StructType)
		if !ok {
			return true
		}
		fields := map[string]string{}
		for _, f := range st.Fields.List {
			text := f.Doc.Text()
			if text == "" {
				text = f.Comment.Text()
			}
			for _, name := range f.Names {
				fields[name.Name] = strings.TrimSuffix(strings.Join(strings.Fields(text), " "), ".")
			}
		}
		out[spec.Name.Name] = fields
		return true
	})
}
