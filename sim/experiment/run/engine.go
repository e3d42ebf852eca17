package run

import (
	"context"
	"fmt"
	"math"
	"runtime"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"

	"simulate/internal/fault"
	"simulate/sim"
)

// Engine makes runs. It keeps the models that wait for their next run and the reference paths that
// runs need. It is safe for concurrent use.
type Engine struct {
	Jobs       int // runs at a time
	References *References

	slots chan struct{} // a place is taken while a model runs
	mu    sync.Mutex
	idle  []*sim.Model // the one used last at the end
}

// NewEngine is an engine for jobs runs at a time; 0: as many as there are processors. references is
// nil for a cache of its own.
func NewEngine(jobs int, references *References) *Engine {
	if jobs <= 0 {
		jobs = runtime.GOMAXPROCS(0)
	}
	if references == nil {
		references = NewReferences(nil)
	}
	return &Engine{Jobs: jobs, References: references, slots: make(chan struct{}, jobs)}
}

// Job is one run.
type Job struct {
	Config      *sim.Config // must not be changed while the engine lives
	Centre      *sim.Config // that the reference is near; nil: the configuration is its own
	Seed        uint64
	Replication int  // from 1
	Keep        bool // the reference on disk, where the engine's cache has one
	// Against is the reference that the run is measured against; nil: the configuration's own.
	Against *sim.Reference
	// Step advances the model in the place of sim.Model.Step, such as with a trace; nil: not.
	Step func(*sim.Model) error
}

// Do makes one run: it calls look at the start and after each step, with the number of steps done,
// until the end or until look has seen enough. The model is look's only until it returns. A panic
// becomes an error that wraps a *fault.Bug.
func (e *Engine) Do(ctx context.Context, j Job, look func(m *sim.Model, step int) (enough bool,
	err error)) (err error) {
	defer fault.Catch(&err)
	reference := j.Against
	if reference == nil {
		if reference, err = e.References.of(ctx, want{j.Config, j.Centre, j.Keep, e.slots}); err != nil {
			return err
		}
	}
	m, err := e.take(j.Config)
	if err != nil {
		return err
	}
	advance := j.Step
	if advance == nil {
		advance = (*sim.Model).Step
	}
	select {
	case e.slots <- struct{}{}:
		defer func() { <-e.slots }()
	case <-ctx.Done():
		return context.Cause(ctx)
	}
	m.Reset(j.Seed, j.Replication, reference)
	for step := 0; ; step++ {
		if enough, err := look(m, step); err != nil {
			return err
		} else if enough || m.Done() {
			break
		}
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		if err := advance(m); err != nil {
			return err
		}
	}
	e.give(m)
	return nil
}

// take is a model of a configuration, an idle one where there is one, otherwise one in the memory
// of that which waited longest where there are enough.
func (e *Engine) take(cfg *sim.Config) (*sim.Model, error) {
	m, ready := e.fromIdle(cfg)
	switch {
	case ready:
		return m, nil
	case m == nil:
		return sim.New(cfg)
	}
	return m, m.Renew(cfg)
}

func (e *Engine) fromIdle(cfg *sim.Config) (m *sim.Model, ready bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	for i := len(e.idle) - 1; i >= 0; i-- {
		if m := e.idle[i]; m.Config() == cfg {
			e.idle = slices.Delete(e.idle, i, i+1)
			return m, true
		}
	}
	if len(e.idle) < e.Jobs {
		return nil, false
	}
	m = e.idle[0]
	e.idle = slices.Delete(e.idle, 0, 1)
	return m, false
}

// give keeps a model for the next run; of more than one for each worker the one that waited longest
// goes.
func (e *Engine) give(m *sim.Model) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.idle = append(e.idle, m); len(e.idle) > e.Jobs {
		e.idle = slices.Delete(e.idle, 0, 1)
	}
}

// Each calls do for 0 to n−1, as many at a time as the engine has jobs. What do leaves at its index
// does not depend on their number. An error ends what has not begun and says which of the things
// called what it was, counted from 1, where they have a name.
func (e *Engine) Each(ctx context.Context, n int, what string, do func(ctx context.Context, i int) error) error {
	g, running := errgroup.WithContext(ctx)
	g.SetLimit(e.Jobs)
	for i := range n {
		if running.Err() != nil {
			break
		}
		g.Go(func() (err error) {
			defer func() {
				if err != nil && running.Err() == nil && what != "" {
					err = fmt.Errorf("%s %d of %d: %w", what, i+1, n, err)
				}
			}()
			defer fault.Catch(&err)
			if running.Err() != nil {
				return context.Cause(running)
			}
			return do(running, i)
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	return context.Cause(ctx)
}

// Value is an observer of one number at a step: look for Do that keeps it in v.
func Value(at int, of func(*sim.Model) float64, v *float64) func(*sim.Model, int) (bool, error) {
	*v = math.NaN()
	return func(m *sim.Model, step int) (bool, error) {
		if step < at {
			return false, nil
		}
		*v = of(m)
		return true, nil
	}
}
