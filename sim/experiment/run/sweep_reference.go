package run

import (
	"context"
	"encoding/binary"
	"fmt"
	"math"
	"slices"
	"sync"
	"sync/atomic"

	"simulate/sim"
)

// sharedReference is a reference that every worker in need of it helps to make.
type sharedReference struct {
	cfg   *sim.Config
	runs  []*sim.Reference
	wrong []error
	total int
	next  atomic.Int64
	left  atomic.Int64
	ready chan struct{} // closed once mean or err is there
	mean  *sim.Reference
	err   error
}

func newSharedReference(cfg *sim.Config) *sharedReference {
	n := sim.ReferenceRuns(cfg)
	r := &sharedReference{cfg: sim.ReferenceConfig(cfg), runs: make([]*sim.Reference, n), wrong: make([]error, n), total: n, ready: make(chan struct{})}
	r.left.Store(int64(n))
	return r
}

// get does reference runs that nobody has begun, waits for those of others, and returns their mean in order.
func (r *sharedReference) get(ctx context.Context) (*sim.Reference, error) {
	var m *sim.Model
	for ctx.Err() == nil {
		k := int(r.next.Add(1)) - 1
		if k >= r.total {
			break
		}
		r.wrong[k] = r.one(&m, k)
		if r.left.Add(-1) == 0 {
			r.finish()
		}
	}
	select {
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	case <-r.ready:
		return r.mean, r.err
	}
}

func (r *sharedReference) one(m **sim.Model, k int) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("reference run %d: panic: %v", k, v) // without the stack, which differs from run to run
		}
	}()
	if *m == nil {
		if *m, err = sim.New(r.cfg); err != nil {
			return err
		}
	}
	if r.runs[k], err = (*m).ReferenceRun(k); err != nil {
		return fmt.Errorf("reference run %d: %w", k, err)
	}
	return nil
}

func (r *sharedReference) finish() {
	for _, err := range r.wrong {
		if err != nil {
			r.err = err
			break
		}
	}
	if r.err == nil {
		r.mean = sim.MeanReference(r.runs)
	}
	r.runs, r.wrong = nil, nil
	close(r.ready)
}

// referenceCache keeps the references used last, by the values that decide them.
type referenceCache struct {
	mu    sync.Mutex
	held  map[string]*sharedReference
	order []string // least recently used first
	most  int
}

// referenceBytes bounds what the references of a cache hold.
const referenceBytes = 48 << 20

func newReferenceCache(cfg *sim.Config, jobs int) *referenceCache {
	each := 8 * (cfg.Steps + 1) * (1 + len(cfg.Segments) + len(cfg.Labs))
	return &referenceCache{held: map[string]*sharedReference{}, most: max(2*jobs+2, referenceBytes/each)}
}

// of returns the reference under a key, begun from the configuration where there is none.
func (c *referenceCache) of(key string, cfg *sim.Config) *sharedReference {
	c.mu.Lock()
	defer c.mu.Unlock()
	if r, held := c.held[key]; held {
		for i := len(c.order) - 1; i >= 0; i-- {
			if c.order[i] == key {
				c.order = append(slices.Delete(c.order, i, i+1), key)
				break
			}
		}
		return r
	}
	if len(c.order) == c.most {
		delete(c.held, c.order[0])
		c.order = c.order[1:]
	}
	r := newSharedReference(cfg)
	c.held[key], c.order = r, append(c.order, key)
	return r
}

// shaping says which inputs, and whether the draws, decide the reference: those whose change shows in its configuration.
func (s *Sweep) shaping() (inputs []bool, draws bool) {
	base := s.scenario.Config()
	plain := ReferenceKey(base)
	for i := range s.inputs {
		shapes := false
		for _, u := range []float64{0.25, 0.75} {
			in := s.inputs[i]
			in.oat = false
			cfg, err := s.scenario.Vary(base, s.levers[i:i+1], []float64{in.value(u)})
			shapes = shapes || err != nil || ReferenceKey(cfg) != plain
		}
		inputs = append(inputs, shapes)
	}
	if s.draws {
		drawn, err := s.scenario.Draw(s.seed, 1)
		draws = err != nil || ReferenceKey(drawn) != plain
	}
	return inputs, draws
}

// shape is the key of a run's reference.
func shape(key []byte, inputs []bool, draws bool, values []float64, replication int) []byte {
	key = key[:0]
	for i, v := range values {
		if inputs[i] {
			key = binary.LittleEndian.AppendUint64(key, math.Float64bits(v))
		}
	}
	if draws {
		key = binary.LittleEndian.AppendUint64(key, uint64(replication))
	}
	return key
}
