package plots

import (
	"fmt"
	"image/color"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/plot/vg"

	"simulate/internal/quantity"
	"simulate/plots/chart"
)

var (
	openColour    = chart.Vermilion
	closedColour  = chart.Blue
	delayedColour = chart.Green

	dashed = []vg.Length{vg.Points(5), vg.Points(2.5)}
)

func opennessColour(openness string) color.NRGBA {
	switch openness {
	case "open":
		return openColour
	case "closed":
		return closedColour
	}
	return delayedColour
}

func drawBudgetCapability(r *Results) ([]*chart.Chart, error) {
	return r.eachCase(func(c Case, all []*class) (*chart.Chart, error) {
		dates := datesOfAll(all)
		shown := threeDates(dates)
		var x, y chart.Extent
		for _, cl := range all {
			for _, d := range shown {
				b, v := cl.mean("budget", d), cl.mean("capability", d)
				if b > 0 && !math.IsNaN(v) {
					x.Add(true, b)
					y.Add(false, v)
				}
			}
		}
		if !x.Ok {
			return nil, absent("no lab has both a budget and a capability in the table of labs")
		}
		x.Add(true, 1.8*x.Hi, x.Lo/2.5) // room for names
		if y.Hi > y.Lo {
			y.Add(false, y.Hi+.16*(y.Hi-y.Lo))
		}
		p := &chart.Panel{Unit: "Capability, OOM above GPT-4", X: chart.LogAxis(x, 8, quantity.Dollars),
			Y: chart.LinearAxis(y, 8, quantity.OOM), XUnit: "Budget, US dollars a year (log scale)"}
		kinds := map[string]bool{}
		end := shown[len(shown)-1]
		for _, cl := range all {
			addTrajectory(p, cl, shown, r.Manifest.Replications > 1)
			kinds[cl.openness] = true
		}
		ch := &chart.Chart{
			Title: "Budget and capability",
			Subtitle: fmt.Sprintf("Labs %s; small points: %s%s. %s%s", chart.When(end), chart.When(shown[0]), halfway(shown),
				r.statistic("Means"), existing(all)),
			Panels: []*chart.Panel{p},
			Extra:  2 * vg.Centimeter,
			Key:    opennessKey(kinds),
		}
		own := slices.DeleteFunc(slices.Clone(all), func(cl *class) bool { return cl.adopts(end) })
		if len(own) < len(all) {
			ch.Subtitle += ". Hollow: the lab ships a model built on another’s open weights"
			if r.Manifest.Replications > 1 {
				ch.Subtitle += " in at least half of its replications; the share is beside its name"
			}
			ch.Key = append(ch.Key, chart.KeyItem{Name: "Adopted", Colour: chart.Grey, Shape: chart.ShapeRing})
		}
		if lo, hi, ok := budgetsAt(own, end); ok {
			ch.Title = fmt.Sprintf("Own runs: %s to %s a year, capabilities %s OOM apart %s", quantity.Dollars(round2(lo), 0),
				quantity.Dollars(round2(hi), 0),
				quantity.Plain(spreadAt(own, end), .1), chart.When(end))
			if len(own) < len(all) {
				ch.Notes = append(ch.Notes, fmt.Sprintf("With adopters, capabilities are %s OOM apart.",
					quantity.Plain(spreadAt(all, end), .1)))
			}
		}
		if note := inOwnColours(all); note != "" {
			ch.Notes = append(ch.Notes, note)
		}
		return ch, nil
	})
}

// inOwnColours says of which labs the colour does not tell the openness; "" where there are none.
func inOwnColours(all []*class) string {
	var names []string
	for _, c := range all {
		if c.highlit {
			names = append(names, fmt.Sprintf("%s (%s)", c.name, opennessWords(c.openness)))
		}
	}
	if len(names) == 0 {
		return ""
	}
	return "In colours of their own: " + quantity.List(names) + "."
}

