package compare

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"simulate/internal/quantity"
)

// Question is what is asked, in a sentence.
func (a Answer) Question() string {
	change := "does %s change"
	if a.several {
		change = "do %s change"
	}
	return fmt.Sprintf("What "+change+", against %s?", a.What, a.Against())
}

// Sentences answer what changes in sales concentration, how surely, and what would have happened
// anyway. There are none where no pair of runs has a date in common.
func (a Answer) Sentences() []string {
	main, found := a.Effect(salesHHI, a.Main())
	if !found {
		return []string{fmt.Sprintf("%s and %s have no date in common to compare.", a.Case.Name, a.Base.Name)}
	}
	first := a.headline(main) + a.leaves()
	if later := a.Later(); later != "" {
		first += " " + later
	}
	var out []string
	for _, text := range []string{first, a.ends, a.Anyway(), a.Readings(), a.Others()} {
		if text != "" {
			out = append(out, text)
		}
	}
	return out
}

// Headline is the first sentence: what changes, how surely, against what.
func (a Answer) Headline() string {
	if main, found := a.Effect(salesHHI, a.Main()); found {
		return a.headline(main)
	}
	return fmt.Sprintf("%s and %s have no date in common to compare.", a.Case.Name, a.Base.Name)
}

func (a Answer) headline(e Effect) string {
	against := ", against " + a.Against()
	change, does := "changes", "does"
	if a.several {
		change, does = "change", "do"
	}
	switch {
	case e.Replications < 2 && Unrounded(e.Change.Value, e.Base) == 0:
		return fmt.Sprintf("%s %s not change sales concentration (HHI) %s%s: %s.", a.first(), does, a.when(e.Date), against,
			a.sureness(e, points))
	case e.Unchanged():
		return fmt.Sprintf("%s %s sales concentration (HHI) in no run of %s %s%s; at most %s of runs would differ.",
			a.first(), change, quantity.Count(e.Replications), a.when(e.Date), against, share(e))
	case e.weight() == unclear && e.Replications > 1 && !e.Alike():
		return fmt.Sprintf("%s %s not clearly change sales concentration (HHI) %s%s: %s is the %s.", a.first(), does,
			a.when(e.Date), against, quantity.Signed(points(e.Change.Value)), a.sureness(e, points))
	}
	if math.Abs(e.Change.Value) < leastPoints {
		of := "in the mean of " + quantity.Plural(e.Replications, "pair") + " of runs"
		if e.Replications < 2 {
			of = a.sureness(e, points)
		}
		return fmt.Sprintf("%s %s sales concentration (HHI) by less than %g points %s%s, %s.",
			a.first(), change, leastPoints, a.when(e.Date), against, of)
	}
	verb := "raises"
	if e.Change.Value < 0 {
		verb = "lowers"
	}
	if a.several {
		verb = verb[:len(verb)-1]
	}
	return fmt.Sprintf("%s %s sales concentration (HHI) by %s %s%s: %s.", a.first(), verb,
		points(math.Abs(e.Change.Value)),
		a.when(e.Date), against, a.sureness(e, points))
}

// leastPoints is the size of an effect on the HHI below which sentences give no number: it would
// read 0.0.
const leastPoints = 0.05

// weight is that of an effect on its own.
func (e Effect) weight() weight { return weigh(e.Change.Value, e.Margin(1), e.Base) }

// sureness says of what a difference is the mean, its interval and the spread over runs.
func (a Answer) sureness(e Effect, number func(float64) string) string {
	switch {
	case e.Replications < 2 && a.Case.Fixed() && a.Base.Fixed():
		return "one deterministic run of each, which leaves nothing to luck"
	case e.Replications < 2:
		return "one pair of runs, which has no interval"
	case e.Alike():
		return e.EachRun()
	}
	return fmt.Sprintf("mean of %s of runs (95 %% interval of the mean %s to %s; nine of ten runs between %s and %s)",
		quantity.Plural(e.Replications, "pair"), number(e.Change.Low), number(e.Change.High), number(e.LowSpread),
		number(e.HighSpread))
}

// Later is what is left at the end, "" where the first sentence speaks of it.
func (a Answer) Later() string {
	e, found := a.Effect(salesHHI, a.End)
	if !found || e.Date == a.Main() {
		return ""
	}
	mean := "mean effect"
	if e.Replications < 2 {
		mean = "effect"
	}
	when := quantity.Raised(a.when(e.Date))
	if strings.Contains(when, ",") {
		when += ","
	}
	return fmt.Sprintf("%s the %s is %s.", when, mean, brief(e, points, ""))
}

