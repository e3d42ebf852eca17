package explore

import (
	"cmp"
	"embed"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"simulate/internal/quantity"
	"simulate/sim"
)

// Texts are the words of a page in one language, by key. A text holds places such as {value} for
// what changes.
type Texts map[string]string

//go:embed languages/*.json
var languageFiles embed.FS

// Languages are the texts that the program carries, by the code of the language: en and fr.
func Languages() map[string]Texts {
	out := map[string]Texts{}
	entries, err := languageFiles.ReadDir("languages")
	if err != nil {
		panic(err) // embedded: cannot fail
	}
	for _, e := range entries {
		data, err := languageFiles.ReadFile("languages/" + e.Name())
		var t Texts
		if err == nil {
			err = json.Unmarshal(data, &t)
		}
		if err != nil {
			panic(fmt.Sprintf("explore: %s: %v", e.Name(), err)) // a test reads them
		}
		out[strings.TrimSuffix(e.Name(), ".json")] = t
	}
	return out
}

// fill puts values into the places of a text: name, value, name, value, …
func (t Texts) fill(key string, pairs ...string) string {
	for i := 0; i+1 < len(pairs); i += 2 {
		pairs[i] = "{" + pairs[i] + "}"
	}
	return strings.NewReplacer(pairs...).Replace(t[key])
}

// plain writes a number with the language's separators.
func (t Texts) plain(v float64, decimals int) string {
	text := strconv.FormatFloat(math.Abs(v), 'f', decimals, 64)
	whole, rest, _ := strings.Cut(text, ".")
	out := quantity.Group(whole, t["number.group"])
	if rest != "" {
		out += t["number.decimal"] + rest
	}
	if v < 0 && strings.Trim(text, "0.") != "" {
		out = "−" + out
	}
	return out
}

// amounts are the steps in which large numbers are written, with the keys of their words.
var amounts = []struct {
	from float64
	word string
}{{1e12, "number.trillion"}, {1e9, "number.billion"}, {1e6, "number.million"}}

// three writes a number with at most three digits.
func (t Texts) three(v float64) string { return t.Number(v, 3) }

// Number writes a number with at most so many significant digits, with the language's separators.
func (t Texts) Number(v float64, digits int) string {
	if math.Abs(v) < 5e-7 {
		return "0"
	}
	text := strconv.FormatFloat(v, 'g', digits, 64)
	rounded, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return text
	}
	decimals := 0
	for decimals < 9 && math.Abs(rounded*math.Pow10(decimals)-math.Round(rounded*math.Pow10(decimals))) > 1e-6 {
		decimals++
	}
	return t.plain(rounded, decimals)
}

// Value writes a value of a metric in a sentence.
func (t Texts) Value(metric string, v float64) string {
	unit := ""
	for _, m := range sim.Metrics {
		if m.Name == metric {
			unit = m.Unit
		}
	}
	switch {
	case math.IsNaN(v):
		return "–"
	case unit == "0–10,000":
		return t.plain(v, 0)
	case unit == "0–1":
		return t.fill("number.points", "value", t.plain(100*v, 1))
	case strings.HasPrefix(unit, "USD"):
		text := t.three(math.Abs(v))
		for _, a := range amounts {
			if math.Abs(v) >= a.from {
				text = t.three(math.Abs(v)/a.from) + t[a.word]
				break
			}
		}
		sign := ""
		if v < 0 {
			sign = "−"
		}
		return sign + t.fill("number.dollars", "value", text)
	}
	return t.three(v)
}

// Date writes an ISO date as month and year.
func (t Texts) Date(iso string) string {
	months := strings.Fields(t["months"])
	month, err := strconv.Atoi(iso[5:7])
	if err != nil || month < 1 || month > len(months) {
		return iso
	}
	return months[month-1] + " " + iso[:4]
}

// Sentences say what a summary shows: the effect on the concentration of sales a year after and at
// the end, whether that depends on how sales are counted, and what the policies cost. Each says of
// its interval what it holds.
func (t Texts) Sentences(sum *Summary) []string {
	if len(sum.Effects) == 0 {
		b, end := sum.Runs["hhi_sales"], len(sum.Dates)-1
		if sum.N == 0 {
			return nil
		}
		return []string{t.fill("sentence.alone", "from", t.Value("hhi_sales", b.Mean[0]), "begin", t.Date(sum.Dates[0]),
			"to", t.Value("hhi_sales", b.Mean[end]),
			"end", t.Date(sum.Dates[end]), "low", t.Value("hhi_sales", b.Low[end]), "high", t.Value("hhi_sales", b.High[end]),
			"n", strconv.Itoa(sum.N))}
	}
	var out []string
	for _, e := range sum.Effects {
		if e.Metric == "hhi_sales" {
			out = append(out, t.sentence(e, t.What(sum.Measured)))
		}
	}
	if text := t.readings(sum.Effects); text != "" {
		out = append(out, text)
	}
	for _, e := range sum.Effects {
		if e.Metric == "policy_cost" && e.When == "end" && e.Change != 0 {
			out = append(out, t.fill("sentence.cost", "value", t.Value(e.Metric, float64(e.With)), "date", t.Date(e.Date)))
		}
	}
	return out
}

