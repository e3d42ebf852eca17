// Package compare holds cases of an experiment against each other, replication by replication, and
// says in sentences what came out.
//
// Cases are listed with those that split a change into parts (cases.go). Paired differences become
// tables as the experiment is assembled (tables.go) and are read back and told (sentences.go). A
// contrast follows one difference through time (contrast.go), and the summary (summary.go) answers
// how concentration moves. Expected patterns are held against results in expect.go.
//
//	cases, c, err := compare.Cases(base, alternatives, compare.Options{})
//	o, err := run.Run(ctx, run.Spec{Scenarios: cases, Compare: compare.Tables(c)})
//	fmt.Println(compare.Of(o).Summary())
//
// It never runs a model.
package compare
