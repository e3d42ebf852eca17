package measure

import (
	"regexp"
	"strings"
	"sync"

	"simulate/internal/pattern"
	"simulate/sim/table"
)

// Dates, months, quarters and years, in cells and as headings of columns. A heading that is one
// names no firm.

const (
	fourDigits = `(1[89]|2[01])\d\d`
	estimate   = `( ?[aefpb]| ?\*| ?\((a|e|f|p|est\.?|forecast|prelim\.?|estimate|vorl\.?)\))?`
)

var months = sync.OnceValue(func() string { return spoken(func(l speech) string { return l.month }) })

var period = pattern.Late(
	`(?i)^((fy|cy|h[12]|q[1-4])[ -]?)?` + fourDigits + `([-/. ]?(q[1-4]|h[12]|m?\d{1,2}|w\d\d|` +
		`\d\d)([-/.]\d{1,2})?)?([ t]\d\d:\d\d(:\d\d(\.\d+)?)?z?)?$|` +
		`^\d{1,2}[-/. ]\d{1,2}[-/. ](1[89]|2[01])?\d\d$|^(0?[1-9]|1[0-2])[-/]` + fourDigits + `$|` +
		`^(0[1-9]|1[0-2])\.` + fourDigits + `$|` + // 0.2024 and 9.2024 are numbers
		`^x?` + fourDigits + `(\.0)?([-/]\d\d(\d\d)?)?` + estimate + `( \[yr\d{4}\])?$|` +
		`^(fy|cy|gj)[ -]?'?(\d\d|` + fourDigits + `)([-/]\d\d(\d\d)?)?` + estimate + `$|` +
		`^([qht][1-4]|[1-4][qht])[ '/.-]{0,2}(\d\d|` + fourDigits + `)` + estimate + `$`,
)

var (
	ofMonth = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)^(\d{1,2}\.?(-| | de )?)?(` + months() +
			`)\.?([-. '/]{0,2}| de )(\d{1,2}, )?'?(\d\d|` + fourDigits + `)$`)
	})
	partOfYear = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)^([qht][1-4]|[1-4][qh]|(w|kw|cw|week|m) ?\d{1,2}|(` + months() + `)\.?|` +
			`[1-4](\.|st|nd|rd|th)? ?(` + spoken(func(l speech) string { return l.date }) + `))$`)
	})
	// within are the parts of a heading that are dates: 2024 of revenue_2024, 2022 [YR2022].
	within = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)\[yr\d{4}\]|\b[qht][1-4]\b|\b[1-4][qht]\b|\b(` + months() + `)\b|` +
			`(fy|cy|\bx)?` + fourDigits + `(\.0)?([-/]\d\d(\d\d)?)?(` + estimate + `\b)?`)
	})
	yearWithin = pattern.Late(`(^|\D)` + fourDigits + `(\D|$)`)
)

// isPeriod tells a date, month, quarter or year.
func isPeriod(s string) bool {
	s = strings.TrimSpace(s)
	return s != "" && len(s) < 40 && (period().MatchString(s) || !isDigits(s) && ofMonth().MatchString(s))
}

func isDigits(s string) bool { return strings.Trim(s, "0123456789") == "" }

// isPartOfYear tells a month, quarter or week without a year.
func isPartOfYear(s string) bool { return partOfYear().MatchString(strings.TrimSpace(s)) }

// isDated tells a heading with a date.
func isDated(heading string) bool {
	_, ok := dated(heading)
	return ok
}

// dated is what is left of a heading without its date, in small letters; false where it has none.
func dated(heading string) (stem string, ok bool) {
	const longest = 24 // of what may be a date as a whole
	if len(heading) <= longest && (isPeriod(heading) || isPartOfYear(heading)) {
		return "", true
	}
	if !yearWithin().MatchString(heading) {
		return "", false
	}
	var left []string
	for _, t := range notLetter().Split(strings.ToLower(within().ReplaceAllString(heading, " ")), -1) {
		if t != "" && !dateColumn.matches().MatchString(t) {
			left = append(left, t)
		}
	}
	return strings.Join(left, " "), true
}

// periods tells a column of dates: every filled cell is one, or a heading that differs from the
// others in its date alone, as tables in long form have share_2023.
func periods(c *table.SheetColumn, rows int) bool {
	if allCells(c, rows, isPeriod) {
		return true
	}
	first := ""
	return rows > 0 && !c.IsNumeric() && allCells(c, rows, func(cell string) bool {
		stem, ok := dated(cell)
		if first == "" {
			first = stem
		}
		return ok && stem != "" && stem == first
	})
}

// allCells tells whether every filled cell of a column is something, and one is filled.
func allCells(c *table.SheetColumn, rows int, is func(string) bool) bool {
	filled := 0
	for i := range rows {
		s := c.Text(i)
		if s == "" {
			continue
		}
		if filled++; !is(s) {
			return false
		}
	}
	return filled > 0
}
