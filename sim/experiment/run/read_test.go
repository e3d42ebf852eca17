package run

import (
	"context"
	"errors"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"simulate/sim/experiment/results"
	"simulate/sim/experiment/tiny"
	"simulate/sim/scenario"
)

// Readings are what the tables of a folder have, of runs that are drawn, that draw entrants, and
// that are alike.
func TestReadingsAreWhatTablesHave(t *testing.T) {
	var list []*scenario.Scenario
	for _, name := range []string{"base", "drawn", "entry", "fixed"} {
		list = append(list, tiny.Load(t, name))
	}
	const n = 20
	dir := filepath.Join(t.TempDir(), "r")
	folder, err := Run(context.Background(), Spec{Scenarios: list, Replications: n, Record: "step", Out: dir})
	if err != nil {
		t.Fatal(err)
	}
	if err := folder.ReadMarket(); err != nil {
		t.Fatal(err)
	}
	parts := map[string]results.Parts{}
	for _, name := range []string{results.SegmentSummaryTable, results.LabsSummaryTable} {
		if parts[name], err = folder.Parts(name); err != nil {
			t.Fatal(err)
		}
	}
	spec := ReadSpec{Spec: Spec{Scenarios: list, Replications: n, Record: "step"}, Levels: []string{"drawn", "entry"}}
	for _, s := range list {
		for _, date := range []string{"2023-12-31", "2024-05-31", "2025-12-31"} {
			for _, r := range []Reading{{Metric: "hhi_sales"}, {Metric: "labs_active"},
				{Metric: "spending", Segment: "everyone"}, {Metric: "hhi_sales", Segment: "nobody"},
				{Metric: "run_cost", Lab: "small"}, {Metric: "run_cost", Lab: "entrant#1"}} {
				r.Case, r.Date = s.Name, date
				spec.Readings = append(spec.Readings, r, r)
			}
		}
	}
	got, err := Readings(context.Background(), spec)
	if err != nil {
		t.Fatal(err)
	}
	defined := 0
	for _, r := range spec.Readings {
		stats := got.Stats(r)
		var want results.Stats
		key := results.StatsKey{Case: r.Case, Date: r.Date, Metric: r.Metric}
		switch {
		case r.Segment != "":
			want = parts[results.SegmentSummaryTable].At(r.Case, r.Date, r.Segment, r.Metric)
		case r.Lab != "":
			want = parts[results.LabsSummaryTable].At(r.Case, r.Date, r.Lab, r.Metric)
		default:
			want = folder.Stats(key.Case, key.Date, key.Metric)
			if mine, theirs := got.Values(r), folder.Values(r.Case, r.Metric, r.Date); !slices.EqualFunc(mine, theirs, same) {
				t.Errorf("%v: %v, the market table has %v", r, mine, theirs)
			}
		}
		if !slices.Contains(spec.Levels, r.Case) || r.Lab != "" { // nobody asked for the standard error, or none is there
			want.SE, want.Shared, want.Low, want.High = stats.SE, stats.Shared, stats.Low, stats.High
		}
		if stats.N > 0 {
			defined++
		}
		if !same(stats.Mean, want.Mean) || stats.N != want.N || !same(stats.SE, want.SE) || !same(stats.Low, want.Low) ||
			!same(stats.Quantiles[0], want.Quantiles[0]) || !same(stats.SD, want.SD) {
			t.Errorf("%v: %+v, the table has %+v", r, stats, want)
		}
	}
	if defined < len(spec.Readings)/2 {
		t.Errorf("%d of %d readings are defined", defined, len(spec.Readings))
	}
}

// same tells whether two numbers of tables are one, NaN included.
func same(a, b float64) bool { return a == b || math.IsNaN(a) && math.IsNaN(b) }

// What was read before a stop is not run again, cases that nobody reads are not run at all, and no
// run goes further than it is read.
func TestReadingsGoOn(t *testing.T) {
	list := []*scenario.Scenario{tiny.Load(t, "base"), tiny.Load(t, "drawn"), tiny.Load(t, "shock")}
	dir := t.TempDir()
	var last Progress
	spec := ReadSpec{Spec: Spec{Scenarios: list, Replications: 10, Jobs: 1},
		Readings: []Reading{{Case: "base", Date: "2024-12-31", Metric: "hhi_sales"}, {Case: "drawn", Date: "2023-12-31",
			Metric: "hhi_sales"}, {Case: "shock", Date: "2024-07-31", Metric: "hhi_sales"}}, // which is not recorded
		Log: func(string) (string, error) { return dir, nil }}
	ctx, cancel := context.WithCancelCause(context.Background())
	spec.Progress = func(p Progress) {
		if last = p; p.Done == 13 {
			cancel(errors.New("enough"))
		}
	}
	var stopped *Stopped
	if _, err := Readings(ctx, spec); !errors.As(err, &stopped) || stopped.Total != 20 {
		t.Fatalf("stopped: %v", err)
	}
	got, err := Readings(context.Background(), spec)
	if err != nil {
		t.Fatal(err)
	}
	if last.Total != 20 || last.Done != 20 || last.Resumed < 12 {
		t.Errorf("went on with %+v", last)
	}
	spec.Log = nil
	whole, err := Readings(context.Background(), spec)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range spec.Readings {
		if a, b := got.Values(r), whole.Values(r); !slices.EqualFunc(a, b, same) || math.IsNaN(a[9]) != (r.Case == "shock") {
			t.Errorf("%v: %v in two parts, %v in one", r, a, b)
		}
	}
	if dates, known := got.Dates("shock"); !known || len(dates) != 9 {
		t.Errorf("shock is recorded at %v", dates)
	}
	if info, err := os.Stat(filepath.Join(dir, GrowingName)); err != nil || info.Size() > 20*100 {
		t.Errorf("the log of 20 values takes %v bytes", info.Size())
	}
}

// A run that breaks off is an error, and what cannot be read is one before any run.
func TestReadingsFail(t *testing.T) {
	s, dir := tiny.Load(t, "base"), t.TempDir()
	spec := ReadSpec{Spec: Spec{Scenarios: []*scenario.Scenario{s}},
		Readings: []Reading{{Case: s.Name, Date: "2024-12-31", Metric: "hhi_sales"}}}
	spec.Log = func(identity string) (string, error) {
		program, err := results.ThisBuild("")
		if err != nil {
			return "", err
		}
		g, _, err := openGrowing(filepath.Join(dir, GrowingName), LogHead{Format: LogFormat, Plan: identity, Of: 1, To: 6,
			Executable: program.Executable})
		if err != nil {
			return "", err
		}
		return dir, errors.Join(g.add(0, &result{Failed: "money does not balance"}), g.close())
	}
	_, err := Readings(context.Background(), spec)
	const says = "1 run failed; the first: base, replication 1: money does not balance"
	if err == nil || !strings.Contains(err.Error(), says) {
		t.Errorf("a failed run: %v", err)
	}
	spec.Log, spec.Readings[0].Metric = nil, "hhi"
	var wrong *results.InputError
	if _, err := Readings(context.Background(), spec); !errors.As(err, &wrong) {
		t.Errorf("an unknown metric: %v", err)
	}
}
