package run

import (
	"math"

	"simulate/sim"
	"simulate/sim/experiment/results"
)

// summarizeMarket writes the statistics of every recorded metric at every date.
func (a *assembly) summarizeMarket(number int, e referenceError) error {
	if a.sheets[results.SummaryTable] == nil {
		return nil
	}
	metrics := a.recorded().metrics
	for d, at := range a.calendar(number) {
		for i, m := range metrics {
			a.mark(a.row.Reset(), number).Text(at.Date).Text(sim.Metrics[m].Name)
			column := d*len(metrics) + i
			if err := a.describe(results.SummaryTable, a.market, column, of(e.market, column)); err != nil {
				return err
			}
		}
	}
	return nil
}

// summarizeSegments writes the statistics of every segment's metrics at every date.
func (a *assembly) summarizeSegments(number int, e referenceError) error {
	if a.sheets[results.SegmentSummaryTable] == nil {
		return nil
	}
	segments, metrics := a.segments(number), a.recorded().segments
	for d, at := range a.calendar(number) {
		for k, id := range segments {
			for i, m := range metrics {
				a.mark(a.row.Reset(), number).Text(at.Date).Text(id).Text(sim.SegmentMetrics[m].Name)
				column := (d*len(segments)+k)*len(metrics) + i
				if err := a.describe(results.SegmentSummaryTable, a.parts, column, of(e.segments, column)); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// summarizeLabs writes the statistics of every lab's variables at every date. Labs of the scenario
// come first, then those that entered, in the order in which the replications first show them. A
// lab counts in the replications in which it is active.
func (a *assembly) summarizeLabs(number int) error {
	if a.sheets[results.LabsSummaryTable] == nil {
		return nil
	}
	for d, at := range a.calendar(number) {
		for l, who := range a.labs.labs {
			if a.labs.present[l][d] == 0 {
				continue
			}
			for v, variable := range sim.LabVariables() {
				a.mark(a.row.Reset(), number).
					Text(at.Date).
					Text(who.ID).
					Text(who.Region).
					Text(who.Archetype).
					Text(who.Openness).
					Text(variable.Name)
				if err := a.describe(results.LabsSummaryTable, a.labs.values, a.labs.column(l, d, v)); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// describe completes the row begun in a.row with the statistics of a column and adds it to a table.
// Tables with a standard error give that of the reference path, which its replications share.
func (a *assembly) describe(name string, of *columns, column int, shared ...errorPart) (err error) {
	if a.sample, err = of.column(column, a.sample[:0]); err != nil {
		return err
	}
	s := results.Describe(a.sample)
	a.row.Integer(int64(s.N)).Number(s.Mean)
	for _, e := range shared {
		s.Share(e.variance, e.freedom)
		a.row.Number(s.SE).Number(s.Shared).Number(s.Low).Number(s.High)
	}
	a.row.Number(s.SD)
	for _, q := range s.Quantiles {
		a.row.Number(q)
	}
	return a.sheets[name].Add(&a.row)
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
