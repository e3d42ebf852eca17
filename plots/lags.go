package plots

import (
	"math"
	"strings"

	"simulate/internal/quantity"
	"simulate/plots/chart"
)

func drawLags(r *Results) ([]*chart.Chart, error) {
	f := func(title string) fan {
		return fan{title: title, unit: "months", format: quantity.Plain, include: []float64{0}, ticks: 5}
	}
	concepts := []concept{
		{metric: "lag_class_micro_months", fan: f("Under $100M")},
		{metric: "lag_class_small_months", fan: f("$100M to $1B")},
		{metric: "lag_class_large_months", fan: f("$1B to $10B")},
		{metric: "lag_class_giant_months", fan: f("$10B and more")},
		{metric: "lag_open_frontier_months", fan: f("Open frontier")},
	}
	single := r.highlightLags(f)
	concepts = append(concepts, single...)
	ch, err := r.fanPage(&chart.Chart{
		Title:    "Lag behind the frontier by R&D budget",
		Subtitle: "Months by which the best lab with such a yearly R&D budget trails, at the frontier’s own pace; ",
	}, concepts, true)
	if ch != nil {
		ch.Title = r.lagTitle(ch.Title)
		ch.Notes = append(ch.Notes, "Labs by budget count with the model they offer, be it their own or one built on "+
			"another lab’s open weights."+r.lagGaps(concepts))
		if len(single) > 0 {
			ch.Notes = append(ch.Notes, "A lab’s own lag is that of the model it offers; own run: of the one that it could "+
				"train now without building on another’s.")
		}
	}
	return one(ch, err)
}

// lagGaps says why lags are missing after the first date: the frontier is too slow to tell distance
// in months, or nobody has such a budget.
func (r *Results) lagGaps(concepts []concept) string {
	slow, nobody := false, false
	for _, c := range concepts {
		for name, months := range r.metrics[c.metric] {
			oom := r.metrics[strings.TrimSuffix(c.metric, "_months")+"_oom"][name]
			runs := 0.0
			for _, n := range months.n {
				runs = math.Max(runs, n)
			}
			for i := 1; i < len(months.n); i++ {
				there := runs
				if oom != nil && i < len(oom.n) {
					there = oom.n[i]
				}
				slow = slow || months.n[i] < math.Min(there, runs)
				nobody = nobody || there < runs
			}
		}
	}
	s := ""
	if slow {
		s += " Replications in which the frontier moves too slowly for a lag in months (by less than 0.1 OOM a year " +
			"unless the scenario says otherwise) are left out; where all are, lines have a gap."
	}
	if nobody {
		s += " So are replications and dates without a lab of such a budget or without an open model."
		if !slow {
			s = " Replications and dates without a lab of such a budget or without an open model are left out."
		}
	}
	return s
}

// lagTitle states the open frontier's lag of a single case.
func (r *Results) lagTitle(otherwise string) string {
	all := r.inCaseOrder(r.metrics["lag_open_frontier_months"])
	if len(all) != 1 {
		return otherwise
	}
	at, v := last(all[0].path.date, all[0].path.mean)
	return "Lag behind the frontier: open models trail by " + quantity.Plain(math.Round(v),
		1) + " months " + chart.When(at)
}
