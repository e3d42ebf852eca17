package run

import (
	"simulate/sim/experiment/results"
	"simulate/sim/table"
)

// Supplement adds tables that are made from whole cases once all runs are in, as a comparison does.
type Supplement interface {
	// Comparison is what the manifest says of it.
	Comparison() *results.Comparison
	// Tables describes what it adds, in the order of the manifest.
	Tables() []*table.Table
	// Write writes their rows. sample gives the values of a case, by its name.
	Write(sample func(name string) (*Sample, error), write func(name string, r *table.Record) error) error
}
