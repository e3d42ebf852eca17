package sim

import "strings"

// phrases are the details of events, made once, for a step allocates nothing.
type phrases struct {
	begins []string // by policy: which levers begin
	in     []string // by region
}

// phrasesOf words the details of a case. Who buys or bids is said at the event, one of few in a
// run.
func phrasesOf(cfg *Config) (p phrases) {
	for i := range cfg.Policies {
		p.begins = append(p.begins, "begins: "+strings.Join(cfg.Policies[i].nouns(), ", "))
	}
	for _, r := range cfg.Regions {
		p.in = append(p.in, "in "+r.ID)
	}
	return p
}
