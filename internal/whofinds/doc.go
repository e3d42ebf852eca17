// Package whofinds holds the five-row table: one and the same gain in efficiency, found by a small
// lab or by the leader, published or kept secret, or given to everybody, and what it does to
// concentration. It is the short answer to the question that the program is about, and it is told
// with the assumptions on which the answer hangs: whether budgets follow sales (κ), how closely
// hosts of open models compete with labs (σ_h) and how elastic demand is (η). Which of them turn
// the sign is read off the runs.
//
//	text, err := whofinds.Make(ctx, 0) // runs everything: the data as CSV
//	data, err := whofinds.Read(text)
//	fmt.Println(data.Effects())        // Markdown
//
// No cell is written by hand. The data of the present version are embedded. A test holds the hashes
// of the scenarios, the seed and the version in them against the program's own, and the pages
// against the data.
package whofinds
