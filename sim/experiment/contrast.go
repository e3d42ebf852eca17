package experiment

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"
)

// Contrast is how a metric differs between two cases, where it happens: a year after the first shock or policy that differs, at its
// largest (among dates at which it is clear), and at the end, as far as these dates differ.
type Contrast struct {
	Metric string
	Points []ContrastPoint // by date; empty without a replication and a date in common
	since  *Marker         // what differs first; nil for assumptions alone
	common bool            // there are dates in common
}

// ContrastPoint is a paired difference at one date.
type ContrastPoint struct {
	PairedDifference
	Date string
	Role string // "year", "largest" or "end"
	Base float64
}

// Contrast compares a metric in case b with case a, after the burn-in and from the first difference of events or policies on.
func (o *Outcome) Contrast(a, b Case, metric string) Contrast {
	c := Contrast{Metric: metric, since: b.Departs}
	from, end, ok := o.span(b.Name)
	_, otherEnd, also := o.span(a.Name)
	if !ok || !also || end != otherEnd {
		return c
	}
	c.common = true
	year := ""
	if c.since != nil {
		if first := lastDay(c.since.Date); first > from {
			from = first
		}
		year = o.YearAfter(b.Name, c.since.Date)
	}
	at := func(date, role string) (ContrastPoint, bool) {
		d, err := o.Difference(a.Name, b.Name, metric, date)
		return ContrastPoint{d, date, role, o.Stats(a.Name, date, metric).Mean}, err == nil && d.N > 0
	}
	var largest ContrastPoint
	for _, date := range o.Dates(b.Name) {
		if p, ok := at(date, "largest"); ok && date >= from && p.counts() && math.Abs(p.Mean) > math.Abs(largest.Mean) {
			largest = p
		}
	}
	if p, ok := at(year, "year"); ok && year != "" && year < end {
		c.Points = append(c.Points, p)
	}
	last, atEnd := at(end, "end")
	if largest.Date != "" && largest.Date != year && largest.Date != end && !(math.Abs(last.Mean) > math.Abs(largest.Mean)) {
		c.Points = append(c.Points, largest)
	}
	if atEnd {
		c.Points = append(c.Points, last)
	}
	slices.SortFunc(c.Points, func(a, b ContrastPoint) int { return strings.Compare(a.Date, b.Date) })
	return c
}

// YearAfter is the recorded date of a case nearest to a year after a decimal year, "" where the clock ends before.
func (o *Outcome) YearAfter(name string, t float64) string {
	want, err := time.Parse(time.DateOnly, lastDay(t+1))
	dates := o.Dates(name)
	if err != nil || len(dates) == 0 || dates[len(dates)-1] < want.Format(time.DateOnly) {
		return ""
	}
	best, least := "", time.Duration(math.MaxInt64)
	for _, d := range dates {
		if at, err := time.Parse(time.DateOnly, d); err == nil && at.Sub(want).Abs() < least {
			best, least = d, at.Sub(want).Abs()
		}
	}
	return best
}

// counts tells whether the difference at a point deserves a word.
func (p ContrastPoint) counts() bool { return counts(p.Mean, orZero(p.SE), p.Base) }

// main is the first point that counts, nil for none.
func (c Contrast) main() *ContrastPoint {
	for i := range c.Points {
		if c.Points[i].counts() {
			return &c.Points[i]
		}
	}
	return nil
}

// verb chooses a word by the direction of the difference where it happens.
func (c Contrast) verb(down, none, up string) string {
	switch m := c.main(); {
	case m == nil:
		return none
	case m.Mean < 0:
		return down
	}
	return up
}

// against is the preposition that fits verb.
func (c Contrast) against() string {
	if c.main() == nil {
		return "about where it is in"
	}
	return "against"
}

// Words tells the points in order and what becomes of the difference: "774 lower at the end of March 2026, a year after DeepSeek R1
// (s.e. 60), 34 lower at the end of 2033 (s.e. 12): the effect fades".
func (c Contrast) Words(number func(float64) string, unit string) string {
	var parts []string
	for _, p := range c.Points {
		direction := "higher"
		if p.Mean < 0 {
			direction = "lower"
		}
		text := fmt.Sprintf("%s%s %s", number(math.Abs(p.Mean)), unit, direction)
		if p.Mean == 0 {
			text = "the same"
		}
		switch p.Role {
		case "year":
			text += fmt.Sprintf(" at %s, a year after %s", when(p.Date), c.since.Label)
		case "largest":
			text += fmt.Sprintf(" at its largest, %s", when(p.Date))
		default:
			text += " at " + when(p.Date)
		}
		if !math.IsNaN(p.SE) && p.SE > 0 {
			text += " (s.e. " + number(p.SE) + ")"
		}
		parts = append(parts, text)
	}
	return list(parts) + c.course()
}

// course says what becomes of the difference by the end.
func (c Contrast) course() string {
	m := c.main()
	if m == nil || len(c.Points) < 2 {
		return ""
	}
	end := c.Points[len(c.Points)-1]
	top := 0.0
	for _, p := range c.Points {
		top = math.Max(top, math.Abs(p.Mean))
	}
	switch share := math.Abs(end.Mean) / top; {
	case share < .25:
		return ": the effect fades"
	case !end.counts():
		return ", where it is no longer clear"
	case end.Mean*m.Mean < 0:
		return ": the effect turns round"
	case share < .75:
		return ": part of the effect lasts"
	case math.Abs(c.Points[0].Mean) < .75*top && share == 1:
		return ": the effect grows"
	}
	return ": the effect lasts"
}

// points writes a difference of HHI: whole from ten on.
func points(v float64) string {
	if math.Abs(v) >= 9.95 {
		return whole(v)
	}
	return short1(v)
}
