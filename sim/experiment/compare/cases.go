package compare

import (
	"errors"
	"fmt"
	"strings"

	"simulate/internal/quantity"
	"simulate/sim/experiment/results"
	"simulate/sim/experiment/run"
	"simulate/sim/scenario"
)

// DefaultThreshold is the R&D budget between small and large labs where none is given, USD per
// year.
const DefaultThreshold = 2e9

// Options say what a comparison splits.
type Options struct {
	// Decompose splits the shocks of each alternative into access and performance effects, which takes
	// three more cases.
	Decompose bool
	// Threshold is the R&D budget that divides labs for it, USD per year; 0: DefaultThreshold.
	Threshold float64
	// Notice is told where a split is left out and why; nil: not.
	Notice func(string)
}

// Cases lists the cases of a comparison, the base first, and what to compare: spec.Scenarios and
// spec.Compare of a Run. An alternative that differs from the base in assumptions and in events or
// policies gets two more cases, which have one of both, so that its change splits into parts. The
// error is an *InputError.
func Cases(base *scenario.Scenario, alternatives []*scenario.Scenario, o Options) ([]*scenario.Scenario,
	*results.Comparison, error) {
	if len(alternatives) == 0 {
		return nil, nil, results.InputErrorf("nothing to compare %s with; name at least one more scenario", base.Name)
	}
	if o.Threshold == 0 {
		o.Threshold = DefaultThreshold
	}
	cases := []*scenario.Scenario{base}
	c := &results.Comparison{Bases: []string{base.Name}}
	for _, alt := range alternatives {
		cases = append(cases, alt)
		c.Alternatives = append(c.Alternatives, alt.Name)
	}
	for _, alt := range alternatives {
		assumptions, changes := scenario.Differences(base, alt)
		if len(assumptions) > 0 && len(changes) > 0 {
			more, split, err := bySource(base, alt)
			if err == nil {
				cases, c.Splits = append(cases, more...), append(c.Splits, split)
			} else if o.Notice != nil {
				o.Notice(fmt.Sprintf("What %s changes is not split into assumptions and policies, for they do not fit the other "+
					"scenario: %v.", alt.Name, firstLine(err)))
			}
		}
		if !o.Decompose {
			continue
		}
		more, split, err := bySide(base, alt, o.Threshold)
		if err != nil {
			return nil, nil, err
		}
		cases, c.Splits = append(cases, more...), append(c.Splits, split)
	}
	return cases, c, nil
}

// bySource splits a change into that of assumptions and that of events and policies.
func bySource(base, alt *scenario.Scenario) ([]*scenario.Scenario, results.Split, error) {
	s := results.Split{Case: alt.Name, None: base.Name, Parts: [2]results.Part{{Name: "assumptions",
		Case: alt.Name + ".assumptions"}, {Name: "policies", Case: alt.Name + ".policies"}}}
	a, err := scenario.Join(s.Parts[0].Case, "Assumptions only", alt, base)
	if err != nil {
		return nil, s, err
	}
	b, err := scenario.Join(s.Parts[1].Case, "Events and policies only", base, alt)
	if err != nil {
		return nil, s, err
	}
	return []*scenario.Scenario{a, b}, s, nil
}

// bySide splits the effect of a scenario's shocks into that on labs below a budget, from which the
// others are kept, and that on labs above it (Pilz, Heim & Brown 2023).
func bySide(base, alt *scenario.Scenario, threshold float64) ([]*scenario.Scenario, results.Split, error) {
	s := results.Split{Case: alt.Name, None: base.Name, Parts: [2]results.Part{{Name: "access",
		Case: alt.Name + ".access"}, {Name: "performance", Case: alt.Name + ".performance"}}, Threshold: threshold}
	if len(alt.Config().Shocks) == 0 {
		return nil, s, results.InputErrorf("%s has no shock to split into access and performance; name a scenario with "+
			"one, such as deepseek-shock", alt.Name)
	}
	var cases []*scenario.Scenario
	none, err := alt.WithoutEvents(alt.Name+results.NobodySuffix, "Nobody gets it")
	if err == nil {
		if assumptions, changes := scenario.Differences(base, none); len(assumptions)+len(changes) > 0 {
			cases, s.None = append(cases, none), none.Name
		}
	}
	access, err1 := alt.Withheld(s.Parts[0].Case, "Access: below "+quantity.Money(threshold), 0, threshold)
	performance, err2 := alt.Withheld(s.Parts[1].Case, "Performance: from "+quantity.Money(threshold), threshold, 0)
	if err := errors.Join(err, err1, err2); err != nil {
		return nil, s, &results.InputError{Err: err}
	}
	return append(cases, access, performance), s, nil
}

func firstLine(err error) string {
	line, _, _ := strings.Cut(err.Error(), "\n")
	return line
}

// Name is the name of a comparison: base-vs-alternatives.
func Name(base *scenario.Scenario, alternatives []*scenario.Scenario) string {
	return base.Name + "-vs-" + run.Name(alternatives)
}
