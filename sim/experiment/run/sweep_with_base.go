package run

import (
	"fmt"
	"maps"
	"slices"

	"simulate/internal/shell"
	"simulate/sim/design"
	"simulate/sim/experiment/results"
	"simulate/sim/scenario"
)

// withBase adds to what varies the value at which each policy that varies does nothing: to a listed
// input that gives its size, or where its dates alone vary, the size itself with and without.
func (s *Sweep) withBase(e *scenario.Experiment) error {
	idle := s.idle()
	if len(idle) == 0 {
		return fmt.Errorf("option --with-base: no policy varies; leave it out, or list values of one in --vary")
	}
	if made, err := design.LookUp(e.Design.Method); err == nil && (made.ByHand || made.From != design.Listed &&
		!made.Fills) {
		return fmt.Errorf("option --with-base adds values to a grid, or to the policies of lhs and sobol; a design %s has "+
			"rows of its own", made.Name)
	}
	for _, policy := range slices.Sorted(maps.Keys(idle)) {
		neutral := idle[policy]
		place := -1
		for j, v := range neutral {
			in := s.paths[j]
			if !in.Listed() {
				continue
			}
			if slices.Contains(in.Numbers, v) {
				place = -2
				break
			}
			if place < 0 || j < place {
				place = j
			}
		}
		switch {
		case place == -2: // it is listed
		case place < 0:
			if err := s.addSwitch(policy, len(neutral) > 0); err != nil {
				return err
			}
		default:
			in := &s.paths[place]
			in.Variation = in.knob.Before(neutral[place], in.Variation)
			in.knob = in.knob.As(in.Variation)
			s.knobs[place] = in.knob
		}
	}
	var all []scenario.Variation
	for _, in := range s.paths {
		all = append(all, in.Variation)
	}
	e.SetInputs(all)
	s.paths, s.knobs = nil, nil
	return s.setInputs(s.scenario, e.Inputs()) // in their order there
}

// addSwitch lets the size of a policy vary between nothing and what the scenario says, where that
// takes all of the policy away. sampled tells that the size is sampled already.
func (s *Sweep) addSwitch(policy string, sampled bool) error {
	if sampled {
		return fmt.Errorf("option --with-base: no listed value of what varies switches policies.%s off; list the values "+
			"of what gives its size, such as an amount or a rate", policy)
	}
	var found []*scenario.Knob
	var off float64
	for _, l := range s.scenario.Knobs() {
		if v, known := s.scenario.Neutral(l.Path); known && policyOf(l.Path) == policy && l.Given {
			found, off = append(found, l), v
		}
	}
	for _, p := range s.scenario.Config().Policies {
		if p.ID == policy && len(p.Effects()) != len(found) {
			found = nil
		}
	}
	if len(found) != 1 || found[0].Drawn() || found[0].Value == off {
		return fmt.Errorf("option --with-base: no single value switches policies.%s off; `simulate compare %s %s` tells "+
			"what it changes as the scenario has it", policy, scenario.WithoutPolicies, shell.Path(s.ref))
	}
	v := found[0].List([]float64{off, found[0].Value})
	s.paths = append(s.paths, input{Variation: v, knob: found[0].As(v)})
	return nil
}

// Advice is how what policies change can be seen where no point is without them.
type Advice struct {
	WithBase bool                 // the same command with --with-base tells it
	Inputs   []scenario.Variation // otherwise those of a comparison with the world without policies
}

// advice tries what it gives.
func (s *Sweep) advice(e scenario.Experiment) Advice {
	tried, err := NewSweep(SweepSpec{Scenario: s.scenario.WithExperiment(e), Seed: &s.seed, Replications: s.replications,
		WithBase: true})
	if err == nil {
		if _, held := tried.basesOf(); held > 0 {
			return Advice{WithBase: true}
		}
	}
	var others []scenario.Variation
	for _, in := range s.paths {
		if !results.IsPolicy(in.Path) {
			others = append(others, in.Variation)
		}
	}
	return Advice{Inputs: others}
}

// Advice is that of a sweep in which policies vary.
func (s *Sweep) Advice() Advice { return s.advice(s.experiment) }

// Command is what to type for a scenario, with all that varies where it is no experiment of its
// file.
func (a Advice) Command(ref string, varies bool, inputs []scenario.Variation) string {
	line := []string{"simulate", "compare", scenario.WithoutPolicies, ref}
	if a.WithBase {
		line = []string{"simulate", "sweep", ref, "--with-base"}
	} else {
		inputs, varies = a.Inputs, true
	}
	for _, in := range inputs {
		if varies {
			line = append(line, "--vary", in.Path+"="+in.Spec)
		}
	}
	return shell.Line(line...)
}

// sentence says it.
func (a Advice) sentence(ref string) string {
	if a.WithBase {
		return "--with-base adds points without it"
	}
	return fmt.Sprintf("`%s` does for the policy as the scenario has it", a.Command(ref, true, nil))
}
