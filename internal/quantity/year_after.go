package quantity

import (
	"math"
	"time"
)

// YearAfter is the date (ISO, ascending) nearest to a year after a decimal year; "" where the dates
// end before.
func YearAfter(dates []string, t float64) string {
	want, err := time.Parse(time.DateOnly, LastDay(t+1))
	if err != nil || len(dates) == 0 || dates[len(dates)-1] < want.Format(time.DateOnly) {
		return ""
	}
	best, least := "", time.Duration(math.MaxInt64)
	for _, d := range dates {
		if at, err := time.Parse(time.DateOnly, d); err == nil && at.Sub(want).Abs() < least {
			best, least = d, at.Sub(want).Abs()
		}
	}
	return best
}
