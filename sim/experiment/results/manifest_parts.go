package results

import (
	"fmt"
	"slices"
	"strings"
)

// Failure is a run that broke off. It is left out of the tables and summaries.
type Failure struct {
	Case        string `json:"case"`
	Replication int    `json:"replication"`
	Error       string `json:"error"`
	Stack       string `json:"stack,omitempty"` // of a panic
}

func (f Failure) String() string {
	return fmt.Sprintf("%s, replication %d: %s", f.Case, f.Replication, f.Error)
}

// SweepInfo is what a manifest says of a sweep.
type SweepInfo struct {
	Design       string       `json:"design"`
	Samples      int          `json:"samples,omitempty"`
	Inputs       []SweepInput `json:"inputs"`
	Metrics      []string     `json:"metrics"`
	Cases        int          `json:"cases"`
	Replications int          `json:"replications"`
	Runs         int          `json:"runs"` // in the tables
	Failed       int          `json:"failed"`
	Missing      []int        `json:"missing,omitempty"` // shards left out: the tables are partial
	Plan         string       `json:"plan,omitempty"`    // hash of the plan that was merged
}

// IsPolicy tells whether a PATH is an instrument of policy; everything else that varies is an
// assumption about the world.
func IsPolicy(path string) bool { return strings.HasPrefix(path, "policies.") }

// SweepInput is a PATH that varies.
type SweepInput struct {
	Path string `json:"path"`
	Unit string `json:"unit,omitempty"`
	Spec string `json:"spec"` // values, interval or range in the scenario's syntax
}

// Futures says which scenarios met which futures.
type Futures struct {
	Base         string       `json:"base"`
	Alternatives []string     `json:"alternatives"`
	Points       int          `json:"points"`
	Design       string       `json:"design"`
	Samples      int          `json:"samples,omitempty"`
	Inputs       []SweepInput `json:"inputs"`
	Metrics      []string     `json:"metrics"`
	Runs         int          `json:"runs"` // in the tables
	Failed       int          `json:"failed"`
}

// Comparison says which cases of an experiment are held against which, and which changes are split
// into parts.
type Comparison struct {
	Alternatives []string `json:"alternatives"` // names of cases
	// Bases are what they are held against: all against one where there is one, else each against the
	// one of its place.
	Bases  []string `json:"bases"`
	Splits []Split  `json:"splits,omitempty"`

	Own    bool                `json:"own,omitempty"`    // each is held against the same world without what happens
	Added  []string            `json:"added,omitempty"`  // cases that are bases alone
	Mixed  []string            `json:"mixed,omitempty"`  // alternatives that differ from their bases in assumptions too
	Absent map[string][]string `json:"absent,omitempty"` // by alternative: what neither has, though it extends it
}

// Base is what a case is held against, "" for one that is no alternative.
func (c *Comparison) Base(alternative string) string {
	if c == nil {
		return ""
	}
	i := slices.Index(c.Alternatives, alternative)
	switch {
	case i < 0 || len(c.Bases) == 0:
		return ""
	case len(c.Bases) == 1:
		return c.Bases[0]
	}
	return c.Bases[i]
}

// IsAdded tells whether a case was run as the base of others alone.
func (c *Comparison) IsAdded(name string) bool { return c != nil && slices.Contains(c.Added, name) }

// Split divides what a case changes into two parts and their interaction, by two more cases that
// have one part each.
type Split struct {
	Case  string  `json:"case"`  // with both parts
	None  string  `json:"none"`  // the case with neither
	Parts [2]Part `json:"parts"` // in the order of the table
	// Threshold is the R&D budget between the two sides, USD per year; 0 where parts are no sides of a
	// budget.
	Threshold float64 `json:"threshold,omitempty"`
}

// Part tells whether a case was made to split what another one changes.
func (c *Comparison) Part(name string) bool {
	if c == nil {
		return false
	}
	for _, s := range c.Splits {
		if name == s.Parts[0].Case || name == s.Parts[1].Case || name == s.Case+NobodySuffix {
			return true
		}
	}
	return false
}

// NobodySuffix names the case without the events of another.
const NobodySuffix = ".nobody"

// Name is what the change is split into.
func (s Split) Name() string { return s.Parts[0].Name + " and " + s.Parts[1].Name }

// Part is one part of a change and the case that has it alone.
type Part struct {
	Name string `json:"name"`
	Case string `json:"case"`
}
