package scenario

import (
	"fmt"
	"math"
	"slices"
	"sync"

	"simulate/internal/quantity"
	"simulate/sim"
)

var (
	accessWords  = []string{"owner", "renter"}
	fundingWords = []string{"sponsor", "sales"}
)

// labKeys are the keys of a lab: untagged ones, its tagged scalars, sales.
var labKeys = sync.OnceValue(func() []key[sim.LabSpec] {
	return slices.Concat(plainLabKeys, tagged[sim.LabSpec](), []key[sim.LabSpec]{salesKey})
})

var plainLabKeys = []key[sim.LabSpec]{
	nameLine("name", mostLabel, "What figures and pages call the lab, in any letters; made of its key "+
		"unless given. Tables call it by the key.", func(l *sim.LabSpec, t string) { l.Name = t }),
	{
		name: "count", meaning: "Number of identical labs; they are called name#1 to name#n, draw their own luck, and " +
			"budgets, compute and grants are per lab.",
		schema: schema{"type": "integer", "minimum": 1, "maximum": maxCount},
		bind: func(b *binder, c cell, each visit[sim.LabSpec]) *node {
			_, canon := b.whole(c, 1, maxCount, 1)
			return canon
		},
	},
	region[sim.LabSpec]("region", "Where the lab buys chips.", 0, func(l *sim.LabSpec, r int) { l.Region = r }),
	word("archetype", "What kind of sponsor stands behind the lab: a company with other uses for compute, a "+
		"venture-funded lab, or a state, foundation or university. It decides how the budget grows.",
		sim.ArchetypeNames, int(sim.Independent), func(l *sim.LabSpec, a int) { l.Archetype = sim.Archetype(a) }),
	word("compute_access", "Whether the lab owns its compute or rents what its budget buys. Left out, platforms own, and "+
		"so does a lab whose compute is given without a rent_multiple; all others rent.",
		accessWords, -1, func(l *sim.LabSpec, a int) { l.Renter = a == 1 }),
	word("openness", "What the lab publishes: nothing, its weights after a delay, or weights at release and know-how "+
		"soon after.",
		sim.OpennessNames, int(sim.Closed), func(l *sim.LabSpec, o int) { l.Openness = sim.Openness(o) }),
	commercialKey,
	cloudKey,
	word("funding", "What pays for the lab after the last dated value of its budget: a sponsor, along the path; or its "+
		"sales, which the budget then follows as funding.sales_following says.",
		fundingWords, 0, func(l *sim.LabSpec, f int) { l.FollowsSales = f == 1 }),
	budgetKey,
}

// maxCount bounds the labs of a scenario.
const maxCount = 200_000

var commercialKey = key[sim.LabSpec]{
	name: "commercial", meaning: "Whether the lab must earn money: others never leave the market. Public labs are not " +
		"commercial unless this says true.",
	schema: wordSchema(schema{"type": "boolean"}),
	bind: func(b *binder, c cell, each visit[sim.LabSpec]) *node {
		l := leaf{unit: unitOf("0 or 1"), high: 1}
		l.set = func(cfg *sim.Config, v float64) {
			each(cfg, func(s *sim.LabSpec) { s.Commercial = v == 1 })
		}
		each(b.cfg, func(s *sim.LabSpec) { s.Commercial = s.Archetype != sim.Public })
		return b.leaf(c, l)
	},
}

var cloudKey = key[sim.LabSpec]{
	name: "cloud", meaning: "Whether a platform rents out the compute of its other uses and hosts open models on it; " +
		"sales of hosted models then count as its in hhi_sales_clouds.",
	schema: wordSchema(schema{"type": "boolean", "default": false}),
	bind: func(b *binder, c cell, each visit[sim.LabSpec]) *node {
		l := leaf{unit: unitOf("0 or 1"), high: 1}
		l.set = func(cfg *sim.Config, v float64) { each(cfg, func(s *sim.LabSpec) { s.Cloud = v == 1 }) }
		canon := b.leaf(c, l)
		each(b.cfg, func(s *sim.LabSpec) {
			if s.Cloud && s.Archetype != sim.Platform && c.n != nil {
				b.addf(c.n.at, "write archetype: platform, or leave it out", "%s: only a platform has a cloud, and %s is %s",
					c.path, s.ID, s.Archetype)
				s.Cloud = false
			}
		})
		return canon
	},
}

