// Package history confronts the model with observations.
//
// A back-test fits parameters to what was observed up to a date, cuts the scenario's inputs at that
// date, and scores what was observed later, beside forecasts that know no model. A calibration
// finds the set of parameter vectors that fit all observations by history matching: a vector is
// left out where an observation lies implausibly far from what the model gives.
package history
