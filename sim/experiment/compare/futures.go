package compare

import (
	"fmt"
	"math"
	"slices"

	"simulate/internal/quantity"
	"simulate/sim/experiment/analysis"
	"simulate/sim/experiment/results"
	"simulate/sim/experiment/run"
	"simulate/sim/scenario"
	"simulate/sim/table"
)

// FutureEffect is what an alternative changes in a metric at a date, at one point of a design: a
// row of the table effects of a comparison over futures.
type FutureEffect struct {
	Case, Against string
	Point         int
	Metric, Date  string
	analysis.Difference
	LowSpread, HighSpread float64 // 5 and 95 % of the change over runs
	ShareLower            float64 // of the runs that the alternative lowers
	Clear                 bool    // told apart from no change at 5 % over all points and alternatives
}

// futureTable describes the table effects.
func futureTable(points int) *table.Table {
	text := func(name, meaning string) table.Column {
		return table.Column{Name: name, Kind: table.Text, Meaning: meaning}
	}
	number := func(name, meaning string) table.Column {
		return table.Column{Name: name, Kind: table.Number, Meaning: meaning}
	}
	whole := func(name, meaning string) table.Column {
		return table.Column{Name: name, Kind: table.Integer, Meaning: meaning}
	}
	return table.New(effectsTable, text("case", "the alternative"), text("base", "what it is held against, under the "+
		"same luck and draws"),
		whole("point", "number of the point of the design, from 1"), text("segment", "empty: the whole market"),
		text("metric", "a metric"), text("date", "last day of the step (ISO)"),
		whole("n", "pairs: replications in which both define the metric"), number("base_mean", "mean of the base over "+
			"those pairs, in the unit of the metric"),
		number("alternative_mean", "mean of the alternative over those pairs"), number("effect",
			"mean of the paired differences"),
		number("se", "standard error of the effect; empty below two pairs"), number("low", "lower end of the 95 % "+
			"interval of the mean effect (Student's t); empty where no pair differs from another"),
		number("high", "upper end of that interval"), number("low_spread", "5 % quantile of the effect over runs"),
		number("high_spread", "95 % quantile of the effect over runs"),
		number("share_lower", "share of the runs in which the alternative is lower"), number("noise_saved", "part of the "+
			"variance that common random numbers took away"),
		text("clear", fmt.Sprintf("true: told apart from 0 at 5 %% although it is one of %s of its metric and date "+
			"(Bonferroni)", quantity.Plural(points, "effect"))))
}

// pairing makes the rows of the table effects.
type pairing struct {
	base  string
	looks int // points times alternatives
}

// NewFutures settles a comparison of scenarios, the base first, over the futures of a design. Its
// error is an *InputError.
func NewFutures(scenarios []*scenario.Scenario, sweep run.SweepSpec) (*run.Futures, error) {
	if len(scenarios) < 2 {
		return nil, results.InputErrorf("nothing to compare %s with; name at least one more scenario", scenarios[0].Name)
	}
	p := &pairing{base: scenarios[0].Name}
	f, err := run.NewFutures(run.FuturesSpec{Scenarios: scenarios, Sweep: sweep, Pairing: p})
	if err == nil {
		p.looks = f.Points() * (len(scenarios) - 1)
	}
	return f, err
}

func (p *pairing) Tables([]string) []*table.Table { return []*table.Table{futureTable(p.looks)} }

