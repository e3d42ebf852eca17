package run

import (
	"fmt"
	"math"
	"slices"

	"simulate/internal/quantity"
)

// endings say which policies have ended by the last date that is compared, a sentence each: what is
// measured then is what they leave. A varied or drawn end counts from its latest.
func (s *Sweep) endings() (out []string) {
	common := s.Common()
	if len(common) == 0 {
		return nil
	}
	last := common[len(common)-1]
	for _, p := range s.scenario.Config().Policies {
		earliest, latest := p.Until, p.Until
		path := "policies." + p.ID + ".until"
		if j := slices.IndexFunc(s.paths, func(in input) bool { return in.Path == path }); j >= 0 {
			earliest, latest = math.Inf(1), math.Inf(-1)
			for i := range s.Cases() {
				v := s.Values(i, nil)[j]
				earliest, latest = min(earliest, v), max(latest, v)
			}
		} else if k, found := s.scenario.Knob(path); found && k.Drawn() {
			for _, m := range s.scenario.MarkersOf(s.seed, s.replications) {
				if m.Kind == "policy" && m.Label == p.Label {
					earliest, latest = m.Until, max(m.Until, m.Ended)
				}
			}
		}
		if math.IsInf(latest, 1) || quantity.LastDay(latest) >= last {
			continue
		}
		when := "in " + quantity.MonthOf(latest)
		if from := quantity.MonthOf(earliest); from != quantity.MonthOf(latest) {
			when = "between " + from + " and " + quantity.MonthOf(latest)
		}
		out = append(out, fmt.Sprintf("policies.%s ends %s: what is measured at %s is what it leaves; --at says an "+
			"earlier date.", p.ID, when, quantity.When(last)))
	}
	return out
}
