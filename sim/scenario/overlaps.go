package scenario

import (
	"fmt"
	"math"

	"simulate/sim"
)

// overlaps says which policies give one thing two values at once, of which the later policy's
// holds.
func overlaps(cfg *sim.Config) (notes []string) {
	seen := map[string]bool{}
	for j := range cfg.Policies {
		for i := range j {
			p, q := &cfg.Policies[i], &cfg.Policies[j]
			from, until := math.Max(p.From, q.From), math.Min(p.Until, q.Until)
			if from >= until {
				continue
			}
			for _, what := range contested(cfg, p, q) {
				note := fmt.Sprintf("Policies %s and %s both set %s from %s on; %s, the later in the file, counts.", p.ID, q.ID,
					what, formatDate(from), q.ID)
				if !seen[note] {
					seen[note] = true
					notes = append(notes, note)
				}
			}
		}
	}
	return notes
}

// contested names what two policies both set.
func contested(cfg *sim.Config, p, q *sim.Policy) (out []string) {
	for _, l := range sim.Levers {
		if a, b := l.In(p), l.In(q); l.Contested != nil && a != nil && b != nil {
			out = append(out, l.Contested(cfg, *a, *b)...)
		}
	}
	return out
}
