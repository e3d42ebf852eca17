package main

import (
	"math"
	"strings"

	"simulate/plots"
	"simulate/plots/chart"
)

// cell states a statistic with its intervals.
func cell(m *plots.Measured, caseName, date, interval string) string {
	s, ok := m.At(caseName, date)
	if !ok {
		return "–"
	}
	return stated(m, s, interval)
}

// stated writes a statistic with the interval asked for.
func stated(m *plots.Measured, s plots.Statistic, interval string) string {
	ofMean, ofRuns := "", ""
	if !math.IsNaN(s.Low) {
		ofMean = " (" + m.Short(s.Low) + " to " + m.Short(s.High) + ")"
	}
	if s.N > 1 {
		ofRuns = " [" + m.Short(s.Q05) + " to " + m.Short(s.Q95) + "]"
	}
	switch interval {
	case "runs":
		return m.Short(s.Q50) + ofRuns
	case "both":
		return m.Short(s.Mean) + ofMean + ofRuns
	}
	return m.Short(s.Mean) + ofMean
}

// statedAs says what the cells of a table state, and of what the intervals are.
func statedAs(interval string) string {
	const ofMean = "95 % interval of the mean (Student's t over replications: its error of simulation)"
	switch interval {
	case "runs":
		return "Median; in brackets 5 to 95 % of the replications"
	case "both":
		return "Mean; in parentheses the " + ofMean + "; in brackets 5 to 95 % of the replications"
	}
	return "Mean; in parentheses the " + ofMean
}

// tableCaption says what is stated and of what the intervals are.
func tableCaption(difference bool, interval string, r *plots.Results) string {
	s := statedAs(interval)
	if difference {
		s = "Case less its base, replication by replication under the same luck. " + s
	}
	return s + ". " + strings.TrimSuffix(chart.Breakable(r.SourceLine()), ".") + "."
}
