package whofinds

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"math"
	"slices"
	"strconv"

	"simulate/sim/experiment/analysis"
	"simulate/sim/experiment/results"
	"simulate/sim/experiment/run"
	"simulate/sim/table"
)

// header names the columns of the data.
var header = []string{"corner", "identity", "row", "date", "metric", "n", "base", "effect", "se", "median",
	"low_spread",
	"high_spread", "share_lower", "median_low", "median_high"}

// Make runs the table with jobs runs at a time (0: one per processor) and returns the data as CSV:
// a row per corner, row of the table, date and metric with the mean of the base, the mean effect
// with its standard error, and median with its 95 % interval, 5–95 % and the share below zero of
// the effect over pairs of runs. The effect of a metric in per cent is that of each pair on its own
// base.
func Make(ctx context.Context, jobs int) ([]byte, error) {
	identities, err := Identities()
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	if err := w.Write(header); err != nil {
		return nil, err
	}
	for i := range corners {
		if err := makeCorner(ctx, w, i, identities[i], jobs); err != nil {
			return nil, err
		}
	}
	w.Flush()
	return b.Bytes(), w.Error()
}

// makeCorner runs one corner and writes its rows.
func makeCorner(ctx context.Context, w *csv.Writer, corner int, identity string, jobs int) error {
	s, err := spec(corner)
	if err != nil {
		return err
	}
	s.Jobs = jobs
	reads := run.ReadSpec{Spec: s}
	for _, c := range s.Scenarios {
		for _, date := range dates {
			for _, m := range metrics {
				reads.Readings = append(reads.Readings, run.Reading{Case: c.Name, Date: date, Metric: m.name})
			}
		}
	}
	found, err := run.Readings(ctx, reads)
	if err != nil {
		return fmt.Errorf("corner %s: %w", corners[corner].name, err)
	}
	for _, r := range rows {
		for _, date := range dates {
			for _, m := range metrics {
				e := m.paired(found.Values(run.Reading{Case: base, Date: date, Metric: m.name}),
					found.Values(run.Reading{Case: r.scenario, Date: date, Metric: m.name}))
				cells := []string{corners[corner].name, identity, r.scenario, date, m.name, strconv.Itoa(e.n)}
				for _, v := range []float64{e.base, e.mean, e.se, e.median, e.low, e.high, e.lower, e.medianLow, e.medianHigh} {
					cells = append(cells, table.FormatNumber(v))
				}
				if err := w.Write(cells); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// effect is what a row changes in one metric at one date.
type effect struct {
	n                        int
	base, mean, se           float64
	median, low, high, lower float64
	medianLow, medianHigh    float64 // 95 % interval of the median
}

// paired are the differences of two cases, replication by replication, in per cent of the first
// where the metric is told so.
func (m metric) paired(without, with []float64) effect {
	zero, pairs := make([]float64, len(with)), make([]float64, len(with))
	e := effect{}
	for i := range pairs {
		if pairs[i] = with[i] - without[i]; m.percent {
			pairs[i] *= 100 / without[i]
		}
		if pairs[i] < 0 {
			e.lower++
		}
	}
	e.lower /= float64(len(pairs))
	d := analysis.Paired(zero, pairs)
	e.n, e.mean, e.se, e.base = d.Replications, d.Change.Value, d.SE, analysis.Paired(without, with).Base
	slices.Sort(pairs)
	e.median, e.low, e.high = results.Quantile(pairs, .5), results.Quantile(pairs, .05), results.Quantile(pairs, .95)
	// The order statistics between which the median lies in 95 % of samples, by the normal
	// approximation of the binomial.
	half, middle := .98*math.Sqrt(float64(len(pairs))), float64(len(pairs))/2
	e.medianLow = pairs[max(0, int(math.Floor(middle-half))-1)]
	e.medianHigh = pairs[min(len(pairs)-1, int(math.Ceil(middle+half)))]
	return e
}
