package plots

import (
	"fmt"
	"image/color"
	"math"
	"slices"

	"gonum.org/v1/plot"
)

// slice is one layer of a stacked area: its share at each date.
type slice struct {
	name   string
	colour color.NRGBA
	share  []float64
}

const leastSlice = .015 // classes that never reach this share are merged into "Other labs"

func drawShares(r *Results) ([]*Chart, error) {
	return r.eachCase(func(c Case, all []*class) (*Chart, error) {
		dates := datesOfAll(all)
		sales := stack(all, "sales_share", dates)
		if sales == nil {
			return nil, absent("sales_share is missing or empty in the table of labs")
		}
		ch := &Chart{
			Title:    "Shares of sales and of compute",
			Subtitle: r.statistic("Mean shares") + ". Open fringe: open models hosted by anyone. Compute: what labs use for research, training and serving",
			columns:  2,
		}
		if k, end := largest(sales); k >= 0 {
			ch.Title = fmt.Sprintf("%s holds the largest share of sales: %s %s", sales[k].name, percent(sales[k].share[end], 0), when(dates[end]))
		}
		fringe := slice{name: "Open fringe", colour: blend(grey, paper, .25)}
		for i := range dates {
			rest := 1.0
			for _, s := range sales {
				rest -= s.share[i]
			}
			if rest < 0 {
				rest = 0
			}
			fringe.share = append(fringe.share, rest)
		}
		ch.panels = append(ch.panels, stackedPanel("Sales", "", dates, append(sales, fringe)))
		if compute := stack(all, "compute_used", dates); compute != nil {
			normalise(compute)
			ch.panels = append(ch.panels, stackedPanel("Compute used", "by labs", dates, compute))
		}
		r.decorate(ch, c)
		return ch, nil
	})
}

// stack returns the sums of a variable by class: named classes first, the largest at the bottom, then all
// others together. NaN where no lab has a value; nil when that is so at every date.
func stack(all []*class, variable string, dates []float64) []slice {
	other := slice{name: "Other labs", colour: blend(lightGrey, paper, .3), share: make([]float64, len(dates))}
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
	var layers []slice
	for k, c := range all {
		most := 0.0
		for i, v := range values[k] {
			if totals[i] > 0 {
				most = math.Max(most, v/totals[i])
			}
		}
		if c.named && most >= leastSlice {
			layers = append(layers, slice{c.name, blend(c.colour, paper, .2), values[k]})
			continue
		}
		for i, v := range values[k] {
			other.share[i] += v
		}
	}
	return append(layers, other)
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

// largest is the index of the largest named slice at the last date with values, −1 when there is none.
func largest(layers []slice) (best, end int) {
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

func stackedPanel(title, unit string, dates []float64, layers []slice) *panel {
	p := &panel{title: title, unit: unit, covered: true, x: timeAxis(extent{dates[0], dates[len(dates)-1], true})}
	p.y = axis{min: 0, max: 1, format: percent}
	for k := range 5 {
		p.y.ticks = append(p.y.ticks, tick{float64(k) / 4, percent(float64(k)/4, .25)})
	}
	below := make([]float64, len(dates))
	var edges []plot.Plotter
	_, end := largest(layers)
	for k, s := range layers {
		above := make([]float64, len(dates))
		for i := range dates {
			above[i] = math.Min(1, below[i]+s.share[i])
		}
		p.layers = append(p.layers, band{dates, below, above, s.colour})
		if k < len(layers)-1 {
			edges = append(edges, line{x: dates, y: above, colour: paper, width: .6})
		}
		if size := above[end] - below[end]; size >= .012 {
			p.ends = append(p.ends, endLabel{text: s.name, at: (below[end] + above[end]) / 2, colour: s.colour, weight: semiBold, rank: int(1000 * (1 - size))})
		}
		below = above
	}
	if len(dates) > 1 {
		p.layers = append(p.layers, edges...)
	}
	return p
}
