package scenario

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"simulate/internal/quantity"

	"simulate/sim/portable"
)

// unit says how the values of one kind are written, read and printed.
type unit struct {
	tag     string // as in the tags of package sim, "" for words
	what    string // what a value is, with its article
	example string
	pattern string // of the JSON schema, "" for none
	numeric bool   // takes intervals and all distributions; false: words, which only `choice` can vary
	parse   func(text string) (float64, *complaint)
	format  func(v float64) string
	words   []string // of an enumeration
	dates   bool     // intervals are normal and never lognormal
}

// unitOf returns the unit of a tag. It panics on a tag without one, for that is a bug.
func unitOf(tag string) *unit {
	u := units[tag]
	if u == nil {
		panic(fmt.Sprintf("scenario: no unit %q", tag))
	}
	return u
}

var units = makeUnits()

// money is how an amount of it is known in the schema: dollars, or another currency with its rate.
const money = `(\$|€|£|₹|₩|¥|[A-Z]{3})`

func makeUnits() map[string]*unit {
	list := []*unit{
		{tag: "1", what: "a pure number", example: "0.6, 60% or 8x"},
		{tag: "x", what: "a multiple", example: "8x"},
		{tag: "1/yr", what: "a rate per year", example: "0.2 or 20%/yr"},
		{tag: "yr", what: "a time", example: "8 months or 2 years", pattern: `[0-9] *[a-z]`},
		{tag: "growth/yr", what: "a growth rate", example: "3x/yr or 30%/yr", pattern: `(x|×|%|nats) *(/|per )`},
		{tag: "USD/yr", what: "an amount of money per year", example: "$6M/yr or 80B USD/yr",
			pattern: money + `.*(/|per |a year)`},
		{tag: "USD", what: "an amount of money", example: "$5B or 5B USD", pattern: money},
		{tag: "USD/H100e", what: "a price of compute", example: "$40k/H100e", pattern: money + `.*(/|per )`},
		{tag: "USD/Mtok", what: "a price of tokens", example: "$6/Mtok", pattern: money + `.*(/|per )`},
		{tag: "H100e", what: "an amount of compute", example: "20_000 H100e or 25k A100", pattern: `[0-9k] *[A-Z]`},
		{tag: "H100e/yr", what: "compute bought per year", example: "100k H100e/yr", pattern: `[A-Z].*(/|per )`},
		{tag: "FLOP", what: "an amount of computation", example: "1e26 FLOP", pattern: `FLOP`},
		{tag: "nats", what: "a natural logarithm", example: "0.7 or 2x"},
		{tag: "nats/OOM", what: "nats per order of magnitude", example: "1.7"},
		{tag: "OOM", what: "a number of orders of magnitude", example: "0.5 or 0.5 OOM"},
		{tag: "1/OOM", what: "a number per order of magnitude", example: "0.2"},
		{tag: "OOM/yr", what: "orders of magnitude per year", example: "0.5 OOM/yr", pattern: `OOM *(/|per )`},
		{tag: "date", what: "a date", example: "2025-01-20 or 2025-01", pattern: `^[0-9]{4}`, dates: true},
		{tag: "0 or 1", what: "yes or no", example: "true or false"},
	}
	out := map[string]*unit{}
	for _, u := range list {
		u.numeric = u.tag != "0 or 1"
		u.parse = func(text string) (float64, *complaint) { return u.read(text) }
		u.format = func(v float64) string { return u.print(v) }
		out[u.tag] = u
	}
	out["0 or 1"].words = []string{"false", "true"}
	out["0, 1 or 2"] = wordUnit("a way of setting prices", []string{"bertrand", "cournot", "cost_plus"}) // market.conduct
	out["0, 1 or 2"].tag = "0, 1 or 2"
	return out
}

// read parses a value of the unit into the number that the model uses.
func (u *unit) read(text string) (float64, *complaint) {
	switch u.tag {
	case "date":
		s, c := parseDate(text)
		return s.start, c
	case "0 or 1":
		return parseSwitch(text)
	}
	a, c := parseAmount(text)
	if c != nil {
		if c.remedy == "" {
			c.remedy = "write e.g. " + u.example
		}
		return 0, c
	}
	v, ok := u.convert(a)
	if !ok {
		return 0, u.mismatch(a, text)
	}
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return 0, complain("write e.g. "+u.example, "%q has no logarithm", clip(text))
	}
	return v, nil
}

// convert turns an amount into the unit; false when it is something else.
func (u *unit) convert(a amount) (float64, bool) {
	months := 1.0
	if a.month {
		months = 12
	}
	got := a.count
	if a.per != "" {
		got += "/" + a.per
	}
	switch u.tag {
	case "growth/yr":
		switch got {
		case "x/yr":
			return float64(months * portable.Log(a.value)), true
		case "%/yr":
			return float64(months * portable.Log(percentFactor(a.value))), true
		case "nats/yr":
			return float64(months * a.value), true
		}
		return 0, false
	case "1":
		if got == "%" {
			return percent(a.value), true
		}
		return a.value, got == "" || got == "x"
	case "1/yr":
		if got == "%/yr" {
			return float64(months * percent(a.value)), true
		}
		return float64(months * a.value), got == "" || got == "/yr"
	case "nats":
		if got == "x" {
			return portable.Log(a.value), true
		}
		return a.value, got == "" || got == "nats"
	case "OOM":
		if got == "x" {
			return portable.Log10(a.value), true
		}
		return a.value, got == "" || got == "OOM"
	case "nats/OOM", "1/OOM":
		return a.value, got == "" || got == strings.TrimPrefix(u.tag, "1")
	case "x":
		return a.value, got == "" || got == "x"
	}
	return float64(months * a.value), got == u.tag
}

