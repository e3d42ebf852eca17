package history

import (
	"context"

	"simulate/sim"
	"simulate/sim/experiment/run"
)

// paths are the values of each watched series at the start and after each step of a run.
type paths [][]float64

// follow makes one run and reads the watched series.
func follow(ctx context.Context, e *run.Engine, j run.Job, watched []*Series) (paths, error) {
	cfg := j.Config
	out := make(paths, len(watched))
	for i := range out {
		out[i] = make([]float64, 0, cfg.Steps+1)
	}
	err := e.Do(ctx, j, func(m *sim.Model, _ int) (bool, error) {
		for i, s := range watched {
			out[i] = append(out[i], s.of(m))
		}
		return false, nil
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}
