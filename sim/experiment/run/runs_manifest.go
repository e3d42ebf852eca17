package run

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"simulate/sim"
	"simulate/sim/experiment/results"
	"simulate/sim/scenario"
)

// Identity is the SHA-256 of what decides the numbers: the model's version, seed, replications,
// rhythm, stop rule, what is kept, and the resolved scenario of each case.
func (p *Runs) Identity() string {
	type part struct{ Name, Scenario string }
	of := struct {
		Model        string
		Seed         uint64
		Replications int
		Record       string
		Until        string
		Cases        []part
		Compare      *results.Comparison `json:",omitempty"`
		Tables       []string            `json:",omitempty"`
		Readings     []Reading           `json:",omitempty"`
	}{sim.Version, p.seed, p.replications, p.record, p.spec.Until.String(), nil, p.comparison(), p.spec.Tables,
		p.readings}
	for _, c := range p.cases {
		sum := sha256.Sum256(c.yaml(p.replications))
		of.Cases = append(of.Cases, part{c.name, hex.EncodeToString(sum[:])})
	}
	return Sum(of)
}

// manifest describes the runs.
func (p *Runs) manifest(a *assembly) *results.Manifest {
	m := &results.Manifest{Name: p.name, Title: p.spec.Scenarios[0].Title, Seed: p.seed, Replications: a.replications,
		Record: p.record,
		Until:  p.spec.Until.String(), Compare: p.comparison(), Asked: p.spec.Tables, Failed: append([]results.Failure{},
			a.failed...), Notes: append([]string{}, p.notes...)}
	if p.spec.Until != nil {
		m.Most = p.replications
	}
	begins := make([][]scenario.Marker, len(p.cases)) // with drawn dates as they came out
	for i, c := range p.cases {
		begins[i] = c.scenario.MarkersOf(p.seed, p.inOrder.of(i, a.replications))
	}
	departure := func(base, i int) *results.Marker {
		first, found := scenario.Departure(p.cases[base].scenario, p.cases[i].scenario)
		if !found {
			return nil
		}
		for _, of := range [][]scenario.Marker{begins[i], begins[base]} {
			for _, m := range of {
				if m.Label == first.Label && m.Kind == first.Kind && (m.Latest > 0 || m.Date == first.Date) {
					first = m
				}
			}
		}
		out := results.Marker(first)
		return &out
	}
	for i, c := range p.cases {
		k := results.Case{Name: c.name, Title: c.scenario.Title, Start: c.cfg.Start, Replications: p.inOrder.of(i,
			a.replications),
			Stochastic: c.cfg.Stochastic, Draws: c.draws, Labs: len(c.cfg.Labs), Markers: []results.Marker{},
			Part: p.comparison().Part(c.name), Base: p.comparison().Base(c.name), Added: c.added, OwnLabs: c.scenario.OwnLabs()}
		for _, l := range c.cfg.Labs {
			if l.Name != "" {
				if k.LabNames == nil {
					k.LabNames = map[string]string{}
				}
				id, _, _ := strings.Cut(l.ID, "#")
				k.LabNames[id] = l.Name
			}
		}
		for _, mark := range begins[i] {
			k.Markers = append(k.Markers, results.Marker(mark))
		}
		for _, s := range c.cfg.Shocks {
			if s.Lab >= 0 {
				k.Jumps = append(k.Jumps, results.Jump{Date: s.Date, Lab: c.cfg.Labs[s.Lab].ID, Label: s.Label})
			}
		}
		k.Departs = departure(0, i)
		for base, of := range p.cases {
			if of.name == k.Base {
				k.Since = departure(base, i)
			}
		}
		m.Cases = append(m.Cases, k)
	}
	return m
}

// differs says in what an experiment that was run differs from the plan.
func (p *Runs) differs(m *results.Manifest) string {
	var names []string
	for _, c := range m.Cases {
		names = append(names, c.Name)
	}
	var own []string
	for _, c := range p.cases {
		own = append(own, c.name)
	}
	var parts []string
	for _, d := range []struct{ what, theirs, mine string }{
		{"scenarios", strings.Join(names, " "), strings.Join(own, " ")},
		{"model version", m.Version, sim.Version},
		{"seed", fmt.Sprint(m.Seed), fmt.Sprint(p.seed)},
		{"replications", fmt.Sprint(m.Replications), fmt.Sprint(p.replications)},
		{"stop rule", m.Until, p.spec.Until.String()},
		{"record", m.Record, p.record},
	} {
		if d.what == "replications" && m.Until != "" {
			continue // what the rule ended with
		}
		if d.theirs != d.mine {
			parts = append(parts, fmt.Sprintf("%s %s, not %s", d.what, results.OrNone(d.theirs), results.OrNone(d.mine)))
		}
	}
	if len(parts) == 0 {
		return "a value in a scenario"
	}
	return strings.Join(parts, "; ")
}
