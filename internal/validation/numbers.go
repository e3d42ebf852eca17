package validation

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/csv"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"simulate/sim"
	"simulate/sim/scenario"
	"simulate/sim/table"
)

//go:embed numbers.csv
var committed []byte

// scenarios are those that examples/validation.sh runs, and all whose names begin with robustness-.
func scenarios() []string {
	names := []string{"baseline", "baseline-2024", "gpt4-start", "deepseek-shock", "leader-shock", "leader-published",
		"deepseek-closed", "jump-for-all", "r1-efficiency-only", "r1-technique-only", "r1-secret", "deepseek-8x",
		"test-time-off", "open-weight-mandate", "compute-cap-1e26", "compute-tax", "public-compute-10b"}
	for _, b := range scenario.Builtins() {
		if strings.HasPrefix(b.Name, "robustness-") {
			names = append(names, b.Name)
		}
	}
	return names
}

// identities are the version of the model and, by scenario, a hash of its values, intervals and
// patterns; its words may change.
func identities() ([][2]string, error) {
	out := [][2]string{{"version", sim.Version}}
	for _, name := range scenarios() {
		s, err := scenario.Load(name, scenario.Options{})
		if err != nil {
			return nil, err
		}
		var b strings.Builder
		for _, in := range s.Inputs() {
			fmt.Fprintln(&b, in.Path, in.Value, in.Written)
		}
		for _, k := range s.Knobs() {
			if k.HasRange { // another knob that no run draws changes no number
				fmt.Fprintln(&b, k.Path, k.Range)
			}
		}
		for _, e := range s.Expect {
			fmt.Fprintln(&b, e.Metric, e.Segment, e.Lab, e.At, e.Low, e.High)
		}
		sum := sha256.Sum256([]byte(b.String()))
		out = append(out, [2]string{"scenario " + name, hex.EncodeToString(sum[:8])})
	}
	return out, nil
}

// Make reads the numbers of all templates from the folders that examples/validation.sh has left in
// dir and returns them as CSV: the version, a hash per scenario, and a row per number.
func Make(dir string) ([]byte, error) {
	f := &folders{dir: dir, tables: map[string]*table.Table{}}
	asked := map[string]float64{}
	if _, err := render(func(key string) (float64, error) {
		v, err := f.get(key)
		asked[key] = v
		return v, err
	}); err != nil {
		return nil, err
	}
	rows, err := identities()
	if err != nil {
		return nil, err
	}
	var keys []string
	for key := range asked {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	for _, key := range keys {
		rows = append(rows, [2]string{key, table.FormatNumber(asked[key])})
	}
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	for _, row := range append([][2]string{{"key", "value"}}, rows...) {
		if err := w.Write(row[:]); err != nil {
			return nil, err
		}
	}
	w.Flush()
	return b.Bytes(), w.Error()
}

// kept are the rows of numbers.csv, by key.
func kept() (map[string]string, error) {
	lines, err := csv.NewReader(bytes.NewReader(committed)).ReadAll()
	if err != nil {
		return nil, err
	}
	out := map[string]string{}
	for _, line := range lines[1:] {
		out[line[0]] = line[1]
	}
	return out, nil
}

// Sections are the sections of the pages with the numbers kept, by the name of their block.
func Sections() (map[string]string, error) {
	numbers, err := kept()
	if err != nil {
		return nil, err
	}
	return render(func(key string) (float64, error) {
		text, found := numbers[key]
		if !found {
			return 0, fmt.Errorf("no number %q; run examples/validation.sh and `go run ./examples/validation`", key)
		}
		return strconv.ParseFloat(text, 64)
	})
}
