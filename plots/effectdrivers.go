package plots

import (
	"fmt"
	"math"
	"slices"

	"simulate/internal/quantity"
	"simulate/plots/chart"
	"simulate/sim/table"
)

// drawEffectDrivers draws on which inputs effects depend, luck apart, from the table of drivers.
func drawEffectDrivers(r *Results) ([]*chart.Chart, error) {
	all, _, err := r.futures()
	if err != nil {
		return nil, err
	}
	if r.make == nil || r.Manifest.Futures == nil {
		return nil, elsewhere("nobody makes the table of drivers here")
	}
	var dates []string
	for _, e := range all {
		if !slices.Contains(dates, e.date) {
			dates = append(dates, e.date)
		}
	}
	t, err := r.make("effect_drivers", dates)
	if err != nil {
		return nil, err
	}
	var charts []*chart.Chart
	for _, e := range all {
		rows := t.Where("case", e.name).Where("metric", e.metric).Where("date", e.date)
		if ch := r.driversChart(e, rows); ch != nil {
			charts = append(charts, named(ch, r.suffix(e)))
		}
	}
	if len(charts) == 0 {
		return nil, absent("the design has too few points for indices of the effect")
	}
	return charts, nil
}

// driversChart draws the indices of one effect; nil where there are none.
func (r *Results) driversChart(e overFutures, t *table.Table) *chart.Chart {
	b := BarChart{Source: r.futuresSource(), Unit: "Share of the variance of the effect in one run", Percent: true,
		Whole: true,
		Names: [2]string{"first order"}}
	b.Title = fmt.Sprintf("On what the effect of %s on %s depends", quantity.Within(words(e.name)),
		quantity.Within(r.metricTitle(e.metric)))
	number := func(column string, i int) float64 { return t.Number(column)[i] }
	for i, input := range t.Text("input") {
		bar := Bar{Name: r.pathName(input),
			First: Interval{number("first", i), number("first_low", i),
				number("first_high", i)},
			Second: Interval{number("total", i), number("total_low", i), number("total_high", i)}}
		if math.IsNaN(bar.First.Value) {
			continue
		}
		if !math.IsNaN(bar.Second.Value) {
			b.Names[1] = "total order"
		}
		b.Bars = append(b.Bars, bar)
	}
	if len(b.Bars) == 0 {
		return nil
	}
	b.Subtitle = IndicesOf(b.Bars) + ", at " + quantity.When(e.date) + "; seed noise is a share of its own"
	return r.noted(b.Chart(), t.Distinct("input"))
}

// IndicesOf begins the subtitle of a figure of indices: whether they have intervals, which too few
// replications of shared luck do not give.
func IndicesOf(bars []Bar) string {
	if slices.ContainsFunc(bars, func(b Bar) bool { return !math.IsNaN(b.First.Low) }) {
		return "Sobol indices with 95% intervals"
	}
	return "Sobol indices, estimates without an interval"
}
