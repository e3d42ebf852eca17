package plots

import (
	"fmt"
	"image/color"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"simulate/internal/quantity"
	"simulate/plots/chart"
	"simulate/sim/table"
)

// mostBacktests is the number of series that find room on a page.
const mostBacktests = 15

// confronted is a series of a back-test.
type confronted struct {
	quantity, entity, title, unit string

	history, scored observations
	noChange, trend []float64 // at the scored observations
	fan             path
}

// bounds tells whether low and high are bounds of what may be counted, of which the value is one,
// and not an interval around it.
func (o observations) bounds(i int) bool { return o.value[i] == o.low[i] || o.value[i] == o.high[i] }

// observations are observed values with their intervals, NaN where there is none.
type observations struct{ date, low, value, high []float64 }

// drawBacktest draws the observations of each series over the model's fan and the naive forecasts.
func drawBacktest(r *Results) ([]*chart.Chart, error) {
	all, cut, err := r.readBacktest()
	if err != nil {
		return nil, err
	}
	left := len(all)
	// The longest series tell most.
	slices.SortStableFunc(all, func(a, b *confronted) int {
		return len(b.history.date) + len(b.scored.date) - len(a.history.date) - len(a.scored.date)
	})
	all = all[:min(len(all), mostBacktests)]
	ch := &chart.Chart{
		Title: "Back-test: fitted up to " + strings.ReplaceAll(chart.When(cut), "at"+chart.Space, "") + ", scored after it",
		Subtitle: fmt.Sprintf("Median of the model with 50%% and 90%% bands, %s; observations with the 90%% "+
			"interval of their source (bars) or its bounds (thin bars), where it gives them. The model saw no input or "+
			"observation right of the line", quantity.Plural(r.Manifest.Replications, "run")),
		Columns: 3,
		Key: []chart.KeyItem{{Name: "Model", Colour: chart.Blue, Shape: chart.ShapeLine}, {Name: "Observed, fitted",
			Colour: chart.Grey, Shape: chart.ShapeDot}, {Name: "Observed, scored", Colour: chart.Vermilion,
			Shape: chart.ShapeDot},
			{Name: "No change", Colour: chart.Grey, Shape: chart.ShapeLine, Dashes: dashed},
			{Name: "Trend", Colour: chart.Orange, Shape: chart.ShapeLine, Dashes: dashed}},
	}
	for _, c := range all {
		ch.Panels = append(ch.Panels, c.panel(cut))
	}
	if left > len(all) {
		ch.Notes = append(ch.Notes, fmt.Sprintf("%s of %s, the longest; the others are in backtest_points.csv.",
			quantity.Count(len(all)), quantity.Plural(left, "series", "series")))
	}
	ch.Notes = append(ch.Notes, attribution)
	return []*chart.Chart{ch}, nil
}

const attribution = "Data: Epoch AI (epoch.ai), CC BY 4.0; modified."

// panel draws one series. Amounts and shares start at zero, so that distances can be judged.
func (c *confronted) panel(cut float64) *chart.Panel {
	what, f := c.words()
	var x, y chart.Extent
	y.Add(false, 0)
	for _, o := range []observations{c.history, c.scored} {
		x.Add(false, o.date...)
		y.Add(false, o.value...)
		y.Add(false, o.low...)
		y.Add(false, o.high...)
	}
	x.Add(false, c.fan.date...)
	y.Add(false, c.fan.q05...)
	y.Add(false, c.fan.q95...)
	p := &chart.Panel{Title: c.owner(), Unit: what, X: chart.TimeAxis(x), Y: chart.LinearAxis(y, 4, f)}
	p.Layers = []plot.Plotter{
		upright{cut, chart.LightGrey},
		chart.Band{X: c.fan.date, Lo: c.fan.q05, Hi: c.fan.q95, Colour: chart.Faint(chart.Blue, chart.AlphaOuter)},
		chart.Band{X: c.fan.date, Lo: c.fan.q25, Hi: c.fan.q75, Colour: chart.Faint(chart.Blue, chart.AlphaInner)},
		chart.Line{X: c.fan.date, Y: c.fan.q50, Colour: chart.Blue, Width: 2},
		c.naive(c.noChange, chart.Grey), c.naive(c.trend, chart.Orange),
	}
	for _, o := range []struct {
		observations
		colour color.NRGBA
	}{{c.history, chart.Grey}, {c.scored, chart.Vermilion}} {
		for i := range o.date {
			if math.IsNaN(o.low[i]) {
				continue
			}
			bar := chart.Whiskers{X: o.date[i : i+1], Lo: o.low[i : i+1], Hi: o.high[i : i+1], Colour: o.colour}
			if o.bounds(i) {
				bar.Colour, bar.Bare = chart.Blend(o.colour, chart.Paper, .45), true
			}
			p.Layers = append(p.Layers, bar)
		}
		p.Layers = append(p.Layers, chart.Dots{X: o.date, Y: o.value, Colour: o.colour, Radius: 2.4})
	}
	return p
}

