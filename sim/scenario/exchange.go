package scenario

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"simulate/internal/quantity"

	"simulate/internal/pattern"
)

// The model counts in US dollars. A scenario may write amounts in other currencies and say what one
// unit of each is worth:
//
//	exchange_rates: {EUR: {value: 1.08 USD, source: "ECB, mean of 2024"}}
//	labs: {amalia: {budget: €40M/yr}}
//
// Amounts become dollars before anything else reads them. The resolved scenario has them as they
// were written, beside the rates, so that whoever reads it again gets the same dollars.

// currencySigns are how amounts write a currency beside its code. ¥ is missing: it is the yuan and
// the yen.
var currencySigns = map[string][]string{
	"EUR": {"€", "euros", "euro"}, "GBP": {"£"}, "CNY": {"CN¥", "RMB", "yuan"}, "INR": {"₹", "Rs.", "Rs"},
	"JPY": {"JP¥", "yen"}, "KRW": {"₩"}, "CHF": {"SFr."},
}

var letters = pattern.Late(`^[A-Za-z]+$`)

var currencyCode = pattern.Late(`^[A-Z]{3}$`)

const rateExample = "exchange_rates: {EUR: {value: 1.08 USD, source: …}}"

// usualRates are about what one unit of a currency was worth in 2024 [USD]: for examples, and to
// tell a rate that is the wrong way round or in cents.
var usualRates = map[string]float64{"EUR": 1.08, "GBP": 1.28, "CNY": 0.14, "INR": 0.012, "JPY": 0.0066, "KRW": 0.00073,
	"CHF": 1.14, "CAD": 0.73, "AUD": 0.66, "SEK": 0.095, "NOK": 0.093, "DKK": 0.145, "PLN": 0.25, "CZK": 0.043,
	"BRL": 0.19, "AED": 0.27, "SAR": 0.27, "SGD": 0.75, "HKD": 0.128, "TWD": 0.031, "ILS": 0.27, "MXN": 0.055,
	"ZAR": 0.055}

// exampleOf is how a file says what one unit of a currency is worth.
func exampleOf(code string) string {
	value := "…"
	if v, known := usualRates[code]; known {
		value = formatNumber(v)
	}
	return fmt.Sprintf("exchange_rates: {%s: {value: %s USD, source: …}}", code, value)
}

// foreign says what to do about an amount in a currency whose rate is wanting.
func foreign(code string) string { return foreignMoney + exampleOf(code) }

// codeOf is the currency of a sign or a word; the text itself where it is another.
func codeOf(text string) string {
	for code, signs := range currencySigns {
		same := func(sign string) bool { return strings.EqualFold(sign, text) }
		if same(code) || slices.ContainsFunc(signs, same) {
			return code
		}
	}
	return strings.ToUpper(text)
}

// rate is what one unit of a currency is worth.
type rate struct {
	code   string
	value  float64 // USD
	source string
	before *regexp.Regexp // € 40M
	behind *regexp.Regexp // 40M EUR
	count  int
	first  string // amount converted, in words
}

const figures = `([-+−]?[0-9][0-9_.,]*(?:[eE][-+]?[0-9]+)?` +
	`(?:[A-Za-z]+|\s+(?:k|M|B|T|thousand|million|billion|trillion)\b)?)`

func newRate(code string, value float64, source string) *rate {
	var before, behind []string
	for _, s := range append([]string{code}, currencySigns[code]...) {
		sign := regexp.QuoteMeta(s)
		if letters().MatchString(s) { // not part of a longer word
			before, behind = append(before, `\b`+sign), append(behind, sign+`\b`)
		} else {
			before, behind = append(before, sign), append(behind, sign)
		}
	}
	return &rate{code: code, value: value, source: source,
		before: regexp.MustCompile(`(?:` + strings.Join(before, "|") + `)\s*` + figures),
		behind: regexp.MustCompile(figures + `\s*(?:` + strings.Join(behind, "|") + `)`)}
}

// prosaic are the keys whose texts are no amounts.
var prosaic = []string{"title", "description", "source", "note", "label", "name", "misfit", "sources", "exchange_rates"}

