package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// change is one thing that is written otherwise: the bytes from..to of a file.
type change struct {
	file     string
	line     int
	from, to int
	was      string
	with     string
	kind     string
}

func (c change) String() string {
	short := func(s string) string {
		s = strings.Join(strings.Fields(s), " ")
		if r := []rune(s); len(r) > 70 {
			return string(r[:69]) + "…"
		}
		return s
	}
	return fmt.Sprintf("%s:%d: %s: %s → %s", c.file, c.line, c.kind, short(c.was), short(c.with))
}

// operators are what each one is exchanged for.
var operators = map[token.Token]token.Token{
	token.ADD: token.SUB, token.SUB: token.ADD, token.MUL: token.QUO, token.QUO: token.MUL, token.REM: token.MUL,
	token.LSS: token.LEQ, token.LEQ: token.LSS, token.GTR: token.GEQ, token.GEQ: token.GTR, token.EQL: token.NEQ,
	token.NEQ:  token.EQL,
	token.LAND: token.LOR, token.LOR: token.LAND,
}

// assignments are what each assignment with an operator is exchanged for.
var assignments = map[token.Token]token.Token{
	token.ADD_ASSIGN: token.SUB_ASSIGN, token.SUB_ASSIGN: token.ADD_ASSIGN, token.MUL_ASSIGN: token.QUO_ASSIGN,
	token.QUO_ASSIGN: token.MUL_ASSIGN,
}

// changesOf lists every change of the files of a package, its tests aside.
func changesOf(dir string) ([]change, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		return nil, err
	}
	var out []change
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		if strings.Contains(string(text[:min(len(text), 200)]), "Code generated") {
			continue
		}
		set := token.NewFileSet()
		tree, err := parser.ParseFile(set, file, text, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		f := finder{file: file, text: text, set: set}
		for _, d := range tree.Decls {
			if fn, is := d.(*ast.FuncDecl); is && fn.Body != nil { // tables and tags have tests that loop over them
				ast.Inspect(fn.Body, f.visit)
			}
		}
		out = append(out, f.out...)
	}
	return out, nil
}

// onLines are the changes on lines that are named, such as market.go:12.
func onLines(all []change, lines []string) []change {
	return slices.DeleteFunc(slices.Clone(all), func(c change) bool {
		return !slices.Contains(lines, fmt.Sprintf("%s:%d", filepath.Base(c.file), c.line))
	})
}

// finder collects the changes of a file.
type finder struct {
	file string
	text []byte
	set  *token.FileSet
	out  []change
}

func (f *finder) add(kind string, from, to token.Pos, with string) {
	a, b := f.set.Position(from), f.set.Position(to)
	f.out = append(f.out, change{file: f.file, line: a.Line, from: a.Offset, to: b.Offset,
		was: string(f.text[a.Offset:b.Offset]), with: with, kind: kind})
}

func (f *finder) visit(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.BinaryExpr:
		if other, known := operators[n.Op]; known {
			f.add("operator", n.OpPos, n.OpPos+token.Pos(len(n.Op.String())), other.String())
		}
	case *ast.UnaryExpr:
		if n.Op == token.SUB || n.Op == token.NOT {
			f.add("sign", n.OpPos, n.OpPos+1, "")
		}
	case *ast.BasicLit:
		f.constant(n)
	case *ast.AssignStmt:
		if other, known := assignments[n.Tok]; known {
			f.add("operator", n.TokPos, n.TokPos+token.Pos(len(n.Tok.String())), other.String())
		}
		if n.Tok != token.DEFINE {
			f.add("statement left out", n.Pos(), n.End(), "")
		}
	case *ast.IncDecStmt:
		f.add("statement left out", n.Pos(), n.End(), "")
	case *ast.ExprStmt:
		f.add("statement left out", n.Pos(), n.End(), "")
	case *ast.CallExpr:
		if name, is := n.Fun.(*ast.Ident); is && (name.Name == "panic" || name.Name == "make") {
			return false
		}
		of, is := n.Fun.(*ast.SelectorExpr)
		if !is {
			break
		}
		switch of.Sel.Name { // of the last argument only the sign counts
		case "Inf":
			return false
		case "IsInf":
			ast.Inspect(n.Args[0], f.visit)
			return false
		}
	}
	return true
}

// constant changes a number by one, or by a tenth.
func (f *finder) constant(n *ast.BasicLit) {
	switch n.Kind {
	case token.INT:
		if v, err := strconv.ParseInt(n.Value, 0, 64); err == nil {
			f.add("off by one", n.Pos(), n.End(), strconv.FormatInt(v+1, 10))
		}
	case token.FLOAT:
		if v, err := strconv.ParseFloat(n.Value, 64); err == nil {
			f.add("constant", n.Pos(), n.End(), strconv.FormatFloat(v*1.1, 'g', -1, 64))
		}
	}
}
