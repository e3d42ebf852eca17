// Command mutate asks what the tests of a package would notice: it changes one thing at a time in
// the package's code, runs the tests, and lists the changes that every test passes.
//
//	go run ./internal/mutate -n 100 -seed 1 -package ./sim -also ./sim/scenario,./sim/experiment/run
//
// A change is an operator, a sign, a constant, a bound by one, or a statement that is left out. The
// files stay as they are: the tests see the changed one through an overlay. Changes that do not
// compile are thrown away and others tried.
package main
