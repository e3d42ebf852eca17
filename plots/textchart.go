package plots

import (
	"math"

	"github.com/guptarohit/asciigraph"
)

// TextChart draws values as a line of characters, 60 wide and 8 high, with the caption below, without
// colour codes. Undefined values are gaps; without two defined values the chart is the empty string.
func TextChart(values []float64, caption string) string {
	clean := make([]float64, len(values))
	var e extent
	defined := 0
	for i, v := range values {
		clean[i] = v
		if math.IsInf(v, 0) {
			clean[i] = math.NaN()
		}
		if !math.IsNaN(clean[i]) {
			defined++
		}
		e.add(false, v)
	}
	if defined < 2 {
		return ""
	}
	step := 0.0
	if e.hi > e.lo {
		step = roundStep(e.hi-e.lo, 100)
	}
	return asciigraph.Plot(clean, asciigraph.Height(8), asciigraph.Width(60), asciigraph.Caption(caption),
		asciigraph.YAxisValueFormatter(func(v float64) string { return plain(v, step) }))
}
