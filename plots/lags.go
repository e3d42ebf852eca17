package plots

import "math"

func drawLags(r *Results) ([]*Chart, error) {
	f := func(title string) fan {
		return fan{title: title, format: plain, include: []float64{0}, ticks: 5}
	}
	ch, err := r.fanPage(&Chart{
		Title:    "Lag behind the frontier by R&D budget",
		Subtitle: "Months by which the best lab with such a yearly R&D budget trails, at the frontier’s own pace; ",
	}, []concept{
		{metric: "lag_class_micro_months", fan: f("Under $100M")},
		{metric: "lag_class_small_months", fan: f("$100M to $1B")},
		{metric: "lag_class_large_months", fan: f("$1B to $10B")},
		{metric: "lag_class_giant_months", fan: f("$10B and more")},
		{metric: "lag_open_frontier_months", fan: f("Open frontier")},
	}, true)
	if ch != nil {
		ch.Title = r.lagTitle(ch.Title)
	}
	return one(ch, err)
}

// lagTitle states the open frontier's lag of a single case.
func (r *Results) lagTitle(otherwise string) string {
	all := r.inCaseOrder(r.metrics["lag_open_frontier_months"])
	if len(all) != 1 {
		return otherwise
	}
	at, v := last(all[0].path.date, all[0].path.q50)
	return "Lag behind the frontier: open models trail by " + plain(math.Round(v), 1) + " months " + when(at)
}
