package run

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"simulate/internal/quantity"
	"simulate/sim/design"
	"simulate/sim/experiment/results"
	"simulate/sim/scenario"
)

// crossing tells which inputs are levers of policy whose listed values are crossed with a sample of
// everything else, never sampled with it, and how many values each has.
func (s *Sweep) crossing(d design.Design, e *scenario.Experiment) (lever []bool, levels []int) {
	lever = make([]bool, len(s.paths))
	if !d.Fills {
		return lever, nil
	}
	for i, in := range s.paths {
		if e.Chosen(in.Path) && in.Listed() {
			lever[i] = true
			levels = append(levels, len(in.Numbers))
		}
	}
	if len(levels) == len(s.paths) { // policies alone: a sample of their combinations
		return make([]bool, len(s.paths)), nil
	}
	return lever, levels
}

// sampledLevers says which of the listed values under levers: are sampled and not crossed, for they
// are of no policy; "" for none.
func (s *Sweep) sampledLevers(named []scenario.Variation, d design.Design, e *scenario.Experiment) string {
	var paths []string
	for _, v := range named {
		if d.Fills && v.Listed() && !e.Chosen(v.Path) {
			paths = append(paths, v.Path)
		}
	}
	if len(paths) == 0 {
		return ""
	}
	return fmt.Sprintf("%s: what is listed is sampled with the uncertainties, for policies.* alone are crossed with "+
		"futures unless --policies says otherwise; --design grid crosses all.", quantity.List(paths))
}

// chosen refuses PATHs under policies that do not vary or list no values, which could not be
// crossed.
func (s *Sweep) chosen(e *scenario.Experiment) error {
	for _, path := range e.Policies {
		i := slices.IndexFunc(s.paths, func(in input) bool { return in.Path == path })
		switch {
		case i < 0:
			return fmt.Errorf("policies: %s does not vary; list its values, as in --vary %s=A,B, or name others of %s", path,
				path, quantity.List(s.Paths()))
		case !s.paths[i].Listed():
			return fmt.Errorf("policies: %s takes %q, and what is chosen is listed; write %s=A,B,C", path, s.paths[i].Spec,
				path)
		}
	}
	return nil
}

// Policies is how many combinations of levers meet each sampled future; 0 where none are crossed.
// Points of one future follow each other.
func (s *Sweep) Policies() int { return s.policies }

// listedTwice refuses a value that an input lists twice, which would make two cases of one; points
// given one by one may repeat values.
func (s *Sweep) listedTwice(d design.Design) error {
	var wrong []error
	for _, in := range s.paths {
		seen := map[float64]bool{}
		for k, v := range in.Numbers {
			if seen[v] && !d.ByHand {
				wrong = append(wrong, fmt.Errorf("%s lists %s twice; keep one", in.Path, in.Values[k]))
			}
			seen[v] = true
		}
	}
	return errors.Join(wrong...)
}

// Notes are what a reader should know of the points, a sentence each.
func (s *Sweep) Notes() []string {
	if s.experiment.Design.Method != design.ByHand().Name {
		return s.notes
	}
	seen := map[string]bool{}
	var values []float64
	repeated := 0
	for i := range s.Cases() {
		values = s.Values(i, values)
		key := fmt.Sprint(values)
		if seen[key] {
			repeated++
		}
		seen[key] = true
	}
	if repeated == 0 {
		return s.notes
	}
	return append(slices.Clone(s.notes), fmt.Sprintf("%s the values of another and, since runs share their luck, its "+
		"results.", quantity.Plural(repeated, "point repeats", "points repeat")))
}

// needsNoSample refuses a sample of listed values that is as large as the grid of them, which holds
// each combination once.
func (s *Sweep) needsNoSample(method string, samples int) error {
	combinations := 1.0
	for _, in := range s.paths {
		combinations *= float64(len(in.Numbers))
	}
	if float64(samples) < combinations {
		return nil
	}
	remedy := "take --design grid"
	if in := s.paths[0]; in.knob.Words == nil && len(in.Numbers) > 1 {
		remedy += fmt.Sprintf(", or write an interval to sample, as in %s='%s to %s'", in.Path,
			in.knob.Format(slices.Min(in.Numbers)), in.knob.Format(slices.Max(in.Numbers)))
	}
	return fmt.Errorf("%s of %s points would only repeat the %s of listed values; %s", method, quantity.Count(samples),
		quantity.Plural(int(combinations), "combination"), remedy)
}

// checkRows refuses, before any run, a row of parameter_sets that cannot be at a point that it
// meets: at any listed one, or at all that are sampled. Where it cannot be at some sampled points,
// those runs alone fail and name the row.
func (s *Sweep) checkRows() error {
	const most = 5_000 // configurations, half a second's work
	if s.scenario.Rows() == 0 {
		return nil
	}
	listed := !slices.ContainsFunc(s.paths, func(in input) bool { return !in.Listed() })
	tried := 0
	for replication := 1; replication <= min(s.replications, s.scenario.Rows()); replication++ {
		possible := 0
		var failed error
		for number := range s.points.Len() {
			if tried++; tried > most {
				return nil
			}
			_, err := s.config(number, replication)
			switch {
			case err == nil:
				possible++
			case failed == nil:
				failed = fmt.Errorf("%w, at point %d (%s)", err, number+1, s.labelOf(number))
			}
		}
		if failed != nil && (listed || possible == 0) {
			_, place := s.scenario.Row(s.seed, replication)
			return results.InputErrorf("%s: %w; change the row or take it out, or leave such a point out", place, failed)
		}
	}
	return nil
}

// labelOf writes the values of a point.
func (s *Sweep) labelOf(number int) string {
	var parts []string
	for i, v := range s.Values(number, nil) {
		parts = append(parts, s.paths[i].Path+" "+s.knobs[i].Written(v))
	}
	return strings.Join(parts, ", ")
}
