package plots

import (
	"slices"

	"simulate/internal/quantity"
)

// A run puts beside a scenario the same world without what happens in it, which figures draw as a
// grey reference behind it.

// referenceFirst puts the base that was added to some cases before them. Where cases have different
// ones they are left out.
func referenceFirst(cases []Case) []Case {
	var added []Case
	asked := slices.DeleteFunc(slices.Clone(cases), func(c Case) bool {
		if c.Added {
			added = append(added, c)
		}
		return c.Added
	})
	if len(added) != 1 {
		return asked
	}
	added[0].Title = without(added[0], asked)
	if len(asked) == 1 {
		asked[0].Title = with(asked[0], added[0])
	}
	return append(added, asked...)
}

// happening names what happens in a case and not in its base; nothing where something else happens
// in the base, so that it is not the same world without these.
func happening(c, base Case) (names []string) {
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
	return names
}

// without is what figures call the base of some cases: by what they have and it has not, else by
// its own title or name.
func without(base Case, cases []Case) string {
	var all []string
	for _, c := range cases {
		if c.Base == base.Name {
			all = append(all, happening(c, base)...)
		}
	}
	slices.Sort(all)
	all = slices.Compact(all)
	if name := "Without " + quantity.List(all); len(all) > 0 && len([]rune(name)) <= longestTitle {
		return name
	}
	switch len(all) {
	case 0:
		return base.label()
	case 1:
		return "Without it"
	}
	return "Without them"
}

// with is what figures call the one case that is held against a world without what happens in it:
// by what it has, in words that explain those of its base; its title where the base is a world of
// its own.
func with(c, base Case) string {
	names := happening(c, base)
	if len(names) == 0 {
		return c.Title
	}
	if name := "With " + quantity.List(names); len([]rune("Without "+quantity.List(names))) <= longestTitle {
		return name
	}
	return "With " + kindsOf(c, base)
}

// kindsOf counts what happens in a case and not in its base: "the event", "2 policies", "events and
// policies".
func kindsOf(c, base Case) string {
	var shocks, policies []string
	for _, m := range c.Markers {
		if of := &shocks; !slices.Contains(base.Markers, m) {
			if m.Kind == "policy" {
				of = &policies
			}
			if !slices.Contains(*of, m.Label) {
				*of = append(*of, m.Label)
			}
		}
	}
	counted := func(n int, one, many string) string {
		if n == 1 {
			return "the " + one
		}
		return "the " + quantity.Count(n) + " " + many
	}
	switch {
	case len(policies) == 0:
		return counted(len(shocks), "event", "events")
	case len(shocks) == 0:
		return counted(len(policies), "policy", "policies")
	}
	return "events and policies"
}

// asked are the cases that somebody asked for.
func (m Manifest) asked() []Case {
	return slices.DeleteFunc(slices.Clone(m.Cases), func(c Case) bool { return c.Added })
}
