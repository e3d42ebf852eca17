package design

import (
	"fmt"
	"strconv"

	"simulate/internal/quantity"
	"simulate/sim/design/stream"
)

// mostCells bounds what a Latin hypercube holds in memory, four bytes a cell.
const mostCells = 500_000_000

// Latin is the Latin hypercube of McKay, Beckman & Conover (1979): each input has one point in
// each of n equal slices, in random order and at a random place in the slice. An input's column
// depends on its position and the seed, not on the others.
func Latin(s Spec) (*Points, error) {
	if err := checkSampled("lhs", s); err != nil {
		return nil, err
	}
	if s.Samples > mostPoints {
		return points(float64(s.Samples), s.Dimensions, nil)
	}
	if cells := float64(s.Samples) * float64(s.Dimensions); cells > mostCells {
		return nil, fmt.Errorf("a Latin hypercube of %s of %s takes more memory than most machines have; "+
			"take fewer samples, or sobol", quantity.Plural(s.Samples, "point"), quantity.Plural(s.Dimensions, "input"))
	}
	slices := make([][]uint32, s.Dimensions)
	places := make([]uint64, s.Dimensions)
	for j := range slices {
		key := stream.Key(s.Seed, "design/lhs/"+strconv.Itoa(j))
		slices[j] = make([]uint32, s.Samples)
		for i := range slices[j] {
			slices[j][i] = uint32(i)
		}
		stream.Shuffle(stream.New(key), slices[j])
		places[j] = stream.Mix(^key)
	}
	if err := reorder(slices, s.Correlations); err != nil {
		return nil, err
	}
	return points(float64(s.Samples), s.Dimensions, func(i int, u []float64) {
		for j := range u {
			slice := slices[j][i]
			u[j] = (float64(slice) + float64(stream.Open(stream.Of(places[j], uint64(slice))))) / float64(s.Samples)
		}
	})
}
