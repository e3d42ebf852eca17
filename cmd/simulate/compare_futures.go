package main

import (
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"

	"simulate/internal/quantity"
	"simulate/internal/report"
	"simulate/internal/shell"
	"simulate/sim/experiment/compare"
	"simulate/sim/experiment/results"
	"simulate/sim/experiment/run"
	"simulate/sim/experiment/study"
	"simulate/sim/scenario"
)

// overFutures tells whether a comparison goes over a design of futures.
func overFutures(c *cli.Context) bool {
	return slices.ContainsFunc([]string{"vary", "design", "samples", "correlate"}, c.IsSet)
}

// compareFutures runs base and alternatives in every future of a design, and tells, tables and
// draws what the alternatives change.
func (p *program) compareFutures(c *cli.Context, spec *run.Spec, metrics []string) error {
	for _, name := range []string{"decompose", "budget-threshold", "until", "tables", "highlight"} {
		if c.IsSet(name) {
			return usagef("--%s is for a comparison without a design; leave it out, or leave out --vary and --design", name)
		}
	}
	for _, v := range c.StringSlice("vary") {
		if err := policyOfAlternative(v, spec.Scenarios, c.Args().Slice()); err != nil {
			return err
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
	dates := f.Common()
	if len(dates) == 0 {
		return usagef("the points end apart and have no recorded date in common; --record year gives them some")
	}
	at, err := results.FindDates(dates, split(c.StringSlice("at")))
	if err != nil {
		return err
	}
	if len(at) == 0 {
		at = dates[len(dates)-1:]
	}
	size := fmt.Sprintf("%s in %s × %s = %s.", quantity.Plural(len(spec.Scenarios), "scenario"),
		quantity.Plural(f.Points(), "future"),
		quantity.Plural(f.Replications(), "replication"), quantity.Plural(f.Runs(), "run"))
	if c.IsSet("shards") {
		return p.writePlan(c, f, size)
	}
	o, done := p.sweepOptions(c)
	p.tell(c, append(slices.Clone(f.Notes()), size))
	p.tellAny(c, run.FewReferences(spec.Scenarios[0]))
	p.promise(continues)
	dir, _, err := run.Do(c.Context, f, p.sweepOutput(c), o)
	done()
	if err != nil {
		return err
	}
	return p.concludeFutures(c, dir, f, metrics, at)
}

// policyOfAlternative refuses to vary a policy that the base does not have, and names the command
// that does so against the base.
func policyOfAlternative(vary string, scenarios []*scenario.Scenario, given []string) error {
	path, values, _ := strings.Cut(vary, "=")
	if path = strings.TrimSpace(path); !results.IsPolicy(path) {
		return nil
	}
	if _, found := scenarios[0].Knob(path); found {
		return nil
	}
	for i, s := range scenarios {
		if _, found := s.Knob(path); found {
			ref := s.Name
			if len(given) == len(scenarios) {
				ref = shell.Word(given[i])
			}
			return usagef("option --vary %s: %s has no such policy, so that it is no future that both meet; `simulate sweep %s "+
				"--vary %s --with-base` holds each value against the same world without the policy", path, scenarios[0].Name,
				ref, shell.Word(path+"="+strings.TrimSpace(values)))
		}
	}
	return nil
}

// concludeFutures prints, tells and draws what the alternatives change in some metrics at some
// dates.
func (p *program) concludeFutures(c *cli.Context, dir string, f *run.Futures, metrics, at []string) error {
	m, effects, err := compare.ReadFutures(dir, nil)
	if err != nil {
		return err
	}
	shown := slices.DeleteFunc(effects, func(e compare.Effect) bool {
		return !slices.Contains(at, e.Date) || !slices.Contains(metrics, e.Metric)
	})
	v := &futuresView{m: m, dir: dir, f: f}
	var drivers []*study.Drivers
	for _, group := range v.groups(shown, metrics) {
		e := group[0]
		d, err := study.EffectDrivers(dir, e.Case, e.Against, e.Metric, e.Date, nil)
		if err != nil {
			d = nil // what is defined nowhere depends on nothing; the table says so
		}
		drivers = append(drivers, d)
	}
	if c.Bool("json") {
		if err := p.printJSON(v.json(shown, drivers)); err != nil {
			return err
		}
	} else if err := p.printFutures(v, shown, metrics, drivers); err != nil {
		return err
	}
	for i, group := range v.groups(shown, metrics) {
		p.tell(c, []string{compare.TellFutures(group, v.words)})
		if text := report.DriversWords(drivers[i]); text != "" {
			p.tell(c, []string{text})
		}
		if e := group[0]; f.EndsAt(e.Date) { // the table runs holds the last date
			text, err := compare.TailsOverFutures(dir, m, e.Case, e.Metric)
			if err != nil {
				return err
			}
			if text != "" {
				p.tell(c, []string{text})
			}
		}
	}
	if !c.IsSet("at") {
		at = nil // figures are of the last date unless another one is asked for
	}
	if err := p.drawAll(c, dir, at, m.Futures.Failed >= m.Futures.Runs); err != nil {
		return err
	}
	if !c.Bool("quiet") {
		fmt.Fprintf(p.stderr, "Results in %s%c\n", dir, filepath.Separator)
	}
	if n := len(m.Missing); n > 0 && !c.Bool("quiet") {
		fmt.Fprintf(p.stderr, "The tables are partial: %s left out (%s).\n", quantity.Plural(n, "shard"),
			quantity.Ranges(m.Missing))
	}
	if n := m.Futures.Failed; n > 0 {
		return fmt.Errorf("%s of %s failed; %s names each with the command that repeats it%s", quantity.Count(n),
			quantity.Plural(f.Runs(), "run"), filepath.Join(dir, "runs."+m.Format), theFirst(m))
	}
	return nil
}

// futuresView is what is shown of a comparison over futures.
type futuresView struct {
	m   *results.Manifest
	dir string
	f   *run.Futures
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

func (p *program) printFutures(v *futuresView, effects []compare.Effect, metrics []string,
	drivers []*study.Drivers) error {
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
			rows = append(rows, append(row, cellOf(e.Metric, e.Base), cellOf(e.Metric, e.Alternative),
				cellOf(e.Metric, e.Change.Value), intervalOfCell(e.Metric, e.Change.Low, e.Change.High),
				intervalOfCell(e.Metric, e.LowSpread, e.HighSpread), clear))
		}
		if err := p.printTable(header, rows, true); err != nil {
			return err
		}
		if n := len(group); n > mostPrinted {
			fmt.Fprintf(p.stdout, "%s more; the table effects has all.\n", quantity.Plural(n-mostPrinted, "point"))
		}
		if drivers[i] == nil {
			continue
		}
		fmt.Fprintln(p.stdout)
		if err := p.printDrivers(drivers[i]); err != nil {
			return err
		}
	}
	return nil
}

func (v *futuresView) json(effects []compare.Effect, drivers []*study.Drivers) ordered {
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
		v.m.Futures.Design}, {"effects", list}, {"drivers", driversAsJSON(drivers)}}
}
