package run

import (
	"context"
	"errors"
	"fmt"
	"runtime"

	"simulate/internal/quantity"
)

// SweepOptions say how runs are done.
type SweepOptions struct {
	Jobs     int            // runs at a time; 0: as many as there are processors
	Commit   string         // of the program where the linker was told one
	Progress func(Progress) // called when something is done, from one goroutine at a time; nil: not
	Notice   func(string)   // called with what the user should know at once; nil: not
}

// Tell tells the user at once.
func (o *SweepOptions) Tell(format string, a ...any) {
	if o.Notice != nil {
		o.Notice(fmt.Sprintf(format, a...))
	}
}

// Report reports progress.
func (o *SweepOptions) Report(p Progress) {
	if o.Progress != nil {
		o.Progress(p)
	}
}

// Fill does what is missing of a growing shard and gives the file its name when it is whole.
func (s *Sweep) Fill(ctx context.Context, growing, whole string, head ShardHead, o SweepOptions, now *Progress) (err error) {
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
		o.Tell("Continuing: %s done before.", quantity.Plural(n, "run was", "runs were"))
		now.Done += n
		now.Resumed += n
	}
	if lost > 0 {
		o.Tell("A last record was cut short when the program was stopped, or comes from another build; it is done again.")
	}
	o.Report(*now)
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
			o.Report(*now)
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
