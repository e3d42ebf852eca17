package compare

import (
	"fmt"
	"slices"
	"strings"

	"simulate/internal/quantity"
	"simulate/sim/experiment/analysis"
)

// LongTails says of which main metrics the intervals of means at the end may hold less than they
// promise, for few runs make the mean: of levels and of what alternatives change. It is "" where
// none does.
func (o *Outcome) LongTails() string {
	if o.Manifest.Replications < 3 || o.ReadMarket() != nil {
		return ""
	}
	var levels, effects []string
	note := func(list *[]string, metric string, values []float64) {
		title, _ := metricWords(metric)
		title = "“" + title + "”" // one may hold a comma
		if values = finite(values); analysis.LongTail(values) && !slices.Contains(*list, title) {
			*list = append(*list, title)
		}
	}
	for _, metric := range MainMetrics {
		if !o.HasMetric(metric) {
			continue
		}
		for _, c := range o.Manifest.Cases {
			dates := o.Dates(c.Name)
			if c.Part || len(dates) == 0 {
				continue
			}
			last := dates[len(dates)-1]
			values := o.Values(c.Name, metric, last)
			note(&levels, metric, values)
			if o.Manifest.Compare == nil {
				continue
			}
			if base := o.Manifest.Compare.Base(c.Name); base != "" {
				var d []float64
				for r, v := range o.Values(base, metric, last) {
					d = append(d, values[r]-v)
				}
				note(&effects, metric, d)
			}
		}
	}
	var parts []string
	if len(effects) > 0 {
		parts = append(parts, "of the change in "+quantity.List(effects))
	}
	if len(levels) > 0 {
		parts = append(parts, "of the level of "+quantity.List(levels))
	}
	if len(parts) == 0 {
		return ""
	}
	return fmt.Sprintf("At the end a long tail makes the mean of %s runs, so that its 95 %% interval may hold it less "+
		"often than promised: the mean %s. There the 5 to 95 %% of the runs say more, or more runs.",
		quantity.Count(o.Manifest.Replications), strings.Join(parts, ", and "))
}

func finite(values []float64) []float64 {
	return slices.DeleteFunc(slices.Clone(values), func(v float64) bool { return v-v != 0 })
}
