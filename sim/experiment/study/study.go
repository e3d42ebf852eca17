package study

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"simulate/internal/condition"
	"simulate/internal/quantity"
	"simulate/sim"
	"simulate/sim/experiment/analysis"
	"simulate/sim/experiment/results"
	"simulate/sim/experiment/run"
	"simulate/sim/scenario"
	"simulate/sim/table"
)

// Study is a sampled experiment as an analysis sees it: points, what varied at each, and outcomes
// by point and replication.
type Study struct {
	Name         string
	Design       string // of a sweep, one of design.Designs, or as the user says; empty: any sample
	Inputs       analysis.Inputs
	Coordinates  [][]float64 // of a sweep: the points in the unit cube, where inputs are spread evenly
	Replications int
	Dates        []string // recorded dates, the last at the end; none for a CSV
	Sources      []string // by input: "assumption", a citation, or empty where none is known
	Notes        []string // what a reader should know of the rows, a sentence each
	Origin       string   // scenario and seed of a folder, for a source line; "" of a table
	// of a folder with several cases: the case whose outcomes are analysed, and the one against
	// which it is held, so that outcomes are what it changes; each empty where there is none
	Of, Against string

	experiment  scenario.Experiment // of a sweep
	off         [][]bool            // by point and input: it is of a policy that does nothing there
	outcome     func(name, date string) ([][]float64, error)
	word        func(j int, v float64, digits int) string // a value of an input, as it is written
	dates       []bool                                    // by input: values are decimal years of dates
	skipMissing bool
	repeated    bool                          // replications are rows with equal inputs
	named       func(given []string) []string // columns as options name them
	// by point, which are drawn together in resampling; nil: each by itself
	units    []int
	quantity func(name string) (condition.Quantity, error) // of an input or outcome
}

// StudyOptions say how a CSV is read. A sweep's folder needs none.
type StudyOptions struct {
	Inputs      []string // columns that varied; of a sweep: keep only these
	Categories  []string // of a table: inputs whose numbers are names of categories
	Replication string   // column that numbers the replications of a point; empty: a row is a point
	Design      string   // one of design.Designs whose order means something where the rows follow it
	SkipMissing bool     // leave out what has a missing value, and say how much
	Case        string   // of a folder of runs: the case that is analysed; empty: the only one
	// of a folder of runs: the case against which it is held, so that the outcome is the paired
	// difference; empty: none
	Against string
	Reading *table.Reading // how the tables of a folder are read; nil: they must be as they were written

	Table  table.Options // how a table of the user's is read
	Stdin  io.Reader     // of a table called "-"
	Notice func(string)  // takes what was found out about a table of the user's; nil: not
}

// OpenStudy reads a sweep's folder, or a CSV or Parquet file with a column per input and outcome.
// The error is an *InputError.
func OpenStudy(path string, o StudyOptions) (*Study, error) {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		s, err := openSweepStudy(path, o)
		if err != nil {
			return nil, results.AsInput(err)
		}
		return s, nil
	}
	if o.Case != "" || o.Against != "" {
		return nil, results.InputErrorf("%s is a table, which knows no cases; --case and --against are for folders of runs",
			path)
	}
	s, err := openTableStudy(path, o)
	return s, results.AsInput(err)
}

// Outcome lists a metric by point and replication at a date; "" is the last.
func (s *Study) Outcome(name, date string) ([][]float64, error) {
	if slices.Contains(s.Inputs.Names, name) {
		return nil, results.InputErrorf("%s is an input, which explains itself; name an outcome, or take %s out of the "+
			"inputs", name, name)
	}
	y, err := s.outcome(name, date)
	return y, results.AsInput(err)
}

// Named is a list of metrics or columns as options give it: each a name, or several parted by
// commas.
func (s *Study) Named(given []string) []string {
	if s.named != nil {
		return s.named(given)
	}
	return names(given)
}

func names(given []string) (out []string) {
	for _, text := range given {
		out = append(out, table.SplitNames(text)...)
	}
	return out
}

