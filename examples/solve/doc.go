// Solve computes the values of the built-in rosters that are marked as solved or fitted, so that
// whoever changes an input can solve again.
//
//	go run ./examples/solve [SCENARIO]
//
// targets.csv names, for each value, its PATH, the outcome that it stands for and what that outcome
// should be. All values of a scenario are solved together by Newton's method in their logarithms,
// on deterministic runs. The table shows what the scenario says, what solves it, and the outcome at
// both. It changes no file: who agrees writes the value into the scenario, with its source. A
// user's own roster is solved with a targets.csv of its own:
//
//	go run ./examples/solve -targets mine.csv ./mine.yaml
package main
