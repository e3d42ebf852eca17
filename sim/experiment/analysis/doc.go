// Package analysis says what an experiment found: which inputs drive an outcome (Sobol indices,
// Morris screening, one at a time), in which futures something happens (PRIM), at which value of a
// knob a metric crosses a bound, which policy is robust, and what a policy changes under common
// random numbers.
//
// Inputs are a table of numbers and categories, outcomes are numbers, so any CSV will do. What
// cannot be analysed (missing values, constant outcomes, incomplete or reordered designs) is an
// error that says what is wrong and what to do. The package reads no file and runs no model.
//
//	d := analysis.Paired(base, alternative)      // outcomes of runs that share their luck
//	fmt.Println(d.Change.Low, d.Change.High)     // the 95 % interval of the mean change
package analysis