// DatesAt finds recorded dates by what a user writes, as Outcome.DatesAt does. Without any it is
// the last date, written "".
func (s *Study) DatesAt(wanted []string) ([]string, error) {
	if len(wanted) == 0 {
		return []string{""}, nil
	}
	if len(s.Dates) == 0 {
		return nil, results.InputErrorf("%s is one table, in which a date means nothing; filter its rows first", s.Name)
	}
	return results.FindDates(s.Dates, wanted)
}

// dateOf is the date that is meant: "" is the last; "" of a table.
func (s *Study) dateOf(date string) string {
	if date == "" && len(s.Dates) > 0 {
		return s.Dates[len(s.Dates)-1]
	}
	return date
}

// input is the number of an input, −1 where there is none of that name.
func (s *Study) input(name string) int { return slices.Index(s.Inputs.Names, name) }

// Word writes a value of an input with at most a number of significant digits, as scenarios do.
func (s *Study) Word(input string, v float64, digits int) string {
	return s.word(s.input(input), v, digits)
}

// IsDate tells whether an input's values are dates, as decimal years.
func (s *Study) IsDate(input string) bool {
	j := s.input(input)
	return j >= 0 && j < len(s.dates) && s.dates[j]
}

// ScenarioOf loads a scenario, or the first one of a results folder.
func ScenarioOf(ref string, o scenario.Options, how *table.Reading) (*scenario.Scenario, error) {
	if info, err := os.Stat(filepath.Join(ref, results.ManifestName)); err == nil && !info.IsDir() {
		m, _, err := results.ReadInputsAs(ref, how)
		if err != nil {
			return nil, results.AsInput(err)
		}
		ref = filepath.Join(ref, filepath.FromSlash(m.Scenarios[0].File))
	}
	return scenario.Load(ref, o)
}

// openSweepStudy reads a sweep's folder.
func openSweepStudy(dir string, o StudyOptions) (s *Study, err error) {
	defer table.Misfit(&err)
	o.Inputs = names(o.Inputs)
	m, scenarios, err := results.ReadInputsAs(dir, o.Reading)
	if err != nil {
		return nil, err
	}
	if m.Futures != nil {
		return openFuturesStudy(dir, m, scenarios, o)
	}
	if m.Sweep == nil {
		return openDrawsStudy(dir, m, scenarios, o)
	}
	if o.Case != "" || o.Against != "" {
		return nil, fmt.Errorf("%s holds a sweep, whose cases are its points; --case and --against are for folders of runs",
			dir)
	}
	if len(m.Sweep.Missing) > 0 {
		return nil, fmt.Errorf("%s lacks shards %s; merge the whole sweep first", dir, quantity.Ranges(m.Sweep.Missing))
	}
	sweep, err := run.NewSweep(run.SweepSpec{Scenario: scenarios[0], Seed: &m.Seed})
	if err != nil {
		return nil, err
	}
	s = &Study{Name: m.Name, Design: m.Sweep.Design, Replications: m.Sweep.Replications, skipMissing: o.SkipMissing,
		Origin: originOf(scenarios[0].Name, m.Seed)}
	if err := s.takeSweep(dir, m, sweep, scenarios[0], o, m.Sweep.Metrics); err != nil {
		return nil, err
	}
	s.outcome = func(name, date string) ([][]float64, error) { return sweepOutcome(dir, m, sweep, name, date) }
	return s, nil
}

// originOf names what was run.
func originOf(name string, seed uint64) string {
	return fmt.Sprintf("scenario %s · seed %d", name, seed)
}

