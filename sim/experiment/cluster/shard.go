package cluster

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"simulate/internal/quantity"
	"simulate/internal/shell"
	"simulate/sim/experiment/results"
	"simulate/sim/experiment/run"
)

// shardsName is the folder beside a plan that holds its shards.
const shardsName = results.ShardsName

// shardPath is where shard i of the plan lies once whole: the name carries index, count and plan.
func (p *Plan) shardPath(i int) string {
	return filepath.Join(p.Dir, shardsName, fmt.Sprintf("shard-%05d-of-%05d-%s%s", i, len(p.Shards),
		results.Short(p.Hash), run.LogSuffix))
}

// workPath is the folder in which shard i grows.
func (p *Plan) workPath(i int) string {
	return filepath.Join(p.Dir, shardsName, fmt.Sprintf("shard-%05d%s", i, results.WorkSuffix))
}

func (p *Plan) head(i int, executable string) run.LogHead {
	return run.LogHead{Format: run.LogFormat, Plan: p.Hash, Shard: i, Of: len(p.Shards), From: p.Shards[i][0],
		To: p.Shards[i][1], Executable: executable}
}

// RunShards does the given shards of a plan, all where none is given, and returns how many of their
// runs failed. Shards that are whole are left as they are. Where the context ends, what is done is
// kept and the same call continues.
func RunShards(ctx context.Context, p *Plan, shards []int, o run.Options) (failed int, err error) {
	if len(shards) == 0 {
		for i := range p.Shards {
			shards = append(shards, i)
		}
	}
	program, err := results.ThisBuild(o.Commit)
	if err != nil {
		return 0, err
	}
	for _, i := range shards {
		if i < 0 || i >= len(p.Shards) {
			return 0, results.InputErrorf("there is no shard %d; the plan has shards 0 to %d", i, len(p.Shards)-1)
		}
	}
	if err := os.MkdirAll(filepath.Join(p.Dir, shardsName), 0o755); err != nil {
		return 0, err
	}
	x := run.NewExecution(p.Workload, &o)
	var missing []int
	for _, i := range shards {
		n := p.Shards[i][1] - p.Shards[i][0]
		switch whole, err := p.check(p.shardPath(i)); {
		case err == nil && whole.Head.Shard == i:
			failed += whole.Failed
			x.Expect(n, n)
			if len(shards) == 1 {
				o.Tell("Shard %d is whole: nothing to do.", i)
			}
			continue
		case err == nil:
			o.Tell("%s holds shard %d; shard %d is done again.", p.shardPath(i), whole.Head.Shard, i)
		case !errors.Is(err, os.ErrNotExist):
			o.Tell("%s is not used (%v); the shard is done again.", p.shardPath(i), err)
		}
		x.Expect(n, 0)
		missing = append(missing, i)
	}
	for _, i := range missing {
		if err := p.settle(p.wave(i)); err != nil {
			return failed, err
		}
		more, err := p.runShard(ctx, x, i, program)
		if failed += more; err != nil {
			return failed, err
		}
	}
	return failed, nil
}

// runShard does what is missing of a shard while it holds the shard's lock.
func (p *Plan) runShard(ctx context.Context, x *run.Execution, i int, program results.Build) (failed int, err error) {
	dir := p.workPath(i)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return 0, err
	}
	lock, err := results.LockFolder(dir)
	if err != nil {
		return 0, fmt.Errorf("shard %d: %w", i, err)
	}
	defer lock.Release(dir)
	failed, err = x.Grow(ctx, filepath.Join(dir, run.GrowingName), p.shardPath(i), p.head(i, program.Executable))
	if err == nil {
		err = os.RemoveAll(dir)
	}
	return failed, err
}

// wave is the wave of the runs of a shard.
func (p *Plan) wave(shard int) (wave int) {
	for k, from := range run.Waves(p.Workload) {
		if p.Shards[shard][0] >= from {
			wave = k
		}
	}
	return wave
}

// TooEarly is the error of a shard whose turn has not come.
type TooEarly struct {
	Missing []int // shards that are to be whole before
	Dir     string
}

func (e *TooEarly) Error() string {
	return fmt.Sprintf("the runs of this shard need the outcome of earlier ones, of which %s not whole yet: %s; the same "+
		"command does it once they are, and `simulate sweep status %s` names what can be done now",
		quantity.Plural(len(e.Missing), "is", "are"), quantity.Ranges(e.Missing), shell.Path(e.Dir))
}

