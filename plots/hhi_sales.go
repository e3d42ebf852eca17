package plots

import (
	"fmt"
	"math"

	"simulate/internal/quantity"
	"simulate/plots/chart"
)

// Thresholds of the US Department of Justice and Federal Trade Commission, Merger Guidelines 2023:
// markets above 1,800 are highly concentrated, those between 1,000 and 1,800 moderately.
const (
	highlyConcentrated     = 1800
	moderatelyConcentrated = 1000
)

func drawHHISales(r *Results) ([]*chart.Chart, error) {
	byCase, err := r.metric("hhi_sales")
	if err != nil {
		return nil, err
	}
	all := r.inCaseOrder(byCase)
	f := fan{unit: "HHI, points", format: quantity.Plain, include: []float64{0, highlyConcentrated * 1.1}, names: true,
		ticks: 6}
	p := f.panel(all)
	p.Thresholds = []chart.Threshold{{At: highlyConcentrated, Label: "1,800 highly concentrated"},
		{At: moderatelyConcentrated, Label: "1,000 moderately concentrated"}}
	if len(all) == 1 {
		p.Ends[0].Text = "HHI"
		if all[0].path.spread() {
			p.Ends[0].Text = "Median"
		}
	}
	ch := &chart.Chart{
		Title: titleOfChange("Sales concentration (HHI)", all, r.start()+1, quantity.Plain),
		Subtitle: "Herfindahl–Hirschman index of all sales, 0 to 10,000; " + r.bands(all) + ". Dotted: thresholds of " +
			"the US merger guidelines",
		Panels: []*chart.Panel{p},
	}
	r.decorate(ch)
	return []*chart.Chart{ch}, nil
}

// start is when the first case starts, in decimal years; the first date of the summary when the
// manifest does not say.
func (r *Results) start() float64 {
	for _, c := range r.Manifest.Cases {
		if c.Start > 0 {
			return c.Start
		}
	}
	first := math.Inf(1)
	for _, byCase := range r.metrics {
		for _, p := range byCase {
			if len(p.date) > 0 {
				first = math.Min(first, p.date[0])
			}
		}
	}
	return first
}

// titleOfChange states the medians of one case at the first observation from a date on and at the
// last one, or the range of several cases at the end.
func titleOfChange(subject string, all []series, from float64, f chart.Format) string {
	if len(all) == 1 {
		s := all[0]
		end, v := last(s.path.date, s.path.q50)
		for i, d := range s.path.date {
			if d >= from-1e-6 && d < end && !math.IsNaN(s.path.q50[i]) {
				return fmt.Sprintf("%s: %s %s, %s %s", subject, f(s.path.q50[i], 0), chart.When(d), f(v, 0), chart.When(end))
			}
		}
		return fmt.Sprintf("%s: %s %s", subject, f(v, 0), chart.When(end))
	}
	var final chart.Extent
	at, _ := last(all[0].path.date, all[0].path.q50)
	for _, s := range all {
		if end, v := last(s.path.date, s.path.q50); end == at {
			final.Add(false, v)
		} else {
			return subject + " by case"
		}
	}
	return fmt.Sprintf("%s by case: %s to %s %s", subject, f(final.Lo, 0), f(final.Hi, 0), chart.When(at))
}
