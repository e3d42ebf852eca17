package run

import (
	"context"
	"fmt"
	"sync"

	"golang.org/x/sync/errgroup"

	"simulate/sim"
)

// sweepRun is what a run of a sweep leaves: the recorded metrics, date by date, or how it failed.
type sweepRun struct {
	values []float64
	failed string // "" for a run that reached its end
}

// Failed is how the run failed, "" for one that reached its end.
func (r sweepRun) Failed() string { return r.failed }

// window is how many runs per worker may wait for one before them to finish.
const window = 32

// execute does the runs from (from 0) up to, not including, to. keep gets them in order, one at a time. Runs that the end of the
// context breaks off are not handed over.
func (s *Sweep) execute(ctx context.Context, from, to, jobs int, keep func(run int, r sweepRun) error) error {
	g, ctx := errgroup.WithContext(ctx)
	q := &sequence{next: from, claimed: from, end: to, most: window * jobs, waiting: map[int]sweepRun{}, keep: keep}
	q.moved.L = &q.mu
	stop := context.AfterFunc(ctx, q.wake)
	defer stop()
	cache := newReferenceCache(s.scenario.Config(), jobs)
	shaping, drawn := s.shaping()
	for range min(jobs, to-from) {
		w := &worker{sweep: s, cache: cache, shaping: shaping, drawn: drawn, at: -1}
		g.Go(func() error {
			for {
				run, more := q.claim(ctx)
				if !more {
					return context.Cause(ctx)
				}
				r := w.run(ctx, run)
				if ctx.Err() != nil {
					return context.Cause(ctx)
				}
				if err := q.put(run, r); err != nil {
					return err
				}
			}
		})
	}
	return g.Wait()
}

// sequence deals out runs in order and puts their results back into it.
type sequence struct {
	mu                       sync.Mutex
	moved                    sync.Cond // next moved, or the context ended
	next, claimed, end, most int
	waiting                  map[int]sweepRun
	keep                     func(int, sweepRun) error
}

func (q *sequence) wake() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.moved.Broadcast()
}

// claim is the next run to do, once the runs before it are not too far behind; false when there is none.
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
func (q *sequence) put(run int, r sweepRun) error {
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
		q.next++
		q.moved.Broadcast()
	}
}

// worker does runs one after the other and keeps the model of the case it is at.
type worker struct {
	sweep   *Sweep
	cache   *referenceCache
	shaping []bool
	drawn   bool

	at     int // case; −1: none
	values []float64
	cfg    *sim.Config
	model  *sim.Model
	key    []byte
}

// run does one run. An error or a panic is its result; the stack of a panic, which differs from run to run, is left to a replay.
func (w *worker) run(ctx context.Context, run int) (out sweepRun) {
	s := w.sweep
	number, replication := run/s.replications, run%s.replications+1
	defer func() {
		if v := recover(); v != nil {
			w.at = -1
			out = sweepRun{failed: fmt.Sprintf("panic: %v", v)}
		}
	}()
	if number != w.at || s.draws {
		w.at, w.model = -1, nil
		w.values = s.Values(number, w.values)
		var err error
		if w.cfg, err = s.config(w.values, replication); err != nil {
			return sweepRun{failed: err.Error()}
		}
		if w.model, err = sim.New(w.cfg); err != nil {
			return sweepRun{failed: err.Error()}
		}
		w.at = number
	}
	w.key = shape(w.key, w.shaping, w.drawn, w.values, replication)
	reference, err := w.cache.of(string(w.key), w.cfg).get(ctx)
	if err != nil {
		return sweepRun{failed: err.Error()}
	}
	m := w.model
	m.Reset(s.seed, replication, reference)
	values := make([]float64, 0, len(s.calendar)*len(s.metrics))
	for row, step := 0, 0; ; step++ {
		if row < len(s.calendar) && s.calendar[row].Step == step {
			for _, i := range s.metrics {
				values = append(values, sim.Metrics[i].Of(m))
			}
			row++
		}
		if m.Done() || ctx.Err() != nil {
			break
		}
		if err := m.Step(); err != nil {
			return sweepRun{failed: err.Error()}
		}
	}
	return sweepRun{values: values}
}
