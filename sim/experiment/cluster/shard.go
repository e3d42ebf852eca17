package cluster

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"simulate/internal/quantity"
	"simulate/sim/experiment/results"
	"simulate/sim/experiment/run"
)

// shardsName is the folder beside a plan that holds its shards.
const shardsName = "shards"

// shardPath is where shard i of the plan lies once whole: the name carries index, count and plan.
func (p *SweepPlan) shardPath(i int) string {
	return filepath.Join(p.Dir, shardsName, fmt.Sprintf("shard-%05d-of-%05d-%s%s", i, len(p.Shards), results.Short(p.Hash), run.ShardSuffix))
}

// workPath is the folder in which shard i grows.
func (p *SweepPlan) workPath(i int) string {
	return filepath.Join(p.Dir, shardsName, fmt.Sprintf("shard-%05d.work", i))
}

func (p *SweepPlan) head(i int, executable string) run.ShardHead {
	return p.Sweep.Head(p.Hash, i, len(p.Shards), p.Shards[i], executable)
}

// RunShards does the given shards of a plan, all where none is given, and returns how many of their runs failed. Shards that are whole
// are left as they are. Where the context ends, what is done is kept and the same call continues.
func RunShards(ctx context.Context, p *SweepPlan, shards []int, o run.SweepOptions) (failed int, err error) {
	if len(shards) == 0 {
		for i := range p.Shards {
			shards = append(shards, i)
		}
	}
	program, err := results.ThisBuild(o.Commit)
	if err != nil {
		return 0, err
	}
	now := run.Progress{Phase: "runs"}
	for _, i := range shards {
		if i < 0 || i >= len(p.Shards) {
			return 0, results.InputErrorf("there is no shard %d; the plan has shards 0 to %d", i, len(p.Shards)-1)
		}
		now.Total += p.Shards[i][1] - p.Shards[i][0]
	}
	if err := os.MkdirAll(filepath.Join(p.Dir, shardsName), 0o755); err != nil {
		return 0, err
	}
	for _, i := range shards {
		n := p.Shards[i][1] - p.Shards[i][0]
		switch whole, err := p.check(p.shardPath(i)); {
		case err == nil && whole.head.Shard == i:
			failed += whole.failed
			now.Done += n
			now.Resumed += n
			if len(shards) == 1 {
				o.Tell("Shard %d is whole: nothing to do.", i)
			}
			continue
		case err == nil:
			o.Tell("%s holds shard %d; shard %d is done again.", p.shardPath(i), whole.head.Shard, i)
		case !errors.Is(err, os.ErrNotExist):
			o.Tell("%s is not used (%v); the shard is done again.", p.shardPath(i), err)
		}
		more, err := p.runShard(ctx, i, program, o, &now)
		if failed += more; err != nil {
			return failed, err
		}
	}
	return failed, nil
}

// runShard does what is missing of a shard while it holds the shard's lock.
func (p *SweepPlan) runShard(ctx context.Context, i int, program results.Build, o run.SweepOptions, now *run.Progress) (failed int, err error) {
	dir := p.workPath(i)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return 0, err
	}
	lock, err := results.LockFolder(dir)
	if err != nil {
		return 0, fmt.Errorf("shard %d: %w", i, err)
	}
	defer lock.Release(dir)
	before := now.Failed
	err = p.Sweep.Fill(ctx, filepath.Join(dir, run.GrowingName), p.shardPath(i), p.head(i, program.Executable), o, now)
	if err == nil {
		err = os.RemoveAll(dir)
	}
	return now.Failed - before, err
}

// checked is what a whole shard turned out to be.
type checked struct {
	head   run.ShardHead
	failed int
}

// check reads a shard to its end. Its error says what is wrong: os.ErrNotExist, a foreign plan, or where it is damaged.
func (p *SweepPlan) check(path string) (checked, error) {
	r, err := run.ReadShard(path)
	if err != nil {
		return checked{}, err
	}
	defer r.Close()
	c := checked{head: r.Head}
	if r.Head.Plan != p.Hash {
		return c, errForeign
	}
	if i := r.Head.Shard; i < 0 || i >= len(p.Shards) || r.Head != p.head(i, r.Head.Executable) {
		return c, fmt.Errorf("its first line does not fit the plan")
	}
	for {
		_, got, err := r.Read()
		if errors.Is(err, io.EOF) {
			return c, nil
		}
		if err != nil {
			return c, err
		}
		if got.Failed() != "" {
			c.failed++
		}
	}
}

var errForeign = errors.New("it belongs to another plan")

// SweepStatus says what of a plan is there.
type SweepStatus struct {
	Plan    *SweepPlan
	Missing []int    // shards without a whole file
	Whole   []string // file of each shard; "" where missing
	// Wrong are files that cannot be merged: damaged, foreign or doubled, in words.
	Wrong  []string
	Begun  []string // shards that have begun, in words
	Failed int      // runs that failed in the whole shards
	// Builds are the executables (SHA-256) that made the whole shards.
	Builds []string
}

// Complete reports whether the plan can be merged.
func (t *SweepStatus) Complete() bool { return len(t.Missing) == 0 && len(t.Wrong) == 0 }

// Status reads every shard beside a plan.
func Status(p *SweepPlan) (*SweepStatus, error) {
	t := &SweepStatus{Plan: p, Whole: make([]string, len(p.Shards))}
	entries, err := os.ReadDir(filepath.Join(p.Dir, shardsName))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, err
	}
	for _, e := range entries {
		name := filepath.Join(shardsName, e.Name())
		if e.IsDir() || !strings.HasSuffix(e.Name(), run.ShardSuffix) {
			continue
		}
		c, err := p.check(filepath.Join(p.Dir, name))
		switch i := c.head.Shard; {
		case errors.Is(err, errForeign):
			t.Wrong = append(t.Wrong, fmt.Sprintf("%s is foreign: it belongs to plan %s, not %s", name, results.Short(c.head.Plan), results.Short(p.Hash)))
		case err != nil:
			t.Wrong = append(t.Wrong, fmt.Sprintf("%s is damaged: %v", name, err))
		case t.Whole[i] != "":
			t.Wrong = append(t.Wrong, fmt.Sprintf("%s is doubled: it holds shard %d as %s does", name, i, t.Whole[i]))
		default:
			t.Whole[i] = name
			t.Failed += c.failed
			if !slices.Contains(t.Builds, c.head.Executable) {
				t.Builds = append(t.Builds, c.head.Executable)
			}
		}
	}
	for i, name := range t.Whole {
		if name != "" {
			continue
		}
		t.Missing = append(t.Missing, i)
		if n, ok := p.grown(i); ok {
			t.Begun = append(t.Begun, fmt.Sprintf("shard %d has %d of %s", i, n, quantity.Plural(p.Shards[i][1]-p.Shards[i][0], "run")))
		}
	}
	return t, nil
}

// grown counts the runs of a growing shard.
func (p *SweepPlan) grown(i int) (int, bool) {
	r, err := run.ReadShard(filepath.Join(p.workPath(i), run.GrowingName))
	if err != nil {
		return 0, false
	}
	defer r.Close()
	for err == nil {
		_, _, err = r.Read()
	}
	return r.Next() - r.Head.From, true
}