var budgetKey = key[sim.LabSpec]{
	name: "budget",
	meaning: "What the sponsor spends per year: capital expenditure for a platform, all spending net of reinvested " +
		"profit for others. A plain value holds at the start and then grows as the class does (funding.growth_platform, " +
		"growth_independent, growth_public).",
	schema: seriesSchema(unitOf("USD/yr")),
	bind: func(b *binder, c cell, each visit[sim.LabSpec]) *node {
		if c.n == nil {
			b.addf(c.at, "write budget: $6M/yr", "%s is missing", c.path)
			return nil
		}
		return b.series(c, budgetPath, func(cfg *sim.Config, f func(int, *sim.Series)) {
			each(cfg, func(l *sim.LabSpec) { f(int(l.Archetype), &l.Budget) })
		})
	},
}

// budgetPath is a sponsor's money; the argument of growth is the archetype.
var budgetPath = path{
	unit: unitOf("USD/yr"), low: 0, high: 1e14,
	growth: func(cfg *sim.Config, archetype int) float64 {
		f := &cfg.Parameters.Funding
		return []float64{f.GrowthPlatform, f.GrowthIndependent, f.GrowthPublic}[archetype]
	},
	longRun: func(cfg *sim.Config) float64 { return cfg.Parameters.Paths.LongRunBudgetGrowth },
}

// lab binds one entry of labs.
func (b *binder) lab(name string, c cell) *node {
	members := b.ids.members[name]
	each := func(cfg *sim.Config, f func(*sim.LabSpec)) {
		for _, i := range members {
			f(&cfg.Labs[i])
		}
	}
	b.settleAccess(name, c.n)
	out := bindKeys(b, c, labKeys(), each)
	access := c.n.get("compute_access")
	for _, i := range members {
		l := &b.cfg.Labs[i]
		switch {
		case access == nil:
			l.Renter = l.Archetype != sim.Platform
		case l.Archetype == sim.Platform && l.Renter:
			b.addf(access.at, "leave compute_access out, or choose another archetype", "%s is a platform, and platforms own "+
				"their compute", c.path)
			return out
		}
		if funding := c.n.get("funding"); l.FollowsSales && !b.livesOnSales(c, l, funding) {
			return out
		}
		if l.Archetype != sim.Platform && l.ShareForOtherProducts > 0 {
			b.addf(c.n.get("share_for_other_products").at, "leave it out, or write archetype: platform", "%s is not a "+
				"platform, and only platforms use compute for other products", c.path)
			return out
		}
	}
	return out
}

// livesOnSales refuses a budget that is to follow sales which the lab cannot have.
func (b *binder) livesOnSales(c cell, l *sim.LabSpec, at *node) bool {
	sells := slices.ContainsFunc(l.Sales, func(p sim.Position) bool { return p.Share > 0 })
	switch {
	case l.Archetype == sim.Platform:
		b.addf(at.at, "leave funding out, or choose another archetype", "%s is a platform, whose budget is its capital "+
			"expenditure and does not follow its lab's sales", c.path)
	case !l.Commercial:
		b.addf(at.at, "leave funding out, or write commercial: true", "%s is not commercial, so that its budget cannot "+
			"follow sales", c.path)
	case !sells:
		b.addf(at.at, "give it a share under sales, or write funding: sponsor", "%s sells nothing at the start, so that "+
			"its budget cannot follow its sales", c.path)
	default:
		return true
	}
	return false
}

