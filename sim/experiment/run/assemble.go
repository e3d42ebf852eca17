package run

import (
	"context"
	"math"
	"path/filepath"
	"slices"
	"strconv"

	"simulate/internal/quantity"
	"simulate/sim"
	"simulate/sim/experiment/results"
	"simulate/sim/table"
)

// assembly turns finished runs into the tables that an experiment asks for. It goes case by case,
// replication by replication, and holds little of a case in memory; its bytes depend on the runs
// alone.
type assembly struct {
	Experiment
	from         store
	engine       *Engine
	replications int
	list         []*table.Table // in the order of the manifest
	sheets       map[string]*results.Sheet
	dir          string
	row          table.Record
	failed       []results.Failure
	done         int // runs that were there

	vary   []float64 // values of the case's inputs
	market *columns  // of the case
	parts  *columns  // the same of segments
	labs   roll
	kept   map[string]*Sample // for the supplement
}

// keptCells is how large a table may be of those that are kept in memory for the sentences and
// figures that come next.
const keptCells = 1 << 19

// detailed are the tables that no sentence and no figure is made of.
var detailed = []string{results.SegmentsTable, results.LabsTable, results.LabSegmentsTable}

// assemble writes the tables into a folder from the first n replications of each case, with keep so
// that they are known as long as they are small.
func assemble(ctx context.Context, e Experiment, engine *Engine, from store, dir, format string, keep bool,
	n int) (*assembly, error) {
	a := &assembly{Experiment: e, from: from, engine: engine, replications: n, sheets: map[string]*results.Sheet{},
		dir:  dir,
		kept: map[string]*Sample{}}
	a.market, a.parts = newColumns(dir, marketValues), newColumns(dir, marketValues)
	a.labs.values = newColumns(dir, labValues)
	defer a.abort()
	metadata := []table.Pair{{Key: "experiment", Value: e.Name()}, {Key: "identity", Value: e.Identity()}, {Key: "model",
		Value: sim.Version}}
	a.list = e.tables()
	for _, t := range a.list {
		file := results.FileOf(t.Name, format)
		w, err := table.Create(filepath.Join(dir, file), t.Columns, metadata...)
		if err != nil {
			return nil, err
		}
		s := &results.Sheet{Writer: w, File: file}
		if keep && !slices.Contains(detailed, t.Name) {
			s.Kept = table.Keep(w, file, t.Columns, keptCells)
			s.Writer = s.Kept
		}
		if engine.Jobs > 1 {
			s.Writer = table.InBackground(s.Writer)
		}
		a.sheets[t.Name] = s
	}
	dictionary := results.DictionaryOf(a.list)
	a.sheets[results.DictionaryTable].Rows = dictionary.Len()
	if err := dictionary.WriteTo(a.sheets[results.DictionaryTable]); err != nil {
		return nil, err
	}
	if err := a.addInputs(); err != nil {
		return nil, err
	}
	for number := range e.order().cases {
		if err := a.addCase(ctx, number); err != nil {
			return nil, err
		}
	}
	if err := a.addDraws(ctx, n); err != nil {
		return nil, err
	}
	if err := a.supply(); err != nil {
		return nil, err
	}
	if err := a.pairPoints(ctx); err != nil {
		return nil, err
	}
	return a, a.close(ctx)
}

// close makes the tables whole.
func (a *assembly) close(ctx context.Context) error {
	return a.engine.Each(ctx, len(a.list), "", func(_ context.Context, i int) error {
		s := a.sheets[a.list[i].Name]
		err := s.Close()
		s.SHA256 = s.Sum()
		return err
	})
}

// abort drops what is not finished.
func (a *assembly) abort() {
	for _, s := range a.sheets {
		s.Abort()
	}
	for _, c := range []*columns{a.market, a.parts, a.labs.values} {
		c.close()
	}
	for _, s := range a.kept {
		s.close()
	}
}

// addCase writes the rows of a case and their summaries.
func (a *assembly) addCase(ctx context.Context, number int) error {
	if in := a.inputs(); in != nil {
		a.vary = a.values(number, a.vary)
		if a.point(a.row.Reset(), number) {
			a.varied()
			if err := a.sheets[DesignTable].Add(&a.row); err != nil {
				return err
			}
		}
	}
	a.market.reset()
	a.parts.reset()
	a.labs.reset(len(a.calendar(number)))
	var r result
	there := 0
	for replication := 1; replication <= a.order().of(number, a.replications); replication++ {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		found, err := a.from.read(a.order().run(number, replication), &r)
		if err != nil {
			return err
		}
		if !found {
			continue
		}
		there++
		if err := a.addRun(number, replication, &r); err != nil {
			return err
		}
	}
	if a.done += there; there == 0 {
		return a.pair(number)
	}
	e, err := measureReference(ctx, a.Experiment, a.engine, number, a.replications)
	if err != nil {
		return err
	}
	if err := a.summarize(ctx, number, e); err != nil {
		return err
	}
	a.keep(number)
	return a.pair(number)
}

