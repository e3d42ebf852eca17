// Validation takes the numbers of docs/validation.md and of the referee's questions in docs/odd.md
// from the runs of examples/validation.sh, in the folder of the clone:
//
//	examples/validation.sh results/validation
//	go run ./examples/validation results/validation
//	go test ./cmd/simulate -run Documents -update
//
// The third line writes them into the pages.
//
// It writes internal/validation/numbers.csv and nothing else; it runs no scenario.
package main
