package portable_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// rounded lists what a run, drawn values and all, is made of: the folders, or some of their files,
// whose numbers must not depend on the machine.
var rounded = []struct {
	folder string
	files  []string // nil: all
}{
	{"sim/portable", nil},
	{"sim/concentration", nil},
	{"sim", nil},
	{"sim/scenario", nil},
	{"sim/design", nil},
	{"sim/design/stream", nil},
	{"sim/experiment/run", nil},
	{"sim/experiment/results", nil},
	{"sim/experiment/compare", nil},
	{"sim/experiment/analysis", []string{"paired.go"}},
	{"sim/table", nil},
	{"internal/quantity", nil},
	{"internal/condition", nil},
}

// fused matches an instruction of arm64 that multiplies and adds with one rounding, and where it
// comes from.
var fused = regexp.MustCompile(`\(([^()\n]+\.go):\d+\)\tFN?M(?:ADD|SUB)D\t`)

// The packages whose numbers must not depend on the machine hold no fused product when compiled for
// one that could.
func TestNothingIsFused(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles for another machine")
	}
	args := []string{"build"}
	for _, r := range rounded {
		args = append(args, "-gcflags=simulate/"+r.folder+"=-S")
	}
	for _, r := range rounded {
		args = append(args, "simulate/"+r.folder)
	}
	cmd := exec.Command("go", args...)
	cmd.Env = append(os.Environ(), "GOOS=linux", "GOARCH=arm64", "CGO_ENABLED=0")
	output, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	listing := map[string]string{} // by folder
	for _, part := range strings.Split("\n"+string(output), "\n# simulate/") {
		folder, text, _ := strings.Cut(part, "\n")
		listing[folder] += text
	}
	for _, r := range rounded {
		text := listing[r.folder]
		if !strings.Contains(text, "\tRET\t") {
			t.Fatalf("%s: the compiler has listed nothing", r.folder)
		}
		hits := map[string]int{}
		for _, hit := range fused.FindAllStringSubmatch(text, -1) {
			if file := path.Base(filepath.ToSlash(hit[1])); r.files == nil || slices.Contains(r.files, file) {
				hits[file]++
			}
		}
		for file, n := range hits {
			t.Errorf("%s/%s has %d fused products; write float64(a*b) where a product meets a sum: go build -gcflags=-S",
				r.folder, file, n)
		}
	}
}

// exact are the functions of package math that have one right answer, and Pow10, which is a table.
var exact = strings.Fields("Abs Ceil Copysign Float64bits Float64frombits Floor Inf IsInf IsNaN Max Min Mod Modf NaN " +
	"Nextafter Pow10 Round RoundToEven Signbit Sqrt Trunc")

// The same packages take no function from elsewhere that rounds as the machine likes.
func TestNothingRoundsElsewhere(t *testing.T) {
	for _, r := range rounded {
		files, err := filepath.Glob(filepath.Join("../..", r.folder, "*.go"))
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: no files (%v)", r.folder, err)
		}
		for _, name := range files {
			if strings.HasSuffix(name, "_test.go") || r.files != nil && !slices.Contains(r.files, filepath.Base(name)) {
				continue
			}
			tree, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			for _, spec := range tree.Imports {
				if strings.Contains(spec.Path.Value, "gonum.org/") {
					t.Errorf("%s imports %s, whose sums are assembly on some machines", name, spec.Path.Value)
				}
			}
			ast.Inspect(tree, func(n ast.Node) bool {
				call, ok := n.(*ast.SelectorExpr)
				if !ok {
					return true
				}
				if slices.Contains([]string{"NormFloat64", "ExpFloat64"}, call.Sel.Name) {
					t.Errorf("%s draws by %s, which rounds as the machine does; take stream.normal", name, call.Sel.Name)
				}
				if pkg, ok := call.X.(*ast.Ident); ok && pkg.Name == "math" && isFunction(call.Sel.Name) {
					t.Errorf("%s takes math.%s; sim/portable has the same bits on every machine", name, call.Sel.Name)
				}
				return true
			})
		}
	}
}

// isFunction tells whether a name of package math is a function that is not exact, rather than one
// that is or a constant.
func isFunction(name string) bool {
	return !slices.Contains(exact, name) &&
		!regexp.MustCompile(`^(Pi|E|Ln2|Ln10|Log2E|Sqrt2|(Max|Min|SmallestNonzero)(Uint|Int|Float)\d*)$`).MatchString(name)
}