// takeSweep takes over what a sweep varied.
func (s *Study) takeSweep(dir string, m *results.Manifest, sweep *run.Sweep, own *scenario.Scenario, o StudyOptions,
	metrics []string) error {
	s.experiment = own.Experiment
	t, err := m.Table(dir, run.DesignTable)
	if err != nil {
		return err
	}
	if t.Len() != sweep.Cases() {
		return fmt.Errorf("%s has %s of %s points; run the sweep again", run.DesignTable+"."+m.Format,
			quantity.Count(t.Len()), quantity.Count(sweep.Cases()))
	}
	var columns []analysis.Column
	var kept []int
	paths := sweep.Paths()
	for j, path := range paths {
		if len(o.Inputs) > 0 && !slices.Contains(o.Inputs, path) {
			continue
		}
		kept = append(kept, j)
		s.dates = append(s.dates, sweep.Knob(j).IsDate())
		columns = append(columns, columnAt(sweep, j))
		s.Sources = append(s.Sources, sourceOf(own, path))
	}
	if len(o.Inputs) > 0 && len(kept) < len(o.Inputs) {
		return fmt.Errorf("of the inputs %s only some varied; the sweep varied %s", quantity.List(o.Inputs),
			quantity.List(paths))
	}
	if s.Inputs, err = analysis.Gather(columns...); err != nil {
		return err
	}
	s.word = func(j int, v float64, digits int) string {
		if knob := sweep.Knob(kept[j]); len(knob.Words) == 0 {
			return knob.Short(knob.FromTable(v), digits)
		}
		return s.Inputs.Labels[j][int(v)]
	}
	for i := range sweep.Cases() {
		row, off := sweep.Coordinates(i), sweep.Off(i)
		var some []float64
		var idle []bool
		for _, j := range kept {
			some, idle = append(some, row[j]), append(idle, off[j])
		}
		s.Coordinates, s.off = append(s.Coordinates, some), append(s.off, idle)
	}
	if n := sweep.Policies(); n > 0 { // the points of a future are drawn together
		for i := range sweep.Cases() {
			s.units = append(s.units, i/n)
		}
	}
	if s.Dates = sweep.Common(); len(s.Dates) == 0 {
		return fmt.Errorf("the points of %s end apart and have no recorded date in common; run them again with --record "+
			"year", dir)
	}
	if text := sweep.Apart(); text != "" {
		s.Notes = append(s.Notes, text)
	}
	s.quantity = func(name string) (condition.Quantity, error) {
		if slices.Contains(metrics, name) {
			return scenario.MetricQuantity(name)
		}
		for _, j := range kept {
			if knob := sweep.Knob(j); knob.Path == name && len(knob.Words) == 0 {
				return knob.Quantity(), nil
			}
		}
		return condition.Quantity{}, unknownName(name, slices.Concat(s.Inputs.Names, metrics))
	}
	return nil
}

// columnAt lists an input of a sweep by point in the unit of tables: exact values, of which tables
// show nine digits, dates as decimal years, or words.
func columnAt(sweep *run.Sweep, j int) analysis.Column {
	knob := sweep.Knob(j)
	c := analysis.Column{Name: knob.Path, Write: func(v float64) string { return knob.Short(knob.FromTable(v), 3) }}
	var row []float64
	for i := range sweep.Cases() {
		row = sweep.Values(i, row)
		if len(knob.Words) > 0 {
			c.Text = append(c.Text, knob.Format(row[j]))
		} else {
			c.Numbers = append(c.Numbers, knob.ToTable(row[j]))
		}
	}
	return c
}

// sourceOf is the source of a value in a scenario, or of the parameter's range in the registry.
func sourceOf(s *scenario.Scenario, path string) string {
	for _, o := range s.Origins() {
		if o.Path == path && o.Source != "" {
			return o.Source
		}
	}
	if f, found := sim.LookUp(path); found {
		return f.Source
	}
	return ""
}

// sweepOutcome reads a metric of a sweep by case and replication.
func sweepOutcome(dir string, m *results.Manifest, sweep *run.Sweep, name, date string) (y [][]float64, err error) {
	defer table.Misfit(&err)
	if !slices.Contains(m.Sweep.Metrics, name) {
		return nil, fmt.Errorf("the sweep has no metric %q; it has %s", name, quantity.List(m.Sweep.Metrics))
	}
	if date == "" {
		common := sweep.Common()
		date = common[len(common)-1]
	}
	file, at := run.RunsTable, sweep.EndsAt(date)
	if !at {
		file = results.MarketTable
	}
	t, err := m.Table(dir, file)
	if err != nil {
		return nil, err
	}
	if !at {
		t = t.Where("date", date)
	}
	cases, replications := t.Number("case"), t.Number("replication")
	var points, runs []int
	for i := range cases {
		points, runs = append(points, int(cases[i])-1), append(runs, int(replications[i])-1)
	}
	return analysis.ByPoint(sweep.Cases(), m.Sweep.Replications, points, runs, t.Number(name))
}