// salesKey binds the segments that a lab sells in.
var salesKey = key[sim.LabSpec]{
	name:    "sales",
	meaning: "The segments that the lab sells in, by name; a number alone is its share of spending at the start.",
	schema:  mapSchema(anyOf(leafSchema(unitOf("1"), math.NaN(), 0, 1, ""), objectSchema(positionKeys))),
	bind: func(b *binder, c cell, each visit[sim.LabSpec]) *node {
		if !b.mapping(c, "sales: {SEGMENT: 0.1}") {
			return nil
		}
		out := &node{kind: mappingNode}
		c.cite = b.citation(c)
		for _, p := range c.n.entries() {
			if k := b.segmentNamed(p.at, c.path, p.key); k != nil {
				if canon := b.position(c.child(p.key, &p), k[0], each); canon != nil {
					out.pairs = append(out.pairs, pair{p.key, p.at, canon})
				}
			}
		}
		return out
	},
}

// positionKeys are the keys of a lab's standing in a segment.
var positionKeys = []key[sim.Position]{
	number("share", "Share of the segment's spending at the start.", "1", 0, 1, 0, func(p *sim.Position,
		v float64) {
		p.Share = v
	}),
	number("target_share", "Share that buyers would choose at the start's offers, from which the brand is derived; the "+
		"share itself where it is left out.", "1", 0, 1, math.NaN(),
		func(p *sim.Position, v float64) { p.Target = v }),
	section("share_a_year_before", "The share a year before the one of the start was observed. Both give the target "+
		"share: that towards which buyers who reconsider, and new spending, moved shares so.",
		earlierKeys, func(*sim.Position) {}, func(p *sim.Position) *sim.Earlier { return &p.Before }),
	number("brand", "Value of the brand in nats of quality, instead of a target share.", "nats", -50, 50, math.NaN(),
		func(p *sim.Position, v float64) { p.Brand = v }),
	number("fit", "How well the product fits the segment's buyers, in nats of quality.", "nats", -50, 50, 0,
		func(p *sim.Position, v float64) { p.Fit = v }),
	{
		name: "access", meaning: "Whether the lab sells here; a lab without share starts at zero with the brand of open " +
			"models.", schema: schema{"type": "boolean", "default": true},
		bind: func(b *binder, c cell, each visit[sim.Position]) *node {
			if c.n == nil {
				return nil
			}
			return scalar("true") // false is dealt with before
		},
	},
}

// earlierKeys are the keys of a share observed a year before.
var earlierKeys = []key[sim.Earlier]{
	number("date", "When it was observed; the share of the start counts as observed a year later.", "date", 1900, 2200,
		math.NaN(), func(e *sim.Earlier, v float64) { e.Date = v }),
	number("share", "Share of the segment's spending then.", "1", 0, 1, math.NaN(), func(e *sim.Earlier,
		v float64) {
		e.Share = v
	}),
}

