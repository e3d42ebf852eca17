package scenario

import (
	"errors"
	"math"
	"strconv"
	"strings"

	"simulate/internal/condition"
	"simulate/internal/quantity"
	"simulate/sim/portable"
)

// A table holds a knob's values as a reader of scenarios knows them and never in a unit of the
// model's own: growth as the factor of a year (1.5 for 1.5x/yr, where the model has its logarithm),
// dates as ISO days, words as words, everything else as a plain number.

const growthTag, factorTag = "growth/yr", "x/yr"

// TableUnit is the unit of a column of the knob's values; "" for words, "ISO date" for dates.
func (l *Knob) TableUnit() string {
	switch {
	case len(l.Words) > 0:
		return ""
	case l.unit.dates:
		return "ISO date"
	case l.Unit == growthTag:
		return factorTag
	}
	return l.Unit
}

// Textual tells whether cells of the knob are text: words and dates.
func (l *Knob) Textual() bool { return len(l.Words) > 0 || l.unit.dates }

// IsDate tells whether the knob's values are dates.
func (l *Knob) IsDate() bool { return l.unit.dates }

// Cell is a value in a table, where it is text.
func (l *Knob) Cell(v float64) string {
	if l.unit.dates && v == v {
		return quantity.DayOf(v)
	}
	return l.unit.format(v)
}

// ToTable turns a value in the model's unit into the number of a table.
func (l *Knob) ToTable(v float64) float64 {
	if l.Unit == growthTag {
		return portable.Exp(v)
	}
	return v
}

// FromTable turns the number of a table into the model's unit.
func (l *Knob) FromTable(v float64) float64 {
	if l.Unit == growthTag {
		return portable.Log(v)
	}
	return v
}

// Short writes a value as scenarios do with at most a number of significant digits, dates by month
// where they begin one: $10B/yr, 1.5x/yr, Jul 2026.
func (l *Knob) Short(v float64, digits int) string {
	rounded := func(v float64) float64 {
		r, err := strconv.ParseFloat(strconv.FormatFloat(v, 'g', digits, 64), 64)
		if err != nil {
			return v
		}
		return r
	}
	switch {
	case math.IsNaN(v) || len(l.Words) > 0:
		return l.unit.format(v)
	case l.unit.dates:
		if day := quantity.DayOf(v); !strings.HasSuffix(day, "-01") {
			return day
		}
		return quantity.ShortMonthOf(v)
	}
	if text, found := l.asWritten[v]; found {
		return text
	}
	if text, found := l.styled(v, digits); found {
		return text
	}
	if l.Unit == growthTag {
		return formatNumber(rounded(portable.Exp(v))) + factorTag
	}
	return l.unit.format(rounded(v))
}

// Quantity is what conditions bound by the knob's values as tables hold them, dates as decimal
// years.
func (l *Knob) Quantity() condition.Quantity {
	return condition.Quantity{
		Read: func(text string) (float64, error) {
			v, c := l.parse(text)
			if c == nil {
				return l.ToTable(v), nil
			}
			if bare, err := condition.Number(text); err == nil {
				return bare, nil
			}
			return 0, errors.New(strings.TrimSuffix(c.what+"; "+c.remedy, "; "))
		},
		Write: func(v float64) string { return l.Short(l.FromTable(v), 12) },
	}
}

// ParseCell reads a value as tables hold it: in the scenario's syntax, or a bare number in the
// column's unit.
func (l *Knob) ParseCell(text string) (float64, error) {
	x, c := l.inRange(text)
	if c == nil {
		return x, nil
	}
	if bare, err := strconv.ParseFloat(strings.TrimSpace(text),
		64); err == nil && !math.IsNaN(bare) && (l.Unit != growthTag || bare > 0) {
		v := l.FromTable(bare)
		if c := outside(l.Path, l.unit, v, l.Low, l.High); c != nil {
			return 0, Problem{File: l.Path, Message: c.what, Remedy: c.remedy}
		}
		if l.unit.numeric || bare == math.Floor(bare) && bare >= 0 && bare < float64(len(l.unit.words)) {
			return v, nil
		}
	}
	return 0, Problem{File: l.Path, Message: c.what, Remedy: c.remedy}
}
