package plots

import (
	"fmt"
	"image/color"
	"math"
	"slices"
	"sort"
	"strings"

	"simulate/plots/chart"
)

// class is a lab, or the labs of a class that a scenario gives with a count (name#1, name#2, …).
type class struct {
	id, name string
	openness string
	labs     []*lab
	dates    []float64 // at which any of its labs is observed
	runs     float64   // replications of the case
	colour   color.NRGBA
	named    bool    // has a colour of its own
	highlit  bool    // the reader wants to see it
	own      bool    // of a scenario file of the reader's own
	weight   float64 // the largest share it ever holds of sales, of compute in use or of budgets, in any case
}

// classesOf joins the labs of a case into classes, in the table's order.
func (r *Results) classesOf(caseName string) []*class {
	var all []*class
	known := map[string]*class{}
	for _, l := range r.labs[caseName] {
		id, _, _ := strings.Cut(l.id, "#")
		c := known[id]
		if c == nil {
			c = &class{id: id, name: r.labName(caseName, id), openness: l.openness, colour: chart.LightGrey}
			known[id] = c
			all = append(all, c)
		}
		c.labs = append(c.labs, l)
		for _, p := range l.variable {
			c.dates = append(c.dates, p.date...)
		}
	}
	runs := mostRuns(r.labs[caseName])
	for _, c := range all {
		slices.Sort(c.dates)
		c.dates = slices.Compact(c.dates)
		c.runs = runs
		switch {
		case len(c.labs) > 1 && c.everywhere():
			c.name += fmt.Sprintf(" (%d)", len(c.labs))
		case len(c.labs) > 1: // as many as there are in the run with the most
			c.name += "s"
		}
	}
	return all
}

// labName is what figures call a lab: the name that its scenario gives, or its key in words where
// there is none or their font lacks letters of it.
func (r *Results) labName(caseName, id string) string {
	for _, c := range r.Manifest.Cases {
		if name := c.LabNames[id]; c.Name == caseName && name != "" && (r.anyLetter || chart.Unwritten(name) == "") {
			return name
		}
	}
	return words(id)
}

// mostRuns is the largest number of replications in which any lab is observed.
func mostRuns(labs []*lab) float64 {
	most := 1.0
	for _, l := range labs {
		for _, p := range l.variable {
			for _, n := range p.n {
				most = math.Max(most, n)
			}
		}
	}
	return most
}

// everywhere tells whether each of the class's labs is there in every replication at some date.
func (c *class) everywhere() bool {
	for _, l := range c.labs {
		if mostRuns([]*lab{l}) < c.runs {
			return false
		}
	}
	return true
}

// allClasses are the classes of every case, the weightiest over all cases first.
func (r *Results) allClasses() map[string][]*class {
	byCase := map[string][]*class{}
	weight := map[string]float64{}
	for _, c := range r.Manifest.Cases {
		byCase[c.Name] = r.classesOf(c.Name)
		for _, variable := range []string{"sales_share", "compute_used", "budget"} {
			weigh(byCase[c.Name], variable)
		}
		for _, cl := range byCase[c.Name] {
			weight[cl.id] = math.Max(weight[cl.id], cl.weight)
		}
	}
	few := len(r.own) <= mostOwnFirst && r.besideOthers(byCase)
	for _, classes := range byCase {
		for _, cl := range classes {
			cl.weight = weight[cl.id]
			cl.own = slices.Contains(r.own, cl.id)
			if slices.Contains(r.highlight, cl.id) || cl.own && few {
				cl.weight, cl.highlit = 1+cl.weight, true
			}
			if colour, ok := r.colours[cl.id]; ok {
				cl.colour, cl.named = colour, true
			}
		}
		sort.SliceStable(classes, func(i, j int) bool { return classes[i].weight > classes[j].weight })
	}
	return byCase
}

