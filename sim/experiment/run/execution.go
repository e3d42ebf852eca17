package run

import (
	"context"
	"errors"
	"fmt"
	"math"
	"sync"
	"time"
)

// Progress says how far an experiment is.
type Progress struct {
	Phase string // "runs" or "tables"
	// Done and Total count runs; with a stop rule Total is what is certain so far. Resumed of the Done
	// were there at the start.
	Done, Total, Resumed int
	Failed               int // of those done since the start
	// References are the reference runs made since the start, and Ahead about how many are still to be
	// made. They take as long as runs.
	References, Ahead int
}

// Work counts what has been done since the start, and that and all that is still to be done, each
// run and reference run as one.
func (p Progress) Work() (done, total int) {
	done = p.Done - p.Resumed + p.References
	return done, done + p.Total - p.Done + p.Ahead
}

// Pace is the work done in a second, and the time that the rest takes at that pace; 0 where nothing
// has been done.
func (p Progress) Pace(passed time.Duration) (perSecond float64, left time.Duration) {
	done, total := p.Work()
	if done < 1 || passed <= 0 {
		return 0, 0
	}
	perSecond = float64(done) / passed.Seconds()
	return perSecond, time.Duration(float64(total-done) / perSecond * float64(time.Second))
}

// Execution does what logs of a workload do not have yet.
type Execution struct {
	workload Workload
	options  *Options
	engine   *Engine

	mu      sync.Mutex
	now     Progress
	inLog   int // runs of the log at hand that count in now
	fixed   int // reference runs of fixed rosters that were to be made at the start
	vectors int // reference runs of vectors, of all runs together
}

// NewExecution is one that has done nothing. Expect says how much there is to do.
func NewExecution(w Workload, o *Options) *Execution {
	x := &Execution{workload: w, options: o, engine: NewEngine(o.Jobs, NewReferences(o.Cache))}
	fixed, vectors := w.referenceWork()
	x.fixed = x.engine.References.missing(fixed)
	x.vectors = vectors
	x.engine.References.Watch(func() { x.progress(func(p *Progress) { p.References++ }) })
	return x
}

// Expect adds runs to those that are to be done, of which done lie in whole logs already.
func (x *Execution) Expect(runs, done int) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.now.Total += runs
	x.now.Done += done
	x.now.Resumed += done
}

// Grow does what is missing of the runs of a log, and gives the file its name when it is whole. It
// returns how many of the runs that were done failed.
func (x *Execution) Grow(ctx context.Context, growing, whole string, head LogHead) (failed int, err error) {
	g, err := resume(growing, head, x.options)
	if err != nil {
		return 0, err
	}
	if err := g.addUp(); err != nil {
		return 0, errors.Join(err, g.close())
	}
	x.inLog = 0
	before := x.now.Failed
	if err := x.reach(ctx, g, head.To); err != nil {
		return x.now.Failed - before, errors.Join(err, g.close())
	}
	return x.now.Failed - before, g.finish(whole)
}

// progress changes what has been done and tells the caller.
func (x *Execution) progress(change func(*Progress)) {
	x.mu.Lock()
	defer x.mu.Unlock()
	change(&x.now)
	fixed := min(x.fixed, x.now.References) // those come first
	asked := float64(x.now.Total-x.now.Resumed) / float64(max(1, x.workload.Runs()))
	x.now.Ahead = x.fixed - fixed + max(0, int(math.Ceil(float64(x.vectors)*asked))-(x.now.References-fixed))
	if x.now.Done == x.now.Total {
		x.now.Ahead = 0
	}
	if x.options.Progress != nil {
		x.options.Progress(x.now)
	}
}

// all does the runs, in batches where a stop rule decides after each. It returns how many
// replications there are and whether the rule was met.
func (x *Execution) all(ctx context.Context, e Experiment, g *growing) (replications int, met bool, err error) {
	o, until := e.order(), e.stop()
	if until == nil {
		x.Expect(o.total(), 0)
		return o.replications, false, x.reach(ctx, g, o.total())
	}
	final := make([][][]float64, o.cases)
	for n := 0; ; {
		from := n + 1
		n = min(n+untilBatch, o.replications)
		x.now.Total = o.upTo(n)
		if err := x.reach(ctx, g, o.upTo(n)); err != nil {
			return n, false, err
		}
		for i := range final {
			for r := from; r <= o.of(i, n); r++ {
				v, err := x.final(g, o.run(i, r), until)
				if err != nil {
					return n, false, err
				}
				final[i] = append(final[i], v)
			}
		}
		if met = until.met(o, final); met || n == o.replications {
			return n, met, nil
		}
	}
}

// final are the stop rule's metrics at the end of a run, NaN for a failed one.
func (x *Execution) final(g *growing, run int, until *Until) ([]float64, error) {
	var r result
	if _, err := g.read(run, &r); err != nil || r.Failed != "" {
		return until.undefined(), err
	}
	return until.of(r.Market), nil
}

// reach does the runs that the log does not hold up to, not including, a run. They must be part of
// the progress's total.
func (x *Execution) reach(ctx context.Context, g *growing, to int) error {
	x.progress(func(p *Progress) {
		p.Phase = "runs"
		if there := min(len(g.at), to-g.head.From) - x.inLog; there > 0 {
			p.Done, p.Resumed, x.inLog = p.Done+there, p.Resumed+there, x.inLog+there
		}
	})
	if g.next() >= to {
		return x.stopped(ctx, context.Cause(ctx))
	}
	return x.stopped(ctx, execute(ctx, x.workload, x.engine, g.next(), to, func(run int, r *result) error {
		if err := g.add(run, r); err != nil {
			return fmt.Errorf("cannot keep a finished run: %w", err)
		}
		x.progress(func(p *Progress) {
			p.Done++
			x.inLog++
			if r.Failed != "" {
				p.Failed++
			}
		})
		return nil
	}))
}

// stopped says how far the runs came where the context ended them.
func (x *Execution) stopped(ctx context.Context, err error) error {
	if ctx.Err() == nil {
		return err
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	return &Stopped{x.now.Done, x.now.Total, x.now.Phase == "tables", context.Cause(ctx)}
}
