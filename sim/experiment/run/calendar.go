package run

import (
	"math"

	"simulate/internal/quantity"
	"simulate/sim"
)

// Observation is a date at which a run is recorded.
type Observation struct {
	Step int // steps done by then
	Date string
	Labs bool // labs.csv has rows too
}

// calendar lists the recorded dates of a clock: its start, the first step that reaches the end of
// each period, and the last step. Labs are recorded each year, or each step where record is "step".
func Calendar(cfg *sim.Config, record string) []Observation {
	perYear := map[string]float64{"year": 1, "quarter": 4}[record]
	at := func(step int) float64 { return cfg.Start + float64(step)/float64(cfg.StepsPerYear) }
	reaches := func(step int, perYear float64) bool {
		period := func(t float64) float64 { return math.Floor(float64(t*perYear) + 1e-6) }
		return period(at(step)) > period(at(step-1))
	}
	out := []Observation{{Step: 0, Date: quantity.LastDay(cfg.Start), Labs: true}}
	for n := 1; n <= cfg.Steps; n++ {
		last := n == cfg.Steps
		if last || record == "step" || reaches(n, perYear) {
			out = append(out, Observation{Step: n, Date: quantity.LastDay(at(n)), Labs: last || record == "step" || reaches(n,
				1)})
		}
	}
	return out
}
