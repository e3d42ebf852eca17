package scenario

import (
	"slices"
	"strings"

	"simulate/internal/quantity"
)

// Words for a scenario less some of what happens in it: they stand for a BASE of `compare`, for
// what a pattern is held against, and end the name of such a case: deepseek-shock.without_events.
const (
	WithoutEvents   = "without_events"
	WithoutPolicies = "without_policies"
	WithoutBoth     = "without_both"
)

// lessWords say what each word takes out.
var lessWords = []struct {
	word string
	keys []string // of changeKeys
}{
	{WithoutEvents, []string{"events"}},
	{WithoutPolicies, []string{"policies"}},
	{WithoutBoth, []string{"events", "policies"}},
}

// TakenOut says what a word takes out: "events and policies"; "" of any other word.
func TakenOut(word string) string {
	for _, l := range lessWords {
		if l.word == word {
			return quantity.List(l.keys)
		}
	}
	return ""
}

// Takes tells whether the scenario has what a word takes out, any of it.
func (s *Scenario) Takes(word string) bool {
	return slices.Contains(strings.Fields(TakenOut(word)), "events") && len(s.cfg.Shocks) > 0 ||
		slices.Contains(strings.Fields(TakenOut(word)), "policies") && len(s.cfg.Policies) > 0
}

// Less is the scenario without what a word takes out, under its name with the word.
func (s *Scenario) Less(word string) (*Scenario, error) {
	out := TakenOut(word)
	return s.variant(s.Name+"."+word, s.Title+", without its "+out, func(root *node) {
		for _, k := range changeKeys {
			if strings.Contains(out, k) {
				root.remove(k)
			}
		}
		root.remove("experiment") // its levers may be what is left out
		root.withoutColumns(strings.Split(out, " and "))
	})
}

// lessWord is the word for a world that lacks some PATHs, by their kinds.
func lessWord(lacks []string) string {
	kind := func(key string) bool {
		return slices.ContainsFunc(lacks, func(path string) bool { return strings.HasPrefix(path, key+".") })
	}
	switch events, policies := kind("events"), kind("policies"); {
	case events && policies:
		return WithoutBoth
	case policies:
		return WithoutPolicies
	}
	return WithoutEvents
}
