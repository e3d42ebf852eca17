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
		p.begins = append(p.begins, "begins: "+strings.Join(cfg.Policies[i].levers(), ", "))
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

// levers names what a policy pulls, in the order of Levers.
func (p *Policy) levers() (names []string) {
	for _, l := range []struct {
		name   string
		pulled bool
	}{
		{"grant", p.Grant != nil}, {"subsidy", p.Subsidy != nil}, {"export rule", p.ExportRule != nil}, {"training cap", p.TrainingCap != nil},
		{"tax", p.Tax != nil}, {"set-aside", p.SetAside != nil}, {"merger rule", p.MergerRule != nil}, {"open mandate", p.OpenMandate != nil},
		{"reporting", p.Reporting != nil}, {"disclosure", p.Disclosure != nil}, {"interoperability", p.Interoperability != nil},
		{"chip price cap", p.ChipPriceCap != nil}, {"other values", len(p.Set) > 0},
	} {
		if l.pulled {
			names = append(names, l.name)
		}
	}
	return names
}
