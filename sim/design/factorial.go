package design

import (
	"fmt"

	"simulate/internal/quantity"
)

// makeGrid is the full factorial design. Levels of L values lie in the middle of L equal cells; the
// last input changes fastest.
func makeGrid(s Spec) (*Points, error) {
	if err := checkDimensions(s); err != nil {
		return nil, err
	}
	if err := independent("grid", s); err != nil {
		return nil, err
	}
	if len(s.Levels) != s.Dimensions {
		return nil, fmt.Errorf("a grid needs the number of values of each of its %s, got %s",
			quantity.Plural(s.Dimensions, "input"),
			quantity.Plural(len(s.Levels), "number"))
	}
	size := 1.0
	for j, l := range s.Levels {
		if l < 1 {
			return nil, fmt.Errorf("input %d of the grid has %s; give at least one", j+1, quantity.Plural(l, "value"))
		}
		size *= float64(l)
	}
	return points(size, s.Dimensions, func(i int, u []float64) {
		for j := len(u) - 1; j >= 0; j-- {
			u[j] = middle(i%s.Levels[j], s.Levels[j])
			i /= s.Levels[j]
		}
	})
}

// makeList pairs the values of the inputs row by row; all lists have the same length.
func makeList(s Spec) (*Points, error) {
	if err := checkDimensions(s); err != nil {
		return nil, err
	}
	if err := independent("list", s); err != nil {
		return nil, err
	}
	if len(s.Levels) == 0 {
		return nil, fmt.Errorf("a list needs its number of rows")
	}
	n := s.Levels[0]
	for j, l := range s.Levels {
		if l < 1 || l != n {
			return nil, fmt.Errorf("the lists are read row by row and must be equally long, but input 1 has %s and "+
				"input %d has %d; "+
				"make them equal, or use grid for every combination", quantity.Plural(n, "value"), j+1, l)
		}
	}
	return points(float64(n), s.Dimensions, func(i int, u []float64) {
		for j := range u {
			u[j] = middle(i, n)
		}
	})
}

// makeOneAtATime gives the base point, then for each input its low and its high setting.
func makeOneAtATime(s Spec) (*Points, error) {
	if err := checkDimensions(s); err != nil {
		return nil, err
	}
	if err := independent("oat", s); err != nil {
		return nil, err
	}
	settings := [3][]float64{s.Low, s.Base, s.High}
	for k, name := range []string{"low", "base", "high"} {
		if settings[k] == nil {
			settings[k] = make([]float64, s.Dimensions)
			for j := range settings[k] {
				settings[k][j] = [3]float64{0.05, 0.5, 0.95}[k]
			}
		}
		if len(settings[k]) != s.Dimensions {
			return nil, fmt.Errorf("oat needs a %s setting for each of the %s, got %d", name,
				quantity.Plural(s.Dimensions, "input"),
				len(settings[k]))
		}
	}
	low, base, high := settings[0], settings[1], settings[2]
	for j := range base {
		if !(0 <= low[j] && low[j] < high[j] && high[j] <= 1 && low[j] <= base[j] && base[j] <= high[j]) {
			return nil, fmt.Errorf(
				"oat needs 0 ≤ low ≤ base ≤ high ≤ 1 and low < high, but input %d has %g, %g and %g",
				j+1,
				low[j],
				base[j],
				high[j],
			)
		}
	}
	return points(float64(2*s.Dimensions+1), s.Dimensions, func(i int, u []float64) {
		copy(u, base)
		if i > 0 {
			j := (i - 1) / 2
			u[j] = [2][]float64{low, high}[(i-1)%2][j]
		}
	})
}

// middle is the middle of cell k of n equal cells of the unit interval.
func middle(k, n int) float64 { return (float64(k) + 0.5) / float64(n) }
