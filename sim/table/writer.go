package table

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Writer streams rows into a file. Nothing is seen under the file's name before Close succeeds.
type Writer interface {
	// Row writes string, int, int64 or float64 values in column order.
	Row(values ...any) error
	// Write does the same for a record; the record may be reused at once.
	Write(r *Record) error
	// Close makes the file whole: written out, synced, renamed, its folder synced.
	Close() error
	// Sum is the SHA-256 of the file in hexadecimal, once Close has succeeded.
	Sum() string
	// Abort discards the file unless Close has succeeded; it may be deferred.
	Abort()
}

// Pair is one entry of a Parquet file's key-value metadata, e.g. the scenario's hash.
type Pair struct{ Key, Value string }

// Create opens a writer for a file with the given columns. The extension says the format: .csv (RFC
// 4180 with a header row, lines end in LF) or .parquet (Zstandard; unit and meaning of column c
// under the metadata keys c.unit and c.meaning). CSV has no place for the metadata pairs and leaves
// them out.
func Create(path string, columns []Column, metadata ...Pair) (Writer, error) {
	if extension(path) == ".csv" {
		return createCSV(path, columns)
	}
	if c, known := codecOf(extension(path)); known && c.Create != nil {
		return c.Create(path, columns, metadata)
	}
	return nil, fmt.Errorf("%s: a table is written as .csv or .parquet", path)
}

// Read loads a table from a .csv or .parquet file; the table's name is the file's without
// extension. Columns of a CSV file hold numbers where every filled cell is one (empty, NA and NaN
// are undefined), otherwise text. Its errors name file and line.
func Read(path string) (*Table, error) { return readWanted(path, all) }

// ReadColumns is Read of some columns alone, in the order of the file. The table lacks those that
// the file lacks.
func ReadColumns(path string, columns ...string) (*Table, error) {
	return readWanted(path, func(c string) bool { return slices.Contains(columns, c) })
}

func all(string) bool { return true }

func readWanted(path string, wanted func(column string) bool) (*Table, error) {
	name := nameOf(path)
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var t *Table
	if c, known := codecOf(extension(path)); known && c.Read != nil {
		t, err = c.Read(name, f, wanted)
	} else if extension(path) == ".csv" {
		t, err = readCSV(name, f, wanted)
	} else {
		err = fmt.Errorf("a table is read from .csv or .parquet")
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return t, nil
}

// nameOf is the name of the table in a file.
func nameOf(path string) string { return strings.TrimSuffix(filepath.Base(path), filepath.Ext(path)) }

func extension(path string) string { return strings.ToLower(filepath.Ext(path)) }
