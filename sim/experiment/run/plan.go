package run

import (
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"

	"simulate/internal/quantity"
	"simulate/sim"
	"simulate/sim/experiment/results"
	"simulate/sim/scenario"
)

// Spec says what to run and where the results go.
type Spec struct {
	// Scenarios are the cases, in the order of the tables. Their names must differ.
	Scenarios []*scenario.Scenario
	// Compare adds tables that are made from whole cases, as of a comparison between them; nil: none.
	Compare Supplement
	// Name of the experiment; empty: as from Name.
	Name string
	// Out is the results folder. Empty: results/NAME with NAME as from Name (fit for a file), where another experiment is moved aside, not refused.
	Out string
	// Force replaces another experiment in the folder, and a complete one of the same.
	Force bool

	// Seed of every case, so that they share their luck; nil: the first scenario's.
	Seed *uint64
	// Replications of every case, with Until the most to run; 0: the first scenario's, with Until 10,000.
	Replications int
	// Until adds replications in batches until its bound holds; nil: none.
	Until *Until
	// Record is one of Recordings; empty: the first scenario's.
	Record string
	// Format of the tables, csv or parquet; empty: csv.
	Format string

	// Jobs is the number of runs at a time; 0: as many as there are processors.
	Jobs int
	// Command is the command line, for the manifest.
	Command []string
	// Commit of the program where the linker was told one; empty: the stamp of the go command.
	Commit string

	// Progress is called when something is done, from one goroutine at a time; nil: not.
	Progress func(Progress)
	// Notice is called with a sentence when the user should know at once, such as that a folder was moved; nil: not.
	Notice func(string)
}

// Progress says how far an experiment is.
type Progress struct {
	Phase string // "reference", "runs" or "tables"
	// Done and Total count runs; with a stop rule Total is what is certain so far. Resumed of the Done were there at the start.
	Done, Total, Resumed int
	Failed               int // of those done since the start
}

// Name is the name of the experiment that runs the scenarios: theirs, joined by "+".
func Name(scenarios []*scenario.Scenario) string {
	const longest = 80
	var names []string
	for _, s := range scenarios {
		names = append(names, s.Name)
	}
	name := strings.Join(names, "+")
	if len(name) > longest && len(names) > 1 {
		name = fmt.Sprintf("%s+%d-more", names[0], len(names)-1)
	}
	return name
}

// plan is a spec with everything settled.
type plan struct {
	Spec
	name         string
	seed         uint64
	replications int
	record       string
	until        *Until
	cases        []*kase
	notes        []string
}

// kase is a case: one scenario of the experiment.
type kase struct {
	name     string
	scenario *scenario.Scenario // with the experiment's seed and rhythm
	cfg      *sim.Config        // every distribution at its median
	draws    bool
	calendar []Observation
}

// fixed tells whether every replication would be the same.
func (c *kase) fixed() bool { return !c.draws && !c.cfg.Stochastic }

// replications is how many of n are run: one where all would be the same.
func (c *kase) replications(n int) int {
	if c.fixed() {
		return min(n, 1)
	}
	return n
}

// config is the configuration of a replication.
func (c *kase) config(seed uint64, replication int) (*sim.Config, error) {
	if !c.draws {
		return c.cfg, nil
	}
	return c.scenario.Draw(seed, replication)
}

// yaml is the resolved scenario with its number of replications.
func (c *kase) yaml(replications int) []byte {
	s := *c.scenario
	s.Replications = replications
	return s.YAML()
}

// newPlan settles what a spec leaves open and refuses what cannot run.
func newPlan(spec Spec) (*plan, error) {
	if len(spec.Scenarios) == 0 {
		return nil, results.InputErrorf("no scenario to run; name one, `simulate list` shows those built in")
	}
	first := spec.Scenarios[0]
	p := &plan{Spec: spec, name: spec.Name, seed: first.Seed, replications: spec.Replications, record: spec.Record, until: spec.Until}
	if p.name == "" {
		p.name = Name(spec.Scenarios)
	}
	if spec.Seed != nil {
		p.seed = *spec.Seed
	}
	if p.replications == 0 {
		p.replications = first.Replications
		if p.until != nil {
			p.replications = untilCeiling
		}
	}
	if p.replications < 1 {
		return nil, results.InputErrorf("%d replications; write a whole number from 1", p.replications)
	}
	if p.record == "" {
		p.record = first.Record
	}
	if p.record == "" {
		p.record = Recordings[0]
	}
	if !slices.Contains(Recordings, p.record) {
		return nil, results.InputErrorf("record %q; write one of %s", p.record, strings.Join(Recordings, ", "))
	}
	if p.Format == "" {
		p.Format = "csv"
	}
	if p.Format != "csv" && p.Format != "parquet" {
		return nil, results.InputErrorf("table format %q; write csv or parquet", p.Format)
	}
	if p.Jobs <= 0 {
		p.Jobs = runtime.GOMAXPROCS(0)
	}
	return p, p.addCases()
}

func (p *plan) addCases() error {
	seen := map[string]bool{}
	var wrong []error
	for _, given := range p.Scenarios {
		if file := strings.ToLower(results.FileName(given.Name)); seen[file] {
			wrong = append(wrong, fmt.Errorf("two scenarios are called %q; give one another name: in its file", given.Name))
		} else {
			seen[file] = true
		}
		s := *given
		s.Seed, s.Record = p.seed, p.record
		c := &kase{name: s.Name, scenario: &s, cfg: s.Config(), draws: s.HasDraws()}
		c.calendar = Calendar(c.cfg, p.record)
		if _, err := sim.New(c.cfg); err != nil {
			wrong = append(wrong, fmt.Errorf("%s: %w", c.name, err))
		}
		p.cases = append(p.cases, c)
		p.heed(given)
		p.disagree(given)
	}
	if len(wrong) > 0 {
		return &results.InputError{Err: errors.Join(wrong...)}
	}
	return nil
}

// heed takes over what a scenario says of itself.
func (p *plan) heed(s *scenario.Scenario) {
	for _, note := range s.Notes {
		p.notes = append(p.notes, s.Name+": "+note)
	}
}

// disagree notes where a scenario's own settings give way to the experiment's.
func (p *plan) disagree(s *scenario.Scenario) {
	if s.Seed != p.seed && p.Spec.Seed == nil {
		p.notes = append(p.notes, fmt.Sprintf("%s runs with seed %d, the first scenario's, instead of its own %d, so that the cases share their luck.", s.Name, p.seed, s.Seed))
	}
	if s.Replications != p.replications && p.Spec.Replications == 0 && p.until == nil {
		p.notes = append(p.notes, fmt.Sprintf("%s runs %s, as the first scenario, instead of its own %s.", s.Name, quantity.Plural(p.replications, "replication"), quantity.Count(s.Replications)))
	}
}

func (p *plan) notice(format string, a ...any) {
	if p.Notice != nil {
		p.Notice(fmt.Sprintf(format, a...))
	}
}
