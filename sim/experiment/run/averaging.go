package run

import (
	"context"
	"fmt"
	"sync"

	"simulate/internal/fault"
	"simulate/sim"
)

// runs makes n reference runs of a configuration and averages them in their order, so that the
// result depends on nothing else. As many work at it as there are free places.
func (s *References) runs(ctx context.Context, cfg *sim.Config, n int, slots chan struct{}) (averaged, error) {
	x := &averaging{ctx: ctx, cfg: sim.ReferenceConfig(cfg), first: s.first, total: n, waiting: map[int]*sim.Reference{},
		groups: make([]sim.ReferenceSum, min(fewRuns, n)), slots: slots, ran: s.ran}
	if ctx.Value(ofTables{}) != nil {
		x.ran = nil
	}
	x.work(false)
	x.helpers.Wait()
	if ctx.Err() != nil {
		return averaged{}, context.Cause(ctx)
	}
	if x.wrong != nil {
		return averaged{}, x.wrong
	}
	out := averaged{mean: x.sum.Mean(), few: x.few}
	for i := range x.groups {
		out.groups = append(out.groups, x.groups[i].Mean())
	}
	return out, nil
}

// averaging is a mean of reference runs in the making.
type averaging struct {
	ctx     context.Context
	cfg     *sim.Config
	first   int // number of the first run
	total   int
	slots   chan struct{}
	ran     func()
	helpers sync.WaitGroup

	mu      sync.Mutex
	claimed int
	waiting map[int]*sim.Reference // runs that are done before one that comes first
	sum     sim.ReferenceSum
	groups  []sim.ReferenceSum
	few     *sim.Reference
	wrong   error // of the first run that failed
	failed  int   // its number
}

// work does runs that nobody has begun, one after the other, and calls for help where a place is
// free. placed says that the caller's place is taken already.
func (x *averaging) work(placed bool) {
	var m *sim.Model
	defer func() {
		if m != nil {
			worn.Put(m)
		}
	}()
	for {
		if !placed {
			select {
			case x.slots <- struct{}{}:
			case <-x.ctx.Done():
				return
			}
		}
		placed = false
		k, more := x.claim()
		if more {
			x.helped()
			x.put(k, x.one(&m, k))
		}
		<-x.slots
		if !more {
			return
		}
	}
}

// claim is the next run to do, false when there is none.
func (x *averaging) claim() (int, bool) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.claimed == x.total || x.wrong != nil || x.ctx.Err() != nil {
		return 0, false
	}
	x.claimed++
	return x.claimed - 1, true
}

// helped lets another worker begin where a place is free and something is left to do.
func (x *averaging) helped() {
	x.mu.Lock()
	left := x.total - x.claimed
	x.mu.Unlock()
	if left < 1 {
		return
	}
	select {
	case x.slots <- struct{}{}:
		x.helpers.Go(func() { x.work(true) })
	default:
	}
}

// worn are models that have made their reference runs, whose memory the next reference uses.
var worn sync.Pool

// outcome is what a reference run leaves.
type outcome struct {
	run *sim.Reference
	err error
}

func (x *averaging) one(m **sim.Model, k int) (o outcome) {
	defer func() {
		if o.err != nil {
			o.err = fmt.Errorf("reference run %d: %w", k, o.err)
		}
	}()
	defer fault.Catch(&o.err)
	if *m == nil {
		last, there := worn.Get().(*sim.Model)
		if !there {
			last = &sim.Model{}
		}
		if o.err = last.Renew(x.cfg); o.err != nil {
			return o
		}
		*m = last
	}
	o.run, o.err = (*m).ReferenceRun(x.first + k)
	return o
}

// put takes a finished run and adds up all that are complete up to there.
func (x *averaging) put(k int, o outcome) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if o.err != nil {
		if x.wrong == nil || k < x.failed {
			x.wrong, x.failed = o.err, k
		}
		return
	}
	x.waiting[k] = o.run
	for {
		next := x.sum.Runs()
		r, there := x.waiting[next]
		if !there {
			break
		}
		delete(x.waiting, next)
		x.groups[next%len(x.groups)].Add(r)
		if x.sum.Add(r); x.sum.Runs() == min(fewRuns, x.total) {
			x.few = x.sum.Mean()
		}
	}
	if x.ran != nil {
		x.ran()
	}
}
