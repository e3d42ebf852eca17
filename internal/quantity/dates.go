package quantity

import (
	"math"
	"time"
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

// LastDay is the ISO date of the last day before an instant: 2025.0 is 2024-12-31. It dates observations.
func LastDay(t float64) string {
	month, days := split(t)
	return month.AddDate(0, 0, int(math.Ceil(days-dateTolerance))-1).Format(time.DateOnly)
}

// DayOf is the ISO date of the day that contains an instant: 2025.0 is 2025-01-01. It dates what begins.
func DayOf(t float64) string {
	month, days := split(t)
	return month.AddDate(0, 0, int(math.Floor(days+dateTolerance))).Format(time.DateOnly)
}

// MonthOf is the month of an instant in words: January 2026.
func MonthOf(t float64) string {
	month, _ := split(t)
	return month.Format("January 2006")
}
