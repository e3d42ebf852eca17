package explore

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"simulate/internal/quantity"
	"simulate/sim"
	"simulate/sim/scenario"
)

// StateVersion is the version of the form in which pages write their state.
const StateVersion = 1

// ReferenceRuns is the most reference runs that a state takes. All states take the same ones, on
// common streams, so that a moved slider changes the reference path by what it changes and not by
// luck.
const ReferenceRuns = 16

// MostRuns is the most replications that a state may ask for.
const MostRuns = 1000

// State is what a page shows: a scenario and what is changed in it.
type State struct {
	Form     int      `json:"v"`                  // StateVersion
	Program  string   `json:"program"`            // version of the program whose page wrote it
	Scenario string   `json:"scenario,omitempty"` // a built-in name; "": that of the page
	Set      []string `json:"set,omitempty"`      // PATH=VALUE each, as --set takes them, in their order
	Runs     int      `json:"runs,omitempty"`     // replications, each with a base; 0: fifty
}

// Check refuses a state that another version wrote, or that asks for too much.
func (st State) Check() error {
	switch {
	case st.Form != StateVersion:
		return fmt.Errorf("the address holds settings of form %d and this page reads form %d; open it with the page that "+
			"wrote it", st.Form, StateVersion)
	case st.Program != "" && st.Program != sim.Version:
		return fmt.Errorf("the address was written by simulate %s and this page is of simulate %s, whose numbers may "+
			"differ; "+
			"open it with a page of that version, or set the sliders again", st.Program, sim.Version)
	case st.Runs < 0 || st.Runs > MostRuns:
		return fmt.Errorf("the address asks for %s; a page makes 1 to %d, `simulate run` any number",
			quantity.Plural(st.Runs, "run"), MostRuns)
	}
	return nil
}

// Replications is how many replications the state has.
func (st State) Replications() int {
	if st.Runs == 0 {
		return 50
	}
	return st.Runs
}

// scenarioOf resolves a state with some of its settings.
func (s *Session) scenarioOf(st State, set []string) (sc *scenario.Scenario, err error) {
	if name := st.Scenario; name == "" || name == s.name {
		sc, err = scenario.Change(s.name, s.text, set)
	} else {
		sc, err = scenario.Load(name, scenario.Options{Set: set})
	}
	if err == nil {
		err = Fits(sc)
	}
	return sc, err
}

// Fits refuses a scenario that a page cannot hold: one whose base is another scenario. What moves
// on the page would move in one of the two files only.
func Fits(sc *scenario.Scenario) error {
	if sc.NamesBase() {
		return errors.New("the file names another scenario under base:, and a page measures against the same world " +
			"without what happens in it; leave base: out, or use `simulate run`, which measures against any")
	}
	return nil
}

// Resolved is the scenario of a state as `simulate run` takes it: with its replications and at most
// ReferenceRuns reference runs.
func (s *Session) Resolved(st State) (*scenario.Scenario, error) {
	if err := st.Check(); err != nil {
		return nil, err
	}
	before, _, err := s.still(State{Scenario: st.Scenario})
	if err != nil {
		return nil, err
	}
	const most = "reference_replications"
	own := slices.ContainsFunc(st.Set, func(one string) bool { return pathOf(one) == most })
	fewer := append(st.Set[:len(st.Set):len(st.Set)], fmt.Sprintf("%s=%d", most, ReferenceRuns))
	set := st.Set
	if !own && before.Config().ReferenceReplications > ReferenceRuns {
		set = fewer
	}
	sc, err := s.scenarioOf(st, set)
	if err == nil && sc.Config().ReferenceReplications > ReferenceRuns {
		sc, err = s.scenarioOf(st, fewer)
	}
	if err != nil {
		return nil, err
	}
	out := *sc
	out.Replications = st.Replications()
	return &out, nil
}

// YAML is the scenario of a state as a file that `simulate run` repeats.
func (s *Session) YAML(st State) ([]byte, error) {
	sc, err := s.Resolved(st)
	if err != nil {
		return nil, err
	}
	return sc.YAML(), nil
}

// pathOf is the PATH of a setting.
func pathOf(set string) string {
	path, _, _ := strings.Cut(set, "=")
	return strings.TrimPrefix(strings.TrimSpace(path), "parameters.")
}
