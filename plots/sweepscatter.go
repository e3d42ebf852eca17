package plots

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/plot"

	"simulate/internal/quantity"
	"simulate/plots/chart"
)

const (
	mostScatters = 9    // inputs that find room on a page
	mostDots     = 1200 // points of a panel; of more, every few are drawn
	fewDots      = 300  // points up to which dots are larger
	scatterBins  = 10   // parts of an input over which means are joined
)

// scattered is an input of a sample and its values by point.
type scattered struct {
	path string
	unit string
	x    []float64
	link float64 // rank correlation with the metric
}

// drawSweepScatter draws HHI of sales over each input of a sweep that is no line and no map.
func drawSweepScatter(r *Results) ([]*chart.Chart, error) {
	return r.sweepScatters([]string{"hhi_sales"})
}

// sweepScatters draws metrics at the end over each numeric input of a sweep, a chart per metric.
func (r *Results) sweepScatters(metrics []string) (all []*chart.Chart, err error) {
	design, err := r.sweepDesign()
	if err != nil {
		return nil, err
	}
	inputs := varying(design)
	if len(inputs) == 0 {
		return nil, elsewhere("the sweep varies nothing")
	}
	if s := r.Manifest.Sweep; s != nil && s.Design == "oat" {
		return nil, elsewhere("one input varies at a time; `simulate analyse sensitivity` draws what each moves")
	}
	if _, err := r.sweepGrid(metrics[0]); len(inputs) < 2 || err == nil {
		return nil, elsewhere("the sweep is a line or a map")
	}
	runs, err := r.readOnly("runs", append([]string{"case"}, metrics...)...)
	if err != nil || runs == nil {
		return nil, orAbsent(err, "there is no table of runs")
	}
	if err := runs.Requires("case"); err != nil {
		return nil, err
	}
	for _, metric := range metrics {
		if !runs.Has(metric) {
			return nil, elsewhere("the sweep has no %s", metric)
		}
		mean := meansBy(runs.Text("case"), runs.Number(metric))
		ch, err := r.scatterChart(metric, design.Text("case"), mean, inputs)
		if err != nil {
			return nil, err
		}
		if metric != "hhi_sales" || len(metrics) > 1 {
			ch.Suffix = metric
		}
		all = append(all, ch)
	}
	return all, nil
}

// meansBy are the means of defined values by their keys.
func meansBy(keys []string, values []float64) map[string]float64 {
	sum, n := map[string]float64{}, map[string]float64{}
	for i, k := range keys {
		if !math.IsNaN(values[i]) {
			sum[k] += values[i]
			n[k]++
		}
	}
	for k := range sum {
		sum[k] /= n[k]
	}
	return sum
}

func (r *Results) scatterChart(metric string, cases []string, mean map[string]float64,
	inputs []string) (*chart.Chart, error) {
	design, err := r.read("design")
	if err != nil {
		return nil, err
	}
	var y []float64
	for _, c := range cases {
		v, ok := mean[c]
		if !ok {
			v = math.NaN()
		}
		y = append(y, v)
	}
	var all []scattered
	var words []string
	for _, path := range inputs {
		unit := r.inputUnit(path)
		if x, numbers := inputNumbers(design, path, unit); numbers {
			all = append(all, scattered{path, unit, x, rankCorrelation(x, y)})
		} else {
			words = append(words, r.pathName(path))
		}
	}
	if len(all) == 0 {
		return nil, elsewhere("a scatter needs an input of numbers")
	}
	slices.SortStableFunc(all, func(a, b scattered) int { return cmp.Compare(math.Abs(b.link), math.Abs(a.link)) })
	drawn := all[:min(len(all), mostScatters)]
	unit := r.metricUnit("runs", metric)
	ch := &chart.Chart{Columns: columnsFor(len(drawn)), Source: r.Manifest.source(), SharedY: true}
	ch.Title = fmt.Sprintf("%s over %s: it goes most with %s", r.subject(metric), quantity.Plural(len(all), "input"),
		r.pathName(drawn[0].path))
	runs, err := r.readOnly("runs", "date")
	if err != nil || runs == nil {
		return nil, orAbsent(err, "there is no table of runs")
	}
	ch.Subtitle = fmt.Sprintf("%s, %s; a dot for each of %s, %s joined; corr.: rank correlation", endsOf(runs),
		r.sweepMean(), quantity.Plural(len(cases), "point"), meansOf(drawn))
	if u := shortUnit(unit); u != "" {
		ch.Subtitle += "; y axis: " + u
	}
	var paths []string
	for _, in := range drawn {
		ch.Panels = append(ch.Panels, in.panel(y, r.pathName(in.path), r.formatOf(metric)))
		paths = append(paths, in.path)
	}
	if n := len(all) - len(drawn); n > 0 {
		ch.Notes = append(ch.Notes, fmt.Sprintf("%s more are not drawn: those with the least rank correlation.",
			quantity.Plural(n, "input")))
	}
	if len(words) > 0 {
		ch.Notes = append(ch.Notes, "Also varied, in words, and not drawn: "+quantity.List(words)+".")
	}
	for _, p := range ch.Panels[:1] { // they share the axis
		if !p.Y.Log && (p.Y.Min > 0 || p.Y.Max < 0) {
			ch.Notes = append(ch.Notes, "The y axis does not begin at 0.")
		}
	}
	ch.Notes = append(ch.Notes, r.pathNote(paths...)...)
	return ch, nil
}

