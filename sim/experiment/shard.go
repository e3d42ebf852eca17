package experiment

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"simulate/internal/quantity"
	"slices"
	"strings"
)

// shardsName is the folder beside a plan that holds its shards; shardSuffix ends the name of a whole one.
const shardsName, shardSuffix = "shards", ".runs"

// shardPath is where shard i of the plan lies once whole: the name carries index, count and plan.
func (p *SweepPlan) shardPath(i int) string {
	return filepath.Join(p.Dir, shardsName, fmt.Sprintf("shard-%05d-of-%05d-%s%s", i, len(p.Shards), short(p.Hash), shardSuffix))
}

// workPath is the folder in which shard i grows.
func (p *SweepPlan) workPath(i int) string {
	return filepath.Join(p.Dir, shardsName, fmt.Sprintf("shard-%05d.work", i))
}

const growingName = "growing"

func (p *SweepPlan) head(i int, executable string) shardHead {
	s := p.Sweep
	return shardHead{Format: shardFormat, Plan: p.Hash, Shard: i, Of: len(p.Shards), From: p.Shards[i][0], To: p.Shards[i][1],
		Width: len(s.calendar) * len(s.metrics), Executable: executable}
}

// SweepOptions say how runs are done.
type SweepOptions struct {
	Jobs     int            // runs at a time; 0: as many as there are processors
	Commit   string         // of the program where the linker was told one
	Progress func(Progress) // called when something is done, from one goroutine at a time; nil: not
	Notice   func(string)   // called with what the user should know at once; nil: not
}

func (o *SweepOptions) notice(format string, a ...any) {
	if o.Notice != nil {
		o.Notice(fmt.Sprintf(format, a...))
	}
}

func (o *SweepOptions) report(p Progress) {
	if o.Progress != nil {
		o.Progress(p)
	}
}

// RunShards does the given shards of a plan, all where none is given, and returns how many of their runs failed. Shards that are whole
// are left as they are. Where the context ends, what is done is kept and the same call continues.
func RunShards(ctx context.Context, p *SweepPlan, shards []int, o SweepOptions) (failed int, err error) {
	if len(shards) == 0 {
		for i := range p.Shards {
			shards = append(shards, i)
		}
	}
	program, err := build(o.Commit)
	if err != nil {
		return 0, err
	}
	now := Progress{Phase: "runs"}
	for _, i := range shards {
		if i < 0 || i >= len(p.Shards) {
			return 0, inputError("there is no shard %d; the plan has shards 0 to %d", i, len(p.Shards)-1)
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
				o.notice("Shard %d is whole: nothing to do.", i)
			}
			continue
		case err == nil:
			o.notice("%s holds shard %d; shard %d is done again.", p.shardPath(i), whole.head.Shard, i)
		case !errors.Is(err, os.ErrNotExist):
			o.notice("%s is not used (%v); the shard is done again.", p.shardPath(i), err)
		}
		more, err := p.runShard(ctx, i, program, o, &now)
		if failed += more; err != nil {
			return failed, err
		}
	}
	return failed, nil
}

// runShard does what is missing of a shard while it holds the shard's lock.
func (p *SweepPlan) runShard(ctx context.Context, i int, program Build, o SweepOptions, now *Progress) (failed int, err error) {
	dir := p.workPath(i)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return 0, err
	}
	lock, err := lockFolder(dir)
	if err != nil {
		return 0, fmt.Errorf("shard %d: %w", i, err)
	}
	defer lock.release(dir)
	before := now.Failed
	err = p.Sweep.fill(ctx, filepath.Join(dir, growingName), p.shardPath(i), p.head(i, program.Executable), o, now)
	if err == nil {
		err = os.RemoveAll(dir)
	}
	return now.Failed - before, err
}

// fill does what is missing of a growing shard and gives the file its name when it is whole.
func (s *Sweep) fill(ctx context.Context, growing, whole string, head shardHead, o SweepOptions, now *Progress) (err error) {
	w, lost, err := openShard(growing, head)
	if err != nil {
		return err
	}
	open := true
	defer func() {
		if open {
			err = errors.Join(err, w.close())
		}
	}()
	if n := w.next - head.From; n > 0 {
		o.notice("Continuing: %s done before.", quantity.Plural(n, "run was", "runs were"))
		now.Done += n
		now.Resumed += n
	}
	if lost > 0 {
		o.notice("A last record was cut short when the program was stopped, or comes from another build; it is done again.")
	}
	o.report(*now)
	jobs := o.Jobs
	if jobs <= 0 {
		jobs = runtime.GOMAXPROCS(0)
	}
	if w.next < head.To {
		err = s.execute(ctx, w.next, head.To, jobs, func(run int, r sweepRun) error {
			if err := w.add(run, r); err != nil {
				return fmt.Errorf("cannot keep a finished run: %w", err)
			}
			now.Done++
			if r.failed != "" {
				now.Failed++
			}
			o.report(*now)
			return nil
		})
		if ctx.Err() != nil {
			return &Stopped{now.Done, now.Total, false, context.Cause(ctx)}
		}
		if err != nil {
			return err
		}
	}
	open = false
	return w.finish(whole)
}

// checked is what a whole shard turned out to be.
type checked struct {
	head   shardHead
	failed int
}

// check reads a shard to its end. Its error says what is wrong: os.ErrNotExist, a foreign plan, or where it is damaged.
func (p *SweepPlan) check(path string) (checked, error) {
	r, err := readShard(path)
	if err != nil {
		return checked{}, err
	}
	defer r.close()
	c := checked{head: r.head}
	if r.head.Plan != p.Hash {
		return c, errForeign
	}
	if i := r.head.Shard; i < 0 || i >= len(p.Shards) || r.head != p.head(i, r.head.Executable) {
		return c, fmt.Errorf("its first line does not fit the plan")
	}
	for {
		_, got, err := r.read()
		if errors.Is(err, io.EOF) {
			return c, nil
		}
		if err != nil {
			return c, err
		}
		if got.failed != "" {
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
		if e.IsDir() || !strings.HasSuffix(e.Name(), shardSuffix) {
			continue
		}
		c, err := p.check(filepath.Join(p.Dir, name))
		switch i := c.head.Shard; {
		case errors.Is(err, errForeign):
			t.Wrong = append(t.Wrong, fmt.Sprintf("%s is foreign: it belongs to plan %s, not %s", name, short(c.head.Plan), short(p.Hash)))
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
			t.Begun = append(t.Begun, fmt.Sprintf("shard %d has %d of %s", i, n, quantity.Plural(p.Shards[i][1]-p.Shards[i][0], "run", "runs")))
		}
	}
	return t, nil
}

// grown counts the runs of a growing shard.
func (p *SweepPlan) grown(i int) (int, bool) {
	r, err := readShard(filepath.Join(p.workPath(i), growingName))
	if err != nil {
		return 0, false
	}
	defer r.close()
	for err == nil {
		_, _, err = r.read()
	}
	return r.next - r.head.From, true
}

// Ranges writes whole numbers in ascending order as job arrays do: 3,5,7-9.
func Ranges(numbers []int) string {
	var b strings.Builder
	for i := 0; i < len(numbers); i++ {
		from := numbers[i]
		for i+1 < len(numbers) && numbers[i+1] == numbers[i]+1 {
			i++
		}
		if b.Len() > 0 {
			b.WriteByte(',')
		}
		fmt.Fprint(&b, from)
		if numbers[i] > from {
			fmt.Fprintf(&b, "-%d", numbers[i])
		}
	}
	return b.String()
}