func (p *pairing) Point(point int, base *run.Sample, alternatives []*run.Sample, names, metrics []string,
	write func(string, *table.Record) error) error {
	var row table.Record
	for k, alternative := range alternatives {
		for _, date := range base.Dates {
			for i, metric := range metrics {
				x, ok, err := base.At(date, i)
				if err != nil {
					return err
				}
				y, there, err := alternative.At(date, i)
				if err != nil {
					return err
				}
				if !ok || !there {
					continue
				}
				e := futureEffect(x, y, p.looks)
				row.Reset().
					Text(names[k]).
					Text(p.base).
					Integer(int64(point)).
					Text("").
					Text(metric).
					Text(date).
					Integer(int64(e.Replications))
				row.Number(e.Base).
					Number(e.Alternative).
					Number(e.Change.Value).
					Number(e.SE).
					Number(e.Change.Low).
					Number(e.Change.High)
				row.Number(e.LowSpread).Number(e.HighSpread).Number(e.ShareLower).Number(e.VarianceSaved).Text(fmt.Sprint(e.Clear))
				if err := write(effectsTable, &row); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// futureEffect compares outcomes pair by pair.
func futureEffect(x, y []float64, looks int) (e FutureEffect) {
	e.Difference = analysis.Paired(x, y)
	e.LowSpread, e.HighSpread, e.ShareLower = math.NaN(), math.NaN(), math.NaN()
	var d []float64
	lower := 0
	for r := range x {
		if v := y[r] - x[r]; !math.IsNaN(v) && !math.IsInf(v, 0) {
			if d = append(d, v); v < 0 {
				lower++
			}
		}
	}
	if len(d) > 0 {
		slices.Sort(d)
		e.LowSpread, e.HighSpread = results.Quantile(d, 0.05), results.Quantile(d, 0.95)
		e.ShareLower = float64(lower) / float64(len(d))
	}
	margin := e.Margin(looks)
	e.Clear = margin > 0 && math.Abs(e.Change.Value) > margin
	return e
}

// ReadFutures reads the table effects and the design of a folder of scenarios in futures.
func ReadFutures(dir string, how *table.Reading) (m *results.Manifest, effects []FutureEffect, design *table.Table,
	err error) {
	defer table.Misfit(&err)
	if m, err = results.ReadManifestAs(dir, how); err != nil {
		return nil, nil, nil, results.AsInput(err)
	}
	if m.Futures == nil {
		return nil, nil, nil, results.InputErrorf("%s holds no comparison over futures", dir)
	}
	if design, err = m.Table(dir, run.DesignTable); err != nil {
		return nil, nil, nil, err
	}
	t, err := m.Table(dir, effectsTable)
	if err != nil {
		return nil, nil, nil, err
	}
	text, number := t.Text, t.Number
	cases, metrics, dates, clear := text("case"), text("metric"), text("date"), text("clear")
	points, n, base, alternative, effect := number("point"), number("n"), number("base_mean"),
		number("alternative_mean"), number("effect")
	se, low, high, lows, highs, lower, saved := number("se"), number("low"), number("high"), number("low_spread"),
		number("high_spread"), number("share_lower"), number("noise_saved")
	for i := range t.Len() {
		effects = append(effects, FutureEffect{Case: cases[i], Against: m.Futures.Base, Point: int(points[i]),
			Metric: metrics[i], Date: dates[i],
			Difference: analysis.Difference{Replications: int(n[i]), Base: base[i], Alternative: alternative[i],
				Change: analysis.Estimate{Value: effect[i], Low: low[i], High: high[i]},
				SE:     se[i], VarianceSaved: saved[i]}, LowSpread: lows[i], HighSpread: highs[i], ShareLower: lower[i],
			Clear: clear[i] == "true"})
	}
	return m, effects, design, nil
}

// TellFutures says what an alternative changes in a metric across futures: whether its sign is the
// same everywhere, and where it is largest. effects are those of one alternative, metric and date
// by point; words names a point by its values.
func TellFutures(effects []FutureEffect, words func(point int) string) string {
	title, unit := metricWords(effects[0].Metric)
	number := inUnit(unit)
	with := func(e FutureEffect) string {
		text := quantity.Signed(number(e.Change.Value)) + unitWord(unit)
		if e.SE > 0 {
			text += fmt.Sprintf(" (95 %% interval of the mean %s to %s; nine of ten runs between %s and %s)",
				number(e.Change.Low), number(e.Change.High), number(e.LowSpread), number(e.HighSpread))
		}
		return text
	}
	lower, higher, same, down, up := 0, 0, 0, 0, 0
	least, most := effects[0], effects[0]
	for _, e := range effects {
		switch {
		case e.SE == 0 && e.Change.Value == 0:
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
	head := fmt.Sprintf("%s, %s against %s at %s: ", title, effects[0].Case, effects[0].Against,
		quantity.When(effects[0].Date))
	of := func(k int) string { return fmt.Sprintf("%s of %s", quantity.Count(k), quantity.Plural(n, "future")) }
	switch {
	case same == n:
		return head + fmt.Sprintf("no run of %s differs in any of %s; at most %.2g %% of runs in one future would.",
			quantity.Count(effects[0].Replications), quantity.Plural(n, "future"),
			100*analysis.RuleOfThree(effects[0].Replications))
	case lower+higher == 0:
		return head + fmt.Sprintf("no clear effect in any of %s; it lies between %s and %s.", quantity.Plural(n, "future"),
			with(least), with(most))
	case higher == 0:
		head += everywhere("lower", "raised", lower, down, n)
		return head + fmt.Sprintf("Most where %s: %s; least where %s: %s.", words(least.Point), with(least),
			words(most.Point), with(most))
	case lower == 0:
		head += everywhere("higher", "lowered", higher, up, n)
		return head + fmt.Sprintf("Most where %s: %s; least where %s: %s.", words(most.Point), with(most),
			words(least.Point), with(least))
	}
	return head + fmt.Sprintf("its sign turns: clearly lower in %s, most where %s: %s; clearly higher in %s, most "+
		"where %s: %s.", of(lower), words(least.Point), with(least), of(higher), words(most.Point), with(most))
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
