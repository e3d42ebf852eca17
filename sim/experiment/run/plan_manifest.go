package run

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"simulate/sim"
	"simulate/sim/experiment/results"
	"simulate/sim/scenario"
)

// identity is the SHA-256 of what decides the numbers: the model's version, seed, replications, rhythm, stop rule and the resolved
// scenario of each case.
func (p *plan) identity() string {
	type part struct{ Name, Scenario string }
	of := struct {
		Model        string
		Seed         uint64
		Replications int
		Record       string
		Until        string
		Cases        []part
		Compare      *results.Comparison `json:",omitempty"`
	}{sim.Version, p.seed, p.replications, p.record, p.until.String(), nil, p.comparison()}
	for _, c := range p.cases {
		sum := sha256.Sum256(c.yaml(p.replications))
		of.Cases = append(of.Cases, part{c.name, hex.EncodeToString(sum[:])})
	}
	text, err := json.Marshal(of)
	if err != nil {
		panic(err) // strings and numbers only
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// manifest describes the plan; files and results are still to be filled in.
func (p *plan) manifest(program results.Build, started time.Time, replications int) *results.Manifest {
	m := &results.Manifest{
		Identity: p.identity(), Name: p.name, Title: p.Scenarios[0].Title, Version: sim.Version, Program: program,
		Seed: p.seed, Replications: replications, Record: p.record, Format: p.Format, Until: p.until.String(), Compare: p.comparison(),
		Command: append([]string{}, p.Command...), Started: started, Failed: []results.Failure{}, Notes: append([]string{}, p.notes...),
	}
	if p.until != nil {
		m.Most = p.replications
	}
	for _, c := range p.cases {
		k := results.Case{Name: c.name, Title: c.scenario.Title, Start: c.cfg.Start, Replications: c.replications(replications),
			Stochastic: c.cfg.Stochastic, Draws: c.draws, Labs: len(c.cfg.Labs), Markers: []results.Marker{}, Part: p.comparison().Part(c.name)}
		for _, mark := range c.scenario.Markers() {
			k.Markers = append(k.Markers, results.Marker(mark))
		}
		for _, s := range c.cfg.Shocks {
			if s.Lab >= 0 {
				k.Jumps = append(k.Jumps, results.Jump{Date: s.Date, Lab: c.cfg.Labs[s.Lab].ID, Label: s.Label})
			}
		}
		if first, found := scenario.Departure(p.cases[0].scenario, c.scenario); found {
			departs := results.Marker(first)
			k.Departs = &departs
		}
		m.Cases = append(m.Cases, k)
	}
	return m
}

// differs says in what an experiment that was run differs from the plan.
func (p *plan) differs(m *results.Manifest) string {
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
		{"stop rule", m.Until, p.until.String()},
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

// claim is what the plan brings to its folder.
func (p *plan) claim() results.Claim {
	return results.Claim{Out: p.Out, Name: p.name, Identity: p.identity(), Format: p.Format, Force: p.Force, Notice: p.notice, Differs: p.differs}
}
