package scenario

import (
	"math"
	"strconv"
	"strings"
	"unicode"

	"simulate/internal/pattern"
	"simulate/internal/quantity"
)

// amount is a quantity as written: a number and what it counts.
type amount struct {
	value float64
	count string // "", "%", "x", "USD", "H100e", "FLOP", "yr", "nats" or "OOM"
	per   string // "", "yr", "H100e", "Mtok" or "OOM"
	month bool   // per month as written; value is not yet converted
}

// The words for what a number counts and per what, and how many of the base unit one is.
var counts = map[string]struct {
	base   string
	factor float64
}{
	"%": {"%", 1}, "x": {"x", 1}, "×": {"x", 1}, "times": {"x", 1},
	"$": {"USD", 1}, "USD": {"USD", 1}, "dollar": {"USD", 1}, "dollars": {"USD", 1},
	"FLOP": {"FLOP", 1}, "FLOPs": {"FLOP", 1},
	"yr": {"yr", 1}, "y": {"yr", 1}, "year": {"yr", 1}, "years": {"yr", 1},
	"quarter": {"yr", 4}, "quarters": {"yr", 4}, "month": {"yr", 12}, "months": {"yr", 12},
	"week": {"yr", 365.25 / 7}, "weeks": {"yr", 365.25 / 7}, "day": {"yr", 365.25}, "days": {"yr", 365.25},
	"nat": {"nats", 1}, "nats": {"nats", 1}, "OOM": {"OOM", 1}, "OOMs": {"OOM", 1},
}

// pers are the words after a slash or "per"; a chip's name is added by the catalogue.
var pers = map[string]string{
	"yr": "yr", "y": "yr", "a": "yr", "year": "yr", "annum": "yr", "month": "month", "mo": "month",
	"Mtok": "Mtok", "million tokens": "Mtok", "M tokens": "Mtok", "1M tokens": "Mtok", "OOM": "OOM",
}

// magnitudes are the powers of ten of the letters and words after a number.
var magnitudes = map[string]int{
	"k": 3, "M": 6, "B": 9, "T": 12, "thousand": 3, "million": 6, "billion": 9, "trillion": 12,
}

var wrongMagnitudes = map[string]string{
	"K": "k", "m": "M", "b": "B", "t": "T", "G": "B", "mil": "M", "mio": "M", "mn": "M", "mm": "M", "MM": "M", "bn": "B",
	"bln": "B", "tn": "T", "trn": "T",
}

// parseAmount reads one quantity, or a sum of chips such as "10_000 A100 + 16_000 H800".
func parseAmount(text string) (amount, *complaint) {
	terms := strings.Split(text, " + ")
	total, c := parseTerm(terms[0])
	if c != nil || len(terms) == 1 {
		return total, c
	}
	for _, t := range terms[1:] {
		a, c := parseTerm(t)
		if c != nil {
			return a, c
		}
		if a.count != "H100e" || total.count != "H100e" || a.per != total.per {
			return a, complain("write a single quantity", "only chips can be added up, not %q", clip(text))
		}
		total.value += a.value
	}
	return total, nil
}

func parseTerm(text string) (amount, *complaint) {
	text = strings.TrimSpace(text)
	var a amount
	if c := refuse(text); c != nil {
		return a, c
	}
	head, per, c := splitPer(text)
	if c != nil {
		return a, c
	}
	number, exponent, word, currency, c := splitHead(head)
	if c != nil {
		return a, c
	}
	if a.value, c = parseNumber(number, exponent, text); c != nil {
		return a, c
	}
	if per == "month" {
		per, a.month = "yr", true
	}
	a.per = per
	if chip, found := catalogue().find(word); found {
		a.count, a.value = "H100e", float64(a.value*chip.H100e)
	} else if u, found := counts[word]; found {
		a.count, a.value = u.base, a.value/u.factor
	} else if word != "" {
		return a, unknownUnit(word)
	}
	if currency && a.count != "" && a.count != "USD" {
		return a, complain("write either the $ or the unit", "%q is both dollars and %s", clip(text), word)
	}
	if currency {
		a.count = "USD"
	}
	if chip, found := catalogue().find(per); found && per != "" {
		a.per, a.value = "H100e", a.value/chip.H100e
	}
	return a, nil
}

var codeBefore = pattern.Late(`^[A-Z]{3} ?[0-9]`)

// apart are thousands parted as in Switzerland and France: 1'000, 1 000.
var (
	apart      = pattern.Late(`\b[0-9]{1,3}(?:['’` + "`" + `\x{a0}\x{202f} ][0-9]{3})+\b`)
	marksApart = pattern.Late(`[^0-9]`)
)

const foreignMoney = "convert it to USD, or say what one is worth: "

