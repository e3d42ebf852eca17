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
		parts = append(parts, text)
	}
	return quantity.List(parts)
}

// yearAfter says that a date lies a year after something begins.
func yearAfter(m results.Marker, what string) string {
	switch {
	case m.Latest > 0 && what == "it":
		return "a year after its latest start (it begins " + drawn(m) + ")"
	case m.Latest > 0:
		return fmt.Sprintf("a year after the latest start of %s (which begins %s)", what, drawn(m))
	}
	return "a year after " + what
}

// drawn says between which months a drawn start lies over all runs.
func drawn(m results.Marker) string {
	from, to := quantity.MonthOf(m.Date), quantity.MonthOf(m.Latest)
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
