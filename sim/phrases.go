package sim

import (
	"slices"
	"strings"
)

// phrases are the details of events, made once, for a step allocates nothing.
type phrases struct {
	begins          []string // by policy: which levers begin
	boughtBy, bidBy []string // by lab, entrants included
	in              []string // by region
}

// phrasesOf words the details of a case with up to n labs.
func phrasesOf(cfg *Config, n int) (p phrases) {
	for i := range cfg.Policies {
		p.begins = append(p.begins, "begins: "+strings.Join(cfg.Policies[i].keys(), ", "))
	}
	for i := range n {
		id := entrantID(max(0, i-len(cfg.Labs)+1))
		if i < len(cfg.Labs) {
			id = cfg.Labs[i].ID
		}
		p.boughtBy, p.bidBy = append(p.boughtBy, "bought by "+id), append(p.bidBy, "bid by "+id)
	}
	for _, r := range cfg.Regions {
		p.in = append(p.in, "in "+r.ID)
	}
	return p
}

// keys names what a policy pulls, in the order of Levers, each once.
func (p *Policy) keys() (names []string) {
	for _, l := range p.Levers() {
		if name := strings.ReplaceAll(l.Key(), "_", " "); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}
