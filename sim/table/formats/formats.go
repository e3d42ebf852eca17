// Package formats opens the tables that people bring, of every kind that the program reads. It alone puts the codecs together, so
// that what needs no Parquet and no workbooks links none of them.
package formats

import (
	"io"

	"simulate/sim/table"
)

// codecs are the kinds of files beside text.
var codecs = []table.Codec{}

// Open reads a table as table.Open does: text, Parquet or a workbook, told by the file's bytes and not by its name.
func Open(path string, stdin io.Reader, o table.Options) (*table.Sheet, error) {
	o.Codecs = codecs
	return table.Open(path, stdin, o)
}
