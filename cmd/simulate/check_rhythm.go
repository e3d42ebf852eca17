package main

import (
	"math"

	"simulate/sim/scenario"
)

// rhythmOf is the coarsest rhythm of records that holds the dates of all patterns: labs are
// recorded at year-ends, or at every step.
func rhythmOf(scenarios []*scenario.Scenario) string {
	rhythm := "year"
	for _, s := range scenarios {
		for _, e := range s.Expect {
			for _, date := range []float64{e.At, e.Since} {
				switch {
				case math.IsNaN(date) || onGrid(date, 1):
				case e.Lab == "" && onGrid(date, 4):
					rhythm = "quarter"
				default:
					return "step"
				}
			}
		}
	}
	return rhythm
}

// onGrid reports whether a date is a multiple of a part of a year.
func onGrid(date float64, perYear float64) bool {
	return math.Abs(date*perYear-math.Round(date*perYear)) < 1e-6
}
