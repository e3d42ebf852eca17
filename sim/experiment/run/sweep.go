package run

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"simulate/internal/quantity"
	"simulate/sim"
	"simulate/sim/design"
	"simulate/sim/experiment/results"
	"simulate/sim/scenario"
)

// SweepSpec says what to sweep: a design over PATHs of a scenario, times replications. What it
// leaves empty the scenario's `experiment:` says, and what that leaves empty a default.
type SweepSpec struct {
	Scenario     *scenario.Scenario
	Inputs       []scenario.Variation // what varies
	Design       string               // name in design.Designs; default grid for lists alone, otherwise sobol
	Samples      int                  // of a sampled design; default by design
	Correlations []scenario.RankCorrelation
	Metrics      []string // columns of the tables; default every metric
	Record       string   // one of scenario.SweepRecords; default year
	// to write, besides design, runs and dictionary; default market with a rhythm and summary with
	// replications
	Tables       []string
	Seed         *uint64
	Replications int
	Notes        []string // what a reader should know of the points besides, a sentence each
	Pairing      Pairing  // makes the table effects of policies that vary; nil: none
	Policies     []string // PATHs that are crossed with a sample of the rest; none: policies.*
	Ref          string   // what the user calls the scenario, for advice; "": by its name
	WithBase     bool     // add to listed policies the value at which they do nothing
}

// Sweep is a sweep with everything settled. Case i is point i of its design; run k is replication k
// mod R + 1 of case k div R, where R is the number of replications. Safe for concurrent use.
type Sweep struct {
	name         string
	ref          string             // what the user calls the scenario
	scenario     *scenario.Scenario // with the sweep's seed and replications, and what it varies filled in
	experiment   scenario.Experiment
	paths        []input
	knobs        []*scenario.Knob
	points       *design.Points
	seed         uint64
	replications int
	draws        bool // values that do not vary are drawn in each replication
	what         recording
	dates        []Observation
	sheets       []string // names of tables besides design, runs and dictionary
	asked        []string // the same where a user asked for them
	notes        []string
	policies     int    // combinations of levers that each sampled future meets; 0 where none are crossed
	shape        []bool // by path: whether it decides reference paths
	shapeDraws   bool   // whether draws do
	bases        []int  // by point: the one that it is held against, −1 for none
	clocks       clocks // of points whose clock varies
	pairing      Pairing
}

// input is a PATH that varies.
type input struct {
	scenario.Variation
	knob *scenario.Knob
	oat  bool // coordinates are marks: 0 low, ½ base, 1 high
}

