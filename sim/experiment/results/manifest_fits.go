package results

import (
	"fmt"
	"math"
	"path/filepath"
	"slices"
)

// fits says what of a manifest cannot be, as a hand leaves it that edits one: a list that is empty,
// a name that stands for nothing, a date out of all time, a file outside the folder. Readers go by
// it as by a table's columns.
func (m *Manifest) fits() error {
	if m.Kind == "" && m.Sweep == nil && m.Futures == nil && len(m.Cases) == 0 {
		return fmt.Errorf("cases is empty")
	}
	var names []string
	for i, c := range m.Cases {
		at := fmt.Sprintf("cases[%d]", i)
		switch {
		case c.Name == "" || slices.Contains(names, c.Name):
			return fmt.Errorf("%s.name is empty or stands twice", at)
		case c.Replications < 0 || c.Labs < 0:
			return fmt.Errorf("%s counts less than nothing", at)
		}
		dates := []float64{c.Start}
		for _, marker := range append(c.Markers, orNothing(c.Departs), orNothing(c.Since)) {
			dates = append(dates, marker.Date, marker.Latest, marker.Until, marker.Ended)
		}
		for _, jump := range c.Jumps {
			dates = append(dates, jump.Date)
		}
		if slices.ContainsFunc(dates, func(date float64) bool { return math.Abs(date) > latest }) {
			return fmt.Errorf("%s has a date out of all time", at)
		}
		names = append(names, c.Name)
	}
	if s := m.Sweep; s != nil && len(s.Metrics) == 0 {
		return fmt.Errorf("sweep.metrics is empty")
	}
	if f := m.Futures; f != nil && (len(f.Metrics) == 0 || len(f.Alternatives) == 0) {
		return fmt.Errorf("futures.metrics or futures.alternatives is empty")
	}
	if c := m.Compare; c != nil {
		if len(c.Alternatives) == 0 || len(c.Bases) != 1 && len(c.Bases) != len(c.Alternatives) {
			return fmt.Errorf("compare.bases does not go with compare.alternatives")
		}
		for _, name := range slices.Concat(c.Alternatives, c.Bases, c.Added, c.Mixed) {
			if m.Futures == nil && !slices.Contains(names, name) {
				return fmt.Errorf("compare names %q, which is no case", name)
			}
		}
		for _, s := range c.Splits {
			for _, name := range []string{s.Case, s.None, s.Parts[0].Case, s.Parts[1].Case} {
				if m.Futures == nil && !slices.Contains(names, name) {
					return fmt.Errorf("compare.splits names %q, which is no case", name)
				}
			}
		}
	}
	if len(m.Tables) == 0 {
		return fmt.Errorf("tables is empty")
	}
	files := slices.Concat(m.Tables, m.Scenarios)
	for i, f := range files {
		if slices.ContainsFunc(files[:i], func(other File) bool { return other.File == f.File }) {
			return fmt.Errorf("%q stands twice", f.File)
		}
		if !filepath.IsLocal(filepath.FromSlash(f.File)) {
			return fmt.Errorf("%q is no file of the folder", f.File)
		}
	}
	return nil
}

// latest is the last year that anything may have, beyond every scenario's.
const latest = 10_000

func orNothing(m *Marker) Marker {
	if m == nil {
		return Marker{}
	}
	return *m
}
