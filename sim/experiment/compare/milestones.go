package compare

import (
	"strings"

	"simulate/internal/quantity"
	"simulate/sim/experiment/results"
)

// Milestone is a date at which a report states all cases side by side.
type Milestone struct {
	Date  string // ISO, recorded
	Label string // "end of 2024, the first year"
}

// Milestones are the start, the date a year after the first event or policy (that differs
// between cases where there are several), and the end.
func (o *Outcome) Milestones() []Milestone {
	cases := o.Manifest.Cases
	if len(cases) == 0 || len(o.Dates(cases[0].Name)) == 0 {
		return nil
	}
	from, end, ok := o.span(cases[0].Name)
	if !ok {
		return []Milestone{{end, heading(end)}}
	}
	out := []Milestone{{from, heading(from) + ", the start"}}
	if first, of := o.firstMarker(); first != nil {
		if year := o.YearAfter(of, first.Begun()); year > from && year < end {
			out = append(out, Milestone{year, heading(year) + ", " + yearAfter(*first, first.Label, year)})
		}
	}
	return append(out, Milestone{end, heading(end)})
}

// firstMarker is the first difference between the cases, or else the first event or policy after
// the start, and a case that has it.
func (o *Outcome) firstMarker() (first *results.Marker, of string) {
	for _, c := range o.Manifest.Cases {
		if d := c.Departs; d != nil && !c.Part && (first == nil || d.Date < first.Date) {
			first, of = d, c.Name
		}
	}
	if first != nil {
		return first, of
	}
	for _, c := range o.Manifest.Cases {
		for _, m := range c.Markers {
			if m.Date > c.Start && (first == nil || m.Date < first.Date) {
				first, of = &m, c.Name
			}
		}
	}
	return first, of
}

// heading is a date as a column's heading has it: end of 2024.
func heading(date string) string { return strings.TrimPrefix(quantity.When(date), "the ") }
