package study

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"simulate/internal/quantity"
	"simulate/sim"
	"simulate/sim/experiment/analysis"
	"simulate/sim/experiment/design"
	"simulate/sim/experiment/results"
	"simulate/sim/experiment/run"
	"simulate/sim/scenario"
	"simulate/sim/table"
)

// Study is a sampled experiment as an analysis sees it: points, what varied at each, and outcomes by point and replication.
type Study struct {
	Name         string
	Design       string // of a sweep, one of design.Designs, or as the user says; empty: any sample
	Inputs       analysis.Inputs
	Coordinates  [][]float64 // of a sweep: the points in the unit cube, where inputs are spread evenly
	Replications int
	Dates        []string // recorded dates, the last at the end; none for a CSV
	Sources      []string // by input: "assumption", a citation, or empty where none is known
	Levers       []string // inputs that are levers, not uncertainties; of a sweep whose scenario says so

	outcome func(name, date string) ([][]float64, error)
}

// StudyOptions say how a CSV is read. A sweep's folder needs none.
type StudyOptions struct {
	Inputs      []string // columns that varied; of a sweep: keep only these
	Replication string   // column that numbers the replications of a point; empty: a row is a point
	Design      string   // morris, saltelli or oat where the rows follow such a design, in its order
}

// OpenStudy reads a sweep's folder, or a CSV or Parquet file with a column per input and outcome. The error is an *InputError.
func OpenStudy(path string, o StudyOptions) (*Study, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, &results.InputError{Err: err}
	}
	if info.IsDir() {
		s, err := openSweepStudy(path, o)
		if err != nil {
			return nil, results.AsInput(err)
		}
		return s, nil
	}
	s, err := openTableStudy(path, o)
	return s, results.AsInput(err)
}

// Outcome lists a metric by point and replication at a date; "" is the last.
func (s *Study) Outcome(name, date string) ([][]float64, error) {
	y, err := s.outcome(name, date)
	return y, results.AsInput(err)
}

// DatesAt finds recorded dates by what a user writes, as Outcome.DatesAt does. Without any it is the last date, written "".
func (s *Study) DatesAt(wanted []string) ([]string, error) {
	if len(wanted) == 0 {
		return []string{""}, nil
	}
	if len(s.Dates) == 0 {
		return nil, results.InputErrorf("%s is one table, in which a date means nothing; filter its rows first", s.Name)
	}
	return results.FindDates(s.Dates, wanted)
}

// ScenarioOf loads a scenario, or the first one of a results folder.
func ScenarioOf(ref string, o scenario.Options) (*scenario.Scenario, error) {
	if info, err := os.Stat(filepath.Join(ref, results.ManifestName)); err == nil && !info.IsDir() {
		m, err := results.ReadManifest(ref)
		if err != nil || len(m.Scenarios) == 0 {
			return nil, results.AsInput(err)
		}
		ref = filepath.Join(ref, filepath.FromSlash(m.Scenarios[0].File))
	}
	return scenario.Load(ref, o)
}

// openSweepStudy reads a sweep's folder.
func openSweepStudy(dir string, o StudyOptions) (*Study, error) {
	m, scenarios, err := results.ReadInputs(dir)
	if err != nil {
		return nil, err
	}
	if m.Sweep == nil {
		return nil, fmt.Errorf("%s holds runs of scenarios, in which nothing is varied by a design; name the folder of a `simulate sweep`, or a CSV with --inputs and --outcome", dir)
	}
	if len(m.Sweep.Missing) > 0 {
		return nil, fmt.Errorf("%s lacks shards %s; merge the whole sweep first", dir, quantity.Ranges(m.Sweep.Missing))
	}
	sweep, err := run.NewSweep(run.SweepSpec{Scenario: scenarios[0], Seed: &m.Seed})
	if err != nil {
		return nil, err
	}
	s := &Study{Name: m.Name, Design: m.Sweep.Design, Replications: m.Sweep.Replications, Levers: leversOf(scenarios[0])}
	t, err := table.Read(filepath.Join(dir, run.DesignTable+"."+m.Format))
	if err != nil {
		return nil, err
	}
	var columns []analysis.Column
	var kept []int
	paths := sweep.Paths()
	for j, path := range paths {
		if len(o.Inputs) > 0 && !slices.Contains(o.Inputs, path) {
			continue
		}
		kept = append(kept, j)
		columns = append(columns, columnOf(t, path))
		s.Sources = append(s.Sources, sourceOf(scenarios[0], path))
	}
	if len(o.Inputs) > 0 && len(kept) < len(o.Inputs) {
		return nil, fmt.Errorf("of the inputs %s only some varied; the sweep varied %s", quantity.List(o.Inputs), quantity.List(paths))
	}
	if s.Inputs, err = analysis.Gather(columns...); err != nil {
		return nil, err
	}
	for i := range sweep.Cases() {
		row := sweep.Coordinates(i)
		var some []float64
		for _, j := range kept {
			some = append(some, row[j])
		}
		s.Coordinates = append(s.Coordinates, some)
	}
	s.Dates = sweep.Dates()
	s.outcome = func(name, date string) ([][]float64, error) { return sweepOutcome(dir, m, sweep, name, date) }
	return s, nil
}

