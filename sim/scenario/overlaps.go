package scenario

import (
	"fmt"
	"math"

	"simulate/sim"
)

// overlaps says which policies give one thing two values at once, of which the later policy's holds.
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
				note := fmt.Sprintf("Policies %s and %s both set %s from %s on; %s, the later in the file, counts.", p.ID, q.ID, what, formatDate(from), q.ID)
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
	for _, a := range p.Set {
		for _, b := range q.Set {
			if a.Kind == b.Kind && a.Index == b.Index && a.Field == b.Field {
				out = append(out, pathOf(cfg, a))
			}
		}
	}
	if a, b := p.ExportRule, q.ExportRule; a != nil && b != nil && a.Region == b.Region && a.Region >= 0 {
		out = append(out, "the export rule of "+cfg.Regions[a.Region].ID)
	}
	return out
}

// pathOf is the PATH of what a policy changes.
func pathOf(cfg *sim.Config, c sim.Change) string {
	switch c.Kind {
	case sim.ChangeLab:
		return "labs." + cfg.Labs[c.Index].ID + "." + c.Field
	case sim.ChangeSegment:
		return "segments." + cfg.Segments[c.Index].ID + "." + c.Field
	}
	return c.Field
}