// percent is v % as a fraction, rounded once: 30 % is 0.3.
func percent(v float64) float64 {
	p, err := strconv.ParseFloat(shift(v, -2), 64)
	if err != nil {
		return v / 100
	}
	return p
}

func percentFactor(v float64) float64 { return 1 + percent(v) }

// shift writes v·10^n in digits, exactly.
func shift(v float64, n int) string {
	mantissa, e, _ := strings.Cut(strconv.FormatFloat(v, 'e', -1, 64), "e")
	exponent, err := strconv.Atoi(e)
	if err != nil {
		return ""
	}
	return mantissa + "e" + strconv.Itoa(exponent+n)
}

// mismatch says what an amount is and what is wanted.
func (u *unit) mismatch(a amount, text string) *complaint {
	remedy := "write e.g. " + u.example
	money := strings.HasPrefix(u.tag, "USD")
	switch {
	case a.count == "" && money && !strings.Contains(u.tag, a.per):
		return complain(remedy, "%q has neither the currency nor the period of %s", clip(text), u.what)
	case a.count == "" && money:
		if strings.HasPrefix(text, "0") || strings.HasPrefix(text, ".") {
			remedy += shellHint
		}
		return complain(remedy, "%q has no currency", clip(text))
	case a.count == "" && a.per == "":
		return complain(remedy, "%q has no unit", clip(text))
	case a.count == "USD" && a.per == "" && u.tag == "USD/yr":
		return complain("write "+clip(text)+"/yr if it is a yearly rate", "%q does not say per when", clip(text))
	case (a.count == "%" || a.count == "x") && a.per == "" && u.tag == "growth/yr":
		return complain("write "+clip(text)+"/yr", "%q does not say per when", clip(text))
	}
	return complain(remedy, "%q is %s, but %s is wanted", clip(text), describe(a), u.what)
}

// describe says in words what an amount counts.
func describe(a amount) string {
	words := map[string]string{
		"": "a pure number", "%": "a percentage", "x": "a multiple", "USD": "money", "H100e": "compute",
		"FLOP": "computation",
		"yr":   "a time", "nats": "a logarithm", "OOM": "a number of orders of magnitude",
	}
	per := map[string]string{"": "", "yr": " per year", "H100e": " per chip", "Mtok": " per million tokens",
		"OOM": " per order of magnitude"}
	return words[a.count] + per[a.per]
}

// parseSwitch reads true and false, and refuses the words that YAML versions disagree about.
func parseSwitch(text string) (float64, *complaint) {
	switch text {
	case "true":
		return 1, nil
	case "false":
		return 0, nil
	}
	switch strings.ToLower(text) {
	case "yes", "y", "on", "true", "1":
		return 0, complain("write true", "%q is read differently by different YAML programs", clip(text))
	case "no", "n", "off", "false", "0":
		return 0, complain("write false", "%q is read differently by different YAML programs", clip(text))
	}
	return 0, complain("write true or false", "%q is neither true nor false", clip(text))
}

// wordUnit is an enumeration; a value is the index of its word.
func wordUnit(what string, words []string) *unit {
	u := &unit{what: what, words: words, example: quantity.OneOf(words)}
	u.parse = func(text string) (float64, *complaint) {
		if i := slices.Index(words, text); i >= 0 {
			return float64(i), nil
		}
		return 0, complain(quantity.DidYouMean(text, words), "%s %q is not known",
			strings.TrimPrefix(strings.TrimPrefix(what, "a "), "an "), clip(text))
	}
	u.format = func(v float64) string {
		if i := int(v); i >= 0 && i < len(words) {
			return words[i]
		}
		return formatNumber(v)
	}
	return u
}

// parseWhole reads a whole number of 0 or more.
func parseWhole(text string) (uint64, *complaint) {
	plain := strings.ReplaceAll(text, "_", "")
	v, err := strconv.ParseUint(plain, 10, 64)
	switch {
	case err == nil && len(plain) > 1 && plain[0] == '0':
		return 0, complain(fmt.Sprintf("write %d", v), "%q starts with a zero, which YAML reads as an octal number",
			clip(text))
	case err == nil && !strings.HasPrefix(text, "_") && !strings.HasSuffix(text, "_"):
		return v, nil
	case strings.HasPrefix(plain, "-"):
		return 0, complain("write 0 or more", "%q is negative", clip(text))
	}
	if f, err := strconv.ParseFloat(plain, 64); err == nil && f >= 0 && f < 1e18 && !math.IsNaN(f) {
		if f == math.Floor(f) {
			return 0, complain(fmt.Sprintf("write %d", uint64(f)), "%q is not written as a whole number", clip(text))
		}
		return 0, complain(fmt.Sprintf("write %d or %d", uint64(f), uint64(f)+1), "%q is a fraction where a whole number "+
			"belongs", clip(text))
	}
	return 0, complain("write a whole number such as 200", "%q is not a whole number", clip(text))
}

func sorted(words []string) []string {
	slices.Sort(words)
	return words
}

// firstExample is the first way to write a value of the unit.
func firstExample(u *unit) string {
	first, _, _ := strings.Cut(u.example, " or ")
	first, _, _ = strings.Cut(first, ", ")
	return first
}
