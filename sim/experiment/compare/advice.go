package compare

import (
	"simulate/sim/experiment/run"
	"simulate/sim/scenario"
)

// Advice is the command that tells what policies change which vary in the experiment of a scenario,
// where no point of it is without them; "" where nothing can be varied so. ref is what the user
// calls the scenario.
func Advice(own *scenario.Scenario, ref string) string {
	s, err := run.NewSweep(run.SweepSpec{Scenario: own})
	if err != nil {
		return ""
	}
	return s.Advice().Command(ref, false, nil)
}
