// Who-finds-it makes the data of the five-row table again, in the folder of the clone: a minute on
// two cores.
//
//	go run ./examples/who-finds-it
//	go test ./cmd/simulate -run Documents -update
//
// The second line writes the table into the pages. Seed and replications stand in
// internal/whofinds.
//
// It writes internal/whofinds/who_finds_it.csv and nothing else.
package main
