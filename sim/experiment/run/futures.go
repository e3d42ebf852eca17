package run

import (
	"fmt"
	"slices"
	"strings"

	"simulate/sim"
	"simulate/sim/experiment/results"
	"simulate/sim/scenario"
	"simulate/sim/table"
)

// FuturesSpec says which scenarios meet which futures: a design as of a sweep, over PATHs that all
// of them have.
type FuturesSpec struct {
	Scenarios []*scenario.Scenario // the base first
	Sweep     SweepSpec            // its Scenario and Tables are of no account
	Pairing   Pairing
}

// Pairing says what alternatives change, from runs with the same luck. looks is how many
// alternatives there are, over all points.
type Pairing interface {
	// Tables describes what it adds.
	Tables(looks int) []*table.Table
	// Pair writes the rows of an alternative at a point of the design, from 1.
	Pair(base, alternative *Sample, point, looks int, write func(name string, r *table.Record) error) error
}

// Futures are scenarios in all futures of a design: every scenario meets the same points with the
// same luck. They are an Experiment whose cases are the scenarios at the first point, at the
// second, and so on.
type Futures struct {
	*Sweep  // of the base
	sweeps  []*Sweep
	pairing Pairing
}

// NewFutures settles futures. Its error is an *results.InputError.
func NewFutures(spec FuturesSpec) (*Futures, error) {
	f := &Futures{pairing: spec.Pairing}
	seed, replications := spec.Scenarios[0].Seed, spec.Scenarios[0].Replications
	if spec.Sweep.Seed == nil {
		spec.Sweep.Seed = &seed
	}
	if spec.Sweep.Replications == 0 {
		spec.Sweep.Replications = replications
	}
	names := map[string]bool{}
	for i, s := range spec.Scenarios {
		if names[s.Name] {
			return nil, results.InputErrorf("two scenarios are called %q; give one another name: in its file", s.Name)
		}
		names[s.Name] = true
		one := spec.Sweep
		one.Scenario, one.Tables, one.Pairing = s, nil, nil
		if own := *s; len(one.Inputs) == 0 && len(s.Experiment.Inputs()) == 0 { // what varies is what the base says
			own.Experiment = spec.Scenarios[0].Experiment
			one.Scenario = &own
		}
		if i > 0 {
			if err := sameReferences(spec.Scenarios[0].Name, spec.Scenarios[0].Config(), s.Name, s.Config()); err != nil {
				return nil, err
			}
		}
		sweep, err := NewSweep(one)
		if err != nil {
			return nil, err
		}
		if f.sweeps = append(f.sweeps, sweep); i > 0 && (sweep.replications != f.sweeps[0].replications ||
			fmt.Sprint(sweep.Dates()) != fmt.Sprint(f.sweeps[0].Dates())) {
			return nil, results.InputErrorf("%s and %s differ in their clock or in having chance at all, so that their runs "+
				"make no pairs", s.Name, spec.Scenarios[0].Name)
		}
	}
	f.Sweep = f.sweeps[0]
	for _, s := range spec.Scenarios[1:] {
		for _, note := range s.Notes {
			f.notes = append(slices.Clone(f.notes), s.Name+": "+note)
		}
	}
	for _, s := range f.sweeps[1:] {
		for _, text := range s.endings() {
			if !slices.Contains(f.notes, text) {
				f.notes = append(slices.Clone(f.notes), text)
			}
		}
	}
	for i, m := range sim.SegmentMetrics { // what is compared is compared in every segment too
		if slices.Contains(f.what.metricNames(), m.Name) {
			f.what.segments = append(f.what.segments, i)
		}
	}
	return f, nil
}

// split is the scenario and the point (from 0) of a case.
func (f *Futures) split(number int) (of *Sweep, point int) {
	return f.sweeps[number%len(f.sweeps)], number / len(f.sweeps)
}

// Points is the number of futures.
func (f *Futures) Points() int { return f.Sweep.Cases() }

// looks is the number of effects of one metric and date.
func (f *Futures) looks() int { return f.Points() * (len(f.sweeps) - 1) }

// Names are those of the scenarios, the base first.
func (f *Futures) Names() []string {
	var out []string
	for _, s := range f.sweeps {
		out = append(out, s.name)
	}
	return out
}

// Name is base-in-futures.
func (f *Futures) Name() string { return strings.Join(f.Names(), "-vs-") }

// Runs is the number of scenarios times points times replications.
func (f *Futures) Runs() int { return len(f.sweeps) * f.Sweep.Runs() }

// Unit is the runs of a point.
func (f *Futures) Unit() int { return len(f.sweeps) * f.replications }

func (f *Futures) place() place { return place{f.Name() + "-futures", "csv"} }
func (f *Futures) order() order { return byCase(len(f.sweeps)*f.Points(), f.replications) }
func (f *Futures) caseID(number int) string {
	s, point := f.split(number)
	return fmt.Sprintf("%s, point %d", s.name, point+1)
}

// mark begins a row of a case.
func (f *Futures) mark(r *table.Record, number int) *table.Record {
	s, point := f.split(number)
	return r.Text(s.name).Integer(int64(point + 1))
}

// point begins a row of the design, once for each point.
func (f *Futures) point(r *table.Record, number int) bool {
	r.Integer(int64(number/len(f.sweeps) + 1))
	return number%len(f.sweeps) == 0
}

