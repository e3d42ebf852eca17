package history

import (
	"math"
	"slices"

	"simulate/sim/experiment/results"
)

// CRPS is the continuous ranked probability score of an ensemble against what came true, ∫(F(z) −
// 1{z ≥ y})² dz with F the empirical distribution: E|X − y| − E|X − X′|/2 in the unit of y, the
// absolute error where all members agree (Gneiting & Raftery 2007). It reorders x and is NaN for an
// empty ensemble or one with an undefined member.
func CRPS(x []float64, y float64) float64 {
	n := float64(len(x))
	if len(x) == 0 || slices.ContainsFunc(x, math.IsNaN) {
		return math.NaN()
	}
	slices.Sort(x)
	sum := 0.0
	for i, v := range x {
		below := 0.0
		if y < v {
			below = n
		}
		sum += (v - y) * (below - float64(i) - 0.5)
	}
	return 2 * sum / (n * n)
}

// MASE is the mean absolute error of a forecast over the mean absolute step of the history before
// it, which is the error of a forecast of no change from one observation to the next (Hyndman &
// Koehler 2006). It is NaN where the history has no step.
func MASE(forecast, actual, history []float64) float64 {
	step := 0.0
	for i := 1; i < len(history); i++ {
		step += math.Abs(history[i] - history[i-1])
	}
	if len(history) < 2 || step == 0 {
		return math.NaN()
	}
	return absoluteError(forecast, actual) / (step / float64(len(history)-1))
}

// absoluteError is the mean absolute error.
func absoluteError(forecast, actual []float64) float64 {
	sum := 0.0
	for i := range actual {
		sum += math.Abs(forecast[i] - actual[i])
	}
	return sum / float64(len(actual))
}

// fiveOf gives the quantiles .05, .25, .5, .75 and .95 of the defined members of a sample, which it
// reorders.
func fiveOf(x []float64) [5]float64 { return results.Describe(x).Quantiles }
