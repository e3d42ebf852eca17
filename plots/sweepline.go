package plots

import (
	"fmt"
	"math"
	"slices"
	"sort"
	"strings"

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
	unit := r.unitOf("design", input)
	values, numbers := inputNumbers(design, input, unit)
	if !numbers {
		return nil, elsewhere("a line needs numbers, and %s takes words such as %q", input, design.Text(input)[0])
	}
	x := inputAxis(unit)
	at := map[string]float64{} // by case
	for i, c := range design.Text("case") {
		at[c] = values[i]
	}
	paths, date, err := r.overInput(design.Text("case"), at, metrics)
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
		of := r.unitOf("runs", m)
		panel := sweepPanel(p, x, valueFormat(of))
		panel.Title, panel.Unit = r.metricName(m), shortUnit(of)
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
	ch.Subtitle = fmt.Sprintf("At the end, %s", date)
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
	panel.XUnit = input + x.suffix
	for metric, p := range paths {
		if !p.defined() {
			continue
		}
		subject, n, f := r.metricName(metric), len(p.date), valueFormat(r.unitOf("runs", metric))
		if metric == "hhi_sales" {
			subject, f = "Sales concentration (HHI)", func(v, _ float64) string { return quantity.Plain(v, 1) }
			panel.Unit = "points"
		}
		ch.Title = fmt.Sprintf("%s: %s at %s %s, %s at %s", subject, f(p.mean[0], 0), input, x.format(p.date[0], 0),
			f(p.mean[n-1], 0), x.format(p.date[n-1], 0))
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

// overInput gives some metrics at the last date as paths over the input instead of over time. at is
// the input's place by case. Statistics are those of the summary, which a sweep of single runs has
// not.
func (r *Results) overInput(cases []string, at map[string]float64, metrics []string) (paths map[string]*path,
	date string, err error) {
	runs, err := r.read("runs", "case", "date")
	if err != nil || runs == nil {
		return nil, "", orAbsent(err, "there is no table of runs")
	}
	for _, d := range runs.Text("date") {
		date = max(date, d)
	}
	paths = map[string]*path{}
	if err := r.readSummary(); err != nil {
		return nil, "", err
	}
	end, err := decimalYear(date)
	if err != nil {
		return nil, "", fmt.Errorf("table runs: %w", err)
	}
	for _, metric := range metrics {
		for _, name := range cases {
			from := r.metrics[metric][name]
			if from == nil {
				continue
			}
			for i, d := range from.date {
				if math.Abs(d-end) < 1e-6 {
					entry(paths, metric).appendAt(at[name], from, i)
				}
			}
		}
	}
	if len(r.metrics) == 0 {
		for _, metric := range metrics {
			if !runs.Has(metric) {
				continue
			}
			for i, v := range runs.Number(metric) {
				p := entry(paths, metric)
				p.date, p.mean, p.q50 = append(p.date, at[runs.Text("case")[i]]), append(p.mean, v), append(p.q50, v)
				p.q05, p.q25, p.q75, p.q95 = append(p.q05, v), append(p.q25, v), append(p.q75, v), append(p.q95, v)
			}
		}
	}
	for _, p := range paths {
		p.sort()
	}
	return paths, date, nil
}

// appendAt adds the i-th observation of another path at a place of its own.
func (p *path) appendAt(x float64, from *path, i int) {
	p.date, p.mean = append(p.date, x), append(p.mean, from.mean[i])
	p.q05, p.q25, p.q50 = append(p.q05, from.q05[i]), append(p.q25, from.q25[i]), append(p.q50, from.q50[i])
	p.q75, p.q95 = append(p.q75, from.q75[i]), append(p.q95, from.q95[i])
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
	}
	return inputScale{quantity.Plain, ", " + unit}
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
		out.X = chart.LinearAxis(x, 5, s.format)
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
