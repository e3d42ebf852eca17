package scenario

import (
	"strings"

	"simulate/internal/quantity"
	"simulate/sim"
)

// startOnly are scalars that the model reads when a run is set up, so that no policy can change
// them later.
var startOnly = map[string]bool{
	"compute": true, "efficiency": true, "capability": true, "serving_size": true, "from": true,
}

// fixedAtStart reports whether a parameter shapes exogenous paths or the state at the start.
func fixedAtStart(path string) bool {
	return strings.HasPrefix(path, "paths.") || strings.HasPrefix(path,
		"funding.growth_") || path == "chips.capacity" || path == "chips.price_performance_growth"
}

// bindChanges binds a lever whose keys are PATHs: values for the time of the policy.
func bindChanges(row *sim.Lever) func(b *binder, c cell, each visit[sim.Policy]) *node {
	return func(b *binder, c cell, each visit[sim.Policy]) *node {
		if c.n == nil {
			return nil
		}
		if c.n.kind != mappingNode || len(c.n.pairs) == 0 {
			b.addf(c.n.at, "write "+row.Name+": {market.eta: 1.5}", "%s changes nothing", c.path)
			return nil
		}
		each(b.cfg, func(p *sim.Policy) { p.Pull(row.New()) })
		return b.changes(c, func(cfg *sim.Config, f func(sim.PathValues)) {
			each(cfg, func(p *sim.Policy) { f((*row.In(p)).(sim.PathValues)) })
		})
	}
}

// changes binds values by PATH.
func (b *binder) changes(c cell, each func(*sim.Config, func(sim.PathValues))) *node {
	out := &node{kind: mappingNode, at: c.n.at}
	c.cite = b.citation(c)
	for _, p := range c.n.entries() {
		kind, members, f, ok := b.target(p, c.path)
		if !ok {
			continue
		}
		first := 0
		each(b.cfg, func(set sim.PathValues) {
			first = set.Len()
			for _, i := range members {
				set.Add(sim.Change{Kind: kind, Index: i, Field: f.Path})
			}
		})
		l := fieldLeaf(f)
		l.set = func(cfg *sim.Config, v float64) {
			each(cfg, func(set sim.PathValues) {
				for j := range members {
					set.At(first + j).Value = v
				}
			})
		}
		if canon := b.leaf(c.child(p.key, &p), l); canon != nil {
			out.pairs = append(out.pairs, pair{p.key, p.at, canon})
		}
	}
	return out
}

// target resolves a PATH that a policy changes.
func (b *binder) target(p pair, path string) (kind sim.ChangeKind, members []int, f sim.Field, ok bool) {
	parts := strings.SplitN(p.key, ".", 3)
	var fields []sim.Field
	switch {
	case len(parts) == 3 && parts[0] == "labs":
		kind, fields, members = sim.ChangeLab, sim.Fields(sim.LabSpec{}), b.labsNamed(p.at, path, parts[1])
	case len(parts) == 3 && parts[0] == "segments":
		kind, fields, members = sim.ChangeSegment, sim.Fields(sim.SegmentSpec{}), b.segmentNamed(p.at, path, parts[1])
	default:
		f, ok = sim.LookUp(p.key)
		if !ok {
			var known []string
			for _, r := range sim.Registry() {
				known = append(known, r.Path)
			}
			b.addf(p.at, instead(p.key, known), "%s: there is no PATH %q that a policy can change", path, clip(p.key))
		} else if fixedAtStart(p.key) {
			b.addf(p.at, "change it under parameters", "%s: %s describes the start and the paths given from outside, which a "+
				"policy cannot change later", path, p.key)
			ok = false
		}
		return sim.ChangeParameter, []int{0}, f, ok
	}
	if members == nil {
		return kind, nil, f, false
	}
	var known []string
	for _, candidate := range fields {
		if startOnly[candidate.Path] {
			continue
		}
		known = append(known, candidate.Path)
		if candidate.Path == parts[2] {
			return kind, members, candidate, true
		}
	}
	remedy := quantity.DidYouMean(parts[2], known)
	if startOnly[parts[2]] {
		remedy = "change it under " + parts[0]
	}
	b.addf(p.at, remedy, "%s: a policy cannot change %q of %s", path, parts[2], parts[0]+"."+parts[1])
	return kind, nil, f, false
}
