package scenario

import (
	"slices"
	"strings"

	"simulate/sim"
)

// policies binds the map of policies.
func (b *binder) policies(c cell) *node {
	if c.n == nil {
		return nil
	}
	out := &node{kind: mappingNode}
	for i, name := range b.ids.policies {
		p := c.n.pair(name)
		b.cfg.Policies[i] = sim.Policy{ID: name, Label: strings.ReplaceAll(name, "_", " "), From: b.cfg.Start, Until: unbounded}
		here := cell{n: p.value, at: p.at, path: "policies." + name}
		canon := bindKeys(b, here, policyKeys, func(cfg *sim.Config, f func(*sim.Policy)) { f(&cfg.Policies[i]) })
		out.pairs = append(out.pairs, pair{name, p.at, canon})
		b.checkPolicy(here, &b.cfg.Policies[i])
	}
	return out
}

// checkPolicy refuses a policy without effect.
func (b *binder) checkPolicy(c cell, p *sim.Policy) {
	if c.n.kind != mappingNode {
		return
	}
	var levers []string
	does := false
	for _, lever := range leverNeeds {
		levers = append(levers, lever.name)
		given := c.n.get(lever.name)
		does = does || given != nil
		if given == nil || given.kind != mappingNode {
			continue
		}
		for _, need := range lever.needs {
			if !slices.ContainsFunc(need.keys, func(k string) bool { return given.get(k) != nil }) {
				b.addf(given.at, "write "+need.example, "%s.%s lacks %s", c.path, lever.name, oneOf(need.keys))
			}
		}
		for _, idle := range lever.idle {
			if extra := given.pair(idle.key); extra != nil && given.get(idle.without) == nil {
				b.addf(extra.at, "write "+idle.example+", or leave it out", "%s.%s.%s does nothing without %s", c.path, lever.name, idle.key, idle.without)
			}
		}
	}
	if !does {
		b.addf(c.at, "write "+oneOf(levers), "%s does nothing", c.path)
	}
	if p.Until <= p.From {
		b.addf(c.n.get("until").at, "write a later date", "%s ends before it begins", c.path)
	}
	b.checkExport(c, p)
}

// policyKeys are the keys of a policy.
var policyKeys = []key[sim.Policy]{
	text("label", "What figures and tables call the policy; its name unless given.", func(p *sim.Policy, t string) { p.Label = t }),
	clockDate("from", "Date from which it holds: from the first step that starts on or after it. The start of the clock unless given.", func(p *sim.Policy, v float64) { p.From = v }),
	{
		name: "until", meaning: "Date at which it ends; for good unless given. It may lie after the clock, which then ends first.", schema: leafSchema(unitOf("date"), nan, 1900, 2200, ""),
		bind: func(b *binder, c cell, each visit[sim.Policy]) *node {
			l := leaf{unit: unitOf("date"), low: b.cfg.Start, high: 2200, value: nan, clock: true}
			l.set = func(cfg *sim.Config, v float64) { each(cfg, func(p *sim.Policy) { p.Until = v }) }
			return b.leaf(c, l)
		},
	},
	{
		name: "set", meaning: "Other values of parameters or of fields of labs and segments while the policy holds, by PATH: market.eta, labs.deepseek.talent, segments.enterprise.switching.",
		schema: schema{"type": "object", "additionalProperties": true}, bind: bindChanges,
	},
	section("grant", "Public compute: money for labs, or chips bought for them.", grantKeys,
		func(p *sim.Policy) { p.Grant = &sim.Grant{Eligible: everyone()} }, func(p *sim.Policy) *sim.Grant { return p.Grant }),
	section("subsidy", "A part of what labs pay for research compute, paid by the state.", subsidyKeys,
		func(p *sim.Policy) { p.Subsidy = &sim.Subsidy{Eligible: everyone()} }, func(p *sim.Policy) *sim.Subsidy { return p.Subsidy }),
	section("export_rule", "Which chips may be sold to a region, or what a dollar buys there.", exportKeys,
		func(p *sim.Policy) { p.ExportRule = &sim.ExportRule{Region: -1, AllowAll: true, Domestic: -1} }, func(p *sim.Policy) *sim.ExportRule { return p.ExportRule }),
	section("training_cap", "A bound on the compute of a training run.", capKeys,
		func(p *sim.Policy) { p.TrainingCap = &sim.TrainingCap{FLOP: unbounded} }, func(p *sim.Policy) *sim.TrainingCap { return p.TrainingCap }),
	section("tax", "Taxes on compute and on profit.", taxKeys,
		func(p *sim.Policy) { p.Tax = &sim.Tax{Recipients: everyone()} }, func(p *sim.Policy) *sim.Tax { return p.Tax }),
	section("set_aside", "A share of spending reserved for eligible labs.", setAsideKeys,
		func(p *sim.Policy) { p.SetAside = &sim.SetAside{Eligible: everyone()} }, func(p *sim.Policy) *sim.SetAside { return p.SetAside }),
	section("open_mandate", "Labs must publish the weights of capable models.", mandateKeys,
		func(p *sim.Policy) { p.OpenMandate = &sim.OpenMandate{Capability: unbounded} }, func(p *sim.Policy) *sim.OpenMandate { return p.OpenMandate }),
	section("reporting", "Labs with large training runs must report them.", reportingKeys,
		func(p *sim.Policy) { p.Reporting = &sim.Reporting{FLOP: unbounded} }, func(p *sim.Policy) *sim.Reporting { return p.Reporting }),
	section("disclosure", "What labs know becomes public sooner.", disclosureKeys,
		func(p *sim.Policy) { p.Disclosure = &sim.Disclosure{ClosedLag: unbounded} }, func(p *sim.Policy) *sim.Disclosure { return p.Disclosure }),
	section("interoperability", "Buyers change their vendor more easily.", interoperabilityKeys,
		func(p *sim.Policy) { p.Interoperability = &sim.Interoperability{Factor: 1} }, func(p *sim.Policy) *sim.Interoperability { return p.Interoperability }),
	section("chip_price_cap", "A bound on the price of chips; what the price does not clear is rationed.", chipPriceKeys,
		func(p *sim.Policy) { p.ChipPriceCap = &sim.ChipPriceCap{AboveList: unbounded} }, func(p *sim.Policy) *sim.ChipPriceCap { return p.ChipPriceCap }),
	mergerRuleKey,
}

