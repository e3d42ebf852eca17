package plots

import (
	"fmt"
	"image/color"
	"math"
	"slices"

	"gonum.org/v1/plot/vg"
)

var (
	openColour    = vermilion
	closedColour  = blue
	delayedColour = green

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

func drawBudgetCapability(r *Results) ([]*Chart, error) {
	return r.eachCase(func(c Case, all []*class) (*Chart, error) {
		dates := datesOfAll(all)
		shown := threeDates(dates)
		var x, y extent
		for _, cl := range all {
			for _, d := range shown {
				b, v := cl.median("budget", d), cl.median("capability", d)
				if b > 0 && !math.IsNaN(v) {
					x.add(true, b)
					y.add(false, v)
				}
			}
		}
		if !x.ok {
			return nil, absent("no lab has both a budget and a capability in the table of labs")
		}
		x.add(true, 1.8*x.hi, x.lo/1.3) // room for names
		p := &panel{unit: "Capability, OOM above GPT-4", x: logAxis(x, 8, dollars), y: linearAxis(y, 8, oom), xUnit: "Budget, US dollars a year (log scale)"}
		kinds := map[string]bool{}
		end := shown[len(shown)-1]
		for _, cl := range all {
			addTrajectory(p, cl, shown)
			kinds[cl.openness] = true
		}
		ch := &Chart{
			Title:    "Budget and capability",
			Subtitle: fmt.Sprintf("Labs %s; small points: %s%s. %s%s", when(end), when(shown[0]), halfway(shown), r.statistic("Medians"), existing(all)),
			panels:   []*panel{p},
			extra:    2 * vg.Centimeter,
			key:      opennessKey(kinds),
		}
		own := slices.DeleteFunc(slices.Clone(all), func(cl *class) bool { return cl.adopts(end) })
		if len(own) < len(all) {
			ch.Subtitle += ". Hollow: the lab ships a model built on another’s open weights in at least half of its replications; the share is beside its name"
			ch.key = append(ch.key, keyItem{"Adopted", grey, shapeRing})
		}
		if lo, hi, ok := budgetsAt(own, end); ok {
			ch.Title = fmt.Sprintf("Own runs: %s to %s a year, capabilities %s OOM apart %s", dollars(round2(lo), 0), dollars(round2(hi), 0),
				plain(spreadAt(own, end), .1), when(end))
			if len(own) < len(all) {
				ch.notes = append(ch.notes, fmt.Sprintf("With adopters, capabilities are %s OOM apart.", plain(spreadAt(all, end), .1)))
			}
		}
		return ch, nil
	})
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
	return " and " + when(shown[1])
}

// budgetsAt are the smallest and the largest budget of labs that offer a model.
func budgetsAt(all []*class, date float64) (lo, hi float64, ok bool) {
	var e extent
	for _, c := range all {
		if !math.IsNaN(c.median("capability", date)) {
			e.add(true, c.median("budget", date))
		}
	}
	return e.lo, e.hi, e.ok && e.hi > e.lo
}

// spreadAt is the distance between the most and the least capable lab.
func spreadAt(all []*class, date float64) float64 {
	var e extent
	for _, c := range all {
		e.add(false, c.median("capability", date))
	}
	return e.hi - e.lo
}

// adopts tells whether the class ships models built on others' open weights in at least half of the replications.
func (c *class) adopts(date float64) bool { return c.shareOf("adopted", date) >= .5 }

// round2 keeps two significant digits.
func round2(v float64) float64 {
	unit := math.Pow(10, math.Floor(math.Log10(v))-1)
	return math.Round(v/unit) * unit
}

func addTrajectory(p *panel, c *class, shown []float64) {
	budget, capability := c.medians("budget", shown), c.medians("capability", shown)
	colour := opennessColour(c.openness)
	p.layers = append(p.layers, line{x: budget, y: capability, colour: faint(colour, 130), width: 1})
	final := -1
	for i := range shown {
		if budget[i] > 0 && !math.IsNaN(capability[i]) {
			final = i
		}
	}
	for i := range shown {
		d := dots{x: budget[i : i+1], y: capability[i : i+1], colour: colour, radius: 1.4}
		if i == len(shown)-1 {
			d.radius = 3.2
			if c.adopts(shown[i]) {
				d.radius, d.hollow = 3.6, true
			}
		}
		p.layers = append(p.layers, d)
	}
	if final >= 0 {
		name := c.name
		if end := shown[len(shown)-1]; c.adopts(end) && final == len(shown)-1 {
			name += " " + percent(c.shareOf("adopted", end), 0)
		}
		p.points = append(p.points, pointLabel{text: name, x: budget[final], y: capability[final], colour: colour, rank: int(1000 * (1 - c.weight))})
	}
}

func opennessKey(kinds map[string]bool) []keyItem {
	var key []keyItem
	for _, k := range []struct{ kind, name string }{{"closed", "Closed"}, {"delayed", "Weights after a delay"}, {"open", "Open weights"}} {
		if kinds[k.kind] {
			key = append(key, keyItem{k.name, opennessColour(k.kind), shapeDot})
		}
	}
	return key
}
