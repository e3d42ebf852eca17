package table

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// How people write numbers. A point or a comma is a decimal mark here and parts thousands there,
// and 1.234 may be both; what is certain in one cell decides for the column, and what is certain
// nowhere is refused or said.

// form is what the marks in a number prove.
type form uint8

const (
	noNumber  form = iota
	integral       // no decimal mark: 5, 1'234
	pointed        // a number only where points are decimal: 0.5, 1,234.5, 1,234,567
	commaed        // a number only where commas are decimal: 0,5, 1.234,5, 1.234.567
	eitherWay      // 1.234: decimal with points, a thousand with commas
	orOther        // 1,234: decimal with commas, a thousand with points
	code           // 007: digits that are no number
	forms          // their number
)

// figure is a cell taken apart.
type figure struct {
	form     form
	percent  bool
	negative bool
	behind   bool // the minus stands behind the digits, as SAP writes it
	currency string
	digits   string // with the marks
}

// missing are the words of tables for "no value", by who writes them.
var missing = map[string]string{
	"": "all", "NA": "R", "<NA>": "pandas", "NaN": "pandas", "nan": "Python", "NAN": "Fortran", "None": "Python",
	"NULL": "databases", "null": "JSON", "Null": "databases",
	"N/A": "people", "n/a": "people", "n.a.": "people", "N.A.": "people", "#N/A": "Excel", "#NV": "German Excel",
	"k.A.": "German", "k. A.": "German", "#N/D": "Italian, Spanish, Polish Excel", "#N/B": "Dutch Excel",
	"#Н/Д": "Russian Excel", "n.d.": "French, Italian, Spanish", "n/d": "Portuguese, Spanish", "s.d.": "French",
	"na": "people", "(null)": "Oracle", `\N`: "MySQL, PostgreSQL", "-nan": "C", "-NaN": "C",
	".": "SAS, SPSS, Stata", "..": "statistics agencies", "...": "statistics agencies", "…": "statistics agencies",
	":": "Eurostat",
	"-": "people", "–": "statistics agencies", "—": "statistics agencies", "--": "people",
}

// isMissing tells whether a cell of a column of numbers says that there is none.
func isMissing(s string) bool {
	if len(s) > 6 {
		return false
	}
	if s != "" && isDigit(s[0]) {
		return false
	}
	_, known := missing[s]
	return known
}

// isBlank is isMissing for a column of words, in which a dash or a point may be one.
func isBlank(s string) bool {
	switch s {
	case "", "NA", "<NA>", "NaN", "nan", "NULL", "null", "#N/A", "N/A":
		return true
	}
	return false
}

// currencies are signs before or behind an amount, longer ones first where one begins another.
var currencies = []string{
	"US$", "A$", "C$", "HK$", "NT$", "S$", "R$", "$", "€", "£", "¥", "₹", "₩", "₽", "₺", "₪", "USD", "EUR",
	"GBP", "CNY", "RMB", "INR", "JPY", "CHF", "CAD", "AUD",
	"SEK", "NOK", "DKK", "KRW", "PLN", "CZK", "BRL", "HKD", "SGD", "TWD", "Rs.", "Rs", "SFr.", "Fr.", "kr.", "kr", "zł",
	"Kč",
}

