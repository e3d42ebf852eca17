package plots

import (
	"simulate/plots/chart"

	"simulate/internal/quantity"
)

func drawConcentration(r *Results) ([]*chart.Chart, error) {
	f := func(title string) fan {
		return fan{title: title, format: quantity.Plain, include: []float64{0}, ticks: 5}
	}
	ch, err := r.fanPage(&chart.Chart{
		Title:    "Concentration of several markets",
		Subtitle: "Herfindahl–Hirschman index, 0–10,000 points, on one scale; ",
	}, []concept{
		{metric: "hhi_sales", fan: f("Sales")},
		{metric: "hhi_compute_owned", fan: f("Compute owned")},
		{metric: "hhi_compute_used", fan: f("Compute used")},
		{metric: "hhi_training_flop", fan: f("Training FLOP")},
		{metric: "hhi_capability", fan: f("Capability")},
		{metric: "hhi_chip_supply", fan: f("Chip supply")},
	}, true)
	return one(ch, err)
}
