package run

import (
	"context"
	"errors"
	"io"
	"math"
	"path/filepath"
	"slices"

	"simulate/sim"
	"simulate/sim/experiment/results"
	"simulate/sim/table"
)

// The tables of a sweep besides market, summary and dictionary.
const (
	DesignTable = "design"
	RunsTable   = "runs"
)

// Tables describes the tables of the sweep's folder: the design; a row per run with the last values; with a rhythm, market as of a
// run; with replications, summary.
func (s *Sweep) Tables() []*table.Table {
	text := func(name, meaning string) table.Column {
		return table.Column{Name: name, Kind: table.Text, Meaning: meaning}
	}
	number := func(name, unit, meaning string) table.Column {
		return table.Column{Name: name, Kind: table.Number, Unit: unit, Meaning: meaning}
	}
	caseOf := text("case", "number of the point of the design, from 1")
	var inputs, metrics []table.Column
	for _, in := range s.inputs {
		meaning := "value of " + in.Path + " that varies: " + in.Spec
		column := number(in.Path, in.lever.TableUnit(), meaning)
		if in.lever.Textual() {
			column.Kind = table.Text
		}
		inputs = append(inputs, column)
	}
	for _, i := range s.metrics {
		m := sim.Metrics[i]
		metrics = append(metrics, number(m.Name, m.Unit, m.Meaning))
	}
	replication := table.Column{Name: "replication", Kind: table.Integer, Meaning: "number of the run within its case, from 1; equal numbers share their luck across cases"}
	date := text("date", "last day of the step (ISO); the first row is the day before the start")
	runs := []table.Column{caseOf, replication, {Name: "seed", Kind: table.Text, Meaning: "seed of all runs; with the replication it decides the luck of the run"},
		text("status", "ok, or failed: then the metrics are empty"), text("date", "last day of the run (ISO), at which the metrics are taken")}
	runs = slices.Concat(runs, inputs, metrics, []table.Column{text("error", "why the run failed"), text("replay", "command that repeats a failed run, in this folder")})
	out := []*table.Table{
		table.New(DesignTable, slices.Concat([]table.Column{caseOf}, inputs)...),
		table.New(RunsTable, runs...),
	}
	if len(s.calendar) > 1 {
		out = append(out, table.New(results.MarketTable, slices.Concat([]table.Column{caseOf, replication, date}, metrics)...))
	}
	for _, t := range results.Tables() {
		if t.Name == results.SummaryTable && s.replications > 1 {
			columns := slices.Clone(t.Columns)
			columns[0], columns[2].Meaning = caseOf, "a metric"
			out = append(out, table.New(results.SummaryTable, columns...))
		}
	}
	for _, t := range results.Tables() {
		if t.Name == results.DictionaryTable {
			out = append(out, table.New(results.DictionaryTable, t.Columns...))
		}
	}
	return out
}

// cell adds the value of an input to a row.
func (in *input) cell(r *table.Record, v float64) {
	if in.lever.Textual() {
		r.Text(in.lever.Cell(v))
	} else {
		r.Number(in.lever.ToTable(v))
	}
}

// sweepAssembly turns runs, handed over in order, into tables. It holds one case in memory at a time.
type sweepAssembly struct {
	*Sweep
	sheets map[string]*results.Sheet
	row    table.Record
	values []float64
	at     int               // case of values; −1: none
	kept   [][]float64       // by recorded value: one number per replication of the case
	failed []results.Failure // the first ones
	fails  int
	done   int
}

// listedFailures bounds how many failures a manifest names; the table of runs has all.
const listedFailures = 100

func (s *Sweep) assemble(dir, format string) (*sweepAssembly, error) {
	a := &sweepAssembly{Sweep: s, sheets: map[string]*results.Sheet{}, at: -1}
	metadata := []table.Pair{{Key: "experiment", Value: s.name}, {Key: "identity", Value: s.Identity()}, {Key: "model", Value: sim.Version}}
	tables := s.Tables()
	for _, t := range tables {
		file := t.Name + "." + format
		w, err := table.Create(filepath.Join(dir, file), t.Columns, metadata...)
		if err != nil {
			a.abort()
			return nil, err
		}
		a.sheets[t.Name] = &results.Sheet{Writer: w, File: file}
	}
	dictionary := a.sheets[results.DictionaryTable]
	for _, t := range tables {
		for _, c := range t.Columns {
			if err := dictionary.Add(a.row.Reset().Text(t.Name).Text(c.Name).Text(c.Unit).Text(c.Meaning)); err != nil {
				a.abort()
				return nil, err
			}
		}
	}
	if len(s.calendar)*len(s.metrics) > 0 && s.replications > 1 {
		a.kept = make([][]float64, len(s.calendar)*len(s.metrics))
	}
	return a, nil
}

