// Package trust keeps how the built-in model was scored on 2024, so that a report and the page of
// explore say how far to trust it in numbers that a run gave.
//
// Make runs the back-test of the built-in observations twice, at the usual discrepancy and at none,
// and returns the scores as JSON; `go run ./examples/trust` writes them into this package. Builtin
// reads them. A test compares the version and the experiment by which they were made with today's.
//
//	s, err := trust.Builtin()
//
// The package decides nothing and words nothing: whoever shows the scores does.
package trust
