package report

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"simulate/internal/quantity"
	"simulate/sim/experiment/compare"
	"simulate/sim/experiment/results"
	"simulate/sim/table"
)

// All points of a sweep share their luck, replication by replication, so that points are held
// against each other in pairs. Where a policy varies, each point is held against the one of the
// same future in which the policy is off; else against the first point.

// pairing says against which point each is held.
type pairing struct {
	base    []int    // by point, −1 for one that is a base or has none
	futures []int    // a point without the policies, or the first, of each future
	as      []string // by point, what it is held as: the values of its levers, or of all inputs
	against string   // what all are held against
	off     bool     // the policies are off there
	levers  bool     // policies vary
}

// pair finds the point that each is held against. values are those of the inputs in the model's
// units, or by number of the word.
func (f *folder) pair(p *pointSet, design *table.Table) pairing {
	inputs := f.manifest.Sweep.Inputs
	lever := make([]bool, len(inputs))
	var out pairing
	for j, in := range inputs {
		lever[j] = results.IsPolicy(in.Path)
		out.levers = out.levers || lever[j]
	}
	key := func(i int, of func(j int) bool) string {
		var parts []string
		for j, in := range inputs {
			if of(j) {
				parts = append(parts, design.Text(in.Path)[i])
			}
		}
		return strings.Join(parts, "\x00")
	}
	said := func(i int, of func(j int) bool) string {
		if out.levers {
			return f.setting(inputs, func(j int) string { return p.inputs[i][j].Text })
		}
		var parts []string
		for j, in := range inputs {
			if of(j) {
				parts = append(parts, f.inputName(in.Path)+" "+p.inputs[i][j].Text)
			}
		}
		return strings.Join(parts, ", ")
	}
	isLever := func(j int) bool { return lever[j] || !out.levers }
	off := f.offPoints(design)
	out.off = slices.Contains(off, true)
	bases := map[string]int{} // by future
	first := ""
	for i := range p.ids {
		future := key(i, func(j int) bool { return !isLever(j) })
		if _, known := bases[future]; known || out.off && !off[i] {
			continue
		}
		if first == "" {
			first, out.against = key(i, isLever), said(i, isLever)
		}
		if out.off || key(i, isLever) == first {
			bases[future] = i
			out.futures = append(out.futures, i)
		}
	}
	for i := range p.ids {
		base, found := bases[key(i, func(j int) bool { return !isLever(j) })]
		if !found || base == i || off[i] {
			base = -1
		}
		out.base, out.as = append(out.base, base), append(out.as, said(i, isLever))
	}
	return out
}

// offPoints tells of each point whether all policies that vary are off: for each of them an input
// stands at the value at which its lever does nothing.
func (f *folder) offPoints(design *table.Table) []bool {
	idle := map[string][]bool{} // by policy
	for _, in := range f.manifest.Sweep.Inputs {
		parts := strings.Split(in.Path, ".")
		if len(parts) < 3 || parts[0] != "policies" {
			continue
		}
		if idle[parts[1]] == nil {
			idle[parts[1]] = make([]bool, design.Len())
		}
		own := f.main()
		if own == nil {
			continue
		}
		neutral, known := own.Neutral(in.Path)
		if !known {
			continue
		}
		l, _ := own.Knob(in.Path)
		for i, text := range design.Text(in.Path) {
			if v, err := l.ParseCell(text); err == nil && v == neutral {
				idle[parts[1]][i] = true
			}
		}
	}
	out := make([]bool, design.Len())
	for i := range out {
		out[i] = len(idle) > 0
		for _, at := range idle {
			out[i] = out[i] && at[i]
		}
	}
	return out
}

// effects are the paired effects on a metric, by case, each over the futures.
func (f *folder) pairedEffects(p *pointSet, by pairing, metric string) (groups [][]compare.Effect) {
	looks := 0
	for _, base := range by.base {
		if base >= 0 {
			looks++
		}
	}
	place := map[string]int{}
	for i, base := range by.base {
		if base < 0 {
			continue
		}
		x, y := paired(p.runs[metric][base], p.runs[metric][i])
		if len(x) == 0 {
			continue
		}
		e := compare.EffectOf(x, y, looks)
		e.Case, e.Against, e.Metric, e.Date, e.Point = by.as[i], by.against, metric, p.date, i+1
		if by.off {
			e.Against = "the same future without it"
		}
		k, known := place[e.Case]
		if !known {
			k = len(groups)
			place[e.Case], groups = k, append(groups, nil)
		}
		groups[k] = append(groups[k], e)
	}
	return groups
}

