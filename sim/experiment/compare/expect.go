package compare

import (
	"fmt"
	"math"
	"slices"

	"simulate/internal/quantity"
	"simulate/sim"
	"simulate/sim/experiment/analysis"
	"simulate/sim/experiment/results"
	"simulate/sim/portable"
	"simulate/sim/scenario"
	"simulate/sim/table"
)

// Verdict is a pattern that a scenario expects, held against results.
type Verdict struct {
	Expectation scenario.Expectation
	Case        string
	Date        string  // ISO, as in the tables
	Value       float64 // NaN where there is none
	SE          float64 // of the value by the luck of runs, of a comparison paired by replication; NaN where it has none
	OK          bool    // the value lies within the bounds
	// Share of the runs whose own value lies within the bounds, and their number; NaN and 0 where runs
	// have none.
	Share  float64
	Runs   int
	N      int    // replications behind the value; 0 where it has no standard error
	Reason string // why there is no value
}

// KnownMisfit tells whether the pattern is not met, as it says of itself.
func (v Verdict) KnownMisfit() bool { return v.Expectation.Misfit != "" && !v.OK && v.Reason == "" }

// Missed tells whether the pattern counts as missed: it is not met, or it is met although it says
// that it is not.
func (v Verdict) Missed() bool { return v.OK == (v.Expectation.Misfit != "") || v.Reason != "" }

// Undecided tells whether the pattern is met and the 95 % interval of the value, by the luck of
// runs, reaches over a bound: other runs could miss it.
func (v Verdict) Undecided() bool {
	if !v.OK || !(v.SE > 0) {
		return false
	}
	reach := float64(v.SE * portable.StudentQuantile(0.975, max(1, float64(v.N-1))))
	return v.Value-reach < v.Expectation.Low || v.Value+reach > v.Expectation.High
}

// Count says how many of some patterns are met, known misfits, those that are undecided and those
// that test nothing apart.
func Count(verdicts []Verdict) string {
	met, of, misfits, given, undecided := 0, 0, 0, 0, 0
	for _, v := range verdicts {
		switch {
		case v.KnownMisfit():
			misfits++
		case v.Expectation.Given != "" && v.OK:
			given++
		case v.Undecided() && !v.Missed():
			of++
			undecided++
		default:
			of++
			if !v.Missed() {
				met++
			}
		}
	}
	text := fmt.Sprintf("%s of %s met", quantity.Count(met), quantity.Plural(of, "pattern"))
	if undecided > 0 {
		text += fmt.Sprintf(", %s undecided", quantity.Count(undecided))
	}
	if misfits > 0 {
		text += fmt.Sprintf(", beside %s", quantity.Plural(misfits, "known misfit"))
	}
	if given > 0 {
		verbs := "test nothing and do"
		if given == 1 {
			verbs = "tests nothing and does"
		}
		text += fmt.Sprintf(", and %s that %s not count", quantity.Count(given), verbs)
	}
	return text + "."
}

// Check holds patterns against the results. One that names no case is about own, the case of the
// scenario that states it. Bounds are inclusive unless a pattern in words says otherwise.
func (o *Outcome) Check(own string, expect []scenario.Expectation) []Verdict {
	var out []Verdict
	for _, e := range expect {
		v := Verdict{Expectation: e, Case: e.Case, Date: quantity.LastDay(e.At), Value: math.NaN(), SE: math.NaN(),
			Share: math.NaN()}
		if v.Case == "" {
			v.Case = own
		}
		dates, known := o.Dates(v.Case), o.Known(v.Case)
		switch {
		case !known:
			v.Reason = fmt.Sprintf("there are no results of a case %q", v.Case)
		case !slices.Contains(dates, v.Date):
			v.Reason = v.Date + " is not recorded; --record step records every step"
		default:
			v.Value, v.SE, v.N, v.Reason = o.expected(v)
			if v.Reason == "" && math.IsNaN(v.Value) {
				v.Reason = "it is not defined at that date"
			}
		}
		v.OK = e.Met(v.Value)
		if v.Reason == "" {
			v.Share, v.Runs = o.within(v)
		}
		out = append(out, v)
	}
	return out
}

