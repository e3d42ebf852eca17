package history

import (
	"context"
	"fmt"
	"sync"

	"golang.org/x/sync/errgroup"

	"simulate/internal/fault"
	"simulate/sim"
)

// paths are the values of each watched series at the start and after each step of a run.
type paths [][]float64

// follow makes one run of a configuration and its reference, and reads the watched series.
func follow(cfg *sim.Config, ref *sim.Reference, seed uint64, replication int, watched []*Series) (paths, error) {
	if ref == nil {
		var err error
		if ref, err = sim.NewReference(cfg); err != nil {
			return nil, err
		}
	}
	m, err := sim.New(cfg)
	if err != nil {
		return nil, err
	}
	out := make(paths, len(watched))
	for i := range out {
		out[i] = make([]float64, 0, cfg.Steps+1)
	}
	m.Reset(seed, replication, ref)
	for {
		for i, s := range watched {
			out[i] = append(out[i], s.of(m))
		}
		if m.Done() {
			return out, nil
		}
		if err := m.Step(); err != nil {
			return nil, err
		}
	}
}

// each calls do for 0 to n−1 on several workers. What do leaves at its index does not depend on their number. Errors say which of the
// things called what it was, counted from 1.
func each(ctx context.Context, n, jobs int, what string, done func(), do func(i int) error) error {
	g, running := errgroup.WithContext(ctx)
	g.SetLimit(max(1, jobs))
	for i := range n {
		if running.Err() != nil {
			break
		}
		g.Go(func() (err error) {
			defer func() {
				if v := recover(); v != nil {
					err = fmt.Errorf("%s %d of %d: %w", what, i+1, n, fault.New(v))
				}
			}()
			if running.Err() != nil {
				return context.Cause(running)
			}
			if err = do(i); err != nil {
				return fmt.Errorf("%s %d of %d: %w", what, i+1, n, err)
			}
			if done != nil {
				done()
			}
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	return context.Cause(ctx)
}

// counter tells progress of each call, from one goroutine at a time.
func counter(progress func(done, total int), total int) func() {
	if progress == nil {
		return nil
	}
	var mu sync.Mutex
	done := 0
	return func() {
		mu.Lock()
		defer mu.Unlock()
		done++
		progress(done, total)
	}
}
