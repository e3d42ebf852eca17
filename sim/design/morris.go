package design

import (
	"fmt"

	"simulate/sim/design/stream"
)

// makeMorris is the design of Morris (1991): trajectories of d + 1 points in which each input moves
// once, by half of its range, in random order and direction. The p levels of an input are the
// middles of p equal cells, (k + ½)/p, so that a step is ½ exactly and no level is an end at which
// a distribution is infinite. More trajectories only add rows at the end.
func makeMorris(s Spec) (*Points, error) {
	if err := checkSampled("morris", s); err != nil {
		return nil, err
	}
	if err := independent("morris", s); err != nil {
		return nil, err
	}
	p := 4
	if len(s.Levels) > 0 {
		p = s.Levels[0]
	}
	if len(s.Levels) > 1 || p < 2 || p%2 != 0 {
		return nil, fmt.Errorf("morris takes one even number of levels (4 is usual), not %v", s.Levels)
	}
	d := s.Dimensions
	key := stream.Key(s.Seed, "design/morris")
	return points(float64(s.Samples)*float64(d+1), d, func(i int, u []float64) {
		draws := stream.New(stream.Of(key, uint64(i/(d+1))))
		order, from, to := make([]int, d), make([]int, d), make([]int, d)
		for j := range order {
			order[j] = j
			from[j] = draws.Below(p / 2)
			to[j] = from[j] + p/2
			if draws.Below(2) == 1 {
				from[j], to[j] = to[j], from[j]
			}
		}
		stream.Shuffle(draws, order)
		for k, j := range order {
			if k < i%(d+1) {
				u[j] = middle(to[j], p)
			} else {
				u[j] = middle(from[j], p)
			}
		}
	})
}
