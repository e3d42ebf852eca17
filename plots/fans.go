package plots

import (
	"fmt"
	"image/color"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/plot"
)

// series is a path with the name and colour of its case.
type series struct {
	name   string
	colour color.NRGBA
	path   *path
}

const mostFans = 3 // with more series a panel shows medians alone

// inCaseOrder gives a metric's paths the names and colours of their cases, which are the same in every
// figure: a single case is blue; of several the first is the reference and grey.
func (r *Results) inCaseOrder(byCase map[string]*path) []series {
	var all []series
	for i, c := range r.Manifest.Cases {
		if p := byCase[c.Name]; p.defined() {
			all = append(all, series{name: c.label(), colour: r.caseColour(i), path: p})
		}
	}
	return all
}

func (r *Results) caseColour(i int) color.NRGBA {
	switch {
	case len(r.Manifest.Cases) == 1:
		return blue
	case i == 0:
		return grey
	}
	return distinct[(i-1)%len(distinct)]
}

// label is the case's title where it is short, otherwise its name.
func (c Case) label() string {
	if c.Title != "" && len([]rune(c.Title)) <= 24 {
		return c.Title
	}
	return words(c.Name)
}

// fan describes a panel of one metric over time.
type fan struct {
	title, unit string
	log         bool
	format      format
	include     []float64 // values of y that must be in sight
	names       bool      // end labels carry the names of cases, otherwise the last median of a single one
	ticks       int       // most ticks on the y axis
}

// panel draws medians and, for up to three series, bands of 50 and 90 %.
func (f fan) panel(all []series) *panel {
	var x extent
	for _, s := range all {
		x.add(false, s.path.date...)
	}
	y, trimmed := f.extent(all)
	y.add(f.log, f.include...)
	p := &panel{title: f.title, unit: f.unit, x: timeAxis(x), trimmed: trimmed}
	if f.log {
		p.y = logAxis(y, f.ticks, f.format)
	} else {
		p.y = linearAxis(y, f.ticks, f.format)
	}
	p.layers = fanLayers(all)
	p.ends = f.endLabels(all, x.hi)
	return p
}

// extent is the range of what is drawn. The burn-in counts only if it does not double the range: a start far
// off would flatten everything after it. trimmed tells that it is left out.
func (f fan) extent(all []series) (e extent, trimmed bool) {
	var whole, settled extent
	for _, s := range all {
		drawn := [][]float64{s.path.q50}
		if len(all) <= mostFans {
			drawn = append(drawn, s.path.q05, s.path.q95)
		}
		for _, values := range drawn {
			whole.add(f.log, values...)
			for i, v := range values {
				if s.path.date[i] >= s.path.date[0]+1-1e-6 {
					settled.add(f.log, v)
				}
			}
		}
	}
	if settled.ok && whole.span(f.log) > 2*settled.span(f.log) {
		return settled, true
	}
	return whole, false
}

// fanLayers puts all outer bands under all inner bands under all medians.
func fanLayers(all []series) []plot.Plotter {
	var outer, inner, medians []plot.Plotter
	few := uint8(min(len(all), 2)) // overlaid fans are paler
	for _, s := range all {
		if len(all) <= mostFans && s.path.spread() {
			outer = append(outer, band{s.path.date, s.path.q05, s.path.q95, faint(s.colour, alphaOuter/few)})
			inner = append(inner, band{s.path.date, s.path.q25, s.path.q75, faint(s.colour, alphaInner/few)})
		}
		medians = append(medians, line{x: s.path.date, y: s.path.q50, colour: s.colour, width: 2})
	}
	return append(append(outer, inner...), medians...)
}

func (f fan) endLabels(all []series, end float64) []endLabel {
	if len(all) > 1 && !f.names {
		return nil
	}
	var ends []endLabel
	for i, s := range all {
		at, v := last(s.path.date, s.path.q50)
		if math.IsNaN(v) || f.log && v <= 0 {
			continue
		}
		label := endLabel{value: f.format(v, 0), at: v, colour: s.colour, weight: semiBold, rank: i}
		if f.names {
			label.text = s.name
		}
		if at < end-1e-6 {
			label.value = "until " + years(math.Ceil(at)-1, 0)
		}
		if label.text == "" {
			label.text, label.value = label.value, ""
		}
		ends = append(ends, label)
	}
	return ends
}

