package compare

import (
	"slices"
	"strings"

	"simulate/internal/quantity"
	"simulate/sim/experiment/results"
	"simulate/sim/scenario"
)

// Counterfactuals adds to some scenarios the world in which each would be without what happens in
// it: cases are the scenarios, then the bases that are not among them, one for all that share it. c
// says which is held against which, nil where nothing happens in any. The error is an *InputError.
func Counterfactuals(scenarios []*scenario.Scenario) (cases []*scenario.Scenario, c *results.Comparison, err error) {
	cases = slices.Clone(scenarios)
	worlds := map[string]string{} // the case by world and clock
	of := func(s *scenario.Scenario) string { return s.World() }
	for _, s := range scenarios {
		if _, known := worlds[of(s)]; !known {
			worlds[of(s)] = s.Name
		}
	}
	c = &results.Comparison{Own: true}
	for _, s := range scenarios {
		base, made, err := s.Base()
		if err != nil {
			return nil, nil, results.AsInput(err)
		}
		if base == nil {
			continue
		}
		name, known := worlds[of(base)]
		switch {
		case known && name == s.Name:
			return nil, nil, results.InputErrorf("%s is its own base; name another one, or leave base: out of its file", s.Name)
		case !known:
			name = base.Name
			worlds[of(base)] = name
			cases, c.Added = append(cases, base), append(c.Added, name)
		}
		c.Alternatives, c.Bases = append(c.Alternatives, s.Name), append(c.Bases, name)
		if assumptions, _ := scenario.Differences(base, s); !made && len(assumptions) > 0 {
			c.Mixed = append(c.Mixed, s.Name)
		}
		if gone := s.Absent(); len(gone) > 0 {
			if c.Absent == nil {
				c.Absent = map[string][]string{}
			}
			c.Absent[s.Name] = gone
		}
	}
	if len(c.Alternatives) == 0 {
		return scenarios, nil, nil
	}
	return cases, c, nil
}

// happening names what happens in a case and not in its base: "DeepSeek R1", "DeepSeek R1 and 2
// more"; nothing where they differ in assumptions alone, or where something else happens in the
// base, so that it is not the same world without these.
func happening(c, base results.Case) (names []string) {
	for _, m := range base.Markers {
		if !slices.Contains(c.Markers, m) {
			return nil
		}
	}
	for _, m := range c.Markers {
		if !slices.Contains(base.Markers, m) && !slices.Contains(names, m.Label) {
			names = append(names, m.Label)
		}
	}
	for i, name := range names {
		names[i] = within(name)
	}
	return names
}

// within is a label as it stands within a sentence: an article at its beginning is small.
func within(label string) string {
	for _, article := range []string{"A ", "An ", "The "} {
		if rest, found := strings.CutPrefix(label, article); found {
			return strings.ToLower(article) + rest
		}
	}
	return label
}

// someOf joins names, the first of many.
func someOf(names []string) string {
	if len(names) > mostMarkers {
		names = append(slices.Clone(names[:mostMarkers-1]), "others")
	}
	return quantity.List(names)
}
