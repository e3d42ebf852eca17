package scenario

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"simulate/internal/quantity"
)

// span is a date as written: an instant, or the period of a bare year, month or day. Both ends are
// decimal years.
type span struct {
	start, end float64
	bareYear   bool
}

// parseDate reads 2025-01-20, 2025-01, 2025 or a decimal year such as 2023.5.
func parseDate(text string) (span, *complaint) {
	text = quantity.WithoutTime(text)
	bad := func(remedy, format string, args ...any) (span, *complaint) {
		return span{}, complain(remedy, format, args...)
	}
	const wanted = "write a date such as 2025-01-20, 2025-01 or 2025"
	parts := strings.Split(text, "-")
	if len(parts) > 3 || len(parts[0]) < 4 {
		return bad(wanted, "%q is not a date", clip(text))
	}
	if whole, decimals, found := strings.Cut(text, "."); found && len(parts) == 1 {
		v, err := strconv.ParseFloat(text, 64)
		if err != nil || len(whole) != 4 || strings.ContainsAny(text, "eE_+") {
			return bad(wanted, "%q is not a date", clip(text))
		}
		if month, err := strconv.Atoi(decimals); err == nil && len(decimals) == 2 && 1 <= month && month <= 12 {
			return bad(fmt.Sprintf("write %s-%s for the month, or %s0 for the decimal year", whole, decimals, text),
				"%s could be a month or a decimal year", text)
		}
		if v < 1900 || v > 2200 {
			return bad("write a year between 1900 and 2200", "the year %s is out of range", whole)
		}
		return span{start: v, end: v}, nil
	}
	var n [3]int
	for i, p := range parts {
		v, err := strconv.ParseUint(p, 10, 31)
		if err != nil {
			return bad(wanted, "%q is not a date", clip(text))
		}
		if want := []int{4, 2, 2}[i]; len(p) != want {
			return bad(wanted, "%q is not a date: years have four digits, months and days two", clip(text))
		}
		n[i] = int(v)
	}
	y, m, d := n[0], n[1], n[2]
	switch {
	case y < 1900 || y > 2200:
		return bad("write a year between 1900 and 2200", "the year %d is out of range", y)
	case len(parts) == 1:
		return span{float64(y), float64(y + 1), true}, nil
	case m < 1 || m > 12:
		return bad(fmt.Sprintf("write a month from 01 to 12, as in %d-12", y), "%q has no month %d", text, m)
	case len(parts) == 2:
		return span{quantity.Month(y, m), quantity.Month(y, m+1), false}, nil
	case d < 1 || d > quantity.DaysIn(y, m):
		return bad(wanted, "%s has no day %d", text[:7], d)
	case d == quantity.DaysIn(y, m):
		return span{quantity.Day(y, m, d), quantity.Month(y, m+1), false}, nil
	}
	return span{quantity.Day(y, m, d), quantity.Day(y, m, d+1), false}, nil
}

// middle is the date that a dated value stands for: the middle of a bare year, the first day of a
// month.
func (s span) middle() float64 {
	if s.bareYear {
		return s.start + 0.5
	}
	return s.start
}

// formatDate writes a decimal year as the month or day it starts, or as a decimal year.
func formatDate(v float64) string {
	if math.IsNaN(v) || v < 1900 || v > 2200 {
		return formatNumber(v)
	}
	if text := quantity.Begins(v); text != "" {
		return text
	}
	s := strconv.FormatFloat(v, 'f', -1, 64)
	if _, decimals, _ := strings.Cut(s, "."); len(decimals) == 2 {
		s += "0"
	}
	return s
}

// formatDated writes the date of a dated value, a bare year standing for its middle.
func formatDated(v float64) string {
	if y := math.Floor(v); v == y+0.5 {
		return strconv.Itoa(int(y))
	}
	return formatDate(v)
}
