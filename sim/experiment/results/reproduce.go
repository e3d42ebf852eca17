package results

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"simulate/internal/quantity"
	"simulate/sim"
	"simulate/sim/scenario"
	"simulate/sim/table"
)

// Reproduction is what came of running an experiment again from its manifest.
type Reproduction struct {
	Manifest *Manifest
	// Circumstances that differ from those under which the folder was made: each "what: there, here".
	Circumstances []Disagreement
	Tables        []TableCheck
}

// Disagreement is something that is not as the manifest says.
type Disagreement struct{ What, There, Here string }

// TableCheck is a table held against its hash in the manifest.
type TableCheck struct {
	File  string
	There string // SHA-256 in the manifest
	Here  string // SHA-256 of the table made again; empty where none was made
	// Difference says where the first difference is and how many cells differ, where both tables could
	// be read.
	Difference string
	// Changed tells that the folder's own file is not the one of the manifest, Absent that there is
	// none.
	Changed, Absent bool
}

// Same tells whether the table has the same bytes.
func (t TableCheck) Same() bool { return t.There == t.Here }

// Same tells whether every table has the same bytes.
func (r *Reproduction) Same() bool {
	for _, t := range r.Tables {
		if !t.Same() {
			return false
		}
	}
	return true
}

// ManifestFolder is the results folder that a user means: the folder itself or its manifest.
func ManifestFolder(path string) string {
	if filepath.Base(path) == ManifestName {
		return filepath.Dir(path)
	}
	return path
}

// Reproduce has the experiment of a results folder done again in a temporary folder and holds every
// table against its hash. again does it from the manifest and the resolved scenarios and leaves the
// tables in the folder it is given. The error is an *InputError where the folder does not hold what
// a repetition needs.
func Reproduce(dir, commit string, again func(m *Manifest, scenarios []*scenario.Scenario,
	out string) error) (*Reproduction, error) {
	m, scenarios, err := ReadInputs(dir)
	if err != nil {
		return nil, err
	}
	program, err := ThisBuild(commit)
	if err != nil {
		return nil, err
	}
	r := &Reproduction{Manifest: m, Circumstances: circumstances(m, program)}
	temporary, err := TemporaryFolder("simulate-reproduce-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(temporary)
	here := filepath.Join(temporary, "results")
	if err := again(m, scenarios, here); err != nil {
		return nil, err
	}
	for _, f := range m.Tables {
		t := TableCheck{File: f.File, There: f.SHA256}
		file := filepath.FromSlash(f.File)
		if t.Here, err = FileSum(filepath.Join(here, file)); err != nil && !errors.Is(err, os.ErrNotExist) {
			return nil, err
		}
		own, err := FileSum(filepath.Join(dir, file))
		t.Changed, t.Absent = err != nil || own != f.SHA256, errors.Is(err, os.ErrNotExist)
		if !t.Same() && !t.Changed && t.Here != "" {
			t.Difference = firstDifference(filepath.Join(dir, file), filepath.Join(here, file))
		}
		if t.Here == "" && strings.HasPrefix(f.File, formerEffects+".") {
			t.Difference = "it is called effects now"
		}
		r.Tables = append(r.Tables, t)
	}
	return r, nil
}

// ReadInputs reads the manifest and the resolved scenarios it names, which must be unchanged.
func ReadInputs(dir string) (*Manifest, []*scenario.Scenario, error) { return ReadInputsAs(dir, nil) }

// ReadInputsAs reads the manifest and the resolved scenarios it names, in the given way.
func ReadInputsAs(dir string, how *table.Reading) (*Manifest, []*scenario.Scenario, error) {
	m, err := ReadManifestAs(dir, how)
	if err != nil {
		return nil, nil, err
	}
	var out []*scenario.Scenario
	for _, f := range m.Scenarios {
		path := filepath.Join(dir, filepath.FromSlash(f.File))
		if err := how.Check(path, f.SHA256); err != nil {
			return nil, nil, &InputError{err}
		}
		s, err := scenario.Load(path, scenario.Options{})
		if err != nil {
			return nil, nil, err
		}
		out = append(out, s)
	}
	if len(out) == 0 {
		return nil, nil, InputErrorf("%s names no scenario; it cannot be repeated", filepath.Join(dir, ManifestName))
	}
	return m, out, nil
}

// circumstances lists what differs between the program that made a folder and this one.
func circumstances(m *Manifest, here Build) []Disagreement {
	var out []Disagreement
	for _, d := range []Disagreement{
		{"model version", m.Version, sim.Version},
		{"executable (SHA-256)", Short(m.Program.Executable), Short(here.Executable)},
		{"commit", OrNone(m.Program.Commit), OrNone(here.Commit)},
		{"Go", m.Program.Go, runtime.Version()},
		{"platform", m.Program.Platform, here.Platform},
	} {
		if d.There != d.Here {
			out = append(out, d)
		}
	}
	return out
}

// firstDifference says where two tables differ first and in how many cells; "" where they cannot be
// read or have the same values.
func firstDifference(there, here string) string {
	a, b, err := readPair(there, here)
	if err != nil {
		return ""
	}
	if x, y := strings.Join(ColumnNames(a), ", "), strings.Join(ColumnNames(b), ", "); x != y {
		return fmt.Sprintf("columns %s there, %s here", x, y)
	}
	if a.Len() != b.Len() {
		return fmt.Sprintf("%s there, %s here", quantity.Plural(a.Len(), "row"), quantity.Count(b.Len()))
	}
	first, count, at := "", 0, a.Len()
	for _, c := range ColumnNames(a) {
		x, y := a.Text(c), b.Text(c)
		for row := range x {
			if x[row] == y[row] {
				continue
			}
			if count++; row < at {
				at, first = row, fmt.Sprintf("row %s, %s: %s there, %s here", quantity.Count(row+1), c, x[row], y[row])
			}
		}
	}
	if count == 0 {
		return "the same values in other bytes"
	}
	return fmt.Sprintf("%s; %s in all", first, quantity.Plural(count, "cell differs", "cells differ"))
}

// readPair reads two tables of one name.
func readPair(there, here string) (a, b *table.Table, err error) {
	if a, err = table.Read(there); err != nil {
		return nil, nil, err
	}
	b, err = table.Read(here)
	return a, b, err
}

// ColumnNames are the names of the columns of a table.
func ColumnNames(t *table.Table) []string {
	var out []string
	for _, c := range t.Columns {
		out = append(out, c.Name)
	}
	return out
}
