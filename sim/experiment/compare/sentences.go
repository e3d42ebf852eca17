package compare

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"simulate/internal/quantity"
	"simulate/sim"
	"simulate/sim/experiment/analysis"
	"simulate/sim/experiment/results"
	"simulate/sim/table"
)

// PartEffect is a row of the table decomposition: one part of what a case changes.
type PartEffect struct {
	Case, Split, Part, Date, Metric string
	N                               int
	Change                          analysis.Estimate
	SE                              float64
}

// Decomposition reads the parts of what cases change; nothing where the folder splits none.
func (o *Outcome) Decomposition() (out []PartEffect, err error) {
	defer table.Misfit(&err)
	if o.Manifest.Compare == nil || len(o.Manifest.Compare.Splits) == 0 {
		return nil, nil
	}
	t, err := o.Table(decompositionTable)
	if err != nil {
		return nil, err
	}
	cases, splits, parts, dates, metrics := t.Text("case"), t.Text("split"), t.Text("part"), t.Text("date"),
		t.Text("metric")
	n, value, se, low, high := t.Number("n"), t.Number("effect"), t.Number("se"), t.Number("low"), t.Number("high")
	for i := range t.Len() {
		out = append(out, PartEffect{cases[i], splits[i], parts[i], dates[i], metrics[i], int(n[i]),
			analysis.Estimate{Value: value[i], Low: low[i], High: high[i]}, se[i]})
	}
	return out, nil
}

// MainMetrics are those that a comparison shows unless told otherwise.
var MainMetrics = []string{salesHHI, "hhi_compute_used", openLag, nearFrontier, entryTicket, "price_of_threshold",
	supplierRevenue, supplierValue}

// TellingDates are those at which a case is best compared: a year after the first shock or policy
// that differs, and the end, or the last date that its base has too.
func (o *Outcome) TellingDates(c results.Case) []string {
	dates := o.Dates(c.Name)
	if both := o.together(c.Base, c.Name); len(both) > 0 {
		dates = both
	}
	if len(dates) == 0 {
		return nil
	}
	end := dates[len(dates)-1]
	since := c.Departs
	if c.Since != nil {
		since = c.Since
	}
	if since != nil {
		if year := quantity.YearAfter(dates, since.Begun()); year != "" && year < end {
			return []string{year, end}
		}
	}
	return []string{end}
}

// Tell says in a sentence how a metric differs between two cases and where.
func (o *Outcome) Tell(a, b results.Case, metric string) string {
	title, unit := metricWords(metric)
	c := o.Contrast(a, b, metric)
	switch {
	case !c.common:
		return title + " is not compared: " + a.Name + " and " + b.Name + " have no dates in common."
	case len(c.Points) == 0:
		return title + " is not defined in both " + a.Name + " and " + b.Name + " at any date."
	}
	words := c.Words(inUnit(unit), unitWord(unit))
	does := c.says("it")
	if does == "" {
		return title + ": no clear difference between " + b.Name + " and " + a.Name + "; " + words + "."
	}
	return title + ": " + b.Name + " " + does + ", " + words + "."
}

// metricWords are title and unit of a metric.
func metricWords(name string) (title, unit string) {
	for _, m := range sim.Metrics {
		if m.Name == name {
			return m.Title, m.Unit
		}
	}
	return name, ""
}

// TellMain says each alternative's differences in the main metrics, what its policies cost where
// they do, and how each change that is split falls into its parts.
func (o *Outcome) TellMain() []string {
	return o.tell(slices.DeleteFunc(slices.Clone(MainMetrics), func(m string) bool { return m == CostMetric }), true)
}

// TellAll says the same of some metrics.
func (o *Outcome) TellAll(metrics []string) []string { return o.tell(metrics, false) }

func (o *Outcome) tell(metrics []string, costs bool) []string {
	var out []string
	cases := o.Manifest.Cases
	for _, k := range cases[1:] {
		if !slices.Contains(o.Manifest.Compare.Alternatives, k.Name) {
			continue
		}
		if text := o.TellEnds(cases[0], k); text != "" {
			out = append(out, text)
		}
		for _, metric := range metrics {
			out = append(out, o.Tell(cases[0], k, metric))
		}
		if text := o.TellCost(cases[0], k); costs && text != "" {
			out = append(out, text)
		}
	}
	for _, s := range o.Manifest.Compare.Splits {
		out = append(out, o.TellSplit(s, salesHHI)...)
	}
	return out
}

// inUnit is how a metric of a unit is written in prose.
func inUnit(unit string) func(float64) string {
	switch {
	case strings.HasPrefix(unit, "USD"):
		return quantity.Money
	case unit == "FLOP" || strings.HasPrefix(unit, "H100e"):
		return func(v float64) string { return quantity.TwoDigits(v) }
	}
	return func(v float64) string {
		if a := math.Abs(v); a > 0 && a < .95 {
			return quantity.TwoDigits(v)
		}
		return points(v)
	}
}

// unitWord is what follows the number.
func unitWord(unit string) string {
	switch {
	case unit == "USD/yr":
		return " a year"
	case unit == "USD/Mtok":
		return " per million tokens"
	case unit == "USD/H100e":
		return " per H100e"
	case unit == "months" || unit == "years" || unit == "OOM" || unit == "FLOP" || strings.HasPrefix(unit, "H100e"):
		return " " + unit
	}
	return ""
}

// noise is how large a difference must be, as a part of what is compared, to be more than the
// rounding of sums.
const noise = 1e-9

// Unrounded takes a difference that is the rounding of what is compared for none.
func Unrounded(change, base float64) float64 {
	if math.Abs(change) <= noise*math.Abs(base) {
		return 0
	}
	return change
}

// TellSplit says in sentences how what a case changes in a metric divides into its parts, at the
// dates where it is best compared. What is split is the difference to the first case, told before,
// or else to the case without events, which is named.
func (o *Outcome) TellSplit(s results.Split, metric string) []string {
	parts, err := o.Decomposition()
	if err != nil {
		return nil
	}
	title, unit := metricWords(metric)
	number := inUnit(unit)
	names := map[string]string{"assumptions": "by its assumptions", "policies": "by its events and policies",
		"access":      "by access (labs below " + quantity.Money(s.Threshold) + " a year)",
		"performance": "by performance (labs above)", interactionPart: "by both together"}
	against := ""
	if s.None != o.Manifest.Cases[0].Name {
		against = " against the same scenario without its events"
	}
	var out []string
	for _, c := range o.Manifest.Cases {
		if c.Name != s.Case {
			continue
		}
		for _, date := range o.TellingDates(c) {
			size := o.Stats(s.None, date, metric).Mean
			signedChange := func(v float64) string {
				if v = Unrounded(v, size); v == 0 {
					return "0"
				}
				return quantity.Signed(number(v))
			}
			var list []string
			total := math.NaN()
			for _, e := range parts {
				switch {
				case e.Case != s.Case || e.Split != s.Name() || e.Date != date || e.Metric != metric:
				case e.Part == totalPart:
					total = e.Change.Value
				case !math.IsNaN(e.Change.Value):
					list = append(list, signedChange(e.Change.Value)+" "+names[e.Part])
				}
			}
			if !math.IsNaN(total) && len(list) == 3 {
				out = append(out, fmt.Sprintf("%s, %s%s at %s: %s divides into %s.", title, s.Case, against, quantity.When(date),
					signedChange(total), quantity.List(list)))
			}
		}
	}
	return out
}
