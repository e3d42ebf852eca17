package experiment

import (
	"math"
	"time"

	"simulate/sim"
)

// Dates are decimal years in which month k of year y starts at y+(k−1)/12 and day d of a month of n days adds (d−1)/(12n).

// dateTolerance absorbs rounding of decimal years, in days.
const dateTolerance = 1e-4

// split gives the month that contains a decimal year, as its first day, and the days since then.
func split(t float64) (month time.Time, days float64) {
	months := t * 12
	whole := math.Floor(months + dateTolerance/31)
	month = time.Date(0, time.January, 1, 0, 0, 0, 0, time.UTC).AddDate(0, int(whole), 0)
	length := month.AddDate(0, 1, -1).Day()
	return month, max(0, (months-whole)*float64(length))
}

// lastDay is the ISO date of the last day before an instant: 2025.0 is 2024-12-31. It dates observations.
func lastDay(t float64) string {
	month, days := split(t)
	return month.AddDate(0, 0, int(math.Ceil(days-dateTolerance))-1).Format(time.DateOnly)
}

// DayOf is the ISO date of the day that contains an instant: 2025.0 is 2025-01-01. It dates what begins.
func DayOf(t float64) string {
	month, days := split(t)
	return month.AddDate(0, 0, int(math.Floor(days+dateTolerance))).Format(time.DateOnly)
}

// Recordings are the rhythms at which tables hold rows, the default first.
var Recordings = []string{"quarter", "year", "step"}

// observation is a date at which a run is recorded.
type observation struct {
	Step int // steps done by then
	Date string
	Labs bool // labs.csv has rows too
}

// calendar lists the recorded dates of a clock: its start, the first step that reaches the end of each period, and
// the last step. Labs are recorded each year, or each step where record is "step".
func calendar(cfg *sim.Config, record string) []observation {
	perYear := map[string]float64{"year": 1, "quarter": 4}[record]
	at := func(step int) float64 { return cfg.Start + float64(step)/float64(cfg.StepsPerYear) }
	reaches := func(step int, perYear float64) bool {
		period := func(t float64) float64 { return math.Floor(t*perYear + 1e-6) }
		return period(at(step)) > period(at(step-1))
	}
	out := []observation{{Step: 0, Date: lastDay(cfg.Start), Labs: true}}
	for n := 1; n <= cfg.Steps; n++ {
		last := n == cfg.Steps
		if last || record == "step" || reaches(n, perYear) {
			out = append(out, observation{Step: n, Date: lastDay(at(n)), Labs: last || record == "step" || reaches(n, 1)})
		}
	}
	return out
}
