package run

import (
	"math"

	"simulate/sim"
	"simulate/sim/experiment/results"
)

// summarizeMarket writes the statistics of every metric at every date.
func (a *assembly) summarizeMarket(c *kase, runs []*run) error {
	for d, at := range c.calendar {
		for i, m := range sim.Metrics {
			a.row.Reset().Text(c.name).Text(at.Date).Text(m.Name)
			from := d*len(sim.Metrics) + i
			if err := a.describe(results.SummaryTable, true, len(runs), func(r int) float64 { return runs[r].Market[from] }); err != nil {
				return err
			}
		}
	}
	return nil
}

// summarizeSegments writes the statistics of every segment's metrics at every date.
func (a *assembly) summarizeSegments(c *kase, runs []*run) error {
	segments := c.cfg.Segments
	for d, at := range c.calendar {
		for k := range segments {
			for i, m := range sim.SegmentMetrics {
				a.row.Reset().Text(c.name).Text(at.Date).Text(segments[k].ID).Text(m.Name)
				from := (d*len(segments)+k)*len(sim.SegmentMetrics) + i
				if err := a.describe(results.SegmentSummaryTable, true, len(runs), func(r int) float64 { return runs[r].Segments[from] }); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// summarizeLabs writes the statistics of every lab's variables at every date. Labs of the scenario come first, then those that
// entered, in the order in which the replications first show them. A lab counts in the replications in which it is active.
func (a *assembly) summarizeLabs(c *kase, runs []*run) error {
	labs, rows := rollCall(runs)
	where := make([]int, len(runs)) // by replication: the lab's row at the date, −1 where it is not active
	for d, at := range c.calendar {
		for l, who := range labs {
			present := 0
			for r := range runs {
				row, ok := rows[r][labRow{int32(d), int32(l)}]
				if where[r] = row; !ok {
					where[r] = -1
					continue
				}
				present++
			}
			if present == 0 {
				continue
			}
			for v, variable := range sim.LabVariables() {
				a.row.Reset().Text(c.name).Text(at.Date).Text(who.ID).Text(who.Region).Text(who.Archetype).Text(who.Openness).Text(variable.Name)
				err := a.describe(results.LabsSummaryTable, false, len(runs), func(r int) float64 {
					if where[r] < 0 {
						return math.NaN()
					}
					return runs[r].Labs[where[r]*len(sim.LabVariables())+v]
				})
				if err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// rollCall numbers the labs of all runs and says, for each run, where the row of a date and lab is. What differs between the
// entrants that have one id in different runs is left empty.
func rollCall(runs []*run) (labs []labInfo, rows []map[labRow]int) {
	number := map[string]int32{}
	for _, r := range runs {
		local := make([]int32, len(r.Who)) // the run's own numbers, for entrants differ between runs
		for l, who := range r.Who {
			n, known := number[who.ID]
			if !known {
				n = int32(len(labs))
				number[who.ID] = n
				labs = append(labs, who)
			}
			labs[n] = labs[n].common(who)
			local[l] = n
		}
		at := make(map[labRow]int, len(r.LabRows))
		for row, key := range r.LabRows {
			at[labRow{key.Date, local[key.Lab]}] = row
		}
		rows = append(rows, at)
	}
	return labs, rows
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

// describe completes the row begun in a.row with the statistics of a value over n replications and adds it to a table.
func (a *assembly) describe(name string, withSE bool, n int, value func(r int) float64) error {
	a.sample = a.sample[:0]
	for r := range n {
		a.sample = append(a.sample, value(r))
	}
	s := results.Describe(a.sample)
	a.row.Integer(int64(s.N)).Number(s.Mean)
	if withSE {
		a.row.Number(s.SE)
	}
	a.row.Number(s.SD)
	for _, q := range s.Quantiles {
		a.row.Number(q)
	}
	return a.sheets[name].Add(&a.row)
}
