package scenario

import (
	"fmt"
	"strings"

	"simulate/sim"
)

// unreached says which levers reach none of the labs when they begin, so far as it can be known
// before a run: profit, which a bound from below may wait for, and entrants are not.
func unreached(cfg *sim.Config) (notes []string) {
	for i := range cfg.Policies {
		p := &cfg.Policies[i]
		for _, l := range sim.Levers {
			settings := l.In(p)
			if settings == nil || l.Selects != nil && !l.Selects(*settings) {
				continue
			}
			for _, k := range l.Keys {
				if e, selects := k.Field(*settings).(*sim.Eligibility); selects && !reaches(cfg, e, p.From) {
					what := strings.TrimSuffix(l.Nobody, " reaches no lab")
					notes = append(notes, fmt.Sprintf("Policy %s: the %s reaches none of the labs when it begins, on %s.", p.ID,
						what, formatDate(p.From)))
				}
			}
		}
	}
	return notes
}

// reaches reports whether any lab may be selected at a date. Its R&D budget is at least the
// sponsor's part, (1−o)·X.
func reaches(cfg *sim.Config, e *sim.Eligibility, date float64) bool {
	open := *e
	open.BudgetFrom = 0
	for i := range cfg.Labs {
		s := &cfg.Labs[i]
		if open.Admits(i, s, float64((1-s.ShareForOtherProducts)*s.Budget.At(date))) {
			return true
		}
	}
	return false
}

// unopened says which segments the clock ends before.
func unopened(s *Scenario) (notes []string) {
	for k := range s.cfg.Segments {
		if c := &s.cfg.Segments[k]; c.From >= s.end() {
			notes = append(notes, fmt.Sprintf("Segment %s opens on %s, after the clock ends, and sells nothing.", c.ID,
				formatDate(c.From)))
		}
	}
	return notes
}
