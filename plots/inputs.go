package plots

import (
	"strconv"
	"strings"

	"simulate/internal/quantity"
	"simulate/sim/table"
)

// Units of the columns of a sweep's inputs, as its dictionary gives them, that are not written as
// plain numbers.
const (
	factorUnit = "x/yr"
	dateUnit   = "ISO date"
)

// inputNumbers are the values of an input by point, dates as decimal years; false where they are
// words.
func inputNumbers(t *table.Table, name, unit string) ([]float64, bool) {
	texts := t.Text(name)
	out := make([]float64, len(texts))
	for i, text := range texts {
		if v, err := strconv.ParseFloat(text, 64); err == nil {
			out[i] = v
			continue
		}
		begin, _, ok := quantity.Period(text)
		if unit != dateUnit || !ok {
			return nil, false
		}
		out[i] = begin
	}
	return out, true
}

// inputWord writes a cell of an input as a reader of scenarios knows it: growth as a factor, money
// in dollars, dates by month.
func inputWord(text, unit string) string {
	if begin, _, ok := quantity.Period(text); ok && unit == dateUnit {
		return dateWord(begin)
	}
	v, err := strconv.ParseFloat(text, 64)
	switch {
	case err != nil:
		return text
	case unit == factorUnit:
		return quantity.Plain(v, 0) + "×/yr"
	case strings.HasPrefix(unit, "USD"):
		return quantity.Dollars(v, 0) + strings.TrimPrefix(unit, "USD")
	case unit == percentUnit:
		return quantity.Percents.Write(v, 3)
	case unit == yearPercentUnit:
		return quantity.YearPercent.Write(v, 3)
	case unit == growthPercentUnit:
		return quantity.YearPercent.Write(v-1, 3)
	case unit == monthsUnit:
		return quantity.Months.Write(v, 3)
	}
	return quantity.Plain(v, 0)
}

// InputWord is a cell of a design, in the unit that its dictionary gives the column, as scenarios
// write it.
func InputWord(text, unit string) string { return inputWord(text, unit) }

// Units of inputs whose numbers the user wrote in a way of his own, which tables do not.
const percentUnit, yearPercentUnit, growthPercentUnit, monthsUnit = "%", "%/yr", "growth in %/yr", "months"

// inputUnit is the unit of an input as figures write it: that of the table, or the user's own way.
func (r *Results) inputUnit(path string) string {
	unit := r.unitOf("design", path)
	var inputs []Input
	switch m := r.Manifest; {
	case m.Sweep != nil:
		inputs = m.Sweep.Inputs
	case m.Futures != nil:
		inputs = m.Futures.Inputs
	}
	for _, in := range inputs {
		if in.Path == path {
			return InputUnit(unit, in.Spec)
		}
	}
	return unit
}

// InputUnit is the unit in which values of an input are told: that of its column, or the way in
// which the user wrote what it takes.
func InputUnit(unit, spec string) string {
	switch style := quantity.StyleOf(spec); {
	case style == quantity.Percents && unit == "1":
		return percentUnit
	case style == quantity.YearPercent && unit == "1/yr":
		return yearPercentUnit
	case style == quantity.YearPercent && unit == factorUnit:
		return growthPercentUnit
	case style == quantity.Months && unit == "yr":
		return monthsUnit
	}
	return unit
}

// dateWord is the month of a date that begins one, otherwise the day.
func dateWord(v float64) string {
	if day := quantity.DayOf(v); !strings.HasSuffix(day, "-01") {
		return day
	}
	return quantity.ShortMonthOf(v)
}

// pathName is an input in words: what figures call a parameter, or the parts of its PATH.
func (r *Results) pathName(path string) string {
	if r.names != nil {
		if s := r.names(path); s != "" {
			return s
		}
	}
	return PathWords(path)
}

// pathNote names the inputs as scenarios do, where figures have other words for them.
func (r *Results) pathNote(paths ...string) []string {
	var said []string
	for _, p := range paths {
		if name := r.pathName(p); name != p {
			said = append(said, name+" is "+p)
		}
	}
	if len(said) == 0 {
		return nil
	}
	return []string{"In scenarios " + quantity.List(said) + "."}
}

// PathWords turns a PATH into words: policies.public_compute.grant.amount is "Public compute: grant
// amount", events.0.at "Event 1: at", labs.openai.budget "OpenAI: budget".
func PathWords(path string) string {
	parts := strings.Split(path, ".")
	if len(parts) < 2 {
		return words(path)
	}
	owner, rest := parts[0], parts[1:]
	if len(rest) > 1 {
		switch owner {
		case "labs", "policies", "segments":
			owner, rest = rest[0], rest[1:]
		case "events":
			if n, err := strconv.Atoi(rest[0]); err == nil {
				owner, rest = "event "+strconv.Itoa(n+1), rest[1:]
			}
		}
	}
	if last := len(rest) - 1; rest[last] == "at" || rest[last] == "from" || rest[last] == "until" {
		rest[last] = map[string]string{"at": "date", "from": "begins", "until": "ends"}[rest[last]]
	}
	name := words(strings.Join(rest, "_"))
	return words(owner) + ": " + quantity.Within(name)
}
