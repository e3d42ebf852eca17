package run

import (
	"fmt"
	"maps"
	"math"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"simulate/sim"
	"simulate/sim/experiment/results"
	"simulate/sim/experiment/tiny"
	"simulate/sim/table"
)

func TestFolderIsWholeAndDescribed(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	o := runTiny(t, Spec{Out: dir, Command: []string{"simulate", "run", "base"}}, "base")
	files := tiny.Contents(t, dir)
	for _, name := range []string{"market.csv", "segments.csv", "labs.csv", "lab_segments.csv", "labs_summary.csv",
		"summary.csv", "segment_summary.csv", "events.csv", "inputs.csv", "dictionary.csv",
		"scenario.yaml"} {
		if files[name] == "" {
			t.Errorf("%s is missing", name)
		}
	}
	if len(files) != 11 {
		t.Errorf("the folder holds %d files, want 11 and nothing hidden: %v", len(files), slices.Sorted(maps.Keys(files)))
	}
	m := o.Manifest
	if m.Name != "base" || m.Version != sim.Version || m.Seed != 7 || m.Replications != 6 || m.Cases[0].Start != 2024 ||
		m.Cases[0].Labs != 3 || len(m.Command) != 3 {
		t.Errorf("manifest: %+v", m)
	}
	if name, err := m.Damaged(dir); name != "" || err != nil {
		t.Errorf("the manifest's hash of %s is wrong: %v", name, err)
	}
	for _, f := range m.Tables {
		if lines := strings.Count(files[f.File], "\n"); lines != f.Rows+1 {
			t.Errorf("%s has %d lines for %d rows", f.File, lines, f.Rows)
		}
	}
}

// The sales of a lab in the segments of lab_segments add up to its revenue in labs, and shares are
// in the range of shares.
func TestLabSegmentsAddUp(t *testing.T) {
	dir := t.TempDir()
	runTiny(t, Spec{Out: dir}, "base")
	labs, err := table.Read(filepath.Join(dir, "labs.csv"))
	if err != nil {
		t.Fatal(err)
	}
	positions, err := table.Read(filepath.Join(dir, "lab_segments.csv"))
	if err != nil {
		t.Fatal(err)
	}
	type row struct{ run, date, lab string }
	sold := map[row]float64{}
	for i := range positions.Len() {
		at := row{positions.Text("replication")[i], positions.Text("date")[i], positions.Text("lab")[i]}
		sold[at] += positions.Number("sales")[i]
		if share := positions.Number("target_share")[i]; !(share >= 0 && share <= 1) {
			t.Errorf("%v: target share %g", at, share)
		}
	}
	if len(sold) == 0 {
		t.Fatal("nobody sells")
	}
	for i := range labs.Len() {
		at := row{labs.Text("replication")[i], labs.Text("date")[i], labs.Text("lab")[i]}
		if revenue := labs.Number("revenue")[i]; math.Abs(sold[at]-revenue) > 1e-6*(1+revenue) {
			t.Errorf("%v: %g in segments, revenue %g", at, sold[at], revenue)
		}
	}
}

func TestRowsOfTables(t *testing.T) {
	dir := t.TempDir()
	runTiny(t, Spec{Out: dir}, "base", "shock")
	market, err := table.Read(filepath.Join(dir, "market.csv"))
	if err != nil {
		t.Fatal(err)
	}
	// Two cases of six replications at the start and at eight quarter-ends.
	if market.Len() != 2*6*9 {
		t.Errorf("market has %d rows, want %d", market.Len(), 2*6*9)
	}
	var order []string
	for i := range market.Len() {
		order = append(order, fmt.Sprint(market.Text("case")[i], market.Text("replication")[i], market.Text("date")[i]))
	}
	if !slices.IsSorted(order) || order[0] != "base12023-12-31" || order[len(order)-1] != "shock62025-12-31" {
		t.Errorf("rows run from %s to %s, sorted %v", order[0], order[len(order)-1], slices.IsSorted(order))
	}
	labs, err := table.Read(filepath.Join(dir, "labs.csv"))
	if err != nil {
		t.Fatal(err)
	}
	// Three labs at the start and two year-ends.
	if labs.Len() != 2*6*3*3 || !slices.Equal(labs.Text("lab")[:3], []string{"big", "mid", "small"}) {
		t.Errorf("labs has %d rows, beginning with %v", labs.Len(), labs.Text("lab")[:3])
	}
	events, err := table.Read(filepath.Join(dir, "events.csv"))
	if err != nil {
		t.Fatal(err)
	}
	if shocks := events.Where("kind", "shock"); shocks.Len() != 6 || shocks.Text("date")[0] != "2025-01-01" {
		t.Errorf("%d shocks, want one in each replication of one case, from the first day of its step", shocks.Len())
	}
}

