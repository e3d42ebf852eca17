package history

import (
	"context"
	"encoding/json"
	"reflect"
	"strconv"

	"simulate/sim"
	"simulate/sim/experiment/results"
	"simulate/sim/experiment/run"
	"simulate/sim/observed"
	"simulate/sim/scenario"
	"simulate/sim/table"
)

// Conduct says how the runs of a back-test or a calibration are done. Nothing in it decides a
// number.
type Conduct struct {
	Jobs     int
	Cache    *run.Cache         // of reference paths on disk; nil: none
	Commit   string             // of the program where the linker was told one
	Progress func(run.Progress) // from one goroutine at a time; nil: not
	Notice   func(string)       // takes remarks on the observations and on the log of runs; nil: not
	// Begin is called when the input is accepted, before the first run, and may refuse. It returns the
	// folder in which the log of runs lies, so that the same call continues after a stop; "" or nil:
	// one that goes in the end.
	Begin func(*run.Batch) (log string, err error)
}

func (c Conduct) engine() *run.Engine { return run.NewEngine(c.Jobs, run.NewReferences(c.Cache)) }

// run does what is missing of the runs.
func (c Conduct) run(ctx context.Context, p *Plan, commit string) error {
	log := ""
	if c.Begin != nil {
		var err error
		if log, err = c.Begin(p.Batch); err != nil {
			return err
		}
	}
	return p.Batch.Run(ctx, log, run.Options{Jobs: c.Jobs, Cache: c.Cache, Progress: c.Progress, Notice: c.Notice,
		Commit: commit})
}

// Plan is a back-test or a calibration before its runs, which may be done in shards. The outcome is
// empty until the batch is settled.
type Plan struct {
	Batch   *run.Batch
	Outcome interface {
		// Tables are what came out.
		Tables() []*table.Table
		// Save writes them into a folder.
		Save(at *results.Place, command []string) error
	}
}

// Plan settles a back-test for shards. Its error is as of RunBacktest.
func (spec BacktestSpec) Plan(ctx context.Context) (*Plan, error) {
	_, p, err := spec.prepare(ctx, true)
	if err != nil {
		return nil, err
	}
	t := textOf(spec.Scenario, spec.Observed, spec.Seed, spec.Discrepancy)
	t.Until, t.Replications, t.FixParameters = spec.Until, spec.Replications, spec.FixParameters
	return p, p.write(backtestKind, t)
}

// Plan settles a calibration for shards. Its error is as of Calibrate.
func (spec CalibrationSpec) Plan(ctx context.Context) (*Plan, error) {
	_, p, err := spec.prepare(ctx, true)
	if err != nil {
		return nil, err
	}
	t := textOf(spec.Scenario, spec.Observed, spec.Seed, spec.Discrepancy)
	t.Samples = spec.Samples
	return p, p.write(calibrationKind, t)
}

// ReadPlan makes the back-test or calibration of a plan.
func ReadPlan(t *run.BatchText) (*Plan, error) {
	var text specText
	if err := json.Unmarshal(t.Spec, &text); err != nil {
		return nil, results.InputErrorf("the plan does not say what is to be done: %w", err)
	}
	s, err := scenario.Parse(text.Name, []byte(text.Scenario))
	if err != nil {
		return nil, err
	}
	points, err := readPoints(text.Observed)
	if err != nil {
		return nil, results.InputErrorf("the plan does not say what was observed: %w", err)
	}
	var p *Plan
	switch t.Kind {
	case backtestKind:
		_, p, err = BacktestSpec{Scenario: s, Observed: points, Until: text.Until, Replications: text.Replications,
			Seed: text.Seed, FixParameters: text.FixParameters,
			Discrepancy: text.Discrepancy}.prepare(context.Background(), false)
	case calibrationKind:
		_, p, err = CalibrationSpec{Scenario: s, Observed: points, Samples: text.Samples, Seed: text.Seed,
			Discrepancy: text.Discrepancy}.prepare(context.Background(), false)
	default:
		return nil, results.InputErrorf("there is no experiment in it")
	}
	if err != nil {
		return nil, err
	}
	return p, p.write(t.Kind, text)
}

// specText is a back-test or a calibration as a plan holds it.
type specText struct {
	Name          string      `json:"name"`
	Scenario      string      `json:"scenario"` // resolved
	Observed      []pointText `json:"observed"`
	Seed          uint64      `json:"seed"`
	Discrepancy   float64     `json:"discrepancy"`
	Until         float64     `json:"until,omitempty"`
	Replications  int         `json:"replications,omitempty"`
	FixParameters bool        `json:"fix_parameters,omitempty"`
	Samples       int         `json:"samples,omitempty"`
}

func textOf(s *scenario.Scenario, points []observed.Point, seed uint64, discrepancy float64) specText {
	t := specText{Name: s.Name, Scenario: string(s.YAML()), Seed: seed, Discrepancy: discrepancy}
	for _, p := range points {
		t.Observed = append(t.Observed, textOfPoint(p))
	}
	return t
}

// write puts the text into the batch.
func (p *Plan) write(kind string, t specText) error {
	spec, err := json.Marshal(t)
	p.Batch.Spec = run.Text{Batch: &run.BatchText{Kind: kind, Model: sim.Version, Spec: spec}}
	return err
}

// pointText is an observation by the names of its fields, numbers as text, for one may be
// undefined.
type pointText map[string]string

func textOfPoint(p observed.Point) pointText {
	out := pointText{}
	v := reflect.ValueOf(p)
	for i := range v.NumField() {
		if f := v.Field(i); f.IsZero() || !v.Type().Field(i).IsExported() { // cells are of the file
			continue
		} else if f.Kind() == reflect.Float64 {
			out[v.Type().Field(i).Name] = strconv.FormatFloat(f.Float(), 'g', -1, 64)
		} else if f.Kind() == reflect.Bool {
			out[v.Type().Field(i).Name] = "true"
		} else {
			out[v.Type().Field(i).Name] = f.String()
		}
	}
	return out
}

func readPoints(list []pointText) ([]observed.Point, error) {
	out := make([]observed.Point, len(list))
	for k, t := range list {
		v := reflect.ValueOf(&out[k]).Elem()
		for i := range v.NumField() {
			text, given := t[v.Type().Field(i).Name]
			if f := v.Field(i); !given {
				continue
			} else if f.Kind() == reflect.Float64 {
				number, err := strconv.ParseFloat(text, 64)
				if err != nil {
					return nil, err
				}
				f.SetFloat(number)
			} else if f.Kind() == reflect.Bool {
				f.SetBool(text == "true")
			} else {
				f.SetString(text)
			}
		}
	}
	return out, nil
}
