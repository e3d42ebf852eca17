package scenario

import (
	"fmt"

	"simulate/sim"
)

// unreached says which levers reach none of the labs when they begin, so far as it can be known before a run: profit, which a bound from
// below may wait for, and entrants are not.
func unreached(cfg *sim.Config) (notes []string) {
	for i := range cfg.Policies {
		p := &cfg.Policies[i]
		tell := func(what string, e *sim.Eligibility) {
			if !reaches(cfg, e, p.From) {
				notes = append(notes, fmt.Sprintf("Policy %s: the %s reaches none of the labs when it begins, on %s.", p.ID, what, formatDate(p.From)))
			}
		}
		if p.Grant != nil {
			tell("grant", &p.Grant.Eligible)
		}
		if p.Subsidy != nil {
			tell("subsidy", &p.Subsidy.Eligible)
		}
		if p.SetAside != nil {
			tell("set-aside", &p.SetAside.Eligible)
		}
		if p.Tax != nil && p.Tax.Recycled {
			tell("recycled tax", &p.Tax.Recipients)
		}
	}
	return notes
}

// reaches reports whether any lab may be selected at a date. Its R&D budget is at least the sponsor's part, (1−o)·X.
func reaches(cfg *sim.Config, e *sim.Eligibility, date float64) bool {
	open := *e
	open.BudgetFrom = 0
	for i := range cfg.Labs {
		s := &cfg.Labs[i]
		if open.Admits(i, s, (1-s.ShareForOtherProducts)*s.Budget.At(date)) {
			return true
		}
	}
	return false
}
