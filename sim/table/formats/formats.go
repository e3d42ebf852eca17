// Package formats says which kinds of tables the program reads and writes beside CSV. It alone puts the codecs together, so that what
// needs no Parquet and no workbooks, as a page does, links none of them.
package formats

import (
	"simulate/sim/table"
	"simulate/sim/table/parquet"
	"simulate/sim/table/xlsx"
)

// Register makes all codecs known; a program calls it once, before it opens a table.
func Register() { table.Register(parquet.Codec, xlsx.Codec) }
