package quantity

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Whole writes a number without decimals, thousands set apart: 3,412.
func Whole(v float64) string {
	s := Group(strconv.FormatFloat(math.Abs(math.Round(v)), 'f', 0, 64), ",")
	if math.Round(v) < 0 {
		return "−" + s
	}
	return s
}

// Group sets the thousands of a row of digits apart.
func Group(digits, apart string) string {
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + apart + digits[i:]
	}
	return digits
}

// OneDecimal writes a number with one decimal, or as whole from a hundred on.
func OneDecimal(v float64) string {
	if math.Abs(v) >= 99.95 {
		return Whole(v)
	}
	tenths := math.Round(v*10) + 0 // no negative zero
	return Minus(strconv.FormatFloat(tenths/10, 'f', 1, 64))
}

// TwoDigits writes a number with two significant digits, 8.9×10⁻⁵ where it is small.
func TwoDigits(v float64) string {
	switch a := math.Abs(v); {
	case a > 0 && a < 1e-4 && v < 0:
		return "−" + Power(a)
	case a > 0 && a < 1e-4:
		return Power(a)
	}
	return Minus(strconv.FormatFloat(v, 'g', 2, 64))
}

// FourDigits writes a number of a unit beside a bound, with four digits: −$475.6B, 2,345, 0.8213,
// 3e26.
func FourDigits(v float64, unit string) string {
	switch a := math.Abs(v); {
	case strings.HasPrefix(unit, "USD"):
		return dollars(v, 1)
	case a >= 999.95 && a < 1e15:
		return Whole(v)
	case a >= 1e15 || a > 0 && a < 1e-3:
		return Minus(strings.Replace(strconv.FormatFloat(v, 'g', 4, 64), "e+", "e", 1))
	}
	return Minus(strconv.FormatFloat(v, 'g', 4, 64))
}

// magnitudes are the letters behind large numbers.
var magnitudes = []struct {
	size   float64
	letter string
}{{1e12, "T"}, {1e9, "B"}, {1e6, "M"}, {1e3, "k"}}

// magnitude is the largest of them that a number of three digits reaches, 1 and no letter below a
// thousand.
func magnitude(v float64) (size float64, letter string) {
	for _, m := range magnitudes {
		if v >= m.size*0.9995 {
			return m.size, m.letter
		}
	}
	return 1, ""
}

// Share writes a part of a whole as a percentage without decimals: 44 %, – where it is undefined.
func Share(part float64) string {
	if math.IsNaN(part) {
		return "–"
	}
	return Whole(100*part) + " %"
}

// FineShare writes a part of a whole as a percentage of two digits: 0.38 %, 12 %.
func FineShare(part float64) string { return TwoDigits(100*part) + " %" }

// ExactShare writes a part of a whole that was chosen, as a level of confidence: 95 %, 97.5 %.
func ExactShare(part float64) string { return Minus(fmt.Sprintf("%.6g", 100*part)) + " %" }

// FigureShare is ExactShare as the axes and captions of figures write it: 95%.
func FigureShare(part float64) string { return strings.Replace(ExactShare(part), " %", "%", 1) }

// ShareInterval writes two parts of a whole: 40 to 60 %.
func ShareInterval(low, high float64) string { return Whole(100*low) + " to " + Whole(100*high) + " %" }

// Money writes dollars with three digits: $6.2M, $310M, $1.25B.
func Money(v float64) string { return dollars(v, 0) }

// dollars is Money with more digits.
func dollars(v float64, more int) string {
	sign := ""
	if v < 0 {
		sign, v = "−", -v
	}
	scale, suffix := magnitude(v)
	if v > 0 && v < 1e-4 {
		return sign + "$" + Power(v)
	}
	if v > 0 && v < 0.1 {
		return sign + "$" + TwoDigits(v)
	}
	v /= scale
	decimals := 0
	switch {
	case v < 9.995:
		decimals = 2
	case v < 99.95:
		decimals = 1
	}
	if decimals += more; scale == 1 && v >= 99.95 {
		decimals = 0
	}
	text := strconv.FormatFloat(v, 'f', decimals, 64)
	if decimals > 0 {
		text = strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
	}
	return sign + "$" + text + suffix
}

