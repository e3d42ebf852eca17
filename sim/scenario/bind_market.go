package scenario

import (
	"slices"
	"sync"

	"simulate/sim"
)

// segmentKeys are the keys of a market segment: untagged ones, its tagged scalars.
var segmentKeys = sync.OnceValue(func() []key[sim.SegmentSpec] {
	return slices.Concat(plainSegmentKeys, tagged[sim.SegmentSpec]())
})

var plainSegmentKeys = []key[sim.SegmentSpec]{
	region[sim.SegmentSpec]("region", "Where the open models of this segment are hosted.", 0, func(s *sim.SegmentSpec,
		r int) {
		s.Region = r
	}),
	{
		name: "spending",
		meaning: "Reference spending per year: what is spent in the median when nothing unexpected happens. After its " +
			"last value it grows by its growth; where none is given, as between its last two values. Both taper to " +
			"paths.long_run_demand_growth, which a single value grows by.",
		schema: seriesSchema(unitOf("USD/yr")),
		bind: func(b *binder, c cell, each visit[sim.SegmentSpec]) *node {
			if c.n == nil {
				b.addf(c.at, "write spending: $3B/yr", "%s is missing", c.path)
				return nil
			}
			return b.series(c, spendingPath, func(cfg *sim.Config, f func(int, *sim.Series)) {
				each(cfg, func(s *sim.SegmentSpec) { f(0, &s.Spending) })
			})
		},
	},
	{
		name: "brands_of",
		meaning: "The segment whose sellers and brands this one takes. It begins with the shares that buyers choose at " +
			"those brands, at the start or when it opens.",
		schema: ref("segment_name"),
		bind: func(b *binder, c cell, each visit[sim.SegmentSpec]) *node {
			each(b.cfg, func(s *sim.SegmentSpec) { s.BrandsOf = -1 })
			name, canon := b.text(c)
			if canon == nil {
				return nil
			}
			k := b.segmentNamed(c.n.at, c.path, name)
			if k == nil {
				return nil
			}
			each(b.cfg, func(s *sim.SegmentSpec) {
				if s.ID == name {
					b.addf(c.n.at, "name another segment", "%s names the segment itself", c.path)
				}
				s.BrandsOf = k[0]
			})
			return scalar(name)
		},
	},
}

var spendingPath = path{
	unit: unitOf("USD/yr"), low: 0, high: 1e14, ownGrowth: true,
	growth:  func(cfg *sim.Config, _ int) float64 { return cfg.Parameters.Paths.LongRunDemandGrowth },
	longRun: func(cfg *sim.Config) float64 { return cfg.Parameters.Paths.LongRunDemandGrowth },
}

func (b *binder) segment(k int, c cell) *node {
	out := bindKeys(b, c, segmentKeys(), func(cfg *sim.Config, f func(*sim.SegmentSpec)) { f(&cfg.Segments[k]) })
	return out
}

// checkBrandsOf refuses segments that take their brands from each other in a circle.
func (b *binder) checkBrandsOf(n *node) {
	for k := range b.cfg.Segments {
		next, steps := b.cfg.Segments[k].BrandsOf, 0
		for next >= 0 && steps <= len(b.cfg.Segments) {
			next, steps = b.cfg.Segments[next].BrandsOf, steps+1
		}
		if next >= 0 {
			id := b.cfg.Segments[k].ID
			b.addf(n.get(id).get("brands_of").at, "name a segment with target shares", "segments.%s.brands_of leads in a "+
				"circle", id)
		}
	}
}

// outsideKeys are the keys of outside_buyers.
var outsideKeys = []key[sim.OutsideBuyers]{
	{
		name:    "orders",
		meaning: "What they order of merchant chips per year. It grows as platforms' budgets after its last value.",
		schema:  seriesSchema(unitOf("USD/yr")),
		bind: func(b *binder, c cell, each visit[sim.OutsideBuyers]) *node {
			return b.series(c, budgetPath, func(cfg *sim.Config, f func(int, *sim.Series)) {
				each(cfg, func(o *sim.OutsideBuyers) { f(int(sim.Platform), &o.Orders) })
			})
		},
	},
	number("stock", "Compute that they own at the start.", "H100e", 0, 1e12, 0, func(o *sim.OutsideBuyers,
		v float64) {
		o.Stock = v
	}),
}

