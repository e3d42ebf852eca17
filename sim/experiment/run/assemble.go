package run

import (
	"context"
	"path/filepath"

	"simulate/sim"
	"simulate/sim/experiment/results"
	"simulate/sim/table"
)

// assembly turns the journal of finished runs into tables. It goes case by case, replication by replication, and holds one case in
// memory at a time; its bytes depend on the runs alone.
type assembly struct {
	*plan
	journal *journal
	sheets  map[string]*results.Sheet
	row     table.Record
	sample  []float64
	failed  []results.Failure
}

// tables writes every table into a folder from the first n replications of each case.
func (p *plan) tables(ctx context.Context, j *journal, dir string, n int) (*assembly, error) {
	a := &assembly{plan: p, journal: j, sheets: map[string]*results.Sheet{}}
	metadata := []table.Pair{{Key: "experiment", Value: p.name}, {Key: "identity", Value: p.identity()}, {Key: "model", Value: sim.Version}}
	defer func() {
		for _, s := range a.sheets {
			s.Abort()
		}
	}()
	for _, t := range p.outputs() {
		file := t.Name + "." + p.Format
		w, err := table.Create(filepath.Join(dir, file), t.Columns, metadata...)
		if err != nil {
			return nil, err
		}
		a.sheets[t.Name] = &results.Sheet{Writer: w, File: file}
	}
	dictionary := results.DictionaryOf(p.outputs())
	a.sheets[results.DictionaryTable].Rows = dictionary.Len()
	if err := dictionary.WriteTo(a.sheets[results.DictionaryTable]); err != nil {
		return nil, err
	}
	for i, c := range p.cases {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		if err := a.addCase(i, c, c.replications(n)); err != nil {
			return nil, err
		}
	}
	if err := a.supplement(n); err != nil {
		return nil, err
	}
	for _, s := range a.sheets {
		if err := s.Close(); err != nil {
			return nil, err
		}
	}
	return a, nil
}

// addCase writes the rows of a case and their summaries.
func (a *assembly) addCase(index int, c *kase, replications int) error {
	var runs []*run
	for r := 1; r <= replications; r++ {
		got, err := a.journal.read(runKey{index, r})
		if err != nil {
			return err
		}
		if got.Failure != nil {
			a.failed = append(a.failed, *got.Failure)
			continue
		}
		if err := a.addRun(c, r, got); err != nil {
			return err
		}
		got.Events = nil
		runs = append(runs, got)
	}
	for _, summarize := range []func(*kase, []*run) error{a.summarizeMarket, a.summarizeSegments, a.summarizeLabs} {
		if err := summarize(c, runs); err != nil {
			return err
		}
	}
	return nil
}

// addRun writes the rows of a run.
func (a *assembly) addRun(c *kase, replication int, r *run) error {
	begin := func(date string) *table.Record {
		return a.row.Reset().Text(c.name).Integer(int64(replication)).Text(date)
	}
	put := func(name string, values []float64) error {
		for _, v := range values {
			a.row.Number(v)
		}
		return a.sheets[name].Add(&a.row)
	}
	metrics, segmentMetrics, variables := len(sim.Metrics), len(sim.SegmentMetrics), len(sim.LabVariables())
	segments := c.cfg.Segments
	for d, at := range c.calendar {
		begin(at.Date)
		if err := put(results.MarketTable, r.Market[d*metrics:(d+1)*metrics]); err != nil {
			return err
		}
		for k := range segments {
			begin(at.Date).Text(segments[k].ID)
			from := (d*len(segments) + k) * segmentMetrics
			if err := put(results.SegmentsTable, r.Segments[from:from+segmentMetrics]); err != nil {
				return err
			}
		}
	}
	for i, at := range r.LabRows {
		who := r.Who[at.Lab]
		begin(c.calendar[at.Date].Date).Text(who.ID).Text(who.Region).Text(who.Archetype).Text(who.Openness)
		if err := put(results.LabsTable, r.Labs[i*variables:(i+1)*variables]); err != nil {
			return err
		}
	}
	standing := len(sim.PositionVariables)
	for i, at := range r.PositionRows {
		begin(c.calendar[at.Date].Date).Text(r.Who[at.Lab].ID).Text(segments[at.Segment].ID)
		if err := put(results.LabSegmentsTable, r.Positions[i*standing:(i+1)*standing]); err != nil {
			return err
		}
	}
	for _, e := range r.Events {
		begin(e.Date).Text(e.Kind).Text(e.Subject).Text(e.Detail)
		if err := put(results.EventsTable, []float64{e.Value}); err != nil {
			return err
		}
	}
	return nil
}
