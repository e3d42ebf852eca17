package scenario

import "math"

// Expectation is a pattern that the results are checked against.
type Expectation struct {
	Metric    string
	At        float64 // decimal year at which the observation ends: 2025 for `at: 2024-12`
	Low, High float64 // in the metric's unit; ∓Inf where open
	// LowStrict and HighStrict say that a value on the bound does not do, as only a condition in words
	// can.
	LowStrict, HighStrict bool
	Case                  string // "": every case
	Stat                  string // one of condition.Statistics
	Segment               string // the segment that it is about; "": the whole market
	Lab                   string // the lab that it is about, Metric being a variable of labs; "": the whole market
	Misfit                string // why it is known not to be met; "": it should be met
	Given                 string // why it tests nothing, as an identity, a fitted value or an input; "": it does
	Source                string // of the bounds; "": none is named
	Note                  string
	Where                 string // file:line of the pattern

	// At most one of the following turns the value into a comparison of means.
	Against string  // another scenario, or one of lessWords: the difference to it under common random numbers
	Since   float64 // the change since this date (decimal year, as At); NaN: none
	PerYear bool    // with Since: the yearly factor of growth instead of the change
	Minus   string  // another metric: the difference to it
}

// Part is the segment or lab that the pattern is about; "" for the whole market.
func (e Expectation) Part() string { return e.Segment + e.Lab }

// Base names the scenario that the pattern holds a scenario against.
func (e Expectation) Base(own string) string {
	if TakenOut(e.Against) != "" {
		return own + "." + e.Against
	}
	return e.Against
}

// Subject says in words what the pattern is about.
func (e Expectation) Subject() string {
	switch whole := e; {
	case e.Segment != "":
		whole.Segment = ""
		return whole.Subject() + " in " + e.Segment
	case e.Lab != "":
		whole.Lab = ""
		return whole.Subject() + " of " + e.Lab
	case TakenOut(e.Against) != "":
		return e.Metric + " less that without " + TakenOut(e.Against)
	case e.Against != "":
		return e.Metric + " less that of " + e.Against
	case e.Minus != "":
		return e.Metric + " less " + e.Minus
	case e.PerYear:
		return "yearly factor of " + e.Metric + " since the end of " + formatDate(e.Since-1.0/12)
	case !math.IsNaN(e.Since):
		return "change of " + e.Metric + " since the end of " + formatDate(e.Since-1.0/12)
	}
	return e.Stat + " of " + e.Metric
}
