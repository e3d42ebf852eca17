package plots

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
)

// rowHeight is that of a parameter in points.
const rowHeight = 13

// drawCalibration draws for each parameter where the vectors that fit lie in its prior, those that the observations say most of on top.
func drawCalibration(r *Results) ([]*Chart, error) {
	const missing = "this is no calibration; `simulate calibrate` makes one"
	t, err := r.read("parameters", "path", "unit", "q05", "q95", "at05", "at25", "at50", "at75", "at95", "at_base", "shift", "identified")
	if err != nil || t == nil {
		return nil, orAbsent(err, missing)
	}
	order := make([]int, t.Len())
	for i := range order {
		order[i] = i
	}
	shift, identified := t.Number("shift"), t.Text("identified")
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(shift[b], shift[a]) })
	p := &panel{
		x: axis{min: 0, max: 1, format: plain, ticks: []tick{{0, "low"}, {.5, "middle"}, {1, "high"}}},
		y: axis{min: .4, max: float64(len(order)) + .6, format: plain}, xUnit: "Place in the prior interval (in logs where it is positive)",
	}
	silent := 0
	for k, i := range order {
		y := float64(len(order) - k)
		p.y.ticks = append(p.y.ticks, tick{y, t.Text("path")[i]})
		at := func(column string) float64 { return t.Number(column)[i] }
		bar := func(from, to float64, l line) plot.Plotter {
			l.x, l.y = []float64{from, to}, []float64{y, y}
			return l
		}
		colour := blue
		if identified[i] == "no" {
			colour = grey
			silent++
		}
		p.layers = append(p.layers,
			bar(0, 1, line{colour: hairline, width: 6}),
			bar(at("at05"), at("at95"), line{colour: faint(colour, 110), width: 3.4}),
			bar(at("at25"), at("at75"), line{colour: colour, width: 3.4}),
			dots{x: []float64{at("at_base")}, y: []float64{y}, colour: vermilion, radius: 2.2, hollow: true})
		if low, high := at("q05"), at("q95"); !math.IsNaN(low) {
			p.ends = append(p.ends, endLabel{text: interval(low, high, t.Text("unit")[i]), at: y, colour: colour, rank: k})
		}
	}
	ch := &Chart{
		Title: fmt.Sprintf("Observations identify none of %d parameters in full and say nothing of %d", len(order), silent),
		Subtitle: "Grey strip: the prior, a 90% interval from the literature or, for many, by assumption (simulate params says which). Bars: the central 50% and 90% of the parameter vectors that fit the observations, " +
			"the latter in figures at the right",
		key:    []keyItem{{"Identified at least in part", blue, shapeLine}, {"Not identified", grey, shapeLine}, {"Scenario's own value", vermilion, shapeRing}},
		panels: []*panel{p},
		extra:  max(0, vg.Points(float64(len(order))*rowHeight)-pageHeight*.62),
		notes:  []string{attribution},
	}
	if n := count(identified, "yes"); n > 0 {
		ch.Title = fmt.Sprintf("Observations identify %d of %d parameters and say nothing of %d", n, len(order), silent)
	}
	return []*Chart{ch}, nil
}

func count(words []string, w string) (n int) {
	for _, x := range words {
		if x == w {
			n++
		}
	}
	return n
}

// interval writes the ends of an interval in a unit of the model; growth is given as its log rate.
func interval(low, high float64, unit string) string {
	switch {
	case unit == "growth/yr":
		return short(math.Exp(low)) + "–" + short(math.Exp(high)) + "×/yr"
	case strings.HasPrefix(unit, "USD"):
		return dollars(round2(low), 0) + "–" + dollars(round2(high), 0)
	case low < 0:
		return short(low) + " to " + short(high)
	}
	return short(low) + "–" + short(high)
}

// short writes two significant digits.
func short(v float64) string {
	if v == 0 || math.Abs(v) < 5e-3 {
		return plain(0, 1)
	}
	sign := ""
	if v < 0 {
		sign, v = "−", -v
	}
	return sign + plain(round2(v), 0)
}