// expected is the value that a pattern is about, a statistic of the replications or a comparison of
// means, with its standard error by the luck of runs and their number.
func (o *Outcome) expected(v Verdict) (value, se float64, n int, reason string) {
	e := v.Expectation
	none := math.NaN()
	stats := func(date, metric string) results.Stats { return o.Stats(v.Case, date, metric) }
	values := o.byRun(v)
	if e.Part() != "" {
		name := results.SegmentSummaryTable
		if e.Lab != "" {
			name = results.LabsSummaryTable
		}
		of, err := o.Parts(name)
		if err != nil {
			return none, none, 0, err.Error()
		}
		stats = func(date, metric string) results.Stats { return of.At(v.Case, date, e.Part(), metric) }
	}
	mean := func(date, metric string) float64 { return stats(date, metric).Mean }
	switch {
	case e.Against != "":
		base := e.Base(v.Case)
		if !o.Known(base) {
			return none, none, 0, fmt.Sprintf("there are no results of the scenario %q that it is held against", base)
		}
		d, err := o.Difference(base, v.Case, e.Metric, v.Date)
		if err != nil {
			return none, none, 0, err.Error()
		}
		return d.Change.Value, d.SE, d.Replications, ""
	case e.Minus != "":
		value = mean(v.Date, e.Metric) - mean(v.Date, e.Minus)
		se, n = pairedError(values(v.Date, e.Minus), values(v.Date, e.Metric))
		return value, se, n, ""
	case !math.IsNaN(e.Since):
		since := quantity.LastDay(e.Since)
		if !slices.Contains(o.Dates(v.Case), since) {
			return none, none, 0, since + " is not recorded; --record step records every step"
		}
		now, then := mean(v.Date, e.Metric), mean(since, e.Metric)
		if e.PerYear { // of the ratio of means, in logs: the error of x/x̄ − y/ȳ over replications
			years := e.At - e.Since
			value = portable.Pow(now/then, 1/years)
			se, n = pairedError(over(values(since, e.Metric), then), over(values(v.Date, e.Metric), now))
			return value, value * se / years, n, ""
		}
		se, n = pairedError(values(since, e.Metric), values(v.Date, e.Metric))
		return now - then, se, n, ""
	}
	s := stats(v.Date, e.Metric)
	if e.Stat != "mean" {
		return s.Of(e.Stat), none, 0, ""
	}
	return s.Mean, s.SD / math.Sqrt(float64(s.N)), s.N, ""
}

// byRun is how the values that a pattern is about are had by replication; none where the tables of
// runs were not kept.
func (o *Outcome) byRun(v Verdict) func(date, metric string) []float64 {
	e := v.Expectation
	switch {
	case e.Part() != "":
		runs := results.SegmentsTable
		if e.Lab != "" {
			runs = results.LabsTable
		}
		return func(date, metric string) []float64 {
			return o.PartValues(runs, results.PartKey{StatsKey: results.StatsKey{Case: v.Case, Date: date, Metric: metric},
				Part: e.Part()})
		}
	case o.ReadMarket() != nil:
		return func(string, string) []float64 { return nil }
	}
	return func(date, metric string) []float64 { return o.Values(v.Case, metric, date) }
}

// pairedError is the standard error of the mean difference of values by replication.
func pairedError(without, with []float64) (se float64, n int) {
	if len(without) != len(with) || len(with) == 0 {
		return math.NaN(), 0
	}
	d := analysis.Paired(without, with)
	return d.SE, d.Replications
}

// over divides values by a number.
func over(values []float64, by float64) []float64 {
	out := slices.Clone(values)
	for i := range out {
		out[i] /= by
	}
	return out
}

