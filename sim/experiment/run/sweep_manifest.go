package run

import (
	"fmt"
	"strings"

	"simulate/internal/quantity"
	"simulate/sim"
	"simulate/sim/experiment/results"
)

// Complete is a complete results folder.
type Complete struct {
	Dir             string
	Manifest        *results.Manifest
	AlreadyComplete bool // nothing was computed
}

// differs says in what an experiment in the folder differs from the sweep.
func (s *Sweep) differs(m *results.Manifest) string {
	if m.Sweep == nil {
		return "runs of scenarios, not a sweep"
	}
	var parts []string
	for _, d := range []struct{ what, theirs, mine string }{
		{"model version", m.Version, sim.Version}, {"seed", fmt.Sprint(m.Seed), fmt.Sprint(s.seed)},
		{"replications", fmt.Sprint(m.Sweep.Replications), fmt.Sprint(s.replications)}, {"cases", fmt.Sprint(m.Sweep.Cases),
			fmt.Sprint(s.Cases())},
		{"design", m.Sweep.Design, s.experiment.Design.Method}, {"record", m.Record, s.experiment.Record},
	} {
		if d.theirs != d.mine {
			parts = append(parts, fmt.Sprintf("%s %s, not %s", d.what, d.theirs, d.mine))
		}
	}
	if len(parts) == 0 {
		return "a value in the scenario or what varies"
	}
	return strings.Join(parts, "; ")
}

// mostListed is how many listed values scenario.yaml takes up.
const mostListed = 20_000

// texts are the scenario that repeats the sweep, and a sentence where it cannot hold all of it.
func (s *Sweep) texts(int) (files []textFile, note string) {
	listed := 0
	for _, in := range s.paths {
		listed += len(in.Numbers)
	}
	own := s.scenario
	if listed > mostListed {
		e := s.experiment
		e.SetInputs(nil)
		own = own.WithExperiment(e)
		note = fmt.Sprintf("%s vary, too many for scenario.yaml; `sweep scenario.yaml --points` on the table "+
			"design repeats them.", quantity.Plural(listed, "value"))
	}
	return []textFile{{results.ScenarioName, own.YAML()}}, note
}

// listedFailures bounds how many failures a manifest names; the table of runs has all.
const listedFailures = 100

func (s *Sweep) manifest(a *assembly) *results.Manifest {
	e := s.experiment
	info := &results.SweepInfo{Design: e.Design.Method, Samples: e.Design.Samples, Cases: s.Cases(),
		Replications: s.replications, Runs: a.done, Failed: len(a.failed)}
	for _, in := range s.paths {
		info.Inputs = append(info.Inputs, results.SweepInput{Path: in.Path, Unit: in.knob.TableUnit(), Spec: in.specShort()})
	}
	for _, i := range s.what.metrics {
		info.Metrics = append(info.Metrics, sim.Metrics[i].Name)
	}
	return &results.Manifest{Name: s.name, Title: s.scenario.Title, Seed: s.seed, Replications: s.replications,
		Record: e.Record, Asked: s.asked,
		Cases: []results.Case{}, Failed: append([]results.Failure{}, a.failed[:min(len(a.failed), listedFailures)]...),
		Notes: append([]string{}, s.Notes()...), Sweep: info}
}

// specShort is what the input takes, cut off where the list is long.
func (in *input) specShort() string {
	const most = 20
	if len(in.Values) <= most {
		return in.Spec
	}
	return strings.Join(in.Values[:most], ", ") + fmt.Sprintf(", … (%s)", quantity.Plural(len(in.Values), "value"))
}
