package scenario

import "simulate/sim"

var exportKeys = []key[sim.ExportRule]{
	region[sim.ExportRule]("The region that the rule is about.", -1, func(r *sim.ExportRule, i int) { r.Region = i }),
	{
		name: "relative_price_performance",
		meaning: "Effective compute per dollar of chips relative to the best chip on sale anywhere, while the rule is in force. It stands in place of the region's path and of the chip catalogue, " +
			"and so of allowed, improves and domestic_chip.",
		schema: leafSchema(unitOf("1"), nan, leastRelative, 1, ""),
		bind: func(b *binder, c cell, each visit[sim.ExportRule]) *node {
			l := leaf{unit: unitOf("1"), low: leastRelative, high: 1, value: nan}
			l.set = func(cfg *sim.Config, v float64) { each(cfg, func(r *sim.ExportRule) { r.Relative = v }) }
			return b.leaf(c, l)
		},
	},
	{
		name: "allowed", meaning: "Chips on general sale that may be sold there; all, or none.", schema: namesSchema(),
		bind: func(b *binder, c cell, each visit[sim.ExportRule]) *node {
			switch {
			case c.n == nil:
				return nil
			case c.n.kind == scalarNode && (c.n.text == "all" || c.n.text == "none"):
				each(b.cfg, func(r *sim.ExportRule) { r.AllowAll = c.n.text == "all" })
				return scalar(c.n.text)
			case c.n.kind == sequenceNode && len(c.n.items) == 0:
				b.addf(c.n.at, "write none for a total ban, all for no ban, or chips such as [H20]", "%s is an empty list", c.path)
				return nil
			}
			var chips []int
			canon := &node{kind: sequenceNode, flow: true}
			for _, item := range b.strings(c) {
				for _, i := range b.chipNamed(item.at, c.path, item.text) {
					if chip := &b.cfg.Chips[i]; !chip.Merchant || chip.Domestic != "" {
						b.addf(item.at, "name chips on general sale, such as [H20]", "%s: %s is not on general sale, so that no rule can allow it", c.path, item.text)
					}
					chips = append(chips, i)
				}
				canon.items = append(canon.items, scalar(item.text))
			}
			each(b.cfg, func(r *sim.ExportRule) { r.AllowAll, r.Allowed = false, chips })
			return canon
		},
	},
	toggle("improves", "Whether the best allowed chip keeps improving after the last chip of the catalogue.", false, func(r *sim.ExportRule, on bool) { r.Improves = on }),
	{
		name: "domestic_chip", meaning: "A chip of the region's own industry, which the rule cannot bar.", schema: schema{"type": "string"},
		bind: func(b *binder, c cell, each visit[sim.ExportRule]) *node {
			name, canon := b.text(c)
			if canon == nil {
				return nil
			}
			if i := b.chipNamed(c.n.at, c.path, name); i != nil {
				each(b.cfg, func(r *sim.ExportRule) {
					r.Domestic = i[0]
					b.checkDomestic(c, i[0], r.Region)
				})
			}
			return scalar(name)
		},
	},
}

// leastRelative is the least price-performance of a region, of a path as of a rule.
const leastRelative = 1e-3

// checkDomestic refuses a chip that another industry makes, or whose price nobody knows, which sets no floor.
func (b *binder) checkDomestic(c cell, chip, region int) {
	if region < 0 || region >= len(b.cfg.Regions) {
		return // reported where it is written
	}
	id := b.cfg.Regions[region].ID
	var own []string
	for _, k := range Chips() {
		if k.Domestic == id && k.Price > 0 {
			own = append(own, k.ID)
		}
	}
	remedy := "leave it out: the catalogue has no chip of " + id + "'s own with a price"
	if len(own) > 0 {
		remedy = "write " + oneOf(own)
	}
	switch k := &b.cfg.Chips[chip]; {
	case k.Domestic != id:
		b.addf(c.n.at, remedy, "%s: %s is not made by the industry of %s", c.path, k.ID, id)
	case k.Price == 0:
		b.addf(c.n.at, remedy, "%s: no price of %s is known, so that it sets no floor", c.path, k.ID)
	}
}

// checkExport refuses an export rule with two answers, and one that a path of its region would leave without effect.
func (b *binder) checkExport(c cell, p *sim.Policy) {
	n := c.n.get("export_rule")
	if n == nil || n.kind != mappingNode || p.ExportRule == nil {
		return
	}
	if number := n.pair("relative_price_performance"); number != nil {
		for _, k := range []string{"allowed", "improves", "domestic_chip"} {
			if other := n.pair(k); other != nil {
				b.addf(other.at, "keep one of them; null takes away what is inherited", "%s.export_rule has both relative_price_performance and %s", c.path, k)
			}
		}
		return
	}
	if r := p.ExportRule.Region; r >= 0 && r < len(b.cfg.Regions) && n.get("allowed") != nil && p.From < b.cfg.Regions[r].RelativePricePerformance.Until() {
		path := "regions." + b.cfg.Regions[r].ID + ".relative_price_performance"
		end := "take the path away with " + path + ": null"
		if p.From > b.cfg.Start {
			end = "end the path with " + formatDate(p.From) + ": null among its values"
		}
		b.addf(n.at, end+", or give relative_price_performance in the rule instead of allowed",
			"%s.export_rule does nothing: %s has values while it is in force, and they come before the chips allowed", c.path, path)
	}
}
