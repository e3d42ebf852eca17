package compare

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"simulate/internal/quantity"
	"simulate/sim/experiment/results"
)

// CostMetric is the metric of public money spent.
const CostMetric = "policy_cost"

// mostMarkers is the number of events and policies that a sentence names.
const mostMarkers = 4

// happens names the events and policies of a case: "DeepSeek R1 in January 2025 and Public compute
// from January 2026"; "" for none.
func happens(c results.Case) string {
	var parts []string
	for i, m := range c.Markers {
		if i == mostMarkers {
			parts = append(parts, fmt.Sprintf("%d more", len(c.Markers)-i))
			break
		}
		preposition := "in"
		if m.Kind == "policy" {
			preposition = "from"
		}
		text := m.Label + " " + preposition + " " + quantity.MonthOf(m.Date)
		if m.Latest > 0 {
			text = m.Label + ", which begins " + drawn(m)
		}
		switch {
		case m.Ended > 0:
			text += ", ending " + ending(m)
		case m.Until > 0:
			text += " until " + quantity.MonthOf(m.Until)
		}
		parts = append(parts, text)
	}
	return quantity.List(parts)
}

// yearAfter says that a date lies a year after something begins, and of a policy that has ended by
// then, when that was.
func yearAfter(m results.Marker, what, date string) string {
	over := m.OverBy(date)
	text := "a year after " + what
	switch {
	case m.Latest > 0 && what == "it":
		text = "a year after its latest start (it begins " + drawn(m) + ")"
	case m.Latest > 0:
		text = fmt.Sprintf("a year after the latest start of %s (which begins %s)", what, drawn(m))
	case over:
		text += " begins"
	}
	if over {
		text += " and after its end (" + ending(m) + ")"
	}
	return text
}

// ending says when a policy ends: in March 2026; of a drawn end between which months.
func ending(m results.Marker) string { return during(m.Until, m.Over()) }

// drawn says between which months a drawn start lies over all runs.
func drawn(m results.Marker) string { return during(m.Date, m.Latest) }

// during says in which month a date lies, or between which months, as drawn for each run.
func during(earliest, latest float64) string {
	from, to := quantity.MonthOf(earliest), quantity.MonthOf(latest)
	if earliest == latest {
		return "in " + from
	}
	if from == to {
		return "in " + from + ", on a day drawn for each run"
	}
	return "between " + from + " and " + to + ", as drawn for each run"
}

// sentence begins a sentence with what happens, where something does. It describes one world: what
// the events and policies change in it needs the same world without them.
func sentence(with, text string) string {
	if with == "" {
		return strings.ToUpper(text[:1]) + text[1:]
	}
	return "In a world with " + with + ", " + text
}

// unattributed says that a description is no effect, where a case has events, and which command
// measures one.
func unattributed(c results.Case) string {
	if c.Base != "" || !slices.ContainsFunc(c.Markers, func(m results.Marker) bool { return m.Kind == "shock" }) {
		return ""
	}
	return " How much of this the events do is another question, which `simulate run SCENARIO` answers unless told not to."
}

// policyCost says what the policies of a case cost the public in their dearest year, or bring, and
// at the end; "" without cost.
func (o *Outcome) policyCost(c results.Case) string {
	dates := o.Dates(c.Name)
	peak := ""
	cost := func(date string) float64 { return o.Stats(c.Name, date, CostMetric).Mean }
	for _, d := range dates {
		if v := cost(d); !math.IsNaN(v) && v != 0 && (peak == "" || math.Abs(v) > math.Abs(cost(peak))) {
			peak = d
		}
	}
	if peak == "" {
		return ""
	}
	verb := "cost"
	if cost(peak) < 0 {
		verb = "bring"
	}
	end := dates[len(dates)-1]
	text := fmt.Sprintf("Policies %s the public %s a year", verb, quantity.Money(math.Abs(cost(peak))))
	if math.Abs(cost(end)-cost(peak)) <= 0.005*math.Abs(cost(peak)) {
		return text + "."
	}
	text += fmt.Sprintf(" at most, %s", quantity.When(peak))
	switch v := cost(end); {
	case v == 0:
		return text + fmt.Sprintf(", and nothing at %s.", quantity.When(end))
	case v*cost(peak) > 0:
		return text + fmt.Sprintf(", and %s at %s.", quantity.Money(math.Abs(v)), quantity.When(end))
	}
	return text + "."
}
