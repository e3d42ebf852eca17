package scenario

import (
	"maps"
	"slices"
	"strings"

	"simulate/sim"
)

// beforeLevers says which R&D budget bounds are about.
const beforeLevers = " before capital pool, grants, costs and taxes: the sponsor's part of it and last step's reinvested profit."

// eligibilityKeys select labs.
var eligibilityKeys = []key[sim.Eligibility]{
	list("labs", "Only these labs or classes.", (*binder).labsNamed, func(e *sim.Eligibility, v []int) { e.Labs = v }),
	list("regions", "Only labs of these regions.", (*binder).regionNamed, func(e *sim.Eligibility, v []int) { e.Regions = v }),
	number("budget_from", "Only labs with at least this R&D budget"+beforeLevers, "USD/yr", 0, unbounded, 0, func(e *sim.Eligibility, v float64) { e.BudgetFrom = v }),
	number("budget_below", "Only labs with less than this R&D budget"+beforeLevers, "USD/yr", 0, unbounded, unbounded, func(e *sim.Eligibility, v float64) { e.BudgetBelow = v }),
	list("archetypes", "Only labs of these archetypes.", oneWord("archetype", sim.ArchetypeNames), func(e *sim.Eligibility, v []int) {
		e.Archetypes = convert[sim.Archetype](v)
	}),
	list("openness", "Only labs of this openness.", oneWord("openness", sim.OpennessNames), func(e *sim.Eligibility, v []int) { e.Openness = convert[sim.Openness](v) }),
	toggle("non_commercial", "Only labs that need not earn money.", false, func(e *sim.Eligibility, on bool) { e.NonProfit = on }),
}