// paired are the values of replications that two points have in common.
func paired(a, b map[int]float64) (x, y []float64) {
	var replications []int
	for r := range a {
		if _, both := b[r]; both {
			replications = append(replications, r)
		}
	}
	slices.Sort(replications)
	for _, r := range replications {
		x, y = append(x, a[r]), append(y, b[r])
	}
	return x, y
}

// pairedParts are the table of paired effects on the first metric, and say against what.
func (f *folder) pairedParts(p *pointSet, by pairing, metric string, groups [][]compare.Effect) []part {
	if len(groups) == 0 {
		return []part{missing("No point is held against another.")}
	}
	title, unit, _ := metricWords(metric)
	what := strings.TrimSuffix(title+" ["+unit+"]", " []")
	g := &grid{Caption: fmt.Sprintf("%s at %s, pair by pair under the same luck", what, p.date),
		Columns: columns("point", "#held against point")}
	for _, in := range f.manifest.Sweep.Inputs {
		g.Columns = append(g.Columns, column{Title: f.inputName(in.Path), Number: true})
	}
	g.Columns = append(g.Columns, columns("#effect", "#95 % interval of the mean", "#nine of ten runs", "#noise saved")...)
	all := slices.Concat(groups...)
	slices.SortStableFunc(all, func(a, b compare.Effect) int { return a.Point - b.Point })
	for _, e := range all[:min(mostRows, len(all))] {
		i := e.Point - 1
		r := row{Cells: append([]cell{{Text: p.ids[i]}, {Text: p.ids[by.base[i]]}}, p.inputs[i]...)}
		r.Cells = append(r.Cells, cell{Text: signed(e.Change.Value), Strong: e.Clear}, cell{Text: between(e.Change.Low,
			e.Change.High)}, cell{Text: between(e.LowSpread, e.HighSpread)}, cell{Text: quantity.Share(e.VarianceSaved)})
		g.Rows = append(g.Rows, r)
	}
	g.Note = "Bold: told apart from 0 at 5 % over all points together."
	if len(all) > mostRows {
		g.Note = fmt.Sprintf("The first %d of %s. ", mostRows, quantity.Plural(len(all), "effect")) + g.Note
	}
	about := fmt.Sprintf("Each point is held against %s, under the same luck.", by.against)
	switch {
	case by.levers && by.off:
		about = fmt.Sprintf("Each point is held against the one of the same future without the policy: %s.",
			by.against)
	case by.levers:
		about = fmt.Sprintf("No point of the design is without the policy, so that each is held against %s in the same "+
			"future. With the value among those listed at which the lever does nothing, effects would be those of the policy.",
			by.against)
	}
	return []part{{Text: []text{{Text: about}}}, {Table: g}}
}

// futureOf names the future of a point by the inputs that are no levers.
func (f *folder) futureOf(p *pointSet, i int) string {
	var parts []string
	for j, in := range f.manifest.Sweep.Inputs {
		if !results.IsPolicy(in.Path) {
			parts = append(parts, f.inputName(in.Path)+" is "+p.inputs[i][j].Text)
		}
	}
	if len(parts) == 0 {
		return "all else is as in the scenario"
	}
	return strings.Join(parts, " and ")
}

// byReplication are the values of a metric by point and replication, those of failed runs left out.
func byReplication(runs *table.Table, at map[string]int, points int, metric string) []map[int]float64 {
	out := make([]map[int]float64, points)
	for i := range out {
		out[i] = map[int]float64{}
	}
	values, replications := runs.Number(metric), runs.Number("replication")
	for i, id := range runs.Text("case") {
		if k, known := at[id]; known && !math.IsNaN(values[i]) {
			out[k][int(replications[i])] = values[i]
		}
	}
	return out
}
