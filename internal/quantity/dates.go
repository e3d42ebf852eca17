package quantity

import (
	"fmt"
	"math"
	"time"

	"simulate/internal/pattern"
)

// Dates are decimal years in which month k of year y starts at y+(k−1)/12 and day d of a month of n
// days adds (d−1)/(12n).

// dateTolerance absorbs rounding of decimal years, in days.
const dateTolerance = 1e-4

// split gives the month that contains a decimal year, as its first day, and the days since then.
func split(t float64) (month time.Time, days float64) {
	months := float64(t * 12)
	whole := math.Floor(months + dateTolerance/31)
	month = time.Date(0, time.January, 1, 0, 0, 0, 0, time.UTC).AddDate(0, int(whole), 0)
	length := month.AddDate(0, 1, -1).Day()
	return month, max(0, float64((months-whole)*float64(length)))
}

// LastDay is the ISO date of the last day before an instant: 2025.0 is 2024-12-31. It dates
// observations.
func LastDay(t float64) string {
	month, days := split(t)
	return month.AddDate(0, 0, int(math.Ceil(days-dateTolerance))-1).Format(time.DateOnly)
}

// DayOf is the ISO date of the day that contains an instant: 2025.0 is 2025-01-01. It dates what
// begins.
func DayOf(t float64) string {
	month, days := split(t)
	return month.AddDate(0, 0, int(math.Floor(days+dateTolerance))).Format(time.DateOnly)
}

// MonthOf is the month of an instant in words: January 2026.
func MonthOf(t float64) string {
	month, _ := split(t)
	return month.Format("January 2006")
}

// ShortMonthOf is the month of an instant as figures write it: Jan 2026.
func ShortMonthOf(t float64) string {
	month, _ := split(t)
	return month.Format("Jan 2006")
}

// Month is the instant at which a month begins; months beyond December count into the next year.
func Month(year, month int) float64 { return float64(year) + float64(month-1)/12 }

// MonthBegin is the instant at which the month of an instant begins.
func MonthBegin(t float64) float64 {
	month, _ := split(t)
	return Month(month.Year(), int(month.Month()))
}

// NearestMonth is the instant nearest to one at which a month begins.
func NearestMonth(t float64) float64 {
	months := math.Round(float64(t * 12))
	year := math.Floor(months / 12)
	return Month(int(year), int(months-float64(12*year))+1)
}

// Day is the instant at which a day begins.
func Day(year, month, day int) float64 {
	return Month(year, month) + float64(day-1)/float64(12*DaysIn(year, month))
}

// Begins writes the month, or else the day, that begins at an instant to the bit: 2026-01,
// 2026-01-20; "" where none does.
func Begins(t float64) string {
	y := int(math.Floor(t))
	m := min(int(float64((t-float64(y))*12)+1e-9)+1, 12)
	for _, m := range []int{m, m + 1} {
		if m <= 12 && Month(y, m) == t {
			return fmt.Sprintf("%04d-%02d", y, m)
		}
	}
	n := DaysIn(y, m)
	d := int(math.Round(float64((t-Month(y, m))*float64(12*n)))) + 1
	if d >= 1 && d <= n && Day(y, m, d) == t {
		return fmt.Sprintf("%04d-%02d-%02d", y, m, d)
	}
	return ""
}

// DaysIn is the number of days of a month.
func DaysIn(year, month int) int {
	return time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// layouts are the ways in which a period of time is written: a day, a month, a year.
var layouts = []struct {
	layout              string
	years, months, days int
}{{time.DateOnly, 0, 0, 1}, {"2006-01", 0, 1, 0}, {"2006", 1, 0, 0}}

var midnight = pattern.Late(`^(\d{4}-\d{2}-\d{2})[T ]00:00(:00(\.0+)?)?( ?(Z|UTC|[+-]\d{2}:?\d{2}))?$`)

// WithoutTime takes from a date the midnight that databases and spreadsheets write behind it; all
// other text it leaves as it is.
func WithoutTime(text string) string { return midnight().ReplaceAllString(text, "$1") }

// Period gives the instants at which a day, month or year begins and ends: 2025-01 is 2025 to
// 2025.083. ok is false for other text.
func Period(text string) (begin, end float64, ok bool) {
	text = WithoutTime(text)
	for _, l := range layouts {
		if first, err := time.Parse(l.layout, text); err == nil {
			next := first.AddDate(l.years, l.months, l.days)
			return Day(first.Year(), int(first.Month()), first.Day()), Day(next.Year(), int(next.Month()), next.Day()), true
		}
	}
	return 0, 0, false
}