// refuse names spellings that would otherwise be read as something else.
func refuse(text string) *complaint {
	lower := strings.ToLower(strings.TrimLeft(text, "+-."))
	switch {
	case text == "":
		return complain("write one", "the value is empty")
	case lower == "nan":
		return complain("write a number", "NaN is not a number")
	case lower == "inf" || lower == "infinity":
		return complain("write a finite number", "infinity is not allowed here")
	case strings.Contains(lower, "bash") || strings.HasPrefix(lower, "zsh") || strings.HasPrefix(lower, "sh/"):
		return complain("put the value in single quotes, or write 0 USD/yr", "%q is what a shell makes of `$0`", clip(text))
	}
	if m := apart().FindString(text); m != "" {
		return complain("group thousands with _, as in "+marksApart().ReplaceAllString(m, "_"), "the marks in %q group "+
			"nothing here", clip(m))
	}
	if code := codeBefore().FindString(text); code != "" && !strings.HasPrefix(code, "USD") {
		return complain(foreign(code[:3]), "only US dollars are understood, not %s", code[:3])
	}
	for _, r := range text {
		switch r {
		case '¥':
			return complain("write CNY or JPY, and what one is worth: exchange_rates: {CNY: {value: 0.14 USD, source: …}}",
				"¥ is the yuan and the yen")
		case '€', '£', '₹', '₩':
			return complain(foreign(codeOf(string(r))), "only US dollars are understood, not %c", r)
		}
	}
	return nil
}

// splitPer cuts "80B USD/yr" or "6 USD per million tokens" at the slash or the word.
func splitPer(text string) (head, per string, c *complaint) {
	head, per, found := strings.Cut(text, "/")
	if !found {
		head, per, found = strings.Cut(text, " per ")
	}
	if !found {
		if h, ok := strings.CutSuffix(text, " a year"); ok {
			head, per, found = h, "yr", true
		}
	}
	head, per = strings.TrimSpace(head), strings.TrimSpace(per)
	if !found {
		return head, "", nil
	}
	if p, known := pers[per]; known {
		return head, p, nil
	}
	if _, known := catalogue().find(per); known {
		return head, per, nil
	}
	switch per {
	case "s", "sec", "second", "h", "hr", "hour", "day", "week", "quarter":
		return "", "", complain("convert it to a year and write /yr", "rates are per year, not per %s", per)
	}
	return "", "", complain("write /yr, /month, /H100e or /Mtok", "%q after the slash is not known", clip(per))
}

// splitHead cuts "$2.5B", "80B USD" or "25k A100" into number, power of ten and word.
func splitHead(head string) (number string, exponent int, word string, currency bool, c *complaint) {
	sign := ""
	rest := head
	for {
		switch {
		case sign == "" && (strings.HasPrefix(rest, "-") || strings.HasPrefix(rest, "+") || strings.HasPrefix(rest, "−")):
			r := []rune(rest)
			sign, rest = strings.Replace(string(r[0]), "−", "-", 1), strings.TrimSpace(string(r[1:]))
			continue
		case !currency && strings.HasPrefix(rest, "$"):
			currency, rest = true, strings.TrimSpace(rest[1:])
			continue
		case !currency && strings.HasPrefix(rest, "USD "):
			currency, rest = true, strings.TrimSpace(rest[4:])
			continue
		}
		break
	}
	i := 0
	for i < len(rest) && (rest[i] >= '0' && rest[i] <= '9' || rest[i] == '.' || rest[i] == '_' || rest[i] == ',' ||
		((rest[i] == 'e' || rest[i] == 'E') && i > 0 && i+1 < len(rest) && exponentFollows(rest[i+1:])) ||
		((rest[i] == '-' || rest[i] == '+') && i > 0 && (rest[i-1] == 'e' || rest[i-1] == 'E'))) {
		i++
	}
	number, rest = sign+rest[:i], strings.TrimSpace(rest[i:])
	words := strings.Fields(rest)
	if len(words) > 0 {
		if e, found := magnitudes[words[0]]; found {
			exponent, words = e, words[1:]
		} else if right, found := wrongMagnitudes[words[0]]; found {
			return "", 0, "", false, complain("write "+number+right+" (k, M, B and T are thousand, million, billion and "+
				"trillion)", "%q is not a magnitude", words[0])
		}
	}
	return number, exponent, strings.Join(words, " "), currency, nil
}

func exponentFollows(s string) bool {
	s = strings.TrimLeft(s, "+-")
	return s != "" && s[0] >= '0' && s[0] <= '9'
}