var exchangeKey = key[Scenario]{
	name: "exchange_rates",
	meaning: "What one unit of another currency is worth in US dollars, by its code. Amounts of the scenario may then " +
		"be written in it, as €40M/yr or 40M EUR/yr.",
	schema: schema{"type": "object", "propertyNames": schema{"pattern": currencyCode().String()},
		"additionalProperties": anyOf(schema{"type": []string{"number", "string"}}, schema{
			"type": "object", "additionalProperties": false, "required": []string{"value"},
			"properties": schema{"value": schema{"type": []string{"number", "string"}}, "source": ref("text"),
				"note": ref("text")},
		})},
	bind: func(b *binder, c cell, _ visit[Scenario]) *node {
		if !b.mapping(c, rateExample) {
			return nil
		}
		out := &node{kind: mappingNode}
		for i := range c.n.pairs {
			p := &c.n.pairs[i]
			at := slices.IndexFunc(b.rates, func(r *rate) bool { return r.code == p.key })
			if at < 0 {
				continue // refused before
			}
			one := mappingAt(p.at, pair{"value", p.at, scalar(formatNumber(b.rates[at].value) + " USD")})
			one.flow = true
			source, note := plainText(p.value.get("source")), plainText(p.value.get("note"))
			if doc := p.value.at.doc; source == "" && doc != nil && doc.set {
				source = doc.name
			}
			for _, about := range []pair{{key: "source", value: scalar(source)}, {key: "note", value: scalar(note)}} {
				if about.value.text != "" {
					one.put(about.key, p.at, prose(about.value.text))
				}
			}
			b.s.origins = append(b.s.origins, Origin{Path: c.path + "." + p.key, Unit: "USD", Source: b.s.cited(source),
				Note:  note,
				Where: p.at.String(), Value: formatNumber(b.rates[at].value) + " USD", Written: plainText(p.value)})
			out.pairs = append(out.pairs, pair{p.key, p.at, one})
		}
		return out
	},
}

// exchange reads the rates and turns the amounts of a tree into dollars.
func (b *binder) exchange(root *node) {
	n := root.get(exchangeKey.name)
	if n == nil || n.kind != mappingNode {
		return
	}
	for _, p := range n.pairs {
		given := p.value
		if given.kind == mappingNode {
			b.unknownKeys(cell{n: given, at: p.at, path: exchangeKey.name + "." + p.key}, append([]string{"value"}, about...))
			given = given.get("value")
		}
		if !currencyCode().MatchString(p.key) || p.key == "USD" {
			b.addf(p.at, "write the code of a currency, as in "+rateExample, "%q is no currency beside the dollar", p.key)
			continue
		}
		if given == nil || given.kind != scalarNode {
			b.addf(p.at, "write "+rateExample, "%s.%s has no value", exchangeKey.name, p.key)
			continue
		}
		text := strings.TrimSpace(strings.NewReplacer("/"+p.key, "", "USD", "", "$", "").Replace(given.text))
		v, err := strconv.ParseFloat(text, 64)
		if err != nil || !(v > 1e-8 && v < 1e8) {
			b.addf(given.at, "write what one unit is worth, as in "+rateExample, "%s.%s: %q is no rate", exchangeKey.name,
				p.key, clip(given.text))
			continue
		}
		if usual, known := usualRates[p.key]; known && (v > 10*usual || v < usual/10) {
			remedy := fmt.Sprintf("write what one %s is worth in USD, as in %s", p.key, exampleOf(p.key))
			if inverse := 1 / v; inverse < 3*usual && inverse > usual/3 {
				remedy = fmt.Sprintf("write %.4g USD, what one %s is worth, if that many make a dollar", inverse, p.key)
			}
			b.addf(given.at, remedy, "%s.%s: one %s has been worth about %s USD, not %s", exchangeKey.name, p.key, p.key,
				formatNumber(usual), formatNumber(v))
			continue
		}
		source := plainText(p.value.get("source"))
		b.rates = append(b.rates, newRate(p.key, v, source))
	}
	if len(b.rates) > 0 {
		b.inDollars(root, "")
	}
}

// inDollars converts the amounts below a node.
func (b *binder) inDollars(n *node, path string) {
	switch n.kind {
	case mappingNode:
		for i := range n.pairs {
			if p := &n.pairs[i]; !slices.Contains(prosaic, p.key) {
				b.inDollars(p.value, strings.TrimPrefix(path+"."+p.key, "."))
			}
		}
	case sequenceNode:
		for i, item := range n.items {
			b.inDollars(item, fmt.Sprintf("%s.%d", path, i))
		}
	case scalarNode:
		written := cmp.Or(n.written, n.text) // it may have become dollars before
		text := dollars(b.rates, written)
		if text == written {
			return
		}
		for _, r := range b.rates {
			if r.before.MatchString(written) || r.behind.MatchString(written) {
				if r.count++; r.count == 1 {
					r.first = fmt.Sprintf("%s of %s is %s", path, written, text)
				}
			}
		}
		n.written, n.text = written, text
	}
}

