package run

import (
	"fmt"

	"simulate/internal/quantity"
	"simulate/sim"
	"simulate/sim/scenario"
)

// enoughReferences is how many reference runs make a path whose levels lie within their intervals
// of those of many more. At the end of 2027 in the baseline, at an elasticity of demand of 0.6, the
// HHI of sales is 2,376 over 4 reference runs, 2,824 over 16, 3,142 over 64 and 3,158 over 256.
const enoughReferences = 64

// FewReferences says that the levels of a scenario rest on few reference runs; "" where they do
// not.
func FewReferences(s *scenario.Scenario) string {
	n := sim.ReferenceRuns(s.Config())
	if !s.Config().Stochastic || n >= enoughReferences {
		return ""
	}
	return fmt.Sprintf("The reference paths of %s are means of %s (reference_replications): levels may lie apart from "+
		"those of %d and more by more than their intervals say. Differences between worlds of the same number stand.",
		s.Name, quantity.Plural(n, "run"), enoughReferences)
}

// FewReferences says the same of the scenario that is swept.
func (s *Sweep) FewReferences() string { return FewReferences(s.scenario) }
