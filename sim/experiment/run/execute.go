package run

import (
	"context"
	"errors"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"simulate/internal/fault"
	"simulate/sim"
)

// window is how many runs per worker may wait for one before them to finish.
const window = 32

// execute does the runs from (from 0) up to, not including, to. keep gets them in order, one at a
// time, and must not hold them after it returns. Runs that the end of the context breaks off are
// not handed over.
func execute(ctx context.Context, w Workload, engine *Engine, from, to int, keep func(run int,
	r *result) error) error {
	g, ctx := errgroup.WithContext(ctx)
	q := &sequence{next: from, claimed: from, end: to, most: window * engine.Jobs, waiting: map[int]*result{}, keep: keep}
	q.moved.L = &q.mu
	stop := context.AfterFunc(ctx, q.wake)
	defer stop()
	for range min(engine.Jobs, to-from) {
		do := doer(w, engine)
		g.Go(func() error {
			for {
				run, more := q.claim(ctx)
				if !more {
					return context.Cause(ctx)
				}
				r, err := do(ctx, run)
				if ctx.Err() != nil {
					return context.Cause(ctx)
				}
				if err != nil {
					return err
				}
				if err := q.put(run, r); err != nil {
					return err
				}
			}
		})
	}
	return g.Wait()
}

// doer is what one goroutine does runs by. An error ends the work; a run that broke off is a
// result.
func doer(w Workload, engine *Engine) func(ctx context.Context, run int) (*result, error) {
	switch w := w.(type) {
	case Experiment:
		one := &worker{experiment: w, engine: engine, at: -1}
		return func(ctx context.Context, run int) (*result, error) { return one.run(ctx, run), nil }
	case *Batch:
		return func(ctx context.Context, run int) (*result, error) { return w.result(ctx, engine, run) }
	}
	panic("run: a workload of no kind")
}

// sequence deals out runs in order and puts their results back into it.
type sequence struct {
	mu                       sync.Mutex
	moved                    sync.Cond // next moved, or the context ended
	next, claimed, end, most int
	waiting                  map[int]*result
	keep                     func(int, *result) error
}

func (q *sequence) wake() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.moved.Broadcast()
}

// claim is the next run to do, once the runs before it are not too far behind; false when there is
// none.
func (q *sequence) claim(ctx context.Context) (int, bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for q.claimed < q.end && q.claimed >= q.next+q.most && ctx.Err() == nil {
		q.moved.Wait()
	}
	if q.claimed == q.end || ctx.Err() != nil {
		return 0, false
	}
	q.claimed++
	return q.claimed - 1, true
}

// put takes a finished run and keeps all that are complete up to there.
func (q *sequence) put(run int, r *result) error {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.waiting[run] = r
	for {
		r, there := q.waiting[q.next]
		if !there {
			return nil
		}
		delete(q.waiting, q.next)
		if err := q.keep(q.next, r); err != nil {
			return err
		}
		spent.Put(r)
		q.next++
		q.moved.Broadcast()
	}
}

// worker does runs one after the other and remembers the configuration of the one before, which the
// next may share.
type worker struct {
	experiment Experiment
	engine     *Engine
	at         int // case of cfg where all its replications share it; −1: none
	cfg        *sim.Config
}

// run does one run. An error or a panic is its result.
func (w *worker) run(ctx context.Context, run int) *result {
	e := w.experiment
	number, replication := e.order().at(run)
	if number != w.at {
		cfg, err := e.config(number, replication)
		if err != nil {
			w.at = -1
			return failed(err)
		}
		if w.cfg, w.at = cfg, number; e.drawn(number) {
			w.at = -1
		}
	}
	r, err := observed(ctx, e, number, w.engine, Job{Config: w.cfg, Centre: e.centre(number), Seed: e.seeded(),
		Replication: replication, Keep: !e.drawn(number) && e.kept(number)})
	if err != nil {
		return failed(err)
	}
	return r
}

// observed does a run of a case and records what the experiment keeps.
func observed(ctx context.Context, e Experiment, number int, engine *Engine, j Job) (*result, error) {
	if p, ok := e.(*Runs); ok && p.spots != nil {
		return p.read(ctx, number, engine, j)
	}
	rec, calendar := e.recorded(), e.calendar(number)
	r := rec.start(len(calendar), len(j.Config.Segments))
	row := 0
	err := engine.Do(ctx, j, func(m *sim.Model, step int) (bool, error) {
		if row < len(calendar) && calendar[row].Step == step {
			r.observe(rec, m, row, calendar[row].Labs)
			row++
		}
		if m.Done() && rec.happens {
			r.finish(m)
		}
		return false, nil
	})
	return r, err
}

// failed is the result of a run that broke off. Its words do not tell where in the program that
// was, which the stack does.
func failed(err error) *result {
	r := &result{Failed: err.Error()}
	var bug *fault.Bug
	if errors.As(err, &bug) {
		r.Failed, r.Stack = strings.Replace(r.Failed, bug.Error(), "panic: "+bug.What, 1), strings.Join(bug.Where, "\n")
	}
	return r
}