// parseNumber reads digits with optional _ between them, shifted by a power of ten without rounding
// twice.
func parseNumber(number string, exponent int, text string) (float64, *complaint) {
	digits := strings.TrimLeft(number, "+-")
	plain := strings.ReplaceAll(digits, "_", "")
	switch {
	case digits == "":
		if strings.HasPrefix(text, "$") {
			return 0, complain("write e.g. $6M/yr", "%q has no number", clip(text))
		}
		if exponent > 0 {
			return 0, complain(shellRemedy, "%q has no number; it looks like what a shell leaves of an amount such as "+
				"`$6M/yr` in double quotes, where it takes `$6` for a variable", clip(text))
		}
		return 0, complain("", "%q is not a number", clip(text))
	case strings.Contains(digits, ","):
		return 0, withCommas(digits)
	case strings.HasPrefix(digits, "_") || strings.HasSuffix(digits, "_") || strings.Contains(digits, "__"):
		return 0, complain("write it between digits, as in 20_000", "the _ in %q groups nothing", digits)
	case strings.Contains(digits, "_") && !groups().MatchString(digits):
		return 0, complain("write "+plain+", or groups of three digits as in 20_000", "the _ in %q groups no thousands",
			digits)
	case len(plain) > 1 && plain[0] == '0' && plain[1] >= '0' && plain[1] <= '9':
		if exponent > 0 && !strings.Contains(text, "$") {
			return 0, complain(shellRemedy, "%q starts with zeros; it looks like what a shell leaves of an amount such as "+
				"`$400M/yr` in double quotes, where it takes `$4` for a variable", clip(text))
		}
		return 0, complain("write "+strings.TrimLeft(plain[:len(plain)-1], "0")+plain[len(plain)-1:], "%q starts with a "+
			"zero, which YAML reads as an octal number", clip(digits))
	}
	if exponent != 0 {
		mantissa, e, _ := strings.Cut(strings.ToLower(plain), "e")
		written, err := 0, error(nil)
		if e != "" {
			if written, err = strconv.Atoi(e); err != nil {
				return 0, complain("write a number such as 2.5", "%q is not a number", clip(text))
			}
		}
		plain = mantissa + "e" + strconv.Itoa(written+exponent)
	}
	v, err := strconv.ParseFloat(plain, 64)
	if err != nil || math.IsInf(v, 0) || math.IsNaN(v) {
		if e, ok := err.(*strconv.NumError); ok && e.Err == strconv.ErrRange {
			return 0, complain("write a smaller number", "%q is too large", clip(text))
		}
		return 0, complain("write a number such as 2.5", "%q is not a number", clip(text))
	}
	if strings.HasPrefix(number, "-") {
		v = -v
	}
	return v, nil
}

// groups are thousands parted by _, as in English or as in India, of digits in front of a point.
var groups = pattern.Late(`^(?:[0-9]{1,3}(?:_[0-9]{3})+|[0-9]{1,2}(?:_[0-9]{2})*_[0-9]{3}|[0-9]*)(?:\.[0-9_]*)?` +
	`(?:[eE][-+]?[0-9]+)?$`)

// withCommas says how a number with commas is written, by what they can mean: thousands, as here or
// in India, or decimals.
func withCommas(digits string) *complaint {
	before, behind, pointed := strings.Cut(digits, ".")
	grouped := strings.ReplaceAll(digits, ",", "_")
	decimal := ""
	switch n := strings.Count(digits, ","); {
	case n == 1 && !pointed:
		decimal = strings.Replace(digits, ",", ".", 1)
	case n == 1 && strings.Contains(behind, ",") && !strings.Contains(before, ","): // 1.234,5
		decimal = strings.Replace(strings.ReplaceAll(digits, ".", "_"), ",", ".", 1)
	}
	thousands := groups().MatchString(grouped) && !strings.Contains(behind, ",")
	if decimal != "" && !groups().MatchString(decimal) {
		decimal = ""
	}
	switch {
	case thousands && decimal != "":
		return complain("write "+grouped+" or "+decimal, "the comma in %q could group thousands or start decimals", digits)
	case thousands:
		return complain("write "+grouped, "the commas in %q group thousands", digits)
	case decimal != "":
		return complain("write "+decimal, "the comma in %q starts decimals", digits)
	}
	return complain("write a number such as 2.5 or 20_000", "%q is not a number", digits)
}

const (
	shellRemedy = "use single quotes, or write USD as in 10B USD/yr"
	shellHint   = "; in double quotes a shell takes the `$1` of `$10B/yr` for a variable and leaves `0B/yr`, so use " +
		"single quotes or USD there"
)

// unknownUnit explains a word that is neither unit nor chip.
func unknownUnit(word string) *complaint {
	switch strings.ToLower(word) {
	case "eur", "euro", "euros", "gbp", "cny", "rmb", "yuan", "jpy", "aed", "inr", "chf", "krw", "cad", "aud", "sar",
		"sgd":
		return complain(foreign(codeOf(word)), "only US dollars are understood, not %s", word)
	case "chips", "gpus", "gpu", "chip", "accelerators":
		return complain("name the chip, as in 25k A100, or write H100e", "%q does not say which chips", word)
	case "gw", "mw", "kw":
		return complain("write the chips, or H100e", "compute is counted in chips, not in %s", word)
	}
	for _, r := range word {
		if unicode.IsLetter(r) {
			words := catalogue().names()
			for w := range counts {
				words = append(words, w)
			}
			return complain(didYouMeanUnit(word, words), "the unit %q is not known", clip(word))
		}
	}
	return complain("write a number and its unit, as in $6M/yr or 20_000 H100e", "%q is not part of a quantity",
		clip(word))
}

func didYouMeanUnit(word string, words []string) string {
	if w := quantity.Nearest(word, sorted(words)); w != "" {
		return "did you mean " + w + "?"
	}
	return "units are $ or USD, FLOP, years, months, days, %, x, and the chips of the catalogue"
}
