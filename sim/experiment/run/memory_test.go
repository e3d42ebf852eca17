package run

import (
	"context"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"testing"

	"simulate/sim/experiment/results"
	"simulate/sim/table/formats"
)

// TestMemoryOfLargeSweeps keeps and assembles many runs with a stand-in for the model, of many
// cases, of many replications and of both. What is in memory at its worst may grow by little more
// than where each run lies in the log. SIMULATE_RUNS sets how many.
func TestMemoryOfLargeSweeps(t *testing.T) {
	if testing.Short() {
		t.Skip("makes 130,000 runs")
	}
	runs := 30_000
	if text := os.Getenv("SIMULATE_RUNS"); text != "" {
		var err error
		if runs, err = strconv.Atoi(text); err != nil {
			t.Fatal(err)
		}
	}
	formats.Register()
	for what, of := range map[string]func(n int) (SweepSpec, string){
		"one replication of many cases": func(n int) (SweepSpec, string) {
			return SweepSpec{Design: "lhs", Samples: n, Replications: 1}, "market.eta=range"
		},
		"many replications of two cases": func(n int) (SweepSpec, string) {
			return SweepSpec{Replications: n / 2}, "market.eta=0.6,1.1"
		},
		"two replications of many cases": func(n int) (SweepSpec, string) {
			return SweepSpec{Design: "lhs", Samples: n / 2, Replications: 2}, "market.eta=range"
		},
		asParquet: func(n int) (SweepSpec, string) {
			return SweepSpec{Design: "lhs", Samples: n, Replications: 1}, "market.eta=range"
		},
	} {
		format := "csv"
		if what == asParquet {
			format = "parquet"
		}
		few, many := peak(t, format, of, runs/10), peak(t, format, of, runs)
		each := float64(many-few) / float64(runs-runs/10)
		t.Logf("%s: %.1f MB for %d runs, %.1f MB for %d: %.0f bytes a run", what, float64(few)/1e6, runs/10,
			float64(many)/1e6, runs, each)
		// what is just being made counts too: of Parquet a group of rows of each table, which fills first
		grows := each > 400 && (what != asParquet || runs >= 400_000)
		if grows || many > 200e6 {
			t.Errorf("%s: %.1f MB for %d runs, %.0f bytes a run", what, float64(many)/1e6, runs, each)
		}
	}
}

const asParquet = "one replication of many cases, as Parquet"

// peak is the live heap at its worst while runs are kept and assembled.
func peak(t *testing.T, format string, of func(n int) (SweepSpec, string), n int) uint64 {
	t.Helper()
	spec, vary := of(n)
	spec.Record, spec.Metrics = "year", []string{"hhi_sales", "spending"}
	s := tinySweep(t, "base", spec, vary)
	dir := t.TempDir()
	g, _, err := openGrowing(filepath.Join(dir, GrowingName), LogHead{Format: LogFormat, To: s.Runs()})
	if err != nil {
		t.Fatal(err)
	}
	defer g.close()
	w := &watched{growing: g, every: max(1, n/samplesOfHeap)}
	r := &result{Market: make([]float64, len(s.dates)*len(s.what.metrics))}
	for run := range s.Runs() {
		for i := range r.Market {
			r.Market[i] = math.Mod(float64(run)*0.6180339887, 1) + float64(i)
		}
		if err := g.add(run, r); err != nil {
			t.Fatal(err)
		}
		w.look(run)
	}
	a, err := assemble(context.Background(), s, NewEngine(2, nil), w, dir, format, false, s.replications)
	if err != nil {
		t.Fatal(err)
	}
	w.look(0)
	if a.done != n || a.sheets[RunsTable].Rows != n {
		t.Errorf("%d runs are assembled, want %d", a.done, n)
	}
	if summary := a.sheets[results.SummaryTable]; summary != nil && summary.Rows == 0 {
		t.Error("the summary is empty")
	}
	return w.worst
}

// samplesOfHeap is how often the heap is looked at while runs are kept, and again while they are
// read: at the same runs whatever else the machine does.
const samplesOfHeap = 20

// watched is a log that looks at the heap as it is read.
type watched struct {
	*growing
	every int
	worst uint64
}

func (w *watched) read(run int, r *result) (there bool, err error) {
	w.look(run)
	return w.growing.read(run, r)
}

func (w *watched) look(run int) {
	if run%w.every == 0 {
		w.worst = max(w.worst, live())
	}
}

// live is what is in the heap and still in use.
func live() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