// supplierKeys are the keys of supplier.
var supplierKeys = []key[sim.Config]{
	{
		name: "list_price",
		meaning: "List prices per H100e at the best price-performance of the chips on sale, as dated values. Their ratio " +
			"to that at the start counts, for chips.price is the level; after the last they fall at " +
			"chips.price_performance_growth. A faster fall raises capacity as much.",
		schema: datedSchema(unitOf("USD/H100e")),
		bind: func(b *binder, c cell, each visit[sim.Config]) *node {
			if c.n == nil {
				return nil
			}
			if c.n.get("values") == nil || c.n.get("dist") != nil {
				b.addf(c.n.at, "write values: {2025-01: $31k/H100e, 2026-01: $21k/H100e}, or set chips.price for the level alone",
					"%s has no dated values", c.path)
				return nil
			}
			return b.series(c, path{unit: unitOf("USD/H100e"), low: 1, high: 1e7, endsItself: true, growth: func(*sim.Config,
				int) float64 {
				return 0
			}},
				func(cfg *sim.Config, f func(int, *sim.Series)) {
					each(cfg, func(k *sim.Config) { f(0, &k.ListPrice) })
				})
		},
	},
}

// regionKeys are the keys of a region.
var regionKeys = []key[sim.Region]{
	{
		name: "relative_price_performance",
		meaning: "Effective compute per dollar of chips relative to the best chip on sale anywhere, as a dated path; the " +
			"number of an export rule in force comes before it, and where it is left out or ends the chips that such a rule " +
			"allows decide.",
		schema: seriesSchema(unitOf("1")),
		bind: func(b *binder, c cell, each visit[sim.Region]) *node {
			return b.series(c, path{unit: unitOf("1"), low: sim.LeastRelative, high: 1, mayEnd: true, growth: func(*sim.Config,
				int) float64 {
				return 0
			}},
				func(cfg *sim.Config, f func(int, *sim.Series)) {
					each(cfg, func(r *sim.Region) { f(0, &r.RelativePricePerformance) })
				})
		},
	},
	toggle("screens_acquisitions", "Whether foreign investment is reviewed: labs of this region then neither buy nor "+
		"are bought across its border.", false,
		func(r *sim.Region, on bool) { r.ScreensAcquisitions = on }),
}

// defaultRegions exist in every scenario.
var defaultRegions = []string{"us", "china", "eu", "other"}

// parameters binds the registry. Canonical output holds all of them, so that a resolved scenario is
// complete.
func (b *binder) parameters(c cell) *node {
	out := &node{kind: mappingNode}
	b.cfg.Parameters = sim.Defaults()
	known := make([]string, 0, len(sim.Registry()))
	for _, f := range sim.Registry() {
		known = append(known, f.Path)
	}
	if b.mapping(c, "parameters: {market.eta: 1.1}") {
		b.unknownKeys(c, append(known, about...))
		c.cite = b.citation(c)
	} else {
		c.n = nil
	}
	for _, f := range sim.Registry() {
		child := c.child(f.Path, c.n.pair(f.Path))
		child.path = f.Path
		l := fieldLeaf(f)
		l.set = func(cfg *sim.Config, v float64) { *f.In(&cfg.Parameters) = v }
		l.defaulted = true
		canon := b.leaf(child, l)
		if child.n == nil {
			canon = scalar(l.unit.format(f.Default))
			b.s.origins = append(b.s.origins, Origin{Path: f.Path, Value: canon.text, Unit: f.Unit, Source: f.Source,
				Where: "default", Default: true})
		}
		if canon == nil {
			continue
		}
		if canon.kind == scalarNode && canon.text == l.unit.format(f.Default) {
			canon.remark = "default"
		}
		out.pairs = append(out.pairs, pair{f.Path, child.at, canon})
	}
	return out
}