// readings says how the first effect on the concentration of sales depends on what is counted as a
// seller.
func (t Texts) readings(effects []Effect) string {
	first := map[string]Effect{}
	for _, e := range effects {
		if e.When == effects[0].When {
			first[e.Metric] = e
		}
	}
	of := func(metric string) string {
		e := first[metric]
		return t.Value(metric, float64(e.Change)) + " (" + t.Value(metric, float64(e.Low)) + " … " + t.Value(metric,
			float64(e.High)) + ")"
	}
	if e := first["hhi_sales"]; e.Change == 0 || math.IsNaN(float64(e.Low)) {
		return ""
	}
	return t.fill("sentence.readings", "date", t.Date(first["hhi_sales"].Date), "clouds", of("hhi_sales_clouds"), "labs",
		of("hhi_sales_labs"))
}

// What names what effects are effects of: the one event or policy, those that the base lacks where
// others happen in both worlds, or all together.
func (t Texts) What(m Measured) string {
	switch {
	case len(m.Markers) == 0 || len(m.Markers) > 1 && m.Whole:
		return t["what.all"]
	case len(m.Markers) == 1 && m.Changed:
		return t.fill("what.changed", "what", t.Label(m.Markers[0].Label))
	}
	var labels []string
	for _, one := range m.Markers {
		labels = append(labels, t.Label(one.Label))
	}
	return strings.Join(labels, t["list.and"])
}

// Title is that of a picture of effects.
func (t Texts) Title(m Measured) string { return t.fill("chart.change", "what", t.What(m)) }

// Against says how a world without events and policies ends beside the scenario that it changes.
func (t Texts) Against(sum *Summary, base string) string {
	for _, e := range sum.Effects {
		if e.Metric == "hhi_sales" && e.When == "end" {
			return t.told("against", e, "base", base)
		}
	}
	return ""
}

// Label is the name of an event or a policy, translated where a built-in scenario gave it.
func (t Texts) Label(label string) string { return cmp.Or(t["label."+label], label) }

// Described is what a scenario says of itself, translated where it is a built-in one.
func (t Texts) Described(name, description string) string {
	return cmp.Or(t["description."+name], description)
}

// sentence tells one effect.
func (t Texts) sentence(e Effect, what string) string {
	return t.told("sentence", e, "what", quantity.Raised(what))
}

// told fills the sentence of a kind that fits what the pairs show.
func (t Texts) told(kind string, e Effect, pairs ...string) string {
	key := kind + ".unclear"
	change := float64(e.Change)
	switch {
	case math.IsNaN(change):
		key = kind + ".undefined"
	case e.N < 2:
		key = kind + ".single"
	case change == 0 && math.IsNaN(float64(e.Low)):
		key = kind + ".nothing"
	case math.IsNaN(float64(e.Low)):
		key = kind + ".every"
	case e.Clear && change > 0:
		key = kind + ".higher"
	case e.Clear:
		key = kind + ".lower"
	}
	value := math.Abs(change)
	low, high := float64(e.Low), float64(e.High)
	spread := [2]float64{float64(e.LowSpread), float64(e.HighSpread)}
	if slices.Contains([]string{kind + ".unclear", kind + ".single", kind + ".every"}, key) {
		value = change
	} else if change < 0 {
		low, high, spread = -high, -low, [2]float64{-spread[1], -spread[0]}
	}
	write := func(v float64) string { return t.Value(e.Metric, v) }
	return t.fill(key, append(pairs, "metric", t["metric."+e.Metric], "value", write(value), "date", t.Date(e.Date),
		"low", write(low), "high", write(high), "low_spread", write(spread[0]), "high_spread", write(spread[1]), "n",
		strconv.Itoa(e.N))...)
}

// Rows are the effects of a summary as a table: metric, date, change, interval of its mean, and
// what holds nine of ten runs.
func (t Texts) Rows(sum *Summary) (out [][]string) {
	for _, e := range sum.Effects {
		write := func(v Number) string { return t.Value(e.Metric, float64(v)) }
		row := []string{t["metric."+e.Metric], t.Date(e.Date), write(e.Change), "–",
			write(e.LowSpread) + " … " + write(e.HighSpread)}
		if !math.IsNaN(float64(e.Low)) {
			row[3] = write(e.Low) + " … " + write(e.High)
		}
		out = append(out, row)
	}
	return out
}
