// Package table holds named columns with unit and meaning, and reads and writes them as CSV; the
// codecs of other formats are packages below it, and who wants them imports formats.
//
// A cell is text, a whole number or a floating-point number. An undefined number is NaN in memory,
// an empty cell in CSV and null in Parquet. The bytes written depend on the columns and the cells
// alone.
//
//	t := table.New("shares", table.Column{Name: "lab", Kind: table.Text, Meaning: "who sells"}, …)
//	t.Append("deepseek", 0.025)
//	err := t.Save("shares.csv")
//
// A table that somebody brings, of whatever separator, decimal mark and encoding, is a [Sheet]:
// what was found out about it is noted, what cannot be told is asked, never guessed.
package table