// dissect takes a cell apart.
func dissect(s string) figure {
	var f figure
	if form, ok := plain(s); ok {
		f.digits, f.form = s, form
		return f
	}
	s = strings.TrimSpace(s)
	if inner, ok := strings.CutPrefix(s, "("); ok && strings.HasSuffix(inner, ")") { // accountants' minus
		s, f.negative = strings.TrimSpace(inner[:len(inner)-1]), true
	}
	s = f.signBehind(f.sign(s))
	if s != "" && isDigit(s[0]) && isDigit(s[len(s)-1]) {
		f.digits, f.form = s, formOf(s)
		return f
	}
	for _, c := range currencies {
		before, isBefore := strings.CutPrefix(s, c)
		behind, isBehind := strings.CutSuffix(s, c)
		switch {
		case isBefore:
			s, f.currency = f.sign(strings.TrimSpace(before)), c
		case isBehind:
			s, f.currency = f.signBehind(strings.TrimSpace(behind)), c
		default:
			continue
		}
		break
	}
	for _, sign := range []string{"%", "％"} {
		if rest, ok := strings.CutSuffix(s, sign); ok {
			s, f.percent = strings.TrimSpace(rest), true
		}
	}
	f.digits, f.form = s, formOf(s)
	return f
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// plain reads cells of digits with a point or none, which most are, as formOf does.
func plain(s string) (form, bool) {
	if s == "" || !isDigit(s[0]) {
		return noNumber, false
	}
	point := -1
	for i := 1; i < len(s); i++ {
		switch c := s[i]; {
		case isDigit(c):
		case c == '.' && point < 0:
			point = i
		default:
			return noNumber, false
		}
	}
	padded := s[0] == '0' && len(s) > 1 && point != 1
	switch {
	case padded && point < 0:
		return code, true
	case padded:
		return noNumber, true
	case point < 0:
		return integral, true
	case point <= 3 && len(s) == point+4 && s[0] != '0':
		return eitherWay, true
	}
	return pointed, true
}

func (f *figure) sign(s string) string {
	for _, minus := range []string{"-", "−", "–"} {
		if rest, ok := strings.CutPrefix(s, minus); ok {
			f.negative = !f.negative
			return strings.TrimSpace(rest)
		}
	}
	return strings.TrimPrefix(s, "+")
}

// signBehind takes off a minus behind a digit, where none stands in front.
func (f *figure) signBehind(s string) string {
	for _, minus := range []string{"-", "−"} {
		if rest, ok := strings.CutSuffix(s, minus); ok && !f.negative && rest != "" && isDigit(rest[len(rest)-1]) {
			f.negative, f.behind = true, true
			return rest
		}
	}
	return s
}

// isGroupMark tells the spaces and apostrophes that part thousands in French, Swiss and
// international writing.
func isGroupMark(r rune) bool {
	switch r {
	case ' ', '\u00a0', '\u2007', '\u2009', '\u202f', '\'', '’', '`', '´':
		return true
	}
	return false
}

// formOf reads what the marks between digits prove.
func formOf(s string) form {
	if s == "" {
		return noNumber
	}
	mantissa, exponent := s, ""
	if i := strings.IndexAny(s, "eE"); i > 0 {
		mantissa, exponent = s[:i], s[i+1:]
		if e := strings.TrimLeft(exponent, "+-"); len(exponent)-len(e) > 1 || e == "" || strings.Trim(e,
			"0123456789") != "" {
			return noNumber
		}
	}
	var groups [16]int // digits between marks
	var between [16]rune
	n, digits := 0, 0
	for i := 0; i < len(mantissa); {
		c := rune(mantissa[i])
		size := 1
		if c >= utf8.RuneSelf {
			c, size = utf8.DecodeRuneInString(mantissa[i:])
		}
		switch {
		case c >= '0' && c <= '9':
			groups[n]++
			digits++
		case n+1 == len(groups):
			return noNumber
		case c == '.' || c == ',':
			between[n] = c
			n++
		case isGroupMark(c):
			between[n] = ' '
			n++
		default:
			return noNumber
		}
		i += size
	}
	if digits == 0 {
		return noNumber
	}
	zero := mantissa[0] == '0' && groups[0] > 1
	if n == 0 {
		if zero && exponent == "" {
			return code
		}
		return integral
	}
	return marked(groups[:n+1], between[:n], zero || mantissa[0] == '0', zero, exponent != "")
}

// marked is formOf with marks: groups are the numbers of digits that they part.
func marked(groups []int, between []rune, leadingZero, padded, exponent bool) form {
	n := len(between)
	last := between[n-1]
	decimals := func() form {
		if last == ',' {
			return commaed
		}
		return pointed
	}
	if n == 1 && last != ' ' {
		switch thousands := groups[1] == 3 && groups[0] >= 1 && groups[0] <= 3 && !leadingZero && !exponent; {
		case padded:
			return noNumber
		case !thousands:
			return decimals()
		case last == ',':
			return orOther
		}
		return eitherWay
	}
	same := true
	for _, m := range between[:n-1] {
		same = same && m == between[0]
	}
	if !same || leadingZero {
		return noNumber
	}
	if between[0] == last { // thousands alone
		switch {
		case !grouped(groups, last) || exponent:
			return noNumber
		case last == '.':
			return commaed
		case last == ',':
			return pointed
		}
		return integral
	}
	if last == ' ' || !grouped(groups[:n], between[0]) {
		return noNumber
	}
	return decimals()
}

// grouped tells whether digits stand in groups of three, or of two before three as in India.
func grouped(groups []int, mark rune) bool {
	n := len(groups)
	if groups[0] < 1 || groups[0] > 3 || groups[n-1] != 3 {
		return false
	}
	two, three := groups[0] <= 2, true
	for _, g := range groups[1 : n-1] {
		two, three = two && g == 2, three && g == 3
	}
	return three || two && mark == ','
}

// value reads the number with the given decimal mark; false where it is none under it.
func (f figure) value(decimal rune) (float64, bool) {
	s := f.digits
	switch f.form {
	case noNumber, code:
		return 0, false
	case pointed:
		if decimal == ',' {
			return 0, false
		}
	case commaed:
		if decimal != ',' {
			return 0, false
		}
	}
	clean := s
	for i := range len(s) {
		if c := s[i]; !isDigit(c) && c != '.' || c == '.' && decimal == ',' {
			clean = cleaned(s, decimal)
			break
		}
	}
	v, err := strconv.ParseFloat(clean, 64)
	if err != nil {
		return v, false
	}
	if f.negative {
		v = -v
	}
	return v, true
}

// cleaned is a number as strconv reads it: no thousands, a point before decimals.
func cleaned(s string, decimal rune) string {
	if decimal == 0 {
		decimal = '.'
	}
	var b strings.Builder
	for _, c := range s {
		switch {
		case c == decimal:
			b.WriteByte('.')
		case c == '.' || c == ',' || isGroupMark(c):
		default:
			b.WriteRune(c)
		}
	}
	return b.String()
}

// ReadNumber reads a number as people write it, with its thousands parted or not; false where the
// cell is none, or 1.234 may be a thousand.
func ReadNumber(text string) (float64, bool) {
	f := dissect(text)
	mark := map[form]rune{integral: '.', pointed: '.', commaed: ','}[f.form]
	if mark == 0 {
		return 0, false
	}
	return f.value(mark)
}