// Signed puts a plus before what does not begin with a minus.
func Signed(s string) string {
	if strings.HasPrefix(s, "−") {
		return s
	}
	return "+" + s
}

// Minus replaces the hyphen of a negative number, and writes a small one with a raised exponent:
// −8.9e-05 is −8.9×10⁻⁵.
func Minus(s string) string {
	if mantissa, digits, small := strings.Cut(s, "e-"); small {
		if n, err := strconv.Atoi(digits); err == nil {
			s = mantissa + "×10" + raised(-n)
		}
	}
	return strings.Replace(s, "-", "−", 1)
}

// When names an observation date: "the end of 2024", "the end of June 2025", "2025-01-20".
func When(date string) string {
	t, err := time.Parse(time.DateOnly, date)
	if err != nil || t.AddDate(0, 0, 1).Day() != 1 {
		return date
	}
	if t.Month() == time.December {
		return "the end of " + strconv.Itoa(t.Year())
	}
	return "the end of " + t.Format("January 2006")
}

// Plural writes a count with its noun: 1 lab, 2,000 labs, 3 policies. A noun whose plural is
// another is given with it.
func Plural(n int, noun string, plural ...string) string {
	switch stem, y := strings.CutSuffix(noun, "y"); {
	case n == 1:
	case len(plural) > 0:
		noun = plural[0]
	case y:
		noun = stem + "ies"
	default:
		noun += "s"
	}
	return Count(n) + " " + noun
}

// Human writes a number with three significant digits, or whole, and thousands apart, – where it is
// undefined.
func Human(v float64) string {
	a := math.Abs(v)
	sign := ""
	if v < 0 {
		sign = "−"
	}
	switch {
	case math.IsNaN(v):
		return "–"
	case a >= 1e15 || a > 0 && a < 1e-3 || math.IsInf(v, 0):
		return sign + fmt.Sprintf("%.3g", a)
	case a >= 999_500:
		scale, suffix := magnitude(a)
		return sign + fmt.Sprintf("%.3g", a/scale) + suffix
	case a >= 999.5:
		return sign + Whole(a)
	}
	return sign + fmt.Sprintf("%.3g", a)
}

// HumanInterval writes the ends of an interval, – where there is none.
func HumanInterval(low, high float64) string {
	if math.IsNaN(low) {
		return "–"
	}
	return Human(low) + " to " + Human(high)
}

// Count writes a count, thousands set apart.
func Count(n int) string { return Whole(float64(n)) }

// ThreeDigits writes a number with three significant digits, whole and with thousands apart from a
// thousand on.
func ThreeDigits(v float64) string {
	if a := math.Abs(v); a >= 999.5 && a < 1e15 {
		return Whole(v)
	}
	return Minus(strings.Replace(fmt.Sprintf("%.3g", v), "e+", "e", 1))
}

// Digits writes a number with n significant digits and no thousands, as tables hold it; "" where it
// is undefined.
func Digits(v float64, n int) string {
	switch {
	case math.IsNaN(v):
		return ""
	case v == math.Trunc(v) && math.Abs(v) < 1e15:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return strconv.FormatFloat(v, 'g', n, 64)
}

// Ranges writes whole numbers in ascending order as job arrays do: 3,5,7-9.
func Ranges(numbers []int) string {
	var b strings.Builder
	for i := 0; i < len(numbers); i++ {
		from := numbers[i]
		for i+1 < len(numbers) && numbers[i+1] == numbers[i]+1 {
			i++
		}
		if b.Len() > 0 {
			b.WriteByte(',')
		}
		fmt.Fprint(&b, from)
		if numbers[i] > from {
			fmt.Fprintf(&b, "-%d", numbers[i])
		}
	}
	return b.String()
}

// Raised begins a text with a capital letter, as a sentence or a title does.
func Raised(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	if size == 0 {
		return text
	}
	return string(unicode.ToUpper(first)) + text[size:]
}

// Lowered begins a text with a small letter, as within a sentence, unless its first word has more
// capitals or digits: HHI of sales.
func Lowered(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	if next, _ := utf8.DecodeRuneInString(text[size:]); size == 0 || unicode.IsUpper(next) || unicode.IsDigit(next) {
		return text
	}
	return string(unicode.ToLower(first)) + text[size:]
}
