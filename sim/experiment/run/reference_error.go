package run

import (
	"context"
	"crypto/sha256"
	"math"

	"simulate/sim"
)

// The reference path is the mean of a number of runs, so that it has an error, and all replications
// of a case share it. What it makes of a level is measured. The reference runs are parted into
// groups, each group alone gives a reference, and a few replications are run again under each of
// these with the same luck. Levels so form a table, replications by groups, in which
//
//	level = mean + replication + group + rest.
//
// The variance between groups is (MS_groups − MS_rest)/replications (analysis of variance of a
// two-way table). The part MS_rest is taken off because an entry, an adoption or a sale that
// another reference brings about in one replication is luck, and the spread of replications holds
// it already. The reference of the case is the mean over all groups: the variance of its error is
// that between groups over their number.

// leastForReferenceError is the least number of replications with which the error of the reference
// is measured. With fewer luck is so much larger that it would add little.
const leastForReferenceError = 16

// againReplications is how many of n replications are run again under each group.
func againReplications(n int) int {
	if n < leastForReferenceError {
		return 0
	}
	return min(max(2, n/8), 8)
}

// byGroup returns the references that each group of reference runs alone would give: run k and
// every fewRuns-th after it, for a vector the k-th of its runs, moved by what the k-th group of its
// centre changes. It is empty where there is one reference run.
func (s *References) byGroup(ctx context.Context, w want) ([]*sim.Reference, error) {
	n := sim.ReferenceRuns(w.cfg)
	if n < 2 {
		return nil, nil
	}
	whole, err := s.of(ctx, w)
	if err != nil {
		return nil, err
	}
	key := s.key(w.cfg)
	var groups []*sim.Reference
	switch {
	case n <= fewRuns:
		own, err := s.runs(ctx, w.cfg, n, w.slots)
		if err != nil {
			return nil, err
		}
		groups = own.groups
	case !centred(w.cfg, w.centre) || key == s.key(w.centre):
		full, err := s.grouped(ctx, key, w.cfg, w.keep, w.slots)
		if err != nil {
			return nil, err
		}
		groups = full.groups
	default:
		centre := s.key(w.centre)
		at, err := s.grouped(ctx, centre, w.centre, true, w.slots)
		if err != nil {
			return nil, err
		}
		there, err := s.get(ctx, sha256.Sum256(append(centre[:], "few"...)), func(r *reference) (err error) {
			r.averaged, err = s.runs(ctx, w.centre, fewRuns, w.slots)
			return err
		})
		if err != nil {
			return nil, err
		}
		own, err := s.runs(ctx, w.cfg, fewRuns, w.slots)
		if err != nil {
			return nil, err
		}
		for k := range own.groups {
			groups = append(groups, sim.Correct(own.groups[k], w.cfg, at.groups[k], there.groups[k], w.centre))
		}
	}
	out := make([]*sim.Reference, len(groups))
	for k, g := range groups {
		out[k] = g.Clone()
		out[k].FillFrom(whole) // such as profits of a lab that has closed in the only run of a group
	}
	return out, nil
}

// referenceError is how far the levels of a case move with its reference, by column of a run's
// values.
type referenceError struct{ market, segments []errorPart }

// errorPart is a component of the variance of a mean with the degrees of freedom behind it.
type errorPart struct{ variance, freedom float64 }

// of is the part of a column, none where nothing was measured.
func of(parts []errorPart, column int) errorPart {
	if column < len(parts) {
		return parts[column]
	}
	return errorPart{variance: math.NaN()}
}

// measureReference runs replications of a case of n again under each group of its reference runs.
// It returns nothing where the reference has no error or the case too few replications.
func measureReference(ctx context.Context, e Experiment, engine *Engine, number, n int) (referenceError, error) {
	var none referenceError
	again := againReplications(e.order().of(number, n))
	if again == 0 || !e.measuresReference() {
		return none, nil
	}
	var market, segments *twoWay
	for replication := 1; replication <= again; replication++ {
		cfg, err := e.config(number, replication)
		if err != nil {
			continue // the run failed, as the table of runs says
		}
		keep := !e.drawn(number) && e.kept(number)
		groups, err := engine.References.byGroup(ctx, want{cfg, e.centre(number), keep, engine.slots})
		if err != nil || len(groups) == 0 {
			if ctx.Err() != nil {
				return none, context.Cause(ctx)
			}
			continue
		}
		rows := make([]*result, len(groups))
		err = engine.Each(ctx, len(groups), "", func(ctx context.Context, k int) (err error) {
			rows[k], err = observed(ctx, e, number, engine, Job{Config: cfg, Seed: e.seeded(),
				Replication: replication, Against: groups[k]})
			return err
		})
		if ctx.Err() != nil {
			return none, context.Cause(ctx)
		}
		if err != nil {
			continue
		}
		if market == nil {
			market, segments = newTwoWay(len(groups), len(rows[0].Market)), newTwoWay(len(groups), len(rows[0].Segments))
		}
		market.add(func(k int) []float64 { return rows[k].Market })
		segments.add(func(k int) []float64 { return rows[k].Segments })
	}
	if market == nil {
		return none, nil
	}
	return referenceError{market.between(), segments.between()}, nil
}

// twoWay gathers tables of replications by groups, one table a column.
type twoWay struct {
	groups int
	sum    [][]float64 // by group, then column: of departures from the replication's mean
	square []float64   // by column: of their squares
	rows   []int       // by column: replications in which all groups define it
}

func newTwoWay(groups, columns int) *twoWay {
	t := &twoWay{groups: groups, square: make([]float64, columns), rows: make([]int, columns)}
	for range groups {
		t.sum = append(t.sum, make([]float64, columns))
	}
	return t
}

// add takes a replication's values under each group.
func (t *twoWay) add(of func(group int) []float64) {
	for c := range t.square {
		mean := 0.0
		for k := range t.groups {
			mean += of(k)[c] / float64(t.groups)
		}
		if math.IsNaN(mean) || math.IsInf(mean, 0) {
			continue
		}
		t.rows[c]++
		for k := range t.groups {
			d := of(k)[c] - mean
			t.sum[k][c] += d
			t.square[c] += float64(d * d)
		}
	}
}

// between is by column the variance of the mean over groups, with its degrees of freedom by
// Satterthwaite's rule; NaN of a column with fewer than two replications.
func (t *twoWay) between() []errorPart {
	out := make([]errorPart, len(t.square))
	for c := range out {
		n, groups := float64(t.rows[c]), float64(t.groups)
		if out[c].variance = math.NaN(); n < 2 {
			continue
		}
		between := 0.0
		for k := range t.groups {
			between += t.sum[k][c] * t.sum[k][c] / n
		}
		rest := max(0, t.square[c]-between)
		freedom, others := groups-1, (groups-1)*(n-1)
		between, rest = between/freedom/(n*groups), rest/others/(n*groups)
		out[c] = errorPart{max(0, between-rest), math.Inf(1)}
		if e := between*between/freedom + rest*rest/others; e > 0 {
			out[c].freedom = out[c].variance * out[c].variance / e
		}
	}
	return out
}
