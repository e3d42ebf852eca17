package run

import (
	"context"
	"crypto/sha256"
	"fmt"

	"golang.org/x/sync/errgroup"

	"simulate/internal/fault"
	"simulate/sim"
)

// references holds reference runs by what decides them, so that cases which differ in shocks and policies alone share one.
type references struct {
	parent *references
	made   map[[sha256.Size]byte]*sim.Reference
}

// newReferences makes the reference runs that all replications of a case share.
func newReferences(ctx context.Context, p *plan) (*references, error) {
	s := &references{made: map[[sha256.Size]byte]*sim.Reference{}}
	for _, c := range p.cases {
		first, err := c.config(p.seed, 1)
		if err != nil || ReferenceKey(first) != ReferenceKey(c.cfg) {
			if n := sim.ReferenceRuns(c.cfg); n > 1 {
				p.notice("%s draws parameters that shape its reference path, so that each replication makes %d reference runs of its own. Fewer reference_replications are faster and leave more noise in spending.", c.name, n)
			}
			continue
		}
		if _, err := s.get(ctx, c.cfg, p.Jobs); err != nil {
			if ctx.Err() != nil {
				return nil, context.Cause(ctx)
			}
			return nil, fmt.Errorf("%s: %w", c.name, err)
		}
	}
	return s, nil
}

// scope is a set that sees s and keeps what it adds to itself, for the time of a task.
func (s *references) scope() *references {
	return &references{parent: s, made: map[[sha256.Size]byte]*sim.Reference{}}
}

// get returns the reference run of a configuration, made with jobs workers where there is none yet.
func (s *references) get(ctx context.Context, cfg *sim.Config, jobs int) (*sim.Reference, error) {
	key := ReferenceKey(cfg)
	for at := s; at != nil; at = at.parent {
		if ref, ok := at.made[key]; ok {
			return ref, nil
		}
	}
	ref, err := MakeReference(ctx, cfg, jobs)
	if err != nil {
		return nil, err
	}
	s.made[key] = ref
	return ref, nil
}

// MakeReference averages the reference runs of a configuration in their order, so that the result does not depend on jobs.
func MakeReference(ctx context.Context, cfg *sim.Config, jobs int) (*sim.Reference, error) {
	cfg = sim.ReferenceConfig(cfg)
	runs := make([]*sim.Reference, sim.ReferenceRuns(cfg))
	jobs = min(jobs, len(runs))
	g, ctx := errgroup.WithContext(ctx)
	for worker := range jobs {
		g.Go(func() (err error) {
			r := worker
			defer func() {
				if v := recover(); v != nil {
					err = fmt.Errorf("reference run %d: %w", r, fault.New(v))
				}
			}()
			m, err := sim.New(cfg)
			if err != nil {
				return err
			}
			for ; r < len(runs); r += jobs {
				if ctx.Err() != nil {
					return context.Cause(ctx)
				}
				if runs[r], err = m.ReferenceRun(r); err != nil {
					return fmt.Errorf("reference run %d: %w", r, err)
				}
			}
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	return sim.MeanReference(runs), nil
}

// ReferenceKey is a hash of everything that decides a reference run. The configuration has neither maps nor, outside of shocks and
// policies, pointers, so that its Go syntax is canonical; floating-point numbers appear in full.
func ReferenceKey(cfg *sim.Config) [sha256.Size]byte {
	return sha256.Sum256(fmt.Appendf(nil, "%#v", *sim.ReferenceConfig(cfg)))
}
