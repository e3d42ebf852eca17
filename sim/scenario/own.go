package scenario

import (
	"slices"
	"strings"
)

// OwnLabs are the labs, by their keys, that the built-in scenario at the end of the chain of
// extends does not have; all where the scenario extends no built-in one.
func (s *Scenario) OwnLabs() (out []string) {
	key := func(id string) string {
		class, _, _ := strings.Cut(id, "#")
		return class
	}
	var known []string
	if s.CentreName != "" {
		for _, l := range s.Centre().Labs {
			known = append(known, key(l.ID))
		}
	}
	for _, l := range s.cfg.Labs {
		if id := key(l.ID); !slices.Contains(known, id) && !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out
}
