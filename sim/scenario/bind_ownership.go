package scenario

import (
	"simulate/sim"
)

// bindOwnership binds holders, each with the labs it holds a share of: {microsoft: {openai: 49%}}.
func bindOwnership(b *binder, c cell, _ visit[Scenario]) *node {
	if !b.mapping(c, "ownership: {HOLDER: {LAB: 30%}}") {
		return nil
	}
	out := &node{kind: mappingNode}
	c.cite = b.citation(c)
	for _, holder := range c.n.entries() {
		from := b.labsNamed(holder.at, c.path, holder.key)
		here := c.child(holder.key, &holder)
		if here.n.kind != mappingNode {
			b.addf(here.n.at, "write {LAB: 30%}", "%s does not say in which labs", here.path)
			continue
		}
		here.cite = b.citation(here)
		held := &node{kind: mappingNode, flow: true}
		for _, p := range here.n.entries() {
			if canon := b.holding(here.child(p.key, &p), from, b.labsNamed(p.at, here.path, p.key)); canon != nil {
				held.pairs = append(held.pairs, pair{p.key, p.at, canon})
			}
		}
		out.pairs = append(out.pairs, pair{holder.key, holder.at, held})
	}
	return out
}

// holding binds the share of each holder in each of some labs.
func (b *binder) holding(c cell, from, of []int) *node {
	first := len(b.cfg.Ownership)
	for _, h := range from {
		for _, l := range of {
			if h == l {
				b.addf(c.at, "name another lab", "%s is a share of the lab in itself", c.path)
				return nil
			}
			b.cfg.Ownership = append(b.cfg.Ownership, sim.Holding{Holder: h, Of: l})
		}
	}
	last := len(b.cfg.Ownership)
	l := leaf{unit: unitOf("1"), high: 1, value: nan}
	l.set = func(cfg *sim.Config, v float64) {
		for i := first; i < last; i++ {
			cfg.Ownership[i].Share = v
		}
	}
	canon := b.leaf(c, l)
	for _, lab := range of {
		sum := 0.0
		for _, h := range b.cfg.Ownership {
			if h.Of == lab {
				sum += h.Share
			}
		}
		if sum > 1+1e-9 {
			b.addf(c.at, "lower this one or the others", "the shares held in %s add up to %.4g, more than 1, with this one",
				b.cfg.Labs[lab].ID, sum)
			break
		}
	}
	return canon
}
