package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"simulate/sim/table"
)

// play plays a command line in the current folder and returns exit code, stdout and stderr.
func play(t *testing.T, args ...string) (code int, out, said string) {
	t.Helper()
	p, stdout, stderr := testProgram("")
	code = p.main(context.Background(), args)
	return code, stdout.String(), stderr.String()
}

// damages are what befalls a table after it was written.
var damages = []struct {
	what string
	do   func(b []byte) []byte // nil for a file that goes
}{
	{"a digit changed", func(b []byte) []byte {
		at := bytes.LastIndexAny(b[:len(b)*2/3], "12345678")
		b[at]++
		return b
	}},
	{"rows lost", func(b []byte) []byte {
		lines := bytes.SplitAfter(b, []byte("\n"))
		return bytes.Join(lines[:len(lines)-2], nil)
	}},
	{"cut inside a row", func(b []byte) []byte { return b[:len(b)*4/5] }},
	{"a column lost", func(b []byte) []byte {
		var out []byte
		for _, line := range bytes.SplitAfter(b, []byte("\n")) {
			if i := bytes.LastIndexByte(line, ','); i >= 0 {
				line = append(slices.Clone(line[:i]), '\n')
			}
			out = append(out, line...)
		}
		return out
	}},
	{"two columns alone", func([]byte) []byte { return []byte("case,replication\n1,1\n") }},
	{"emptied", func([]byte) []byte { return nil }},
	{"other bytes", func([]byte) []byte { return []byte("PAR1\x00\x00\xff\xfe") }},
}

