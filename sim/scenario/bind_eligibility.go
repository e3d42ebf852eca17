package scenario

import (
	"simulate/sim"
)

// beforeLevers says which R&D budget bounds are about.
const beforeLevers = " before capital pool, grants, costs and taxes: the sponsor's part of it and last step's " +
	"reinvested profit."

// eligibilityKeys select labs.
var eligibilityKeys = []key[sim.Eligibility]{
	list("labs", "Only these labs or classes.", namesSchema("lab_name"), (*binder).labsNamed, func(e *sim.Eligibility,
		v []int) {
		e.Labs = v
	}),
	list("regions", "Only labs of these regions.", namesSchema(), (*binder).regionNamed, func(e *sim.Eligibility,
		v []int) {
		e.Regions = v
	}),
	number("budget_from", "Only labs with at least this R&D budget"+beforeLevers, "USD/yr", 0, unbounded, 0,
		func(e *sim.Eligibility, v float64) { e.BudgetFrom = v }),
	number("budget_below", "Only labs with less than this R&D budget"+beforeLevers, "USD/yr", 0, unbounded, unbounded,
		func(e *sim.Eligibility, v float64) { e.BudgetBelow = v }),
	list("archetypes", "Only labs of these archetypes.", wordsSchema(sim.ArchetypeNames), oneWord("archetype",
		sim.ArchetypeNames), func(e *sim.Eligibility, v []int) {
		e.Archetypes = convert[sim.Archetype](v)
	}),
	list("openness", "Only labs of this openness.", wordsSchema(sim.OpennessNames), oneWord("openness",
		sim.OpennessNames), func(e *sim.Eligibility, v []int) { e.Openness = convert[sim.Openness](v) }),
	toggle("non_commercial", "Only labs that need not earn money.", false, func(e *sim.Eligibility,
		on bool) {
		e.NonProfit = on
	}),
}

func convert[E ~uint8](v []int) []E {
	out := make([]E, len(v))
	for i, x := range v {
		out[i] = E(x)
	}
	return out
}

// eligible is the key of a selection of labs.
func eligible[T any](name, meaning string, of func(*T) *sim.Eligibility) key[T] {
	k := section(name, meaning, eligibilityKeys, func(*T) {}, of)
	inner := k.bind
	k.bind = func(b *binder, c cell, each visit[T]) *node {
		out := inner(b, c, each)
		each(b.cfg, func(t *T) {
			if bound := c.n.get("budget_below"); bound != nil && of(t).BudgetFrom >= of(t).BudgetBelow {
				b.addf(bound.at, "write a larger bound", "%s selects no lab: budget_below is not above budget_from", c.path)
			}
		})
		return out
	}
	return k
}
