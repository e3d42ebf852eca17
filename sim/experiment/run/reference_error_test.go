package run

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"testing"

	"golang.org/x/sync/errgroup"
	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"

	"simulate/sim"
	"simulate/sim/experiment/results"
	"simulate/sim/experiment/tiny"
	"simulate/sim/scenario"
)

// TestLevelsCoverUnderOtherReferences simulates many worlds, each with runs and reference runs of
// luck of its own, and counts in how many the 95 % interval of a level holds the mean over all of
// them: for the built-in baseline, whose reference is the mean of all its runs, and for a vector
// beside it, whose reference is few runs and a correction. Intervals of the runs' luck alone must
// fall short for what follows the reference most. SIMULATE_WORLDS sets how many worlds; without it
// they are few and so is what can be told. SIMULATE_FOUND says where the counts are kept.
func TestLevelsCoverUnderOtherReferences(t *testing.T) {
	if testing.Short() {
		t.Skip("runs thousands of runs")
	}
	worlds, replications, references, least := 48, 32, 32, 0.83
	if text := os.Getenv("SIMULATE_WORLDS"); text != "" {
		var err error
		if worlds, err = strconv.Atoi(text); err != nil {
			t.Fatal(err)
		}
		replications, references, least = 200, 256, 0.92
	}
	metrics := []string{"hhi_sales", "supplier_revenue", "spending", "chip_price"}
	var found []map[string]any
	for what, set := range map[string][]string{
		"at the centre": nil,
		"of a vector":   {"market.eta=1.3"},
	} {
		s, err := scenario.Load("baseline", scenario.Options{Set: append(set, "clock.end=2025-07",
			fmt.Sprint("reference_replications=", references))})
		if err != nil {
			t.Fatal(err)
		}
		all := make([][]results.Stats, worlds)
		var g errgroup.Group
		g.SetLimit(runtime.GOMAXPROCS(0))
		for w := range worlds {
			g.Go(func() error { all[w] = world(t, s, w, replications, metrics); return nil })
		}
		g.Wait()
		for i, metric := range metrics {
			truth, luck, both := 0.0, 0, 0
			for _, stats := range all {
				truth += stats[i].Mean / float64(worlds)
			}
			ratio := 0.0
			for _, stats := range all {
				x := stats[i]
				reach := distuv.StudentsT{Sigma: 1, Nu: float64(x.N - 1)}.Quantile(.975) * x.SD / math.Sqrt(float64(x.N))
				luck += within(truth, x.Mean-reach, x.Mean+reach)
				both += within(truth, x.Low, x.High)
				ratio += x.Shared / x.SE / float64(worlds)
			}
			t.Logf("%s, %s: of %d worlds %.1f %% hold the truth by luck of runs alone, %.1f %% with the reference, which is "+
				"%.0f %% of the standard error", what, metric, worlds, 100*float64(luck)/float64(worlds),
				100*float64(both)/float64(worlds), 100*ratio)
			found = append(found, map[string]any{"where": what, "metric": metric, "worlds": worlds, "luck": luck, "both": both,
				"part": ratio})
			if float64(both) < least*float64(worlds) {
				t.Errorf("%s: the 95 %% interval of %s holds the truth in %d of %d worlds", what, metric, both, worlds)
			}
			if metric == "chip_price" && float64(luck) > .9*float64(worlds) {
				t.Errorf("%s: luck of runs alone covers %s in %d of %d worlds: this test would show nothing", what, metric, luck,
					worlds)
			}
		}
	}
	keepFound(t, map[string]any{"rows": found})
}

func within(x, low, high float64) int {
	if x >= low && x <= high {
		return 1
	}
	return 0
}