// leverNeeds are the levers of a policy, with what each cannot do without, at least one key of each list, and the keys that do nothing
// without another.
var leverNeeds = []struct {
	name  string
	needs []need
	idle  []idle
}{
	{name: "set"},
	{name: "grant", needs: []need{{[]string{"amount"}, "amount: $10B/yr"}}},
	{name: "subsidy", needs: []need{{[]string{"rate"}, "rate: 40%"}}},
	{name: "export_rule", needs: []need{{[]string{"region"}, "region: china"},
		{[]string{"allowed", "relative_price_performance"}, "allowed: [H20], or relative_price_performance: 0.5"}}},
	{name: "training_cap", needs: []need{{[]string{"compute"}, "compute: 1e26 FLOP"}}},
	{name: "tax", needs: []need{{[]string{"compute_rate", "windfall_rate"}, "compute_rate: 5% or windfall_rate: 20%"}},
		idle: []idle{{"threshold", "windfall_rate", "windfall_rate: 20%"}, {"recipients", "recycled", "recycled: true"}}},
	{name: "set_aside", needs: []need{{[]string{"share"}, "share: 10%"}}},
	{name: "open_mandate", needs: []need{{[]string{"above"}, "above: 0.5 OOM"}}},
	{name: "reporting", needs: []need{{[]string{"above"}, "above: 1e26 FLOP"}, {[]string{"cost"}, "cost: $100M/yr"}}},
	{name: "disclosure", needs: []need{{[]string{"closed_lag"}, "closed_lag: 6 months"}}},
	{name: "interoperability", needs: []need{{[]string{"factor"}, "factor: 2x"}}},
	{name: "chip_price_cap", needs: []need{{[]string{"above_list"}, "above_list: 1.2x"}}},
	{name: "merger_rule", needs: []need{{[]string{"hhi", "share"}, "hhi: 1800, share: 30% or a year of the guidelines such as 2023"}}},
}

// need is a choice of keys of which a lever must have one, and how to write it.
type need struct {
	keys    []string
	example string
}

// idle is a key that does nothing without another.
type idle struct{ key, without, example string }

func everyone() sim.Eligibility { return sim.Eligibility{BudgetBelow: unbounded} }
