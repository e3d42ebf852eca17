// Claims makes the data of the table of claims again, in the folder of the clone: about ten
// seconds on two cores.
//
//	go run ./examples/claims
//	go test ./cmd/simulate -run Documents -update
//
// The second line writes it into the pages. Seed and replications stand in internal/claims.
//
// It writes internal/claims/claims.csv and nothing else.
package main
