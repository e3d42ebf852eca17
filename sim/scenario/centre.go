package scenario

import (
	"slices"
	"sync"

	"simulate/sim"
)

// centreKey names the scenario around which others are vectors. Whoever extends a built-in scenario
// takes the one at the end of the chain.
var centreKey = key[Scenario]{name: "centre",
	meaning: "The built-in scenario whose reference paths, known from many runs, correct those of this one, known " +
		"from few. " +
		"The program fills it in: the scenario at the end of the chain of extends. Without one the scenario is its own " +
		"centre.",
	schema: ref("scenario_name"),
	bind: func(b *binder, c cell, _ visit[Scenario]) *node {
		name, canon := b.text(c)
		if canon == nil {
			return nil
		}
		if !slices.Contains(builtinNames(), name) {
			b.addf(c.n.at, "leave it out, or name one that `simulate list` shows", "there is no built-in scenario %q",
				clip(name))
		}
		b.s.CentreName = name
		return scalar(name)
	}}

// centres keeps what Centre makes, for scenarios that share it.
var centres sync.Map // by centreOf: *sim.Config, nil where there is none

type centreOf struct{ name, clock string }

// Centre is the input of the scenario at the end of the chain of extends on this scenario's clock,
// in its mode and with its number of reference runs; the scenario's own input where it extends no
// built-in one.
func (s *Scenario) Centre() *sim.Config {
	if s.CentreName == "" {
		return s.cfg
	}
	own := map[string]*node{}
	of := centreOf{name: s.CentreName}
	for _, k := range []string{"clock", "mode", "reference_replications"} {
		if n := s.canonical.get(k); n != nil {
			own[k] = n
			of.clock += k + ": " + oneLine(n) + "\n"
		}
	}
	if known, there := centres.Load(of); there {
		return known.(*sim.Config)
	}
	r := &report{}
	l := loader{report: r}
	root := l.builtin(s.CentreName)
	cfg := s.cfg
	if root != nil {
		for k, n := range own {
			root.put(k, root.at, n)
		}
		for _, k := range slices.Concat(changeKeys, []string{"expect", "experiment"}) { // no reference path depends on them
			root.remove(k)
		}
		if centre := bindScenario(r, root, s.CentreName, true); r.err() == nil {
			cfg = centre.cfg
		}
	}
	if cfg != s.cfg {
		centres.Store(of, cfg)
	}
	return cfg
}

// oneLine writes a node on one line.
func oneLine(n *node) string {
	switch n.kind {
	case mappingNode:
		text := "{"
		for _, p := range n.pairs {
			text += p.key + ": " + oneLine(p.value) + ", "
		}
		return text + "}"
	case sequenceNode:
		text := "["
		for _, item := range n.items {
			text += oneLine(item) + ", "
		}
		return text + "]"
	}
	return n.text
}
