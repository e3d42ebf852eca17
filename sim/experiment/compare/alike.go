package compare

import (
	"fmt"

	"simulate/internal/quantity"
)

// Unchanged tells whether no run of several differs from its pair: there is no interval then, only
// a bound on how many runs would.
func (e Effect) Unchanged() bool { return e.Alike() && Unrounded(e.Change.Value, e.Base) == 0 }

// NoRun says that no run differs, and at most what share of runs would at 95 %.
func (e Effect) NoRun() string { return quantity.NoRunDiffers(e.Replications) }

// EachRun says that all pairs of runs differ by the same.
func (e Effect) EachRun() string { return quantity.EachRunDiffersBy(e.Replications) }

// InFigure says what an effect is in a line of a figure or of the terminal, with its unit: the mean
// with its interval and the spread over runs, or why there is none.
func (e Effect) InFigure(number func(float64) string, unit string) string {
	if e.Unchanged() {
		return e.NoRun()
	}
	text := quantity.Signed(number(Unrounded(e.Change.Value, e.Base))) + unit
	switch {
	case e.Alike():
		return text + " (" + e.EachRun() + ")"
	case e.SE > 0:
		return text + fmt.Sprintf(" (mean %s to %s; nine of ten runs %s to %s)", number(e.Change.Low),
			number(e.Change.High), number(e.LowSpread), number(e.HighSpread))
	}
	return text
}

// share is the part of runs that may differ although none of these does.
func share(e Effect) string { return quantity.FineShare(quantity.RuleOfThree(e.Replications)) }

// brief gives an effect with its interval, once it has been said of what intervals are.
func brief(e Effect, number func(float64) string, unit string) string {
	text := quantity.Signed(number(Unrounded(e.Change.Value, e.Base))) + unit
	switch {
	case e.Replications < 2:
		return text
	case e.Unchanged():
		return "none: " + e.NoRun()
	case e.Alike():
		return text + " (" + e.EachRun() + ")"
	case e.weight() == unclear:
		return fmt.Sprintf("%s, not clearly (%s to %s)", text, number(e.Change.Low), number(e.Change.High))
	}
	return fmt.Sprintf("%s (%s to %s)", text, number(e.Change.Low), number(e.Change.High))
}

// listed is an effect in a list of several.
type listed struct {
	Effect
	label string
	text  string // with its interval
}

// tellList tells some effects; those that no run shows are named together at the end, with the
// bound.
func tellList(list []listed) []string {
	var parts []string
	var same [][]listed // by number of pairs
	for _, t := range list {
		if !t.Unchanged() {
			parts = append(parts, t.label+" "+t.text)
			continue
		}
		if n := len(same); n == 0 || same[n-1][0].Replications != t.Replications {
			same = append(same, nil)
		}
		same[len(same)-1] = append(same[len(same)-1], t)
	}
	for _, group := range same {
		var labels []string
		for _, t := range group {
			labels = append(labels, t.label)
		}
		parts = append(parts, fmt.Sprintf("no run of %s differs in %s (at most %s of runs would)",
			quantity.Count(group[0].Replications), quantity.List(labels), share(group[0].Effect)))
	}
	return parts
}
