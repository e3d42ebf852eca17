package results

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/stat"
)

// Stats describes the defined values of a sample. Everything but N is NaN where the sample does not
// define it.
type Stats struct {
	N         int     // values that are not NaN
	Mean      float64 // arithmetic mean
	SE        float64 // standard error of the mean, SD/√N; NaN below two values
	SD        float64 // sample standard deviation, divisor N−1; NaN below two values
	Quantiles [5]float64
}

// levels are the probabilities of Stats.Quantiles.
var levels = [5]float64{0.05, 0.25, 0.5, 0.75, 0.95}

// LevelNames are the column names of levels.
var LevelNames = [5]string{"q05", "q25", "q50", "q75", "q95"}

// Describe computes the statistics of the values that are not NaN. It overwrites and reorders x.
func Describe(x []float64) Stats {
	x = slices.DeleteFunc(x, math.IsNaN)
	s := Stats{N: len(x), Mean: math.NaN(), SE: math.NaN(), SD: math.NaN()}
	if len(x) > 0 {
		s.Mean = stat.Mean(x, nil)
	}
	if len(x) > 1 {
		s.SD = stat.StdDev(x, nil)
		s.SE = s.SD / math.Sqrt(float64(len(x)))
	}
	slices.Sort(x)
	for i, p := range levels {
		s.Quantiles[i] = Quantile(x, p)
	}
	return s
}

// Quantile is the quantile of type 7 in Hyndman & Fan (1996), R's default, of values in ascending
// order: with h = (n−1)p it lies the fraction h−⌊h⌋ of the way from x[⌊h⌋] to the next value. It is
// NaN for an empty sample.
func Quantile(sorted []float64, p float64) float64 {
	if len(sorted) == 0 {
		return math.NaN()
	}
	h := float64(len(sorted)-1) * p
	i := int(h)
	if i >= len(sorted)-1 {
		return sorted[len(sorted)-1]
	}
	a, b, w := sorted[i], sorted[i+1], h-float64(i)
	if a == b || w == 0 || math.IsInf(a, -1) {
		return a
	}
	return a + w*(b-a)
}

// Of returns a statistic by its column in the summary tables, one of condition.Statistics; NaN for
// another name.
func (s Stats) Of(name string) float64 {
	switch name {
	case "mean":
		return s.Mean
	case "se":
		return s.SE
	case "sd":
		return s.SD
	}
	if i := slices.Index(LevelNames[:], name); i >= 0 {
		return s.Quantiles[i]
	}
	return math.NaN()
}
