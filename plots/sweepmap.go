package plots

import (
	"cmp"
	"fmt"
	"image/color"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"simulate/internal/quantity"
	"simulate/plots/chart"
	"simulate/sim/table"
)

// grid is the mean of a metric over a sweep of two inputs in all combinations.
type grid struct {
	names [2]string // of the inputs in words
	paths [2]string
	units [2]string
	texts [2][]string // values as the table writes them, ascending
	mean  map[[2]int]float64
	when  string // which date the values are of
}

// sweepGrid reads a sweep of exactly two inputs; Absent for anything else.
func (r *Results) sweepGrid(metric string) (*grid, error) {
	t, err := r.sweepDesign()
	if err != nil {
		return nil, err
	}
	inputs := varying(t)
	if len(inputs) != 2 {
		return nil, elsewhere("a map needs a sweep of two inputs, this one has %d", len(inputs))
	}
	runs, err := r.readOnly("runs", append([]string{"case", "date", metric}, inputs...)...)
	if err != nil || runs == nil || !runs.Has(metric) {
		return nil, orAbsent(err, "the sweep has no "+metric)
	}
	if err := runs.Requires(inputs...); err != nil {
		return nil, err
	}
	g := &grid{mean: map[[2]int]float64{}, when: endsOf(runs)}
	for k, name := range inputs {
		g.names[k], g.paths[k] = r.pathName(name), name
		g.texts[k], g.units[k] = ascending(runs, name), r.inputUnit(name)
	}
	if len(g.texts[0])*len(g.texts[1]) > runs.Len() || len(g.texts[0]) > 60 || len(g.texts[1]) > 60 {
		return nil, elsewhere("a map needs a grid of at most 60 by 60 values")
	}
	a, b, v := runs.Text(inputs[0]), runs.Text(inputs[1]), runs.Number(metric)
	count := map[[2]int]float64{}
	for i := range v {
		if math.IsNaN(v[i]) {
			continue
		}
		k := [2]int{slices.Index(g.texts[0], a[i]), slices.Index(g.texts[1], b[i])}
		g.mean[k] += v[i]
		count[k]++
	}
	if len(count) == 0 {
		return nil, absent("%s is not defined in any run of the sweep", metric)
	}
	for k := range g.mean {
		g.mean[k] /= count[k]
	}
	return g, nil
}

// unitOf is the unit that the dictionary of a folder gives a column; "" where it says nothing.
func (r *Results) unitOf(tableName, column string) string {
	t, err := r.read("dictionary", "table", "column", "unit")
	if err != nil || t == nil {
		return ""
	}
	tables, columns, units := t.Text("table"), t.Text("column"), t.Text("unit")
	for i := range tables {
		if tables[i] == tableName && columns[i] == column {
			return units[i]
		}
	}
	return ""
}

// isDay tells whether a text is an ISO day.
func isDay(text string) bool {
	_, _, ok := quantity.Period(text)
	return ok && len(text) == len(time.DateOnly)
}

// ascending lists the values of a column, numbers by size and days by date.
func ascending(t *table.Table, column string) []string {
	out := t.Distinct(column)
	slices.SortStableFunc(out, func(a, b string) int {
		x, errA := strconv.ParseFloat(a, 64)
		y, errB := strconv.ParseFloat(b, 64)
		if errA != nil && errB != nil && isDay(a) && isDay(b) {
			return strings.Compare(a, b)
		}
		if errA != nil || errB != nil {
			return 0
		}
		return cmp.Compare(x, y)
	})
	return out
}

// panel lays the grid's cells out, each filled and labelled by paint.
func (g *grid) panel(paint func(v float64) color.NRGBA, label func(v float64) string) *chart.Panel {
	named := func(texts []string, unit string) chart.Axis {
		a := chart.Axis{Min: -.5, Max: float64(len(texts)) - .5, Format: quantity.Plain}
		step := (len(texts) + 9) / 10
		for i := 0; i < len(texts); i += step {
			a.Ticks = append(a.Ticks, chart.Tick{At: float64(i), Label: inputWord(texts[i], unit)})
		}
		return a
	}
	p := &chart.Panel{Unit: g.names[1], XUnit: g.names[0], X: named(g.texts[0], g.units[0]), Y: named(g.texts[1],
		g.units[1])}
	p.Layers = []plot.Plotter{cells{g, paint, label}}
	return p
}

type cells struct {
	*grid
	paint func(float64) color.NRGBA
	label func(float64) string
}

func (l cells) Plot(c draw.Canvas, p *plot.Plot) {
	toX, toY := p.Transforms(&c)
	for i := range l.texts[0] {
		for j := range l.texts[1] {
			v, ok := l.mean[[2]int{i, j}]
			if !ok {
				continue
			}
			x0, x1, y0, y1 := toX(float64(i)-.5), toX(float64(i)+.5), toY(float64(j)-.5), toY(float64(j)+.5)
			fill := l.paint(v)
			chart.FillBox(c, fill, x0, y0, x1, y1)
			text := l.label(v)
			if chart.WidthOf(text, chart.SizeTick, chart.Regular) > .9*(x1-x0) || chart.LineHeight(chart.SizeTick) > y1-y0 {
				continue
			}
			ink := chart.Ink
			if chart.Luminance(fill) < .3 {
				ink = chart.Paper
			}
			at := chart.TextStyle(chart.SizeTick, chart.Regular, ink)
			chart.Write(c, text, at, vg.Point{X: (x0 + x1) / 2, Y: (y0+y1)/2 - chart.CapHeight(chart.SizeTick)/2}, .5)
		}
	}
}