// settle gives the workload the outcome of all waves before one. Its error is a *TooEarly where
// their shards are not whole.
func (p *Plan) settle(waves int) error {
	if waves <= p.settled || p.history == nil {
		return nil
	}
	early := &TooEarly{Dir: p.Dir}
	var whole []*run.Shard
	for i := range p.Shards {
		if p.wave(i) >= waves {
			break
		}
		s, err := p.check(p.shardPath(i))
		if err != nil {
			early.Missing = append(early.Missing, i)
		}
		whole = append(whole, s)
	}
	if len(early.Missing) > 0 {
		return early
	}
	if err := p.history.Batch.SettleFrom(waves, whole); err != nil {
		return err
	}
	p.settled = waves
	return nil
}

// check reads a shard to its end. Its error says what is wrong: os.ErrNotExist, a foreign plan, or
// where it is damaged.
func (p *Plan) check(path string) (*run.Shard, error) {
	s, err := run.OpenShard(path)
	switch i := s.Head.Shard; {
	case s.Head.Format != run.LogFormat: // not even that can be read
		return s, err
	case s.Head.Plan != p.Hash:
		return s, errForeign
	case i < 0 || i >= len(p.Shards) || s.Head != p.head(i, s.Head.Executable):
		return s, fmt.Errorf("its first line does not fit the plan")
	}
	return s, err
}

var errForeign = errors.New("it belongs to another plan")

// State says what of a plan is there.
type State struct {
	Plan    *Plan
	Missing []int        // shards without a whole file
	Whole   []*run.Shard // by shard; nil where missing
	// Wrong are files that cannot be merged: damaged, foreign or doubled, in words.
	Wrong  []string
	Begun  []string // shards that have begun, in words
	Failed int      // runs that failed in the whole shards
	// Builds are the executables (SHA-256) that made the whole shards.
	Builds []string
}

// Now are the missing shards whose turn has come: those of the first wave that is not whole.
func (t *State) Now() (out []int) {
	for _, i := range t.Missing {
		if t.Plan.wave(i) == t.Plan.wave(t.Missing[0]) {
			out = append(out, i)
		}
	}
	return out
}

// Complete reports whether the plan can be merged.
func (t *State) Complete() bool { return len(t.Missing) == 0 && len(t.Wrong) == 0 }

// Status reads every shard beside a plan.
func Status(p *Plan) (*State, error) {
	t := &State{Plan: p, Whole: make([]*run.Shard, len(p.Shards))}
	entries, err := os.ReadDir(filepath.Join(p.Dir, shardsName))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, err
	}
	names := make([]string, len(p.Shards))
	for _, e := range entries {
		name := filepath.Join(shardsName, e.Name())
		if e.IsDir() || !strings.HasSuffix(e.Name(), run.LogSuffix) {
			continue
		}
		c, err := p.check(filepath.Join(p.Dir, name))
		switch i := c.Head.Shard; {
		case errors.Is(err, errForeign):
			t.Wrong = append(t.Wrong, fmt.Sprintf("%s is foreign: it belongs to plan %s, not %s", name,
				results.Short(c.Head.Plan), results.Short(p.Hash)))
		case err != nil:
			t.Wrong = append(t.Wrong, fmt.Sprintf("%s is damaged: %v", name, err))
		case t.Whole[i] != nil:
			t.Wrong = append(t.Wrong, fmt.Sprintf("%s is doubled: it holds shard %d as %s does", name, i, names[i]))
		default:
			t.Whole[i], names[i] = c, name
			t.Failed += c.Failed
			if !slices.Contains(t.Builds, c.Head.Executable) {
				t.Builds = append(t.Builds, c.Head.Executable)
			}
		}
	}
	for i, s := range t.Whole {
		if s != nil {
			continue
		}
		t.Missing = append(t.Missing, i)
		if n, ok := p.grown(i); ok {
			t.Begun = append(t.Begun, fmt.Sprintf("shard %d has %s of %s", i, quantity.Count(n),
				quantity.Plural(p.Shards[i][1]-p.Shards[i][0],
					"run")))
		}
	}
	return t, nil
}

// grown counts the runs of a growing shard.
func (p *Plan) grown(i int) (int, bool) {
	return run.Grown(filepath.Join(p.workPath(i), run.GrowingName))
}
