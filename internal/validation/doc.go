// Package validation keeps the numbers that the pages docs/validation.md and docs/odd.md take from
// runs, so that a page cannot drift from the program.
//
// The prose of those sections stands in pages/*.md, a template each, with a call for every number
// that a run gave. examples/validation.sh makes the runs; `go run ./examples/validation OUT` reads
// every number that a template asks for from their tables and writes them to numbers.csv in this
// package, with the version of the model and a hash of the values of each scenario; the test of
// documents writes the sections. Tests hold version and hashes against today's program, and the
// numbers against the templates.
//
// It runs nothing itself, and never takes a number that a hand has written.
//
//	sections, err := validation.Sections()  // from the numbers kept: name → Markdown
//	text, err := validation.Make("results/validation") // from runs: numbers.csv
package validation
