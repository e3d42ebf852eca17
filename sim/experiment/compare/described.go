package compare

import (
	"fmt"
	"strings"

	"simulate/internal/quantity"
	"simulate/sim/experiment/results"
)

// A case that is held against no other is described: what it does is no effect of anything.

// Concentration says in one sentence how sales concentration moves in a case.
func (o *Outcome) Concentration(c results.Case) string {
	from, to, ok := o.span(c.Name)
	if !ok {
		return o.single(c)
	}
	if o.Stats(c.Name, to, salesHHI).N+o.Stats(c.Name, to, nearFrontier).N == 0 {
		return o.single(c)
	}
	return strings.TrimSuffix(o.concentration(c, from, to), unattributed(c))
}

// AskDescribed is what is asked of a case that is held against no other.
func (o *Outcome) AskDescribed(c results.Case) string {
	if with := happens(c); with != "" {
		return "What happens to sales concentration (HHI) in a world with " + with + "?"
	}
	from, to, ok := o.span(c.Name)
	name := c.Title
	if name == "" {
		name = c.Name
	}
	if !ok {
		return fmt.Sprintf("How concentrated are sales (HHI) in “%s”?", name)
	}
	return fmt.Sprintf("What happens to sales concentration (HHI) from %s to %s in “%s”?", quantity.When(from),
		quantity.When(to), name)
}

// LuckDescribed says how sure the level of sales concentration of a case is at the end; "" where
// there is none.
func (o *Outcome) LuckDescribed(c results.Case) string {
	_, to, _ := o.span(c.Name)
	s := o.Stats(c.Name, to, salesHHI)
	switch {
	case to == "" || s.N == 0:
		return ""
	case s.N == 1:
		return "one run, of which nothing tells how much is luck."
	}
	return fmt.Sprintf("the mean HHI at %s is %s over %s (s.e. %s); nine of ten of them lie between %s and %s. More "+
		"replications narrow the error of the mean, not the spread.", quantity.When(to), quantity.Whole(s.Mean),
		quantity.Plural(s.N, "replication"), quantity.Whole(s.SE), quantity.Whole(s.Quantiles[0]),
		quantity.Whole(s.Quantiles[4]))
}

// ReadingsDescribed gives the other readings of concentration of a case at the end; "" where there
// are none.
func (o *Outcome) ReadingsDescribed(c results.Case) string {
	_, to, _ := o.span(c.Name)
	var parts []string
	for _, m := range readings {
		if s := o.Stats(c.Name, to, m.metric); to != "" && s.N > 0 {
			parts = append(parts, fmt.Sprintf("%s %s", m.words, quantity.Whole(s.Mean)))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return fmt.Sprintf("it depends on what is counted: at %s the mean HHI of sales is %s with hosts as atoms, %s.",
		quantity.When(to), quantity.Whole(o.Stats(c.Name, to, salesHHI).Mean), quantity.List(parts))
}
