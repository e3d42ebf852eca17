package plots

import (
	"image/color"
	"math"
	"slices"
	"strings"

	"simulate/internal/quantity"
	"simulate/plots/chart"
	"simulate/sim/table"
)

// differenceMetrics are the panels of figures of differences.
var differenceMetrics = []differenceMetric{
	{"hhi_sales", "HHI of sales", "points", quantity.Plain},
	{"hhi_compute_used", "HHI of compute", "points", quantity.Plain},
	{"lag_open_frontier_months", "Open-model lag", "months", quantity.Plain},
	{"labs_near_frontier", "Labs near frontier", "", quantity.Plain},
	{"entry_ticket", "Entry ticket", "a year", quantity.Dollars},
	{"supplier_revenue", "Supplier revenue", "a year", quantity.Dollars},
}

// costMetrics are further panels where policies cost or raise money.
var costMetrics = []differenceMetric{
	{"policy_cost", "Cost of policies", "a year", quantity.Dollars},
	{"consumer_surplus", "Consumer surplus", "a year", quantity.Dollars},
}

type differenceMetric struct {
	metric, title, unit string
	format              chart.Format
}

// differenceMetricsOf adds the panels about money where the cost of policies differs anywhere.
func differenceMetricsOf(byMetric map[string]map[string]*path) []differenceMetric {
	for _, p := range byMetric["policy_cost"] {
		if slices.ContainsFunc(p.mean, func(v float64) bool { return v != 0 && !math.IsNaN(v) }) {
			return slices.Concat(differenceMetrics, costMetrics)
		}
	}
	return differenceMetrics
}

// effectColumns are those of the table effects that figures without a design need.
var effectColumns = []string{"case", "point", "segment", "date", "metric", "effect", "low", "high"}

// readEffects reads what alternatives change in the whole market; nil where the folder has no such
// table, or has one for each point of a design.
func (r *Results) readEffects(columns ...string) (*table.Table, error) {
	for _, format := range []string{".csv", ".parquet"} {
		if r.Manifest.sum("comparison"+format) != "" {
			return nil, absent("the folder was made when the table effects was called comparison; run it again with --force")
		}
	}
	t, err := r.read("effects", columns...)
	if t == nil || err != nil {
		return nil, err
	}
	if t = t.Where("segment", ""); t.Len() > 0 && t.Number("point")[0] > 0 {
		return nil, absent("the table effects has a row for each point of a design")
	}
	return t, nil
}

// drawDifferences draws the paired differences of each alternative from the base.
func drawDifferences(r *Results) ([]*chart.Chart, error) {
	t, err := r.readEffects(effectColumns...)
	if err != nil || t == nil {
		return nil, orAbsent(err, "there is no table of effects; `simulate compare` makes one")
	}
	byMetric, err := differencePaths(t, t.Text("case"))
	if err != nil {
		return nil, err
	}
	shown := []Case{}
	for i, c := range r.Manifest.Cases {
		if i == 0 || slices.Contains(t.Text("case"), c.Name) {
			shown = append(shown, c)
		}
	}
	ch := &chart.Chart{Title: "Differences from " + quantity.Within(r.baseName()), Columns: 3}
	measured := len(r.Manifest.Cases) > 1 && r.Manifest.Cases[0].Added
	if measured {
		ch.Title = "What happens: differences from the same worlds without it"
	}
	var drawn, every []series
	for _, m := range differenceMetricsOf(byMetric) {
		all := r.inCaseOrder(byMetric[m.metric])
		if len(all) == 0 {
			continue
		}
		every = append(every, all...)
		if len(all) > len(drawn) {
			drawn = all
		}
		ch.Panels = append(ch.Panels, changePanel(fan{title: m.title, unit: m.unit, format: m.format, ticks: 5}, all))
	}
	if len(ch.Panels) == 0 {
		return nil, absent("the table effects is empty")
	}
	switch {
	case len(drawn) != 1:
	case measured && r.whatHappens() != "":
		ch.Title = r.whatHappens() + ": what changes"
	default:
		ch.Title = drawn[0].name + ": differences from " + quantity.Within(r.baseName())
	}
	ch.Key = caseKey(drawn)
	ch.Subtitle = changeWords(lessOf(drawn, r.baseName()), drawn, every, r.Manifest.Replications) + r.highlighted(drawn)
	r.decorate(ch, shown...)
	return []*chart.Chart{ch}, nil
}

