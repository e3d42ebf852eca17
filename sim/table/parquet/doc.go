// Package parquet reads and writes tables as Parquet: those of results, and those that people
// bring, of whatever program, codec and type.
package parquet
