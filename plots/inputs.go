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
	}
	return quantity.Plain(v, 0)
}

// dateWord is the month of a date that begins one, otherwise the day.
func dateWord(v float64) string {
	if day := quantity.DayOf(v); !strings.HasSuffix(day, "-01") {
		return day
	}
	return quantity.ShortMonthOf(v)
}