// bands says what the bands mean, or that there are none.
func (r *Results) bands(all []series) string {
	spread := false
	for _, s := range all {
		spread = spread || s.path.spread()
	}
	n := r.Manifest.Replications
	switch {
	case !spread && n > 1:
		return fmt.Sprintf("the same in all %d replications", n)
	case !spread:
		return "one run"
	}
	s := "median"
	if len(all) <= mostFans {
		s += ", 50% and 90% bands"
	}
	if n > 0 {
		s += " of " + plural(n, "replication")
		if len(r.Manifest.Cases) > 1 {
			s += " a case"
		}
	}
	return s
}

// statistic says over what means or medians are taken.
func (r *Results) statistic(name string) string {
	if n := r.Manifest.Replications; n > 1 {
		return name + " over " + plural(n, "replication")
	}
	return "One run"
}

// decorate marks events and burn-in in every panel of a chart over time. A single panel names them above
// the data; several panels share a note.
func (r *Results) decorate(ch *Chart, cases ...Case) {
	if len(cases) == 0 {
		cases = r.Manifest.Cases
	}
	var span extent
	for _, p := range ch.panels {
		span.add(false, p.x.min, p.x.max)
	}
	first := span.lo
	markers := slices.DeleteFunc(r.markersOf(cases), func(m marker) bool { return m.date <= span.lo || m.date >= span.hi })
	start := first
	for _, c := range cases {
		if c.Start > 0 {
			start = c.Start
			break
		}
	}
	single, trimmed := len(ch.panels) == 1, ""
	for _, p := range ch.panels {
		if p.trimmed {
			trimmed = ", cut at the axis"
		}
	}
	var said []string
	for i := range markers {
		if single {
			continue
		}
		m := &markers[i]
		name := string(rune('A' + i%26))
		if len(markers) == 1 {
			name = ""
			said = append(said, "Dashed line: "+m.label+", "+month(m.date)+".")
		} else {
			said = append(said, name+": "+m.label+", "+month(m.date)+".")
		}
		m.label = name
	}
	for _, p := range ch.panels {
		p.burnIn, p.nameBurnIn = start+1, single
		for _, m := range markers {
			if m.date > p.x.min && m.date < p.x.max {
				p.markers = append(p.markers, m)
			}
		}
	}
	if !single {
		said = append(said, "Shaded: burn-in, the first model year"+trimmed+".")
		for i, s := range said {
			said[i] = strings.ReplaceAll(s, " ", space)
		}
		ch.notes = append(ch.notes, strings.Join(said, " "))
	}
}

// markersOf joins the markers of cases. One that only some of several cases have takes the case's colour.
func (r *Results) markersOf(cases []Case) []marker {
	var joined []marker
	owners := map[Marker][]int{}
	var order []Marker
	for _, c := range cases {
		for _, m := range c.Markers {
			if len(owners[m]) == 0 {
				order = append(order, m)
			}
			owners[m] = append(owners[m], r.caseIndex(c.Name))
		}
	}
	for _, m := range order {
		colour := grey
		if len(cases) > 1 && len(owners[m]) == 1 {
			colour = r.caseColour(owners[m][0])
		}
		joined = append(joined, marker{date: m.Date, label: m.Label, colour: colour})
	}
	return joined
}

func (r *Results) caseIndex(name string) int {
	for i, c := range r.Manifest.Cases {
		if c.Name == name {
			return i
		}
	}
	return 0
}

// caseKey names the cases' colours for pages of several panels; nothing for a single case.
func caseKey(all []series) []keyItem {
	if len(all) < 2 {
		return nil
	}
	var key []keyItem
	for _, s := range all {
		key = append(key, keyItem{s.name, s.colour, shapeLine})
	}
	return key
}
