package quantity

import (
	"math"
	"strconv"
	"strings"
)

// Style is the way in which a user writes numbers that could be written otherwise: shares as
// percentages, times in months. "" is the plain way.
type Style string

// The styles.
const (
	Percents    Style = "%"
	YearPercent Style = "%/yr" // of a rate or of growth by the year
	Months      Style = "months"
)

// StyleOf is the style in which all of some numbers are written, as in "90%, 110%" or "6 months to
// 18 months"; "" where they have different ones. Numbers without a sign take any.
func StyleOf(text string) Style {
	var out Style
	for _, part := range strings.FieldsFunc(strings.ReplaceAll(text, " to ", ","), func(r rune) bool {
		return strings.ContainsRune(",:", r)
	}) {
		part = strings.TrimSpace(part)
		one := Style("")
		switch {
		case strings.HasSuffix(part, "%"):
			one = Percents
		case strings.HasSuffix(part, "%/yr"), strings.HasSuffix(part, "% per year"), strings.HasSuffix(part, "% a year"):
			one = YearPercent
		case strings.HasSuffix(part, "months"), strings.HasSuffix(part, "month"):
			one = Months
		default:
			if _, err := strconv.ParseFloat(part, 64); err == nil {
				continue
			}
			return ""
		}
		if out != "" && out != one {
			return ""
		}
		out = one
	}
	return out
}

// Write writes a share, a yearly rate or a time in years in the style, with at most a number of
// significant digits.
func (s Style) Write(v float64, digits int) string {
	number := func(v float64) string {
		short, err := strconv.ParseFloat(strconv.FormatFloat(v, 'g', digits, 64), 64)
		if err != nil {
			short = v
		}
		return strings.Replace(strconv.FormatFloat(short, 'f', -1, 64), "-", "−", 1)
	}
	switch {
	case math.IsNaN(v) || math.IsInf(v, 0) || s == "":
		return number(v)
	case s == Months:
		months := number(12 * v)
		if months == "1" {
			return "1 month"
		}
		return months + " months"
	}
	return number(100*v) + string(s)
}

// Tick is Write for the ticks of an axis that says the unit.
func (s Style) Tick(v, step float64) string {
	switch s {
	case "":
		return Plain(v, step)
	case Months:
		return Plain(12*v, 12*step)
	}
	return Plain(100*v, 100*step) + "%"
}
