package run

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"simulate/sim"
	"simulate/sim/experiment/results"
	"simulate/sim/scenario"
)

// Text is an experiment as a plan holds it: everything that decides its numbers. One of its parts
// is there.
type Text struct {
	Sweep   *sweepText   `json:"sweep,omitempty"`
	Runs    *runsText    `json:"runs,omitempty"`
	Futures *futuresText `json:"futures,omitempty"`
	Batch   *BatchText   `json:"batch,omitempty"`
}

// BatchText is a batch as a plan holds it.
type BatchText struct {
	Kind  string          `json:"kind"` // of what is done, for whoever reads Spec
	Model string          `json:"model"`
	Spec  json.RawMessage `json:"spec"`
}

// runsText is the runs of scenarios.
type runsText struct {
	Model        string              `json:"model"`
	Name         string              `json:"name"`
	Seed         uint64              `json:"seed"`
	Replications int                 `json:"replications"`
	Record       string              `json:"record"`
	Tables       []string            `json:"tables,omitempty"`
	Compare      *results.Comparison `json:"compare,omitempty"`
	Cases        []caseText          `json:"cases"`
}

type caseText struct {
	Name     string `json:"name"`
	Scenario string `json:"scenario"` // resolved
}

// Text is the runs as a plan holds them.
func (p *Runs) Text() Text {
	t := &runsText{Model: sim.Version, Name: p.name, Seed: p.seed, Replications: p.replications, Record: p.record,
		Tables: p.spec.Tables, Compare: p.comparison()}
	for _, c := range p.cases {
		t.Cases = append(t.Cases, caseText{c.name, string(c.yaml(p.replications))})
	}
	return Text{Runs: t}
}

// Sum is the SHA-256 of the text.
func (t Text) Sum() string { return Sum(t) }

// Model is the version of the model that the text is of.
func (t Text) Model() string {
	switch {
	case t.Sweep != nil:
		return t.Sweep.Model
	case t.Runs != nil:
		return t.Runs.Model
	case t.Futures != nil:
		return t.Futures.Sweeps[0].Model
	case t.Batch != nil:
		return t.Batch.Model
	}
	return ""
}

// Experiment makes the experiment that the text describes. supply makes the supplement of a
// comparison, by pairs the cases of futures and of sweeps of policies.
func (t Text) Experiment(supply func(*results.Comparison) Supplement, by Pairing) (Experiment, error) {
	switch {
	case t.Sweep != nil:
		return t.Sweep.sweep(by)
	case t.Futures != nil:
		return t.Futures.futures(by)
	case t.Runs == nil:
		return nil, results.InputErrorf("there is no experiment in it")
	}
	r := t.Runs
	spec := Spec{Name: r.Name, Seed: &r.Seed, Replications: r.Replications, Record: r.Record, Tables: r.Tables}
	if r.Compare != nil {
		spec.Compare = supply(r.Compare)
	}
	for _, c := range r.Cases {
		s, err := scenario.Parse(c.Name, []byte(c.Scenario))
		if err != nil {
			return nil, err
		}
		spec.Scenarios = append(spec.Scenarios, s)
	}
	return NewRuns(spec)
}

// Sum is the SHA-256 of a value as JSON, in hexadecimal.
func Sum(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err) // strings and finite numbers only
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}
