package plots

import (
	"math"
	"strconv"

	"simulate/internal/quantity"
)

// Cells of a map are as wide for a short step between values as for a long one, which a reader is
// told where steps differ.

// spacingNote says that cells stand evenly although the values of an input do not; nothing where
// they do.
func spacingNote(names [2]string, texts [2][]string) []string {
	var uneven []string
	for k, name := range names {
		if !evenly(texts[k]) {
			uneven = append(uneven, name)
		}
	}
	if len(uneven) == 0 {
		return nil
	}
	return []string{"Cells stand evenly, the values of " + quantity.List(uneven) + " do not."}
}

// evenly tells whether ascending numbers or dates are a step or a factor apart, but for the length
// of months; words always are.
func evenly(texts []string) bool {
	const tolerance = .12
	var values []float64
	for _, text := range texts {
		v, err := strconv.ParseFloat(text, 64)
		if begin, _, isDate := quantity.Period(text); err != nil && isDate {
			v, err = begin, nil
		}
		if err != nil {
			return true
		}
		values = append(values, v)
	}
	same := func(distance func(a, b float64) float64) bool {
		for i := 2; i < len(values); i++ {
			first, here := distance(values[0], values[1]), distance(values[i-1], values[i])
			if !(math.Abs(here-first) <= tolerance*math.Abs(first)) {
				return false
			}
		}
		return true
	}
	return same(func(a, b float64) float64 { return b - a }) ||
		len(values) > 0 && values[0] > 0 && same(func(a, b float64) float64 { return math.Log(b / a) })
}
