package observed

import (
	"fmt"
	"math"
	"time"
)

// Date reads a day or month as the instant at which it ends, as a decimal year: 2025.0 for 2024-12 and 2024-12-31.
func Date(text string) (float64, error) {
	v, ok := end(text)
	if !ok {
		return 0, fmt.Errorf("%q is not a date; write a month as 2023-12, or a day as 2023-12-31", text)
	}
	return v, nil
}

// Day is the last day before an instant, ISO: 2024-12-31 for 2025.0.
func Day(t float64) string {
	const tolerance = 1e-6 // months
	months := math.Floor(t*12 + tolerance)
	first := time.Date(0, time.January, 1, 0, 0, 0, 0, time.UTC).AddDate(0, int(months), 0)
	days := (t*12 - months) * float64(first.AddDate(0, 1, -1).Day())
	return first.AddDate(0, 0, int(math.Ceil(days-31*tolerance))-1).Format(time.DateOnly)
}

// decimal is the instant at which a day begins: month k of year y starts at y + (k−1)/12, day d of n adds (d−1)/(12n).
func decimal(day time.Time) float64 {
	n := time.Date(day.Year(), day.Month()+1, 0, 0, 0, 0, 0, time.UTC).Day()
	return float64(day.Year()) + (float64(day.Month()-1)+float64(day.Day()-1)/float64(n))/12
}

// begin is the instant at which a day or month begins.
func begin(text string) (float64, bool) {
	for _, layout := range []string{time.DateOnly, "2006-01"} {
		if day, err := time.Parse(layout, text); err == nil {
			return decimal(day), true
		}
	}
	return 0, false
}

// end is the instant at which a day or month ends.
func end(text string) (float64, bool) {
	if day, err := time.Parse(time.DateOnly, text); err == nil {
		return decimal(day.AddDate(0, 0, 1)), true
	}
	if month, err := time.Parse("2006-01", text); err == nil {
		return decimal(month.AddDate(0, 1, 0)), true
	}
	return 0, false
}

// lastOf is the last day of a month.
func lastOf(month string) string {
	first, _ := time.Parse("2006-01", month)
	return first.AddDate(0, 1, -1).Format(time.DateOnly)
}
