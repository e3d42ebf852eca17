package claims

import (
	"fmt"

	"simulate/sim/experiment/run"
	"simulate/sim/scenario"
)

// Seed and Replications of every run.
const (
	Seed         = 1
	Replications = 200
)

// experiment is a set of cases that are run under the same luck.
type experiment struct {
	name  string
	cases []string // scenarios; "NAME less events" is one without its events and policies
	set   []string
	every string // rhythm of records
}

// lessEvents marks the scenario without what happens in it.
const lessEvents = " less events"

var experiments = []experiment{
	{"january", []string{"baseline", "deepseek-shock"}, []string{"clock.end=2026-01"}, "step"},
	{"elastic_06", []string{"supplier-eta-low" + lessEvents, "supplier-eta-low"}, []string{"clock.end=2027-01"}, "year"},
	{"elastic_11", []string{"supplier-eta-mid" + lessEvents, "supplier-eta-mid"}, []string{"clock.end=2027-01"}, "year"},
	{"elastic_15", []string{"supplier-eta-high" + lessEvents, "supplier-eta-high"}, []string{"clock.end=2027-01"}, "year"},
	{"test_time", []string{"test-time-off", "baseline"}, []string{"clock.end=2028-01"}, "quarter"},
	{"test_time_09", []string{"test-time-off", "baseline"}, []string{"clock.end=2028-01", "segments.reasoning.eta=0.9"},
		"quarter"},
	{"test_time_16", []string{"test-time-off", "baseline"}, []string{"clock.end=2028-01", "segments.reasoning.eta=1.6"},
		"quarter"},
	{"gpt4", []string{"gpt4-start"}, []string{"clock.end=2024-01"}, "quarter"},
}

// spec is an experiment as it is run.
func (e experiment) spec() (run.Spec, error) {
	seed := uint64(Seed)
	s := run.Spec{Name: "claims-" + e.name, Seed: &seed, Replications: Replications, Record: e.every}
	for _, name := range e.cases {
		c, err := load(name, e.set)
		if err != nil {
			return s, fmt.Errorf("%s: %w", name, err)
		}
		s.Scenarios = append(s.Scenarios, c)
	}
	return s, nil
}

// load loads a scenario, without its events where the name says so.
func load(name string, set []string) (*scenario.Scenario, error) {
	whole := name
	if n := len(name) - len(lessEvents); n > 0 && name[n:] == lessEvents {
		whole = name[:n]
	}
	s, err := scenario.Load(whole, scenario.Options{Set: set})
	if err != nil || whole == name {
		return s, err
	}
	return s.WithoutEvents(name, s.Title+", without its events")
}

// Identities are the hashes of the experiments: version, seed, replications and every scenario.
func Identities() (map[string]string, error) {
	out := map[string]string{}
	for _, e := range experiments {
		s, err := e.spec()
		if err != nil {
			return nil, err
		}
		r, err := run.NewRuns(s)
		if err != nil {
			return nil, err
		}
		out[e.name] = r.Identity()
	}
	return out, nil
}
