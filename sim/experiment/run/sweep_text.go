package run

import (
	"cmp"
	"strconv"

	"simulate/sim"
	"simulate/sim/experiment/results"
	"simulate/sim/scenario"
)

// sweepText is a sweep as a plan holds it: everything that decides its numbers.
type sweepText struct {
	Model        string                     `json:"model"`
	Name         string                     `json:"name"`
	Seed         uint64                     `json:"seed"`
	Replications int                        `json:"replications"`
	Design       string                     `json:"design"`
	Samples      int                        `json:"samples,omitempty"`
	Inputs       []inputText                `json:"inputs"`
	Correlations []scenario.RankCorrelation `json:"correlations,omitempty"`
	Policies     []string                   `json:"policies,omitempty"` // where they are named
	Metrics      []string                   `json:"metrics"`
	Record       string                     `json:"record"`
	Tables       []string                   `json:"tables,omitempty"` // where asked for
	Scenario     string                     `json:"scenario"`         // resolved, without what varies
}

// inputText is what varies: listed numbers in the model's unit, an interval, a distribution, or
// none of them for the scenario's own range.
type inputText struct {
	Path     string      `json:"path"`
	Unit     string      `json:"unit,omitempty"`
	Numbers  []string    `json:"numbers,omitempty"` // as text, for one may be infinite
	Interval *[2]float64 `json:"interval,omitempty"`
	Dist     string      `json:"dist,omitempty"`    // {dist: …}, as scenarios write it
	Under    string      `json:"under,omitempty"`   // section of the experiment, where it is not the usual one
	Written  string      `json:"written,omitempty"` // numbers or interval where the user has a way of his own
}

func (s *Sweep) text() sweepText {
	e := s.experiment
	t := sweepText{Model: sim.Version, Name: s.name, Seed: s.seed, Replications: s.replications, Design: e.Design.Method,
		Samples:      e.Design.Samples,
		Correlations: e.Correlations, Record: e.Record, Tables: s.asked, Policies: e.Policies}
	usual := scenario.Experiment{}
	usual.SetInputs(e.Inputs())
	for i, in := range s.paths {
		text := inputText{Path: in.Path, Unit: in.knob.Unit, Interval: in.Interval}
		if usual.Inputs()[i].Path != in.Path || len(usual.Levers) != len(e.Levers) {
			text.Under = map[bool]string{true: "uncertainties", false: "levers"}[i < len(e.Uncertainties)]
		}
		if in.Distribution() != nil {
			text.Dist = in.Spec
		}
		for _, v := range in.Numbers {
			text.Numbers = append(text.Numbers, strconv.FormatFloat(v, 'g', -1, 64))
		}
		if plain, err := text.variation(in.knob); err == nil && text.Dist == "" && plain.Spec != in.Spec {
			text.Written = in.Spec
		}
		t.Inputs = append(t.Inputs, text)
	}
	for _, i := range s.what.metrics {
		t.Metrics = append(t.Metrics, sim.Metrics[i].Name)
	}
	t.Scenario = string(s.scenario.WithExperiment(scenario.Experiment{}).YAML())
	return t
}

// Text is the sweep as a plan holds it.
func (s *Sweep) Text() Text {
	t := s.text()
	return Text{Sweep: &t}
}

// Identity is the SHA-256 of everything that decides the numbers.
func (s *Sweep) Identity() string { return Sum(s.text()) }

// sweep makes the sweep that the text describes.
func (t sweepText) sweep(by Pairing) (*Sweep, error) {
	own, err := scenario.Parse(t.Name, []byte(t.Scenario))
	if err != nil {
		return nil, err
	}
	spec := SweepSpec{Scenario: own, Design: t.Design, Samples: t.Samples, Correlations: t.Correlations,
		Policies: t.Policies, Metrics: t.Metrics, Record: t.Record, Tables: t.Tables,
		Seed: &t.Seed, Replications: t.Replications, Pairing: by}
	e := own.Experiment
	for _, in := range t.Inputs {
		l, found := own.Knob(in.Path)
		if !found {
			return nil, results.InputErrorf("there is no PATH %s", in.Path)
		}
		v, err := in.variation(l)
		if text := cmp.Or(in.Dist, in.Written); err == nil && text != "" {
			v, err = own.ParseVariation(in.Path, text)
		}
		if err != nil {
			return nil, results.InputErrorf("%s: %w", in.Path, err)
		}
		spec.Inputs = append(spec.Inputs, v)
		if in.Under == "uncertainties" {
			e.Uncertainties = append(e.Uncertainties, v)
		} else if in.Under != "" {
			e.Levers = append(e.Levers, v)
		}
	}
	if len(e.Inputs()) > 0 {
		with := *own
		with.Experiment, spec.Scenario, spec.Inputs = e, &with, nil
	}
	return NewSweep(spec)
}

// variation is what varies by its numbers or interval alone, written in dollars.
func (in inputText) variation(l *scenario.Knob) (scenario.Variation, error) {
	switch {
	case len(in.Numbers) > 0:
		numbers := make([]float64, len(in.Numbers))
		for i, text := range in.Numbers {
			v, err := strconv.ParseFloat(text, 64)
			if err != nil {
				return scenario.Variation{}, err
			}
			numbers[i] = v
		}
		return l.List(numbers), nil
	case in.Interval != nil:
		return scenario.Variation{Path: in.Path, Interval: in.Interval,
			Spec: l.Format(in.Interval[0]) + " to " + l.Format(in.Interval[1])}, nil
	}
	return scenario.Variation{Path: in.Path, Spec: "range"}, nil
}