// world runs a scenario whose runs and reference runs have luck of their own, and returns the
// statistics of metrics at its end.
func world(t *testing.T, s *scenario.Scenario, number, replications int, metrics []string) (out []results.Stats) {
	seed := uint64(number)
	r, err := NewRuns(Spec{Scenarios: []*scenario.Scenario{s}, Seed: &seed, Replications: replications, Record: "year",
		Tables: []string{results.SummaryTable}})
	if err != nil {
		t.Error(err)
		return nil
	}
	g, _, err := openGrowing(filepath.Join(t.TempDir(), GrowingName), LogHead{Format: LogFormat, To: r.Runs()})
	if err != nil {
		t.Error(err)
		return nil
	}
	defer g.close()
	x := NewExecution(r, &Options{Jobs: 1})
	x.engine.References.first = 1000 * number
	if _, _, err := x.all(context.Background(), r, g); err != nil {
		t.Error(err)
		return nil
	}
	shared, err := measureReference(context.Background(), r, x.engine, 0, replications)
	if err != nil || shared.market == nil {
		t.Errorf("the error of the reference was not measured: %v", err)
		return nil
	}
	width := len(r.what.metrics)
	for _, name := range metrics {
		m := slices.IndexFunc(sim.Metrics, func(m sim.Metric) bool { return m.Name == name })
		column := (len(r.calendar(0))-1)*width + m
		var sample []float64
		for replication := 1; replication <= replications; replication++ {
			var one result
			if _, err := g.read(r.order().run(0, replication), &one); err != nil {
				t.Error(err)
			}
			sample = append(sample, one.Market[column])
		}
		stats := results.Describe(sample)
		stats.Share(shared.market[column].variance, shared.market[column].freedom)
		out = append(out, stats)
	}
	return out
}

// TestTwoWay gives tables of replications by groups with effects of both and noise: the variance
// between groups comes back without that of replications and of noise, and with noise alone it is
// near nothing.
func TestTwoWay(t *testing.T) {
	normal := distuv.Normal{Mu: 0, Sigma: 1, Src: rand.NewPCG(3, 1)}
	const groups, rows, tables = 16, 6, 400
	for _, spread := range []float64{0, 2} {
		var found, freedom []float64
		for range tables {
			w := newTwoWay(groups, 2)
			effect := make([]float64, groups)
			for k := range effect {
				effect[k] = spread * normal.Rand()
			}
			for range rows {
				own := 100 * normal.Rand()
				values := make([][]float64, groups)
				for k := range values {
					values[k] = []float64{own + effect[k] + 3*normal.Rand(), math.NaN()}
				}
				w.add(func(k int) []float64 { return values[k] })
			}
			parts := w.between()
			if !math.IsNaN(parts[1].variance) {
				t.Fatal("a column that is never defined has a variance")
			}
			found, freedom = append(found, parts[0].variance), append(freedom, parts[0].freedom)
		}
		m, sd := stat.MeanStdDev(found, nil)
		want := spread * spread / groups
		t.Logf("spread %g: variance of the mean %.3f (%.3f), %.3f expected; %.1f degrees of freedom", spread, m, sd, want,
			stat.Mean(freedom, nil))
		if tolerance := 4 * sd / math.Sqrt(tables); spread > 0 && math.Abs(m-want) > tolerance+.02 {
			t.Errorf("spread %g: variance of the mean %g, not %g", spread, m, want)
		} else if spread == 0 && m > .2*9/rows/groups { // cut at zero, so not zero in the mean
			t.Errorf("noise alone passes for a variance of %g", m)
		}
	}
}

// TestReferenceErrorIsInTheTables runs an experiment to its end: with 16 replications the summary
// gives the part of the reference, the same whatever the workers, and with 15 it does not.
func TestReferenceErrorIsInTheTables(t *testing.T) {
	read := func(jobs, replications int) []results.Stats {
		dir := t.TempDir()
		r, err := NewRuns(Spec{Scenarios: []*scenario.Scenario{tiny.Load(t, "base")}, Replications: replications})
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := Do(context.Background(), r, Output{Out: dir}, Options{Jobs: jobs}); err != nil {
			t.Fatal(err)
		}
		o, err := results.Load(dir)
		if err != nil {
			t.Fatal(err)
		}
		dates := o.Dates("base")
		return []results.Stats{o.Stats("base", dates[len(dates)-1], "supplier_revenue"), o.Stats("base", dates[0],
			"supplier_revenue")}
	}
	one, three, few := read(1, 16), read(3, 16), read(1, 15)
	if one[0] != three[0] {
		t.Errorf("one worker %+v, three %+v", one[0], three[0])
	}
	if s := one[0]; !(s.Shared > 0) || !(s.SE > s.SD/4) || math.Abs((s.Low+s.High)/2-s.Mean) > 1e-7*s.Mean {
		t.Errorf("%+v", s)
	}
	if s := one[1]; s.SE != 0 || !math.IsNaN(s.Low) {
		t.Errorf("what the start gives has the interval of %+v", s)
	}
	if s := few[0]; !math.IsNaN(s.Shared) || !(s.High > s.Mean) {
		t.Errorf("with 15 replications %+v", s)
	}
}
