package compare

import (
	"context"
	"math"

	"simulate/internal/quantity"
	"simulate/sim/experiment/results"
	"simulate/sim/experiment/run"
	"simulate/sim/scenario"
)

// Judge runs scenarios and holds the patterns of each against its runs, as Check does with a
// results folder: to the same verdicts, but of each run it keeps what patterns read, and there is
// no folder. log is as of run.ReadSpec. Its error is as of run.Readings.
func Judge(ctx context.Context, spec run.Spec, log func(identity string) (string, error)) (map[string][]Verdict,
	error) {
	r := run.ReadSpec{Spec: spec, Log: log}
	for _, s := range spec.Scenarios {
		for _, e := range s.Expect {
			readings := reads(s.Name, e)
			if r.Readings = append(r.Readings, readings...); e.Stat == "se" {
				r.Levels = append(r.Levels, readings[0].Case)
			}
		}
	}
	found, err := run.Readings(ctx, r)
	if err != nil {
		return nil, err
	}
	out, o := map[string][]Verdict{}, outcomeOf(found, r)
	for _, s := range spec.Scenarios {
		out[s.Name] = o.Check(s.Name, s.Expect)
	}
	return out, nil
}

// reads lists what a pattern of a scenario reads, the value that it is about first.
func reads(own string, e scenario.Expectation) []run.Reading {
	about := run.Reading{Case: e.Case, Date: quantity.LastDay(e.At), Metric: e.Metric, Segment: e.Segment, Lab: e.Lab}
	if about.Case == "" {
		about.Case = own
	}
	out := []run.Reading{about}
	other := about
	switch {
	case e.Against != "":
		other.Case = e.Base(about.Case)
	case e.Minus != "":
		other.Metric = e.Minus
	case !math.IsNaN(e.Since):
		other.Date = quantity.LastDay(e.Since)
	default:
		return out
	}
	return append(out, other)
}

// outcomeOf is an outcome of what was read.
func outcomeOf(found *run.Read, spec run.ReadSpec) *Outcome {
	o := results.ByHand(&results.Manifest{Replications: found.Replications})
	for _, s := range spec.Scenarios {
		if dates, known := found.Dates(s.Name); known {
			o.SetDates(s.Name, dates)
		}
	}
	segments, labs := results.PartStats{}, results.PartStats{}
	for _, at := range spec.Readings {
		key := results.StatsKey{Case: at.Case, Date: at.Date, Metric: at.Metric}
		switch {
		case at.Segment != "":
			part := results.PartKey{StatsKey: key, Part: at.Segment}
			segments[part] = found.Stats(at)
			o.SetPartValues(results.SegmentsTable, part, found.Values(at))
		case at.Lab != "":
			part := results.PartKey{StatsKey: key, Part: at.Lab}
			labs[part] = found.Stats(at)
			o.SetPartValues(results.LabsTable, part, found.Values(at))
		default:
			o.SetStats(key, found.Stats(at))
			o.SetValues(key, found.Values(at))
		}
	}
	o.SetParts(results.SegmentSummaryTable, segments)
	o.SetParts(results.LabsSummaryTable, labs)
	return Of(o)
}
