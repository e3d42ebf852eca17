package history

import (
	"fmt"
	"slices"

	"simulate/internal/quantity"
	"simulate/sim/experiment/results"
	"simulate/sim/scenario"
	"simulate/sim/table"
)

// Save writes the tables of a back-test into a folder.
func (b *Backtest) Save(at *results.Place, command []string) error {
	s := b.Spec.Scenario
	return save(at, manifest{
		Kind: backtestKind, Identity: b.Spec.Identity(),
		Name: s.Name, Title: "Back-test: " + s.Title, Seed: b.Spec.Seed, Replications: b.Spec.Replications,
		Until:   quantity.LastDay(b.Spec.Until),
		Remarks: []string{b.Label(), b.Cut()}, Verdict: b.Verdict(), Command: command, Cases: []named{{s.Name, s.Title,
			b.Start}},
	}, s.YAML(), b.Tables()...)
}

// Tables are scores, observations beside forecasts, the model's paths, the inputs cut, and all
// inputs.
func (b *Backtest) Tables() []*table.Table {
	return []*table.Table{b.scoreTable(), b.pointTable(), b.pathTable(), b.cutTable(), b.inputTable()}
}

func (b *Backtest) scoreTable() *table.Table {
	scores := table.New("backtest", slices.Concat(seriesColumns(), []table.Column{
		wholeColumn("history", "observations up to the cut"),
		wholeColumn("scored", "observations after it that count: inputs were derived from the others"),
		textColumn("trend", "how the trend goes on: linear, or log-linear for amounts that grew; empty where too little "+
			"was observed"),
		numberColumn("mase_model", "", "mean absolute error of the ensemble's median over the mean step of the history"),
		numberColumn("mase_no_change", "", "the same for the last value"),
		numberColumn("mase_trend", "", "for the trend"), numberColumn("mase_gibrat", "", "for proportional growth of shares"),
		numberColumn("crps_model", "", "mean continuous ranked probability score of the ensemble, in the unit of the series"),
		numberColumn("crps_no_change", "", "the same for the last value, whose score is its absolute error"),
		numberColumn("crps_trend", "", "for the trend, likewise"),
		numberColumn("crps_gibrat", "", "for the ensemble of proportional growth"),
	})...)
	for _, x := range b.Series {
		scores.Append(slices.Concat(x.Series.cells(), []any{len(x.History), x.counted(), x.Trend.Kind, x.Model.MASE,
			x.NoChange.MASE, x.Trend.MASE, x.Share.MASE,
			x.Model.CRPS, x.NoChange.CRPS, x.Trend.CRPS, x.Share.CRPS})...)
	}
	return scores
}

func (b *Backtest) pointTable() *table.Table {
	points := table.New("backtest_points", slices.Concat(
		seriesColumns(),
		observationColumns(),
		[]table.Column{
			textColumn(
				"role",
				"history: up to the cut; plan: known before the cut, of a later date, which vectors are held against; scored: "+
					"after it; input: after it, but an input was derived from it, so that it does not count",
			),
		},
		quantileColumns("the model's forecasts at a scored observation, with what the model leaves out"),
		[]table.Column{numberColumn("no_change", "", "forecast of no change"), numberColumn("trend", "",
			"forecast of the trend")},
	)...)
	for _, x := range b.Series {
		for _, p := range x.History {
			points.Append(slices.Concat(x.Series.cells(), cellsOf(p), []any{"history"}, five(undefined), []any{nan, nan})...)
		}
		for _, p := range x.Series.Plans(b.Spec.Until) {
			points.Append(slices.Concat(x.Series.cells(), cellsOf(p), []any{"plan"}, five(undefined), []any{nan, nan})...)
		}
		for k, p := range x.Scored {
			role := "scored"
			if x.Inputs[k] != "" {
				role = "input"
			}
			points.Append(slices.Concat(x.Series.cells(), cellsOf(p), []any{role}, five(x.At[k]), []any{x.Naive[k][0],
				x.Naive[k][1]})...)
		}
	}
	return points
}

func (b *Backtest) pathTable() *table.Table {
	paths := table.New("backtest_paths", slices.Concat(seriesColumns(), []table.Column{textColumn("date", "last day of "+
		"the step, ISO; the first row is the day before the start")},
		quantileColumns("the model's forecasts, with what the model leaves out"))...)
	for _, x := range b.Series {
		if x.Series.Growth {
			continue // a path of levels says nothing about growth
		}
		for n, q := range x.Fan {
			paths.Append(slices.Concat(x.Series.cells(), []any{quantity.LastDay(b.Start + float64(n)/float64(b.PerYear))},
				five(q))...)
		}
	}
	return paths
}

// inputTable are the scenario's inputs, those that were cut marked.
func (b *Backtest) inputTable() *table.Table {
	return results.NewInputs([]*scenario.Scenario{b.Spec.Scenario}, func(path string) string {
		if slices.ContainsFunc(b.Inputs, func(in Input) bool { return in.holds(path) }) {
			return "cut: known only later; inputs_cut says what stands in its place"
		}
		return ""
	})
}

func (b *Backtest) cutTable() *table.Table {
	inputs := table.New("inputs_cut", textColumn("path", "key of the scenario whose later values were cut"),
		wholeColumn("kept", "dated values left"),
		wholeColumn("dropped", "values cut"), textColumn("instead", "what stands in their place"))
	for _, i := range b.Inputs {
		inputs.Append(i.Path, i.Kept, i.Dropped, i.Change)
	}
	return inputs
}