// threeDates are the first, the year nearest to the middle, and the last.
func threeDates(dates []float64) []float64 {
	first, end := dates[0], dates[len(dates)-1]
	middle := first
	for _, d := range dates {
		whole := math.Abs(d-math.Round(d)) < 1e-6
		if whole && math.Abs(d-(first+end)/2) < math.Abs(middle-(first+end)/2) {
			middle = d
		}
	}
	shown := []float64{first}
	if middle > first && middle < end {
		shown = append(shown, middle)
	}
	if end > first {
		shown = append(shown, end)
	}
	return shown
}

func halfway(shown []float64) string {
	if len(shown) < 3 {
		return ""
	}
	return " and " + chart.When(shown[1])
}

// budgetsAt are the smallest and the largest budget of labs that offer a model.
func budgetsAt(all []*class, date float64) (lo, hi float64, ok bool) {
	var e chart.Extent
	for _, c := range all {
		if !math.IsNaN(c.mean("capability", date)) {
			e.Add(true, c.mean("budget", date))
		}
	}
	return e.Lo, e.Hi, e.Ok && e.Hi > e.Lo
}

// spreadAt is the distance between the most and the least capable lab.
func spreadAt(all []*class, date float64) float64 {
	var e chart.Extent
	for _, c := range all {
		e.Add(false, c.mean("capability", date))
	}
	return e.Hi - e.Lo
}

// adopts tells whether the class ships models built on others' open weights in at least half of the
// replications.
func (c *class) adopts(date float64) bool { return c.shareOf("adopted", date) >= .5 }

// round2 keeps two significant digits.
func round2(v float64) float64 {
	unit := math.Pow(10, math.Floor(math.Log10(v))-1)
	return math.Round(v/unit) * unit
}

// addTrajectory draws a class over the dates. With shares, those that adopt have beside their name
// in which part of the replications they do.
func addTrajectory(p *chart.Panel, c *class, shown []float64, shares bool) {
	budget, capability := c.means("budget", shown), c.means("capability", shown)
	colour := opennessColour(c.openness)
	if c.highlit {
		colour = c.colour
	}
	p.Layers = append(p.Layers, chart.Line{X: budget, Y: capability, Colour: chart.Faint(colour, 130), Width: 1})
	final := -1
	for i := range shown {
		if budget[i] > 0 && !math.IsNaN(capability[i]) {
			final = i
		}
	}
	for i := range shown {
		d := chart.Dots{X: budget[i : i+1], Y: capability[i : i+1], Colour: colour, Radius: 1.4}
		if i == len(shown)-1 {
			d.Radius = 3.2
			if c.adopts(shown[i]) {
				d.Radius, d.Hollow = 3.6, true
			}
		}
		p.Layers = append(p.Layers, d)
	}
	if final >= 0 {
		name := c.name
		if end := shown[len(shown)-1]; shares && c.adopts(end) && final == len(shown)-1 {
			name += " " + quantity.Percent(c.shareOf("adopted", end), 0)
		}
		p.Points = append(p.Points, chart.PointLabel{Text: name, X: budget[final], Y: capability[final], Colour: colour,
			Rank: int(1000 * (1 - c.weight))})
	}
}

// opennesses are the kinds of openness and what figures call them.
var opennesses = []struct{ kind, name string }{{"closed", "Closed"}, {"delayed", "Weights after a delay"},
	{"open", "Open weights"}}

func opennessWords(kind string) string {
	for _, k := range opennesses {
		if k.kind == kind {
			return strings.ToLower(k.name)
		}
	}
	return kind
}

func opennessKey(kinds map[string]bool) []chart.KeyItem {
	var key []chart.KeyItem
	for _, k := range opennesses {
		if kinds[k.kind] {
			key = append(key, chart.KeyItem{Name: k.name, Colour: opennessColour(k.kind), Shape: chart.ShapeDot})
		}
	}
	return key
}
