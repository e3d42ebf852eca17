package plots

import (
	"math"
	"slices"
	"strings"

	"simulate/internal/quantity"
	"simulate/plots/chart"
)

// metricFigure and differenceFigure are figures of whatever quantities a user asks for. They are no
// rows of Figures, for a folder alone does not say what to draw.
var (
	metricFigure     = Figure{Name: "metric", Title: "Quantities", Meaning: "What the folder says of some quantities"}
	differenceFigure = Figure{Name: "difference", Title: "Differences", Meaning: "What cases change in some quantities " +
		"against their base"}
)

// Metrics draws quantities of a folder, a panel each: metrics (hhi_sales), metrics of a segment
// (hhi_sales:enterprise), variables of a lab (capability:openai) or the gap between two labs
// (capability:openai-deepseek), both also in a segment (share:enterprise/openai). With difference
// it draws what each case changes in them against its base. In a sweep they are drawn over its
// inputs; in a comparison over futures levels are drawn over time and differences over the inputs.
func Metrics(dir string, quantities []string, difference bool, o Options) ([]Drawn, error) {
	r, err := openWith(dir, o)
	if err != nil {
		return nil, err
	}
	switch {
	case r.Manifest.Sweep != nil:
		return r.sweepMetrics(quantities, difference)
	case r.Manifest.Futures != nil:
		return r.futureMetrics(quantities, difference)
	}
	if err := r.confronts(); err != nil {
		return nil, err
	}
	all, err := r.measuredAll(quantities, difference)
	if err != nil {
		return nil, err
	}
	ch, figure := r.metricChart(all), metricFigure
	if difference {
		ch, figure = r.changeChart(all), differenceFigure
	}
	ch.Suffix = strings.ReplaceAll(fileWord(strings.Join(quantities, "+")), "#", "")
	if note := o.Reading.Note(); note != "" {
		ch.Subtitle = note + " " + ch.Subtitle
	}
	return []Drawn{{figure, ch}}, nil
}

// Measure reads quantities of a folder as Metrics does, for a table.
func Measure(dir string, quantities []string, difference bool, o Options) ([]*Measured, *Results, error) {
	r, err := openWith(dir, o)
	if err != nil {
		return nil, nil, err
	}
	if r.Manifest.Sweep != nil {
		return nil, nil, asked(
			"--metric: the folder is a sweep, whose cases are points of its design; its table summary has " +
				"the statistics of each. `simulate plot DIR --metric` draws a metric over the inputs, and `simulate analyse " +
				"sensitivity DIR --outcome METRIC` says which of them matter",
		)
	}
	if err := r.confronts(); err != nil {
		return nil, nil, err
	}
	r.anyLetter = true
	all, err := r.measuredAll(quantities, difference)
	return all, r, err
}

// confronts refuses a folder of a back-test or a calibration, which holds series that were observed
// and no metrics over time.
func (r *Results) confronts() error {
	switch r.Manifest.Kind {
	case "":
		return nil
	case "backtest":
		return asked("--metric: the folder is a back-test, of observed series and their forecasts; `simulate plot DIR` " +
			"without --metric draws them, its tables backtest and backtest_points have the numbers, and `simulate run` " +
			"records metrics")
	}
	return asked("--metric: the folder is a %s, without metrics over time; its tables have the numbers, and `simulate "+
		"run` records metrics", r.Manifest.Kind)
}

func (r *Results) measuredAll(quantities []string, difference bool) (all []*Measured, err error) {
	for _, q := range quantities {
		m, err := r.measured(q, difference)
		if err != nil {
			return nil, err
		}
		all = append(all, m)
	}
	return all, nil
}

// metricChart draws levels.
func (r *Results) metricChart(all []*Measured) *chart.Chart {
	ch := &chart.Chart{Columns: columnsFor(len(all)), Source: r.Manifest.source(r.Manifest.Cases...)}
	var drawn []series
	for _, m := range all {
		of := r.inCaseOrder(m.paths)
		f := m.fan(len(all) == 1)
		ch.Panels = append(ch.Panels, f.panel(of))
		if len(of) > len(drawn) {
			drawn = of
		}
	}
	ch.Title = strings.Join(namesOf(all), " · ")
	ch.Subtitle = strings.ToUpper(r.bands(drawn)[:1]) + r.bands(drawn)[1:]
	if len(all) == 1 {
		first := all[0]
		ch.Title = titleOfChange(first.Name, drawn, r.titleFrom(), func(v, step float64) string {
			return first.written(v, step)
		})
		if len(drawn) > 1 || !drawn[0].path.spread() {
			ch.Panels[0].Unit = first.axisUnit()
		}
		r.nameEnd(ch.Panels[0], drawn)
	} else {
		ch.Key = caseKey(drawn)
	}
	r.decorate(ch)
	return ch
}

// nameEnd names the line of a single case.
func (r *Results) nameEnd(p *chart.Panel, drawn []series) {
	if len(drawn) == 1 && len(p.Ends) == 1 {
		p.Ends[0].Text = ""
		if drawn[0].path.spread() {
			p.Ends[0].Text = "Mean"
		}
		if p.Ends[0].Text == "" {
			p.Ends[0].Text, p.Ends[0].Value = p.Ends[0].Value, ""
		}
	}
}

