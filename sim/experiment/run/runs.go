package run

import (
	"context"
	"fmt"
	"runtime/debug"
	"sync"

	"golang.org/x/sync/errgroup"

	"simulate/sim"
	"simulate/sim/experiment/results"
)

// execution runs what a plan asks for and its journal does not have.
type execution struct {
	*plan
	journal    *journal
	references *references
	models     models

	mu       sync.Mutex
	progress Progress
}

// all runs the replications, in batches where a stop rule decides after each. It returns how many were run and whether
// the rule was met.
func (x *execution) all(ctx context.Context) (replications int, met bool, err error) {
	if x.until == nil {
		return x.replications, false, x.batch(ctx, 1, x.replications)
	}
	final := make([][][]float64, len(x.cases))
	for n := 0; ; {
		from := n + 1
		n = min(n+untilBatch, x.replications)
		if err := x.batch(ctx, from, n); err != nil {
			return n, false, err
		}
		for i, c := range x.cases {
			for r := from; r <= c.replications(n); r++ {
				v, err := x.final(runKey{i, r})
				if err != nil {
					return n, false, err
				}
				final[i] = append(final[i], v)
			}
		}
		if met = x.until.met(x.cases, final); met || n == x.replications {
			return n, met, nil
		}
	}
}

// final are the stop rule's metrics at the end of a run, NaN for a failed one.
func (x *execution) final(k runKey) ([]float64, error) {
	r, err := x.journal.read(k)
	if err != nil || r.Failure != nil {
		return x.until.undefined(), err
	}
	return x.until.of(r.Market), nil
}

// batch runs the replications from..to of every case that are not in the journal yet.
func (x *execution) batch(ctx context.Context, from, to int) error {
	work := x.tasks(from, to)
	if len(work) == 0 {
		x.report(func(p *Progress) { p.Phase = "runs" })
		return context.Cause(ctx)
	}
	if x.references == nil {
		x.report(func(p *Progress) { p.Phase = "reference" })
		var err error
		if x.references, err = newReferences(ctx, x.plan); err != nil {
			return err
		}
	}
	x.report(func(p *Progress) { p.Phase = "runs" })
	g, running := errgroup.WithContext(ctx)
	g.SetLimit(x.Jobs)
	inner := max(1, x.Jobs/len(work)) // workers that a task's own reference run may use
	for _, t := range work {
		if running.Err() != nil {
			break
		}
		g.Go(func() error { return x.do(running, t, inner) })
	}
	if err := g.Wait(); err != nil {
		return err
	}
	return context.Cause(ctx)
}

// task is a set of runs that one worker does one after the other. Where parameters are drawn it holds a replication of all
// cases, for these share the draws and so the reference run.
type task []runKey

// tasks lists the replications from..to that are not in the journal yet, in order.
func (x *execution) tasks(from, to int) []task {
	together := false
	for _, c := range x.cases {
		together = together || c.draws
	}
	var work []task
	total, missing := 0, 0
	for r := from; r <= to; r++ {
		var t task
		for i, c := range x.cases {
			if r > c.replications(to) {
				continue
			}
			total++
			k := runKey{i, r}
			if x.journal.has(k) {
				continue
			}
			missing++
			t = append(t, k)
			if !together {
				work, t = append(work, t), nil
			}
		}
		if len(t) > 0 {
			work = append(work, t)
		}
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	x.progress.Total += total
	x.progress.Done += total - missing
	x.progress.Resumed += total - missing
	return work
}

// do runs a task. Its error is one of the journal or the end of the context; a failed run is a result.
func (x *execution) do(ctx context.Context, t task, inner int) error {
	shared := x.references.scope()
	for _, k := range t {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		r := x.one(ctx, k, shared, inner)
		if ctx.Err() != nil {
			return context.Cause(ctx) // the run broke off because it was told to
		}
		if err := x.journal.add(k, r); err != nil {
			return fmt.Errorf("cannot keep a finished run: %w", err)
		}
		x.report(func(p *Progress) {
			p.Done++
			if r.Failure != nil {
				p.Failed++
			}
		})
	}
	return nil
}

// one does a single run. An error or a panic becomes the run's failure.
func (x *execution) one(ctx context.Context, k runKey, shared *references, inner int) (r *run) {
	c := x.cases[k.Case]
	fail := func(text, stack string) *run {
		return &run{Failure: &results.Failure{Case: c.name, Replication: k.Replication, Error: text, Stack: stack}}
	}
	defer func() {
		if v := recover(); v != nil {
			r = fail(fmt.Sprintf("panic: %v", v), string(debug.Stack()))
		}
	}()
	cfg, err := c.config(x.seed, k.Replication)
	if err != nil {
		return fail(err.Error(), "")
	}
	ref, err := shared.get(ctx, cfg, inner)
	if err != nil {
		return fail(err.Error(), "")
	}
	m, err := x.models.take(cfg)
	if err != nil {
		return fail(err.Error(), "")
	}
	m.Reset(x.seed, k.Replication, ref)
	r = startRun(len(c.calendar), len(cfg.Segments))
	for row, step := 0, 0; ; step++ {
		if at := c.calendar[row]; at.Step == step {
			r.observe(m, row, at.Labs)
			row++
		}
		if m.Done() || ctx.Err() != nil {
			break
		}
		if err := m.Step(); err != nil {
			return fail(err.Error(), "")
		}
	}
	r.finish(m)
	if cfg == c.cfg {
		x.models.give(cfg, m)
	}
	return r
}

// report changes the progress and tells the caller.
func (x *execution) report(change func(*Progress)) {
	x.mu.Lock()
	defer x.mu.Unlock()
	change(&x.progress)
	if x.Progress != nil {
		x.Progress(x.progress)
	}
}

// models keeps the models that wait for their next run. Each is used by one worker at a time.
type models struct {
	mu   sync.Mutex
	idle map[*sim.Config][]*sim.Model
}

func (s *models) take(cfg *sim.Config) (*sim.Model, error) {
	s.mu.Lock()
	if waiting := s.idle[cfg]; len(waiting) > 0 {
		m := waiting[len(waiting)-1]
		s.idle[cfg] = waiting[:len(waiting)-1]
		s.mu.Unlock()
		return m, nil
	}
	s.mu.Unlock()
	return sim.New(cfg)
}

func (s *models) give(cfg *sim.Config, m *sim.Model) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.idle == nil {
		s.idle = map[*sim.Config][]*sim.Model{}
	}
	s.idle[cfg] = append(s.idle[cfg], m)
}