// Entrants come after the labs of the scenario; how many there are differs between replications.
func TestEntrantsFollow(t *testing.T) {
	dir := t.TempDir()
	runTiny(t, Spec{Out: dir}, "entry")
	summary, err := table.Read(filepath.Join(dir, "labs_summary.csv"))
	if err != nil {
		t.Fatal(err)
	}
	last := summary.Where("date", "2025-12-31").Where("variable", "budget")
	ids, n := last.Text("lab"), last.Number("n")
	if len(ids) < 5 || !slices.Equal(ids[:4], []string{"big", "mid", "small", "entrant#1"}) || n[0] != 6 {
		t.Fatalf("labs at the end: %v, in %v replications", ids, n)
	}
	if start := summary.Where("date", "2023-12-31").Where("variable", "budget"); start.Len() != 3 {
		t.Errorf("%d labs at the start, want 3", start.Len())
	}
	labs, err := table.Read(filepath.Join(dir, "labs.csv"))
	if err != nil {
		t.Fatal(err)
	}
	second := labs.Where("date", "2025-12-31").Where("lab", ids[len(ids)-1])
	if float64(second.Len()) != n[len(n)-1] || second.Len() == 0 {
		t.Errorf("%s has %d rows and counts in %v replications", ids[len(ids)-1], second.Len(), n[len(n)-1])
	}
}

// summary.csv must be what R would compute from market.csv.
func TestSummaryDescribesMarket(t *testing.T) {
	dir := t.TempDir()
	o := runTiny(t, Spec{Out: dir}, "base")
	market, err := table.Read(filepath.Join(dir, "market.csv"))
	if err != nil {
		t.Fatal(err)
	}
	last := market.Where("date", "2025-12-31")
	want := results.Describe(append([]float64(nil), last.Number("hhi_sales")...))
	got := o.Stats("base", "2025-12-31", "hhi_sales")
	if got.N != 6 || got.SD == 0 {
		t.Fatalf("summary: %+v", got)
	}
	for i := range got.Quantiles {
		if d := got.Quantiles[i] - want.Quantiles[i]; d > 1e-5 || d < -1e-5 {
			t.Errorf("%s is %v, market.csv gives %v", results.LevelNames[i], got.Quantiles[i], want.Quantiles[i])
		}
	}
}

func TestDictionaryKnowsEveryColumn(t *testing.T) {
	dir := t.TempDir()
	o := runTiny(t, Spec{Out: dir}, "base")
	dictionary, err := table.Read(filepath.Join(dir, "dictionary.csv"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range o.Manifest.Tables {
		name := strings.TrimSuffix(f.File, ".csv")
		file, err := table.Read(filepath.Join(dir, f.File))
		if err != nil {
			t.Fatal(err)
		}
		said := dictionary.Where("table", name)
		for _, c := range file.Columns {
			if !slices.Contains(said.Text("column"), c.Name) {
				t.Errorf("the dictionary does not have %s of %s", c.Name, name)
			}
		}
		for i, meaning := range said.Text("meaning") {
			if meaning == "" {
				t.Errorf("%s of %s has no meaning", said.Text("column")[i], name)
			}
		}
	}
}
