package scenario

import (
	"strings"

	"simulate/sim"
)

// Neutral is the value of a PATH policies.NAME.LEVER.KEY at which a run is bit for bit that without
// the policy; false where no single value of it does that.
func (s *Scenario) Neutral(path string) (float64, bool) {
	parts := strings.SplitN(path, ".", 4)
	if len(parts) < 4 || parts[0] != "policies" {
		return 0, false
	}
	knob, found := s.Knob(path)
	if !found {
		return 0, false
	}
	for _, l := range sim.Levers {
		for _, e := range l.Effects {
			key, value, one := strings.Cut(e.Neutral, ": ")
			if l.Name != parts[2] || key != parts[3] || !one || strings.ContainsAny(value, ",{") {
				continue
			}
			if v, err := knob.Parse(strings.Trim(value, `'"`)); err == nil {
				return v, true
			}
		}
	}
	return 0, false
}
