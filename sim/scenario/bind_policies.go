package scenario

import (
	"math"
	"slices"
	"strings"
	"sync"

	"simulate/internal/quantity"
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
		b.cfg.Policies[i] = sim.Policy{ID: name, Label: strings.ReplaceAll(name, "_", " "), From: b.cfg.Start,
			Until: unbounded}
		here := cell{n: p.value, at: p.at, path: "policies." + name}
		canon := bindKeys(b, here, policyKeys(), func(cfg *sim.Config, f func(*sim.Policy)) { f(&cfg.Policies[i]) })
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
	for _, l := range sim.Levers {
		levers = append(levers, l.Name)
		if given := c.n.get(l.Name); given != nil {
			does = true
			b.checkLever(cell{n: given, path: join(c.path, l.Name)}, p, l)
		}
	}
	if !does {
		b.addf(c.at, "write "+quantity.OneOf(levers), "%s does nothing", c.path)
	}
	if p.Until <= p.From {
		b.addf(c.n.get("until").at, "write a later date", "%s ends before it begins", c.path)
	}
}

// checkLever refuses settings that lack something, keys that do nothing beside others, and what the
// row itself refuses.
func (b *binder) checkLever(c cell, p *sim.Policy, l *sim.Lever) {
	whole := true
	if c.n.kind == mappingNode {
		given := func(k string) bool { return c.n.get(k) != nil }
		for _, need := range l.Needs {
			if !slices.ContainsFunc(need.Keys, given) {
				remedy := "write " + need.Example
				if len(l.Presets) > 0 {
					remedy += ", or " + l.Name + ": " + quantity.OneOf(presetNames(l))
				}
				b.addf(c.n.at, remedy, "%s lacks %s", c.path, quantity.OneOf(need.Keys))
				whole = false
			}
		}
		for _, idle := range l.Idle {
			if extra := c.n.pair(idle.Key); extra != nil && !given(idle.Without) {
				b.addf(extra.at, "write "+idle.Example+", or leave it out",
					"%s.%s does nothing without %s", c.path, idle.Key, idle.Without)
			}
		}
		for _, x := range l.Excludes {
			for _, k := range x.Others {
				if other := c.n.pair(k); other != nil && given(x.Key) {
					b.addf(other.at, "keep one of them; null takes away what is inherited", "%s has both %s and %s", c.path, x.Key, k)
					whole = false
				}
			}
		}
	}
	if settings := l.In(p); whole && l.Check != nil && settings != nil && !unread(l, c.n, *settings) {
		if what, remedy := l.Check(b.cfg, p, *settings); what != "" {
			b.addf(c.n.at, remedy, "%s %s", c.path, what)
		}
	}
}

// unread reports whether a number is given that could not be read, so that its field is still open.
func unread(l *sim.Lever, n *node, settings any) bool {
	return slices.ContainsFunc(l.Keys, func(k sim.Key) bool {
		v, number := k.Field(settings).(*float64)
		return number && math.IsNaN(*v) && n.get(k.Name) != nil
	})
}

// policyKeys are the keys of a policy: its dates, and the levers.
var policyKeys = sync.OnceValue(func() []key[sim.Policy] { return slices.Concat(datesOfPolicies, leverKeys()) })

var datesOfPolicies = []key[sim.Policy]{
	nameLine("label", mostLabel, "What figures and tables call the policy; its name unless given.", func(p *sim.Policy,
		t string) {
		p.Label = t
	}),
	clockDate("from", "Date from which it holds: from the first step that starts on or after it. The start of the clock "+
		"unless given.", func(p *sim.Policy, v float64) { p.From = v }),
	{
		name: "until", meaning: "Date at which it ends; for good unless given. It may lie after the clock, which then ends " +
			"first.", schema: leafSchema(unitOf("date"), nan, 1900, 2200, ""),
		bind: func(b *binder, c cell, each visit[sim.Policy]) *node {
			l := leaf{unit: unitOf("date"), low: b.cfg.Start, high: 2200, value: nan, clock: true}
			l.set = func(cfg *sim.Config, v float64) { each(cfg, func(p *sim.Policy) { p.Until = v }) }
			return b.leaf(c, l)
		},
	},
}
