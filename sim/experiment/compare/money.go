package compare

import (
	"fmt"
	"slices"

	"simulate/internal/quantity"
	"simulate/sim/experiment/results"
	"simulate/sim/scenario"
)

// TellCost says what case b costs the public more than case a at the end, and what its policies
// change for each billion of that; "" where nothing is spent. Money is credited with the effect of
// policies alone: where no case of the runs is b without policies, and without anything else that
// differs, there is no such ratio. Money raised buys nothing, so that there is none either.
func (o *Outcome) TellCost(a, b results.Case) string {
	dates := o.Dates(b.Name)
	if len(dates) == 0 {
		return ""
	}
	date := dates[len(dates)-1]
	cost, err := o.Difference(a.Name, b.Name, CostMetric, date)
	if err != nil || cost.Replications == 0 || cost.Change.Value == 0 {
		return ""
	}
	if v := cost.Change.Value; v < 0 {
		return fmt.Sprintf("%s brings the public %s a year more than %s at %s.", b.Name, quantity.Money(-v), a.Name,
			quantity.When(date))
	}
	text := fmt.Sprintf("%s costs the public %s a year more than %s at %s", b.Name, quantity.Money(cost.Change.Value),
		a.Name, quantity.When(date))
	base, found := o.lackingPolicies(a, b)
	if !found {
		return text + ", from which it differs in more than policies; what each $1B buys is told by `simulate compare " +
			scenario.WithoutPolicies + " FILE`, FILE being the scenario " + b.Name + "."
	}
	against := ""
	if base.Name != a.Name {
		against = " against " + base.Name
		if cost, err = o.Difference(base.Name, b.Name, CostMetric, date); err != nil || !(cost.Change.Value > 0) {
			return text + "."
		}
	}
	if n := policiesMore(b, base); n > 1 {
		return text + fmt.Sprintf(". What each $1B of it buys is not told, for %s act together, and not all that "+
			"they change is bought.", quantity.Plural(n, "policy", "policies"))
	}
	var parts []string
	for _, m := range []struct{ metric, label string }{{salesHHI, "HHI of sales"}, {nearFrontier,
		"labs near the frontier"}} {
		if d, err := o.Difference(base.Name, b.Name, m.metric, date); err == nil && d.Replications > 0 {
			per, number := 1e9/cost.Change.Value, inUnit("")
			text := m.label + " " + quantity.Signed(number(d.Change.Value*per))
			if d.SE > 0 {
				text += " (s.e. " + number(d.SE*per) + ")"
			}
			parts = append(parts, text)
		}
	}
	if len(parts) == 0 {
		return text + "."
	}
	return text + "; for each $1B of it" + against + ": " + quantity.List(parts) + "."
}

// policiesMore is how many policies a case has that its base has not.
func policiesMore(c, base results.Case) (n int) {
	for _, m := range c.Markers {
		if m.Kind == "policy" && !slices.Contains(base.Markers, m) {
			n++
		}
	}
	return n
}

// lackingPolicies finds the case from which b differs in policies alone: a, or another one that has
// none.
func (o *Outcome) lackingPolicies(a, b results.Case) (results.Case, bool) {
	scenarios := map[string]*scenario.Scenario{}
	if o.Dir != "" {
		_, all, err := results.ReadInputs(o.Dir)
		if err != nil {
			return a, false
		}
		for _, s := range all {
			scenarios[s.Name] = s
		}
	}
	for _, c := range append([]results.Case{a}, o.Manifest.Cases...) {
		if c.Name != a.Name && len(marked(c, "policy")) > 0 || c.Name == b.Name {
			continue
		}
		if x, y := scenarios[c.Name], scenarios[b.Name]; x != nil && y != nil {
			if byPolicies(x, y) {
				return c, true
			}
		} else if o.Dir == "" && slices.Equal(marked(c, "shock"), marked(b, "shock")) {
			return c, true
		}
	}
	return a, false
}

// byPolicies tells whether two scenarios differ in policies alone, and perhaps in where they end.
func byPolicies(a, b *scenario.Scenario) bool {
	assumptions, changes := scenario.Differences(a, b)
	return !slices.ContainsFunc(assumptions, func(path string) bool { return path != "clock.end" }) &&
		!slices.ContainsFunc(changes, func(path string) bool {
			return path != "policies" && !results.IsPolicy(path)
		})
}

// marked are the markers of a kind.
func marked(c results.Case, kind string) (out []results.Marker) {
	for _, m := range c.Markers {
		if m.Kind == kind {
			out = append(out, m)
		}
	}
	return out
}
