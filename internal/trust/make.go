package trust

import (
	"context"
	"encoding/json"
	"math"

	"simulate/sim/experiment/history"
	"simulate/sim/observed"
	"simulate/sim/scenario"
)

// spec is the back-test of `simulate backtest`: baseline-2024, what was known at the end of 2023,
// 200 members.
func spec() (history.BacktestSpec, error) {
	s, err := scenario.Load("baseline-2024", scenario.Options{})
	if err != nil {
		return history.BacktestSpec{}, err
	}
	return history.BacktestSpec{Scenario: s, Observed: observed.Builtin(), Until: 2024, Replications: 200, Seed: s.Seed,
		Discrepancy: history.Discrepancy}, nil
}

// Identity is the hash of the back-test: version, scenario, observations and settings.
func Identity() (string, error) {
	s, err := spec()
	return s.Identity(), err
}

// Make runs the back-test with jobs runs at a time (0: one per processor) and returns the scores as
// JSON.
func Make(ctx context.Context, jobs int) ([]byte, error) {
	s, err := spec()
	if err != nil {
		return nil, err
	}
	s.Conduct = history.Conduct{Jobs: jobs}
	b, err := history.RunBacktest(ctx, s)
	if err != nil {
		return nil, err
	}
	against := func(v history.Versus) Against {
		return Against{math.Round(1000*v.Ratio) / 1000, v.Better, v.Of}
	}
	t := b.Total
	out := Scores{Identity: s.Identity(), Replications: s.Replications, Scored: t.WithinOf, Within: t.Within,
		Inputs: t.GivenOf, InputsWithin: t.Given, NoChange: against(t.NoChange), Trend: against(t.Trend),
		Gibrat: against(t.Share), Outside: []string{}}
	for _, series := range b.Series {
		for k, p := range series.Scored {
			if series.Inputs[k] == "" && (p.Value < series.At[k][0] || p.Value > series.At[k][4]) {
				out.Outside = append(out.Outside, series.Series.Title)
				break
			}
		}
	}
	s.Discrepancy = 0
	if b, err = history.RunBacktest(ctx, s); err != nil {
		return nil, err
	}
	out.WithinBare = b.Total.Within
	text, err := json.MarshalIndent(out, "", "  ")
	return append(text, '\n'), err
}
