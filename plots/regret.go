package plots

import (
	"cmp"
	"fmt"
	"image/color"
	"math"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"

	"simulate/internal/quantity"
	"simulate/plots/chart"
)

// RegretMap draws the regret of policies (down, the least worst at the top) across futures (across,
// in the order of the greatest regret).
type RegretMap struct {
	Title, Subtitle, Source string
	Policies                []string
	Regret                  [][]float64 // policy × future
	Tied                    [][]bool    // not clearly worse than the best of the future
	Money                   bool        // regret is in dollars
}

// mostMapped is how many futures have a column; of more, every few are drawn.
const mostMapped = 60

// Chart makes the page.
func (m RegretMap) Chart() *chart.Chart {
	policies, futures := m.order()
	g := &grid{names: [2]string{"Number of the future, least regret first", ""}, mean: map[[2]int]float64{}}
	top := 0.0
	for i, f := range futures {
		g.texts[0] = append(g.texts[0], fmt.Sprint(f+1))
		for j, p := range policies {
			g.mean[[2]int{i, j}] = m.Regret[p][f]
			top = max(top, m.Regret[p][f])
		}
	}
	for _, p := range policies {
		g.texts[1] = append(g.texts[1], m.Policies[p])
	}
	form := chart.Format(quantity.Plain)
	if m.Money {
		form = quantity.Dollars
	}
	shade := func(v float64) color.NRGBA {
		if v <= 0 || top == 0 {
			return chart.Blend(chart.Paper, chart.Green, .35)
		}
		return chart.Blend(chart.Paper, chart.Vermilion, .12+.88*v/top)
	}
	panel := g.panel(shade, func(v float64) string { return form(v, 0) })
	panel.Y.Ticks = nil // every policy has its name
	for j, text := range g.texts[1] {
		panel.Y.Ticks = append(panel.Y.Ticks, chart.Tick{At: float64(j), Label: text})
	}
	var x, y []float64
	for i, f := range futures {
		for j, p := range policies {
			if m.Tied[p][f] && m.Regret[p][f] > 0 {
				x, y = append(x, float64(i)), append(y, float64(j)+.38)
			}
		}
	}
	ch := &chart.Chart{Title: m.Title, Subtitle: m.Subtitle, Panels: []*chart.Panel{panel}, Columns: 1, Source: m.Source,
		Extra: vg.Points(float64(max(0, len(policies)-10)) * 18)}
	ch.Key = []chart.KeyItem{{Name: "best mean in the future", Colour: shade(0), Shape: chart.ShapeDot},
		{Name: "regret, darkest: " + form(top, 0), Colour: shade(top), Shape: chart.ShapeDot}}
	if len(x) > 0 {
		panel.Layers = append(panel.Layers, plot.Plotter(chart.Dots{X: x, Y: y, Colour: chart.Ink, Radius: 1.6}))
		ch.Key = append(ch.Key, chart.KeyItem{Name: "not clearly worse than the best", Colour: chart.Ink,
			Shape: chart.ShapeDot})
	}
	if n := len(m.Regret[0]); n > len(futures) {
		ch.Notes = []string{fmt.Sprintf("%s of %s are drawn, evenly from the order of the greatest regret.",
			quantity.Count(len(futures)), quantity.Plural(n, "future"))}
	}
	return ch
}

// order puts the policy of least worst regret at the top, which the axis counts last, and futures
// by their greatest regret.
func (m RegretMap) order() (policies, futures []int) {
	for p := range m.Policies {
		policies = append(policies, p)
	}
	slices.SortStableFunc(policies, func(a, b int) int {
		return cmp.Compare(slices.Max(m.Regret[b]),
			slices.Max(m.Regret[a]))
	})
	for f := range m.Regret[0] {
		futures = append(futures, f)
	}
	greatest := func(f int) float64 {
		v := 0.0
		for p := range m.Policies {
			v = math.Max(v, m.Regret[p][f])
		}
		return v
	}
	slices.SortStableFunc(futures, func(a, b int) int { return cmp.Compare(greatest(a), greatest(b)) })
	if n := len(futures); n > mostMapped {
		few := make([]int, mostMapped)
		for k := range few {
			few[k] = futures[k*(n-1)/(mostMapped-1)]
		}
		futures = few
	}
	return policies, futures
}
