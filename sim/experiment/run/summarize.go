package run

import (
	"context"
	"iter"
	"math"
	"slices"

	"simulate/sim"
	"simulate/sim/experiment/results"
	"simulate/sim/table"
)

// summarize writes the statistics of a case: of every recorded metric, of those of every segment
// and of every lab's variables, at every date. The tables are written beside each other.
func (a *assembly) summarize(ctx context.Context, number int, e referenceError) error {
	tables := []func() error{ // the longest first
		func() error {
			return a.describe(ctx, number, results.LabsSummaryTable, a.labs.values, a.labRows(number))
		},
		func() error {
			return a.describe(ctx, number, results.SegmentSummaryTable, a.parts, a.segmentRows(number, e))
		},
		func() error { return a.describe(ctx, number, results.SummaryTable, a.market, a.marketRows(number, e)) },
	}
	return a.engine.Each(ctx, len(tables), "", func(_ context.Context, i int) error { return tables[i]() })
}

// summaryRow is a row of a summary table: a column of what is described, and what stands before its
// statistics.
type summaryRow struct {
	column int
	errors bool      // the table has standard errors
	shared errorPart // of them, that of the reference path, which replications share
	date   string
	of     string   // metric or variable
	part   string   // segment; "" in the other tables
	who    *labInfo // lab; nil in the other tables
}

func (a *assembly) marketRows(number int, e referenceError) iter.Seq[summaryRow] {
	metrics := a.recorded().metrics
	return func(yield func(summaryRow) bool) {
		for d, at := range a.calendar(number) {
			for i, m := range metrics {
				column := d*len(metrics) + i
				if !yield(summaryRow{column: column, errors: true, shared: of(e.market, column), date: at.Date,
					of: sim.Metrics[m].Name}) {
					return
				}
			}
		}
	}
}

func (a *assembly) segmentRows(number int, e referenceError) iter.Seq[summaryRow] {
	segments, metrics := a.segments(number), a.recorded().segments
	return func(yield func(summaryRow) bool) {
		for d, at := range a.calendar(number) {
			for k, id := range segments {
				for i, m := range metrics {
					column := (d*len(segments)+k)*len(metrics) + i
					if !yield(summaryRow{column: column, errors: true, shared: of(e.segments, column), date: at.Date,
						part: id, of: sim.SegmentMetrics[m].Name}) {
						return
					}
				}
			}
		}
	}
}

// labRows goes through the labs of the scenario first, then through those that entered, in the
// order in which the replications first show them. A lab counts in the replications in which it is
// active.
func (a *assembly) labRows(number int) iter.Seq[summaryRow] {
	return func(yield func(summaryRow) bool) {
		for d, at := range a.calendar(number) {
			for l := range a.labs.labs {
				if a.labs.present[l][d] == 0 {
					continue
				}
				for v, variable := range sim.LabVariables() {
					if variable.Unit == "date" { // which has no mean
						continue
					}
					if !yield(summaryRow{column: a.labs.column(l, d, v), date: at.Date, of: variable.Name,
						who: &a.labs.labs[l]}) {
						return
					}
				}
			}
		}
	}
}

// describedAtOnce bounds the rows whose statistics are in memory before they are written, and
// describedByOne is how many are worth a worker of their own.
const describedAtOnce, describedByOne = 4096, 256

// describe writes the rows of a summary table of a case, in their order, with the statistics of
// their columns, which workers compute beside each other.
func (a *assembly) describe(ctx context.Context, number int, name string, of *columns,
	rows iter.Seq[summaryRow]) error {
	if a.sheets[name] == nil {
		return nil
	}
	var block []summaryRow
	var stats []results.Stats
	var record table.Record
	write := func() error {
		stats = slices.Grow(stats[:0], len(block))[:len(block)]
		parts := (len(block) + describedByOne - 1) / describedByOne
		err := a.engine.Each(ctx, parts, "", func(_ context.Context, i int) (err error) {
			var sample []float64
			for k := i * describedByOne; k < min((i+1)*describedByOne, len(block)); k++ {
				if sample, err = of.column(block[k].column, sample[:0]); err != nil {
					return err
				}
				if stats[k] = results.Describe(sample); block[k].errors {
					stats[k].Share(block[k].shared.variance, block[k].shared.freedom)
				}
			}
			return nil
		})
		for k := 0; k < len(block) && err == nil; k++ {
			err = a.addSummary(&record, number, name, &block[k], &stats[k])
		}
		block = block[:0]
		return err
	}
	for row := range rows {
		if block = append(block, row); len(block) < describedAtOnce {
			continue
		}
		if err := write(); err != nil {
			return err
		}
	}
	return write()
}

// addSummary writes a row of a summary table.
func (a *assembly) addSummary(r *table.Record, number int, name string, row *summaryRow, s *results.Stats) error {
	a.mark(r.Reset(), number).Text(row.date)
	if row.part != "" {
		r.Text(row.part)
	}
	if row.who != nil {
		r.Text(row.who.ID).Text(row.who.Region).Text(row.who.Archetype).Text(row.who.Openness)
	}
	r.Text(row.of).Integer(int64(s.N)).Number(s.Mean)
	if row.errors {
		r.Number(s.SE).Number(s.Shared).Number(s.Low).Number(s.High)
	}
	r.Number(s.SD)
	for _, q := range s.Quantiles {
		r.Number(q)
	}
	return a.sheets[name].Add(r)
}

// roll numbers the labs of all runs of a case and gathers their variables, by lab, date and
// variable. What differs between the entrants that have one id in different runs is left empty.
type roll struct {
	dates   int
	labs    []labInfo
	number  map[string]int
	present [][]int // by lab and date: runs in which it is active
	values  *columns
	row     []float64
}

func (c *roll) reset(dates int) {
	c.dates, c.labs, c.number, c.present = dates, c.labs[:0], map[string]int{}, c.present[:0]
	c.values.reset()
}

// column is where a variable of a lab at a date lies in a row.
func (c *roll) column(lab, date, variable int) int {
	return (lab*c.dates+date)*len(sim.LabVariables()) + variable
}

// add takes the labs of a run.
func (c *roll) add(r *result) error {
	local := make([]int, len(r.Who)) // the run's own numbers, for entrants differ between runs
	for l, who := range r.Who {
		n, known := c.number[who.ID]
		if !known {
			n = len(c.labs)
			c.number[who.ID] = n
			c.labs = append(c.labs, who)
			c.present = append(c.present, make([]int, c.dates))
		}
		c.labs[n] = c.labs[n].common(who)
		local[l] = n
	}
	variables := len(sim.LabVariables())
	c.row = c.row[:0]
	for i, at := range r.LabRows {
		lab := local[at.Lab]
		c.present[lab][at.Date]++
		from := c.column(lab, int(at.Date), 0)
		for len(c.row) < from+variables {
			c.row = append(c.row, math.NaN())
		}
		copy(c.row[from:], r.Labs[i*variables:(i+1)*variables])
	}
	return c.values.add(c.row)
}

// common keeps what two descriptions of a lab agree on.
func (a labInfo) common(b labInfo) labInfo {
	for _, f := range []struct {
		mine  *string
		other string
	}{{&a.Region, b.Region}, {&a.Archetype, b.Archetype}, {&a.Openness, b.Openness}} {
		if *f.mine != f.other {
			*f.mine = ""
		}
	}
	return a
}
