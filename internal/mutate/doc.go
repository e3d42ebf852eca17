// Command mutate asks what the tests of a package would notice: it changes one thing at a time in
// the package's code, runs the tests, and lists the changes that every test passes.
//
//	go run ./internal/mutate -n 100 -seed 1 -package ./sim -also ./sim/scenario,./sim/experiment/run
//
// After a test has been added, -only market.go:166,orders.go:78 tries again what is on those lines.
//
// A change is an operator, a sign, a constant, a bound by one, or a statement that is left out. The
// files stay as they are: the tests see the changed one through an overlay. Changes that do not
// compile are thrown away and others tried.
//
// # What may live
//
// A change that every test passes asks for a test worked by hand, or changes nothing that can be
// seen. Of package sim these kinds do not:
//
//   - first guesses, brackets and lengths of steps of solvers (atSmallMarkups, search, solveFrom,
//     gather, follow): the solution is the same to its tolerance from any of them;
//   - which of two that are equal comes first, where both give the same (`c > best` in
//     bestReleased: the second best is then as good; spending that has not grown, whose log is 0,
//     in spend);
//   - limits that no number meets, or at which two ways come to the same (`steep > 1` in improve;
//     the tolerance of dates, reached);
//   - bounds that need only be large enough (max(0, …) in gainBelow: a larger one leaves out fewer
//     buyers, and the same one wins);
//   - bounds that only what is refused before could reach (the number of steps in mostSellers and
//     brandDepth, which end a circle of brands_of);
//   - room that is set aside before a run (lookBack, entrants, capacities of slices) as long as it
//     is enough;
//   - the words of errors that mean a bug, and the search for the process behind it (locate).
package main
