package scenario

import (
	"fmt"
	"strings"
	"testing"

	"simulate/sim"
)

// fingerprint is what a scenario leaves at one seed: every metric of the market and its segments at
// the end of some replications.
func fingerprint(t *testing.T, s *Scenario, replications int) string {
	cfg := s.Config()
	ref, err := sim.NewReference(cfg)
	if err != nil {
		t.Fatalf("%s: %v", s.Name, err)
	}
	m, err := sim.New(cfg)
	if err != nil {
		t.Fatalf("%s: %v", s.Name, err)
	}
	var b strings.Builder
	for replication := range replications {
		m.Reset(1, replication, ref)
		for !m.Done() {
			if err := m.Step(); err != nil {
				t.Fatalf("%s: %v", s.Name, err)
			}
		}
		for _, x := range sim.Metrics {
			fmt.Fprintf(&b, "%.9g ", x.Of(m))
		}
		for _, x := range sim.SegmentMetrics {
			for k := range cfg.Segments {
				fmt.Fprintf(&b, "%.9g ", x.Of(m, k))
			}
		}
	}
	return b.String()
}

// Two built-in scenarios that give the same results at one seed ask the same question.
func TestNoTwoScenariosAgree(t *testing.T) {
	if testing.Short() {
		t.Skip("runs every scenario")
	}
	seen := map[string]*Scenario{}
	for _, b := range Builtins() {
		s := mustLoad(t, b.Name, "reference_replications=2")
		f := fingerprint(t, s, 4)
		// a rule that seldom acts needs more of them
		if other, same := seen[f]; same && fingerprint(t, s, 24) == fingerprint(t, other, 24) {
			t.Errorf("%s and %s give the same results", other.Name, b.Name)
		}
		seen[f] = s
	}
}

// What happens in a built-in scenario begins within its clock.
func TestEventsLieWithinTheClock(t *testing.T) {
	happen := 0
	for _, b := range Builtins() {
		s := mustLoad(t, b.Name)
		c := s.Config()
		within := func(what string, date float64) {
			happen++
			if date < c.Start || date >= c.Start+float64(c.Steps)*c.Dt() {
				t.Errorf("%s: %s at %g, the clock runs from %g for %d steps", b.Name, what, date, c.Start, c.Steps)
			}
		}
		for _, x := range c.Shocks {
			within("event "+x.Label, x.Date)
		}
		for _, x := range c.Policies {
			within("policy "+x.ID, x.From)
		}
	}
	if happen < 30 {
		t.Errorf("only %d events and policies", happen)
	}
}

// Every built-in scenario says what it asks and what it expects.
func TestScenariosExplainThemselves(t *testing.T) {
	for _, b := range Builtins() {
		s, err := Load(b.Name, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if len(s.Description) < 60 {
			t.Errorf("%s: the description is %q", b.Name, s.Description)
		}
		if len(s.Expect) == 0 {
			t.Errorf("%s expects nothing", b.Name)
		}
	}
}