// drawDecomposition draws the parts of each change that is split, a chart per case and kind of
// split.
func drawDecomposition(r *Results) ([]*chart.Chart, error) {
	t, err := r.read("decomposition", "case", "split", "part", "date", "metric", "effect", "low", "high")
	if err != nil || t == nil {
		return nil, orAbsent(err, "no change is split; `simulate compare --decompose` splits one")
	}
	var charts []*chart.Chart
	for _, name := range t.Distinct("case") {
		one := t.Where("case", name)
		for _, split := range one.Distinct("split") {
			rows := one.Where("split", split)
			byMetric, err := differencePaths(rows, rows.Text("part"))
			if err != nil {
				return nil, err
			}
			ch := r.decompositionChart(name, split, rows.Distinct("part"), byMetric)
			if len(t.Distinct("case")) > 1 || len(one.Distinct("split")) > 1 {
				ch.Suffix = name + "-" + strings.ReplaceAll(split, " ", "-")
			}
			charts = append(charts, ch)
		}
	}
	if len(charts) == 0 {
		return nil, absent("the table decomposition is empty")
	}
	return charts, nil
}

func (r *Results) decompositionChart(name, split string, parts []string,
	byMetric map[string]map[string]*path) *chart.Chart {
	label := words(name)
	var shown []Case
	for _, c := range r.Manifest.Cases {
		if c.Name == name {
			label, shown = c.label(), []Case{c}
		}
	}
	colours := map[string]color.NRGBA{"total": chart.Grey, "interaction": chart.Purple}
	ch := &chart.Chart{Title: label + ": " + split, Columns: 3}
	var drawn, every []series
	for _, m := range differenceMetricsOf(byMetric) {
		var all []series
		for i, part := range parts {
			p := byMetric[m.metric][part]
			if part == "interaction" || !p.defined() {
				continue
			}
			colour, ok := colours[part]
			if !ok {
				colour = chart.Distinct[i]
			}
			all = append(all, series{part, look{colour: colour, dashes: strokesOfCases[i%len(strokesOfCases)]}, p})
		}
		if len(all) == 0 {
			continue
		}
		drawn, every = all, append(every, all...)
		ch.Panels = append(ch.Panels, changePanel(fan{title: m.title, unit: m.unit, format: m.format, ticks: 5}, all))
	}
	ch.Key = caseKey(drawn)
	ch.Subtitle = changeWords(label+" less "+quantity.Within(r.baseName()), drawn, every, r.Manifest.Replications) +
		". Total less the parts is their interaction"
	r.decorate(ch, shown...)
	return ch
}

// differencePaths reads the differences and their intervals as paths by metric and owner, the case
// or part of each row.
func differencePaths(t *table.Table, owners []string) (map[string]map[string]*path, error) {
	out := map[string]map[string]*path{}
	dates, metrics, value, low, high := t.Text("date"), t.Text("metric"), t.Number("effect"), t.Number("low"),
		t.Number("high")
	lowSpread, highSpread := low, high
	if t.Has("low_spread") {
		lowSpread, highSpread = t.Number("low_spread"), t.Number("high_spread")
	}
	for i := range t.Len() {
		d, err := decimalYear(dates[i])
		if err != nil {
			return nil, err
		}
		p := entry(submap(out, metrics[i]), owners[i])
		p.date = append(p.date, d)
		p.mean, p.q50, p.low, p.high = append(p.mean, value[i]), append(p.q50, value[i]), append(p.low, low[i]),
			append(p.high, high[i])
		p.q05, p.q95 = append(p.q05, lowSpread[i]), append(p.q95, highSpread[i])
		p.q25, p.q75 = append(p.q25, math.NaN()), append(p.q75, math.NaN())
	}
	return out, nil
}

func (r *Results) baseName() string {
	if len(r.all) == 0 {
		return "the base"
	}
	return r.all[0].label()
}

// orAbsent is err, or a reason why there is nothing to draw.
func orAbsent(err error, reason string) error {
	if err != nil {
		return err
	}
	return elsewhere("%s", reason)
}
