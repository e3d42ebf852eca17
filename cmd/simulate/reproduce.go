package main

import (
	"encoding/csv"
	"fmt"

	"github.com/urfave/cli/v2"

	"simulate/internal/quantity"
	"simulate/sim"
	"simulate/sim/experiment"
	"simulate/sim/experiment/results"
	"simulate/sim/experiment/run"
)

func reproduceCommand(p *program) *cli.Command {
	return &cli.Command{
		Name:      "reproduce",
		Usage:     "the same bytes again from a manifest, or one run process by process",
		ArgsUsage: "MANIFEST",
		Description: `MANIFEST is the manifest.json of a results folder, or the folder. The experiment runs again in a
temporary folder, and each table's SHA-256 is held against the manifest. Where bytes differ, the first cell and what
else is different (version, executable, platform) are named, and the exit code is 1, as it is where a table that lies in
the folder is another than the manifest names. The folder itself is not touched.

With --case and --replication that one run is done again and its metrics are printed. --trace prints instead, as CSV,
every state variable that each process changed in each step: labs, supplier, segments, commons and each lab's position
in each segment.`,
		UsageText: `simulate reproduce results/deepseek-shock
simulate reproduce results/baseline --case baseline --replication 3
simulate reproduce results/baseline --case baseline --replication 3 --trace`,
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "case", Usage: "`CASE` of a single run, the one that was asked for by default; a number in " +
				"a sweep"},
			wholeNumber("", "replication", "`R` of a single run, from 1", 1),
			&cli.BoolFlag{Name: "trace", Usage: "what each process changed, as CSV"},
			&cli.StringFlag{Name: "from", Usage: "first `DATE` of the trace (2025, 2025-01 or 2025-01-31)"},
			&cli.StringFlag{Name: "until", Usage: "last `DATE` of the trace"},
			&cli.StringSliceFlag{Name: "metrics", Usage: "show `METRIC,…` of a single run instead of the main ones"},
			jobsFlag(),
			noCacheFlag(),
			&cli.BoolFlag{Name: "json", Category: outputCategory, Usage: "the outcome as JSON on stdout"},
			&cli.BoolFlag{Name: "quiet", Category: outputCategory, Usage: "no progress, errors only"},
		},
		Action: func(c *cli.Context) error { return p.reproduce(c) },
	}
}

func (p *program) reproduce(c *cli.Context) error {
	path, err := oneArgument(c, "the manifest")
	if err != nil {
		return err
	}
	dir := results.ManifestFolder(path)
	if c.IsSet("case") || c.IsSet("replication") {
		return p.reproduceOne(c, dir)
	}
	if c.Bool("trace") || c.IsSet("from") || c.IsSet("until") || c.IsSet("metrics") {
		return usagef("--trace, --from, --until and --metrics are for a single run; add --case and --replication")
	}
	shown := newProgress(c.Context, p.stderr, p.stderrIsTerminal, c.Bool("quiet"))
	o := run.Options{Commit: commit, Progress: shown.show, Cache: cacheOf(c)}
	o.Jobs = jobs(c)
	r, err := experiment.Reproduce(c.Context, dir, o)
	shown.close()
	if err != nil {
		return err
	}
	if c.Bool("json") {
		if err := p.printJSON(reproductionAsJSON(r)); err != nil {
			return err
		}
	} else if err := p.printReproduction(r); err != nil {
		return err
	}
	for _, d := range r.Circumstances {
		fmt.Fprintf(p.stderr, "%s: %s there, %s here\n", d.What, d.There, d.Here)
	}
	if r.Same() {
		if !c.Bool("quiet") {
			fmt.Fprintf(p.stderr, "%s of %s came out with the same bytes.\n", quantity.Plural(len(r.Tables), "table"),
				r.Manifest.Name)
		}
		return changedBeside(dir, r)
	}
	different := 0
	for _, t := range r.Tables {
		if !t.Same() {
			different++
		}
	}
	return fmt.Errorf("%s of %s came out with other bytes", quantity.Count(different), quantity.Plural(len(r.Tables),
		"table"))
}

// changedBeside refuses to end well where the tables came out as the manifest has them, and those
// of the folder are others.
func changedBeside(dir string, r *results.Reproduction) error {
	var names []string
	for _, t := range r.Tables {
		if t.Changed && !t.Absent { // the manifest may have come alone
			names = append(names, t.File)
		}
	}
	if len(names) == 0 {
		return nil
	}
	return fmt.Errorf("what lies in %s is not what the manifest names: %s; the command that made it makes it again with "+
		"--force", dir, quantity.List(names))
}

