package plots

import (
	"fmt"
	"math"
	"slices"
	"sort"
	"strings"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/plot"

	"simulate/internal/quantity"
	"simulate/plots/chart"
	"simulate/sim/table"
)

const mostSweepMetrics = 9 // metrics of a sweep that are all drawn; of more, HHI of sales alone

// drawSweepLine draws metrics over the one numeric input of a sweep.
func drawSweepLine(r *Results) ([]*chart.Chart, error) {
	metrics := []string{"hhi_sales"}
	if s := r.Manifest.Sweep; s != nil && len(s.Metrics) > 0 && len(s.Metrics) <= mostSweepMetrics {
		metrics = s.Metrics
	}
	return r.sweepLines(metrics)
}

// sweepLines draws the given metrics over the one numeric input of a sweep.
func (r *Results) sweepLines(metrics []string) ([]*chart.Chart, error) {
	design, err := r.sweepDesign()
	if err != nil {
		return nil, err
	}
	inputs := varying(design)
	if len(inputs) != 1 {
		return nil, elsewhere("a line needs a sweep of one input, this one has %d", len(inputs))
	}
	input := inputs[0]
	unit := r.inputUnit(input)
	if _, numbers := inputNumbers(design, input, unit); !numbers {
		words, _ := placesOf(design.Text(input))
		return r.sweepChoices(input, words, metrics)
	}
	x := inputAxis(unit)
	paths, ends, err := r.overInput(input, unit, metrics)
	if err != nil {
		return nil, err
	}
	ch := &chart.Chart{Source: r.Manifest.source()}
	drawn := 0
	for _, m := range metrics {
		p := paths[m]
		if !p.defined() {
			continue
		}
		drawn++
		panel := sweepPanel(p, x, r.formatOf(m))
		panel.Title, panel.Unit = r.metricName(m), shortUnit(r.metricUnit("runs", m))
		panel.XUnit = r.pathName(input) + x.suffix
		ch.Panels = append(ch.Panels, panel)
	}
	if drawn == 0 {
		return nil, absent("%s is not defined in any run of the sweep", strings.Join(metrics, ", "))
	}
	ch.Columns = columnsFor(drawn)
	name := r.pathName(input)
	ch.Notes = r.pathNote(input)
	ch.Title = fmt.Sprintf("%s over %s%s", quantity.Plural(drawn, "metric"), name, x.suffix)
	if drawn == 1 {
		r.nameSweepLine(ch, paths, name, x)
	}
	ch.Subtitle = ends
	if r.Manifest.Replications > 1 {
		ch.Subtitle += fmt.Sprintf(": mean with 50%% and 90%% bands of %s a point", quantity.Plural(r.Manifest.Replications,
			"replication"))
	} else {
		ch.Subtitle += ": one run a point"
	}
	ch.Subtitle += ". Points: the values that were run, joined by straight lines"
	return []*chart.Chart{ch}, nil
}

// nameSweepLine says in the title of a single metric how it goes from one end of the input to the
// other.
func (r *Results) nameSweepLine(ch *chart.Chart, paths map[string]*path, input string, x inputScale) {
	panel := ch.Panels[0]
	for metric, p := range paths {
		if !p.defined() {
			continue
		}
		n, f := len(p.date), r.formatOf(metric)
		ch.Title = fmt.Sprintf("%s: %s where %s is %s, %s where it is %s", r.subject(metric), f(p.mean[0], 0), input,
			x.format(p.date[0], 0), f(p.mean[n-1], 0), x.format(p.date[n-1], 0))
		panel.Unit = strings.TrimSuffix(r.metricName(metric)+", "+panel.Unit, ", ")
		panel.Title = ""
	}
}

// sweepDesign reads the design of a sweep; Absent for any other folder.
func (r *Results) sweepDesign() (*table.Table, error) {
	if r.Manifest.Futures != nil {
		return nil, elsewhere("it is of a sweep, and this is a comparison over futures")
	}
	design, err := r.read("design", "case")
	if err != nil || design == nil {
		return nil, orAbsent(err, "there is no design table; `simulate sweep` makes one")
	}
	return design, nil
}

