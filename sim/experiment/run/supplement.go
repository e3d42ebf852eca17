package run

import (
	"fmt"

	"simulate/sim/experiment/results"
	"simulate/sim/table"
)

// Supplement adds tables that are made from whole cases once all runs are in, as a comparison does.
type Supplement interface {
	// Comparison is what the manifest says of it.
	Comparison() *results.Comparison
	// Tables describes what it adds, in the order of the manifest.
	Tables() []*table.Table
	// Write writes their rows. sample gives the market values of a case, by its name.
	Write(sample func(name string) (*Sample, error), write func(name string, r *table.Record) error) error
}

// supply has the supplement write its tables.
func (a *assembly) supply() error {
	s := a.supplement()
	if s == nil {
		return nil
	}
	return s.Write(func(name string) (*Sample, error) {
		if s := a.kept[name]; s != nil {
			return s, nil
		}
		return nil, fmt.Errorf("there are no runs of a case %q", name)
	}, func(name string, r *table.Record) error { return a.sheets[name].Add(r) })
}