// NewSweep settles a sweep. Its error is an *InputError that names everything that is wrong.
func NewSweep(spec SweepSpec) (*Sweep, error) {
	own := spec.Scenario
	e := own.Experiment
	if len(spec.Inputs) > 0 {
		e.SetInputs(spec.Inputs)
		e.Correlations = nil
		if spec.Design == "" {
			e.Design = scenario.Design{}
		}
	}
	if spec.Design != "" && spec.Design != e.Design.Method {
		e.Design = scenario.Design{Method: spec.Design}
	}
	if len(spec.Policies) > 0 {
		e.Policies = nil
		for _, path := range spec.Policies {
			e.Policies = append(e.Policies, strings.TrimPrefix(path, "parameters."))
		}
	}
	if spec.Samples > 0 {
		e.Design.Samples = spec.Samples
	}
	if len(spec.Correlations) > 0 {
		e.Correlations = spec.Correlations
	}
	if len(spec.Metrics) > 0 {
		e.Metrics = spec.Metrics
	}
	if spec.Record != "" {
		e.Record = spec.Record
	}
	if e.Record == "" {
		e.Record = "year"
	}
	s := &Sweep{name: own.Name, ref: cmp.Or(spec.Ref, own.Name), scenario: own,
		seed: own.Seed, replications: own.Replications,
		notes: slices.Concat(own.Notes, spec.Notes)}
	if spec.Seed != nil {
		s.seed = *spec.Seed
	}
	if spec.Replications != 0 {
		s.replications = spec.Replications
	}
	err := errors.Join(s.setInputs(own, e.Inputs()), s.setMetrics(e.Metrics), s.setRecord(own, e.Record))
	if s.replications < 1 {
		err = errors.Join(err, fmt.Errorf("%s; write a whole number from 1", quantity.Plural(s.replications,
			"replication")))
	}
	if s.everyMetric() {
		e.Metrics = nil
	}
	if err == nil {
		err = s.chosen(&e)
	}
	if err == nil && spec.WithBase {
		err = s.withBase(&e)
	}
	if err == nil {
		err = s.setDesign(&e)
	}
	if err == nil {
		err = s.setClocks(rhythmOf(e.Record), e.Record == finalRecord)
	}
	if err != nil {
		return nil, &results.InputError{Err: err}
	}
	if method, err := design.LookUp(e.Design.Method); err == nil && len(spec.Inputs) == 0 {
		if text := s.sampledLevers(own.Experiment.Levers, method, &e); text != "" {
			s.notes = append(slices.Clone(s.notes), text)
		}
	}
	if !own.Config().Stochastic && !s.draws {
		s.replications = 1
	}
	s.setBases(spec.Pairing, e)
	if err := s.setTables(spec.Tables); err != nil {
		return nil, &results.InputError{Err: err}
	}
	if err := bounded(own.Config(), &s.what, len(s.dates), s.points.Len(), s.replications); err != nil {
		return nil, err
	}
	copy := *own
	copy.Seed, copy.Replications, copy.Record = s.seed, s.replications, rhythmOf(e.Record)
	s.experiment, s.scenario = e, copy.WithExperiment(e)
	if _, err := sim.New(own.Config()); err != nil {
		return nil, results.InputErrorf("%s: %w", own.Name, err)
	}
	if err := s.checkRows(); err != nil {
		return nil, err
	}
	s.shape, s.shapeDraws = s.shaping()
	s.notes = append(slices.Clone(s.notes), own.RentedStocks(s.Paths())...)
	s.notes = append(slices.Clone(s.notes), uncentred(own, own.Config())...)
	if text := s.Apart(); text != "" {
		s.notes = append(s.notes, text)
	}
	s.notes = append(s.notes, s.endings()...)
	return s, nil
}

func (s *Sweep) setInputs(own *scenario.Scenario, list []scenario.Variation) error {
	if len(list) == 0 {
		return fmt.Errorf("nothing varies; write --vary PATH=VALUES, or uncertainties and levers under experiment: in the " +
			"scenario")
	}
	var wrong []error
	seen := map[string]bool{}
	for _, v := range list {
		l, found := own.Knob(v.Path)
		switch {
		case !found:
			wrong = append(wrong, fmt.Errorf("there is no PATH %s", v.Path))
		case seen[v.Path]:
			wrong = append(wrong, fmt.Errorf("%s varies twice; keep one", v.Path))
		}
		if seen[v.Path] = true; found {
			l = l.As(v)
		}
		s.paths = append(s.paths, input{Variation: v, knob: l})
		s.knobs = append(s.knobs, l)
	}
	s.draws = own.DrawsBeside(seen)
	return errors.Join(wrong...)
}

func (s *Sweep) setMetrics(names []string) error {
	if len(names) == 0 {
		for i := range sim.Metrics {
			s.what.metrics = append(s.what.metrics, i)
		}
		return nil
	}
	var wrong []error
	for _, name := range names {
		i := slices.IndexFunc(sim.Metrics, func(m sim.Metric) bool { return m.Name == name })
		if i < 0 {
			wrong = append(wrong, fmt.Errorf("there is no metric %q; `simulate list metrics` names them", name))
		} else if slices.Contains(s.what.metrics, i) {
			wrong = append(wrong, fmt.Errorf("metric %s is named twice; keep one", name))
		}
		s.what.metrics = append(s.what.metrics, i)
	}
	return errors.Join(wrong...)
}

// everyMetric reports whether all metrics are recorded, in their order.
func (s *Sweep) everyMetric() bool {
	for i, m := range s.what.metrics {
		if m != i {
			return false
		}
	}
	return len(s.what.metrics) == len(sim.Metrics)
}

// rhythmOf is the rhythm of a run's tables that holds what a sweep records.
func rhythmOf(record string) string {
	if record == finalRecord {
		return "year"
	}
	return record
}

// finalRecord is the rhythm of a sweep that records the last date alone.
const finalRecord = "final"

