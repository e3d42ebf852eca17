package table

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"simulate/internal/pattern"
)

// What to write in place of a cell that is no number, worked out from the cell where it can be.

// magnitudes are the words and letters behind amounts, in small letters.
var magnitudes = map[string]int{
	"k": 3, "tsd": 3, "thousand": 3, "thousands": 3, "mille": 3, "mil": 3, "th": 3, "t€": 3,
	"lakh": 5, "lakhs": 5, "crore": 7, "crores": 7, "cr": 7, "万": 4, "萬": 4, "億": 8, "亿": 8,
	"m": 6, "mn": 6, "mm": 6, "mln": 6, "mio": 6, "mill": 6, "million": 6, "millions": 6, "millionen": 6, "millones": 6,
	"milioni": 6, "miljoen": 6, "млн": 6,
	"b": 9, "bn": 9, "bln": 9, "mrd": 9, "md": 9, "mds": 9, "milliard": 9, "milliards": 9, "milliarden": 9,
	"billion":  9,
	"billions": 9, "miliardi": 9, "miljard": 9, "млрд": 9,
	"t": 12, "tn": 12, "trn": 12, "trillion": 12, "trillions": 12, "трлн": 12,
}

// flags are the letters that statistics offices put behind a number: a break in the series, an
// estimate, a provisional value.
var flags = pattern.Late(`^(:|[-−]?\d[\d., ]*)[ \x{a0}]?([bcdefinprsuz]{1,3})$`)

var (
	noteMark = pattern.Late(`^(.*?\d%?) ?([*†‡¹²³⁴⁵^]+|\[\w{1,3}\]|\((e|est\.?|p|r|s|prov\.?|geschätzt|estimate|` +
		`estimated|` +
		`preliminary|vorl\.?|rev\.?|\d)\))$`)
	noCents  = pattern.Late(`^(\d[\d.,' ’]*)([.,])[-–—]{1,2}$`)
	percents = pattern.Late(`(?i)^(\d[\d.,]*) ?(pct\.?|percent|per cent|prozent|pour cent|por ciento|per cento|` +
		`procent|p\.c\.)$`)
	spelled   = pattern.Late(`(?i)^(\d[\d.,' ]*) ?(\pL+[.€]?)$`)
	fraction  = pattern.Late(`^(\d+) ?/ ?(\d+)$`)
	fromTo    = pattern.Late(`^(\d[\d.,]*)%? ?([-–—]|to|bis|à) ?(\d[\d.,]*)(%?)$`)
	asText    = pattern.Late(`^(?:="?|')(-?\d[\d.,]*)"?$`)
	otherZero = []rune{'٠', '۰', '०', '০', '๐', '０'}
)

// remedyOf says what to write in place of a cell; "" where it cannot be told.
func remedyOf(s string) string {
	bare := s
	for _, c := range currencies {
		bare = strings.TrimSpace(strings.TrimSuffix(strings.TrimPrefix(bare, c), c))
	}
	if m := asText().FindStringSubmatch(s); m != nil {
		return fmt.Sprintf("write %s, without what makes it a text", m[1])
	}
	if m := noCents().FindStringSubmatch(bare); m != nil {
		mark := rune(m[2][0])
		if v, ok := dissect(m[1]).value(mark); ok || dissect(m[1]).form == integral {
			return fmt.Sprintf("write %s, without the dash for no cents", FormatNumber(v))
		}
	}
	if m := percents().FindStringSubmatch(s); m != nil {
		return fmt.Sprintf("write %s%%", m[1])
	}
	if plain := inDigits(s); plain != s {
		return fmt.Sprintf("write %s, in the digits 0 to 9", plain)
	}
	if m := fraction().FindStringSubmatch(s); m != nil {
		a, _ := strconv.ParseFloat(m[1], 64)
		if b, _ := strconv.ParseFloat(m[2], 64); b > 0 && a <= b {
			return fmt.Sprintf("write %s if it is a fraction", strconv.FormatFloat(a/b, 'g', 6, 64))
		}
	}
	if fromTo().MatchString(s) {
		return "it is a range; write one value, as its middle"
	}
	flag := ""
	if m := flags().FindStringSubmatch(bare); m != nil && bare == s {
		if flag = fmt.Sprintf("write %s if %s is a flag of statistics, which belongs in a column of its own",
			strings.TrimSpace(m[1]), m[2]); magnitudes[m[2]] == 0 {
			return flag
		}
	}
	if m := spelled().FindStringSubmatch(bare); m != nil {
		if zeros := magnitudes[strings.Trim(strings.ToLower(m[2]), ".")]; zeros > 0 {
			if v, ok := ReadNumber(strings.TrimSpace(m[1])); ok {
				remedy := fmt.Sprintf("write it out, %s for %s, or all amounts in one unit that the name of the column says",
					strconv.FormatFloat(shifted(v, zeros), 'f', -1, 64), clip(s))
				if flag != "" {
					remedy += "; " + flag
				}
				return remedy
			}
			return "write it out with all its zeros, or all amounts in one unit that the name of the column says"
		}
	}
	if m := noteMark().FindStringSubmatch(s); m != nil && dissect(m[1]).form != noNumber {
		return fmt.Sprintf("write %s; a mark for a note belongs in a column of its own", strings.TrimSpace(m[1]))
	}
	return flag
}

// shifted is v times ten to a power, as it would be written.
func shifted(v float64, power int) float64 {
	out, err := strconv.ParseFloat(strconv.FormatFloat(v, 'f', -1, 64)+"e"+strconv.Itoa(power), 64)
	if err != nil {
		return v
	}
	return out
}

// inDigits is a number in the digits 0 to 9 that is written in those of another script; other texts
// stay as they are.
func inDigits(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r < 128 && (r < '0' || r > '9') && !strings.ContainsRune("., %-", r):
			return s
		case r < 128:
			b.WriteRune(r)
		case r == '٫':
			b.WriteByte('.')
		case r == '٬':
		case unicode.IsDigit(r):
			digit := -1
			for _, zero := range otherZero {
				if r >= zero && r <= zero+9 {
					digit = int(r - zero)
				}
			}
			if digit < 0 {
				return s
			}
			b.WriteByte(byte('0' + digit))
		default:
			return s
		}
	}
	return b.String()
}
