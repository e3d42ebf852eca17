package plots

import (
	"fmt"
	"image/color"
	"math"
	"slices"
	"sort"
	"strings"

	"simulate/internal/quantity"
	"simulate/plots/chart"
)

// event is a marker of one or more cases.
type event struct {
	Marker
	colour color.NRGBA // of its case where it is one case's alone
	owner  string      // name of that case, "" otherwise
}

// eventGroup is what begins at one date.
type eventGroup struct {
	date   float64
	events []event
}

const (
	mostLabels  = 3   // groups that a single panel names above the data; more get letters
	widestLabel = 170 // points from which a label may be cut and is repeated in the note
	sameDate    = 1e-6
)

// decorate marks events and the times in which policies are in force in every panel of a chart over
// time. A single panel names up to three dates above the data; otherwise dates carry letters. A
// note has what does not stand there.
func (r *Results) decorate(ch *chart.Chart, cases ...Case) {
	if len(cases) == 0 {
		cases = r.Manifest.Cases
	}
	var span chart.Extent
	for _, p := range ch.Panels {
		span.Add(false, p.X.Min, p.X.Max)
	}
	single := len(ch.Panels) == 1
	events := slices.DeleteFunc(r.eventsOf(cases), func(e event) bool {
		end := max(e.Until, e.Ended)
		ended := e.Kind != "policy" || end > 0 && end <= span.Lo
		return e.Date >= span.Hi || e.Date <= span.Lo && ended
	})
	windows := windowsOf(events, span)
	markers, said := markersOf(events, span.Lo, single)
	for _, p := range ch.Panels {
		p.Windows = windows
		for _, m := range markers {
			if m.Date > p.X.Min && m.Date < p.X.Max {
				p.Markers = append(p.Markers, m)
			}
		}
	}
	if len(windows) > 0 {
		said = append(said, "Bars above the data: policies while they are in force; dotted: their ends.")
	}
	if len(said) > 0 {
		ch.Notes = append(ch.Notes, strings.Join(said, " "))
	}
}

// eventsOf joins the markers of cases, by date.
func (r *Results) eventsOf(cases []Case) []event {
	cases = Manifest{Cases: cases}.asked()
	owners := map[Marker][]Case{}
	var order []Marker
	for _, c := range cases {
		for _, m := range c.Markers {
			if len(owners[m]) == 0 {
				order = append(order, m)
			}
			owners[m] = append(owners[m], c)
		}
	}
	var out []event
	for _, m := range order {
		e := event{Marker: m, colour: chart.Grey}
		if len(cases) > 1 && len(owners[m]) == 1 {
			e.owner = owners[m][0].label()
			e.colour = r.looks[r.caseIndex(owners[m][0].Name)].colour
		}
		out = append(out, e)
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].Date < out[j].Date })
	return out
}

func (r *Results) caseIndex(name string) int {
	for i, c := range r.Manifest.Cases {
		if c.Name == name {
			return i
		}
	}
	return 0
}

// markersOf makes one marker of the events of each date, and the sentences that a reader needs
// besides.
func markersOf(events []event, first float64, single bool) (markers []chart.Marker, said []string) {
	var groups []eventGroup
	var before []string
	for _, e := range events {
		if e.Date <= first {
			before = append(before, e.sentence(true))
			continue
		}
		if n := len(groups); n > 0 && e.Date-groups[n-1].date < sameDate {
			groups[n-1].events = append(groups[n-1].events, e)
			continue
		}
		groups = append(groups, eventGroup{e.Date, []event{e}})
	}
	letters := len(groups) > 1 && !single || len(groups) > mostLabels
	for i, g := range groups {
		m := chart.Marker{Date: g.date, Label: g.label(), Colour: g.colour()}
		switch {
		case letters:
			m.Label = letter(i)
			said = append(said, m.Label+","+chart.Space+joined(quantity.ShortMonthOf(g.date))+": "+g.list()+".")
		case !single:
			m.Label = ""
			said = append(said, "Upright dashed line, "+joined(quantity.ShortMonthOf(g.date))+": "+g.list()+".")
		case len(g.events) > 1 || chart.WidthOf(m.Label, chart.SizeMarker, chart.Regular) > widestLabel:
			said = append(said, joined(quantity.ShortMonthOf(g.date))+": "+g.list()+".")
		case g.events[0].Until > 0 || g.events[0].Latest > 0:
			e := g.events[0]
			said = append(said, e.Label+": "+strings.TrimLeft(strings.TrimPrefix(e.sentence(false), e.Label), ", ")+".")
		}
		markers = append(markers, m)
	}
	if single && len(groups) > 0 || letters {
		said = append([]string{"Upright dashed lines: dates at which shocks act or policies begin."}, said...)
	}
	if len(before) > 0 {
		said = append(said, "In force from the start: "+strings.Join(before, "; ")+".")
	}
	return markers, said
}

