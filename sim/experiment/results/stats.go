package results

import (
	"math"
	"slices"

	"simulate/sim/portable"
)

// Stats describes the defined values of a sample. Everything but N is NaN where the sample does not
// define it.
type Stats struct {
	N         int     // values that are not NaN
	Mean      float64 // arithmetic mean
	SE        float64 // standard error of the mean, SD/√N and what Share adds; NaN below two values
	Shared    float64 // part of SE that the values share; NaN where nothing was added
	Low, High float64 // 95 % interval of the mean, Student's; NaN where the values do not differ
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
	s := Stats{N: len(x), Mean: math.NaN(), SE: math.NaN(), Shared: math.NaN(), Low: math.NaN(), High: math.NaN(),
		SD: math.NaN()}
	if len(x) > 0 {
		s.Mean, s.SD = portable.MeanStdDev(x)
		s.SE = s.SD / math.Sqrt(float64(len(x)))
		s.bound(float64(len(x) - 1))
	}
	slices.Sort(x)
	for i, p := range levels {
		s.Quantiles[i] = Quantile(x, p)
	}
	return s
}

// Share adds an error that all values share, by its variance and the degrees of freedom behind it,
// to the standard error and the interval of the mean.
func (s *Stats) Share(variance, freedom float64) {
	if math.IsNaN(variance) || s.N < 2 {
		return
	}
	own := float64(s.SE * s.SE)
	s.Shared, s.SE = math.Sqrt(variance), math.Sqrt(own+variance)
	of := float64(own*own) / float64(s.N-1)
	if variance > 0 {
		of += float64(variance*variance) / freedom
	}
	s.bound(float64((own+variance)*(own+variance)) / of) // Satterthwaite
}

// bound sets the interval of the mean for degrees of freedom.
func (s *Stats) bound(freedom float64) {
	if s.SE > 0 && !math.IsInf(s.SE, 0) {
		reach := float64(s.SE * portable.StudentQuantile(0.975, freedom))
		s.Low, s.High = s.Mean-reach, s.Mean+reach
	}
}

// Quantile is the quantile of type 7 in Hyndman & Fan (1996), R's default, of values in ascending
// order: with h = (n−1)p it lies the fraction h−⌊h⌋ of the way from x[⌊h⌋] to the next value. It is
// NaN for an empty sample.
func Quantile(sorted []float64, p float64) float64 {
	if len(sorted) == 0 {
		return math.NaN()
	}
	h := float64(float64(len(sorted)-1) * p)
	i := int(h)
	if i >= len(sorted)-1 {
		return sorted[len(sorted)-1]
	}
	a, b, w := sorted[i], sorted[i+1], h-float64(i)
	if a == b || w == 0 || math.IsInf(a, -1) {
		return a
	}
	return a + float64(w*(b-a))
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
