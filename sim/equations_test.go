package sim

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strings"
	"testing"
)

// TestProcessesOpenWithTheirEquations reads the file of every process: the first thing in it is the
// process, and its comment sets out equations.
func TestProcessesOpenWithTheirEquations(t *testing.T) {
	for _, p := range Schedule {
		f, err := parser.ParseFile(token.NewFileSet(), p.Name+".go", nil, parser.ParseComments)
		if err != nil {
			t.Error(err)
			continue
		}
		for _, d := range f.Decls {
			if g, isGen := d.(*ast.GenDecl); isGen && g.Tok == token.IMPORT {
				continue
			}
			process, isFunc := d.(*ast.FuncDecl)
			if !isFunc || process.Name.Name != p.Name {
				t.Errorf("%s.go does not begin with its process", p.Name)
				break
			}
			equations := 0
			for _, line := range strings.Split(process.Doc.Text(), "\n") {
				if strings.HasPrefix(line, "\t") && strings.ContainsAny(line, "=≤<") {
					equations++
				}
			}
			if equations < 2 {
				t.Errorf("%s.go does not open with its equations: %d", p.Name, equations)
			}
			break
		}
	}
}
