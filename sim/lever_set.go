package sim

import "fmt"

// Changes give scalars other values while their policy is in force; afterwards the former values
// return.
type Changes []Change

// Change is one of them.
type Change struct {
	Kind  ChangeKind
	Index int    // of the lab or segment; unused for parameters
	Field string // path of the field: "market.eta", "talent", "theta"
	Value float64
}

// Len is how many there are.
func (c *Changes) Len() int { return len(*c) }

// Add appends one.
func (c *Changes) Add(one Change) { *c = append(*c, one) }

// At is one of them, from 0.
func (c *Changes) At(i int) *Change { return &(*c)[i] }

// ChangeKind says which table a Change addresses.
type ChangeKind int

const (
	ChangeParameter ChangeKind = iota
	ChangeLab
	ChangeSegment
)

var setLever = &Lever{
	Name: "set", Noun: "set", ByPath: true,
	Meaning: "Other values of parameters or of fields of labs and segments while the policy holds, by PATH: market.eta, " +
		"labs.deepseek.talent, segments.enterprise.switching.",
	New:       func() any { return &Changes{} },
	Contested: contestedChanges,
	Check: func(_ *Config, _ *Policy, v any) (what, remedy string) {
		for _, c := range *v.(*Changes) {
			if !c.known() {
				return fmt.Sprintf("changes no scalar %q", c.Field), "name a parameter, or a field of a lab or segment"
			}
		}
		return "", ""
	},
	Effects: []Effect{{
		Name: "set", Neutral: "market.eta: 1.11", Example: "labs.openai.talent: 3",
		Expected: "frontier_capability rises", Hangs: "the scalar",
		Why: "holds for more talent at a leading lab, whose own progress is proportional to it; other scalars act through " +
			"the process that they belong to",
	}},
}

// changes are the scalars that a policy changes.
func (p *Policy) changes() Changes {
	if c := Pulled[Changes](p); c != nil {
		return *c
	}
	return nil
}

// contestedChanges are the PATHs that two policies both set.
func contestedChanges(cfg *Config, v, w any) (out []string) {
	for _, a := range *v.(*Changes) {
		for _, b := range *w.(*Changes) {
			if a.Kind == b.Kind && a.Index == b.Index && a.Field == b.Field {
				out = append(out, a.path(cfg))
			}
		}
	}
	return out
}

// path is the PATH of what is changed.
func (c Change) path(cfg *Config) string {
	switch c.Kind {
	case ChangeLab:
		return "labs." + cfg.Labs[c.Index].ID + "." + c.Field
	case ChangeSegment:
		return "segments." + cfg.Segments[c.Index].ID + "." + c.Field
	}
	return c.Field
}

// known reports whether there is such a scalar.
func (c Change) known() bool {
	var v any = &Parameters{}
	switch c.Kind {
	case ChangeLab:
		v = &LabSpec{}
	case ChangeSegment:
		v = &SegmentSpec{}
	}
	for _, f := range fieldsOf(v) {
		if f.Path == c.Field {
			return true
		}
	}
	return false
}
