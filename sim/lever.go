package sim

import (
	"fmt"
	"iter"
	"reflect"
	"slices"
	"strings"
)

// Lever is an instrument of policy: one key of a policy in a scenario file, and all that is said of
// it anywhere.
//
// Its row stands in a file of its own, below the struct that holds its settings. The process in
// which it acts lists the row, which Schedule passes on, and asks for the settings in force with
// inForce. Scenario files, checks, schema, reference, events and reports follow from the row.
type Lever struct {
	Name    string     // key of a policy in a scenario file
	Noun    string     // what events call it
	Meaning string     // one sentence
	New     func() any // a pointer to settings at which only keys that are needed are open

	Keys     []Key
	Needs    []Need
	Idle     []Idle
	Excludes []Excluded
	Presets  []Preset // settings with a name of their own, which may stand in place of the keys
	ByPath   bool     // its keys are PATHs of scalars; the settings are PathValues

	// Nobody is the event where its selection of labs is empty: "NOUN reaches no lab".
	Nobody string
	// Selects reports whether the selection counts; nil: always.
	Selects func(settings any) bool
	// Check refuses settings that cannot act, for a reason that only the whole case shows; "" passes.
	Check func(cfg *Config, p *Policy, settings any) (what, remedy string)
	// Contested names what two policies both set, of which the later counts.
	Contested func(cfg *Config, a, b any) []string

	Effects []Effect // one for each way to use it
}

// Need is a choice of keys of which a lever must have one, and how to write it.
type Need struct {
	Keys    []string
	Example string
}

// Idle is a key that does nothing without another, and how to write that one.
type Idle struct{ Key, Without, Example string }

// Excluded is a key that leaves others nothing to say.
type Excluded struct {
	Key    string
	Others []string
}

// PathValues are settings whose keys are PATHs of scalars, with the value of each.
type PathValues interface {
	Len() int
	Add(Change)
	At(i int) *Change // until the next Add
}

// Preset is settings with a name, such as the year of a guideline.
type Preset struct {
	Name     string
	Settings any
}

// Effect is what theory expects of a lever, or of one way to use it.
type Effect struct {
	Name      string         // of the lever, with the way in which it is used
	Keys      []string       // that the way is about; nil: all
	Neutral   string         // settings in YAML at which a run is bit for bit that without the lever
	Example   string         // settings in YAML that show what is expected
	Expected  string         // clauses "metric rises", "metric falls" or "metric either way", separated by "; "
	When      Circumstance   // in which it is expected; "": in all
	Why       string         // in one sentence
	Ambiguous bool           // theory gives no sign: the outcome is reported, not expected
	Hangs     string         // on what the sign hangs besides, so that only the example is judged; "": on nothing
	Uses      func(any) bool // whether settings use the lever in this way; nil: always
}

// Circumstance is a condition under which an effect is expected.
type Circumstance string

// The circumstances that expectations are bound to.
const (
	ChipsScarce    Circumstance = "chips are scarce"
	NoBreakthrough Circumstance = "no breakthrough has just been published"
	LabsSold       Circumstance = "labs are sold"
)

// Levers are the instruments of policy, in the order of the processes in which they act.
var Levers = leversOf(Schedule)

func leversOf(processes []Process) (out []*Lever) {
	for _, p := range processes {
		out = append(out, p.Levers...)
	}
	return out
}

// In is the place of the lever's settings among those that a policy pulls, nil if it does not pull
// the lever.
func (l *Lever) In(p *Policy) *any {
	kind := reflect.TypeOf(l.New())
	for i := range p.Levers {
		if reflect.TypeOf(p.Levers[i]) == kind {
			return &p.Levers[i]
		}
	}
	return nil
}

// Key finds a key by its name.
func (l *Lever) Key(name string) (Key, bool) {
	for _, k := range l.Keys {
		if k.Name == name {
			return k, true
		}
	}
	return Key{}, false
}

// Preset returns a copy of the settings of a name.
func (l *Lever) Preset(name string) (settings any, found bool) {
	for _, p := range l.Presets {
		if p.Name == name {
			out := reflect.New(reflect.TypeOf(p.Settings).Elem())
			out.Elem().Set(reflect.ValueOf(p.Settings).Elem())
			return out.Interface(), true
		}
	}
	return nil, false
}

// needs reports whether the lever cannot do without a key.
func (l *Lever) needs(name string) bool {
	return slices.ContainsFunc(l.Needs, func(n Need) bool { return slices.Contains(n.Keys, name) })
}

// Pull adds settings of a lever to a policy: a pointer to the struct of its row.
func (p *Policy) Pull(settings any) { p.Levers = append(p.Levers, settings) }

// Pulled returns a policy's settings of a lever, nil if it does not pull it.
func Pulled[L any](p *Policy) *L {
	for _, v := range p.Levers {
		if l, ok := v.(*L); ok {
			return l
		}
	}
	return nil
}

// inForce visits the settings of a lever in force with their policies, in the scenario's order.
func inForce[L any](m *Model) iter.Seq2[*policyState, *L] {
	return func(yield func(*policyState, *L) bool) {
		for i := range m.policies {
			p := &m.policies[i]
			if !p.active {
				continue
			}
			for _, v := range p.Levers {
				if l, ok := v.(*L); ok && !yield(p, l) {
					return
				}
			}
		}
	}
}

// pulls visits the rows that a policy uses, with its settings, in the order of Levers.
func (p *Policy) pulls() iter.Seq2[*Lever, any] {
	return func(yield func(*Lever, any) bool) {
		for _, l := range Levers {
			if v := l.In(p); v != nil && !yield(l, *v) {
				return
			}
		}
	}
}

// Effects are what theory expects of the levers that a policy pulls, in the order of Levers.
func (p *Policy) Effects() (out []Effect) {
	for l, settings := range p.pulls() {
		for _, e := range l.Effects {
			if e.Uses == nil || e.Uses(settings) {
				out = append(out, e)
			}
		}
	}
	return out
}

// Effects are those of all levers.
func Effects() (out []Effect) {
	for _, l := range Levers {
		out = append(out, l.Effects...)
	}
	return out
}

// Clause is one thing that theory expects of a lever.
type Clause struct {
	Metric string
	Way    int // 1: it rises, −1: it falls, 0: either way
}

// Clauses are what theory expects, as in Expected.
func (e Effect) Clauses() []Clause {
	var out []Clause
	for _, text := range strings.Split(e.Expected, "; ") {
		metric, way, _ := strings.Cut(text, " ")
		out = append(out, Clause{metric, map[string]int{"rises": 1, "falls": -1}[way]})
	}
	return out
}

// nouns name what a policy pulls, in the order of Levers.
func (p *Policy) nouns() (out []string) {
	for l := range p.pulls() {
		out = append(out, l.Noun)
	}
	return out
}

// checkLevers refuses indices out of range and settings that cannot act.
func checkLevers(cfg *Config) error {
	for i := range cfg.Policies {
		p := &cfg.Policies[i]
		for l, settings := range p.pulls() {
			for _, k := range l.Keys {
				if err := k.inRange(cfg, settings); err != nil {
					return fmt.Errorf("policy %s: %s.%s %w", p.ID, l.Name, k.Name, err)
				}
			}
			if l.Check == nil {
				continue
			}
			if what, _ := l.Check(cfg, p, settings); what != "" {
				return fmt.Errorf("policy %s: %s %s", p.ID, l.Name, what)
			}
		}
	}
	return nil
}
