package report

import (
	"fmt"
	"strings"
	"unicode"

	"simulate/internal/quantity"
	"simulate/sim/experiment/history"
)

// historyFront answers: how good the forecasts were, or which parameter values fit.
func (f *folder) historyFront(of *history.Folder, figures []part) ([]section, []part, error) {
	trusted, err := trustParts()
	if err != nil {
		return nil, nil, err
	}
	said := splitSentences(of.Verdict)
	name := "backtest"
	if of.Calibration {
		name = "calibration"
	}
	picture, rest := takeFirst(figures, name)
	shown := []part{{Figures: picture}}
	if of.Calibration { // its picture has a row for every parameter; the front has those that it is about
		shown, rest = nil, figures
		for _, l := range of.Listings[:min(1, len(of.Listings))] {
			shown = append(shown, part{Table: listed(l)})
		}
		shown = append(shown, part{See: &see{"figures", "The picture of all parameters"}})
	}
	var sure []text
	for _, s := range said[1:] {
		sure = append(sure, text{Text: s})
	}
	var anyway, depends []text
	asked := "Which values of the parameters fit what was observed?"
	if of.Calibration {
		sure = append(sure, text{Lead: "What fits", Text: "a vector stays where no observation lies further from what it " +
			"gives " +
			"than three standard deviations: of the observation, of luck, and of what the model leaves out. Another vector " +
			"may fit too; the set says what the observations do not exclude."})
		anyway = []text{{Text: "Before any observation every parameter has its prior, the 90 % interval of the scenario; " +
			"the table has it beside the values that fit. Where both are alike the observations say nothing of the parameter."}}
		depends = []text{{Text: fmt.Sprintf("The set depends on %s, each with its source and error in the table of "+
			"targets, and on the standard deviation of what the model leaves out (--discrepancy).",
			quantity.Plural(of.Targets.Len(), "observation"))}}
	} else {
		asked = fmt.Sprintf("Would the model have forecast what was observed after %s better than forecasts that know no "+
			"model?",
			quantity.When(of.Until))
		sure = append(sure, text{Lead: "Few observations", Text: "the counts are of observations that share their luck and " +
			"their scenario, so that they are no independent trials; no interval of a score is given."})
		anyway = []text{{Text: "Three forecasts know no model and stand for what one would have said anyway: no change, " +
			"the trend of each series, and for shares growth at random (Gibrat). The scores hold each beside the model."}}
		trusted = append([]part{{Text: []text{{Text: "The counts of this page are of its own runs, those that follow of " +
			"the back-test that the documentation holds, with its own number of runs."}}}}, trusted...)
		cut := 0
		for _, n := range of.Inputs.Number("dropped") {
			cut += int(n)
		}
		depends = []text{{Text: fmt.Sprintf("The forecasts depend on what was known at %s: %s of %s that became known "+
			"later are cut, and parameters are drawn from their intervals, as far as they fit what was observed by "+
			"then.", quantity.When(of.Until),
			quantity.Plural(cut, "dated value"), quantity.Plural(of.Inputs.Len(), "input"))}}
	}
	return []section{
		{"question", "The question", []part{{Text: append([]text{{Lead: asked}}, f.lead()...)}}},
		{"answer", "The answer", append([]part{{Answer: said[:1]}}, shown...)},
		{"sure", "How sure", []part{{List: sure}}},
		{"anyway", "What would have been said anyway", []part{{Text: anyway}}},
		{"depends", "On what it depends", []part{{Text: depends}}},
		{"trust", "How far to trust the model", trusted},
		{"glossary", "Words", []part{{Glossary: historyWords}}},
	}, rest, nil
}

// historyWords are the words that a reader meets on the front of a back-test or calibration.
var historyWords = []text{
	{Lead: "CRPS", Text: "Continuous ranked probability score: how far a forecast with its spread lies from what " +
		"came, in the unit of the quantity; smaller is better. Without a spread it is the absolute error."},
	{Lead: "MASE", Text: "Mean absolute error over the mean step of the history of the series; below 1 the error is " +
		"smaller than what the series moved in a step."},
	{Lead: "90 % band", Text: "Between the 5th and the 95th of a hundred forecasts; a good band holds nine of ten " +
		"observations."},
	{Lead: "Gibrat", Text: "Growth of shares at random, at rates that do not depend on size."},
	{Lead: "vector", Text: "One value for every parameter that is not known."},
	{Lead: "identified", Text: "The observations narrow the interval of the parameter, or shift it."},
}

// splitSentences cuts a text after full stops that a capital letter or a number follows.
func splitSentences(of string) (out []string) {
	from := 0
	for i := 0; i+2 < len(of); i++ {
		next := rune(of[i+2])
		if of[i] == '.' && of[i+1] == ' ' && (unicode.IsUpper(next) || unicode.IsDigit(next)) {
			out, from = append(out, of[from:i+1]), i+2
		}
	}
	return append(out, strings.TrimSpace(of[from:]))
}
