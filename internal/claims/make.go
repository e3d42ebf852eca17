package claims

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"path/filepath"
	"strconv"

	"simulate/sim/experiment/analysis"
	"simulate/sim/experiment/results"
	"simulate/sim/experiment/run"
	"simulate/sim/table"
)

// header names the columns of the data.
var header = []string{"figure", "identity", "n", "mean", "se"}

// Make runs all experiments with jobs runs at a time (0: one per processor) and returns the data as
// CSV: a row per figure with its mean over replications and the standard error of that mean.
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
	for _, e := range experiments {
		s, err := e.spec()
		if err != nil {
			return nil, err
		}
		s.Jobs = jobs
		err = run.Throwaway(ctx, s, func(o *results.Outcome) error {
			for _, f := range figuresOf(e.name) {
				v, err := f.take(e, o)
				if err != nil {
					return fmt.Errorf("%s: %w", f.name, err)
				}
				cells := []string{f.name, identities[e.name], strconv.Itoa(v.n), table.FormatNumber(v.mean),
					table.FormatNumber(v.se)}
				if err := w.Write(cells); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("%s: %w", e.name, err)
		}
	}
	w.Flush()
	return b.Bytes(), w.Error()
}

// figuresOf lists the figures that an experiment gives.
func figuresOf(experiment string) (out []figure) {
	for _, c := range claims {
		for _, f := range c.figures {
			if f.experiment == experiment {
				out = append(out, f)
			}
		}
	}
	return out
}

// take reads a figure off an experiment: of a lab in the last case, or the effect of the last case
// against the first.
func (f figure) take(e experiment, o *results.Outcome) (value, error) {
	last := e.cases[len(e.cases)-1]
	factor := f.factor
	if factor == 0 {
		factor = 1
	}
	if f.lab != "" {
		t, err := table.Read(filepath.Join(o.Dir, "labs.csv"))
		if err != nil {
			return value{}, err
		}
		rows := t.Where("case", last).Where("lab", f.lab).Where("date", f.on)
		d := analysis.Paired(make([]float64, rows.Len()), rows.Number(f.column))
		return value{d.Replications, factor * d.Change.Value, factor * d.SE}, nil
	}
	d := analysis.Paired(o.Values(e.cases[0], f.metric, f.on), o.Values(last, f.metric, f.on))
	if f.share {
		factor /= d.Base
	}
	return value{d.Replications, factor * d.Change.Value, factor * d.SE}, nil
}
