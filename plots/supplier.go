package plots

import (
	"fmt"

	"simulate/internal/quantity"
	"simulate/plots/chart"
)

func drawSupplier(r *Results) ([]*chart.Chart, error) {
	f := func(title, unit string) fan {
		return fan{title: title, unit: unit, format: quantity.Dollars, include: []float64{0}, ticks: 5}
	}
	ch, err := r.fanPage(&chart.Chart{
		Title:    r.supplierTitle(),
		Subtitle: "US dollars; ",
	}, []concept{
		{metric: "supplier_revenue", fan: f("Revenue", "USD a year")},
		{metric: "supplier_value", fan: f("Market value", "USD")},
	}, false)
	return one(ch, err)
}

// supplierTitle states the last means of a single case.
func (r *Results) supplierTitle() string {
	revenue, value := r.inCaseOrder(r.metrics["supplier_revenue"]), r.inCaseOrder(r.metrics["supplier_value"])
	if len(revenue) != 1 || len(value) != 1 {
		return "The chip supplier: revenue and market value"
	}
	at, v := last(value[0].path.date, value[0].path.mean)
	return fmt.Sprintf("Chip supplier: revenue %s a year, value %s %s", quantity.Dollars(valueAt(revenue[0].path.date,
		revenue[0].path.mean, at), 0), quantity.Dollars(v, 0), chart.When(at))
}