// mostMembers is how many vectors posterior.csv holds: the first, which in a Latin hypercube are a
// random part of all. Scenarios that draw from them carry them along.
const mostMembers = 500

// Save writes the tables of a calibration into a folder.
func (c *Calibration) Save(at *results.Place, command []string) error {
	s := c.Spec.Scenario
	return save(at, manifest{
		Kind: calibrationKind, Identity: c.Spec.Identity(),
		Name: s.Name, Title: "Calibration: " + s.Title, Seed: c.Spec.Seed, Remarks: c.Remarks(), Verdict: c.Verdict(),
		Command: command, Cases: []named{{s.Name, s.Title, s.Start}},
	}, s.YAML(), c.Tables()...)
}

// Tables are vectors that fit, the parameters before and after, the targets, and all inputs.
func (c *Calibration) Tables() []*table.Table {
	return []*table.Table{c.posteriorTable(), c.parameterTable(), c.targetTable(),
		results.NewInputs([]*scenario.Scenario{c.Spec.Scenario}, nil)}
}

func (c *Calibration) posteriorTable() *table.Table {
	columns := []table.Column{wholeColumn("member", "number of the vector among those tried"), numberColumn("worst", "",
		"largest distance from a target, in standard deviations")}
	for _, p := range c.Parameters {
		columns = append(columns, numberColumn(p.Knob.Path, p.Knob.TableUnit(), "value in this vector"))
	}
	posterior := table.New("posterior", columns...)
	for _, m := range c.Members[:min(len(c.Members), mostMembers)] {
		row := []any{m.Number, m.Worst}
		for j, v := range m.Values {
			row = append(row, c.Parameters[j].Knob.ToTable(v))
		}
		posterior.Append(row...)
	}
	return posterior
}

func (c *Calibration) parameterTable() *table.Table {
	parameters := table.New("parameters", slices.Concat([]table.Column{
		textColumn("path", "parameter"), textColumn("unit", "unit of the values"),
		numberColumn("low", "", "lower end of the prior"), numberColumn("high", "", "upper end of the prior"),
		numberColumn("base", "", "the scenario's own value"),
	}, quantileColumns("the vectors that fit"), []table.Column{
		numberColumn("at05", "", "5 % quantile of the vectors that fit as a part of the prior: 0 at its lower end, 1 at "+
			"its upper, in logs where positive"), numberColumn("at25", "", "25 % quantile"),
		numberColumn("at50", "", "median"), numberColumn("at75", "", "75 % quantile"), numberColumn("at95", "",
			"95 % quantile"), numberColumn("at_base", "", "the scenario's own value as a part of the prior"),
		numberColumn("width", "", "central 90 % of the vectors that fit over that of the prior"),
		numberColumn("shift", "", "largest distance between the distribution functions of the two"),
		textColumn("identified", "what the observations say: yes (width below 0.5), in part (width below 0.8 or shift "+
			"from 0.1), no, beyond chance at 0.1 %"),
	})...)
	for _, p := range c.Parameters {
		low, high := p.Knob.ToTable(p.Knob.Range[0]), p.Knob.ToTable(p.Knob.Range[1])
		posterior := p.Posterior
		for k, v := range posterior {
			posterior[k] = p.Knob.ToTable(v)
		}
		parameters.Append(slices.Concat([]any{p.Knob.Path, p.Knob.TableUnit(), low, high, p.Knob.ToTable(p.Base)},
			five(posterior), five(p.At), []any{place(p.Knob, p.Base), p.Width, p.Shift, p.Identified})...)
	}
	return parameters
}

func (c *Calibration) targetTable() *table.Table {
	fits := table.New("targets", slices.Concat(seriesColumns(), observationColumns(), []table.Column{
		numberColumn("sd_observation", "", "standard deviation of the observation, of its log for amounts"),
		numberColumn("sd_luck", "", "of luck between runs"), numberColumn("sd_model", "", "of what the model leaves out"),
		numberColumn("base", "", "what the scenario's own values give"), numberColumn("base_distance", "", "its distance "+
			"in standard deviations of all three"),
	}, quantileColumns("what the vectors that fit give"), []table.Column{wholeColumn("met", "vectors within 3 standard "+
		"deviations, of those tried"),
		textColumn("counts", "no: no vector meets it, so that it decides nothing")})...)
	for _, f := range c.Fits {
		counts := "yes"
		if f.Aside {
			counts = "no"
		}
		fits.Append(slices.Concat(f.Series.cells(), cellsOf(f.Point), []any{f.Error, f.Luck, f.Discrepancy, f.Base,
			f.BaseDistance}, five(f.Reached), []any{f.Met, counts})...)
	}
	return fits
}

// Verdict says in words how many vectors fit and where the scenario's own values stand.
func (c *Calibration) Verdict() string {
	text := fmt.Sprintf("%s of %s fit. ", quantity.Count(len(c.Members)), quantity.Plural(c.Spec.Samples,
		"parameter vector"))
	where := fmt.Sprintf("%.2g standard deviations, at %s on %s", c.BaseWorst, c.BaseOn.Series.Name(), c.BaseOn.Point.Day)
	if c.BaseIn() {
		return text + "The scenario's own values are a member of the set: their largest distance is " + where + "."
	}
	return text + "The scenario's own values are not a member of the set: their largest distance is " + where +
		", and the cut is at 3."
}

// BaseIn reports whether the scenario's own values belong to the set.
func (c *Calibration) BaseIn() bool { return c.BaseWorst <= Implausible }
