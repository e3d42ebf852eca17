package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// mayImport lists, by folder, the folders of this module that its files may import; tests may import more.
var mayImport = map[string][]string{
	"internal/fault":               {},
	"internal/visible":             {},
	"internal/quantity":            {},
	"internal/shell":               {},
	"sim/portable":                 {},
	"sim/concentration":            {},
	"sim":                          {"sim/concentration", "sim/portable"},
	"sim/table":                    {"internal/quantity"},
	"sim/table/parquet":            {"sim/table"},
	"sim/table/xlsx":               {"sim/table"},
	"sim/table/formats":            {"sim/table", "sim/table/parquet", "sim/table/xlsx"}, // for programs; what they are made of imports no codec
	"sim/observed":                 {"internal/quantity", "sim/table"},
	"scenarios":                    {},
	"internal/condition":           {},
	"sim/scenario":                 {"sim/experiment/design", "internal/condition", "internal/quantity", "internal/visible", "sim", "sim/portable", "scenarios"},
	"sim/experiment/design/stream": {"sim"},
	"sim/experiment/design":        {"internal/quantity", "sim", "sim/experiment/design/stream"},
	"sim/experiment/analysis":      {"internal/quantity", "sim", "sim/experiment/design/stream", "sim/experiment/design"},
	"sim/experiment/results":       {"internal/quantity", "sim", "sim/scenario", "sim/table"},
	"sim/experiment/run":           {"internal/shell", "internal/condition", "internal/fault", "internal/quantity", "sim", "sim/scenario", "sim/table", "sim/experiment/design", "sim/experiment/results"},
	"sim/experiment/compare":       {"internal/quantity", "sim", "sim/scenario", "sim/table", "sim/experiment/analysis", "sim/experiment/results", "sim/experiment/run"},
	"sim/experiment/study":         {"internal/condition", "internal/quantity", "sim", "sim/scenario", "sim/table", "sim/experiment/design", "sim/experiment/analysis", "sim/experiment/results", "sim/experiment/run"},
	"sim/experiment/cluster":       {"internal/shell", "internal/quantity", "sim", "sim/experiment/results", "sim/experiment/run", "sim/experiment/compare"},
	"sim/experiment/history":       {"internal/quantity", "internal/fault", "sim", "sim/scenario", "sim/table", "sim/observed", "sim/experiment/design", "sim/experiment/results", "sim/experiment/run"},
	"sim/experiment":               {"internal/quantity", "sim/scenario", "sim/experiment/results", "sim/experiment/run", "sim/experiment/compare"},
	"sim/experiment/tiny":          {"sim", "sim/scenario", "sim/experiment/results"}, // for tests
	"plots/chart":                  {"internal/quantity", "internal/visible"},
	"plots":                        {"plots/chart", "internal/quantity", "internal/fault", "sim/table"},
	"internal/measure":             {"sim/concentration", "sim/table"},
	"internal/report": {"plots/chart", "internal/shell", "internal/quantity", "internal/visible", "internal/reference", "sim", "sim/scenario", "sim/observed", "sim/table", "plots",
		"sim/experiment/results", "sim/experiment/run", "sim/experiment/compare", "sim/experiment/study", "sim/experiment/history"},
	"internal/reference": {"sim/concentration", "internal/quantity", "sim", "sim/scenario", "sim/experiment/design", "sim/experiment/results", "sim/table", "plots"},
	"internal/export":    {"internal/shell", "sim", "sim/experiment/results", "sim/table"},
	"internal/release":   {"sim"},
	"cmd/simulate":       nil, // all
}

// livesIn names the one folder that may import an outside module. "sim" imports nothing but x/exp/rand.
var livesIn = map[string][]string{
	"golang.org/x/exp/rand":            {"sim"},
	"go.yaml.in/yaml/v4":               {"sim/scenario"},
	"gonum.org/v1/plot":                {"plots", "plots/chart"},
	"github.com/urfave/cli/v2":         {"cmd/simulate"},
	"github.com/parquet-go/parquet-go": {"sim/table/parquet"},
	"github.com/pierrec/lz4":           {"sim/table/parquet"},
	"github.com/xuri/excelize":         {"sim/table/xlsx"},
	"github.com/vbauerster/mpb":        {"cmd/simulate"},
	"github.com/jedib0t/go-pretty":     {"cmd/simulate"},
	"github.com/guptarohit/asciigraph": {"cmd/simulate"},
	"github.com/agnivade/levenshtein":  {"internal/quantity"},
}

// TestImportsRunOneWay reads the import clauses of the module and fails where an arrow points the wrong way or a module spreads.
func TestImportsRunOneWay(t *testing.T) {
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
		dir, err := filepath.Rel(root, filepath.Dir(path))
		if err != nil {
			return err
		}
		allowed, known := mayImport[filepath.ToSlash(dir)]
		if !known {
			t.Errorf("%s: a new folder; say in mayImport what it may import", dir)
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, text, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, spec := range file.Imports {
			checkImport(t, path, filepath.ToSlash(dir), strings.Trim(spec.Path.Value, `"`), allowed)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// What a page links is the model, its scenarios, runs and tables: no codec of Parquet or workbooks, no plot, no command line.
func TestWhatAPageLinksIsLean(t *testing.T) {
	reached := map[string]bool{}
	var reach func(dir string)
	reach = func(dir string) {
		if !reached[dir] {
			reached[dir] = true
			for _, to := range mayImport[dir] {
				reach(to)
			}
		}
	}
	for _, dir := range []string{"sim", "sim/scenario", "sim/experiment/run", "sim/table"} {
		reach(dir)
	}
	for module, homes := range livesIn {
		for _, heavy := range []string{"parquet", "excelize", "plot", "cli", "mpb", "go-pretty"} {
			if strings.Contains(module, heavy) && slices.ContainsFunc(homes, func(dir string) bool { return reached[dir] }) {
				t.Errorf("a page would link %s", module)
			}
		}
	}
}

func checkImport(t *testing.T, path, dir, imported string, allowed []string) {
	if own, inside := strings.CutPrefix(imported, "simulate/"); inside {
		if allowed != nil && !slices.Contains(allowed, own) {
			t.Errorf("%s imports %s", path, own)
		}
		return
	}
	if dir == "sim" && strings.Contains(strings.SplitN(imported, "/", 2)[0], ".") && imported != "golang.org/x/exp/rand" {
		t.Errorf("%s: the model imports %s", path, imported)
	}
	for module, homes := range livesIn {
		if strings.HasPrefix(imported, module) && !slices.Contains(homes, dir) {
			t.Errorf("%s imports %s, which lives in %s", path, module, strings.Join(homes, ", "))
		}
	}
}
