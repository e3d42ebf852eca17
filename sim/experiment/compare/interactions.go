package compare

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"simulate/internal/quantity"
	"simulate/sim/experiment/analysis"
)

// TellMean says what an effect is on average over futures, with the interval of that mean.
func TellMean(metric string, points int, mean analysis.Estimate) string {
	_, unit := metricWords(metric)
	number := inUnit(unit)
	text := "0"
	if mean.Value != 0 {
		text = quantity.Signed(number(mean.Value)) + unitWord(unit)
	}
	text = fmt.Sprintf("On average over %s the effect is %s", quantity.Plural(points, "future"), text)
	if !math.IsNaN(mean.Low) {
		text += fmt.Sprintf(" (95 %% interval of the mean %s to %s)", number(mean.Low), number(mean.High))
	}
	return text + "."
}

// TellInteractions says on which inputs an effect on a metric depends: what it is at both ends of
// an input, and how much it differs between them with the interval of that mean; and which inputs
// it does not clearly depend on. ends names the two ends of an input. It is "" without inputs.
func TellInteractions(metric string, all []analysis.Interaction, ends func(analysis.Interaction) [2]string) string {
	if len(all) == 0 {
		return ""
	}
	_, unit := metricWords(metric)
	number := inUnit(unit)
	signed := func(v float64) string {
		if v == 0 {
			return "0"
		}
		return quantity.Signed(number(v))
	}
	differs := func(x analysis.Interaction) string {
		text := "differs by " + number(math.Abs(x.Change.Value)) + unitWord(unit)
		if x.SE > 0 {
			low, high := x.Change.Low, x.Change.High
			if x.Change.Value < 0 {
				low, high = -high, -low
			}
			text += fmt.Sprintf(" (95 %% interval of the mean %s to %s)", number(low), number(high))
		}
		return text
	}
	var clear, unclear []analysis.Interaction
	var untold, once []string
	for _, x := range all {
		if !x.Isolated && !(x.SE > 0) {
			untold = append(untold, x.Name)
		} else if !(x.SE > 0) && x.Runs < 2 && x.Change.Value != 0 {
			at := ends(x)
			once = append(once, fmt.Sprintf("%s where %s is %s, %s where it is %s", signed(x.At[0]), x.Name, at[0],
				signed(x.At[1]), at[1]))
		} else if x.Clear || !(x.SE > 0) && x.Change.Value != 0 {
			clear = append(clear, x)
		} else {
			unclear = append(unclear, x)
		}
	}
	slices.SortStableFunc(clear, func(a, b analysis.Interaction) int {
		return cmpAbs(b.Change.Value, a.Change.Value)
	})
	text := ""
	for i, x := range clear {
		at := ends(x)
		verb := "The effect depends on "
		if !(x.SE > 0) {
			verb = "In these runs, whose luck shows no error, the effect depends on "
		}
		if i > 0 {
			text, verb = text+" ", "It depends on "
		}
		text += fmt.Sprintf("%s%s: %s where it is %s, %s where it is %s; it %s.", verb, x.Name, signed(x.At[0]), at[0],
			signed(x.At[1]), at[1], differs(x))
	}
	var parts []string
	for _, x := range unclear {
		part := x.Name
		if x.SE > 0 {
			part += fmt.Sprintf(" (between its ends it differs by %s, 95 %% interval of the mean %s to %s)",
				signed(x.Change.Value), number(x.Change.Low), number(x.Change.High))
		} else {
			part += " (between its ends no difference is seen)"
		}
		parts = append(parts, part)
	}
	switch {
	case len(parts) == 0:
	case text == "":
		text = "The effect does not clearly depend on " + quantity.OneOf(parts) + "."
	default:
		text += " It does not clearly depend on " + quantity.OneOf(parts) + "."
	}
	if len(once) > 0 {
		text += " One run at each point tells no luck from what an input does: the effect is " + quantity.List(once) + "."
	}
	if slices.ContainsFunc(all, func(x analysis.Interaction) bool { return x.SE > 0 && x.Runs == 1 }) {
		text += " With one replication all futures share one luck, of which the intervals know nothing."
	}
	if len(all) > 1 && slices.ContainsFunc(all, func(x analysis.Interaction) bool { return x.SE > 0 }) {
		text += fmt.Sprintf(" Clear is at 5 %% over the %s together (Bonferroni); each interval is by itself.",
			quantity.Plural(len(all), "input"))
	}
	if len(untold) > 0 {
		text += " The points are too few to tell whether the effect depends on " + quantity.OneOf(untold) +
			": those at one end differ from those at the other in other inputs too. Take a grid, or more samples."
	}
	return strings.TrimSpace(text)
}

// TellShares says what share of the variance of an effect from run to run each input makes.
func TellShares(inputs []analysis.SobolIndex) string {
	var parts []string
	for _, x := range inputs {
		part := quantity.Share(max(0, x.First.Value))
		if !math.IsNaN(x.First.Low) {
			part += fmt.Sprintf(" (%s to %s)", quantity.Share(max(0, x.First.Low)), quantity.Share(x.First.High))
		}
		parts = append(parts, x.Name+" "+part)
	}
	return "Of the variance of the effect over runs and futures, the luck that all futures share left out, one input " +
		"alone makes: " + quantity.List(parts) + "."
}

func cmpAbs(a, b float64) int {
	switch a, b = math.Abs(a), math.Abs(b); {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}
