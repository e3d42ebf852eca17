package results

import "simulate/sim/table"

// Sheet is a table being written.
type Sheet struct {
	table.Writer
	File string
	Rows int
}

// Add writes a row.
func (s *Sheet) Add(r *table.Record) error {
	s.Rows++
	return s.Write(r)
}
