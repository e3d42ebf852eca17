package scenario

import (
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

func (b *binder) checkPolicy(c cell, p *sim.Policy) {
	if c.n.kind != mappingNode {
		return
	}
	var levers []string
	does := false
	for _, need := range leverNeeds {
		levers = append(levers, need.lever)
		given := c.n.get(need.lever)
		does = does || given != nil
		if given != nil && given.kind == mappingNode && need.key != "" && given.get(need.key) == nil {
			b.addf(given.at, "write "+need.key+": "+need.example, "%s.%s lacks %s", c.path, need.lever, need.key)
		}
	}
	if !does {
		b.addf(c.at, "write "+oneOf(levers), "%s does nothing", c.path)
	}
	if p.Until <= p.From {
		b.addf(c.n.get("until").at, "write a later date", "%s ends before it begins", c.path)
	}
	if t := c.n.get("tax"); t != nil && t.kind == mappingNode && t.get("compute_rate") == nil && t.get("windfall_rate") == nil {
		b.addf(t.at, "write compute_rate: 5% or windfall_rate: 20%", "%s.tax takes nothing", c.path)
	}
}

// policyKeys are the keys of a policy.
var policyKeys = []key[sim.Policy]{
	text("label", "What figures and tables call the policy; its name unless given.", func(p *sim.Policy, t string) { p.Label = t }),
	clockDate("from", "Date from which it holds: from the first step that starts on or after it. The start of the clock unless given.", func(p *sim.Policy, v float64) { p.From = v }),
	clockDate("until", "Date at which it ends; for good unless given.", func(p *sim.Policy, v float64) { p.Until = v }),
	{
		name: "set", meaning: "Other values of parameters or of fields of labs and segments while the policy holds, by PATH: market.eta, labs.deepseek.talent, segments.enterprise.switching.",
		schema: schema{"type": "object", "additionalProperties": true}, bind: bindChanges,
	},
	section("grant", "Public compute: money for labs, or chips bought for them.", grantKeys,
		func(p *sim.Policy) { p.Grant = &sim.Grant{Eligible: everyone()} }, func(p *sim.Policy) *sim.Grant { return p.Grant }),
	section("export_rule", "Which chips may be sold to a region.", exportKeys,
		func(p *sim.Policy) { p.ExportRule = &sim.ExportRule{AllowAll: true, Domestic: -1} }, func(p *sim.Policy) *sim.ExportRule { return p.ExportRule }),
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

// leverNeeds are the levers of a policy and the key that each cannot do without, with an example.
var leverNeeds = []struct{ lever, key, example string }{
	{"set", "", ""}, {"grant", "amount", "$10B/yr"}, {"export_rule", "allowed", "[H20]"}, {"training_cap", "compute", "1e26 FLOP"}, {"tax", "", ""},
	{"set_aside", "share", "10%"}, {"open_mandate", "above", "0.5 OOM"}, {"reporting", "above", "1e26 FLOP"}, {"disclosure", "closed_lag", "6 months"},
	{"interoperability", "factor", "2x"}, {"chip_price_cap", "above_list", "1.2x"}, {"merger_rule", "", ""},
}

func everyone() sim.Eligibility { return sim.Eligibility{BudgetBelow: unbounded} }
