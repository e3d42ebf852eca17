package plots

import (
	"cmp"
	"fmt"
	"image/color"
	"math"
	"slices"
	"strconv"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"simulate/internal/quantity"
	"simulate/sim/table"
)

// grid is the mean of a metric over a sweep of two inputs in all combinations.
type grid struct {
	names [2]string
	units [2]string
	texts [2][]string // values as the table writes them, ascending
	mean  map[[2]int]float64
}

// sweepGrid reads a sweep of exactly two inputs; Absent for anything else.
func (r *Results) sweepGrid(metric string) (*grid, error) {
	t, err := r.read("design", "case")
	if err != nil || t == nil {
		return nil, orAbsent(err, "there is no design table; `simulate sweep` makes one")
	}
	inputs := varying(t)
	if len(inputs) != 2 {
		return nil, Absent{Reason: fmt.Sprintf("a map needs a sweep of two inputs, this one has %d", len(inputs)), Elsewhere: true}
	}
	runs, err := r.read("runs", append([]string{"case"}, inputs...)...)
	if err != nil || runs == nil || !runs.Has(metric) {
		return nil, orAbsent(err, "the sweep has no "+metric)
	}
	g := &grid{mean: map[[2]int]float64{}}
	for k, name := range inputs {
		g.names[k], g.texts[k], g.units[k] = name, ascending(runs, name), r.unitOf("design", name)
	}
	if len(g.texts[0])*len(g.texts[1]) > runs.Len() || len(g.texts[0]) > 60 || len(g.texts[1]) > 60 {
		return nil, Absent{Reason: "a map needs a grid of at most 60 by 60 values", Elsewhere: true}
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

// inUnit writes a value of an input as scenario files do: log rates as growth, money in dollars.
func inUnit(v float64, unit string) string {
	switch {
	case unit == "growth/yr":
		return plain(math.Round(math.Exp(v)*1e6)/1e6, 0) + "×/yr"
	case strings.HasPrefix(unit, "USD"):
		return dollars(v, 0) + strings.TrimPrefix(unit, "USD")
	}
	return plain(v, 0)
}

// ascending lists the values of a column, numbers by size.
func ascending(t *table.Table, column string) []string {
	out := t.Distinct(column)
	slices.SortStableFunc(out, func(a, b string) int {
		x, errA := strconv.ParseFloat(a, 64)
		y, errB := strconv.ParseFloat(b, 64)
		if errA != nil || errB != nil {
			return 0
		}
		return cmp.Compare(x, y)
	})
	return out
}

// panel lays the grid's cells out, each filled and labelled by paint.
func (g *grid) panel(paint func(v float64) color.NRGBA, label func(v float64) string) *panel {
	named := func(texts []string, unit string) axis {
		a := axis{min: -.5, max: float64(len(texts)) - .5, format: plain}
		step := (len(texts) + 9) / 10
		for i := 0; i < len(texts); i += step {
			text := texts[i]
			if v, err := strconv.ParseFloat(text, 64); err == nil {
				text = inUnit(v, unit)
			}
			a.ticks = append(a.ticks, tick{float64(i), text})
		}
		return a
	}
	p := &panel{unit: g.names[1], xUnit: g.names[0], x: named(g.texts[0], g.units[0]), y: named(g.texts[1], g.units[1]), burnIn: math.Inf(-1)}
	p.layers = []plot.Plotter{cells{g, paint, label}}
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
			fillBox(c, fill, x0, y0, x1, y1)
			text := l.label(v)
			if widthOf(text, sizeTick, regular) > .9*(x1-x0) || lineHeight(sizeTick) > y1-y0 {
				continue
			}
			ink := ink
			if luminance(fill) < .3 {
				ink = paper
			}
			at := textStyle(sizeTick, regular, ink)
			write(c, text, at, vg.Point{X: (x0 + x1) / 2, Y: (y0+y1)/2 - capHeight(sizeTick)/2}, .5)
		}
	}
}

// drawHeatMap paints mean HHI over a grid of two inputs.
func drawHeatMap(r *Results) ([]*Chart, error) {
	g, err := r.sweepGrid("hhi_sales")
	if err != nil {
		return nil, err
	}
	var e extent
	for _, v := range g.mean {
		e.add(false, v)
	}
	shadeOf := func(v float64) color.NRGBA {
		share := .5
		if e.hi > e.lo {
			share = (v - e.lo) / (e.hi - e.lo)
		}
		return blend(blend(paper, blue, .08), blend(blue, ink, .25), share)
	}
	ch := &Chart{Title: fmt.Sprintf("Sales concentration (HHI): %s to %s", plain(e.lo, 1), plain(e.hi, 1)), Subtitle: "HHI of sales at the end, by " + g.names[0] + " and " + g.names[1] + "; " + r.sweepRuns(), columns: 1}
	ch.source = r.Manifest.source()
	ch.panels = []*panel{g.panel(shadeOf, func(v float64) string { return plain(v, 1) })}
	return []*Chart{ch}, nil
}

// regimes are the classes of the US merger guidelines of 2023.
var regimes = []struct {
	below  float64
	name   string
	colour color.NRGBA
}{
	{moderatelyConcentrated, "below 1,000", blend(paper, green, .55)},
	{highlyConcentrated, "1,000 to 1,800, moderately concentrated", blend(paper, orange, .6)},
	{math.Inf(1), "above 1,800, highly concentrated", blend(paper, vermilion, .75)},
}

// drawRegimes paints which class of concentration a grid of two inputs leads to.
func drawRegimes(r *Results) ([]*Chart, error) {
	g, err := r.sweepGrid("hhi_sales")
	if err != nil {
		return nil, err
	}
	ch := &Chart{Title: "Where sales end up concentrated", Subtitle: "HHI of sales at the end by the US merger guidelines; " + r.sweepRuns(), columns: 1}
	classOf := func(v float64) color.NRGBA {
		for _, k := range regimes {
			if v < k.below {
				return k.colour
			}
		}
		return regimes[len(regimes)-1].colour
	}
	ch.source = r.Manifest.source()
	ch.panels = []*panel{g.panel(classOf, func(v float64) string { return plain(v, 1) })}
	for _, k := range regimes {
		ch.key = append(ch.key, keyItem{k.name, k.colour, shapeDot})
	}
	return []*Chart{ch}, nil
}

// sweepRuns says over how many replications a cell is the mean.
func (r *Results) sweepRuns() string {
	return "mean of " + quantity.Plural(max(1, r.Manifest.Replications), "replication") + " a cell"
}
