package main

import (
	"fmt"

	"github.com/urfave/cli/v2"

	"simulate/internal/quantity"
	"simulate/sim/experiment/history"
	"simulate/sim/observed"
)

func backtestCommand(p *program) *cli.Command {
	return &cli.Command{
		Name:      "backtest",
		Usage:     "a scenario against observed series, beside no change and the trend",
		ArgsUsage: "[SCENARIO]",
		Description: `Fits parameters to what was observed up to a date and scores what was observed later. Inputs of the
scenario that were known only after the date are cut: dated values of budgets, spending, outside orders, list prices
and regions, unless they were announced by then (growth goes on from the last one left), later events and policies,
and target shares fitted to the end of 2024. Parameters are drawn from their 90 % intervals, but for those that --set
gives one value, and vectors that miss an observation up to the date by more than three standard deviations are left
out. A forecast is a run with what the model leaves out added from the date on, --discrepancy after a year, for a
model that is wrong by a tenth forecasts no better than that. Without a SCENARIO it is baseline-2024 with the date
2023-12, and the baseline with one from 2024-12 on.

Beside the model stand three forecasts that know none: no change, the trend (log-linear for amounts that grew,
otherwise linear) and, for shares, proportional growth with fitted volatility (Gibrat). Points are scored by the mean
absolute scaled error, ensembles by the continuous ranked probability score. The folder holds scores, observations
beside forecasts, the inputs cut and a figure.

With --observed your own later data are scored too; inputs are then cut at 2024-12 unless --inputs-until says
otherwise. What no vector meets up to the date is named and decides nothing.

Another experiment in the default folder is first renamed; with --out it is refused unless --force is given.`,
		UsageText: `simulate backtest
simulate backtest -n 50 --json --quiet
simulate backtest --observed 2025.csv --inputs-until 2024-12`,
		Flags: append([]cli.Flag{
			observedFlag(),
			&cli.StringFlag{Name: "inputs-until", Usage: "`DATE` (2023-12 or 2023-12-31) up to which inputs and observations " +
				"are known"},
			setFlag(),
			&cli.BoolFlag{Name: "fix-parameters", Usage: "the scenario's own parameters instead of draws, though some were " +
				"fitted to 2024"},
			discrepancyFlag(),
			wholeNumber(sizeCategory, "replications", "`N` runs, each with a parameter vector and luck of its own; 200 by "+
				"default", 2, "n"),
		}, historyOutput("backtest")...),
		Action: func(c *cli.Context) error { return p.backtest(c) },
	}
}

func (p *program) backtest(c *cli.Context) error {
	date := c.String("inputs-until")
	switch {
	case date != "":
	case c.IsSet("observed"):
		date = "2024-12"
	default:
		date = "2023-12"
	}
	until, err := observed.Date(date)
	if err != nil {
		return usageError{"option --inputs-until: " + err.Error()}
	}
	s, points, err := p.confronted(c, rosterOf(until))
	if err != nil {
		return err
	}
	spec := history.BacktestSpec{Scenario: s, Observed: points, Until: until, Replications: 200,
		FixParameters: c.Bool("fix-parameters"), Discrepancy: c.Float64("discrepancy")}
	spec.Seed = seedOf(c, s)
	if n, given := number(c, "replications"); given {
		spec.Replications = int(n)
	}
	if spec.Notice = p.remark(c); c.IsSet("shards") {
		return p.planHistory(c, spec.Plan)
	}
	at, end := p.conduct(c, spec, &spec.Conduct)
	defer at.close()
	b, err := history.RunBacktest(c.Context, spec)
	end()
	if err != nil {
		return err
	}
	if !c.Bool("quiet") {
		fmt.Fprintln(p.stderr, wrap(b.Cut(), "", 80))
	}
	if err := p.keep(c, at, "backtest", b.Save); err != nil {
		return err
	}
	if c.Bool("json") {
		return p.printJSON(backtestAsJSON(b))
	}
	return p.printBacktest(b)
}

// printBacktest writes the label, a table of points, one of ensembles, one of what had no history,
// and the verdict.
func (p *program) printBacktest(b *history.Backtest) error {
	fmt.Fprintln(p.stdout, wrap(b.Label(), "", p.width))
	for _, l := range b.Listings() {
		fmt.Fprintf(p.stdout, "\n%s\n", l.Heading)
		if err := p.printTable(l.Header, l.Rows, true); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintf(p.stdout, "\n%s\n", wrap(b.Verdict(), "", p.width))
	return err
}

func backtestAsJSON(b *history.Backtest) ordered {
	list := []ordered{}
	for _, s := range b.Series {
		points := []ordered{}
		for k, o := range s.Scored {
			var input any
			if s.Inputs[k] != "" {
				input = s.Inputs[k]
			}
			points = append(points, ordered{{"date", o.Day}, {"observed", orNull(o.Value)}, {"low", orNull(o.Low)}, {"high",
				orNull(o.High)},
				{"input", input}, {"q05", orNull(s.At[k][0])}, {"q50", orNull(s.At[k][2])}, {"q95", orNull(s.At[k][4])},
				{"no_change", orNull(s.Naive[k][0])}, {"trend", orNull(s.Naive[k][1])}})
		}
		scores := func(of func(history.Forecast) float64) ordered {
			return ordered{{"model", orNull(of(s.Model))}, {"no_change", orNull(of(s.NoChange))}, {"trend",
				orNull(of(s.Trend))}, {"gibrat", orNull(of(s.Share))}}
		}
		list = append(list, ordered{{"quantity", s.Series.Quantity}, {"entity", s.Series.Entity}, {"unit", s.Series.Unit},
			{"history", len(s.History)}, {"trend", s.Trend.Kind},
			{"mase", scores(func(f history.Forecast) float64 { return f.MASE })}, {"crps",
				scores(func(f history.Forecast) float64 { return f.CRPS })}, {"points", points}})
	}
	aside := []ordered{}
	for _, t := range b.Aside {
		aside = append(aside, ordered{{"quantity", t.Series.Quantity}, {"entity", t.Series.Entity}, {"date", t.Point.Day},
			{"observed", orNull(t.Point.Value)}})
	}
	inputs := []ordered{}
	for _, i := range b.Inputs {
		inputs = append(inputs, ordered{{"path", i.Path}, {"kept", i.Kept}, {"dropped", i.Dropped}, {"instead", i.Change}})
	}
	versus := func(v history.Versus) ordered {
		return ordered{{"better_in", v.Better}, {"of", v.Of}, {"crps_ratio", orNull(v.Ratio)}}
	}
	t := b.Total
	return ordered{
		{"label", b.Label()}, {"inputs_until", quantity.LastDay(b.Spec.Until)}, {"replications", b.Spec.Replications},
		{"seed", b.Spec.Seed}, {"vectors_tried", b.Tried}, {"vectors_fit", b.Fit}, {"observations_held",
			b.Held - len(b.Aside)}, {"set_aside", aside},
		{"volatility_of_shares", orNull(b.Volatility)}, {"inputs_cut", inputs}, {"series", list},
		{"totals", ordered{{"no_change", versus(t.NoChange)}, {"trend", versus(t.Trend)}, {"gibrat", versus(t.Share)},
			{"within_90", t.Within}, {"scored", t.WithinOf}, {"inputs_within_90", t.Given}, {"inputs", t.GivenOf}}},
		{"verdict", b.Verdict()}, {"attribution", observed.Attribution},
	}
}
