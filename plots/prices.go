package plots

import (
	"math"
	"slices"
	"strings"

	"simulate/internal/quantity"
	"simulate/plots/chart"
)

func drawPrices(r *Results) ([]*chart.Chart, error) {
	f := func(title, unit string, form chart.Format) fan {
		return fan{title: title, unit: unit, log: true, format: form, ticks: 6, falls: true}
	}
	subtitle := "Quality-adjusted index, and a million tokens at a fixed capability and at the frontier, log scales; "
	if len(r.inCaseOrder(r.metrics["price_index"])) == 1 { // lines of several cases end without a value
		subtitle += "at the right the last value, or by what the first is divided; "
	}
	ch, err := r.fanPage(&chart.Chart{
		Title:    r.priceTitle(),
		Subtitle: subtitle,
	}, []concept{
		{metric: "price_index", fan: f("Index", "start = 100", quantity.Plain)},
		{metric: "price_of_threshold", fan: f("Fixed capability", "USD", price)},
		{metric: "price_of_frontier", fan: f("Frontier", "USD", price)},
	}, false)
	if ch != nil {
		for _, p := range ch.Panels {
			likeEachOther(p.Y.Ticks)
		}
	}
	return one(ch, err)
}

// likeEachOther takes the dollar signs from ticks some of which are powers of ten without one: the
// panel's unit says that they are dollars.
func likeEachOther(ticks []chart.Tick) {
	if !slices.ContainsFunc(ticks, func(t chart.Tick) bool { return !strings.HasPrefix(t.Label, "$") }) {
		return
	}
	for i := range ticks {
		ticks[i].Label = strings.TrimPrefix(ticks[i].Label, "$")
	}
}

// price writes dollars, and fractions of a tenth of a cent as powers of ten alone.
func price(v, step float64) string {
	if v > 0 && v < 1e-3 {
		return quantity.Power(v)
	}
	return quantity.Dollars(v, step)
}

// priceTitle states how fast prices change in a single case.
func (r *Results) priceTitle() string {
	fixed, frontier := r.inCaseOrder(r.metrics["price_of_threshold"]), r.inCaseOrder(r.metrics["price_of_frontier"])
	if len(fixed) != 1 || len(frontier) != 1 {
		return "Prices of AI services"
	}
	of := func(p *path) string {
		factor := p.yearlyFactor(r.start())
		switch {
		case math.IsNaN(factor):
			return ""
		case factor < 1:
			return quantity.Plain(1/factor, .1) + "×" + chart.Space + "cheaper"
		}
		return quantity.Plain(factor, .1) + "×" + chart.Space + "dearer"
	}
	a, b := of(fixed[0].path), of(frontier[0].path)
	if a == "" || b == "" {
		return "Prices of AI services"
	}
	return "Prices each year: fixed capability " + a + ", frontier " + b
}

// yearlyFactor is the mean growth of the mean from a date on, as a factor a year; NaN when it is
// unknown.
func (p *path) yearlyFactor(from float64) float64 {
	end, v := last(p.date, p.mean)
	for i, d := range p.date {
		if d >= from-1e-6 && d < end && p.mean[i] > 0 {
			return math.Pow(v/p.mean[i], 1/(end-d))
		}
	}
	return math.NaN()
}
