package plots

import (
	"fmt"
	"image/color"
	"math"
	"slices"
	"sort"

	"simulate/internal/quantity"
	"simulate/plots/chart"
)

// look is how a case is drawn, the same in every figure of a folder.
type look struct {
	colour color.NRGBA
	dashes []chart.Length // that tell its line from others in print without colours; nil: none
	minor  bool           // one of many: a thin light line without a name
	// the same world without what happens: a grey line without bands behind the others
	reference bool
}

// strokesOfCases are the lines of cases that are held against a first one, which is dashed: grey
// print tells them apart too.
var strokesOfCases = [][]chart.Length{nil, {7, 2, 1.6, 2}, {2, 1.6}, {9, 2.4}, {4, 1.6, 1.4, 1.6, 1.4, 1.6}}

// strokeOf is the line of the i-th case of several, of which the first is the reference.
func strokeOf(i int) []chart.Length {
	if i == 0 {
		return dashed
	}
	return strokesOfCases[(i-1)%len(strokesOfCases)]
}

const mostHighlights = 8 // cases with a colour of their own where there are more cases than colours

// looksOf gives each case its look. A single case is blue; of several the first is the reference
// and grey. Where there are more than colours, those whose HHI of sales differs most from the
// first's at the end are coloured.
func (r *Results) looksOf() []look {
	n := len(r.Manifest.Cases)
	looks := make([]look, n)
	switch {
	case n == 1:
		looks[0].colour = chart.Blue
	case n <= 1+len(chart.Distinct):
		for i := range looks {
			looks[i].colour, looks[i].dashes = chart.Grey, strokeOf(i)
			if i > 0 {
				looks[i].colour = chart.Distinct[i-1]
			}
		}
	default:
		chosen := r.mostDifferent(mostHighlights)
		for i := range looks {
			looks[i] = look{colour: chart.LightGrey, minor: true}
			if k := slices.Index(chosen, i); k >= 0 {
				looks[i] = look{colour: chart.Distinct[k], dashes: strokeOf(k + 1)}
			}
		}
		looks[0] = look{colour: chart.Grey, dashes: strokeOf(0)}
	}
	if n > 1 && r.Manifest.Cases[0].Added {
		looks[0].reference, looks[0].dashes = true, nil
		if n == 2 {
			looks[1].colour = chart.Blue
		}
	}
	return looks
}

// mostDifferent are the indices of n cases, ascending: those furthest from the first in mean HHI
// of sales at the end.
func (r *Results) mostDifferent(n int) []int {
	end := func(i int) float64 {
		p := r.metrics["hhi_sales"][r.Manifest.Cases[i].Name]
		if p == nil {
			return math.NaN()
		}
		_, v := last(p.date, p.mean)
		return v
	}
	var order []int
	distance := map[int]float64{}
	for i := 1; i < len(r.Manifest.Cases); i++ {
		order = append(order, i)
		if distance[i] = math.Abs(end(i) - end(0)); math.IsNaN(distance[i]) {
			distance[i] = -1
		}
	}
	sort.SliceStable(order, func(a, b int) bool { return distance[order[a]] > distance[order[b]] })
	order = order[:min(n, len(order))]
	slices.Sort(order)
	return order
}

// inCaseOrder gives a metric's paths the names and looks of their cases.
func (r *Results) inCaseOrder(byCase map[string]*path) []series {
	var all []series
	for i, c := range r.Manifest.Cases {
		if p := byCase[c.Name]; p.defined() {
			all = append(all, series{name: c.label(), look: r.looks[i], path: p})
		}
	}
	return all
}

// highlighted says which of many cases are in colour; "" where all are.
func (r *Results) highlighted(all []series) string {
	minor := 0
	for _, s := range all {
		if s.minor {
			minor++
		}
	}
	if minor == 0 {
		return ""
	}
	which := fmt.Sprintf("the %d whose HHI of sales differs most from %s at the end", mostHighlights, r.baseName())
	if r.metrics["hhi_sales"] == nil {
		which = fmt.Sprintf("the first %d after %s", mostHighlights, r.baseName())
	}
	return fmt.Sprintf(". In colour: %s; light grey: %s", which, quantity.Plural(minor, "other case"))
}

// longestTitle is how long a title that figures take for a name may be, in characters.
const longestTitle = 24

// label is the case's title where it is short, otherwise its name.
func (c Case) label() string {
	if c.Title != "" && len([]rune(c.Title)) <= longestTitle {
		return c.Title
	}
	return words(c.Name)
}

// tellApart drops the titles of cases that would be named alike.
func tellApart(cases []Case) {
	times := map[string]int{}
	for _, c := range cases {
		times[c.label()]++
	}
	for i := range cases {
		if times[cases[i].label()] > 1 {
			cases[i].Title = ""
		}
	}
}

// caseKey names the cases' colours for pages of several panels; nothing for a single case.
func caseKey(all []series) []chart.KeyItem {
	if len(all) < 2 {
		return nil
	}
	var key []chart.KeyItem
	minor := 0
	for _, s := range all {
		if s.minor {
			minor++
			continue
		}
		key = append(key, chart.KeyItem{Name: s.name, Colour: s.colour, Shape: chart.ShapeLine, Dashes: s.dashes})
	}
	if minor > 0 {
		key = append(key, chart.KeyItem{Name: quantity.Plural(minor, "other"), Colour: chart.LightGrey,
			Shape: chart.ShapeLine})
	}
	return key
}
