package sim

import "strings"

// phrases are the details of events, made once, for a step allocates nothing.
type phrases struct {
	begins          []string // by policy: which levers begin
	boughtBy, bidBy []string // by lab, entrants included
	in              []string // by region
}

// phrasesOf words the details of a case with up to n labs.
func phrasesOf(cfg *Config, n int) (p phrases) {
	for i := range cfg.Policies {
		p.begins = append(p.begins, "begins: "+strings.Join(cfg.Policies[i].nouns(), ", "))
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
