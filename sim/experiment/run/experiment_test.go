package run

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"simulate/sim/experiment/analysis"
	"simulate/sim/experiment/results"
	"simulate/sim/experiment/tiny"
	"simulate/sim/scenario"
)

// runTiny runs tiny scenarios into a folder and fails the test on an error.
func runTiny(t *testing.T, spec Spec, names ...string) *results.Outcome {
	t.Helper()
	for _, name := range names {
		spec.Scenarios = append(spec.Scenarios, tiny.Load(t, name))
	}
	o, err := Run(context.Background(), spec)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// difference compares a metric in two cases at a date, replication by replication.
func difference(o *results.Outcome, a, b, metric, date string) analysis.Difference {
	if err := o.ReadMarket(); err != nil {
		panic(err)
	}
	return analysis.Paired(o.Values(a, metric, date), o.Values(b, metric, date))
}

func TestBytesDoNotDependOnJobs(t *testing.T) {
	for _, cases := range [][]string{{"base", "shock"}, {"drawn", "base"}} {
		one, eight := t.TempDir(), t.TempDir()
		runTiny(t, Spec{Out: one, Jobs: 1}, cases...)
		runTiny(t, Spec{Out: eight, Jobs: 8}, cases...)
		tiny.SameContents(t, strings.Join(cases, " and "), tiny.Contents(t, eight), tiny.Contents(t, one))
	}
}

// Before its date a shock changes nothing: cases share their luck.
func TestCasesShareLuck(t *testing.T) {
	o := runTiny(t, Spec{Out: t.TempDir()}, "base", "shock")
	before := difference(o, "base", "shock", "hhi_sales", "2024-12-31")
	if before.Replications != 6 || before.Change.Value != 0 || before.SE != 0 {
		t.Errorf("before the shock the cases differ: %+v", before)
	}
	after := difference(o, "base", "shock", "hhi_sales", "2025-12-31")
	if after.Change.Value == 0 {
		t.Errorf("after the shock they do not: %+v", after)
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
	d := difference(o, "fixed", "base", "hhi_sales", "2025-12-31")
	if d.Replications != 6 {
		t.Errorf("the one run is compared with %d, want 6", d.Replications)
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
	// The bound between the errors of one batch and two.
	first := describeFirst(t, o, untilBatch)
	between, _ := ParseUntil(fmt.Sprintf("hhi_sales.se < %g", first*0.95))
	o = runTiny(t, Spec{Out: t.TempDir(), Until: between, Jobs: 3}, "base")
	if n := o.Manifest.Replications; n <= untilBatch || n%untilBatch != 0 || !o.Manifest.UntilMet {
		t.Errorf("%d replications for a bound below the first batch's error", n)
	}
	if se := o.Stats("base", "2025-12-31", "hhi_sales").SE; se >= first*0.95 {
		t.Errorf("the standard error is %v, the bound %v", se, first*0.95)
	}
}

// describeFirst is the standard error of final HHI over the first n replications.
func describeFirst(t *testing.T, o *results.Outcome, n int) float64 {
	t.Helper()
	if err := o.ReadMarket(); err != nil {
		t.Fatal(err)
	}
	return results.Describe(o.Values("base", "hhi_sales", "2025-12-31")[:n]).SE
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
	if last.Done != 6 || last.Total != 6 || !phases["tables"] || last.References != 4 || last.Ahead != 0 {
		t.Errorf("progress ends with %+v after phases %v, want 6 runs and 4 reference runs", last, phases)
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
	base := []*scenario.Scenario{tiny.Load(t, "base")}
	for want, spec := range map[string]Spec{
		"no scenario":          {},
		"two scenarios":        {Scenarios: []*scenario.Scenario{base[0], base[0]}},
		"replications":         {Scenarios: base, Replications: -1},
		"write one of year":    {Scenarios: base, Record: "daily"},
		"write csv or parquet": {Scenarios: base, Format: "xlsx"},
	} {
		spec.Out = t.TempDir()
		_, err := Run(context.Background(), spec)
		var input *results.InputError
		if !errors.As(err, &input) || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want an input error with %q", err, want)
		}
	}
}
