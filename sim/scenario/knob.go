package scenario

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"

	"simulate/internal/condition"
	"simulate/internal/pattern"
	"simulate/internal/quantity"
	"simulate/sim"
)

// Knob is a PATH whose value can be drawn, varied by a design or set by hand: a parameter of the
// registry, or a number or word of the scenario. Values are in the model's unit (growth as its log
// rate, words as their index).
type Knob struct {
	Path  string
	Unit  string  // tag of package sim, "" for words
	Low   float64 // least allowed value
	High  float64 // greatest allowed value
	Value float64 // in Config(): as given, the median of a distribution, or the default; NaN where the model derives it
	Given bool    // by the file or --set
	Words []string
	// Range that designs cover: `range` of the scenario, else the central 90 % of its distribution,
	// else the registry's 90 % interval.
	Range    [2]float64
	HasRange bool

	asWritten map[float64]string // values as the user wrote them, where they vary
	style     quantity.Style     // of his numbers
	about     float64            // of dated values, in the middle; NaN: none
	begins    bool               // a date that must lie inside the clock, of an event or of a policy's start
	own       bool               // the range or distribution is the scenario's, not the registry's
	unit      *unit
	set       func(*sim.Config, float64)
	dist      *distribution
	position  pos
	rates     []*rate // of other currencies, in which values may be written
}

// parse reads a value in the scenario's syntax, money in any currency whose rate the scenario
// gives.
func (l *Knob) parse(text string) (float64, *complaint) {
	return l.unit.parse(dollars(l.rates, strings.TrimSpace(text)))
}

// Parse reads a value of the knob in the scenario's syntax. Its error says what is wrong and what
// to write.
func (l *Knob) Parse(text string) (float64, error) {
	v, c := l.parse(text)
	if c == nil {
		c = outside(l.Path, l.unit, v, l.Low, l.High)
	}
	if c != nil {
		return 0, Problem{File: l.Path, Message: c.what, Remedy: c.remedy}
	}
	return v, nil
}

// Format writes a value of the knob as scenarios do.
func (l *Knob) Format(v float64) string { return l.unit.format(v) }

// Quantile is the inverse of the knob's distribution function; without a distribution it spreads u
// evenly over the range that designs cover, in logs where the range is positive. It is NaN for a
// knob without either.
func (l *Knob) Quantile(u float64) float64 {
	switch {
	case l.dist != nil:
		return l.dist.quantile(u)
	case !l.HasRange:
		return math.NaN()
	}
	return l.Spread(l.Range, u)
}

// Drawn reports whether the scenario gives the knob a distribution.
func (l *Knob) Drawn() bool { return l.dist != nil }

// Fixed reports whether --set gives the knob one value and no interval of its own: who sets a value
// means it, and nothing may draw another.
func (l *Knob) Fixed() bool { return l.Given && !l.own && l.position.doc != nil && l.position.doc.set }

// FormatQuantity writes a value of one of the units of package sim as scenarios do: 6e6 USD/yr is
// "$6M/yr".
func FormatQuantity(tag string, v float64) string {
	if u := units[tag]; u != nil {
		return u.format(v)
	}
	return formatNumber(v)
}

// monthsTag is the unit of what is counted in months.
const monthsTag = "months"

// leading matches a plain number that other words follow.
var leading = pattern.Late(`^[-+−]?[0-9][0-9_]*(\.[0-9]+)?([eE][-+]?[0-9]+)? *\b`)

// ReadQuantity reads a bound on something in one of the units of package sim: in the scenario's
// syntax, with the unit's own word, or as a bare number in that unit. A quantity without a unit,
// "", takes any amount as it is counted: $10B is 1e10, 40% is 0.4.
func ReadQuantity(tag, text string) (float64, error) {
	text = strings.TrimSpace(text)
	u := units[tag]
	if u == nil || !u.dates {
		if bare, found := strings.CutSuffix(text, tag); found {
			text = strings.TrimSpace(bare) // "8 months" of what is counted in months
		}
	}
	if tag == monthsTag {
		if years, c := unitOf("yr").parse(text); c == nil { // 1 year of what is counted in months
			return 12 * years, nil
		}
	}
	if u == nil || !u.dates && u.numeric {
		if a, c := parseAmount(text); c == nil && (a.count == "" && a.per == "" || tag == "" && a.count != "%") {
			return a.value, nil
		}
	}
	if u == nil {
		share := tag == "" || tag == "0–1"
		if !share && strings.HasSuffix(text, "%") {
			return 0, fmt.Errorf("%q is a percentage, and this is counted as %s; write a plain number", clip(text), tag)
		}
		if number := leading().FindString(text); number != "" && tag != "" && !share {
			plain := strings.TrimSpace(number)
			return 0, fmt.Errorf("%q has a unit that this has not, which is counted as %s; write %s", clip(text), tag, plain)
		}
		u = unitOf("1")
	}
	v, c := u.parse(text)
	if c != nil {
		return 0, errors.New(strings.TrimSuffix(c.what+"; "+c.remedy, "; "))
	}
	return v, nil
}

// QuantityOf is what conditions bound that is counted in one of the units of package sim.
func QuantityOf(tag string) condition.Quantity {
	return condition.Quantity{
		Read:  func(text string) (float64, error) { return ReadQuantity(tag, text) },
		Write: func(v float64) string { return FormatQuantity(tag, v) },
	}
}

// MetricQuantity finds a metric of the market for a condition.
func MetricQuantity(name string) (condition.Quantity, error) {
	for _, m := range sim.Metrics {
		if m.Name == name {
			return QuantityOf(m.Unit), nil
		}
	}
	return condition.Quantity{}, &condition.Error{What: fmt.Errorf("there is no metric %q", clip(name)),
		Remedy: quantity.DidYouMean(name, metricNames())}
}

// outside complains about a value beyond the allowed range.
func outside(path string, u *unit, v, low, high float64) *complaint {
	if !u.numeric || (v >= low && v <= high) {
		return nil
	}
	shown := u.format(v)
	if len(shown) > 12 && !u.dates {
		if short, err := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 6, 64), 64); err == nil {
			shown = u.format(short)
		}
	}
	if strings.HasPrefix(shown, "-") {
		shown = "−" + shown[1:]
	}
	switch {
	case math.IsInf(low, -1):
		return complain("write at most "+u.format(high), "%s of %s is above the allowed %s", path, shown, u.format(high))
	case math.IsInf(high, 1):
		return complain("write at least "+u.format(low), "%s of %s is below the allowed %s", path, shown, u.format(low))
	}
	return complain(fmt.Sprintf("write a value from %s to %s", u.format(low), u.format(high)), "%s of %s lies outside "+
		"the allowed range", path, shown)
}
