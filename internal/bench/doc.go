// Package bench measures how fast the model runs. Its benchmark prints the time of a run in units
// of math.Exp, which moves less between machines than time does:
//
//	baseline: NN.N exp/lab-step
//
// A lab-step is a step of one lab that takes part. The run is the baseline in stochastic mode with
// all its segments, its metrics taken every quarter; an exp is what math.Exp takes on average over
// 1,024 varying arguments in the same process. Each quarter of a run is timed by itself, and so are
// the exps, many times in turns; the least time of each counts, so that other work on the machine
// does not.
//
//	make bench         that line
//	make bench-compare beside the last release, by benchstat
//	make benchmarks    all benchmarks of the model and what reads and writes for it
//
// Bits, a test here, holds the values of two short runs to the last bit, the same on every machine.
// The package never says that something is too slow: no test asserts a time.
package bench