// varying are the columns of a design with more than one value.
func varying(design *table.Table) (inputs []string) {
	for _, c := range design.Columns[1:] {
		if len(design.Distinct(c.Name)) > 1 {
			inputs = append(inputs, c.Name)
		}
	}
	return inputs
}

// overInput gives some metrics at the ends of runs as paths over the input instead of over time,
// and says when that is. It reads their columns of the table of runs alone, which a large sweep has
// many of.
func (r *Results) overInput(input, unit string, metrics []string) (paths map[string]*path, ends string, err error) {
	runs, err := r.readOnly("runs", append([]string{"case", "date", input}, metrics...)...)
	if err != nil || runs == nil {
		return nil, "", orAbsent(err, "there is no table of runs")
	}
	if err := runs.Requires("case", "date", input); err != nil {
		return nil, "", err
	}
	cases := runs.Text("case")
	x, numbers := inputNumbers(runs, input, unit)
	if !numbers {
		_, x = placesOf(runs.Text(input))
	}
	paths = map[string]*path{}
	for _, metric := range metrics {
		if !runs.Has(metric) {
			continue
		}
		values, p := runs.Number(metric), &path{}
		var sample []float64
		for i := range values {
			if !math.IsNaN(values[i]) {
				sample = append(sample, values[i])
			}
			if i+1 == len(values) || cases[i+1] != cases[i] {
				p.addSample(x[i], sample)
				sample = sample[:0]
			}
		}
		p.sort()
		paths[metric] = p
	}
	return paths, endsOf(runs), nil
}

// endsOf says of which date the values of a sweep's table of runs are, as a subtitle begins.
func endsOf(runs *table.Table) string {
	if !runs.Has("date") || runs.Len() == 0 {
		return "At the end"
	}
	dates := runs.Text("date")
	if first, last := slices.Min(dates), slices.Max(dates); first != last {
		return "Each run at its own end, " + first + " to " + last
	}
	return "At the end, " + dates[0]
}

// addSample adds the mean and quantiles of values at a place, NaN where there are none. It orders
// the values.
func (p *path) addSample(x float64, values []float64) {
	mean := math.NaN()
	if len(values) > 0 {
		mean = stat.Mean(values, nil)
	}
	slices.Sort(values)
	p.date, p.mean = append(p.date, x), append(p.mean, mean)
	for at, to := range map[float64]*[]float64{.05: &p.q05, .25: &p.q25, .5: &p.q50, .75: &p.q75, .95: &p.q95} {
		*to = append(*to, quantile(values, at))
	}
}

// sort puts observations in ascending order.
func (p *path) sort() {
	order := make([]int, len(p.date))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(a, b int) bool { return p.date[order[a]] < p.date[order[b]] })
	for _, values := range []*[]float64{&p.date, &p.mean, &p.q05, &p.q25, &p.q50, &p.q75, &p.q95} {
		sorted := make([]float64, len(order))
		for k, i := range order {
			sorted[k] = (*values)[i]
		}
		*values = sorted
	}
}

// inputScale says how values of an input are written on its axis.
type inputScale struct {
	format chart.Format
	suffix string // unit, after the input's name
}

func inputAxis(unit string) inputScale {
	switch {
	case unit == factorUnit:
		return inputScale{func(v, step float64) string { return quantity.Plain(v, step) + "×" }, ", times a year"}
	case strings.HasPrefix(unit, "USD"):
		return inputScale{quantity.Dollars, ", " + unit}
	case unit == dateUnit:
		return inputScale{func(v, _ float64) string { return dateWord(v) }, ""}
	case unit == "" || unit == "1":
		return inputScale{quantity.Plain, ""}
	case unit == percentUnit:
		return inputScale{quantity.Percents.Tick, ""}
	case unit == yearPercentUnit:
		return inputScale{quantity.Percents.Tick, ", a year"}
	case unit == growthPercentUnit:
		return inputScale{func(v, step float64) string { return quantity.Percents.Tick(v-1, step) }, ", a year"}
	case unit == monthsUnit:
		return inputScale{quantity.Months.Tick, ", months"}
	}
	return inputScale{quantity.Plain, ", " + unit}
}