// TestChangedTablesAreRefused: every command that opens a folder refuses a table that is not as it
// was written by its name, and with --as-is says so at the top or why it cannot read it; it never
// ends as for a bug.
func TestChangedTablesAreRefused(t *testing.T) {
	if testing.Short() {
		t.Skip("plays a hundred commands")
	}
	t.Chdir(t.TempDir())
	const small = " --set clock.end=2026-01 --set reference_replications=2 --no-figures --quiet"
	for _, command := range []string{
		"run baseline deepseek-shock -n 2 --out runs" + small, "compare baseline deepseek-shock -n 2 --out compared" + small,
		"sweep baseline --vary market.eta=range --design lhs --samples 40 -n 2 --out sweep --record year --metrics " +
			"hhi_sales --format csv" + small,
		"backtest baseline-2024 -n 2 --out history --set reference_replications=2 --no-figures --quiet",
	} {
		if code, _, said := play(t, strings.Fields(command)...); code != exitFine {
			t.Fatalf("%s: exit code %d, %s", command, code, said)
		}
	}
	runs, err := table.Read("sweep/runs.csv")
	if err != nil {
		t.Fatal(err)
	}
	values := slices.Sorted(slices.Values(runs.Number("hhi_sales")))
	middle := fmt.Sprintf("hhi_sales>%g", values[len(values)/2])
	for i, c := range []struct{ command, file string }{
		{"plot runs --figure hhi_sales", "runs/summary.csv"},
		{"plot runs --figure shares", "runs/labs_summary.csv"},
		{"plot sweep", "sweep/runs.csv"},
		{"export runs --iamc", "runs/summary.csv"},
		{"export sweep --datapackage", "sweep/market.csv"},
		{"report runs", "runs/segment_summary.csv"},
		{"report runs", "runs/events.csv"},
		{"report compared", "compared/effects.csv"},
		{"report sweep", "sweep/runs.csv"},
		{"report sweep", "sweep/design.csv"},
		{"report history", "history/backtest.csv"},
		{"analyse robustness runs --minimise hhi_sales --policies events", "runs/market.csv"},
		{"analyse sensitivity sweep/runs.csv --inputs market.eta --outcome hhi_sales --no-figures", "sweep/runs.csv"},
		{"analyse sensitivity sweep --outcome hhi_sales --no-figures", "sweep/runs.csv"},
		{"analyse sensitivity sweep --outcome hhi_sales --json", "sweep/design.csv"},
		{"analyse sensitivity sweep --outcome hhi_sales --at 2024 --no-figures", "sweep/market.csv"},
		{"analyse discover sweep --json --where " + middle + " --no-figures", "sweep/runs.csv"},
		{"analyse discover sweep --no-figures --where " + middle, "sweep/design.csv"},
	} {
		whole, err := os.ReadFile(c.file)
		if err != nil {
			t.Errorf("%s: %v", c.command, err)
			continue
		}
		args := strings.Fields(c.command)
		if code, _, said := play(t, args...); code != exitFine {
			t.Errorf("%s: exit code %d for a whole folder: %s", c.command, code, said)
		}
		for k, d := range damages {
			if (i+k)%3 != 0 {
				continue // every damage meets a third of the commands
			}
			if err := os.WriteFile(c.file, d.do(slices.Clone(whole)), 0o644); err != nil {
				t.Fatal(err)
			}
			holdAgainst(t, args, c.file, d.what)
		}
		if err := os.Remove(c.file); err != nil {
			t.Fatal(err)
		}
		holdAgainst(t, args, c.file, "gone")
		if err := os.WriteFile(c.file, whole, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// holdAgainst plays a command on a damaged folder.
func holdAgainst(t *testing.T, args []string, file, what string) {
	t.Helper()
	code, _, said := play(t, args...)
	if code != exitUsage || !strings.Contains(said, filepath.FromSlash(file)) || !strings.Contains(said, "--as-is") {
		t.Errorf("%s, %s: %s: exit code %d, it said %q", file, what, strings.Join(args, " "), code, said)
	}
	code, out, said := play(t, append(args, "--as-is")...)
	name := filepath.Base(file)
	told := strings.Contains(said, name) || strings.Contains(out[:min(300, len(out))], name) || strings.Contains(said,
		strings.TrimSuffix(name, ".csv"))
	if code == exitBug || !told {
		t.Errorf("%s, %s: %s --as-is: exit code %d, it said %q and wrote %.200q", file, what, strings.Join(args, " "), code,
			said, out)
	}
}

// A table for a paper that was made of changed files says so at its top in every form: it goes on
// without the terminal on which that was said.
func TestATableOfChangedFilesSaysSo(t *testing.T) {
	t.Chdir(t.TempDir())
	const small = " -n 2 --set clock.end=2026-01 --set reference_replications=2 --no-figures --quiet"
	for _, c := range []struct{ line, changed, table string }{
		{"run baseline deepseek-shock --out runs" + small, "runs/summary.csv", "table runs"},
		{"compare baseline deepseek-shock --vary market.eta=0.6,1.1 --format csv --out futures" + small,
			"futures/effects.csv", "table futures"},
	} {
		if code, _, said := play(t, strings.Fields(c.line)...); code != exitFine {
			t.Fatalf("%s: exit code %d, %s", c.line, code, said)
		}
		text, err := os.ReadFile(c.changed)
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Base(c.changed)
		for format, top := range map[string]string{"md": "Read as it is: " + name, "latex": "% Read as it is: " + name,
			"csv": "read_as_is,"} {
			args := append(strings.Fields(c.table), "--format", format, "--as-is")
			if _, out, said := play(t, args...); strings.Contains(out, "ead") && strings.Contains(out, "as_is") ||
				strings.Contains(out, "as it is") {
				t.Errorf("%v of whole files: %.200s %s", args, out, said)
			}
			if err := os.WriteFile(c.changed, append(text, '\n'), 0o644); err != nil {
				t.Fatal(err)
			}
			if code, out, said := play(t, args...); code != exitFine || !strings.HasPrefix(out, top) {
				t.Errorf("%v: exit code %d, %.200s %s", args, code, out, said)
			}
			if err := os.WriteFile(c.changed, text, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}