// weigh raises each class's weight to the largest share it ever holds of a variable.
func weigh(all []*class, variable string) {
	total := map[float64]float64{}
	sums := make([]map[float64]float64, len(all))
	for k, c := range all {
		sums[k] = map[float64]float64{}
		for _, d := range c.dates {
			if v := c.sum(variable, d); v > 0 {
				sums[k][d] = v
				total[d] += v
			}
		}
	}
	for k, c := range all {
		for d, v := range sums[k] {
			c.weight = math.Max(c.weight, v/total[d])
		}
	}
}

// sum adds the means of a variable over the class's labs at a date, a lab counting as zero in
// replications in which it does not exist; NaN when none is defined.
func (c *class) sum(variable string, date float64) float64 {
	total, any := 0.0, false
	for _, l := range c.labs {
		if p := l.variable[variable]; p != nil {
			if v := valueAt(p.date, p.mean, date) * valueAt(p.date, p.n, date) / c.runs; !math.IsNaN(v) {
				total, any = total+v, true
			}
		}
	}
	if !any {
		return math.NaN()
	}
	return total
}

// mean averages the means of a variable over those of the class's labs that exist in at least
// half the replications at a date; NaN when there is none.
func (c *class) mean(variable string, date float64) float64 {
	total, n := 0.0, 0.0
	for _, l := range c.labs {
		if p := l.variable[variable]; p != nil {
			if v := valueAt(p.date, p.mean, date); !math.IsNaN(v) && valueAt(p.date, p.n, date) >= c.runs/2 {
				total, n = total+v, n+1
			}
		}
	}
	return total / n
}

// means is mean at every date.
func (c *class) means(variable string, dates []float64) []float64 {
	out := make([]float64, len(dates))
	for i, d := range dates {
		out[i] = c.mean(variable, d)
	}
	return out
}

// datesOfAll are the dates at which any class is observed.
func datesOfAll(all []*class) []float64 {
	var dates []float64
	for _, c := range all {
		dates = append(dates, c.dates...)
	}
	slices.Sort(dates)
	return slices.Compact(dates)
}

// eachCase draws one chart for every case that has labs; the files of several cases carry their
// names. The classes come by weight, the largest first.
func (r *Results) eachCase(draw func(Case, []*class) (*chart.Chart, error)) ([]*chart.Chart, error) {
	var charts []*chart.Chart
	var reason error
	classes := r.allClasses()
	asked := r.Manifest.asked()
	for _, c := range asked {
		if len(r.labs[c.Name]) == 0 {
			continue
		}
		ch, err := draw(c, classes[c.Name])
		if err != nil {
			reason = err
			continue
		}
		if len(asked) > 1 {
			ch.Suffix = c.Name
			ch.Title += chart.Space + "· " + strings.ReplaceAll(c.label(), " ", chart.Space)
			ch.Source = r.Manifest.source(c)
		}
		charts = append(charts, ch)
	}
	switch {
	case len(charts) > 0:
		return charts, nil
	case reason != nil:
		return nil, reason
	}
	return nil, absent("there is no labs_summary table in %s, or it is empty", r.dir)
}

// caseMetric returns a metric's path of one case, nil where it is missing or empty.
func (r *Results) caseMetric(metric string, c Case) *path {
	if p := r.metrics[metric][c.Name]; p.defined() {
		return p
	}
	return nil
}

// shareOf averages the means of a variable over those of the class's labs that exist in at least
// half the replications at a date; NaN when there is none.
func (c *class) shareOf(variable string, date float64) float64 {
	total, n := 0.0, 0.0
	for _, l := range c.labs {
		if p := l.variable[variable]; p != nil {
			if v := valueAt(p.date, p.mean, date); !math.IsNaN(v) && valueAt(p.date, p.n, date) >= c.runs/2 {
				total, n = total+v, n+1
			}
		}
	}
	return total / n
}

// existing says which labs means show when some do not exist in every replication to the end.
func existing(all []*class) string {
	for _, c := range all {
		for _, l := range c.labs {
			n := 0.0
			for _, p := range l.variable {
				n = math.Max(n, p.n[len(p.n)-1])
			}
			if n < c.runs {
				return "; labs that exist in at least half of them"
			}
		}
	}
	return ""
}
