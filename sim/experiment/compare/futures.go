package compare

import (
	"fmt"
	"slices"

	"simulate/internal/quantity"
	"simulate/sim/experiment/results"
	"simulate/sim/experiment/run"
	"simulate/sim/scenario"
	"simulate/sim/table"
)

// Pairs makes the table effects from runs at the points of a design: of scenarios, or of points
// with policies and without.
type Pairs struct{}

// NewFutures settles a comparison of scenarios, the base first, over the futures of a design. Its
// error is an *InputError.
func NewFutures(scenarios []*scenario.Scenario, sweep run.SweepSpec) (*run.Futures, error) {
	if len(scenarios) < 2 {
		return nil, results.InputErrorf("nothing to compare %s with; name at least one more scenario", scenarios[0].Name)
	}
	return run.NewFutures(run.FuturesSpec{Scenarios: scenarios, Sweep: sweep, Pairing: Pairs{}})
}

// Tables describes the table effects.
func (Pairs) Tables(looks int) []*table.Table { return []*table.Table{newEffects(looks)} }

// Pair writes the effects of an alternative at a point.
func (Pairs) Pair(base, alternative *run.Sample, point, looks int, write func(string, *table.Record) error) error {
	return writeEffects(base, alternative, point, looks, write)
}

// ReadFutures reads the manifest and the table effects, without its segments, of a comparison over
// futures.
func ReadFutures(dir string, how *table.Reading) (m *results.Manifest, effects []Effect, err error) {
	defer table.Misfit(&err)
	if m, err = results.ReadManifestAs(dir, how); err != nil {
		return nil, nil, results.AsInput(err)
	}
	if m.Futures == nil {
		return nil, nil, results.InputErrorf("%s holds no comparison over futures", dir)
	}
	t, err := m.Table(dir, effectsTable)
	if err != nil {
		return nil, nil, err
	}
	effects, err = readEffects(t, false)
	return m, effects, err
}

// TellFutures says what an alternative changes in a metric across futures: whether its sign is the
// same everywhere, and where it is largest. effects are those of one alternative, metric and date
// by point; words names a point by its values.
func TellFutures(effects []Effect, words func(point int) string) string {
	title, unit := metricWords(effects[0].Metric)
	number := inUnit(unit)
	with := func(e Effect) string {
		text := quantity.Signed(number(e.Change.Value)) + unitWord(unit)
		if e.SE > 0 {
			text += fmt.Sprintf(" (95 %% interval of the mean %s to %s; nine of ten runs between %s and %s)",
				number(e.Change.Low), number(e.Change.High), number(e.LowSpread), number(e.HighSpread))
		}
		switch {
		case e.Unchanged():
			return e.NoRun()
		case e.Alike():
			return text + " (" + e.EachRun() + ")"
		}
		return text
	}
	lower, higher, same, down, up := 0, 0, 0, 0, 0
	least, most := effects[0], effects[0]
	for _, e := range effects {
		switch {
		case e.Unchanged() || e.Replications < 2 && Unrounded(e.Change.Value, e.Base) == 0:
			same++
		case e.Clear && e.Change.Value < 0:
			lower++
		case e.Clear:
			higher++
		}
		if e.Change.Value < 0 {
			down++
		} else if e.Change.Value > 0 {
			up++
		}
		if e.Change.Value < least.Change.Value {
			least = e
		}
		if e.Change.Value > most.Change.Value {
			most = e
		}
	}
	n := len(effects)
	head := fmt.Sprintf("%s, with %s against %s at %s: ", title, effects[0].Case, effects[0].Against,
		quantity.When(effects[0].Date))
	of := func(k int) string { return fmt.Sprintf("%s of %s", quantity.Count(k), quantity.Plural(n, "future")) }
	one, together := n == 1, ""
	if !one {
		together = " Clear is at 5 % over all effects of a metric and date together (Bonferroni); each interval is by itself."
	}
	switch {
	case single(effects):
		return head + tellSingle(effects, same, down, up, least, most, with, words)
	case same == n && one:
		return head + effects[0].NoRun() + "."
	case one && effects[0].Clear:
		return head + with(effects[0]) + "."
	case one && effects[0].Alike():
		return head + with(effects[0]) + "."
	case one:
		return head + "not clearly different from 0, " + with(effects[0]) + "."
	case same == n:
		return head + fmt.Sprintf("no run of %s differs in any of %s; at most %s of runs in one future would.",
			quantity.Count(effects[0].Replications), quantity.Plural(n, "future"),
			quantity.FineShare(quantity.RuleOfThree(effects[0].Replications)))
	case lower+higher == 0:
		return head + fmt.Sprintf("in none of %s is the effect told apart from 0 at 5 %% over all effects of that date "+
			"together; it lies between %s and %s.", quantity.Plural(n, "future"), with(least), with(most))
	case higher == 0:
		head += everywhere("lower", "raised", lower, down, n)
		return head + fmt.Sprintf("Most where %s: %s; least where %s: %s.", words(least.Point), with(least),
			words(most.Point), with(most)) + together
	case lower == 0:
		head += everywhere("higher", "lowered", higher, up, n)
		return head + fmt.Sprintf("Most where %s: %s; least where %s: %s.", words(most.Point), with(most),
			words(least.Point), with(least)) + together
	}
	return head + fmt.Sprintf("its sign turns: clearly lower in %s, most where %s: %s; clearly higher in %s, most "+
		"where %s: %s.", of(lower), words(least.Point), with(least), of(higher), words(most.Point), with(most)) + together
}

// single tells whether nothing but one pair of runs stands behind each effect: a deterministic
// scenario has no more to tell, and of any other luck is not told apart.
func single(effects []Effect) bool {
	return !slices.ContainsFunc(effects, func(e Effect) bool { return e.Replications > 1 })
}

// tellSingle says what one run of each shows, which has no interval.
func tellSingle(effects []Effect, same, down, up int, least, most Effect, with func(Effect) string,
	words func(point int) string) string {
	n := len(effects)
	futures := quantity.Plural(n, "future")
	switch {
	case n == 1 && same == 1:
		return "the one run does not differ."
	case n == 1:
		return with(effects[0]) + " in the one run, which has no interval."
	case same == n:
		return fmt.Sprintf("the one run of each does not differ in any of %s.", futures)
	case down == n || up == n:
		is, far, near := "lower", least, most
		if up == n {
			is, far, near = "higher", most, least
		}
		return fmt.Sprintf("%s in every one of %s, by one run of each, which has no interval. Most where %s: %s; least "+
			"where %s: %s.", is, futures, words(far.Point), with(far), words(near.Point), with(near))
	}
	return fmt.Sprintf("lower in %s and higher in %s of %s, by one run of each, which has no interval. It lies between "+
		"%s, where %s, and %s, where %s.", quantity.Count(down), quantity.Count(up), futures, with(least), words(least.Point),
		with(most), words(most.Point))
}

// everywhere says in how many futures an effect is clear where none goes the other way, and in how
// many its mean has the same sign.
func everywhere(is, other string, clear, same, n int) string {
	if clear == n {
		return fmt.Sprintf("clearly %s in every one of %s. ", is, quantity.Plural(n, "future"))
	}
	mean := fmt.Sprintf("the mean is %s in %s of %s", is, quantity.Count(same), quantity.Plural(n, "future"))
	if same == n {
		mean = fmt.Sprintf("the mean is %s in every one of %s", is, quantity.Plural(n, "future"))
	}
	return fmt.Sprintf("%s, clearly so in %s, and clearly %s in none. ", mean, quantity.Count(clear), other)
}
