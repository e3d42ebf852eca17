package explore

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"simulate/sim"
	"simulate/sim/experiment/run"
	"simulate/sim/scenario"
)

// Session answers one page. It is not safe for concurrent use.
type Session struct {
	name   string
	text   []byte
	engine *run.Engine
	quick  *run.Engine // of expected paths
	paths  int         // that it has made

	fixed    map[string]*scenario.Scenario // scenarios by the settings that are no knobs
	resolved map[string]*scenario.Scenario // by the whole state
	meanings map[string]string             // of knobs by their PATHs
	gathered *gathering
	of, base *sim.Config // the configuration of the last run with a base, and its base
}

// Open begins a session on a resolved scenario, as Scenario.YAML writes it.
func Open(name string, text []byte) (*Session, error) {
	if _, err := scenario.Change(name, text, nil); err != nil {
		return nil, err
	}
	return &Session{name: name, text: text, engine: run.NewEngine(1, nil), fixed: map[string]*scenario.Scenario{},
		resolved: map[string]*scenario.Scenario{}, meanings: map[string]string{}}, nil
}

// keptScenarios bounds each memory of scenarios.
const keptScenarios = 8

// remember is what a memory holds under a key, made where there is none.
func remember(memory map[string]*scenario.Scenario, key string, make func() (*scenario.Scenario,
	error)) (*scenario.Scenario, error) {
	if s := memory[key]; s != nil {
		return s, nil
	}
	s, err := make()
	if err != nil {
		return nil, err
	}
	if len(memory) >= keptScenarios {
		clear(memory)
	}
	memory[key] = s
	return s, nil
}

// moved is the configuration of a state: knobs are turned in a scenario that is there already, for
// reading it again takes longer than a run. Where that does not go, the scenario is read, which
// says why in the program's own words.
func (s *Session) moved(st State) (*scenario.Scenario, *sim.Config, error) {
	if err := st.Check(); err != nil {
		return nil, nil, err
	}
	sc, turned, err := s.still(st)
	if err != nil {
		return s.read(st) // which tells all mistakes together
	}
	if len(turned) == 0 {
		return sc, sc.Config(), nil
	}
	var knobs []*scenario.Knob
	var values []float64
	for _, set := range turned {
		k, v, ok := turn(sc, set)
		if !ok {
			return s.read(st)
		}
		knobs, values = append(knobs, k), append(values, v)
	}
	cfg, err := sc.Vary(sc.Config(), knobs, values)
	if err != nil {
		return s.read(st)
	}
	return sc, cfg, nil
}

// still is the scenario of a state before its knobs are turned, and the settings that turn them.
func (s *Session) still(st State) (sc *scenario.Scenario, turned []string, err error) {
	read := func(set []string) (*scenario.Scenario, error) {
		return remember(s.fixed, s.key(st, set), func() (*scenario.Scenario, error) { return s.scenarioOf(st, set) })
	}
	structure := structural(st.Set)
	if sc, err = read(structure); err != nil {
		return nil, nil, err
	}
	var rest []string
	for _, one := range st.Set {
		if _, _, ok := turn(sc, one); ok && !slices.Contains(structure, one) {
			turned = append(turned, one)
		} else {
			rest = append(rest, one)
		}
	}
	if len(rest) > len(structure) {
		sc, err = read(rest)
	}
	return sc, turned, err
}

// turn is the knob that a setting turns, and its value; false where it does more, or is none.
func turn(sc *scenario.Scenario, one string) (*scenario.Knob, float64, bool) {
	path, text, _ := strings.Cut(one, "=")
	k, known := sc.Knob(strings.TrimSpace(path))
	if !known || k.Drawn() {
		return nil, 0, false
	}
	v, err := k.Parse(text)
	return k, v, err == nil
}

// quickly is the engine of expected paths. It is a new one now and then, for each moved slider
// leaves a reference path behind.
func (s *Session) quickly() *run.Engine {
	const most = 16
	if s.paths%most == 0 {
		s.quick = run.NewEngine(1, nil)
	}
	s.paths++
	return s.quick
}

// read resolves a state by reading all of it.
func (s *Session) read(st State) (*scenario.Scenario, *sim.Config, error) {
	sc, err := s.scenarioOf(st, st.Set)
	if err != nil {
		return nil, nil, err
	}
	return sc, sc.Config(), nil
}

// structural are the settings that do more than turn a knob: those that write a whole part of the
// scenario, take one away or touch the clock, and those that a later one replaces.
func structural(set []string) (out []string) {
	for i, one := range set {
		_, text, _ := strings.Cut(one, "=")
		text = strings.TrimSpace(text)
		part := text == "" || text == "null" || strings.ContainsAny(text[:1], "{[") || !strings.Contains(pathOf(one), ".")
		again := slices.ContainsFunc(set[i+1:], func(o string) bool { return overlap(pathOf(o), pathOf(one)) })
		if part || again || strings.HasPrefix(pathOf(one), "clock.") {
			out = append(out, one)
		}
	}
	return out
}

// overlap reports whether one of two PATHs lies in the other.
func overlap(a, b string) bool {
	return a == b || strings.HasPrefix(a, b+".") || strings.HasPrefix(b, a+".")
}

func (s *Session) key(st State, set []string) string {
	return st.Scenario + "\x00" + strings.Join(set, "\x00")
}

// whole is the scenario of a state as files have it.
func (s *Session) whole(st State) (*scenario.Scenario, error) {
	return remember(s.resolved, fmt.Sprint(st.Runs)+s.key(st, st.Set), func() (*scenario.Scenario,
		error) {
		return s.Resolved(st)
	})
}

// background is the context of a session's runs, which end by themselves.
var background = context.Background()