// varied adds the values of what varies to a row.
func (a *assembly) varied() {
	for i, in := range a.inputs() {
		in.cell(&a.row, a.vary[i])
	}
}

// addRun writes the rows of a run and gathers its values.
func (a *assembly) addRun(number, replication int, r *result) error {
	if err := a.addStatus(number, replication, r); err != nil {
		return err
	}
	if r.Failed != "" {
		a.failed = append(a.failed, results.Failure{Case: a.caseID(number), Replication: replication, Error: r.Failed,
			Stack: r.Stack})
		return a.gather(nil)
	}
	if err := a.addRows(number, replication, r); err != nil {
		return err
	}
	return a.gather(r)
}

// addStatus writes the row of a run in the table of runs.
func (a *assembly) addStatus(number, replication int, r *result) error {
	sheet := a.sheets[RunsTable]
	if sheet == nil {
		return nil
	}
	status, replay := "ok", ""
	if r.Failed != "" {
		status, replay = "failed", a.replay(number, replication, a.vary)
	}
	calendar := a.calendar(number)
	a.mark(a.row.Reset(), number).Integer(int64(replication)).Text(strconv.FormatUint(a.seeded(),
		10)).Text(status).Text(calendar[len(calendar)-1].Date)
	a.varied()
	width := len(a.recorded().metrics)
	for i := range width {
		v := math.NaN()
		if r.Failed == "" {
			v = r.Market[len(r.Market)-width+i]
		}
		a.row.Number(v)
	}
	return sheet.Add(a.row.Text(r.Failed).Text(replay))
}

// addRows writes the rows of a run in the tables that are asked for.
func (a *assembly) addRows(number, replication int, r *result) error {
	begin := func(date string) *table.Record {
		return a.mark(a.row.Reset(), number).Integer(int64(replication)).Text(date)
	}
	put := func(name string, values []float64) error {
		for _, v := range values {
			a.row.Number(v)
		}
		return a.sheets[name].Add(&a.row)
	}
	calendar := a.calendar(number)
	width := len(a.recorded().metrics)
	segments := a.segments(number)
	for d, at := range calendar {
		if a.sheets[results.MarketTable] != nil {
			begin(at.Date)
			if err := put(results.MarketTable, r.Market[d*width:(d+1)*width]); err != nil {
				return err
			}
		}
		if a.sheets[results.SegmentsTable] == nil {
			continue
		}
		for k, id := range segments {
			begin(at.Date).Text(id)
			from := (d*len(segments) + k) * len(sim.SegmentMetrics)
			if err := put(results.SegmentsTable, r.Segments[from:from+len(sim.SegmentMetrics)]); err != nil {
				return err
			}
		}
	}
	if a.sheets[results.LabsTable] != nil {
		variables := sim.LabVariables()
		for i, at := range r.LabRows {
			who := r.Who[at.Lab]
			begin(calendar[at.Date].Date).Text(who.ID).Text(who.Region).Text(who.Archetype).Text(who.Openness)
			for k, v := range r.Labs[i*len(variables) : (i+1)*len(variables)] {
				if variables[k].Unit == "date" {
					a.row.Text(dayOrNone(v))
				} else {
					a.row.Number(v)
				}
			}
			if err := a.sheets[results.LabsTable].Add(&a.row); err != nil {
				return err
			}
		}
	}
	if a.sheets[results.LabSegmentsTable] != nil {
		standing := len(sim.PositionVariables)
		for i, at := range r.PositionRows {
			begin(calendar[at.Date].Date).Text(r.Who[at.Lab].ID).Text(segments[at.Segment])
			if err := put(results.LabSegmentsTable, r.Positions[i*standing:(i+1)*standing]); err != nil {
				return err
			}
		}
	}
	if a.sheets[results.EventsTable] != nil {
		for _, e := range r.Events {
			begin(e.Date).Text(e.Kind).Text(e.Subject).Text(e.Detail)
			if err := put(results.EventsTable, []float64{e.Value}); err != nil {
				return err
			}
		}
	}
	return nil
}

// dayOrNone is a date as a day, "" where there is none.
func dayOrNone(t float64) string {
	if math.IsNaN(t) || math.IsInf(t, 0) {
		return ""
	}
	return quantity.DayOf(t)
}

// gather keeps the values of a run for the case's summaries; nil stands for a run that failed.
func (a *assembly) gather(r *result) error {
	if r == nil {
		r = &result{}
	}
	if a.sheets[results.SummaryTable] != nil || a.keeps() {
		if err := a.market.add(r.Market); err != nil {
			return err
		}
	}
	if a.sheets[results.SegmentSummaryTable] != nil || a.keeps() {
		if err := a.parts.add(r.Segments); err != nil {
			return err
		}
	}
	if a.sheets[results.LabsSummaryTable] != nil {
		return a.labs.add(r)
	}
	return nil
}