// leversOf are the PATHs that a scenario's experiment calls levers.
func leversOf(s *scenario.Scenario) []string {
	var out []string
	for _, l := range s.Experiment.Levers {
		out = append(out, strings.TrimPrefix(l.Path, "parameters."))
	}
	return out
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

// IsAssumption tells whether a source says that a value is assumed or fitted rather than observed.
func IsAssumption(source string) bool {
	return strings.HasPrefix(strings.ToLower(strings.TrimSpace(source)), "assumption")
}

// sweepOutcome reads a metric of a sweep by case and replication.
func sweepOutcome(dir string, m *results.Manifest, sweep *run.Sweep, name, date string) ([][]float64, error) {
	if !slices.Contains(m.Sweep.Metrics, name) {
		return nil, fmt.Errorf("the sweep has no metric %q; it has %s", name, quantity.List(m.Sweep.Metrics))
	}
	dates := sweep.Dates()
	last := dates[len(dates)-1]
	file, at := run.RunsTable, date == "" || date == last
	if !at {
		file = results.MarketTable
	}
	t, err := table.Read(filepath.Join(dir, file+"."+m.Format))
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

// columnOf reads a column as numbers, or as categories where it holds words.
func columnOf(t *table.Table, name string) analysis.Column {
	c := analysis.Column{Name: name, Numbers: t.Number(name)}
	for _, text := range t.Text(name) {
		if _, err := strconv.ParseFloat(text, 64); err != nil && text != "" {
			c.Numbers, c.Text = nil, t.Text(name)
			break
		}
	}
	return c
}

// openTableStudy reads a file of one's own.
func openTableStudy(path string, o StudyOptions) (*Study, error) {
	t, err := table.Read(path)
	if err != nil {
		return nil, err
	}
	if t.Len() == 0 {
		return nil, fmt.Errorf("%s has no rows", path)
	}
	has := func(column, option string) error {
		if !t.Has(column) {
			return fmt.Errorf("%s has no column %q for %s; it has %s", path, column, option, quantity.List(results.ColumnNames(t)))
		}
		return nil
	}
	if len(o.Inputs) == 0 {
		return nil, fmt.Errorf("say which columns of %s varied: --inputs COLUMN,…; it has %s", path, quantity.List(results.ColumnNames(t)))
	}
	if o.Design != "" {
		if _, err := design.LookUp(o.Design); err != nil {
			return nil, err
		}
	}
	s := &Study{Name: strings.TrimSuffix(filepath.Base(path), filepath.Ext(path)), Design: o.Design, Replications: 1, Sources: make([]string, len(o.Inputs))}
	var columns []analysis.Column
	for _, name := range o.Inputs {
		if err := has(name, "--inputs"); err != nil {
			return nil, err
		}
		columns = append(columns, columnOf(t, name))
	}
	all, err := analysis.Gather(columns...)
	if err != nil {
		return nil, err
	}
	point, replication := make([]int, t.Len()), make([]int, t.Len())
	s.Inputs = analysis.Inputs{Names: all.Names, Labels: all.Labels}
	if o.Replication == "" {
		s.Inputs.Rows = all.Rows
		for i := range point {
			point[i] = i
		}
	} else {
		if err := has(o.Replication, "--replication"); err != nil {
			return nil, err
		}
		if s.Replications, err = groupRows(t.Number(o.Replication), all.Rows, &s.Inputs.Rows, point, replication); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
	}
	s.outcome = func(name, date string) ([][]float64, error) {
		if date != "" {
			return nil, fmt.Errorf("%s is one table; a date means nothing in it, filter its rows first", path)
		}
		if err := has(name, "the outcome"); err != nil {
			return nil, err
		}
		return analysis.ByPoint(len(s.Inputs.Rows), s.Replications, point, replication, t.Number(name))
	}
	return s, nil
}

// groupRows finds the points of a table whose rows are replications of them: rows of one point have the same inputs and stand in any
// order. A point that appears again with a replication it had already is another point, as designs repeat points.
func groupRows(numbers []float64, rows [][]float64, points *[][]float64, point, replication []int) (int, error) {
	most := 0
	type key struct {
		inputs  string
		repeats int
	}
	index := map[key]int{}
	times := map[string]int{}
	for i, row := range rows {
		r := numbers[i]
		if r != float64(int(r)) || r < 1 {
			return 0, fmt.Errorf("row %d: replication %g is not a whole number from 1", i+1, r)
		}
		inputs := fmt.Sprint(row)
		again := fmt.Sprint(inputs, "#", r)
		k := key{inputs, times[again]}
		times[again]++
		p, known := index[k]
		if !known {
			p = len(*points)
			index[k], *points = p, append(*points, row)
		}
		point[i], replication[i] = p, int(r)-1
		most = max(most, int(r))
	}
	return most, nil
}