func (s *Sweep) setRecord(own *scenario.Scenario, record string) error {
	if !slices.Contains(scenario.SweepRecords, record) {
		return fmt.Errorf("record %q; write one of %s", record, strings.Join(scenario.SweepRecords, ", "))
	}
	s.dates = Calendar(own.Config(), rhythmOf(record))
	if record == finalRecord {
		s.dates = s.dates[len(s.dates)-1:]
	}
	return nil
}

// setDesign makes the points and writes what was left open into the experiment.
func (s *Sweep) setDesign(e *scenario.Experiment) error {
	listed := !slices.ContainsFunc(s.paths, func(in input) bool { return !in.Listed() })
	if e.Design.Method == "" {
		e.Design.Method = design.Usual(design.Sampled).Name
		if listed {
			e.Design.Method = design.Usual(design.Listed).Name
		}
	}
	method := e.Design.Method
	made, err := design.LookUp(method)
	if err != nil {
		return err
	}
	if err := s.listedTwice(made); err != nil {
		return err
	}
	spec := design.Spec{Dimensions: len(s.paths), Seed: s.seed}
	switch {
	case made.From == design.Listed:
		for _, in := range s.paths {
			if !in.Listed() {
				return fmt.Errorf(
					"a %s needs the values of %s, not %q; write %s=A,B,C or lo:hi:step, or take --design sobol or lhs",
					method,
					in.Path,
					in.Spec,
					in.Path,
				)
			}
			spec.Levels = append(spec.Levels, len(in.Numbers))
		}
	case made.From == design.Settings:
		n := len(s.paths)
		spec.Low, spec.Base, spec.High = make([]float64, n), slices.Repeat([]float64{0.5}, n), slices.Repeat([]float64{1}, n)
		for i := range s.paths {
			in := &s.paths[i]
			if in.oat = true; math.IsNaN(in.knob.Value) {
				return fmt.Errorf("%s starts from the scenario's own value of %s, but there is none; give it one, or take "+
					"another design", method, in.Path)
			}
		}
	case e.Design.Samples == 0:
		e.Design.Samples = made.Samples
	}
	if made.From != design.Sampled && e.Design.Samples > 0 {
		return fmt.Errorf("a %s has as many points as its values make; leave samples out, or take --design sobol or lhs",
			method)
	}
	if listed && made.Fills {
		if err := s.needsNoSample(method, e.Design.Samples); err != nil {
			return err
		}
	}
	spec.Samples = e.Design.Samples
	lever, levels := s.crossing(made, e)
	spec.Dimensions -= len(levels)
	place := func(path string) int { // among the inputs that are sampled
		at, sampled := -1, -1
		for i, in := range s.paths {
			if !lever[i] {
				sampled++
			}
			if in.Path == path && !lever[i] {
				at = sampled
			}
		}
		return at
	}
	for _, c := range e.Correlations {
		a, b := place(strings.TrimPrefix(c.A, "parameters.")), place(strings.TrimPrefix(c.B, "parameters."))
		if a < 0 || b < 0 {
			return fmt.Errorf("the correlation of %s and %s names a PATH that does not vary, or a listed policy, which is "+
				"not sampled", c.A, c.B)
		}
		spec.Correlations = append(spec.Correlations, design.Correlation{A: a, B: b, Rank: c.Rank})
	}
	if s.points, err = made.Make(spec); err != nil || len(levels) == 0 {
		return err
	}
	sampled := s.points.Len()
	if s.points, err = design.Cross(lever, levels, s.points); err == nil {
		s.policies = s.points.Len() / sampled
	}
	return err
}

// value is what an input takes at coordinate u, in the model's unit.
func (in *input) value(u float64) float64 {
	switch {
	case in.oat && u == 0.5:
		return in.knob.Value
	case in.oat && in.Listed() && u < 0.5:
		return in.Numbers[0]
	case in.oat && in.Listed():
		return in.Numbers[len(in.Numbers)-1]
	case in.oat && in.Distribution() != nil:
		return in.Distribution()(0.05 + float64(0.9*u))
	case in.Distribution() != nil:
		return in.Distribution()(u)
	case in.oat && in.Interval == nil && in.knob.Drawn():
		return in.knob.Quantile(0.05 + float64(0.9*u)) // the ends of its 90 % interval
	case in.Listed():
		return in.Numbers[min(int(u*float64(len(in.Numbers))), len(in.Numbers)-1)]
	case in.Interval != nil:
		return in.knob.Spread(*in.Interval, u)
	}
	return in.knob.Quantile(u)
}