// within is the share of the runs whose own value lies within the bounds of a pattern about a mean
// or median, and of how many.
func (o *Outcome) within(v Verdict) (share float64, runs int) {
	e := v.Expectation
	plain := e.Against == "" && e.Minus == "" && math.IsNaN(e.Since)
	values := o.byRun(v)
	if plain && e.Stat != "mean" && e.Stat != "q50" {
		return math.NaN(), 0
	}
	met := 0
	var other []float64
	switch {
	case e.Against != "":
		other = o.Values(e.Base(v.Case), e.Metric, v.Date)
	case e.Minus != "":
		other = values(v.Date, e.Minus)
	case !plain:
		other = values(quantity.LastDay(e.Since), e.Metric)
	}
	own := values(v.Date, e.Metric)
	if !plain && len(other) != len(own) {
		return math.NaN(), 0
	}
	for r, x := range own {
		switch {
		case e.PerYear:
			x = portable.Pow(x/other[r], 1/(e.At-e.Since))
		case !plain:
			x -= other[r]
		}
		if math.IsNaN(x) {
			continue
		}
		runs++
		if e.Met(x) {
			met++
		}
	}
	if runs < 2 {
		return math.NaN(), 0
	}
	return float64(met) / float64(runs), runs
}

// Bounds are what the pattern allows, in words.
func (v Verdict) Bounds() string {
	number := func(x float64) string { return quantity.FourDigits(x, v.unit()) }
	e := v.Expectation
	low, high := "at least ", "at most "
	if e.LowStrict {
		low = "more than "
	}
	if e.HighStrict {
		high = "less than "
	}
	switch {
	case math.IsInf(e.Low, -1):
		return high + number(e.High)
	case math.IsInf(e.High, 1):
		return low + number(e.Low)
	case e.LowStrict || e.HighStrict:
		return low + number(e.Low) + " and " + high + number(e.High)
	default:
		return number(e.Low) + " to " + number(e.High)
	}
}

// unit is that of the pattern's value.
func (v Verdict) unit() string {
	e := v.Expectation
	switch {
	case e.PerYear:
		return ""
	case e.Lab != "":
		for _, m := range sim.LabVariables() {
			if m.Name == e.Metric {
				return m.Unit
			}
		}
	case e.Segment != "":
		for _, m := range sim.SegmentMetrics {
			if m.Name == e.Metric {
				return m.Unit
			}
		}
	}
	_, unit := metricWords(e.Metric)
	return unit
}

func (v Verdict) String() string {
	e := v.Expectation
	what := fmt.Sprintf("%s: %s at %s", v.Case, e.Subject(), v.Date)
	number := func(x float64) string { return quantity.FourDigits(x, v.unit()) }
	bounds, bound := v.Bounds(), e.Low
	if v.Value > e.High || math.IsInf(e.Low, -1) {
		bound = e.High
	}
	if v.Reason != "" {
		return fmt.Sprintf("%s: %s (expected %s)", what, v.Reason, bounds)
	}
	value := number(v.Value)
	if !v.OK && value == number(bound) { // beyond it by less than is shown
		value = quantity.Minus(table.FormatNumber(v.Value))
	}
	value += unitWord(v.unit())
	if v.SE > 0 {
		value += " (s.e. " + number(v.SE) + ")"
	}
	if v.Runs > 0 {
		bounds += fmt.Sprintf("; so are %s of %s", quantity.Share(v.Share), quantity.Plural(v.Runs, "run"))
	}
	verdict := "as expected"
	switch {
	case e.Given != "" && v.OK:
		return fmt.Sprintf("%s is %s (%s), which tests nothing: %s", what, value, bounds, e.Given)
	case v.KnownMisfit():
		return fmt.Sprintf("%s is %s, not as expected (%s); known misfit: %s", what, value, bounds, e.Misfit)
	case e.Misfit != "":
		return fmt.Sprintf("%s is %s (%s) and is met now; take misfit away", what, value, bounds)
	case !v.OK:
		verdict = "not as expected"
	case v.Undecided():
		verdict = "as expected but undecided, for its error reaches over the bound"
	}
	return fmt.Sprintf("%s is %s, %s (%s)", what, value, verdict, bounds)
}
