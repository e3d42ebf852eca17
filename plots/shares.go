package plots

import (
	"fmt"
	"image/color"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/plot"

	"simulate/internal/quantity"
	"simulate/plots/chart"
)

// slice is one layer of a stacked area: its share at each date.
type slice struct {
	name   string
	colour color.NRGBA
	share  []float64
	kept   bool // its name stands even where there is little room
}

const leastSlice = .02 // labs that never exceed this share are drawn together

func drawShares(r *Results) ([]*chart.Chart, error) {
	return r.eachCase(func(c Case, all []*class) (*chart.Chart, error) {
		dates := datesOfAll(all)
		sales := stack(all, "sales_share", dates)
		if sales == nil {
			return nil, absent("sales_share is missing or empty in the table of labs")
		}
		ch := &chart.Chart{
			Title: "Shares of sales and of compute",
			Subtitle: r.statistic("Mean shares") + ". Open fringe: open models hosted by anyone. Compute: what labs use for " +
				"research, training and serving",
			Columns: 2,
		}
		if k, end := sales.largest(); k >= 0 {
			ch.Title = fmt.Sprintf("%s holds the largest share of sales: %s %s", sales.layers[k].name,
				quantity.Percent(sales.layers[k].share[end], 0), chart.When(dates[end]))
		}
		fringe := slice{name: "Open fringe", colour: chart.Blend(chart.Grey, chart.Paper, .25)}
		for i := range dates {
			rest := 1.0
			for _, s := range sales.layers {
				rest -= s.share[i]
			}
			fringe.share = append(fringe.share, math.Max(rest, 0))
		}
		notes := []string{sales.note("sales")}
		sales.layers = append(sales.layers, fringe)
		ch.Panels = append(ch.Panels, sales.panel("Sales", "", dates))
		if compute := stack(all, "compute_used", dates); compute != nil {
			normalise(compute.layers)
			ch.Panels = append(ch.Panels, compute.panel("Compute used", "by labs", dates))
			notes = append(notes, compute.note("compute"))
		}
		r.decorate(ch, c)
		ch.Notes = append(ch.Notes, slices.DeleteFunc(notes, func(s string) bool { return s == "" })...)
		return ch, nil
	})
}

// stacked are the shares of labs in something, named ones first, the largest at the bottom, then
// the small ones together.
type stacked struct {
	layers []slice
	others []string // what the last layer holds
}

// note names the labs that are drawn together.
func (s *stacked) note(of string) string {
	if len(s.others) == 0 {
		return ""
	}
	return "Others in " + of + ", each at most 2% at any date unless stated: " + strings.Join(s.others, ", ") + "."
}

// stack sums a variable by class. NaN where no lab has a value; nil when that is so at every date.
func stack(all []*class, variable string, dates []float64) *stacked {
	other := slice{colour: chart.Blend(chart.LightGrey, chart.Paper, .3), share: make([]float64, len(dates))}
	totals, seen := make([]float64, len(dates)), make([]bool, len(dates))
	values := make([][]float64, len(all))
	for k, c := range all {
		values[k] = make([]float64, len(dates))
		for i, d := range dates {
			if v := c.sum(variable, d); !math.IsNaN(v) {
				values[k][i], seen[i] = v, true
				totals[i] += v
			}
		}
	}
	if !slices.Contains(seen, true) {
		return nil
	}
	for i := range dates {
		if !seen[i] {
			other.share[i] = math.NaN()
			for k := range values {
				values[k][i] = math.NaN()
			}
		}
	}
	out := &stacked{}
	for k, c := range all {
		most := 0.0
		for i, v := range values[k] {
			if variable == "sales_share" {
				most = math.Max(most, v)
			} else if totals[i] > 0 {
				most = math.Max(most, v/totals[i])
			}
		}
		if c.named && (most > leastSlice || (c.highlit || c.own) && most > 0) {
			out.layers = append(out.layers, slice{c.name, chart.Blend(c.colour, chart.Paper, .2), values[k], c.highlit || c.own})
			continue
		}
		if most > 0 {
			name := strings.ReplaceAll(c.name, " ", chart.Space)
			if most > leastSlice { // one for which no colour is left
				name += chart.Space + "(up" + chart.Space + "to" + chart.Space + quantity.Percent(most, .001) + ")"
			}
			out.others = append(out.others, name)
		}
		for i, v := range values[k] {
			other.share[i] += v
		}
	}
	other.name = fmt.Sprintf("Others"+chart.Space+"(%d)", len(out.others))
	out.layers = append(out.layers, other)
	return out
}

// normalise turns sums into shares of their total.
func normalise(layers []slice) {
	for i := range layers[0].share {
		total := 0.0
		for _, s := range layers {
			total += s.share[i]
		}
		for _, s := range layers {
			if total > 0 {
				s.share[i] /= total
			}
		}
	}
}

// largest is the index of the largest named slice at the last date with values, −1 when there is
// none.
func (s *stacked) largest() (best, end int) {
	layers := s.layers
	best, end = -1, len(layers[0].share)-1
	for end > 0 && math.IsNaN(layers[0].share[end]) {
		end--
	}
	for k, s := range layers[:len(layers)-1] {
		if best < 0 || s.share[end] > layers[best].share[end] {
			best = k
		}
	}
	return best, end
}

func (s *stacked) panel(title, unit string, dates []float64) *chart.Panel {
	layers := s.layers
	p := &chart.Panel{Title: title, Unit: unit, X: chart.TimeAxis(chart.Extent{Lo: dates[0], Hi: dates[len(dates)-1],
		Ok: true})}
	p.Y = chart.Axis{Min: 0, Max: 1, Format: quantity.Percent}
	for k := range 5 {
		p.Y.Ticks = append(p.Y.Ticks, chart.Tick{At: float64(k) / 4, Label: quantity.Percent(float64(k)/4, .25)})
	}
	below := make([]float64, len(dates))
	var edges []plot.Plotter
	_, end := s.largest()
	for k, s := range layers {
		above := make([]float64, len(dates))
		for i := range dates {
			above[i] = math.Min(1, below[i]+s.share[i])
		}
		p.Layers = append(p.Layers, chart.Band{X: dates, Lo: below, Hi: above, Colour: s.colour})
		if k < len(layers)-1 {
			edges = append(edges, chart.Line{X: dates, Y: above, Colour: chart.Paper, Width: .6})
		}
		if size := above[end] - below[end]; size > 0 {
			name := chart.EndLabel{Text: s.name, At: (below[end] + above[end]) / 2, Colour: s.colour,
				Weight: chart.SemiBold, Rank: int(1000 * (1 - size))}
			if s.kept {
				name.Rank = 0
			}
			p.Ends = append(p.Ends, name)
		}
		below = above
	}
	if len(dates) > 1 {
		p.Layers = append(p.Layers, edges...)
	}
	return p
}