func (a *sweepAssembly) abort() {
	for _, s := range a.sheets {
		s.Abort()
	}
}

// add writes the rows of the next run.
func (a *sweepAssembly) add(run int, r sweepRun) error {
	number, replication := run/a.replications, run%a.replications+1
	if number != a.at {
		if err := a.enter(number); err != nil {
			return err
		}
	}
	a.done++
	last := a.calendar[len(a.calendar)-1].Date
	name := a.CaseID(number)
	status := "ok"
	if r.failed != "" {
		status = "failed"
		if a.fails++; len(a.failed) < listedFailures {
			a.failed = append(a.failed, results.Failure{Case: name, Replication: replication, Error: r.failed})
		}
	}
	a.row.Reset().Text(name).Integer(int64(replication)).Text(formatSeed(a.seed)).Text(status).Text(last)
	a.inputCells()
	width := len(a.metrics)
	for i := range width {
		v := math.NaN()
		if r.failed == "" {
			v = r.values[len(r.values)-width+i]
		}
		a.row.Number(v)
	}
	replay := ""
	if r.failed != "" {
		replay = a.replay(a.values, replication)
	}
	if err := a.sheets[RunsTable].Add(a.row.Text(r.failed).Text(replay)); err != nil || r.failed != "" {
		return err
	}
	for i, v := range r.values {
		if a.kept != nil {
			a.kept[i] = append(a.kept[i], v)
		}
	}
	market := a.sheets[results.MarketTable]
	if market == nil {
		return nil
	}
	for d, at := range a.calendar {
		a.row.Reset().Text(name).Integer(int64(replication)).Text(at.Date)
		for _, v := range r.values[d*width : (d+1)*width] {
			a.row.Number(v)
		}
		if err := market.Add(&a.row); err != nil {
			return err
		}
	}
	return nil
}

func (a *sweepAssembly) inputCells() {
	for i := range a.inputs {
		a.inputs[i].cell(&a.row, a.values[i])
	}
}

// enter ends the case before and begins the next; cases whose runs are all missing still have their row in the design.
func (a *sweepAssembly) enter(number int) error {
	if err := a.leave(); err != nil {
		return err
	}
	for next := a.at + 1; next <= number && next < a.Cases(); next++ {
		a.values = a.Values(next, a.values)
		a.row.Reset().Text(a.CaseID(next))
		a.inputCells()
		if err := a.sheets[DesignTable].Add(&a.row); err != nil {
			return err
		}
	}
	a.at = number
	return nil
}

// leave writes the summary of the case.
func (a *sweepAssembly) leave() error {
	if a.at < 0 || a.kept == nil {
		return nil
	}
	name := a.CaseID(a.at)
	for d, at := range a.calendar {
		for i, m := range a.metrics {
			k := d*len(a.metrics) + i
			s := results.Describe(a.kept[k])
			a.kept[k] = a.kept[k][:0]
			a.row.Reset().Text(name).Text(at.Date).Text(sim.Metrics[m].Name).Integer(int64(s.N)).Number(s.Mean).Number(s.SE).Number(s.SD)
			for _, q := range s.Quantiles {
				a.row.Number(q)
			}
			if err := a.sheets[results.SummaryTable].Add(&a.row); err != nil {
				return err
			}
		}
	}
	return nil
}

// close completes the tables.
func (a *sweepAssembly) close() error {
	if err := a.enter(a.Cases()); err != nil {
		return err
	}
	for _, s := range a.sheets {
		if err := s.Close(); err != nil {
			return err
		}
	}
	return nil
}

// addShard adds the runs of a whole shard.
func (a *sweepAssembly) addShard(ctx context.Context, path string) error {
	r, err := ReadShard(path)
	if err != nil {
		return err
	}
	defer r.Close()
	for {
		run, got, err := r.Read()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		case ctx.Err() != nil:
			return context.Cause(ctx)
		}
		if err := a.add(run, got); err != nil {
			return err
		}
	}
}

// sweepFiles are the names of the tables of any sweep in a format.
func sweepFiles(format string) []string {
	var out []string
	for _, name := range []string{DesignTable, RunsTable, results.MarketTable, results.SummaryTable, results.DictionaryTable} {
		out = append(out, name+"."+format)
	}
	return out
}
