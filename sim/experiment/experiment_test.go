package experiment

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"simulate/sim"
	"simulate/sim/scenario"
	"simulate/sim/table"
)

// runTiny runs tiny scenarios into a folder and fails the test on an error.
func runTiny(t *testing.T, spec Spec, names ...string) *Outcome {
	t.Helper()
	for _, name := range names {
		spec.Scenarios = append(spec.Scenarios, tiny(t, name))
	}
	o, err := Run(context.Background(), spec)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// contents reads every file of a results folder but the manifest.
func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		if name, _ := filepath.Rel(dir, path); name != manifestName {
			out[name] = string(text)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func sameContents(t *testing.T, what string, got, want map[string]string) {
	t.Helper()
	for name := range want {
		if got[name] != want[name] {
			t.Errorf("%s: %s differs", what, name)
		}
	}
	for name := range got {
		if _, ok := want[name]; !ok {
			t.Errorf("%s: %s should not be there", what, name)
		}
	}
}

func TestFolderIsWholeAndDescribed(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	o := runTiny(t, Spec{Out: dir, Command: []string{"simulate", "run", "base"}}, "base")
	files := contents(t, dir)
	for _, name := range []string{"market.csv", "segments.csv", "labs.csv", "labs_summary.csv", "summary.csv", "segment_summary.csv", "events.csv", "dictionary.csv", "scenario.yaml"} {
		if files[name] == "" {
			t.Errorf("%s is missing", name)
		}
	}
	if len(files) != 9 {
		t.Errorf("the folder holds %d files, want 9 and nothing hidden: %v", len(files), slices.Sorted(mapKeys(files)))
	}
	m := o.Manifest
	if m.Name != "base" || m.Version != sim.Version || m.Seed != 7 || m.Replications != 6 || m.Cases[0].Start != 2024 || m.Cases[0].Labs != 3 || len(m.Command) != 3 {
		t.Errorf("manifest: %+v", m)
	}
	if name, err := m.damaged(dir); name != "" || err != nil {
		t.Errorf("the manifest's hash of %s is wrong: %v", name, err)
	}
	for _, f := range m.Tables {
		if lines := strings.Count(files[f.File], "\n"); lines != f.Rows+1 {
			t.Errorf("%s has %d lines for %d rows", f.File, lines, f.Rows)
		}
	}
}

func mapKeys(m map[string]string) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
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
	want := Describe(append([]float64(nil), last.Number("hhi_sales")...))
	got := o.Stats("base", "2025-12-31", "hhi_sales")
	if got.N != 6 || got.SD == 0 {
		t.Fatalf("summary: %+v", got)
	}
	for i := range got.Quantiles {
		if d := got.Quantiles[i] - want.Quantiles[i]; d > 1e-5 || d < -1e-5 {
			t.Errorf("%s is %v, market.csv gives %v", levelNames[i], got.Quantiles[i], want.Quantiles[i])
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

func TestBytesDoNotDependOnJobs(t *testing.T) {
	for _, cases := range [][]string{{"base", "shock"}, {"drawn", "base"}} {
		one, eight := t.TempDir(), t.TempDir()
		runTiny(t, Spec{Out: one, Jobs: 1}, cases...)
		runTiny(t, Spec{Out: eight, Jobs: 8}, cases...)
		sameContents(t, strings.Join(cases, " and "), contents(t, eight), contents(t, one))
	}
}

// Before its date a shock changes nothing: cases share their luck.
func TestCasesShareLuck(t *testing.T) {
	o := runTiny(t, Spec{Out: t.TempDir()}, "base", "shock")
	before, err := o.Difference("base", "shock", "hhi_sales", "2024-12-31")
	if err != nil || before.Replications != 6 || before.Change.Value != 0 || before.SE != 0 {
		t.Errorf("before the shock the cases differ: %+v, %v", before, err)
	}
	after, err := o.Difference("base", "shock", "hhi_sales", "2025-12-31")
	if err != nil || after.Change.Value == 0 {
		t.Errorf("after the shock they do not: %+v, %v", after, err)
	}
}

func TestParquet(t *testing.T) {
	csv, parquet := t.TempDir(), t.TempDir()
	a := runTiny(t, Spec{Out: csv}, "base")
	b := runTiny(t, Spec{Out: parquet, Format: "parquet"}, "base")
	if a.Manifest.Identity != b.Manifest.Identity {
		t.Error("the format of tables changes the experiment's identity")
	}
	x, y := a.Stats("base", "2025-12-31", "spending"), b.Stats("base", "2025-12-31", "spending")
	if y.N != 6 || y.Mean == 0 || x.Mean/y.Mean-1 > 1e-8 || x.Mean/y.Mean-1 < -1e-8 {
		t.Errorf("mean spending is %v in csv and %v in parquet", x.Mean, y.Mean)
	}
}

func TestDeterministicCaseRunsOnce(t *testing.T) {
	o := runTiny(t, Spec{Out: t.TempDir()}, "fixed", "base")
	if o.Manifest.Cases[0].Replications != 1 || o.Manifest.Cases[1].Replications != 6 {
		t.Errorf("replications: %+v", o.Manifest.Cases)
	}
	d, err := o.Difference("fixed", "base", "hhi_sales", "2025-12-31")
	if err != nil || d.Replications != 6 {
		t.Errorf("the one run is compared with %d, want 6: %v", d.Replications, err)
	}
}

func TestUntilAddsBatches(t *testing.T) {
	loose, err := ParseUntil("hhi_sales.se < 1e9")
	if err != nil {
		t.Fatal(err)
	}
	o := runTiny(t, Spec{Out: t.TempDir(), Until: loose}, "base")
	if o.Manifest.Replications != untilBatch || !o.Manifest.UntilMet {
		t.Errorf("a bound that always holds takes %d replications, want one batch of %d", o.Manifest.Replications, untilBatch)
	}
	tight, _ := ParseUntil("hhi_sales.se < 1e-9")
	o = runTiny(t, Spec{Out: t.TempDir(), Until: tight, Replications: untilBatch + 5}, "base")
	if o.Manifest.Replications != untilBatch+5 || o.Manifest.UntilMet {
		t.Errorf("a bound out of reach ends after %d replications, met %v", o.Manifest.Replications, o.Manifest.UntilMet)
	}
	if !strings.Contains(o.Summary(), "was not reached") {
		t.Errorf("the summary does not say so: %s", o.Summary())
	}
	// The bound between the errors of one batch and two.
	first := describeFirst(t, o, untilBatch)
	between, _ := ParseUntil(fmt.Sprintf("hhi_sales.se < %g", first*0.95))
	o = runTiny(t, Spec{Out: t.TempDir(), Until: between, Jobs: 3}, "base")
	if n := o.Manifest.Replications; n <= untilBatch || n%untilBatch != 0 || !o.Manifest.UntilMet {
		t.Errorf("%d replications for a bound below the first batch's error", n)
	}
	if se := o.Stats("base", "2025-12-31", "hhi_sales").SE; se >= between.Below {
		t.Errorf("the standard error is %v, the bound %v", se, between.Below)
	}
}

// describeFirst is the standard error of final HHI over the first n replications.
func describeFirst(t *testing.T, o *Outcome, n int) float64 {
	t.Helper()
	if _, err := o.Difference("base", "base", "hhi_sales", "2025-12-31"); err != nil {
		t.Fatal(err)
	}
	return Describe(o.values("base", "hhi_sales", "2025-12-31")[:n]).SE
}

func TestReferencesAreShared(t *testing.T) {
	p, err := newPlan(Spec{Scenarios: []*scenario.Scenario{tiny(t, "base"), tiny(t, "shock")}})
	if err != nil {
		t.Fatal(err)
	}
	s, err := newReferences(context.Background(), p)
	if err != nil {
		t.Fatal(err)
	}
	if len(s.made) != 1 {
		t.Errorf("cases that differ in a shock make %d references, want 1", len(s.made))
	}
	p, err = newPlan(Spec{Scenarios: []*scenario.Scenario{tiny(t, "drawn")}})
	if err != nil {
		t.Fatal(err)
	}
	if s, err = newReferences(context.Background(), p); err != nil || len(s.made) != 0 {
		t.Errorf("drawn parameters make %d shared references, want none: %v", len(s.made), err)
	}
	one, err := makeReference(context.Background(), tiny(t, "base").Config(), 1)
	if err != nil {
		t.Fatal(err)
	}
	if three, err := makeReference(context.Background(), tiny(t, "base").Config(), 3); err != nil || !three.Equal(one) {
		t.Errorf("a reference depends on the number of workers: %v", err)
	}
}

func TestProgressAndNoLeaks(t *testing.T) {
	before := runtime.NumGoroutine()
	var busy atomic.Bool
	var last Progress
	phases := map[string]bool{}
	runTiny(t, Spec{Out: t.TempDir(), Jobs: 4, Progress: func(p Progress) {
		if busy.Swap(true) {
			t.Error("progress is reported by two goroutines at a time")
		}
		phases[p.Phase] = true
		if p.Phase == "runs" {
			last = p
		}
		busy.Store(false)
	}}, "base")
	if last.Done != 6 || last.Total != 6 || !phases["reference"] || !phases["tables"] {
		t.Errorf("progress ends with %+v after phases %v", last, phases)
	}
	for range 100 {
		if runtime.NumGoroutine() <= before {
			return
		}
		time.Sleep(time.Millisecond)
	}
	t.Errorf("%d goroutines before, %d after", before, runtime.NumGoroutine())
}

func TestWrongSpecsAreRefused(t *testing.T) {
	base := []*scenario.Scenario{tiny(t, "base")}
	for want, spec := range map[string]Spec{
		"no scenario":          {},
		"two scenarios":        {Scenarios: []*scenario.Scenario{base[0], base[0]}},
		"replications":         {Scenarios: base, Replications: -1},
		"write one of quarter": {Scenarios: base, Record: "daily"},
		"write csv or parquet": {Scenarios: base, Format: "xlsx"},
	} {
		spec.Out = t.TempDir()
		_, err := Run(context.Background(), spec)
		var input *InputError
		if !errors.As(err, &input) || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want an input error with %q", err, want)
		}
	}
}