// metricUnit is the unit of a metric as figures write it.
func (r *Results) metricUnit(tableName, metric string) string {
	return writtenUnit(metric, r.unitOf(tableName, metric))
}

// writtenUnit makes indices between 0 and 1 that are no shares plain numbers, and shares parts of a
// whole.
func writtenUnit(metric, unit string) string {
	if metric == "share" {
		return "0–1"
	}
	if metric == "lerner" || strings.HasPrefix(metric, "gini") {
		return "1"
	}
	return unit
}

// formatOf writes values of a metric of runs: an HHI in whole points, all else by its unit.
func (r *Results) formatOf(metric string) chart.Format {
	unit := r.metricUnit("runs", metric)
	if unit == "0–10,000" {
		return func(v, step float64) string { return quantity.Plain(v, math.Max(step, 1)) }
	}
	return valueFormat(unit)
}

// subject begins a title about a metric.
func (r *Results) subject(metric string) string {
	if metric == "hhi_sales" {
		return "Sales concentration (HHI)"
	}
	return r.metricName(metric)
}

// valueFormat writes values of a metric by its unit.
func valueFormat(unit string) chart.Format {
	return (&Measured{Unit: unit}).format()
}

func shortUnit(unit string) string { return (&Measured{Unit: unit}).axisUnit() }

// sweepPanel draws mean and bands over the input, a log axis where values span more than a factor
// of 30.
func sweepPanel(p *path, s inputScale, f chart.Format) *chart.Panel {
	var x, y chart.Extent
	x.Add(false, p.date...)
	for _, values := range [][]float64{p.mean, p.q05, p.q95} {
		y.Add(false, values...)
	}
	y.Add(false, 0)
	out := &chart.Panel{Y: chart.LinearAxis(y, 5, f)}
	if x.Lo > 0 && x.Hi > 30*x.Lo {
		out.X = chart.LogAxis(x, 5, s.format)
	} else {
		out.X = chart.LinearAxis(x, 6, s.format)
		room := .03 * (x.Hi - x.Lo)
		out.X.Min, out.X.Max = x.Lo-room, x.Hi+room
		out.X.Ticks = slices.DeleteFunc(out.X.Ticks, func(t chart.Tick) bool { return !out.X.Contains(t.At) })
	}
	if few := slices.Compact(slices.Clone(p.date)); len(few) <= 5 && apart(few, out.X) {
		out.X.Ticks = nil
		for _, v := range few {
			out.X.Ticks = append(out.X.Ticks, chart.Tick{At: v, Label: s.format(v, 0)})
		}
	}
	if p.spread() {
		out.Layers = append(out.Layers, chart.Band{X: p.date, Lo: p.q05, Hi: p.q95, Colour: chart.Faint(chart.Blue,
			chart.AlphaOuter)}, chart.Band{X: p.date, Lo: p.q25, Hi: p.q75, Colour: chart.Faint(chart.Blue, chart.AlphaInner)})
	}
	out.Layers = append(out.Layers, plot.Plotter(chart.Line{X: p.date, Y: p.mean, Colour: chart.Blue, Width: 2}),
		chart.Dots{X: p.date, Y: p.mean, Colour: chart.Blue, Radius: 2.6})
	return out
}

// apart tells whether ascending values stand far enough from each other for a tick each.
func apart(values []float64, a chart.Axis) bool {
	place := func(v float64) float64 { return a.Normalizer().Normalize(a.Min, a.Max, v) }
	for i := 1; i < len(values); i++ {
		if place(values[i])-place(values[i-1]) < .18 {
			return false
		}
	}
	return true
}
