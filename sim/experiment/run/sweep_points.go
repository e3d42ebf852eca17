package run

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"simulate/internal/quantity"
	"simulate/sim/design"
)

// IsPolicy tells whether a PATH is an instrument of policy; everything else that varies is an
// assumption about the world.
func IsPolicy(path string) bool { return strings.HasPrefix(path, "policies.") }

// crossing tells which inputs are levers of policy whose listed values are crossed with a sample of
// everything else, never sampled with it, and how many values each has.
func (s *Sweep) crossing(d design.Design) (lever []bool, levels []int) {
	lever = make([]bool, len(s.paths))
	if !d.Fills {
		return lever, nil
	}
	for i, in := range s.paths {
		if IsPolicy(in.Path) && in.Listed() {
			lever[i] = true
			levels = append(levels, len(in.Numbers))
		}
	}
	if len(levels) == len(s.paths) { // policies alone: a sample of their combinations
		return make([]bool, len(s.paths)), nil
	}
	return lever, levels
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
	if in := s.paths[0]; in.lever.Words == nil && len(in.Numbers) > 1 {
		remedy += fmt.Sprintf(", or write an interval to sample, as in %s='%s to %s'", in.Path,
			in.lever.Format(slices.Min(in.Numbers)), in.lever.Format(slices.Max(in.Numbers)))
	}
	return fmt.Errorf("%s of %s points would only repeat the %s of listed values; %s", method, quantity.Count(samples),
		quantity.Plural(int(combinations), "combination"), remedy)
}
