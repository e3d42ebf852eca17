package design

// Cross meets every combination of listed levers with every point of a sample of everything else,
// so that all policies are tried in the same futures: point f·G + g is combination g of G in future
// f, the last lever changing fastest. lever tells by input whether it is one; levels counts their
// values, in order; sample has a coordinate for each input that is none.
func Cross(lever []bool, levels []int, sample *Points) (*Points, error) {
	combinations := 1.0
	for _, n := range levels {
		combinations *= float64(n)
	}
	G := int(combinations)
	return points(combinations*float64(sample.Len()), len(lever), func(i int, u []float64) {
		future := sample.Row(i/G, make([]float64, sample.Dimensions()))
		rest, l := i%G, len(levels)
		for j := len(lever) - 1; j >= 0; j-- {
			if lever[j] {
				l--
				u[j] = (float64(rest%levels[l]) + 0.5) / float64(levels[l])
				rest /= levels[l]
			}
		}
		at := 0
		for j, is := range lever {
			if !is {
				u[j] = future[at]
				at++
			}
		}
	})
}
