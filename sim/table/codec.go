package table

import (
	"os"
	"slices"
)

// A Codec reads, and perhaps writes, a kind of file that is no text. A program says at its start
// which it knows (Register), so that one that needs none links none.
type Codec struct {
	Name      string                 // as messages call it
	Extension string                 // of its files: ".parquet"
	Is        func(data []byte) bool // tells the kind by a file's first bytes
	// Sheet reads a table of the user's, all of whose bytes are given; its errors are Problems.
	Sheet func(path string, data []byte, o Options) (*Sheet, error)
	// Read reads the wanted columns of a table of results, and Create is as the function of that name;
	// nil where the kind holds none.
	Read   func(name string, f *os.File, wanted func(column string) bool) (*Table, error)
	Create func(path string, columns []Column, metadata []Pair) (Writer, error)
}

var codecs []Codec

// Register makes codecs known. It belongs at the start of a program, before any table is opened.
func Register(list ...Codec) {
	for _, c := range list {
		codecs = slices.DeleteFunc(codecs, func(k Codec) bool { return k.Name == c.Name })
		codecs = append(codecs, c)
	}
}

// codecOf finds a codec by a file's extension.
func codecOf(extension string) (Codec, bool) {
	if i := slices.IndexFunc(codecs, func(c Codec) bool { return c.Extension == extension }); i >= 0 {
		return codecs[i], true
	}
	return Codec{}, false
}
