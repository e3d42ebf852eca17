package compare

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"simulate/internal/quantity"
	"simulate/sim/experiment/analysis"
	"simulate/sim/experiment/results"
)

// Contrast is how a metric differs between two cases, where it happens: a year after the first
// shock or policy that differs, at its largest, and at the end, as far as these dates differ. The
// largest counts only where it is clear although it is the best of all dates looked at: at a level
// corrected for their number.
type Contrast struct {
	Metric string
	Points []ContrastPoint // by date; empty without a replication and a date in common
	since  *results.Marker // what differs first; nil for assumptions alone
	common bool            // there are dates in common
}

// ContrastPoint is a paired difference at one date.
type ContrastPoint struct {
	analysis.Difference
	Date string
	Role string // "year", "largest" or "end"

	looks int // dates among which this one was sought; 0 for one that was fixed
}

// Contrast compares a metric in case b with case a, from the first difference of events or policies
// on.
func (o *Outcome) Contrast(a, b results.Case, metric string) Contrast {
	c := Contrast{Metric: metric, since: b.Departs}
	dates := o.together(a.Name, b.Name)
	if len(dates) < 2 {
		return c
	}
	from, end := dates[0], dates[len(dates)-1]
	c.common = true
	year := ""
	if c.since != nil {
		if first := quantity.LastDay(c.since.Date); first > from {
			from = first
		}
		year = quantity.YearAfter(dates, c.since.Begun())
	}
	at := func(date, role string) (ContrastPoint, bool) {
		d, err := o.Difference(a.Name, b.Name, metric, date)
		return ContrastPoint{Difference: d, Date: date, Role: role}, err == nil && d.Replications > 0
	}
	var later []ContrastPoint
	for _, date := range dates {
		if p, ok := at(date, "largest"); ok && date >= from {
			later = append(later, p)
		}
	}
	var largest ContrastPoint
	for _, p := range later {
		if p.looks = len(later); p.weight() == notable && math.Abs(p.Change.Value) > math.Abs(largest.Change.Value) {
			largest = p
		}
	}
	if p, ok := at(year, "year"); ok && year != "" && year < end {
		c.Points = append(c.Points, p)
	}
	last, atEnd := at(end, "end")
	if largest.Date != "" && largest.Date != year && largest.Date != end &&
		!(math.Abs(last.Change.Value) > math.Abs(largest.Change.Value)) {
		c.Points = append(c.Points, largest)
	}
	if atEnd {
		c.Points = append(c.Points, last)
	}
	slices.SortFunc(c.Points, func(a, b ContrastPoint) int { return strings.Compare(a.Date, b.Date) })
	return c
}

// YearAfter is the recorded date of a case nearest to a year after a decimal year, "" where the
// clock ends before.
func (o *Outcome) YearAfter(name string, t float64) string {
	return quantity.YearAfter(o.Dates(name), t)
}

// weight is that of the difference at a point.
func (p ContrastPoint) weight() weight { return weigh(p.Change.Value, p.Margin(p.looks), p.Base) }

// main is the first of the points of greatest weight. There is a point.
func (c Contrast) main() ContrastPoint {
	return slices.MaxFunc(c.Points, func(a, b ContrastPoint) int { return int(a.weight() - b.weight()) })
}

// says puts verb, thing and degree in order: case b lowers a thing or raises it, or one after the
// other, a little where all that is clear is small; "" where noise covers it at all points.
func (c Contrast) says(thing string) string {
	var verbs []string
	for _, p := range c.Points {
		verb := "raises"
		if p.Change.Value < 0 {
			verb = "lowers"
		}
		if p.weight() != unclear && (len(verbs) == 0 || verbs[len(verbs)-1] != verb) {
			verbs = append(verbs, verb)
		}
	}
	if len(verbs) == 0 {
		return ""
	}
	text := strings.Join(verbs, " and then ") + " " + thing
	if len(verbs) > 1 {
		text = "first " + text
	}
	if c.main().weight() == small {
		text += " a little"
	}
	return text
}

// Words tells the points in order and what becomes of the difference: "774 lower at the end of
// March 2026, a year after DeepSeek R1 (s.e. 60) and 34 lower at the end of 2033 (s.e. 12): the
// effect fades". Beside a clear point an unclear one is said to be unclear.
func (c Contrast) Words(number func(float64) string, unit string) string {
	var parts []string
	some, ended := c.main().weight() != unclear, false
	for _, p := range c.Points {
		direction := "higher"
		if p.Change.Value < 0 {
			direction = "lower"
		}
		change := fmt.Sprintf("%s%s %s", number(math.Abs(p.Change.Value)), unit, direction)
		if p.Change.Value == 0 {
			change = "the same"
		}
		se := ""
		if !math.IsNaN(p.SE) && p.SE > 0 {
			se = "s.e. " + number(p.SE)
		}
		if p.Alike() { // where nothing differs between runs there is no error, but a bound on what they do not show
			share := quantity.FineShare(quantity.RuleOfThree(p.Replications))
			if se = fmt.Sprintf("no run of %s differs; at most %s of runs would", quantity.Count(p.Replications),
				share); p.Change.Value != 0 {
				se = fmt.Sprintf("alike in %s runs; at most %s of runs would differ", quantity.Count(p.Replications), share)
			}
		}
		text, inside := change, se
		if some && p.weight() == unclear && p.Change.Value != 0 {
			text, inside = "not clearly different", strings.TrimSuffix(change+", "+se, ", ")
		}
		switch p.Role {
		case "year":
			text += fmt.Sprintf(" at %s, %s", quantity.When(p.Date), yearAfter(*c.since, c.since.Label, p.Date))
		case "largest":
			text += fmt.Sprintf(" at its largest, %s", quantity.When(p.Date))
		default:
			text += " at " + quantity.When(p.Date)
		}
		if s := c.since; s != nil && p.Role != "year" && s.OverBy(p.Date) && !ended {
			text += ", after the end of " + s.Label + " (" + ending(*s) + ")"
		}
		ended = ended || c.since != nil && c.since.OverBy(p.Date)
		if inside != "" {
			text += " (" + inside + ")"
		}
		parts = append(parts, text)
	}
	return quantity.List(parts) + c.course()
}

// course says what becomes of the difference by the end.
func (c Contrast) course() string {
	m := c.main()
	if m.weight() != notable || len(c.Points) < 2 {
		return ""
	}
	end := c.Points[len(c.Points)-1]
	top := 0.0
	for _, p := range c.Points {
		if p.weight() != unclear {
			top = math.Max(top, math.Abs(p.Change.Value))
		}
	}
	switch share := math.Abs(end.Change.Value) / top; {
	case share < .25:
		return ": the effect fades"
	case end.weight() == unclear:
		return "" // as has been said
	case end.Change.Value*m.Change.Value < 0:
		return ": the effect turns round"
	case share < .75:
		return ": part of the effect lasts"
	case math.Abs(c.Points[0].Change.Value) < .75*top && share == 1:
		return ": the effect grows"
	}
	return ": the effect lasts"
}

// points writes a difference of HHI: whole from ten on.
func points(v float64) string {
	if math.Abs(v) >= 9.95 {
		return quantity.Whole(v)
	}
	return quantity.OneDecimal(v)
}
