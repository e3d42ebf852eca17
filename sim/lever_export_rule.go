package sim

import "math"

// ExportRule says which chips may be sold to a region, or what a dollar buys there.
type ExportRule struct {
	Region int
	// d_r while the rule is in force, whatever path or catalogue say; NaN: the best allowed chip
	// decides.
	Relative float64
	Allowed  ChipSet
	Improves bool // the best allowed chip keeps improving after the catalogue ends
	Domestic int  // index of a domestic chip that sets a floor; −1: none
}

// LeastRelative is the least price-performance of a region, of a path as of a rule.
const LeastRelative = 1e-3

var exportLever = &Lever{
	Name: "export_rule", Noun: "export rule",
	Meaning: "Which chips may be sold to a region, or what a dollar buys there.",
	New: func() any {
		return &ExportRule{Region: -1, Relative: math.NaN(), Allowed: ChipSet{All: true}, Domestic: -1}
	},
	Keys: []Key{
		nameKey("region", InRegions, func(r *ExportRule) *int { return &r.Region }, "The region that the rule is about."),
		numberKey("relative_price_performance", "1", LeastRelative, 1, func(r *ExportRule) *float64 { return &r.Relative },
			"Effective compute per dollar of chips relative to the best chip on sale anywhere, while the rule is in force. "+
				"It stands in place of the region's path and of the chip catalogue, and so of allowed, improves and "+
				"domestic_chip."),
		allowedKey,
		switchKey("improves", func(r *ExportRule) *bool { return &r.Improves },
			"Whether the best allowed chip keeps improving after the last chip of the catalogue."),
		domesticKey,
	},
	Needs: []Need{{[]string{"region"}, "region: china"},
		{[]string{"allowed", "relative_price_performance"}, "allowed: [H20], or relative_price_performance: 0.5"}},
	Excludes: []Excluded{{"relative_price_performance", []string{"allowed", "improves", "domestic_chip"}}},
	Check:    checkExportRule,
	Contested: func(cfg *Config, v, w any) []string {
		a, b := v.(*ExportRule), w.(*ExportRule)
		if a.Region != b.Region || a.Region < 0 {
			return nil
		}
		return []string{"the export rule of " + cfg.Regions[a.Region].ID}
	},
	Effects: []Effect{{
		Name: "export_rule", Neutral: "region: china, allowed: all",
		Example:  "region: china, relative_price_performance: 0.3",
		Expected: "hhi_compute_used rises",
		Why: "a dollar buys less compute in the region, whose labs are small by the world's measure; the effect is bounded " +
			"by leakage and the domestic chip, and the spillover of know-how is not barred",
	}},
}

var allowedKey = Key{
	Name: "allowed", Meaning: "Chips on general sale that may be sold there; all, or none.", Of: InChips,
	Field: addressed(func(r *ExportRule) *ChipSet { return &r.Allowed }),
	Fits: func(cfg *Config, _ any, chip int) (what, remedy string, fit []string) {
		if c := &cfg.Chips[chip]; c.Merchant && c.Domestic == "" {
			return "", "", nil
		}
		return "is not on general sale, so that no rule can allow it", "name chips on general sale, such as [H20]", nil
	},
}

var domesticKey = Key{
	Name: "domestic_chip", Meaning: "A chip of the region's own industry, which the rule cannot bar.", Of: InChips,
	Field: addressed(func(r *ExportRule) *int { return &r.Domestic }),
	Fits: func(cfg *Config, v any, chip int) (what, remedy string, fit []string) {
		region := v.(*ExportRule).Region
		if region < 0 || region >= len(cfg.Regions) {
			return "", "", nil // reported where the region is written
		}
		id := cfg.Regions[region].ID
		for i := range cfg.Chips {
			if c := &cfg.Chips[i]; c.Domestic == id && c.Price > 0 {
				fit = append(fit, c.ID)
			}
		}
		remedy = "leave it out: the catalogue has no chip of " + id + "'s own with a price"
		switch c := &cfg.Chips[chip]; {
		case c.Domestic != id:
			return "is not made by the industry of " + id, remedy, fit
		case c.Price == 0:
			return "has no price that is known, so that it sets no floor", remedy, fit
		}
		return "", "", nil
	},
}

// checkExportRule refuses a rule by chips that a path of its region would leave without effect.
func checkExportRule(cfg *Config, p *Policy, v any) (what, remedy string) {
	r := v.(*ExportRule)
	if r.Relative > 0 || r.Region < 0 || r.Region >= len(cfg.Regions) {
		return "", ""
	}
	region := &cfg.Regions[r.Region]
	if p.From >= region.RelativePricePerformance.Until() {
		return "", ""
	}
	path := "regions." + region.ID + ".relative_price_performance"
	end := "take the path away with " + path + ": null"
	if p.From > cfg.Start {
		end = "end the path with " + month(p.From) + ": null among its values"
	}
	return "does nothing: " + path + " has values while it is in force, and they come before the chips allowed",
		end + ", or give relative_price_performance in the rule instead of allowed"
}
