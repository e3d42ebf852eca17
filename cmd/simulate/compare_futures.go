package main

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"

	"simulate/internal/quantity"
	"simulate/plots"
	"simulate/plots/chart"
	"simulate/sim"
	"simulate/sim/experiment/compare"
	"simulate/sim/experiment/results"
	"simulate/sim/experiment/run"
	"simulate/sim/experiment/study"
	"simulate/sim/table"
)

// overFutures tells whether a comparison goes over a design of futures.
func overFutures(c *cli.Context) bool {
	return slices.ContainsFunc([]string{"vary", "design", "samples", "correlate"}, c.IsSet)
}

// compareFutures runs base and alternatives in every future of a design, and tells, tables and
// draws what the alternatives change.
func (p *program) compareFutures(c *cli.Context, spec *run.Spec, metrics []string) error {
	for _, name := range []string{"decompose", "budget-threshold", "until", "tables"} {
		if c.IsSet(name) {
			return usagef("--%s is for a comparison without a design; leave it out, or leave out --vary and --design", name)
		}
	}
	sweep, err := designOf(c, spec.Scenarios[0])
	if err != nil {
		return err
	}
	for _, s := range spec.Scenarios[1:] {
		for _, in := range sweep.Inputs {
			if _, found := s.Knob(in.Path); !found {
				return usagef("option --vary %s: %s has no such PATH, so that base and alternatives do not meet the same futures",
					in.Path, s.Name)
			}
		}
	}
	sweep.Metrics = metrics
	f, err := compare.NewFutures(spec.Scenarios, sweep)
	if err != nil {
		return err
	}
	at, err := results.FindDates(f.Dates(), split(c.StringSlice("at")))
	if err != nil {
		return err
	}
	if len(at) == 0 {
		at = f.Dates()[len(f.Dates())-1:]
	}
	size := fmt.Sprintf("%s in %s × %s = %s.", quantity.Plural(len(spec.Scenarios), "scenario"),
		quantity.Plural(f.Points(), "future"),
		quantity.Plural(f.Replications(), "replication"), quantity.Plural(f.Runs(), "run"))
	if c.IsSet("shards") {
		return p.writePlan(c, f, size)
	}
	o, done := p.sweepOptions(c)
	p.tell(c, []string{size})
	p.promise(continues)
	dir, _, err := run.Do(c.Context, f, p.sweepOutput(c), o)
	done()
	if err != nil {
		return err
	}
	return p.concludeFutures(c, dir, f, metrics, at)
}

// concludeFutures prints, tells and draws what the alternatives change in some metrics at some dates.
func (p *program) concludeFutures(c *cli.Context, dir string, f *run.Futures, metrics, at []string) error {
	m, effects, design, err := compare.ReadFutures(dir, nil)
	if err != nil {
		return err
	}
	shown := slices.DeleteFunc(effects, func(e compare.Effect) bool {
		return !slices.Contains(at, e.Date) || !slices.Contains(metrics, e.Metric)
	})
	v := &futuresView{m: m, design: design, dir: dir, f: f}
	if c.Bool("json") {
		if err := p.printJSON(v.json(shown)); err != nil {
			return err
		}
	} else if err := p.printFutures(v, shown, metrics); err != nil {
		return err
	}
	for _, group := range v.groups(shown, metrics) {
		p.tell(c, []string{compare.TellFutures(group, v.words)})
		if err := p.drawFutures(c, v, group); err != nil {
			return err
		}
		if err := p.tellDrivers(c, v, group); err != nil {
			return err
		}
	}
	if !c.Bool("quiet") {
		fmt.Fprintf(p.stderr, "Results in %s%c\n", dir, filepath.Separator)
	}
	if n := len(m.Missing); n > 0 && !c.Bool("quiet") {
		fmt.Fprintf(p.stderr, "The tables are partial: %s left out (%s).\n", quantity.Plural(n, "shard"),
			quantity.Ranges(m.Missing))
	}
	if n := m.Futures.Failed; n > 0 {
		return fmt.Errorf("%d of %d runs failed; %s names each with the command that repeats it", n, f.Runs(),
			filepath.Join(dir, "runs."+m.Format))
	}
	return nil
}

// futuresView is what is shown of a comparison over futures.
type futuresView struct {
	m      *results.Manifest
	design *table.Table
	dir    string
	f      *run.Futures
}

// words names a point by its values, as scenarios write them.
func (v *futuresView) words(point int) string {
	var parts []string
	values := v.f.Sweep.Values(point-1, nil)
	for j, path := range v.f.Paths() {
		parts = append(parts, path+" is "+v.f.Knob(j).Short(values[j], 3))
	}
	return strings.Join(parts, " and ")
}

