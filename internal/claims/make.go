package claims

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"strconv"

	"simulate/sim/experiment/analysis"
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
		rows, err := e.make(ctx, jobs)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", e.name, err)
		}
		for _, f := range figuresOf(e.name) {
			v := rows[f.name]
			cells := []string{f.name, identities[e.name], strconv.Itoa(v.n), table.FormatNumber(v.mean),
				table.FormatNumber(v.se)}
			if err := w.Write(cells); err != nil {
				return nil, err
			}
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

// make runs an experiment and takes its figures, by name.
func (e experiment) make(ctx context.Context, jobs int) (map[string]value, error) {
	s, err := e.spec()
	if err != nil {
		return nil, err
	}
	s.Jobs = jobs
	spec := run.ReadSpec{Spec: s}
	for _, f := range figuresOf(e.name) {
		without, with := f.reads(e)
		spec.Readings = append(spec.Readings, without, with)
	}
	found, err := run.Readings(ctx, spec)
	if err != nil {
		return nil, err
	}
	out := map[string]value{}
	for _, f := range figuresOf(e.name) {
		out[f.name] = f.take(e, found)
	}
	return out, nil
}

// reads are the values of which a figure is made: of the first and the last case, or of a lab in
// the last case alone.
func (f figure) reads(e experiment) (without, with run.Reading) {
	with = run.Reading{Case: e.cases[len(e.cases)-1], Date: f.on, Metric: f.metric}
	if f.lab != "" {
		with.Lab, with.Metric = f.lab, f.column
		return with, with
	}
	without = with
	without.Case = e.cases[0]
	return without, with
}

// take makes a figure: of a lab in the last case, or the effect of the last case against the first.
func (f figure) take(e experiment, found *run.Read) value {
	factor := f.factor
	if factor == 0 {
		factor = 1
	}
	without, with := f.reads(e)
	base := found.Values(without)
	if f.lab != "" {
		clear(base)
	}
	d := analysis.Paired(base, found.Values(with))
	if f.share {
		factor /= d.Base
	}
	return value{d.Replications, factor * d.Change.Value, factor * d.SE}
}