func (f *Futures) segments(number int) []string {
	s, point := f.split(number)
	return s.segments(point)
}

func (f *Futures) config(number, replication int) (*sim.Config, error) {
	s, point := f.split(number)
	return s.config(point, replication)
}

func (f *Futures) centre(number int) *sim.Config {
	s, point := f.split(number)
	return s.centre(point)
}

func (f *Futures) calendar(number int) []Observation {
	s, point := f.split(number)
	return s.calendar(point)
}

func (f *Futures) drawn(number int) bool {
	s, point := f.split(number)
	return s.drawn(point)
}

func (f *Futures) kept(number int) bool {
	s, point := f.split(number)
	return s.kept(point)
}

func (f *Futures) values(number int, out []float64) []float64 {
	s, point := f.split(number)
	return s.values(point, out)
}

func (f *Futures) replay(number, replication int, values []float64) string {
	s, point := f.split(number)
	return strings.Replace(s.replay(point, replication, values), "./scenario.yaml",
		"./scenarios/"+results.FileName(s.name)+".yaml", 1)
}

func (f *Futures) referenceWork() (fixed []work, vectors int) {
	for _, s := range f.sweeps {
		more, n := s.referenceWork()
		fixed = append(fixed, more...)
		vectors = max(vectors, n) // scenarios that differ in events and policies share them
	}
	return fixed, vectors
}

func (f *Futures) drawing() *drawing {
	d := f.Sweep.drawing()
	d.names, d.worlds = nil, nil
	for _, s := range f.sweeps {
		d.names, d.worlds = append(d.names, s.name), append(d.worlds, s.scenario)
	}
	return d
}

func (f *Futures) pairs() bool { return true }

// tables describes the tables: the design, a row per run, what alternatives change, and what is
// drawn.
func (f *Futures) tables() []*table.Table {
	point := table.Column{Name: "point", Kind: table.Integer, Meaning: "number of the point of the design, from 1"}
	design := f.Sweep.tables()[0]
	inputs := design.Columns[1:]
	runs := runsTable(caseOf("scenario"), nil, f.what.columns())
	runs = table.New(RunsTable, slices.Insert(slices.Clone(runs.Columns), 1, point)...)
	at := slices.IndexFunc(runs.Columns, func(c table.Column) bool { return c.Name == "date" }) + 1
	runs = table.New(RunsTable, slices.Insert(slices.Clone(runs.Columns), at, inputs...)...)
	out := append([]*table.Table{table.New(DesignTable, slices.Concat([]table.Column{point}, inputs)...), runs},
		f.pairing.Tables(f.looks())...)
	if draws := f.drawing().table(); draws != nil {
		out = append(out, draws)
	}
	for _, t := range results.Tables() {
		if t.Name == results.MarketTable && len(f.dates) > 1 {
			out = append(out, table.New(t.Name, slices.Concat(t.Columns[:1], []table.Column{point}, t.Columns[1:3],
				f.what.columns())...))
		}
	}
	return append(out, results.Always()...)
}

// texts are the resolved scenarios, each as it would be swept alone.
func (f *Futures) texts(replications int) (files []textFile, note string) {
	for _, s := range f.sweeps {
		one, n := s.texts(replications)
		files, note = append(files, textFile{"scenarios/" + results.FileName(s.name) + ".yaml", one[0].text}), n
	}
	return files, note
}

// Text is the futures as a plan holds them.
func (f *Futures) Text() Text {
	t := &futuresText{}
	for _, s := range f.sweeps {
		t.Sweeps = append(t.Sweeps, s.text())
	}
	return Text{Futures: t}
}

// futuresText is the sweep of each scenario, the base first.
type futuresText struct {
	Sweeps []sweepText `json:"sweeps"`
}

// futures makes the futures that the text describes.
func (t futuresText) futures(by Pairing) (*Futures, error) {
	var scenarios []*scenario.Scenario
	for _, one := range t.Sweeps {
		s, err := one.sweep(nil)
		if err != nil {
			return nil, err
		}
		scenarios = append(scenarios, s.scenario)
	}
	return NewFutures(FuturesSpec{Scenarios: scenarios, Pairing: by})
}

// Identity is the SHA-256 of everything that decides the numbers.
func (f *Futures) Identity() string { return Sum(f.Text()) }

func (f *Futures) differs(m *results.Manifest) string {
	if m.Futures == nil {
		return "another kind of experiment"
	}
	if theirs, own := strings.Join(append([]string{m.Futures.Base}, m.Futures.Alternatives...), " "),
		strings.Join(f.Names(), " "); theirs != own {
		return fmt.Sprintf("scenarios %s, not %s", theirs, own)
	}
	return "a value in a scenario, the seed or what varies"
}

func (f *Futures) manifest(a *assembly) *results.Manifest {
	m := f.Sweep.manifest(a)
	names := f.Names()
	info := m.Sweep
	m.Name, m.Sweep = f.Name(), nil
	m.Futures = &results.Futures{Base: names[0], Alternatives: names[1:], Points: f.Points(), Design: info.Design,
		Samples: info.Samples, Inputs: info.Inputs, Metrics: info.Metrics,
		Runs: a.done, Failed: len(a.failed)}
	return m
}