// groups are the effects of one alternative, metric and date, by point.
func (v *futuresView) groups(effects []compare.Effect, metrics []string) (out [][]compare.Effect) {
	index := map[[3]string]int{}
	for _, metric := range metrics {
		for _, e := range effects {
			if e.Metric != metric {
				continue
			}
			k := [3]string{e.Case, e.Metric, e.Date}
			at, known := index[k]
			if !known {
				at = len(out)
				index[k], out = at, append(out, nil)
			}
			out[at] = append(out[at], e)
		}
	}
	return out
}

// mostPrinted is how many points a table on the terminal has.
const mostPrinted = 40

func (p *program) printFutures(v *futuresView, effects []compare.Effect, metrics []string) error {
	for i, group := range v.groups(effects, metrics) {
		if i > 0 {
			fmt.Fprintln(p.stdout)
		}
		header := append([]string{"point"}, v.f.Paths()...)
		header = append(header, group[0].Metric+" "+group[0].Date, group[0].Case, "effect", "95 % interval",
			"5 to 95 % of runs", "clear")
		var rows [][]string
		for _, e := range group[:min(len(group), mostPrinted)] {
			row := []string{strconv.Itoa(e.Point)}
			values := v.f.Sweep.Values(e.Point-1, nil)
			for j := range v.f.Paths() {
				row = append(row, v.f.Knob(j).Short(values[j], 3))
			}
			clear := "no"
			if e.Clear {
				clear = "yes"
			}
			rows = append(rows, append(row, quantity.Human(e.Base), quantity.Human(e.Alternative),
				quantity.Human(e.Change.Value), quantity.HumanInterval(e.Change.Low, e.Change.High),
				quantity.HumanInterval(e.LowSpread, e.HighSpread), clear))
		}
		if err := p.printTable(header, rows, true); err != nil {
			return err
		}
		if n := len(group); n > mostPrinted {
			fmt.Fprintf(p.stdout, "%s more; the table effects has all.\n", quantity.Plural(n-mostPrinted, "point"))
		}
	}
	return nil
}

func (v *futuresView) json(effects []compare.Effect) ordered {
	list := []ordered{}
	for _, e := range effects {
		inputs := ordered{}
		values := v.f.Sweep.Values(e.Point-1, nil)
		for j, path := range v.f.Paths() {
			inputs = append(inputs, pair{path, knobAsJSON(v.f.Knob(j), values[j])})
		}
		list = append(list, effectAsJSON(e, inputs))
	}
	return ordered{{"folder", v.dir}, {"base", v.m.Futures.Base}, {"alternatives", v.m.Futures.Alternatives}, {"design",
		v.m.Futures.Design}, {"effects", list}}
}

// tellDrivers says on which inputs the effect depends, luck apart, and draws it, where the design
// bears it.
func (p *program) tellDrivers(c *cli.Context, v *futuresView, group []compare.Effect) error {
	e := group[0]
	s, err := study.OpenStudy(v.dir, study.StudyOptions{Case: e.Case, Against: e.Against})
	if err != nil {
		return err
	}
	found, err := s.Sensitivity(e.Metric, e.Date, "first", "total")
	if err != nil {
		return nil // too few points, or an effect that is the same everywhere: the sentences before say so
	}
	p.tell(c, []string{"On what the effect depends: " + found.Sentences()[0]})
	b := sensitivityChart(s, found)
	b.Title = "On what the effect of " + e.Case + " on " + title(e.Metric) + " depends"
	return p.drawEffect(c, v, b, "effect_drivers", e)
}

