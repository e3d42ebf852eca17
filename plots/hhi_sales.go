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

// drawHHISales draws means, the statistic of the summary's sentences. A case with the same world
// without what happens beside it says in its title what that changes.
func drawHHISales(r *Results) ([]*chart.Chart, error) {
	byCase, err := r.metric("hhi_sales")
	if err != nil {
		return nil, err
	}
	all := r.inCaseOrder(byCase)
	f := fan{unit: "HHI, points", format: quantity.Plain, include: []float64{0, highlyConcentrated * 1.1}, names: true,
		ticks: 6}
	p := f.panel(all)
	p.Levels = []chart.Level{{At: highlyConcentrated, Label: "1,800 highly concentrated"},
		{At: moderatelyConcentrated, Label: "1,000 moderately concentrated"}}
	if len(all) == 1 {
		p.Ends[0].Text = "HHI"
		if all[0].path.spread() {
			p.Ends[0].Text = "Mean"
		}
	}
	ch := &chart.Chart{
		Title: titleOfChange("Sales concentration (HHI)", all, r.titleFrom(), quantity.Plain),
		Subtitle: "Herfindahl–Hirschman index of all sales, 0–10,000; " + r.bands(all) + ". Dotted: thresholds " +
			"of the US merger guidelines",
		Panels: []*chart.Panel{p},
	}
	if numberAsked(all) == 1 && len(all) == 2 {
		if err := r.tellEffect(ch, all); err != nil {
			return nil, err
		}
	}
	r.decorate(ch)
	return []*chart.Chart{ch}, nil
}

// tellEffect says in the title what happens changes, and below it how surely and what comes anyway.
// The first series is the base.
func (r *Results) tellEffect(ch *chart.Chart, all []series) error {
	alternative := r.Manifest.asked()[0]
	t, err := r.readEffects(append(effectColumns, "n", "base_mean", "low_spread", "high_spread")...)
	if err != nil || t == nil || alternative.Since == nil {
		return err
	}
	t = t.Where("metric", "hhi_sales").Where("case", alternative.Name)
	dates := t.Text("date")
	at := quantity.YearAfter(dates, max(alternative.Since.Date, alternative.Since.Latest))
	when := " a year after"
	if alternative.Since.Latest > 0 {
		when = " a year after the latest start"
	}
	over := max(alternative.Since.Until, alternative.Since.Ended)
	row := t.Len() - 1
	for i, d := range dates {
		if d == at {
			row = i
		}
	}
	if row < 0 || math.IsNaN(t.Number("effect")[row]) {
		return nil
	}
	date, err := decimalYear(dates[row])
	if err != nil {
		return err
	}
	if row == t.Len()-1 {
		when = ""
	}
	if over > 0 && quantity.LastDay(over) < dates[row] {
		when += ", after its end in " + quantity.ShortMonthOf(over)
	}
	what := r.whatHappens()
	value, low, high := t.Number("effect")[row], t.Number("low")[row], t.Number("high")[row]
	pairs := int(t.Number("n")[row])
	verb, does := "raises", "does"
	if value < 0 {
		verb = "lowers"
	}
	names := happening(alternative, r.Manifest.Cases[0])
	other, against := "without it", ""
	switch {
	case len(names) == 0: // the base is a world of its own
		what, other = alternative.label(), "in "+all[0].name
		against = ", against " + all[0].name
	case len(names) > 1:
		verb, does, other = verb[:len(verb)-1], "do", "without them"
	}
	size := quantity.OneDecimal(math.Abs(value))
	if math.Abs(value) >= 9.95 { // as in sentences
		size = quantity.Whole(math.Abs(value))
	}
	switch {
	case value == 0 && pairs > 1:
		ch.Title = fmt.Sprintf("%s %s not move sales concentration (HHI) in any of %s%s, %s", what, does,
			quantity.Plural(pairs, "run"), when, chart.When(date))
	case value == 0:
		ch.Title = fmt.Sprintf("%s %s not move sales concentration (HHI)%s, %s", what, does, when, chart.When(date))
	case low < 0 && high > 0:
		ch.Title = fmt.Sprintf("%s %s not clearly move sales concentration (HHI)%s, %s", what, does, when, chart.When(date))
	default:
		ch.Title = fmt.Sprintf("%s %s sales concentration (HHI) by %s%s, %s", what, verb, size, when, chart.When(date))
	}
	ch.Title += against
	said := fmt.Sprintf("Mean effect %s", quantity.Signed(quantity.Whole(value)))
	switch {
	case math.IsNaN(low) && pairs > 1 && value == 0:
		said = quantity.Raised(quantity.NoRunDiffers(pairs))
	case math.IsNaN(low) && pairs > 1:
		said += " (" + quantity.EachRunDiffersBy(pairs) + ")"
	case !math.IsNaN(low):
		said += fmt.Sprintf(" (95%% interval of the mean %s to %s; 90%% of runs %s to %s)", quantity.Whole(low),
			quantity.Whole(high), quantity.Whole(t.Number("low_spread")[row]), quantity.Whole(t.Number("high_spread")[row]))
	}
	base := t.Number("base_mean")
	if last := t.Len() - 1; base[0] == base[0] && last > 0 {
		said += fmt.Sprintf("; %s HHI goes from %s to %s anyway", other, quantity.Whole(base[0]),
			quantity.Whole(base[last]))
	}
	ch.Subtitle = said + ". " + ch.Subtitle
	return nil
}

// whatHappens names what the one case has and its base has not, or counts it where the names do not
// fit a title; "" where the base is a world of its own.
func (r *Results) whatHappens() string {
	c, base := r.Manifest.asked()[0], r.Manifest.Cases[0]
	names := happening(c, base)
	const most = 48 // characters
	switch what := quantity.List(names); {
	case len(names) == 0:
		return ""
	case len([]rune(what)) <= most:
		return quantity.Raised(what)
	}
	return quantity.Raised(kindsOf(c, base))
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

// titleOfChange states the means of one case at the first observation from a date on and at the
// last one, or the range of several cases at the end.
func titleOfChange(subject string, all []series, from float64, f chart.Format) string {
	if all = mainSeries(all); len(all) == 1 {
		s := all[0]
		end, v := last(s.path.date, s.path.mean)
		for i, d := range s.path.date {
			if d >= from-1e-6 && d < end && !math.IsNaN(s.path.mean[i]) {
				return fmt.Sprintf("%s: %s %s, %s %s", subject, f(s.path.mean[i], 0), chart.When(d), f(v, 0), chart.When(end))
			}
		}
		return fmt.Sprintf("%s: %s %s", subject, f(v, 0), chart.When(end))
	}
	var final chart.Extent
	at, _ := last(all[0].path.date, all[0].path.mean)
	for _, s := range all {
		if end, v := last(s.path.date, s.path.mean); end == at {
			final.Add(false, v)
		} else {
			return subject + " by case"
		}
	}
	return fmt.Sprintf("%s by case: %s to %s %s", subject, f(final.Lo, 0), f(final.Hi, 0), chart.When(at))
}
