package run

import (
	"context"
	"runtime/debug"

	"simulate/internal/fault"
)

// allAndTables does the runs that the log does not hold, and has the tables written from the first
// n replications of what it holds. Where several workers do the runs and no stop rule decides how
// many there are, the tables are written meanwhile.
func (x *Execution) allAndTables(ctx context.Context, e Experiment, g *growing, write func(ctx context.Context,
	from store, n int) (*draft, error)) (d *draft, err error) {
	if x.engine.Jobs == 1 || e.stop() != nil {
		n, met, err := x.all(ctx, e, g)
		if err != nil {
			return nil, err
		}
		defer spare()()
		x.progress(func(p *Progress) { p.Phase = "tables" })
		if d, err = write(ctx, g, n); err != nil {
			return nil, x.stopped(ctx, err)
		}
		d.manifest.UntilMet = met
		return d, nil
	}
	defer spare()()
	along, end := context.WithCancel(uncounted(ctx))
	defer end()
	written := make(chan error, 1)
	go func() {
		var err error
		defer func() { written <- err }()
		defer fault.Catch(&err)
		d, err = write(along, followed{g}, e.order().replications)
	}()
	if _, _, err = x.all(ctx, e, g); err == nil {
		x.progress(func(p *Progress) { p.Phase = "tables" })
	} else {
		end()
	}
	g.finished()
	if broken := <-written; err == nil && broken != nil {
		err = x.stopped(ctx, broken)
	}
	return d, err
}

// ofTables marks the context of work that is not what an execution foresees.
type ofTables struct{}

// uncounted is a context in which reference runs do not count as work done: those that tell how far
// the levels of a case move with its reference belong to the tables.
func uncounted(ctx context.Context) context.Context { return context.WithValue(ctx, ofTables{}, true) }

// spare has garbage collected sooner until the function that it returns is called. What is in use
// while tables are written, buffers of all of them and the index of their parts, is large for long
// and makes little garbage.
func spare() (back func()) {
	const percent = 40 // of what is in use
	usual := debug.SetGCPercent(percent)
	if usual < percent { // as the user wants it; -1 is never
		debug.SetGCPercent(usual)
	}
	return func() { debug.SetGCPercent(usual) }
}