// position binds a lab's standing in segment k.
func (b *binder) position(c cell, k int, each visit[sim.LabSpec]) *node {
	access, ok := 1.0, true
	if n := c.n.get("access"); n != nil {
		access, ok = b.scalarNumber(n, &leaf{path: c.path + ".access", unit: unitOf("0 or 1"), high: 1})
	}
	if !ok || access == 0 {
		return nil
	}
	j := 0
	each(b.cfg, func(l *sim.LabSpec) {
		j = len(l.Sales)
		l.Sales = append(l.Sales, sim.Position{Segment: k, Target: math.NaN(), Brand: math.NaN()})
	})
	out := bindKeys(b, c, positionKeys, func(cfg *sim.Config, f func(*sim.Position)) {
		each(cfg, func(l *sim.LabSpec) { f(&l.Sales[j]) })
	})
	out = hoist(out)
	if c.n.kind != mappingNode {
		return out
	}
	target, brand, share := c.n.get("target_share"), c.n.get("brand"), c.n.get("share")
	observed := 0.0
	each(b.cfg, func(l *sim.LabSpec) { observed = l.Sales[j].Before.Date })
	switch before := c.n.get("share_a_year_before"); {
	case before != nil && (before.get("date") == nil || before.get("share") == nil):
		b.addf(before.at, "write share_a_year_before: {date: 2023-11, share: 0.5}", "%s.share_a_year_before needs a date "+
			"and a share", c.path)
	case before != nil && observed >= b.cfg.Start && b.cfg.Start > 1900: // which stands for no clock
		b.addf(before.get("date").at, "write the date of the earlier of two observations, a year before that of the start",
			"%s.share_a_year_before.date is no date before the start of the clock, %s", c.path, quantity.DayOf(b.cfg.Start))
	case before != nil && share == nil:
		b.addf(before.at, "write share: 0.34 beside it", "%s has a share of the year before and none of the start", c.path)
	case before != nil && (target != nil || brand != nil):
		b.addf(before.at, "keep one of them", "%s gives the target share, or a brand, beside the observation that it "+
			"would be solved from", c.path)
	case target != nil && brand != nil:
		b.addf(brand.at, "keep one of them", "%s has both a brand and a target share to derive it from", c.path)
	case target == nil && brand == nil && share == nil && c.n.get("access") == nil:
		b.addf(c.n.at, "write {share: 0.1}, or {access: true} for a lab that starts from nothing", "%s says nothing about "+
			"the lab's standing", c.path)
	case target == nil && brand == nil && share == nil:
		each(b.cfg, func(l *sim.LabSpec) { l.Sales[j].Target = 0 })
	}
	total := func(of func(*sim.Config, *sim.Position) float64) func(*sim.Config) float64 {
		return func(cfg *sim.Config) (sum float64) {
			each(cfg, func(l *sim.LabSpec) { sum += of(cfg, &l.Sales[j]) })
			return sum
		}
	}
	at := c.at
	if share != nil {
		at = share.at
	}
	b.shares = append(b.shares, given{at, k, total(func(_ *sim.Config, p *sim.Position) float64 { return p.Share })})
	if target != nil {
		at = target.at
	}
	b.targets = append(b.targets, given{at, k, total(targetOf)})
	return out
}

// hoist writes a source that all values of a section share once, beside them.
func hoist(n *node) *node {
	out := &node{kind: mappingNode, flow: true, at: n.at}
	var source, note string
	for i, p := range n.pairs {
		s, t := textAt(p.value, "source"), textAt(p.value, "note")
		if i > 0 && (s != source || t != note) {
			return n
		}
		source, note = s, t
		out.pairs = append(out.pairs, pair{p.key, p.at, withoutCitation(p.value, wrapped{source: source, note: note})})
	}
	for _, k := range []struct{ key, text string }{{"source", source}, {"note", note}} {
		if k.text != "" {
			out.put(k.key, pos{}, prose(k.text))
		}
	}
	return out
}

func textAt(n *node, key string) string {
	if child := n.get(key); child != nil {
		return child.text
	}
	return ""
}

// targetOf is the share that a brand is derived from, 0 where the brand is given.
func targetOf(cfg *sim.Config, p *sim.Position) float64 {
	if !math.IsNaN(p.Brand) {
		return 0
	}
	return cfg.TargetShare(p)
}

// checkShares refuses shares of a segment that add up to more than one, at the last value of the
// document nearest to the reader.
func (b *binder) checkShares() {
	for _, list := range []struct {
		what   string
		values []given
	}{{"shares", b.shares}, {"target shares", b.targets}} {
		for k, id := range b.ids.segments {
			sum, guilty := 0.0, -1
			for i, g := range list.values {
				if v := g.value(b.cfg); g.owner == k && v > 0 {
					sum += v
					if guilty < 0 || g.at.doc.distance() <= list.values[guilty].at.doc.distance() {
						guilty = i
					}
				}
			}
			if sum > 1+1e-9 {
				g := list.values[guilty]
				left := max(0, 1-(sum-g.value(b.cfg)))
				b.addf(g.at, fmt.Sprintf("leave at most %.4g here, or lower the others", left), "the %s of segment %s add up to "+
					"%.4g, more than 1, with this one", list.what, id, sum)
			}
		}
	}
}
