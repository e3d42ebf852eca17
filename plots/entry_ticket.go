package plots

import (
	"simulate/plots/chart"

	"simulate/internal/quantity"
)

func drawEntryTicket(r *Results) ([]*chart.Chart, error) {
	byCase, err := r.metric("entry_ticket")
	if err != nil {
		return nil, err
	}
	all := r.inCaseOrder(byCase)
	p := fan{unit: "USD a year, log scale", log: true, format: quantity.Dollars, names: len(all) > 1, ticks: 6}.panel(all)
	ch := &chart.Chart{
		Title:    titleOfChange("Entry ticket to the frontier", all, r.titleFrom(), quantity.Dollars),
		Subtitle: "Smallest yearly R&D budget of a lab within 0.5 OOM of the frontier by its own run; " + r.bands(all),
		Panels:   []*chart.Panel{p},
	}
	r.decorate(ch)
	return []*chart.Chart{ch}, nil
}