// printReproduction writes a row per table.
func (p *program) printReproduction(r *results.Reproduction) error {
	var rows [][]string
	for _, t := range r.Tables {
		rows = append(rows, []string{t.File, verdict(t), t.Difference})
	}
	return p.printTable([]string{"table", "bytes", "first difference"}, rows, false)
}

func verdict(t results.TableCheck) string {
	text := "the same"
	switch {
	case t.Here == "":
		text = "not made again"
	case !t.Same():
		text = "differ"
	}
	if t.Changed {
		text += "; the file in the folder was changed or removed"
	}
	return text
}

func reproductionAsJSON(r *results.Reproduction) ordered {
	tables, other := []ordered{}, []ordered{}
	for _, t := range r.Tables {
		tables = append(tables, ordered{{"file", t.File}, {"same", t.Same()}, {"sha256_there", t.There}, {"sha256_here",
			t.Here}, {"difference", t.Difference}, {"changed_since", t.Changed}})
	}
	for _, d := range r.Circumstances {
		other = append(other, ordered{{"what", d.What}, {"there", d.There}, {"here", d.Here}})
	}
	return ordered{{"experiment", r.Manifest.Identity}, {"same", r.Same()}, {"tables", tables}, {"circumstances", other}}
}

// onlyCase is the case of a folder in which one was asked for.
func onlyCase(dir string) (string, error) {
	m, err := results.ReadManifest(dir)
	if err != nil {
		return "", results.AsInput(err)
	}
	var names []string
	for _, k := range m.Cases {
		if !k.Added && !k.Part {
			names = append(names, k.Name)
		}
	}
	if len(names) != 1 {
		return "", usagef("a single run of several cases needs --case; there are %s", quantity.List(names))
	}
	return names[0], nil
}

// reproduceOne does one run again.
func (p *program) reproduceOne(c *cli.Context, dir string) error {
	var err error
	r, given := number(c, "replication")
	if !given {
		return usagef("a single run needs --replication, and --case where there are several")
	}
	name := c.String("case")
	if name == "" {
		if name, err = onlyCase(dir); err != nil {
			return err
		}
	}
	from, err := boundary(c, "from", false)
	if err != nil {
		return err
	}
	until, err := boundary(c, "until", true)
	if err != nil {
		return err
	}
	if !c.Bool("trace") && from+until != "" {
		return usagef("--from and --until bound a trace; add --trace")
	}
	metrics, err := metricsOf(c)
	if err != nil {
		return err
	}
	single, err := experiment.OpenRun(c.Context, dir, name, int(r), cacheOf(c))
	if err != nil {
		return err
	}
	if c.Bool("trace") {
		return p.printTrace(single, from, until)
	}
	var rows [][]string
	list := []ordered{}
	err = single.Each(func(date string, values []float64) error {
		row, entry := []string{date}, ordered{{"date", date}}
		for _, name := range metrics {
			for i, m := range sim.Metrics {
				if m.Name == name {
					row, entry = append(row, quantity.Human(values[i])), append(entry, pair{name, orNull(values[i])})
				}
			}
		}
		rows, list = append(rows, row), append(list, entry)
		return nil
	})
	if err != nil {
		return err
	}
	if c.Bool("json") {
		return p.printJSON(ordered{{"case", single.Case}, {"replication", single.Replication}, {"seed", single.Seed},
			{"rows", list}})
	}
	return p.printTable(append([]string{"date"}, metrics...), rows, true)
}

// printTrace writes a row per state variable that a process changes.
func (p *program) printTrace(run *run.SingleRun, from, until string) error {
	out := csv.NewWriter(p.stdout)
	out.Write([]string{"date", "process", "entity", "id", "variable", "unit", "before", "after"})
	err := run.Trace(from, until, func(date string, s sim.StateChange) error {
		return out.Write([]string{date, s.Process, s.Entity, s.ID, s.Variable, s.Unit, quantity.Digits(s.Before, 9),
			quantity.Digits(s.After, 9)})
	})
	out.Flush()
	if err != nil {
		return err
	}
	return out.Error()
}

// boundary reads a date, month or year as its first or last day (ISO); "" where the option is not
// given.
func boundary(c *cli.Context, option string, last bool) (string, error) {
	text := c.String(option)
	if text == "" {
		return "", nil
	}
	begin, end, ok := quantity.Period(text)
	switch {
	case ok && last:
		return quantity.LastDay(end), nil
	case ok:
		return quantity.DayOf(begin), nil
	}
	return "", usagef("option --%s: %q is not a date; write 2025, 2025-01 or 2025-01-31", option, text)
}
