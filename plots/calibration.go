package plots

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"

	"simulate/internal/quantity"
	"simulate/plots/chart"
)

// rowHeight is that of a parameter in points.
const rowHeight = 13

// drawCalibration draws for each parameter where the vectors that fit lie in its prior, those that
// the observations say most of on top.
func drawCalibration(r *Results) ([]*chart.Chart, error) {
	const missing = "this is no calibration; `simulate calibrate` makes one"
	t, err := r.read("parameters", "path", "unit", "q05", "q95", "at05", "at25", "at50", "at75", "at95", "at_base",
		"shift", "identified")
	if err != nil || t == nil {
		return nil, orAbsent(err, missing)
	}
	order := make([]int, t.Len())
	for i := range order {
		order[i] = i
	}
	shift, identified := t.Number("shift"), t.Text("identified")
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(shift[b], shift[a]) })
	p := &chart.Panel{
		X: chart.Axis{Min: 0, Max: 1, Format: quantity.Plain, Ticks: []chart.Tick{{At: 0, Label: "low"}, {At: .5,
			Label: "middle"}, {At: 1, Label: "high"}}},
		Y: chart.Axis{Named: true, Min: .4, Max: float64(len(order)) + .6, Format: quantity.Plain}, XUnit: "Place in the " +
			"prior " +
			"interval (in logs where it is positive)",
	}
	silent := 0
	for k, i := range order {
		y := float64(len(order) - k)
		p.Y.Ticks = append(p.Y.Ticks, chart.Tick{At: y, Label: r.pathName(t.Text("path")[i])})
		at := func(column string) float64 { return t.Number(column)[i] }
		bar := func(from, to float64, l chart.Line) plot.Plotter {
			l.X, l.Y = []float64{from, to}, []float64{y, y}
			return l
		}
		colour := chart.Blue
		if identified[i] == "no" {
			colour = chart.Grey
			silent++
		}
		p.Layers = append(p.Layers,
			bar(0, 1, chart.Line{Colour: chart.Hairline, Width: 6}),
			bar(at("at05"), at("at95"), chart.Line{Colour: chart.Faint(colour, 110), Width: 3.4}),
			bar(at("at25"), at("at75"), chart.Line{Colour: colour, Width: 3.4}),
			chart.Dots{X: []float64{at("at_base")}, Y: []float64{y}, Colour: chart.Vermilion, Radius: 2.2, Hollow: true})
		if low, high := at("q05"), at("q95"); !math.IsNaN(low) {
			p.Ends = append(p.Ends, chart.EndLabel{Text: interval(low, high, t.Text("unit")[i]), At: y, Colour: colour, Rank: k})
		}
	}
	ch := &chart.Chart{
		Title: fmt.Sprintf("Observations identify none of %s in full and say nothing of %d", quantity.Plural(len(order),
			"parameter"), silent),
		Subtitle: "Grey strip: the prior, a 90% interval from the literature or, for many, by assumption (simulate params " +
			"says which). Bars: the central 50% and 90% of the parameter vectors that fit the observations, " +
			"the latter in figures at the right" + fitting(r.Manifest.Verdict),
		Key: []chart.KeyItem{{Name: "Identified at least in part", Colour: chart.Blue, Shape: chart.ShapeLine},
			{Name: "Not identified", Colour: chart.Grey, Shape: chart.ShapeLine}, {Name: "Scenario’s own value",
				Colour: chart.Vermilion, Shape: chart.ShapeRing}},
		Panels: []*chart.Panel{p},
		Extra:  max(0, vg.Points(float64(len(order))*rowHeight)-chart.PageHeight*.62),
		Notes:  []string{attribution},
	}
	if n := count(identified, "yes"); n > 0 {
		ch.Title = fmt.Sprintf("Observations identify %s of %s and say nothing of %d", quantity.Count(n),
			quantity.Plural(len(order),
				"parameter"), silent)
	}
	return []*chart.Chart{ch}, nil
}

func count(words []string, w string) (n int) {
	for _, x := range words {
		if x == w {
			n++
		}
	}
	return n
}

// fitting is how many vectors fit, from the first sentence of a verdict.
func fitting(verdict string) string {
	if first, _, found := strings.Cut(verdict, " parameter vectors fit."); found {
		return "; " + first + " fit"
	}
	return ""
}

// interval writes the ends of an interval in a unit.
func interval(low, high float64, unit string) string {
	switch {
	case unit == factorUnit:
		return short(low) + "–" + short(high) + "×/yr"
	case strings.HasPrefix(unit, "USD"):
		return quantity.Dollars(round2(low), 0) + "–" + quantity.Dollars(round2(high), 0) + strings.TrimPrefix(unit, "USD")
	case strings.HasPrefix(unit, "H100e"):
		return quantity.Scaled(round2(low), 0) + "–" + quantity.Scaled(round2(high), 0) + chart.Space + unit
	}
	both := short(low) + "–" + short(high)
	if low < 0 {
		both = short(low) + " to " + short(high)
	}
	if unit != "" && unit != "1" {
		both += chart.Space + unit
	}
	return both
}

// short writes two significant digits.
func short(v float64) string {
	if v == 0 || math.Abs(v) < 5e-3 {
		return quantity.Plain(0, 1)
	}
	sign := ""
	if v < 0 {
		sign, v = "−", -v
	}
	return sign + quantity.Plain(round2(v), 0)
}
