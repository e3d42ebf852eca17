package history

import (
	"context"
	"fmt"

	"simulate/sim"
	"simulate/sim/experiment/run"
)

// ensemble is stochastic runs, each with a vector and luck of its own. A run leaves the watched
// series at the start and after each step, one series after the other.
type ensemble struct {
	*space
	members int
	watched []*Series
	vectors [][]float64 // taken in turn; nil: the scenario's own
	centre  *sim.Config
}

func newEnsemble(s *space, members int, watched []*Series) *ensemble {
	centre := *s.scenario.Centre()
	centre.Steps = s.base.Steps
	return &ensemble{space: s, members: members, watched: watched, centre: &centre}
}

// config is the configuration of a member.
func (e *ensemble) config(member int) (*sim.Config, error) {
	stochastic := e.scenario.Config().Stochastic
	if e.vectors == nil {
		return e.space.config(nil, stochastic)
	}
	cfg, err := e.space.config(e.vectors[member%len(e.vectors)], stochastic)
	if err == nil {
		cfg.ReferenceReplications = min(cfg.ReferenceReplications, luckReferences)
	}
	return cfg, err
}

// do makes the run of a member.
func (e *ensemble) do(ctx context.Context, engine *run.Engine, member int) (out []float64, err error) {
	cfg, err := e.config(member)
	var values paths
	if err == nil {
		values, err = follow(ctx, engine, run.Job{Config: cfg, Centre: e.centre, Seed: e.seed, Replication: member + 1},
			e.watched)
	}
	if err != nil {
		return nil, fmt.Errorf("run %d of %d: %w", member+1, e.members, err)
	}
	for _, path := range values {
		out = append(out, path...)
	}
	return out, nil
}

// read is what the members left.
func (e *ensemble) read(left run.Values) ([]paths, error) {
	out := make([]paths, e.members)
	for member := range out {
		values, err := left(member)
		if err != nil {
			return nil, err
		}
		for n := len(values) / len(e.watched); len(values) > 0; values = values[n:] {
			out[member] = append(out[member], values[:n])
		}
	}
	return out, nil
}