func convert[E ~int](v []int) []E {
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

var grantKeys = []key[sim.Grant]{
	{
		name: "amount", meaning: "Money per year, or chips bought per year, for all eligible labs together.",
		schema: anyOf(leafSchema(unitOf("USD/yr"), nan, 0, 1e14, ""), leafSchema(unitOf("H100e/yr"), nan, 0, 1e12, "")),
		bind:   bindAmount,
	},
	eligible("eligible", "Who may get it; every lab unless given.", func(g *sim.Grant) *sim.Eligibility { return &g.Eligible }),
	word("rule", "How it is shared out: in equal parts, or in proportion to the R&D budgets that the bounds are about.", []string{"equal", "proportional"}, 0, func(g *sim.Grant, i int) { g.Proportional = i == 1 }),
}

// bindAmount binds a grant in money or in chips, whichever its unit says.
func bindAmount(b *binder, c cell, each visit[sim.Grant]) *node {
	l := leaf{unit: unitOf("USD/yr"), high: 1e14, value: nan}
	if written := plainText(c.n); strings.ContainsAny(written, "0123456789") && !strings.ContainsAny(written, "$") && !strings.Contains(written, "USD") {
		if a, bad := parseAmount(strings.Split(written, " to ")[0]); bad != nil || a.count == "H100e" {
			l.unit, l.high = unitOf("H100e/yr"), 1e12
		}
	}
	each(b.cfg, func(g *sim.Grant) { g.InCompute = l.unit.tag == "H100e/yr" })
	l.set = func(cfg *sim.Config, v float64) { each(cfg, func(g *sim.Grant) { g.Amount = v }) }
	return b.leaf(c, l)
}

// plainText is the first scalar of a value, whatever stands around it.
func plainText(n *node) string {
	switch {
	case n == nil:
		return ""
	case n.kind == scalarNode:
		return n.text
	case n.kind == sequenceNode && len(n.items) > 0:
		return plainText(n.items[0])
	}
	for _, k := range []string{"value", "low", "mean", "values"} {
		if child := n.get(k); child != nil {
			return plainText(child)
		}
	}
	return ""
}

var subsidyKeys = []key[sim.Subsidy]{
	number("rate", "Part of the bill for research compute that the state pays: with the same money of its own a lab buys 1/(1−rate) as much. Compute that serves buyers, or a platform's other products, is not subsidised.", "1", 0, 0.95, 0,
		func(s *sim.Subsidy, v float64) { s.Rate = v }),
	eligible("eligible", "Who may get it; every lab unless given.", func(s *sim.Subsidy) *sim.Eligibility { return &s.Eligible }),
}

var capKeys = []key[sim.TrainingCap]{
	number("compute", "Most computation of a run.", "FLOP", 1e18, 1e40, unbounded, func(t *sim.TrainingCap, v float64) { t.FLOP = v }),
	list("regions", "Where it holds; everywhere unless given.", (*binder).regionNamed, func(t *sim.TrainingCap, v []int) { t.Regions = v }),
}

var taxKeys = []key[sim.Tax]{
	number("compute_rate", "Share taken of the compute part of R&D budgets.", "1", 0, 1, 0, func(t *sim.Tax, v float64) { t.ComputeRate = v }),
	number("windfall_rate", "Share taken of gross profit above the threshold.", "1", 0, 1, 0, func(t *sim.Tax, v float64) { t.WindfallRate = v }),
	number("threshold", "Yearly gross profit above which the windfall rate is taken.", "USD/yr", 0, 1e14, 0, func(t *sim.Tax, v float64) { t.Threshold = v }),
	toggle("recycled", "Whether the proceeds go back to the recipients in equal parts; otherwise they leave the sector.", false, func(t *sim.Tax, on bool) { t.Recycled = on }),
	eligible("recipients", "Who gets recycled proceeds; every lab unless given.", func(t *sim.Tax) *sim.Eligibility { return &t.Recipients }),
}

var setAsideKeys = []key[sim.SetAside]{
	number("share", "Share of spending reserved.", "1", 0, 1, 0, func(s *sim.SetAside, v float64) { s.Share = v }),
	list("segments", "In which segments; in all unless given.", (*binder).segmentNamed, func(s *sim.SetAside, v []int) { s.Segments = v }),
	eligible("eligible", "For which labs.", func(s *sim.SetAside) *sim.Eligibility { return &s.Eligible }),
}

var mandateKeys = []key[sim.OpenMandate]{
	number("above", "It holds for models above this capability, in orders of magnitude above GPT-4.", "OOM", -20, 50, unbounded, func(m *sim.OpenMandate, v float64) { m.Capability = v }),
	number("delay", "Time from release to the publication of weights.", "yr", 0, 100, 0, func(m *sim.OpenMandate, v float64) { m.Delay = v }),
	list("regions", "Where it holds; everywhere unless given.", (*binder).regionNamed, func(m *sim.OpenMandate, v []int) { m.Regions = v }),
}

var reportingKeys = []key[sim.Reporting]{
	number("above", "It holds for training runs from this computation on.", "FLOP", 1e18, 1e40, unbounded, func(r *sim.Reporting, v float64) { r.FLOP = v }),
	number("cost", "What compliance costs a lab per year.", "USD/yr", 0, 1e14, 0, func(r *sim.Reporting, v float64) { r.Cost = v }),
}

var disclosureKeys = []key[sim.Disclosure]{
	number("closed_lag", "Time after which what any lab knows is public, at most; see research.closed_lag.", "yr", 0, 100, unbounded, func(d *sim.Disclosure, v float64) { d.ClosedLag = v }),
}

var interoperabilityKeys = []key[sim.Interoperability]{
	number("factor", "Factor on the rate at which buyers reconsider their vendor.", "x", 0.001, 1000, 1, func(i *sim.Interoperability, v float64) { i.Factor = v }),
	list("segments", "In which segments; in all unless given.", (*binder).segmentNamed, func(i *sim.Interoperability, v []int) { i.Segments = v }),
}

var chipPriceKeys = []key[sim.ChipPriceCap]{
	number("above_list", "Highest price as a multiple of the list price.", "x", 1, 1000, unbounded, func(c *sim.ChipPriceCap, v float64) { c.AboveList = v }),
}

var mergerKeys = []key[sim.MergerRule]{
	number("hhi", "An acquisition is blocked where the HHI after it is above this, and its rise above delta.", "1", 0, 10_000, 10_000, func(r *sim.MergerRule, v float64) { r.HHI = v }),
	number("delta", "Rise of the HHI above which an acquisition can be blocked.", "1", 0, 10_000, 0, func(r *sim.MergerRule, v float64) { r.Delta = v }),
	number("share", "It is also blocked where the joint share is above this, and the rise above delta.", "1", 0, 1, 1, func(r *sim.MergerRule, v float64) { r.Share = v }),
}

// mergerRuleKey is the year of the US guidelines, or thresholds of one's own.
var mergerRuleKey = key[sim.Policy]{
	name: "merger_rule", meaning: "Which acquisitions are blocked: the year of the US merger guidelines, or thresholds of hhi, delta and share.",
	schema: anyOf(schema{"enum": append(anySlice(guidelineYears()), 1982, 2010, 2023)}, objectSchema(mergerKeys)),
	bind: func(b *binder, c cell, each visit[sim.Policy]) *node {
		if c.n == nil {
			return nil
		}
		each(b.cfg, func(p *sim.Policy) { p.MergerRule = &sim.MergerRule{HHI: 10_000, Share: 1} })
		if c.n.kind == scalarNode {
			rule, found := sim.MergerRules[c.n.text]
			if !found {
				b.addf(c.n.at, "write "+oneOf(guidelineYears())+", or {hhi: 1800, delta: 100}", "%s: there are no merger guidelines of %q", c.path, clip(c.n.text))
			}
			each(b.cfg, func(p *sim.Policy) { *p.MergerRule = rule })
			return scalar(c.n.text)
		}
		return bindKeys(b, c, mergerKeys, func(cfg *sim.Config, f func(*sim.MergerRule)) {
			each(cfg, func(p *sim.Policy) { f(p.MergerRule) })
		})
	},
}

func guidelineYears() []string { return slices.Sorted(maps.Keys(sim.MergerRules)) }
