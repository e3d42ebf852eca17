package results

import "simulate/sim/table"

// Sheet is a table being written.
type Sheet struct {
	table.Writer
	File   string
	Rows   int
	SHA256 string        // of the file, once it is whole
	Kept   *table.Keeper // what remembers the table; nil: nothing does
}

// Add writes a row.
func (s *Sheet) Add(r *table.Record) error {
	s.Rows++
	return s.Write(r)
}
