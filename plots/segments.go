package plots

import (
	"simulate/plots/chart"

	"simulate/internal/quantity"
)

func drawSegments(r *Results) ([]*chart.Chart, error) {
	var concepts []concept
	for _, s := range r.segment {
		concepts = append(concepts, concept{metric: "hhi_sales", paths: r.segments["hhi_sales"][s],
			fan: fan{title: words(s), format: quantity.Plain, include: []float64{0}, ticks: 5}})
	}
	if len(concepts) == 0 {
		return nil, absent("there is no segment_summary table in %s, or it is empty", r.dir)
	}
	ch, err := r.fanPage(&chart.Chart{
		Title:    "Concentration of sales in each segment",
		Subtitle: "Herfindahl–Hirschman index of sales, 0–10,000 points, on one scale; ",
	}, concepts, true)
	return one(ch, err)
}
