package run

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"simulate/internal/quantity"
	"simulate/sim"
	"simulate/sim/experiment/results"
	"simulate/sim/scenario"
	"simulate/sim/table"
)

// Spec says what to run and where the results go.
type Spec struct {
	// Scenarios are the cases, in the order of the tables. Their names must differ.
	Scenarios []*scenario.Scenario
	// Compare adds tables that are made from whole cases, as of a comparison between them; nil: none.
	Compare Supplement
	// Name of the experiment; empty: as from Name.
	Name string
	// Out is the results folder. Empty: results/NAME with NAME as from Name (fit for a file), where
	// another experiment is moved aside, not refused.
	Out string
	// Force replaces another experiment in the folder, and a complete one of the same.
	Force bool

	// Seed of every case, so that they share their luck; nil: the first scenario's.
	Seed *uint64
	// Replications of every case, with Until the most to run; 0: the first scenario's, with Until
	// 10,000.
	Replications int
	// Until adds replications in batches until its bound holds; nil: none.
	Until *Until
	// Record is one of scenario.Recordings; empty: the first scenario's.
	Record string
	// Format of the tables, csv or parquet; empty: csv.
	Format string
	// Tables to write, by name; empty: all. summary and dictionary are always there.
	Tables []string

	// Jobs is the number of runs at a time; 0: as many as there are processors.
	Jobs int
	// Command is the command line, for the manifest.
	Command []string
	// Commit of the program where the linker was told one; empty: the stamp of the go command.
	Commit string

	// Progress is called when something is done, from one goroutine at a time; nil: not.
	Progress func(Progress)
	// Notice is called with a sentence when the user should know at once, such as that a folder was
	// moved; nil: not.
	Notice func(string)
	// Cache of reference paths on disk; nil: none.
	Cache *Cache
	// Reading is how the outcome reads its tables, and remembers those that are small; nil: one of its
	// own.
	Reading *table.Reading
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

// Runs are the runs of scenarios, with everything settled. They are an Experiment.
type Runs struct {
	spec         Spec
	name         string
	seed         uint64
	replications int
	record       string
	cases        []*kase
	notes        []string
	what         recording
	inOrder      order
	draws        *drawing

	readings []Reading // what alone is kept of the runs; nil: what tables need
	spots    [][]spot  // where they are taken, by case
}

// kase is a case: one scenario of the experiment.
type kase struct {
	name     string
	scenario *scenario.Scenario // with the experiment's seed and rhythm
	cfg      *sim.Config        // every distribution at its median
	draws    bool
	added    bool // as the base of others: nobody asked for it
	calendar []Observation
	text     []byte // the resolved scenario with textOf replications; nil: not asked for yet
	textOf   int
}

// fixed tells whether every replication would be the same.
func (c *kase) fixed() bool { return !c.draws && !c.cfg.Stochastic }

// yaml is the resolved scenario with its number of replications. It is asked for by the identity
// and for the folder, and is the same both times.
func (c *kase) yaml(replications int) []byte {
	if c.text == nil || c.textOf != replications {
		s := *c.scenario
		s.Replications = replications
		c.text, c.textOf = s.YAML(), replications
	}
	return c.text
}

// NewRuns settles what a spec leaves open and refuses what cannot run. Its error is an
// *results.InputError.
func NewRuns(spec Spec) (*Runs, error) {
	if len(spec.Scenarios) == 0 {
		return nil, results.InputErrorf("no scenario to run; name one, `simulate list` shows those built in")
	}
	first := spec.Scenarios[0]
	p := &Runs{spec: spec, name: spec.Name, seed: first.Seed, replications: spec.Replications, record: spec.Record}
	if p.name == "" {
		p.name = Name(spec.Scenarios)
	}
	if spec.Seed != nil {
		p.seed = *spec.Seed
	}
	if p.replications == 0 {
		p.replications = first.Replications
		if spec.Until != nil {
			p.replications = untilCeiling
		}
	}
	if p.replications < 1 {
		return nil, results.InputErrorf("%s; write a whole number from 1", quantity.Plural(p.replications, "replication"))
	}
	if p.record == "" {
		p.record = first.Record
	}
	if p.record == "" {
		p.record = scenario.DefaultRecording
	}
	if !slices.Contains(scenario.Recordings, p.record) {
		return nil, results.InputErrorf("record %q; write one of %s", p.record, strings.Join(scenario.Recordings, ", "))
	}
	if spec.Format != "" && spec.Format != "csv" && spec.Format != "parquet" {
		return nil, results.InputErrorf("table format %q; write csv or parquet", spec.Format)
	}
	if err := errors.Join(p.addCases(), p.setTables()); err != nil {
		return nil, results.AsInput(err)
	}
	var once, aside []bool
	for _, c := range p.cases {
		once, aside = append(once, c.fixed()), append(aside, c.added)
		if c.fixed() {
			continue
		}
		if err := bounded(c.cfg, &p.what, len(c.calendar), len(p.cases), p.replications); err != nil {
			return nil, err
		}
	}
	if spec.Compare != nil {
		for _, c := range p.cases[1:] {
			if err := sameReferences(p.cases[0].name, p.cases[0].cfg, c.name, c.cfg); err != nil {
				return nil, err
			}
		}
	}
	p.inOrder = byReplication(p.replications, once)
	p.inOrder.aside = aside
	p.draws = &drawing{seed: p.seed, most: p.replications}
	for _, c := range p.cases {
		p.draws.names, p.draws.worlds = append(p.draws.names, c.name), append(p.draws.worlds, c.scenario)
	}
	return p, nil
}

// sameReferences refuses to hold worlds against each other whose reference paths are means of
// different numbers of runs: that alone moves levels, and would be taken for an effect.
func sameReferences(base string, a *sim.Config, name string, b *sim.Config) error {
	if !a.Stochastic || !b.Stochastic || a.ReferenceReplications == b.ReferenceReplications {
		return nil
	}
	return results.InputErrorf("the reference paths of %s are means of %s and those of %s of %s, which moves their "+
		"levels apart and would be taken for an effect; give both one number, as by --set reference_replications=%d", base,
		quantity.Plural(a.ReferenceReplications, "run"), name, quantity.Plural(b.ReferenceReplications, "run"),
		max(a.ReferenceReplications, b.ReferenceReplications))
}

func (p *Runs) addCases() error {
	seen := map[string]bool{}
	var wrong []error
	for _, given := range p.spec.Scenarios {
		if file := strings.ToLower(results.FileName(given.Name)); seen[file] {
			wrong = append(wrong, fmt.Errorf("two scenarios are called %q; give one another name: in its file", given.Name))
		} else {
			seen[file] = true
		}
		s := *given
		s.Seed, s.Record = p.seed, p.record
		c := &kase{name: s.Name, scenario: &s, cfg: s.Config(), draws: s.HasDraws(), added: p.comparison().IsAdded(s.Name)}
		c.calendar = Calendar(c.cfg, p.record)
		if err := sim.Starts(c.cfg); err != nil {
			wrong = append(wrong, fmt.Errorf("%s: %w", c.name, err))
		}
		p.cases = append(p.cases, c)
		if c.added {
			continue // what is to be said of it has been said of the scenario
		}
		p.heed(given)
		p.notes = append(p.notes, uncentred(given, given.Config())...)
		p.disagree(given)
	}
	return errors.Join(wrong...)
}

// heed takes over what a scenario says of itself.
func (p *Runs) heed(s *scenario.Scenario) {
	for _, note := range s.Notes {
		p.notes = append(p.notes, s.Name+": "+note)
	}
}

// disagree notes where a scenario's own settings give way to the experiment's.
func (p *Runs) disagree(s *scenario.Scenario) {
	if s.Seed != p.seed && p.spec.Seed == nil {
		p.notes = append(p.notes, fmt.Sprintf("%s runs with seed %d, the first scenario's, instead of its own %d, so that "+
			"the cases share their luck.", s.Name, p.seed, s.Seed))
	}
	if s.Replications != p.replications && p.spec.Replications == 0 && p.spec.Until == nil {
		p.notes = append(p.notes, fmt.Sprintf("%s runs %s, as the first scenario, instead of its own %s.", s.Name,
			quantity.Plural(p.replications, "replication"), quantity.Count(s.Replications)))
	}
}
