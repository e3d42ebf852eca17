package table

import (
	"strings"

	"simulate/internal/pattern"
)

// inexactNumber is a number with a mark beside it that makes it a bound or an estimate, <1, ~45,
// ca. 40, 40+, 12*, or, with a currency before it, a shortened amount: 1.2B of $1.2B. A number with
// a letter alone, as 7B, may be a name.
var (
	inexactNumber = pattern.Late(`(?i)^(<|>|≤|≥|<=|>=|~|≈|±|ca\.?|circa|about|approx\.?|under|over|est\.?) ?` +
		`[^\pL\d]{0,2}\d[\d., ']*[^\pL\d]{0,2}$|^\d[\d., ']*%? ?(\+|[*†‡¹²³]|\((e|est\.?|p|r)\))$`)
	shortAmount = pattern.Late(`(?i)^\d[\d., ']* ?(k|m|mn|b|bn|t|tn|million|billion|trillion|mio\.?|mrd\.?|mds?)$`)
)

// isInexact tells such a cell. Its digits are no number that can be reckoned with.
func isInexact(s string) bool {
	if len(s) > 40 || !strings.ContainsAny(s, "0123456789") {
		return false
	}
	if inexactNumber().MatchString(s) {
		return true
	}
	for _, sign := range currencies {
		before, isBefore := strings.CutPrefix(s, sign)
		behind, isBehind := strings.CutSuffix(s, sign)
		if isBefore && shortAmount().MatchString(strings.TrimSpace(before)) ||
			isBehind && shortAmount().MatchString(strings.TrimSpace(behind)) {
			return true
		}
	}
	return false
}

// holds is what the cells of a column hold.
type holds struct{ numbers, inexact, filled, odd int }

// Holds counts the cells of the column that are numbers, those that hold one beside a mark, as <1
// and ~45 do, and the filled ones; odd is the row of the first filled cell that is no number, -1
// where there is none. Of a long column every so many rows are looked at.
func (c *SheetColumn) Holds() (numbers, inexact, filled, odd int) {
	if c.counted == nil {
		c.counted = c.count()
	}
	return c.counted.numbers, c.counted.inexact, c.counted.filled, c.counted.odd
}

func (c *SheetColumn) count() *holds {
	const most = 10_000
	out := &holds{odd: -1}
	for i := 0; i < c.sheet.rows; i += 1 + c.sheet.rows/most {
		s := c.Text(i)
		if isMissing(s) {
			continue
		}
		out.filled++
		switch f := dissect(s).form; {
		case f != noNumber && f != code || infinite(s) != 0:
			out.numbers++
			continue
		case f == noNumber && isInexact(s):
			out.inexact++
		}
		if out.odd < 0 {
			out.odd = i
		}
	}
	return out
}

// NotANumber says what is wrong with a cell that should be a number and what to write.
func (c *SheetColumn) NotANumber(row int) string {
	s := c.Text(row)
	return notANumber(s, dissect(s))
}
