package run

import (
	"container/list"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"sync"

	"simulate/internal/fault"
	"simulate/internal/quantity"
	"simulate/sim"
	"simulate/sim/scenario"
)

// fewRuns is how many reference runs a vector takes that differs from its centre.
const fewRuns = 16

// referenceBytes bounds what a cache of references holds, and entryBytes is what each takes besides
// its paths: itself, its places in the list and by key, its channel, and what the allocator adds.
const referenceBytes, entryBytes = 32 << 20, 800

// References makes reference paths and keeps those used last, up to a bound in bytes. It is safe
// for concurrent use; who asks for one that is being made waits for it.
type References struct {
	most int // bytes
	disk *Cache
	ran  func() // called after each reference run
	// first is the number of the first reference run, other than 0 where a test wants other luck.
	first int

	mu    sync.Mutex
	held  map[Key]*list.Element // of *reference
	used  *list.List            // the one used last in front
	bytes int
	known [16]struct { // keys of the configurations asked for last
		cfg *sim.Config
		key Key
	}
	next int // in known
}

// averaged are means of reference runs.
type averaged struct {
	mean   *sim.Reference
	few    *sim.Reference   // mean of the first runs, as vectors have them
	groups []*sim.Reference // means of each fewRuns-th run, from which the error of the mean is known
}

// reference is one that is there or being made.
type reference struct {
	key   Key
	ready chan struct{} // closed once mean or err is there
	averaged
	err  error
	size int // in bytes, 0 while it is being made
}

// NewReferences is an empty cache. Those of fixed rosters are also kept on disk; nil: they are not.
func NewReferences(disk *Cache) *References {
	return &References{most: referenceBytes, disk: disk, held: map[Key]*list.Element{}, used: list.New()}
}

// Watch has ran called after each reference run that is made, from any goroutine. It must be called
// before the first.
func (s *References) Watch(ran func()) { s.ran = ran }

// work is a configuration whose reference will be needed, and its centre.
type work struct{ cfg, centre *sim.Config }

// centred tells whether a vector near a configuration takes a few runs and is corrected at the
// centre.
func centred(cfg, centre *sim.Config) bool { return centre != nil && sim.ReferenceRuns(cfg) > fewRuns }

// want is a reference that somebody asks for.
type want struct {
	cfg, centre *sim.Config
	keep        bool          // on disk, if there is one
	slots       chan struct{} // a place is taken while a run is made
}

// of returns the reference that a configuration is measured against: the mean of its reference
// runs, or where it differs from its centre the mean of a few, moved by what more runs would change
// at the centre.
func (s *References) of(ctx context.Context, w want) (*sim.Reference, error) {
	key := s.key(w.cfg)
	if !centred(w.cfg, w.centre) || key == s.key(w.centre) {
		r, err := s.full(ctx, key, w.cfg, w.keep, w.slots)
		if err != nil {
			return nil, err
		}
		return r.mean, nil
	}
	centre := s.key(w.centre)
	both := vectorKey(key, centre)
	r, err := s.get(ctx, both, func(r *reference) error {
		return s.disk.through(r, w.cfg, w.keep, func() error {
			at, err := s.full(ctx, centre, w.centre, true, w.slots)
			if err != nil {
				return fmt.Errorf("at the scenario that it changes: %w", err)
			}
			own, err := s.runs(ctx, w.cfg, fewRuns, w.slots)
			if err == nil {
				r.mean = sim.Correct(own.mean, w.cfg, at.mean, at.few, w.centre)
			}
			return err
		})
	})
	if err != nil {
		return nil, err
	}
	return r.mean, nil
}

// vectorKey is the key of a reference that is corrected at a centre.
func vectorKey(key, centre Key) Key { return sha256.Sum256(append(key[:], centre[:]...)) }

