package compare

import (
	"fmt"
	"slices"
	"strings"

	"simulate/internal/quantity"
	"simulate/sim/experiment/analysis"
	"simulate/sim/experiment/results"
	"simulate/sim/experiment/run"
	"simulate/sim/table"
)

// tails are metrics of which few runs make the mean at a date, of levels and of what alternatives
// change.
type tails struct{ levels, effects []string }

// tailsAt looks for long tails at dates that at gives for each case.
func (o *Outcome) tailsAt(metrics []string, at func(name string) []string) (t tails) {
	if o.Manifest.Replications < 3 || o.ReadMarket() != nil {
		return t
	}
	note := func(list *[]string, metric string, values []float64) {
		if values = finite(values); !slices.Contains(*list, metric) && analysis.LongTail(values) {
			*list = append(*list, metric)
		}
	}
	for _, metric := range metrics {
		if !o.HasMetric(metric) {
			continue
		}
		for _, c := range o.Manifest.Cases {
			if c.Part {
				continue
			}
			base := ""
			if o.Manifest.Compare != nil {
				base = o.Manifest.Compare.Base(c.Name)
			}
			for _, date := range at(c.Name) {
				values := o.Values(c.Name, metric, date)
				note(&t.levels, metric, values)
				if base == "" {
					continue
				}
				var d []float64
				for r, v := range o.Values(base, metric, date) {
					if r < len(values) {
						d = append(d, values[r]-v)
					}
				}
				note(&t.effects, metric, d)
			}
		}
	}
	return t
}

// LongTails says of which main metrics the intervals of means at the end may hold less than they
// promise, for few runs make the mean: of levels and of what alternatives change, and of the first
// sentence's effect at its own date. It is "" where none does.
func (o *Outcome) LongTails() string {
	last := func(name string) []string {
		if dates := o.Dates(name); len(dates) > 0 {
			return dates[len(dates)-1:]
		}
		return nil
	}
	t := o.tailsAt(MainMetrics, last)
	var parts []string
	if len(t.effects) > 0 {
		parts = append(parts, "of the change in "+quoted(t.effects))
	}
	if len(t.levels) > 0 {
		parts = append(parts, "of the level of "+quoted(t.levels))
	}
	text := ""
	if len(parts) > 0 {
		text = fmt.Sprintf("At the end a long tail makes the mean of %s runs, so that its 95 %% interval may hold it less "+
			"often than promised: the mean %s. There the 5 to 95 %% of the runs say more, or more runs.",
			quantity.Count(o.Manifest.Replications), strings.Join(parts, ", and "))
	}
	if early := o.firstTails(); early != "" {
		text = strings.TrimSpace(early + " " + text)
	}
	return text
}

// quoted joins the titles of metrics, of which one may hold a comma.
func quoted(metrics []string) string {
	var titles []string
	for _, m := range metrics {
		title, _ := metricWords(m)
		titles = append(titles, "“"+title+"”")
	}
	return quantity.List(titles)
}

// firstTails says it of the effects on sales concentration of which the first sentences speak.
func (o *Outcome) firstTails() string {
	answers, err := o.Alternatives()
	if err != nil {
		return ""
	}
	var of []string
	for _, a := range answers {
		if a.Main() == a.End {
			continue // that of the end is among the others
		}
		at := func(name string) []string {
			if name == a.Case.Name {
				return []string{a.Main()}
			}
			return nil
		}
		if t := o.tailsAt([]string{salesHHI}, at); len(t.effects) > 0 {
			of = append(of, a.Case.Name)
		}
	}
	if len(of) == 0 {
		return ""
	}
	return fmt.Sprintf("The effect on sales concentration in the first sentence has a long tail over the %s pairs of "+
		"runs too (%s): the 95 %% interval of its mean may hold it less often than promised.",
		quantity.Count(o.Manifest.Replications), quantity.List(of))
}

// TailsIn says of which metrics in a table a long tail makes the mean, so that its interval may
// hold it less often than promised; "" where none does or the folder has no table market.
func (o *Outcome) TailsIn(metrics, dates []string, difference bool) string {
	t := o.tailsAt(metrics, func(name string) []string {
		return slices.DeleteFunc(slices.Clone(dates), func(d string) bool { return !slices.Contains(o.Dates(name), d) })
	})
	of := t.levels
	if difference {
		of = t.effects
	}
	if len(of) == 0 {
		return ""
	}
	return fmt.Sprintf("A long tail makes the mean of %s: its 95 %% interval may hold it less often than promised "+
		"(Cochran's rule).", quoted(of))
}

func finite(values []float64) []float64 {
	return slices.DeleteFunc(slices.Clone(values), func(v float64) bool { return v-v != 0 })
}

// TailsOverFutures says in how many futures of a comparison a long tail makes the mean of an effect
// at the last date; "" where in none.
func TailsOverFutures(dir string, m *results.Manifest, alternative, metric string) (text string, err error) {
	defer table.Misfit(&err)
	runs, err := m.Table(dir, run.RunsTable)
	if err != nil || !runs.Has(metric) {
		return "", err
	}
	type at struct{ point, replication string }
	base, with := map[at]float64{}, map[string][]float64{}
	cases, points, replications, values := runs.Text("case"), runs.Text("point"), runs.Text("replication"),
		runs.Number(metric)
	for i, name := range cases {
		if name == m.Futures.Base {
			base[at{points[i], replications[i]}] = values[i]
		}
	}
	for i, name := range cases {
		if name != alternative {
			continue
		}
		if v, found := base[at{points[i], replications[i]}]; found {
			with[points[i]] = append(with[points[i]], values[i]-v)
		}
	}
	long := 0
	for _, d := range with {
		if analysis.LongTail(finite(d)) {
			long++
		}
	}
	if long == 0 {
		return "", nil
	}
	return fmt.Sprintf("In %s of %s a long tail makes the mean effect on %s: there its 95 %% interval may hold it less "+
		"often than promised.", quantity.Count(long), quantity.Plural(len(with), "future"), metric), nil
}