// sweepMean says of what a value of a point is the mean.
func (r *Results) sweepMean() string {
	if r.Manifest.Replications > 1 {
		return "mean of " + quantity.Plural(r.Manifest.Replications, "replication") + " a point"
	}
	return "one run a point"
}

// panel draws the metric over one input.
func (s scattered) panel(y []float64, name string, f chart.Format) *chart.Panel {
	scale := inputAxis(s.unit)
	var ex, ey chart.Extent
	ex.Add(false, s.x...)
	ey.Add(false, y...)
	p := &chart.Panel{Title: name, Y: chart.LinearAxis(ey, 4, f)}
	if !math.IsNaN(s.link) {
		p.Unit = "corr. " + quantity.Plain(s.link, .01)
	}
	sorted := slices.Sorted(slices.Values(s.x))
	log := ex.Lo > 0 && ex.Hi > 30*sorted[len(sorted)/20]
	if log {
		p.X = chart.LogAxis(ex, 4, scale.format)
	} else {
		p.X = chart.TightAxis(ex, 6, scale.format)
	}
	order := make([]int, 0, len(s.x))
	for i := range s.x {
		if !math.IsNaN(y[i]) {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(s.x[a], s.x[b]) })
	dots := chart.Dots{Colour: chart.Blend(chart.Blue, chart.Paper, .55), Radius: 1.1}
	if len(order) <= fewDots {
		dots.Colour, dots.Radius = chart.Blend(chart.Blue, chart.Paper, .3), 1.8
	}
	every := (len(order) + mostDots - 1) / mostDots
	for k := 0; k < len(order); k += max(1, every) {
		dots.X, dots.Y = append(dots.X, s.x[order[k]]), append(dots.Y, y[order[k]])
	}
	line := chart.Line{Colour: chart.Vermilion, Width: 1.8}
	for _, part := range s.bins(order) {
		var x, v float64
		for _, i := range part {
			x, v = x+s.x[i]/float64(len(part)), v+y[i]/float64(len(part))
		}
		line.X, line.Y = append(line.X, x), append(line.Y, v)
	}
	p.Layers = []plot.Plotter{dots, line}
	return p
}

// meansOf says of what the line joins the means.
func meansOf(drawn []scattered) string {
	listed := 0
	for _, s := range drawn {
		if n := len(slices.Compact(slices.Sorted(slices.Values(s.x)))); n <= scatterBins && n < len(s.x) {
			listed++
		}
	}
	switch listed {
	case 0:
		return "means over tenths of them"
	case len(drawn):
		return "means at each value"
	}
	return "means over tenths of them, or at each value where few are listed,"
}

// bins are the points, in the order of the input, whose means are joined: those of each value where
// few are listed, else tenths.
func (s scattered) bins(order []int) (out [][]int) {
	var byValue [][]int
	for k, i := range order {
		if k == 0 || s.x[i] != s.x[order[k-1]] {
			byValue = append(byValue, nil)
		}
		byValue[len(byValue)-1] = append(byValue[len(byValue)-1], i)
	}
	if len(byValue) <= scatterBins && len(byValue) < len(order) {
		return byValue
	}
	bins := min(scatterBins, len(order)/3)
	for b := range bins {
		out = append(out, order[b*len(order)/bins:(b+1)*len(order)/bins])
	}
	return out
}

// rankCorrelation is Spearman's, over the pairs that are defined; NaN where there is none.
func rankCorrelation(x, y []float64) float64 {
	var a, b []float64
	for i := range x {
		if !math.IsNaN(x[i]) && !math.IsNaN(y[i]) {
			a, b = append(a, x[i]), append(b, y[i])
		}
	}
	if len(a) < 3 {
		return math.NaN()
	}
	return stat.Correlation(ranks(a), ranks(b), nil)
}

// ranks gives ties their mean rank.
func ranks(x []float64) []float64 {
	order := make([]int, len(x))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(x[a], x[b]) })
	out := make([]float64, len(x))
	for i := 0; i < len(order); {
		j := i
		for j < len(order) && x[order[j]] == x[order[i]] {
			j++
		}
		for k := i; k < j; k++ {
			out[order[k]] = float64(i+j-1) / 2
		}
		i = j
	}
	return out
}