// uncentred notes the segments of a scenario that its centre lacks, whose reference path no centre
// corrects.
func uncentred(s *scenario.Scenario, cfg *sim.Config) (notes []string) {
	centre := s.Centre()
	if sim.ReferenceRuns(cfg) <= fewRuns {
		return nil
	}
	for k := range cfg.Segments {
		id := cfg.Segments[k].ID
		if !slices.ContainsFunc(centre.Segments, func(c sim.SegmentSpec) bool { return c.ID == id }) {
			notes = append(notes, fmt.Sprintf("%s: the reference path of segment %s is the mean of %s and more noisy "+
				"than others, for %s has no such segment.",
				s.Name, id, quantity.Plural(fewRuns, "run"), s.CentreName))
		}
	}
	return notes
}

// full is the mean of all reference runs of a configuration, with that of the first few.
func (s *References) full(ctx context.Context, key Key, cfg *sim.Config, keep bool, slots chan struct{}) (*reference,
	error) {
	n := sim.ReferenceRuns(cfg)
	return s.get(ctx, key, func(r *reference) error {
		if s.first == 0 && carriedFor(r, cfg) {
			return nil
		}
		return s.disk.through(r, cfg, keep || n > fewRuns, func() (err error) {
			if r.averaged, err = s.runs(ctx, cfg, n, slots); n <= fewRuns {
				r.few, r.groups = nil, nil // nobody is corrected by them
			}
			return err
		})
	})
}

// grouped is full with the means of groups of runs, which the program does not carry.
func (s *References) grouped(ctx context.Context, key Key, cfg *sim.Config, keep bool, slots chan struct{}) (*reference,
	error) {
	r, err := s.full(ctx, key, cfg, keep, slots)
	if err != nil || r.groups != nil {
		return r, err
	}
	return s.get(ctx, sha256.Sum256(append(key[:], "groups"...)), func(r *reference) error {
		return s.disk.through(r, cfg, true, func() (err error) {
			r.averaged, err = s.runs(ctx, cfg, sim.ReferenceRuns(cfg), slots)
			return err
		})
	})
}

// key is the key of a configuration, remembered for those asked for last.
func (s *References) key(cfg *sim.Config) Key {
	s.mu.Lock()
	for _, k := range s.known {
		if k.cfg == cfg {
			s.mu.Unlock()
			return k.key
		}
	}
	s.mu.Unlock()
	key := ReferenceKey(cfg)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.known[s.next].cfg, s.known[s.next].key = cfg, key
	s.next = (s.next + 1) % len(s.known)
	return key
}

// get returns what is held under a key, made where there is none. What fails, or is broken off by
// the end of its context, is not held.
func (s *References) get(ctx context.Context, key Key, fill func(*reference) error) (*reference, error) {
	for {
		s.mu.Lock()
		if at, held := s.held[key]; held {
			s.used.MoveToFront(at)
			r := at.Value.(*reference)
			s.mu.Unlock()
			select {
			case <-ctx.Done():
				return nil, context.Cause(ctx)
			case <-r.ready:
			}
			if r.err != nil && errors.Is(r.err, errGivenUp) {
				continue // by another, whose context ended
			}
			return r, r.err
		}
		r := &reference{key: key, ready: make(chan struct{})}
		s.held[key] = s.used.PushFront(r)
		s.mu.Unlock()
		s.make(ctx, r, fill)
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		return r, r.err
	}
}

// errGivenUp is the error of a reference whose maker was told to stop.
var errGivenUp = errors.New("given up")

// make makes a reference and settles what is held.
func (s *References) make(ctx context.Context, r *reference, fill func(*reference) error) {
	r.err = func() (err error) {
		defer fault.Catch(&err)
		return fill(r)
	}()
	if ctx.Err() != nil {
		r.err = errGivenUp
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	defer close(r.ready)
	if r.err != nil {
		if at := s.held[r.key]; at != nil && at.Value == r {
			s.used.Remove(at)
			delete(s.held, r.key)
		}
		return
	}
	r.size = entryBytes
	for _, part := range append([]*sim.Reference{r.mean, r.few}, r.groups...) {
		if part != nil {
			r.size += part.Size()
		}
	}
	s.bytes += r.size
	for at := s.used.Back(); at != nil && s.bytes > s.most; {
		old, before := at.Value.(*reference), at.Prev()
		if old.size > 0 && old != r {
			s.used.Remove(at)
			delete(s.held, old.key)
			s.bytes -= old.size
		}
		at = before
	}
}
