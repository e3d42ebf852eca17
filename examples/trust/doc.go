// Trust makes the scores again by which reports and pages say how far to trust the model, in the
// folder of the clone: half a minute on two cores.
//
//	go run ./examples/trust
//
// It writes internal/trust/scores.json and nothing else.
package main
