package experiment

import (
	"fmt"
	"math"
	"slices"

	"simulate/sim/scenario"
	"simulate/sim/table"
)

// Verdict is a pattern that a scenario expects, held against results.
type Verdict struct {
	Expectation scenario.Expectation
	Case        string
	Date        string  // ISO, as in the tables
	Value       float64 // NaN where there is none
	OK          bool
	Reason      string // why there is no value
}

// Check holds patterns against the results. One that names no case is about own, the case of the scenario that states it.
// Bounds are inclusive.
func (o *Outcome) Check(own string, expect []scenario.Expectation) []Verdict {
	var out []Verdict
	for _, e := range expect {
		v := Verdict{Expectation: e, Case: e.Case, Date: lastDay(e.At), Value: math.NaN()}
		if v.Case == "" {
			v.Case = own
		}
		dates, known := o.dates[v.Case]
		switch {
		case !known:
			v.Reason = fmt.Sprintf("there are no results of a case %q", v.Case)
		case !slices.Contains(dates, v.Date):
			v.Reason = v.Date + " is not recorded; --record step records every step"
		default:
			v.Value = o.Stats(v.Case, v.Date, e.Metric).Of(e.Stat)
			if math.IsNaN(v.Value) {
				v.Reason = "it is not defined at that date"
			}
		}
		v.OK = v.Value >= e.Low && v.Value <= e.High
		out = append(out, v)
	}
	return out
}

// Of returns a statistic by its column in the summary tables, one of scenario.ExpectationStats; NaN for another name.
func (s Stats) Of(name string) float64 {
	switch name {
	case "mean":
		return s.Mean
	case "se":
		return s.SE
	case "sd":
		return s.SD
	}
	if i := slices.Index(levelNames[:], name); i >= 0 {
		return s.Quantiles[i]
	}
	return math.NaN()
}

func (v Verdict) String() string {
	e := v.Expectation
	what := fmt.Sprintf("%s: %s of %s at %s", v.Case, e.Stat, e.Metric, v.Date)
	bounds := ""
	switch {
	case math.IsInf(e.Low, -1):
		bounds = "at most " + table.FormatNumber(e.High)
	case math.IsInf(e.High, 1):
		bounds = "at least " + table.FormatNumber(e.Low)
	default:
		bounds = table.FormatNumber(e.Low) + " to " + table.FormatNumber(e.High)
	}
	if v.Reason != "" {
		return fmt.Sprintf("%s: %s (expected %s)", what, v.Reason, bounds)
	}
	verdict := "as expected"
	if !v.OK {
		verdict = "not as expected"
	}
	return fmt.Sprintf("%s is %.6g, %s (%s)", what, v.Value, verdict, bounds)
}
