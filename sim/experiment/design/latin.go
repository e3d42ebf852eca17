package design

import (
	"strconv"

	"simulate/sim/experiment/design/stream"
)

// makeLatin is the Latin hypercube of McKay, Beckman & Conover (1979): each input has one point in each of n equal slices, in
// random order and at a random place in the slice. An input's column depends on its position and the seed, not on the others.
func makeLatin(s Spec) (*Points, error) {
	if err := checkSampled("lhs", s); err != nil {
		return nil, err
	}
	if s.Samples > mostPoints {
		return points(float64(s.Samples), s.Dimensions, nil)
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
			u[j] = (float64(slice) + stream.Open(stream.Of(places[j], uint64(slice)))) / float64(s.Samples)
		}
	})
}