// moneyAs is an amount in words, in the currency in which a value is written.
func (b *binder) moneyAs(n *node, v float64) string {
	written := n.anyWritten()
	for _, r := range b.rates {
		if !r.before.MatchString(written) && !r.behind.MatchString(written) {
			continue
		}
		return signOf(r.code) + strings.TrimPrefix(quantity.Money(v/r.value), "$")
	}
	return quantity.Money(v)
}

// anyWritten is the first text below a node that became something else; "" where there is none.
func (n *node) anyWritten() string {
	if n == nil {
		return ""
	}
	if n.written != "" {
		return n.written
	}
	for _, p := range n.pairs {
		if text := p.value.anyWritten(); text != "" {
			return text
		}
	}
	for _, item := range n.items {
		if text := item.anyWritten(); text != "" {
			return text
		}
	}
	return ""
}

// forgetCurrencies leaves the amounts of a tree in dollars alone, for a scenario with other rates.
func (n *node) forgetCurrencies() {
	n.written = ""
	for _, p := range n.pairs {
		p.value.forgetCurrencies()
	}
	for _, item := range n.items {
		item.forgetCurrencies()
	}
}

// sameRates tells whether two sections of rates say the same of each currency.
func sameRates(x, y *node) bool {
	if len(x.pairs) != len(y.pairs) {
		return false
	}
	for _, p := range x.pairs {
		other := y.get(p.key)
		if other == nil || plainText(p.value) != plainText(other) {
			return false
		}
	}
	return true
}

// dollars writes the amounts of a text that are in some currency as dollars.
func dollars(rates []*rate, text string) string {
	for _, r := range rates {
		text = r.dollars(text)
	}
	return text
}

// dollars writes the amounts of a text that are in the currency as dollars.
func (r *rate) dollars(text string) string {
	for _, pattern := range []*regexp.Regexp{r.before, r.behind} {
		text = pattern.ReplaceAllStringFunc(text, func(found string) string {
			figure := pattern.FindStringSubmatch(found)[1]
			a, c := parseTerm("$" + figure)
			if c != nil {
				return "$" + figure // whose own fault is then named
			}
			v, err := strconv.ParseFloat(strconv.FormatFloat(float64(a.value*r.value), 'g', 12, 64), 64)
			if err != nil {
				return found
			}
			return formatNumber(v) + " USD"
		})
	}
	return text
}

// money says of an amount in a currency whose rate the file has how it is written, and not that a
// rate is wanted.
func (b *binder) money(p *Problem, text string) {
	if !strings.HasPrefix(p.Remedy, foreignMoney) {
		return
	}
	for _, r := range b.rates {
		sign := append(slices.Clone(currencySigns[r.code]), r.code)
		if !slices.ContainsFunc(sign, func(s string) bool {
			return strings.Contains(strings.ToUpper(text), strings.ToUpper(s))
		}) {
			continue
		}
		p.Message = strings.Split(p.Message, ": ")[0] + fmt.Sprintf(": %q is not how amounts are written", clip(text))
		p.Remedy = fmt.Sprintf("write the figure, then k, M, B or T, then the time, as in %s40M/yr or 40M %s/yr", sign[0],
			r.code)
		return
	}
}

// exchanged says at which rates amounts were converted.
func (b *binder) exchanged() (notes []string) {
	for _, r := range b.rates {
		source := r.source
		if source == "" {
			source = "no source is given"
		}
		switch {
		case r.count == 0:
			notes = append(notes, fmt.Sprintf("exchange_rates.%s is not used: no amount is in it.", r.code))
		case r.count == 1:
			notes = append(notes, fmt.Sprintf("One %s is %s USD (%s): %s.", r.code, formatNumber(r.value), b.s.cited(source),
				r.first))
		default:
			notes = append(notes, fmt.Sprintf("One %s is %s USD (%s): %s, and %s more.", r.code, formatNumber(r.value),
				b.s.cited(source), r.first, quantity.Plural(r.count-1, "amount", "amounts")))
		}
	}
	return notes
}