// Luck says how often single pairs of runs go one way, "" for a single pair.
func (a Answer) Luck() string {
	e, found := a.Effect(salesHHI, a.Main())
	if !found || e.Replications < 2 || e.Alike() {
		return ""
	}
	often := fmt.Sprintf("in %s of %s of runs", quantity.Share(e.ShareLower), quantity.Plural(e.Replications, "pair"))
	switch lower := math.Round(e.ShareLower * float64(e.Replications)); {
	case int(lower) == e.Replications:
		often = fmt.Sprintf("in each of %s of runs", quantity.Plural(e.Replications, "pair"))
	case lower == 0:
		often = fmt.Sprintf("in none of %s of runs", quantity.Plural(e.Replications, "pair"))
	case 200*lower < float64(e.Replications) || 200*(float64(e.Replications)-lower) < float64(e.Replications):
		often = fmt.Sprintf("in %.0f of %s of runs", lower, quantity.Plural(e.Replications, "pair"))
	}
	return fmt.Sprintf("%s the HHI is lower at %s; the 95 %% interval of the mean effect is %s to %s, "+
		"and nine of ten pairs lie between %s and %s. More runs narrow the interval of the mean, not the spread", often,
		quantity.When(e.Date), points(e.Change.Low), points(e.Change.High),
		points(e.LowSpread), points(e.HighSpread))
}

// Anyway says what sales concentration does without what happens.
func (a Answer) Anyway() string {
	start, found := a.Effect(salesHHI, a.Start)
	end, also := a.Effect(salesHHI, a.End)
	if !found || !also {
		return ""
	}
	with, without := end.Alternative-start.Alternative, end.Base-start.Base
	moves := func(change float64) string {
		switch {
		case math.Round(change) > 0:
			return "rises"
		case math.Round(change) < 0:
			return "falls"
		}
		return "stays"
	}
	text := fmt.Sprintf("With %s the mean HHI %s from %s at %s to %s at %s; ", a.What, moves(with),
		quantity.Whole(start.Alternative), quantity.When(a.Start), quantity.Whole(end.Alternative), quantity.When(a.End))
	other := "without " + a.it()
	if !a.Base.Added {
		other = "in " + a.Base.Name
	}
	if a.What == a.Case.Name && a.Base.Added {
		other = "in " + a.Base.Name
	}
	text += fmt.Sprintf("%s it %s to %s", other, moves(without), quantity.Whole(end.Base))
	if with*without > 0 && math.Abs(with) > math.Abs(without) {
		noun := map[bool]string{true: "rise", false: "fall"}[with > 0]
		text += fmt.Sprintf(", so that %s of the %s of %s happens anyway", quantity.Whole(math.Abs(without)), noun,
			quantity.Whole(math.Abs(with)))
	} else if with*without > 0 {
		more := ", and more,"
		if quantity.Whole(math.Abs(with)) == quantity.Whole(math.Abs(without)) {
			more = ""
		}
		text += fmt.Sprintf(", so that all of the %s%s happens anyway",
			map[bool]string{true: "rise", false: "fall"}[with > 0], more)
	}
	if len(a.absent) > 0 {
		text += fmt.Sprintf(". Neither world has %s, which %s takes away from what it extends", quantity.List(a.absent),
			a.Case.Name)
	}
	return text + "."
}

// readings are the other readings of concentration.
var readings = []struct{ metric, words string }{
	{"hhi_sales_labs", "among labs alone"},
	{"hhi_sales_clouds", "with hosts of open models counted as the clouds they rent"},
}

// Readings says what other readings of concentration show at the date of the first sentence.
func (a Answer) Readings() string {
	date := a.Main()
	var list []listed
	for _, m := range readings {
		if e, found := a.Effect(m.metric, date); found {
			list = append(list, listed{e, m.words, brief(e, points, "")})
		}
	}
	parts := tellList(list)
	switch {
	case len(list) == 0:
		return ""
	case !slices.ContainsFunc(list, func(t listed) bool { return !t.Unchanged() }):
		return quantity.Raised(strings.Replace(parts[0], "differs in", "differs in the HHI", 1)) + "."
	}
	return fmt.Sprintf("It depends on what is counted: by the HHI %s.", quantity.List(parts))
}

// Others gives the effects on other metrics at the same date.
func (a Answer) Others() string {
	date, heading := a.Main(), "Further effects"
	var list []listed
	for _, m := range toldBeside {
		if e, found := a.Effect(m.metric, date); found {
			if e.Replications > 1 {
				heading = "Further mean effects"
			}
			list = append(list, listed{e, m.label, brief(e, m.number, m.unit)})
		}
	}
	switch {
	case len(list) == 0:
		return ""
	case !slices.ContainsFunc(list, func(t listed) bool { return !t.Unchanged() }):
		return fmt.Sprintf("At %s %s.", quantity.When(date), strings.Join(tellList(list), "; "))
	}
	parts := tellList(list)
	heading += " at " + quantity.When(date)
	if main, found := a.Effect(salesHHI, date); !found || main.Replications > 1 {
		heading += ", with 95 % intervals of the mean"
	}
	return heading + ": " + quantity.List(parts) + "."
}

// Caption says under a chart of a metric what changes in it, with its interval and its spread over
// runs; "" where no pair of runs defines it.
func (a Answer) Caption(metric string) string {
	_, unit := metricWords(metric)
	e, found := a.Effect(metric, a.Main())
	if !found {
		return ""
	}
	return fmt.Sprintf("Effect at %s: %s", quantity.When(e.Date), e.InFigure(inUnit(unit), unitWord(unit)))
}