// naive joins the last observation before the cut and the forecasts after it.
func (c *confronted) naive(forecast []float64, colour color.NRGBA) chart.Line {
	l := chart.Line{Colour: colour, Width: 1.4, Dashes: dashed}
	if n := len(c.history.date); n > 0 && len(forecast) > 0 && !math.IsNaN(forecast[0]) {
		l.X, l.Y = append(l.X, c.history.date[n-1]), append(l.Y, c.history.value[n-1])
	}
	l.X, l.Y = append(l.X, c.scored.date...), append(l.Y, forecast...)
	return l
}

// owner is whose quantity it is, or what the quantity of the whole market is called.
func (c *confronted) owner() string {
	who := c.entity[strings.LastIndex(c.entity, "/")+1:]
	if who == "" {
		return strings.ReplaceAll(c.title, "_", " ")
	}
	return words(who)
}

// words says what is on the y axis and how it is written.
func (c *confronted) words() (unit string, f chart.Format) {
	segment, _, _ := strings.Cut(c.entity, "/")
	what := strings.ToLower(strings.ReplaceAll(c.quantity, "_", " "))
	switch {
	case c.quantity == "share_of_sales":
		return "of " + strings.ToLower(words(segment)) + " sales", quantity.Percent
	case c.quantity == "share_of_compute_owned":
		return "of compute", quantity.Percent
	case c.entity == "":
		what = ""
	}
	switch {
	case c.unit == "0–1":
		return what, quantity.Percent
	case strings.HasPrefix(c.unit, "USD/yr"):
		return strings.TrimPrefix(what+", a year", ", "), quantity.Dollars
	case strings.HasPrefix(c.unit, "USD"):
		return what, quantity.Dollars
	case c.unit == "H100e":
		return strings.TrimSpace("H100e " + strings.TrimPrefix(what, "compute ")), quantity.Scaled
	case c.unit == "FLOP":
		return strings.TrimPrefix(what+", FLOP", ", "), func(v, _ float64) string { return quantity.Power(v) }
	}
	return strings.TrimPrefix(what+", "+c.unit, ", "), quantity.Plain
}

// upright is a line across the data area at a date.
type upright struct {
	at     float64
	colour color.NRGBA
}

func (u upright) Plot(c draw.Canvas, p *plot.Plot) {
	if toX, _ := p.Transforms(&c); u.at > p.X.Min && u.at < p.X.Max {
		c.StrokeLines(draw.LineStyle{Color: u.colour, Width: vg.Points(.8)}, []vg.Point{{X: toX(u.at), Y: c.Min.Y},
			{X: toX(u.at), Y: c.Max.Y}})
	}
}

// readBacktest reads the series of a back-test and the date of its cut.
func (r *Results) readBacktest() ([]*confronted, float64, error) {
	const missing = "this is no back-test; `simulate backtest` makes one"
	points, err := r.read("backtest_points", "quantity", "entity", "title", "unit", "date", "low", "value", "high",
		"role", "no_change", "trend")
	if err != nil || points == nil {
		return nil, 0, orAbsent(err, missing)
	}
	paths, err := r.read("backtest_paths", append([]string{"quantity", "entity", "date"}, statistics[2:]...)...)
	if err != nil || paths == nil {
		return nil, 0, orAbsent(err, missing)
	}
	cut, err := decimalYear(r.Manifest.InputsUntil)
	if err != nil {
		return nil, 0, orAbsent(nil, missing)
	}
	var all []*confronted
	index := map[[3]string]*confronted{}
	key := func(t *table.Table, row int) [3]string {
		return [3]string{t.Text("quantity")[row], t.Text("entity")[row], t.Text("unit")[row]}
	}
	for i := range points.Len() {
		k := key(points, i)
		c := index[k]
		if c == nil {
			c = &confronted{quantity: k[0], entity: k[1], unit: k[2], title: points.Text("title")[i]}
			index[k] = c
			all = append(all, c)
		}
		date, err := decimalYear(points.Text("date")[i])
		if err != nil {
			return nil, 0, err
		}
		o := &c.history
		role := points.Text("role")[i]
		if role == "input" && len(c.scored.date) == 0 {
			c.title += ", an input"
		}
		if role == "scored" || role == "input" {
			o = &c.scored
			c.noChange, c.trend = append(c.noChange, points.Number("no_change")[i]), append(c.trend, points.Number("trend")[i])
		}
		o.date, o.low = append(o.date, date), append(o.low, points.Number("low")[i])
		o.value, o.high = append(o.value, points.Number("value")[i]), append(o.high, points.Number("high")[i])
	}
	for i := range paths.Len() {
		c := index[key(paths, i)]
		date, err := decimalYear(paths.Text("date")[i])
		if err != nil {
			return nil, 0, err
		}
		if c == nil {
			continue
		}
		c.fan.date = append(c.fan.date, date)
		for k, to := range []*[]float64{&c.fan.q05, &c.fan.q25, &c.fan.q50, &c.fan.q75, &c.fan.q95} {
			*to = append(*to, paths.Number(statistics[k+2])[i])
		}
	}
	return slices.DeleteFunc(all, func(c *confronted) bool { return len(c.fan.date) == 0 }), cut, nil
}
