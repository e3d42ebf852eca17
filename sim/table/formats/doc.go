// Package formats says which kinds of tables the program reads and writes beside CSV. It alone puts
// the codecs together, so that what needs no Parquet and no workbooks, as a page does, links none
// of them.
//
//	formats.Register() // once, where a program begins
//	t, err := table.Read("results/s1/runs.parquet")
//
// It holds no codec itself.
package formats
