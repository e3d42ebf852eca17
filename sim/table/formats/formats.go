package formats

import (
	"simulate/sim/table"
	"simulate/sim/table/parquet"
	"simulate/sim/table/xlsx"
)

// Register makes all codecs known; a program calls it once, before it opens a table.
func Register() { table.Register(parquet.Codec, xlsx.Codec) }
