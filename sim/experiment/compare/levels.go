package compare

import (
	"fmt"
	"math"
	"slices"

	"simulate/internal/quantity"
	"simulate/sim/experiment/analysis"
)

// LevelWords is what sentences call the mean of a metric.
func LevelWords(metric string) string {
	if metric == salesHHI {
		return "mean sales concentration (HHI)"
	}
	title, _ := metricWords(metric)
	return "the mean of “" + title + "”"
}

// levelIn writes a value of a metric with its unit.
func levelIn(metric string) func(float64) string {
	_, unit := metricWords(metric)
	return func(v float64) string { return inUnit(unit)(v) + unitWord(unit) }
}

// TellLevels says how the mean of a metric at a date differs between both ends of the inputs of a
// sweep, a sentence each, the one that differs most first and those that do not clearly differ
// last. ends names the two ends of an input. There is none of an input of which nothing can be
// told.
func TellLevels(metric, date string, all []analysis.Interaction, ends func(analysis.Interaction) [2]string) []string {
	_, unit := metricWords(metric)
	number := levelIn(metric)
	told := slices.DeleteFunc(slices.Clone(all), func(x analysis.Interaction) bool {
		return !x.Isolated && !(x.SE > 0)
	})
	sure := func(x analysis.Interaction) bool { return x.Clear || !(x.SE > 0) && x.Change.Value != 0 }
	slices.SortStableFunc(told, func(a, b analysis.Interaction) int {
		if sure(a) != sure(b) {
			return map[bool]int{true: -1, false: 1}[sure(a)]
		}
		return cmpAbs(b.Change.Value, a.Change.Value)
	})
	var out []string
	for _, x := range told {
		at := ends(x)
		interval := ""
		if x.SE > 0 {
			interval = fmt.Sprintf(" (95 %% interval of the mean %s to %s)", inUnit(unit)(x.Change.Low),
				inUnit(unit)(x.Change.High))
		}
		between := fmt.Sprintf("%s where %s is %s and %s where it is %s", number(x.At[0]), x.Name, at[0], number(x.At[1]),
			at[1])
		when := ""
		if date != "" {
			when = " at " + quantity.When(date)
		}
		text := fmt.Sprintf("%s%s is %s, ", LevelWords(metric), when, between)
		change := quantity.Signed(number(x.Change.Value))
		switch {
		case x.SE > 0 && x.Clear:
			text += "a difference of " + change + interval
		case x.SE > 0:
			text += "which is no clear difference: " + change + interval
		case x.Change.Value == 0:
			text += "no difference"
		default:
			text += "a difference of " + change + ", of which nothing tells an error"
		}
		out = append(out, sentence("", text)+".")
	}
	return out
}

// AnyClear tells whether the mean clearly differs between the ends of any input.
func AnyClear(all []analysis.Interaction) bool {
	return slices.ContainsFunc(all, func(x analysis.Interaction) bool { return x.Clear })
}

// TellLevelsOverPoints says between which values the mean of a metric lies over points of a design.
func TellLevelsOverPoints(metric string, means []float64) string {
	number := levelIn(metric)
	low, high := math.Inf(1), math.Inf(-1)
	for _, v := range means {
		if !math.IsNaN(v) {
			low, high = min(low, v), max(high, v)
		}
	}
	switch {
	case math.IsInf(low, 0):
		return "not defined"
	case number(low) == number(high):
		return number(low)
	}
	return "between " + number(low) + " and " + number(high)
}
