// Package expect compares what a scenario gives with the patterns that it says its results must show.
package expect

import (
	"context"
	"fmt"
	"math"
	"os"
	"path/filepath"

	"simulate/sim/experiment"
	"simulate/sim/scenario"
)

// Finding is a pattern and what came out.
type Finding struct {
	scenario.Expectation
	Date  string  // ISO date of the observation
	Value float64 // of the pattern's statistic; NaN where no replication defines it
	N     int     // replications behind it
}

// Met tells whether the value lies between the pattern's bounds.
func (f Finding) Met() bool { return f.Value >= f.Low && f.Value <= f.High }

// Check runs the scenario of spec, its only one, in a temporary folder and compares each of its patterns with the
// replications. Failed runs are an error.
func Check(ctx context.Context, spec experiment.Spec) ([]Finding, error) {
	s := spec.Scenarios[0]
	dir, err := os.MkdirTemp("", "simulate-check-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	spec.Out, spec.Record = filepath.Join(dir, "results"), "step" // so that every date of a pattern is there
	outcome, err := experiment.Run(ctx, spec)
	if err != nil {
		return nil, err
	}
	if failed := outcome.Manifest.Failed; len(failed) > 0 {
		return nil, fmt.Errorf("%d of the runs failed; the first: %s", len(failed), failed[0])
	}
	var out []Finding
	for _, e := range s.Expect {
		if e.Case != "" && e.Case != s.Name {
			continue
		}
		step := int(math.Round((e.At - s.Start) * float64(s.StepsPerYear)))
		f := Finding{Expectation: e, Date: outcome.Dates(s.Name)[step]}
		stats := outcome.Stats(s.Name, f.Date, e.Metric)
		f.N, f.Value = stats.N, statistic(stats, e.Stat)
		out = append(out, f)
	}
	return out, nil
}

// statistic picks one of scenario.ExpectationStats.
func statistic(s experiment.Stats, name string) float64 {
	switch name {
	case "mean":
		return s.Mean
	case "sd":
		return s.SD
	case "se":
		return s.SE
	}
	for i, quantile := range []string{"q05", "q25", "q50", "q75", "q95"} {
		if quantile == name {
			return s.Quantiles[i]
		}
	}
	return math.NaN()
}
