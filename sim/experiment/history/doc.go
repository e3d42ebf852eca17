// Package history confronts the model with observations.
//
// A back-test fits parameters to what was observed up to a date, cuts the scenario's inputs at that
// date, and scores what was observed later, beside forecasts that know no model. A calibration
// finds the set of parameter vectors that fit all observations by history matching: a vector is
// left out where an observation lies implausibly far from what the model gives.
//
//	b, err := history.RunBacktest(ctx, history.BacktestSpec{Scenario: s, Observed: observed.Builtin(), Until: 2024.0})
//	fmt.Println(b.Tried, b.Fit) // vectors tried, and those that fit
//
// It never fits to an observation that was made after the cut, and says where an input of the
// scenario knows more than that.
package history