// changeChart draws differences from the base.
func (r *Results) changeChart(all []*Measured) *chart.Chart {
	ch := &chart.Chart{Columns: columnsFor(len(all)), Source: r.Manifest.source(r.Manifest.Cases...)}
	var drawn, every []series
	for _, m := range all {
		of := r.inCaseOrder(m.paths)
		p := changePanel(m.fan(len(all) == 1), of)
		if len(all) == 1 && len(of) > 1 {
			for i, s := range of {
				_, v := last(s.path.date, s.path.mean)
				p.Ends = append(p.Ends, chart.EndLabel{Text: s.name, At: v, Colour: s.colour, Weight: chart.SemiBold, Rank: i})
			}
		}
		ch.Panels, every = append(ch.Panels, p), append(every, of...)
		if len(of) > len(drawn) {
			drawn = of
		}
	}
	if len(all) > 1 {
		ch.Key = caseKey(drawn)
	}
	base := r.baseName()
	for _, m := range all {
		for _, b := range m.bases {
			base = b.label()
		}
	}
	names := strings.Join(namesOf(all), " · ")
	ch.Title = "Change against " + quantity.Within(base) + ": " + names
	if len(drawn) == 1 {
		ch.Title = "What " + quantity.Within(drawn[0].name) + " changes against " + quantity.Within(base) + ": " + names
		if r.Manifest.Cases[0].Added && r.whatHappens() != "" {
			ch.Title = "Effect of " + quantity.Within(r.whatHappens()) + ": " + names
		}
	}
	ch.Subtitle = changeWords(lessOf(drawn, base), drawn, every, r.Manifest.Replications)
	r.decorate(ch)
	return ch
}

func namesOf(all []*Measured) (names []string) {
	for _, m := range all {
		names = append(names, m.Name)
	}
	return names
}

// fan says how the quantity's panel looks; alone, it is the only one of its page.
func (m *Measured) fan(alone bool) fan {
	f := fan{format: m.format(), names: alone, ticks: 5}
	f.unit = m.axisUnit()
	if alone {
		f.ticks = 6
	} else {
		f.title = m.Name
	}
	positive, least, most := true, math.Inf(1), 0.0
	for _, p := range m.paths {
		for _, v := range p.mean {
			if math.IsNaN(v) {
				continue
			}
			positive = positive && v > 0
			least, most = math.Min(least, v), math.Max(most, v)
		}
	}
	f.log = !m.Difference && positive && most > 200*least
	if f.log {
		f.unit = strings.TrimPrefix(f.unit+", log scale", ", ")
	} else if m.Unit != "OOM" || m.Difference {
		f.include = []float64{0}
	}
	return f
}

// format writes values at ticks and ends.
func (m *Measured) format() chart.Format {
	switch {
	case m.Unit == "OOM" && !m.Difference && !m.isGap():
		return quantity.OOM
	case m.Unit == "0–1" && m.Difference:
		return func(v, step float64) string { return quantity.Plain(100*v, 100*step) }
	case m.Unit == "0–1":
		return quantity.Percent
	case strings.HasPrefix(m.Unit, "USD"):
		return quantity.Dollars
	case slices.Contains([]string{"H100e", "H100e/yr", "FLOP", "Mtok/yr"}, m.Unit):
		return quantity.Scaled
	}
	return quantity.Plain
}

// isGap tells a distance in orders of magnitude, which has no sign, from a level against a
// reference.
func (m *Measured) isGap() bool { return strings.HasPrefix(m.Text, "lag_") }

// axisUnit is the unit beside a panel's title.
func (m *Measured) axisUnit() string {
	switch u := m.Unit; {
	case u == "0–10,000":
		return "points"
	case u == "0–1" && m.Difference:
		return "percentage points"
	case slices.Contains([]string{"", "1", "0–1", "0–2", "count", "labs"}, u):
		return ""
	case u == "USD":
		return ""
	case strings.HasPrefix(u, "USD/"):
		return strings.TrimSpace(perWords.Replace(strings.TrimPrefix(u, "USD")))
	default:
		return perWords.Replace(u)
	}
}

// perWords writes a unit's denominators in words.
var perWords = strings.NewReplacer("/yr", " a year", "/Mtok", " a million tokens", "/H100e", " an H100e", "Mtok",
	"million tokens")

// written is a value with its unit, for sentences.
func (m *Measured) written(v, step float64) string {
	switch m.Unit {
	case "months":
		return quantity.Plain(v, .1) + " months"
	case "OOM":
		return quantity.OOM(v, .01) + " OOM"
	}
	return m.format()(v, step)
}

// titleFrom is the first date that titles of change name: a year after the first event or policy in
// sight, or the first of the clock.
func (r *Results) titleFrom() float64 {
	first := math.Inf(1)
	for _, c := range r.Manifest.Cases {
		for _, m := range c.Markers {
			if m.Date > c.Start {
				first = math.Min(first, max(m.Date, m.Latest))
			}
		}
	}
	if math.IsInf(first, 0) {
		return r.start()
	}
	return first + 1 - 1./12 // the observation that ends nearest to a year after
}