// drawHeatMap paints mean HHI over a grid of two inputs.
func drawHeatMap(r *Results) ([]*chart.Chart, error) { return r.sweepMaps([]string{"hhi_sales"}) }

// sweepMaps paints the means of metrics over a grid of two inputs, a chart each.
func (r *Results) sweepMaps(metrics []string) (all []*chart.Chart, err error) {
	for _, metric := range metrics {
		ch, err := r.sweepMap(metric)
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

func (r *Results) sweepMap(metric string) (*chart.Chart, error) {
	g, err := r.sweepGrid(metric)
	if err != nil {
		return nil, err
	}
	f, subject := r.formatOf(metric), r.subject(metric)
	written := func(v float64) string { return f(v, 0) }
	var e chart.Extent
	for _, v := range g.mean {
		e.Add(false, v)
	}
	shadeOf := func(v float64) color.NRGBA {
		share := .5
		if e.Hi > e.Lo {
			share = (v - e.Lo) / (e.Hi - e.Lo)
		}
		return chart.Blend(chart.Blend(chart.Paper, chart.Blue, .15), chart.Blend(chart.Blue, chart.Ink, .25), share)
	}
	ch := &chart.Chart{Title: fmt.Sprintf("%s: %s to %s", subject, written(e.Lo), written(e.Hi)),
		Subtitle: g.when + ", by " + g.names[0] + " and " + g.names[1] + "; " + r.sweepRuns(), Columns: 1,
		Source: r.Manifest.source(), Notes: append(spacingNote(g.names, g.texts), r.pathNote(g.paths[:]...)...)}
	if u := shortUnit(r.metricUnit("runs", metric)); u != "" {
		ch.Subtitle += "; " + u
	}
	ch.Key = []chart.KeyItem{{Name: "lowest", Colour: shadeOf(e.Lo), Shape: chart.ShapeDot}, {Name: "highest",
		Colour: shadeOf(e.Hi), Shape: chart.ShapeDot}}
	ch.Panels = []*chart.Panel{g.panel(shadeOf, written)}
	return ch, nil
}

// regimes are the classes of the US merger guidelines of 2023, the highest of which is parted at
// the threshold of those of 2010 and at HHI of two equal firms.
var regimes = []regime{
	{moderatelyConcentrated, "below 1,000: low", chart.Blend(chart.Paper, chart.Green, .55)},
	{highlyConcentrated, "1,000 to 1,800: moderate", chart.Blend(chart.Paper, chart.Orange, .45)},
	{2500, "1,800 to 2,500: high by those of 2023", chart.Blend(chart.Paper, chart.Vermilion, .5)},
	{5000, "2,500 to 5,000: high by those of 2010 too", chart.Blend(chart.Paper, chart.Vermilion, .9)},
	{math.Inf(1), "above 5,000: beyond two equal firms", chart.Blend(chart.Vermilion, chart.Ink, .55)},
}

type regime struct {
	below  float64
	name   string
	colour color.NRGBA
}

// regimeOf is the class of a value.
func regimeOf(v float64) int {
	return slices.IndexFunc(regimes, func(k regime) bool { return v < k.below })
}

// drawRegimes paints which class of concentration a grid of two inputs leads to.
func drawRegimes(r *Results) ([]*chart.Chart, error) {
	g, err := r.sweepGrid("hhi_sales")
	if err != nil {
		return nil, err
	}
	count := make([]int, len(regimes))
	for _, v := range g.mean {
		count[regimeOf(v)]++
	}
	ch := &chart.Chart{Columns: 1, Source: r.Manifest.source(),
		Notes: append(spacingNote(g.names, g.texts), r.pathNote(g.paths[:]...)...)}
	most := 0
	for i, k := range regimes {
		if count[i] > 0 {
			ch.Key = append(ch.Key, chart.KeyItem{Name: k.name, Colour: k.colour, Shape: chart.ShapeDot})
		}
		if count[i] > count[most] {
			most = i
		}
	}
	if len(ch.Key) == 1 {
		return nil, elsewhere("the sweep ends in one class of HHI alone, %s; sweep_map shows how it differs",
			ch.Key[0].Name)
	}
	class, _, _ := strings.Cut(regimes[most].name, ":")
	ch.Title = fmt.Sprintf("%d classes of concentration of sales", len(ch.Key))
	if slices.Index(count, count[most]) == most && !slices.Contains(count[most+1:], count[most]) {
		ch.Title += fmt.Sprintf("; most often HHI %s, in %s of %s", class, quantity.Count(count[most]),
			quantity.Plural(len(g.mean), "cell"))
	}
	ch.Subtitle = "HHI of sales by classes of the US merger guidelines. " + g.when + "; " + r.sweepRuns()
	ch.Panels = []*chart.Panel{g.panel(func(v float64) color.NRGBA { return regimes[regimeOf(v)].colour },
		func(v float64) string { return quantity.Plain(v, 1) })}
	return []*chart.Chart{ch}, nil
}

// sweepRuns says over how many replications a cell is the mean.
func (r *Results) sweepRuns() string {
	return "mean of " + quantity.Plural(max(1, r.Manifest.Replications), "replication") + " a cell"
}