// colour is that of the case which all events of the date belong to.
func (g eventGroup) colour() color.NRGBA {
	for _, e := range g.events {
		if e.colour != g.events[0].colour || e.owner != g.events[0].owner {
			return chart.Grey
		}
	}
	return g.events[0].colour
}

// label names a single event, or counts several.
func (g eventGroup) label() string {
	if len(g.events) == 1 {
		if g.events[0].Latest > 0 {
			return g.events[0].Label + ", earliest"
		}
		return g.events[0].Label
	}
	kinds := map[string]int{}
	for _, e := range g.events {
		kinds[e.Kind]++
	}
	n := len(g.events)
	switch n {
	case kinds["policy"]:
		return fmt.Sprintf("%s, %s", quantity.Plural(n, "policy"), quantity.ShortMonthOf(g.date))
	case kinds["shock"]:
		return fmt.Sprintf("%s, %s", quantity.Plural(n, "shock"), quantity.ShortMonthOf(g.date))
	}
	return fmt.Sprintf("%s, %s", quantity.Plural(n, "event"), quantity.ShortMonthOf(g.date))
}

// list names all events of the date. The case is named where the marker's colour does not tell it.
func (g eventGroup) list() string {
	var parts []string
	for _, e := range g.events {
		parts = append(parts, e.sentence(g.colour() == chart.Grey || g.colour() == chart.LightGrey))
	}
	return strings.Join(parts, "; ")
}

func (e event) sentence(named bool) string {
	s := e.Label
	if named && e.owner != "" {
		s += " (" + e.owner + ")"
	}
	if e.Latest > 0 {
		s += ", begins between " + joined(quantity.ShortMonthOf(e.Date)) + " and " + joined(quantity.ShortMonthOf(e.Latest)) +
			", as drawn for each run"
	}
	if e.Until > 0 {
		s += " until " + joined(quantity.ShortMonthOf(e.Until))
		if e.Ended > 0 {
			s += " to " + joined(quantity.ShortMonthOf(e.Ended)) + ", as drawn for each run"
		}
	}
	return s
}

// joined keeps the words of a date on one line.
func joined(s string) string { return strings.ReplaceAll(s, " ", chart.Space) }

// letter is A to Z, then AA, AB and so on.
func letter(i int) string {
	if i < 26 {
		return string(rune('A' + i))
	}
	return letter(i/26-1) + letter(i%26)
}

// windowsOf gives policies their bars where any of them ends within the span; those of one case
// over the same time share one.
func windowsOf(events []event, span chart.Extent) []chart.Window {
	ends := slices.ContainsFunc(events, func(e event) bool { return e.Until > 0 && e.Until < span.Hi })
	if !ends {
		return nil
	}
	var out []chart.Window
	for _, e := range events {
		if e.Kind != "policy" {
			continue
		}
		w := chart.Window{From: math.Max(e.Date, span.Lo), Until: math.Inf(1), Colour: e.colour}
		if e.Until > 0 && e.Until < span.Hi {
			w.Until = e.Until
		}
		if !slices.Contains(out, w) {
			out = append(out, w)
		}
	}
	var free []float64 // from when on each lane is
	for i := range out {
		w := &out[i]
		w.Lane = slices.IndexFunc(free, func(at float64) bool { return at <= w.From })
		if w.Lane < 0 {
			w.Lane, free = len(free), append(free, 0)
		}
		free[w.Lane] = w.Until + .02*(span.Hi-span.Lo)
	}
	return out
}
