package cluster

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"simulate/sim/experiment/compare"
	"simulate/sim/experiment/history"
	"simulate/sim/experiment/results"
	"simulate/sim/experiment/run"
	"simulate/sim/experiment/tiny"
	"simulate/sim/observed"
	"simulate/sim/scenario"
)

func scenario2024(t *testing.T) *scenario.Scenario {
	t.Helper()
	s, err := scenario.Load("baseline-2024", scenario.Options{Set: []string{"clock.end=2025-03",
		"reference_replications=2"}})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func backtestOf(s *scenario.Scenario) history.BacktestSpec {
	return history.BacktestSpec{Scenario: s, Observed: observed.Builtin(), Until: 2024, Replications: 4, Seed: 3,
		Discrepancy: .1, Conduct: history.Conduct{Jobs: 2}}
}

func saved(t *testing.T, identity string, save func(*results.Place, []string) error) map[string]string {
	t.Helper()
	dir := t.TempDir()
	at, err := results.OpenPlace(results.PlaceSpec{Out: dir, Name: "test", Identity: identity})
	if err != nil {
		t.Fatal(err)
	}
	err = save(at, nil)
	if at.Close(); err != nil {
		t.Fatal(err)
	}
	return tiny.Contents(t, dir)
}

// planned writes a plan and reads it back.
func planned(t *testing.T, w run.Workload, shards int, jobs string) *Plan {
	t.Helper()
	dir := t.TempDir()
	if _, err := WritePlan(w, dir, shards, jobs, false, nil, ""); err != nil {
		t.Fatal(err)
	}
	p, err := ReadPlan(dir)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// merged merges a plan to CSV and reads what it leaves, without what belongs to the plan.
func merged(t *testing.T, p *Plan) map[string]string {
	t.Helper()
	if _, err := Merge(context.Background(), p, false, run.Output{Format: "csv"}, run.Options{}); err != nil {
		t.Fatal(err)
	}
	out := tiny.Contents(t, p.Dir)
	for name := range out {
		if name == planName || strings.HasPrefix(name, shardsName) {
			delete(out, name)
		}
	}
	return out
}

// The shards of a back-test leave the bytes of one process. Those of its forecasts wait for those
// of the vectors, and say so.
func TestBacktestInShards(t *testing.T) {
	spec := backtestOf(scenario2024(t))
	b, err := history.RunBacktest(context.Background(), spec)
	if err != nil {
		t.Fatal(err)
	}
	plan, err := spec.Plan(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := WritePlan(plan.Batch, t.TempDir(), 1, "", false, nil, ""); err == nil ||
		!strings.Contains(err.Error(), "2 waves") {
		t.Errorf("one shard: %v", err)
	}
	p := planned(t, plan.Batch, 5, "")
	if n := plan.Batch.Begins[1]; p.Shards[1][1] != n || p.Shards[2][0] != n || p.Shards[4][1] != n+4 {
		t.Errorf("shards %v of waves %v", p.Shards, plan.Batch.Begins)
	}
	runShards(t, p, 1)
	_, err = RunShards(context.Background(), p, []int{3}, run.Options{Jobs: 1})
	var early *TooEarly
	if !errors.As(err, &early) || !slices.Equal(early.Missing, []int{0}) {
		t.Errorf("a forecast before its vectors: %v", err)
	}
	state, err := Status(p)
	if err != nil || !slices.Equal(state.Now(), []int{0}) || !slices.Equal(state.Missing, []int{0, 2, 3, 4}) {
		t.Errorf("status %+v, %v", state, err)
	}
	if line := state.FillCommand(); !strings.HasSuffix(line, "--shard 0") {
		t.Error(line)
	}
	runShards(t, p, 0)
	if p, err = ReadPlan(p.Dir); err != nil { // another process
		t.Fatal(err)
	}
	runShards(t, p, 4, 2)
	if _, err := Merge(context.Background(), p, true, run.Output{}, run.Options{}); err == nil ||
		!strings.Contains(err.Error(), "missing: 3") {
		t.Errorf("a part of a back-test is merged: %v", err)
	}
	runShards(t, p)
	if p, err = ReadPlan(p.Dir); err != nil {
		t.Fatal(err)
	}
	tiny.SameContents(t, "a back-test in shards", merged(t, p), saved(t, spec.Identity(), b.Save))
}

func TestCalibrationInShards(t *testing.T) {
	spec := history.CalibrationSpec{Scenario: scenario2024(t), Observed: observed.Builtin(), Samples: 12, Seed: 5,
		Discrepancy: .3, Conduct: history.Conduct{Jobs: 2}}
	c, err := history.Calibrate(context.Background(), spec)
	if err != nil {
		t.Fatal(err)
	}
	plan, err := spec.Plan(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	p := planned(t, plan.Batch, 3, "slurm")
	if line := p.SubmitCommand(nil); !strings.HasSuffix(line, "afterok:$(sbatch --parsable sweep.sbatch) merge.sbatch") {
		t.Error(line)
	}
	runShards(t, p, 2, 0, 1)
	tiny.SameContents(t, "a calibration in shards", merged(t, p), saved(t, spec.Identity(), c.Save))
}

// The jobs of a workload in waves keep their order.
func TestJobsOfWaves(t *testing.T) {
	plan, err := backtestOf(scenario2024(t)).Plan(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	p := planned(t, plan.Batch, 6, "slurm")
	want := "sbatch --dependency=afterok:$(sbatch --parsable --dependency=afterok:$(sbatch --parsable --array=0-2 " +
		"sweep.sbatch) --array=3-5 sweep.sbatch) merge.sbatch"
	if line := p.SubmitCommand(nil); !strings.HasSuffix(line, want) {
		t.Error(line)
	}
	p = planned(t, plan.Batch, 6, "kubernetes")
	if _, err := p.WriteJobs("simulate", nil); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(p.Dir, "job.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	tiny.Contains(t, string(text), "action: Ignore # its turn", "values: [75]")
}

// Comparisons over futures are planned too.
func TestFuturesInShards(t *testing.T) {
	base, shock := tiny.Load(t, "base"), tiny.Load(t, "shock")
	spec := run.SweepSpec{Inputs: tiny.Vary(t, base, "market.eta=0.6,0.9,1.2"), Replications: 3,
		Metrics: []string{"hhi_sales"}}
	f, err := compare.NewFutures([]*scenario.Scenario{base, shock}, spec)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if _, _, err := run.Do(context.Background(), f, run.Output{Out: dir}, run.Options{Jobs: 2}); err != nil {
		t.Fatal(err)
	}
	for _, n := range []int{2, 5} {
		p := planned(t, f, n, "")
		runShards(t, p)
		tiny.SameContents(t, "futures in shards", merged(t, p), tiny.Contents(t, dir))
	}
}
