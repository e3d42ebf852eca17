package table

import (
	"fmt"
	"strconv"
	"strings"

	"simulate/internal/pattern"
	"simulate/internal/quantity"
)

// How people write dates. 03.07.2025 has its day first wherever points are written; 03/07/2025 has
// it first here and second there, which a day above 12 in the column decides. What nothing decides
// is refused.

var (
	ymd = pattern.Late(`^((?:19|20)\d\d)[/.](\d{1,2})[/.](\d{1,2})$`)
	dmy = pattern.Late(`^(\d{1,2})([./-])(\d{1,2})[./-]((?:19|20)\d\d)$`)
	my  = pattern.Late(`^(\d{1,2})[./-]((?:19|20)\d\d)$`)
	ym  = pattern.Late(`^((?:19|20)\d\d)[/](\d{1,2})$`)
	// 31 July 2025, 31. Juli 2025, 31-Jul-2025, Juli 2025; July 31, 2025
	dayMonth = pattern.Late(`^(?:(\d{1,2})(?:\.|st|nd|rd|th|er|º)?[ -](?:de )?)?(\pL{3,10})\.?[ -](?:de )?` +
		`((?:19|20)\d\d)$`)
	monthDay = pattern.Late(`^(\pL{3,10})\.? (\d{1,2})(?:st|nd|rd|th)?,? ((?:19|20)\d\d)$`)
	serial   = pattern.Late(`^[34]\d{4}$`)
)

// monthNames begin the names of the months in English, German, French, Spanish, Italian, Dutch and
// Portuguese; one that begins two months is missing.
var monthNames = map[string]int{
	"jan": 1, "jän": 1, "ene": 1, "gen": 1, "feb": 2, "fév": 2, "fev": 2, "mar": 3, "mär": 3, "mrz": 3, "maa": 3,
	"mrt": 3,
	"apr": 4, "avr": 4, "abr": 4, "may": 5, "mai": 5, "mei": 5, "mag": 5, "jun": 6, "juin": 6, "giu": 6, "jul": 7,
	"juil": 7, "lug": 7, "aug": 8, "aoû": 8, "aou": 8, "ago": 8, "sep": 9, "set": 9, "oct": 10, "okt": 10, "ott": 10,
	"out": 10, "nov": 11, "dec": 12, "dez": 12, "déc": 12, "dic": 12,
}

func monthNamed(word string) int {
	word = strings.ToLower(word)
	for n := 4; n >= 3; n-- {
		if r := []rune(word); len(r) >= n {
			if m, known := monthNames[string(r[:n])]; known {
				return m
			}
		}
	}
	return 0
}

// Dates are all cells with dates in the order of ISO 8601: days as 2025-07-31, months as 2025-07.
// What is no date in any order is left as it is, for whoever reads it to refuse; a date that may be
// two is an error, and so is the number by which Excel counts days.
func (c *SheetColumn) Dates() ([]string, error) {
	out := make([]string, c.sheet.rows)
	dayFirst, monthFirst, first := -1, -1, -1
	for i := range out {
		m := dmy().FindStringSubmatch(c.Text(i))
		if m == nil || m[2] == "." {
			continue
		}
		a, b := whole(m[1]), whole(m[3])
		switch {
		case a > 12 && b <= 12 && dayFirst < 0:
			dayFirst = i
		case b > 12 && a <= 12 && monthFirst < 0:
			monthFirst = i
		case a != b && first < 0:
			first = i
		}
	}
	var wrong Problems
	said := -1
	for i := range out {
		text := c.Text(i)
		m := dmy().FindStringSubmatch(text)
		switch doubtful := m != nil && m[2] != "." && m[1] != m[3]; {
		case doubtful && dayFirst >= 0 && monthFirst >= 0:
			wrong.Add(c.Place(i), "%q: %q (line %d) has its day first and %q (line %d) its month; write 2025-07-31",
				clip(text),
				c.Text(dayFirst), c.sheet.Line(dayFirst), c.Text(monthFirst), c.sheet.Line(monthFirst))
			continue
		case doubtful && dayFirst < 0 && monthFirst < 0:
			a, b, y := whole(m[1]), whole(m[3]), whole(m[4])
			wrong.Add(c.Place(i), "%q may be %s or %s; write dates as %[2]s", text, iso(y, b, a), iso(y, a, b))
			continue
		}
		day, ok := dated(text, monthFirst < 0)
		switch {
		case !ok && serial().MatchString(text):
			wrong.Add(c.Place(i), "%q is how Excel counts the day %[2]s; give the column the format of dates, or "+
				"write %[2]s",
				text, excelDay(whole(text)))
		case !ok:
			out[i] = text
		default:
			if out[i] = day; said < 0 && day != text {
				said = i
			}
		}
	}
	if len(wrong) > 0 {
		return nil, wrong
	}
	if said >= 0 {
		c.sheet.noteOnce("dates are read in another order, as ", fmt.Sprintf("%s for %s", out[said], c.Text(said)))
	}
	return out, nil
}

// dated is a date in the order of ISO 8601; false where the text is none.
func dated(text string, dayFirst bool) (string, bool) {
	if _, _, ok := quantity.Period(text); ok {
		return text, true
	}
	y, m, d := 0, 0, 0
	if p := ymd().FindStringSubmatch(text); p != nil {
		y, m, d = whole(p[1]), whole(p[2]), whole(p[3])
	} else if p := dmy().FindStringSubmatch(text); p != nil {
		y, m, d = whole(p[4]), whole(p[3]), whole(p[1])
		if !dayFirst && p[2] != "." {
			m, d = d, m
		}
	} else if p := my().FindStringSubmatch(text); p != nil {
		y, m = whole(p[2]), whole(p[1])
	} else if p := ym().FindStringSubmatch(text); p != nil {
		y, m = whole(p[1]), whole(p[2])
	} else if p := dayMonth().FindStringSubmatch(text); p != nil {
		y, m, d = whole(p[3]), monthNamed(p[2]), whole(p[1])
		if p[1] != "" && d == 0 {
			return "", false
		}
	} else if p := monthDay().FindStringSubmatch(text); p != nil {
		y, m, d = whole(p[3]), monthNamed(p[1]), whole(p[2])
	}
	switch {
	case m < 1 || m > 12:
		return "", false
	case d == 0:
		return iso(y, m, 1)[:len("2025-07")], true
	case d > quantity.DaysIn(y, m):
		return "", false
	}
	return iso(y, m, d), true
}

func whole(digits string) int {
	n, err := strconv.Atoi(digits)
	if err != nil {
		return 0
	}
	return n
}

func iso(y, m, d int) string { return quantity.DayOf(quantity.Day(y, m, d)) }

// excelDay is the day that Excel counts by a number: 2 is 1 January 1900, for it takes that year
// for a leap year.
func excelDay(n int) string {
	y, m := 1900, 1
	for n -= 2; n >= quantity.DaysIn(y, m); m++ {
		if n -= quantity.DaysIn(y, m); m == 12 {
			y, m = y+1, 0
		}
	}
	return iso(y, m, n+1)
}
