package cluster

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"simulate/sim/experiment/results"
	"simulate/sim/experiment/run"
	"simulate/sim/experiment/tiny"
)

func planSix(t *testing.T, dir string, shards int) *Plan {
	t.Helper()
	if _, err := WritePlan(gridOfSix(t), dir, shards, "", false, []string{"simulate"}, ""); err != nil {
		t.Fatal(err)
	}
	p, err := ReadPlan(dir)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func runShards(t *testing.T, p *Plan, shards ...int) {
	t.Helper()
	if _, err := RunShards(context.Background(), p, shards, run.Options{Jobs: 2}); err != nil {
		t.Fatal(err)
	}
}

func merge(p *Plan, allowMissing bool) (*run.Complete, error) {
	return Merge(context.Background(), p, allowMissing, run.Output{Format: "parquet"}, run.Options{})
}

var errTold = errors.New("told to stop")

// Any sharding leaves the bytes of one machine: whole cases in a shard, and parts of cases.
func TestShardsMergeToTheBytesOfOneMachine(t *testing.T) {
	whole := t.TempDir()
	if _, err := gridOfSix(t).Run(context.Background(), run.Output{Out: whole}, run.Options{Jobs: 2}); err != nil {
		t.Fatal(err)
	}
	for _, n := range []int{1, 4, 7, 18} {
		p := planSix(t, t.TempDir(), n)
		if n == 4 && p.Shards[1] != [2]int{3, 9} || n == 7 && p.Shards[1] != [2]int{2, 5} {
			t.Errorf("%d shards: %v", n, p.Shards)
		}
		for _, i := range []int{n - 1, 0} { // out of order, then the rest
			runShards(t, p, i)
		}
		runShards(t, p)
		o, err := merge(p, false)
		if err != nil {
			t.Fatal(err)
		}
		if o.Manifest.Sweep.Runs != 18 || o.Manifest.Sweep.Missing != nil {
			t.Errorf("%d shards: %+v", n, o.Manifest.Sweep)
		}
		tiny.SameContents(t, "merged", tiny.Tables(t, p.Dir, "parquet"), tiny.Tables(t, whole, "parquet"))
	}
}

func TestMergeRefusesByName(t *testing.T) {
	p := planSix(t, t.TempDir(), 5)
	runShards(t, p, 0, 1, 4)
	status := func() *State {
		t.Helper()
		s, err := Status(p)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	refuses := func(what ...string) {
		t.Helper()
		_, err := merge(p, false)
		var input *results.InputError
		for _, w := range what {
			if !errors.As(err, &input) || !strings.Contains(err.Error(), w) {
				t.Errorf("merge says %v, want %q", err, w)
			}
		}
		if _, err := os.Stat(filepath.Join(p.Dir, results.ManifestName)); err == nil {
			t.Error("and leaves a manifest")
		}
	}
	if s := status(); !slices.Equal(s.Missing, []int{2, 3}) || s.Complete() || len(s.Wrong) > 0 {
		t.Errorf("status: %+v", s)
	}
	refuses("2 shards of 5 missing: 2-3", "--allow-missing")

	// Stopped in the middle.
	ctx, cancel := context.WithCancelCause(context.Background())
	_, err := RunShards(ctx, p, []int{2}, run.Options{Jobs: 1, Progress: func(now run.Progress) {
		if now.Done == 1 {
			cancel(errTold)
		}
	}})
	if !errors.Is(err, errTold) {
		t.Fatal(err)
	}
	if s := status(); len(s.Begun) != 1 || !strings.Contains(s.Begun[0], "shard 2 has 1 of 3 runs") {
		t.Errorf("begun: %v", s.Begun)
	}
	runShards(t, p, 2, 3)

	// Doubled, foreign, damaged.
	copyOf := func(from, to string) {
		t.Helper()
		text, err := os.ReadFile(from)
		if err == nil {
			err = os.WriteFile(to, text, 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	twice := filepath.Join(p.Dir, shardsName, "zz.runs")
	copyOf(p.shardPath(3), twice)
	refuses("zz.runs is doubled: it holds shard 3")
	other := planSix(t, t.TempDir(), 6)
	runShards(t, other, 0)
	copyOf(other.shardPath(0), twice)
	refuses("zz.runs is foreign: it belongs to plan " + results.Short(other.Hash))
	if err := os.Remove(twice); err != nil {
		t.Fatal(err)
	}
	good, err := os.ReadFile(p.shardPath(1))
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string][]byte{
		"cut":     good[:len(good)-60],
		"flipped": append(append(slices.Clone(good[:len(good)/2]), good[len(good)/2]^1), good[len(good)/2+1:]...),
		"longer":  append(slices.Clone(good), 0),
		"empty":   {},
	} {
		if err := os.WriteFile(p.shardPath(1), text, 0o644); err != nil {
			t.Fatal(err)
		}
		if s := status(); len(s.Wrong) != 1 || !strings.Contains(s.Wrong[0], filepath.Base(p.shardPath(1))+" is damaged") {
			t.Errorf("%s: %v", name, s.Wrong)
		}
	}
	refuses("is damaged", "shard of 5 missing: 1")
	runShards(t, p, 1) // does it again
	if again, err := os.ReadFile(p.shardPath(1)); err != nil || string(again) != string(good) {
		t.Errorf("a damaged shard done again differs: %v", err)
	}

	// What is missing may be left out, and is then named.
	if err := os.Remove(p.shardPath(2)); err != nil {
		t.Fatal(err)
	}
	o, err := merge(p, true)
	if err != nil || !slices.Equal(o.Manifest.Sweep.Missing, []int{2}) || o.Manifest.Sweep.Runs != 15 {
		t.Errorf("partial: %+v, %v", o, err)
	}
}

func TestPlansAreChecked(t *testing.T) {
	dir := t.TempDir()
	p := planSix(t, dir, 3)
	if again := planSix(t, dir, 3); again.Hash != p.Hash {
		t.Error("the same plan again is another")
	}
	var input *results.InputError
	if _, err := WritePlan(gridOfSix(t), dir, 4, "", false, nil, ""); !errors.As(err,
		&input) || !strings.Contains(err.Error(), "another experiment") {
		t.Errorf("another plan in the folder: %v", err)
	}
	if _, err := WritePlan(gridOfSix(t), t.TempDir(), 19, "", false, nil, ""); !errors.As(err, &input) {
		t.Errorf("more shards than runs: %v", err)
	}
	if _, err := RunShards(context.Background(), p, []int{3}, run.Options{}); !errors.As(err,
		&input) || !strings.Contains(err.Error(), "shards 0 to 2") {
		t.Errorf("a shard too many: %v", err)
	}
	file := filepath.Join(dir, planName)
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for what, changed := range map[string]string{
		"changed":    strings.Replace(string(text), `"seed": 7`, `"seed": 8`, 1),
		"not a plan": "{}",
	} {
		if err := os.WriteFile(file, []byte(changed), 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := ReadPlan(dir); !errors.As(err, &input) || !strings.Contains(err.Error(), what) {
			t.Errorf("%q gives %v", what, err)
		}
	}
}