// drawFutures draws the effect over one or two inputs, and in every future or the most telling
// ones.
func (p *program) drawFutures(c *cli.Context, v *futuresView, group []compare.Effect) error {
	first := group[0]
	unit := unitOfMetric(first.Metric)
	if words, known := map[string]string{"0–10,000": "points", "0–1": "share", "1": "", "count": ""}[unit]; known {
		unit = words
	}
	form := chart.Format(quantity.Plain)
	if strings.HasPrefix(unit, "USD") {
		form = quantity.Dollars
	}
	source := fmt.Sprintf("Source: simulate %s · %s · %s of %s", sim.Version, v.m.Name, quantity.Plural(v.f.Points(),
		"future"), quantity.Plural(v.f.Replications(), "replication"))
	heading := fmt.Sprintf("What %s changes in %s", first.Case, title(first.Metric))
	subtitle := fmt.Sprintf("Against %s, at %s; mean of paired differences under the same luck", first.Against,
		quantity.When(first.Date))
	of := func(e compare.Effect) plots.Effect {
		return plots.Effect{Interval: plots.Interval{Value: e.Change.Value, Low: e.Change.Low, High: e.Change.High},
			LowSpread: e.LowSpread, HighSpread: e.HighSpread, Clear: e.Clear}
	}
	if grid, ok := v.grid(); ok && len(v.f.Paths()) == 2 {
		m := plots.EffectMap{Title: heading, Subtitle: subtitle, Source: source, Names: [2]string(v.f.Paths()), Format: form}
		m.Values = [2][]string{grid.words[0], grid.words[1]}
		for range grid.words[0] {
			m.Cells = append(m.Cells, slices.Repeat([]plots.Effect{{Interval: plots.Interval{Value: math.NaN()}}},
				len(grid.words[1])))
		}
		for _, e := range group {
			at := grid.place[e.Point-1]
			m.Cells[at[0]][at[1]] = of(e)
		}
		if err := p.drawEffect(c, v, m.Chart(), "effect_map", first); err != nil {
			return err
		}
	}
	if len(v.f.Paths()) == 1 && !v.f.Knob(0).Textual() {
		l := plots.EffectLine{Title: heading, Subtitle: subtitle, Source: source, Unit: unit, Input: v.f.Paths()[0],
			InputUnit: v.f.Knob(0).TableUnit(), Names: []string{first.Case}, Format: form, Effects: [][]plots.Effect{nil}}
		sorted := slices.Clone(group)
		value := func(e compare.Effect) float64 { return v.f.Knob(0).ToTable(v.f.Sweep.Values(e.Point-1, nil)[0]) }
		slices.SortFunc(sorted, func(a, b compare.Effect) int { return cmpFloat(value(a), value(b)) })
		for _, e := range sorted {
			l.X, l.Effects[0] = append(l.X, value(e)), append(l.Effects[0], of(e))
		}
		if err := p.drawEffect(c, v, l.Chart(), "effect_line", first); err != nil {
			return err
		}
	}
	forest := plots.EffectForest{Title: heading, Subtitle: subtitle, Unit: unit, Source: source, Format: form}
	sorted := slices.Clone(group)
	slices.SortStableFunc(sorted, func(a, b compare.Effect) int { return cmpFloat(a.Change.Value, b.Change.Value) })
	if n := len(sorted); n > mostPrinted {
		few := make([]compare.Effect, mostPrinted)
		for k := range few {
			few[k] = sorted[k*(n-1)/(mostPrinted-1)]
		}
		sorted = few
		forest.Subtitle += fmt.Sprintf("; %d of %d futures, evenly from the order of the effect", mostPrinted, n)
	}
	for _, e := range sorted {
		forest.Names, forest.Effects = append(forest.Names, v.short(e.Point)), append(forest.Effects, of(e))
	}
	return p.drawEffect(c, v, forest.Chart(), "effect_forest", first)
}

func cmpFloat(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// short names a point by its values and the last words of PATHs.
func (v *futuresView) short(point int) string {
	var parts []string
	values := v.f.Sweep.Values(point-1, nil)
	for j, path := range v.f.Paths() {
		parts = append(parts, path[strings.LastIndexByte(path, '.')+1:]+" "+v.f.Knob(j).Short(values[j], 3))
	}
	return strings.Join(parts, ", ")
}

// lattice is a grid of values: their words by input, ascending, and the place of every point.
type lattice struct {
	words [2][]string
	place [][2]int
}

// grid finds the lattice of a design of two inputs in all combinations.
func (v *futuresView) grid() (lattice, bool) {
	var out lattice
	if len(v.f.Paths()) != 2 || v.m.Futures.Design != "grid" {
		return out, false
	}
	var values [2][]float64
	for i := range v.f.Points() {
		row := v.f.Sweep.Values(i, nil)
		for j := range 2 {
			if !slices.Contains(values[j], row[j]) {
				values[j] = append(values[j], row[j])
			}
		}
	}
	for j := range 2 {
		slices.Sort(values[j])
		for _, x := range values[j] {
			out.words[j] = append(out.words[j], v.f.Knob(j).Short(x, 3))
		}
	}
	for i := range v.f.Points() {
		row := v.f.Sweep.Values(i, nil)
		out.place = append(out.place, [2]int{slices.Index(values[0], row[0]), slices.Index(values[1], row[1])})
	}
	return out, true
}

// drawEffect writes one figure of a comparison over futures.
func (p *program) drawEffect(c *cli.Context, v *futuresView, ch *chart.Chart, figure string,
	e compare.Effect) error {
	if c.Bool("no-figures") {
		return nil
	}
	format := "png"
	if f, ok := c.Generic("figure-format").(*choice); ok && f.word != "" {
		format = f.word
	}
	parts := []string{figure}
	if len(v.m.Futures.Alternatives) > 1 {
		parts = append(parts, results.FileName(e.Case))
	}
	if parts = append(parts, e.Metric); c.IsSet("at") {
		parts = append(parts, e.Date)
	}
	name := fileWord(parts...)
	file := filepath.Join(v.dir, "figures", name+"."+format)
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		return err
	}
	if err := ch.Save(file, format, 0); err != nil {
		return err
	}
	if !c.Bool("quiet") {
		fmt.Fprintf(p.stderr, "Figure %s\n", file)
	}
	return nil
}
