// Package parquet reads and writes tables as Parquet: those of results, and those that people
// bring, of whatever program, codec and type.
//
//	table.Register(parquet.Codec) // package formats does
//	t, err := table.Read("runs.parquet")
//
// A type that has no plain reading as text, whole number or number is refused by name, never
// guessed.
package parquet
