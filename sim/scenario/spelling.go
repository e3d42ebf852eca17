package scenario

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"

	"simulate/internal/pattern"
	"simulate/sim/table"
)

// People write money as they do at home: 40 Mio. €/Jahr, 40 millions d'euros par an, ₹500 crore.
// Such amounts are refused, for a word may mean one thing here and another there, and the refusal
// says how the amount is written in scenarios.

// powersOfTen are the words and letters for multiples of money, in small letters and without a
// point at their end. Those that differ between languages are missing: mil, and Billion beside
// billion.
var powersOfTen = map[string]float64{
	"k": 1e3, "tsd": 1e3, "tausend": 1e3, "thousand": 1e3, "lakh": 1e5, "lac": 1e5, "crore": 1e7, "cr": 1e7, "万": 1e4,
	"m": 1e6, "mm": 1e6, "mn": 1e6, "mio": 1e6, "mill": 1e6, "mln": 1e6, "million": 1e6, "millions": 1e6,
	"millionen": 1e6, "milioni": 1e6, "millones": 1e6, "milhões": 1e6, "miljoen": 1e6, "億": 1e8, "亿": 1e8,
	"bn": 1e9, "bln": 1e9, "mrd": 1e9, "mld": 1e9, "mds": 1e9, "md": 1e9, "milliarde": 1e9, "milliarden": 1e9,
	"milliard": 1e9, "milliards": 1e9, "miliardi": 1e9, "miljard": 1e9, "bilhões": 1e9,
}

// periods are the words for the time of a rate, and fillers what stands around them.
var (
	periods = map[string]string{
		"yr": "yr", "y": "yr", "year": "yr", "annum": "yr", "annually": "yr", "yearly": "yr", "pa": "yr", "jahr": "yr",
		"jährlich": "yr", "j": "yr", "a": "yr", "an": "yr", "année": "yr", "ano": "yr", "año": "yr", "anno": "yr",
		"rok": "yr", "jaar": "yr", "年": "yr",
		"month": "month", "monthly": "month", "monat": "month", "mois": "month", "mese": "month", "mes": "month",
		"mês": "month", "maand": "month", "月": "month",
	}
	fillers = []string{"per", "pro", "par", "por", "al", "all", "im", "de", "d", "di", "of", "p", "each", "every"}
)

var (
	writtenNumber = pattern.Late(`[0-9](?:[0-9.,'’_\x{a0}\x{202f} ]*[0-9])?`)
	joinedWord    = pattern.Late(`\p{Han}|\p{L}+`)
	otherDollar   = pattern.Late(`\p{L}\$`) // of Australia, Brazil, Canada, …
)

// respelt writes an amount of money as scenarios do, in its own currency; "" where its words, its
// number or its currency are not certain. timed tells whether it says per when.
func respelt(text string) (code, out string, timed bool) {
	lower := strings.ToLower(text)
	number := writtenNumber().FindString(lower)
	v, certain := table.ReadNumber(strings.ReplaceAll(number, "_", ""))
	if number == "" || !certain || strings.Count(lower, number) != 1 {
		return "", "", false
	}
	rest := strings.Replace(lower, number, " ", 1)
	code, rest = currencyOf(rest)
	rest = strings.NewReplacer("p.a.", " pa ", "p. a.", " pa ").Replace(rest)
	if strings.ContainsFunc(rest, func(r rune) bool { return unicode.IsDigit(r) || strings.ContainsRune("+-−×*", r) }) {
		return "", "", false
	}
	period := ""
	for _, word := range joinedWord().FindAllString(rest, -1) {
		if factor, known := powersOfTen[word]; known {
			v = float64(v * factor)
		} else if p, known := periods[word]; known && period == "" {
			period = p
		} else if !slices.Contains(fillers, word) {
			return "", "", false
		}
	}
	if code == "" {
		return "", "", false
	}
	sign := "$"
	if code != "USD" {
		sign = signOf(code)
	}
	out = sign + strings.TrimPrefix(formatMoney(v), "$") + "/"
	if period == "" {
		return code, out + "yr", false
	}
	return code, out + period, true
}

// signOf is what stands before an amount in a currency.
func signOf(code string) string {
	if signs := currencySigns[code]; len(signs) > 0 {
		return signs[0]
	}
	return code + " "
}

// currencyOf finds the currency that words in small letters name and takes it out; "" where there
// is none, or several.
func currencyOf(text string) (code, rest string) {
	rest = text
	take := func(of string, signs ...string) {
		for _, sign := range signs {
			sign = strings.ToLower(sign)
			var cut string
			if letters().MatchString(sign) {
				cut = joinedWord().ReplaceAllStringFunc(rest, func(word string) string {
					if word == sign {
						return " "
					}
					return word
				})
			} else {
				cut = strings.ReplaceAll(rest, sign, " ")
			}
			if cut != rest {
				if rest = cut; code != "" && code != of {
					of = "?"
				}
				code = of
			}
		}
	}
	take("USD", "US$")
	if !otherDollar().MatchString(rest) {
		take("USD", "$", "USD", "dollars", "dollar")
	}
	for _, of := range slices.Sorted(maps.Keys(currencySigns)) {
		take(of, append(slices.Clone(currencySigns[of]), of)...)
	}
	take("CNY", "元")
	if code == "?" {
		code = ""
	}
	return code, rest
}

// howToWrite turns a complaint about an amount of money that is written as at home into how
// scenarios write it.
func (b *binder) howToWrite(p *Problem, text string, l *leaf) {
	if l.unit.tag != "USD/yr" || strings.Contains(p.Message, "magnitude") || strings.Contains(p.Message, "could group") {
		b.money(p, text) // what else is wrong is named
		return
	}
	code, spelt, timed := respelt(text)
	if spelt != "" && code != "USD" {
		if _, bad := l.unit.parse(newRate(code, 1, "").dollars(text)); bad == nil { // its rate alone is wanting
			spelt = ""
		}
	}
	if spelt == "" {
		b.money(p, text)
		return
	}
	if timed {
		p.Message = fmt.Sprintf("%s: %q is not how amounts are written", l.path, clip(text))
	}
	if p.Remedy = "write " + spelt; !timed {
		p.Remedy += " if it is a yearly rate"
	}
	rated := slices.ContainsFunc(b.rates, func(r *rate) bool { return r.code == code })
	if code != "USD" && !rated {
		p.Remedy += worth(code)
	}
}
