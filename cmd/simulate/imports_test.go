package main

import (
	"go/ast"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// mayImport is the whole drawing of the module: by folder, the folders that its files import, no
// more and no less; tests may import more. Leaves come first.
var mayImport = map[string][]string{
	"internal/aside":     {},
	"internal/bench":     {},
	"internal/browser":   {}, // for tests
	"internal/fault":     {},
	"internal/mutate":    {},
	"internal/visible":   {},
	"internal/pattern":   {},
	"internal/quantity":  {"internal/pattern", "sim/portable"},
	"internal/shell":     {},
	"sim/portable":       {},
	"internal/wholefile": {},
	"sim/concentration":  {"sim/portable"},
	"sim":                {"sim/concentration", "sim/portable"},
	"sim/table":          {"internal/fault", "internal/wholefile", "internal/pattern", "internal/quantity"},
	"sim/table/parquet":  {"internal/wholefile", "sim/table"},
	"sim/table/xlsx":     {"internal/quantity", "sim/table"},
	// for programs; what they are made of imports no codec
	"sim/table/formats":  {"sim/table", "sim/table/parquet", "sim/table/xlsx"},
	"sim/observed":       {"internal/pattern", "internal/quantity", "sim/table"},
	"scenarios":          {},
	"internal/condition": {},
	"sim/scenario": {"sim/design", "internal/condition", "internal/pattern", "internal/quantity",
		"internal/visible", "sim", "sim/portable", "sim/table", "scenarios"},
	"sim/design/stream":       {"sim"},
	"sim/design":              {"internal/quantity", "sim/design/stream", "sim/portable"},
	"sim/experiment/analysis": {"internal/quantity", "sim/design", "sim/design/stream", "sim/portable"},
	"sim/experiment/results": {"internal/wholefile",
		"internal/aside", "internal/quantity", "internal/visible", "sim", "sim/portable", "sim/scenario", "sim/table"},
	"sim/experiment/run": {"internal/wholefile",
		"internal/aside", "internal/shell", "internal/condition", "internal/fault", "internal/quantity",
		"sim", "sim/scenario", "sim/table", "sim/design", "sim/experiment/results"},
	"sim/experiment/compare": {"internal/quantity", "sim", "sim/portable", "sim/scenario", "sim/table",
		"sim/experiment/analysis",
		"sim/experiment/results", "sim/experiment/run"},
	"sim/experiment/study": {"internal/condition", "internal/pattern", "internal/quantity", "sim", "sim/scenario",
		"sim/table", "sim/design", "sim/experiment/analysis", "sim/experiment/results", "sim/experiment/run"},
	"sim/experiment/cluster": {"internal/wholefile",
		"sim/table", "internal/pattern", "internal/shell", "internal/quantity", "sim",
		"sim/experiment/results", "sim/experiment/run", "sim/experiment/compare", "sim/experiment/history"},
	"sim/experiment/history": {"internal/quantity", "internal/fault", "sim", "sim/scenario", "sim/table", "sim/observed",
		"sim/design", "sim/experiment/results", "sim/experiment/run"},
	"sim/experiment": {"internal/quantity", "sim/scenario", "sim/experiment/results", "sim/experiment/run",
		"sim/experiment/compare"},
	"sim/experiment/tiny": {"sim", "sim/scenario", "sim/experiment/results"}, // for tests
	"internal/latex":      {},
	"internal/paper":      {"internal/latex"},
	"plots/chart": {"internal/wholefile",
		"internal/aside", "internal/fault", "internal/latex", "internal/quantity", "internal/visible"},
	"plots":            {"internal/aside", "plots/chart", "internal/quantity", "internal/fault", "sim/table"},
	"internal/measure": {"internal/pattern", "internal/shell", "sim/concentration", "sim/table"},
	"internal/report": {"internal/wholefile",
		"internal/aside", "internal/shell", "internal/quantity", "internal/visible", "internal/reference",
		"internal/explore", "internal/trust", "internal/whofinds", "plots/chart", "sim",
		"sim/scenario", "sim/observed", "sim/table", "plots",
		"sim/experiment/results", "sim/experiment/compare", "sim/experiment/study", "sim/experiment/history"},
	"internal/reference": {"internal/quantity", "sim/concentration", "sim", "sim/scenario", "sim/design",
		"sim/experiment/results", "plots"},
	"internal/export": {"internal/pattern", "internal/quantity", "internal/shell", "sim", "sim/experiment/results",
		"sim/observed",
		"sim/table", "sim/table/xlsx"},
	"internal/claims": {"internal/quantity", "sim/scenario", "sim/table", "sim/experiment/analysis",
		"sim/experiment/run"},
	"examples/claims": {"internal/claims"},
	"internal/whofinds": {"internal/quantity", "sim/scenario", "sim/table", "sim/experiment/analysis",
		"sim/experiment/results", "sim/experiment/run"},
	"examples/who-finds-it": {"internal/whofinds"},
	"internal/validation": {"internal/quantity", "sim", "sim/scenario", "sim/table", "sim/experiment/analysis",
		"sim/experiment/results"},
	"examples/validation": {"internal/validation"},
	"internal/trust":      {"sim/observed", "sim/scenario", "sim/experiment/history"},
	"examples/trust":      {"internal/trust"},
	"internal/release":    {"internal/quantity", "sim"},
	"examples/solve":      {"internal/quantity", "sim", "sim/scenario", "sim/experiment/run"},
	"cmd/simulate": {"internal/wholefile",
		"internal/aside", "internal/condition", "internal/explore", "internal/export", "internal/fault",
		"internal/measure", "internal/page", "internal/paper", "internal/quantity", "internal/reference", "internal/report",
		"internal/shell", "internal/visible", "plots", "plots/chart", "sim", "sim/concentration", "sim/design",
		"sim/experiment", "sim/experiment/analysis", "sim/experiment/cluster", "sim/experiment/compare",
		"sim/experiment/history", "sim/experiment/results", "sim/experiment/run", "sim/experiment/study",
		"sim/observed", "sim/scenario", "sim/table", "sim/table/formats", "sim/table/xlsx"},
	"internal/explore": {"internal/fault", "internal/visible", "internal/quantity", "sim", "sim/scenario", "sim/table",
		"sim/experiment/analysis", "sim/experiment/results", "sim/experiment/run"},
	"internal/page": {"internal/wholefile",
		"internal/explore", "internal/trust", "internal/quantity", "plots", "plots/chart", "sim",
		"sim/scenario"},
	"internal/page/carry":   {"internal/page"},
	"internal/page/gallery": {"internal/wholefile", "internal/page", "internal/validation"},
	"internal/page/wasm":    {"internal/explore"},
}

// livesIn is every package from outside with the folders that may import it, no more and no less. A
// key that ends with / stands for a module with all its packages. Each sits behind one room, but
// for four that are tools like the standard library's: gonum's arithmetic, groups of goroutines,
// the letters and encodings of texts, and in two floors of one room the drawing library.
var livesIn = map[string][]string{
	"golang.org/x/exp/rand":             {"sim"},
	"go.yaml.in/yaml/v4":                {"sim/scenario"},
	"gonum.org/v1/plot/":                {"plots", "plots/chart"},
	"golang.org/x/image/":               {"plots/chart"},
	"git.sr.ht/~sbinet/gg":              {"plots/chart"},
	"github.com/klauspost/compress/":    {"plots/chart"},
	"codeberg.org/go-pdf/fpdf":          {"plots/chart"},
	"github.com/chromedp/":              {"internal/browser"},
	"github.com/urfave/cli/v2":          {"cmd/simulate"},
	"github.com/parquet-go/parquet-go/": {"sim/table/parquet"},
	"github.com/pierrec/lz4/v4":         {"sim/table/parquet"},
	"github.com/xuri/excelize/v2":       {"sim/table/xlsx"},
	"github.com/vbauerster/mpb/v8/":     {"cmd/simulate"},
	"github.com/jedib0t/go-pretty/v6/":  {"cmd/simulate"},
	"github.com/guptarohit/asciigraph":  {"cmd/simulate"},
	"golang.org/x/term":                 {"cmd/simulate"},
	"golang.org/x/text/":                {"cmd/simulate", "internal/measure", "sim/table"}, // letters, encodings
	"github.com/agnivade/levenshtein":   {"internal/quantity"},
	"golang.org/x/sync/errgroup":        {"plots", "plots/chart", "sim/experiment/run"},
	"gonum.org/v1/gonum/":               {"examples/solve", "plots", "sim/experiment/analysis", "sim/experiment/history"},
}

// TestImportsRunOneWay reads the import clauses of the module and fails where an arrow points the
// wrong way or a module spreads.
func TestImportsRunOneWay(t *testing.T) {
	used := map[string]bool{} // "from to" of each arrow
	eachFile(t, func(dir, path string, file *ast.File) {
		allowed, known := mayImport[dir]
		if !known {
			t.Errorf("%s: a new folder; say in mayImport what it may import", dir)
			return
		}
		for _, spec := range file.Imports {
			checkImport(t, path, dir, strings.Trim(spec.Path.Value, `"`), allowed, used)
		}
	})
	for dir, allowed := range mayImport {
		for _, to := range allowed {
			if !used[dir+" "+to] {
				t.Errorf("%s may import %s and does not; take the arrow out of mayImport", dir, to)
			}
		}
	}
	for name, homes := range livesIn {
		for _, dir := range homes {
			if !used[dir+" "+name] {
				t.Errorf("%s may import %s and does not; take it out of livesIn", dir, name)
			}
		}
	}
}

// TestArrowsPointDown holds the drawing itself against the one direction: commands, experiments,
// scenarios, the model. What lies beside a room, such as a table, stands on the floor of what it
// imports. Figures never reach the model.
func TestArrowsPointDown(t *testing.T) {
	floor := func(dir string) int {
		switch {
		case strings.HasPrefix(dir, "cmd/") || strings.HasPrefix(dir, "examples/"):
			return 4
		case strings.HasPrefix(dir, "sim/experiment"):
			return 3
		case dir == "sim/scenario":
			return 2
		case dir == "sim":
			return 1
		}
		return 0
	}
	height := map[string]int{}
	var high func(dir string) int
	high = func(dir string) int { // the highest floor that a folder stands on or imports
		h, known := height[dir]
		if !known {
			h = floor(dir)
			for _, to := range mayImport[dir] {
				h = max(h, high(to))
			}
			height[dir] = h
		}
		return h
	}
	for dir, allowed := range mayImport {
		for _, to := range allowed {
			if floor(dir) > 0 && high(to) > floor(dir) {
				t.Errorf("%s imports %s, which reaches higher", dir, to)
			}
		}
		if strings.HasPrefix(dir, "plots") && high(dir) > 0 {
			t.Errorf("%s reaches the model", dir)
		}
	}
}

// A page, or a program of somebody else's, that runs scenarios links the model, its scenarios, runs
// and tables. These are all modules from outside that come with them: no codec of Parquet or
// workbooks, no plot, no command line, no network, no reader of Go source.
func TestWhatRunsScenariosLinksLittle(t *testing.T) {
	outside := []string{
		"golang.org/x/exp/rand", "gonum.org/v1/gonum/", "go.yaml.in/yaml/v4", "github.com/agnivade/levenshtein",
		"golang.org/x/sync/errgroup", "golang.org/x/text/",
	}
	for _, linked := range deps(t, "./sim", "./sim/scenario", "./sim/table", "./sim/experiment/run") {
		host, _, _ := strings.Cut(linked, "/")
		inside := host == "simulate" || host == "vendor" || !strings.Contains(host, ".")
		named := slices.ContainsFunc(outside, func(m string) bool { return strings.HasPrefix(linked, m) })
		if !inside && !named || slices.Contains([]string{"net/http", "net", "html/template", "image", "testing"}, linked) ||
			strings.HasPrefix(linked, "simulate/plots") || strings.HasPrefix(linked,
			"simulate/cmd") || strings.HasPrefix(linked, "simulate/sim/table/") {
			t.Errorf("a build of sim, sim/scenario, sim/table and sim/experiment/run links %s", linked)
		}
	}
}

// The program reads no Go source, at its start or later: what comments say is generated.
func TestTheProgramReadsNoSource(t *testing.T) {
	for _, linked := range deps(t, "./cmd/simulate") {
		if linked == "go/parser" || linked == "go/ast" || linked == "testing" {
			t.Errorf("the program links %s", linked)
		}
	}
}

// deps lists what packages of the module link, by import path.
func deps(t *testing.T, packages ...string) []string {
	t.Helper()
	cmd := exec.Command("go", append([]string{"list", "-deps"}, packages...)...)
	cmd.Dir, cmd.Stderr = "../..", os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.Fields(string(out))
}

func checkImport(t *testing.T, path, dir, imported string, allowed []string, used map[string]bool) {
	if own, inside := strings.CutPrefix(imported, "simulate/"); inside {
		if used[dir+" "+own] = true; !slices.Contains(allowed, own) {
			t.Errorf("%s imports %s", path, own)
		}
		return
	}
	if host, _, _ := strings.Cut(imported, "/"); !strings.Contains(host, ".") {
		return // the standard library
	}
	for name, homes := range livesIn {
		below := strings.HasSuffix(name, "/") && strings.HasPrefix(imported, name)
		if imported != strings.TrimSuffix(name, "/") && !below {
			continue
		}
		if used[dir+" "+name] = true; !slices.Contains(homes, dir) {
			t.Errorf("%s imports %s, which lives in %s", path, imported, strings.Join(homes, ", "))
		}
		return
	}
	t.Errorf("%s imports %s, which has no home; say in livesIn where it lives", path, imported)
}
