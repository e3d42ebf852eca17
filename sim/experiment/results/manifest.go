package results

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"simulate/internal/quantity"
	"simulate/sim/table"
)

// ManifestName is the file that says what a folder holds. It is written last: a folder that has it
// is complete.
const ManifestName = "manifest.json"

// ScenarioName is the resolved scenario of a folder that has one.
const ScenarioName = "scenario.yaml"

// ReportName is the page that `simulate report` makes of a folder; it goes with the experiment that
// it is about.
const ReportName = "report.html"

// Manifest describes a results folder.
type Manifest struct {
	Identity string `json:"identity"` // SHA-256 of scenarios, seed, replications, rhythm, stop rule and model version
	Name     string `json:"name"`
	Title    string `json:"title"`
	Version  string `json:"version"`        // of the model
	Kind     string `json:"kind,omitempty"` // of what was not made by Run: backtest or calibration
	Program  Build  `json:"program"`
	// Programs are the executables (SHA-256) that made the shards of a plan, where it was more than
	// one: last digits may differ.
	Programs []string `json:"programs,omitempty"`

	InputsUntil string `json:"inputs_until,omitempty"` // of a back-test

	Seed         uint64 `json:"seed"`
	Replications int    `json:"replications"` // run in each case, failed ones included
	Record       string `json:"record"`
	Format       string `json:"format"`
	Until        string `json:"until,omitempty"`     // stop rule
	UntilMet     bool   `json:"until_met,omitempty"` // whether its bound was reached
	Most         int    `json:"most,omitempty"`      // replications at which the stop rule would have ended

	Compare *Comparison `json:"compare,omitempty"`

	Command  []string  `json:"command"`
	Started  time.Time `json:"started"`
	Finished time.Time `json:"finished"`

	Cases     []Case    `json:"cases"`
	Failed    []Failure `json:"failed"`
	Notes     []string  `json:"notes"`
	Tables    []File    `json:"tables"`
	Scenarios []File    `json:"scenarios"` // the resolved scenario of each case, in order

	Asked   []string `json:"asked,omitempty"`   // tables that were asked for by name
	Plan    string   `json:"plan,omitempty"`    // hash of the plan that was merged
	Missing []int    `json:"missing,omitempty"` // shards of it that were left out: the tables are partial

	Sweep   *SweepInfo `json:"sweep,omitempty"`   // of a sweep, whose cases are the rows of its table design
	Futures *Futures   `json:"futures,omitempty"` // of scenarios in the futures of a design; nil for anything else

	reading *table.Reading // how the folder's files are read
}

// Case describes one scenario of an experiment.
type Case struct {
	Name         string   `json:"name"`
	Title        string   `json:"title"`
	Start        float64  `json:"start"` // decimal year
	Replications int      `json:"replications"`
	Stochastic   bool     `json:"stochastic"`
	Draws        bool     `json:"draws"` // whether parameters are drawn for each replication
	Labs         int      `json:"labs"`
	Markers      []Marker `json:"markers"`
	Jumps        []Jump   `json:"jumps,omitempty"` // shocks at a lab of its own
	// the first shock or policy that differs from the first case
	Departs *Marker `json:"departs,omitempty"`
	// what figures call labs whose scenario names them, by their key
	LabNames map[string]string `json:"lab_names,omitempty"`
	// keys of the labs that the built-in scenario behind it does not have
	OwnLabs []string `json:"own_labs,omitempty"`
	Part    bool     `json:"part,omitempty"`  // made to split what another case changes; figures leave it out
	Base    string   `json:"base,omitempty"`  // the case that it is held against
	Since   *Marker  `json:"since,omitempty"` // the first shock or policy that differs from that base
	Added   bool     `json:"added,omitempty"` // run as the base of others: nobody asked for it
}

// Fixed tells whether nothing in a case is left to luck: every run of it is the same.
func (c Case) Fixed() bool { return !c.Stochastic && !c.Draws }

// Marker is a dated event for figures.
type Marker struct {
	Date float64 `json:"date"` // decimal year; of a drawn date the earliest of all runs
	// the latest date of all runs at which it begins, where that is drawn and differs; 0 elsewhere
	Latest float64 `json:"latest,omitempty"`
	// decimal year in which a policy ends, the earliest of all runs; 0 for a shock and for a policy
	// without end
	Until float64 `json:"until,omitempty"`
	// the latest of all runs at which it ends, where that is drawn and differs; 0 elsewhere
	Ended float64 `json:"ended,omitempty"`
	Kind  string  `json:"kind"` // shock or policy
	Label string  `json:"label"`
}

// Over is the date by which a policy has ended in every run; 0 for what has no end.
func (m Marker) Over() float64 { return max(m.Until, m.Ended) }

// OverBy tells whether a policy has ended in every run by an observation date (ISO).
func (m Marker) OverBy(date string) bool {
	return m.Kind == "policy" && m.Over() > 0 && quantity.LastDay(m.Over()) < date
}

// Begun is the date by which it has begun in every run.
func (m Marker) Begun() float64 { return max(m.Date, m.Latest) }

// Jump is a shock at one lab.
type Jump struct {
	Date  float64 `json:"date"` // decimal year
	Lab   string  `json:"lab"`
	Label string  `json:"label"`
}

// File is one file of a results folder.
type File struct {
	File   string `json:"file"` // relative, with slashes
	Rows   int    `json:"rows,omitempty"`
	SHA256 string `json:"sha256"`
}

// formerEffects is what the table effects was called up to version 0.3.0.
const formerEffects = "comparison"

// ReadManifest reads the manifest of a results folder, whose files must be as they were written.
func ReadManifest(dir string) (*Manifest, error) { return readManifest(dir, nil) }

// ReadManifestAs reads the manifest of a results folder that a user names, whose files are read in
// the given way. The error is an *InputError that says what the folder is instead and what to do.
func ReadManifestAs(dir string, how *table.Reading) (*Manifest, error) {
	m, err := readManifest(dir, how)
	if err == nil {
		if wrong := m.fits(); wrong != nil {
			err = fmt.Errorf("%s was changed after it was written: %w", filepath.Join(dir, ManifestName), wrong)
		}
	}
	if err != nil {
		return nil, &InputError{noResults(dir, err)}
	}
	return m, nil
}

// noResults says what a folder is that has no manifest, or none that can be read.
func noResults(dir string, err error) error {
	switch info, at := os.Stat(dir); {
	case errors.Is(at, fs.ErrNotExist):
		return fmt.Errorf("there is no folder %s; name a results folder, such as results/deepseek-shock", dir)
	case at == nil && !info.IsDir():
		return fmt.Errorf("%s is a file; name the results folder that holds it", dir)
	case !errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%s is not a results folder that can be read: %w; the command that made it makes it again "+
			"with --force", dir, err)
	}
	for _, unfinished := range []struct{ name, what string }{
		{partsName, "an experiment that is not complete; give its command again, which continues it"},
		{PlanName, "a plan whose results are not there yet; `simulate sweep status` shows how far it is, " +
			"`simulate sweep merge` makes them"},
	} {
		if _, at := os.Lstat(filepath.Join(dir, unfinished.name)); at == nil {
			return fmt.Errorf("%s holds %s", dir, unfinished.what)
		}
	}
	return fmt.Errorf("%s is not a results folder: it has no %s; name one that run, compare, sweep, backtest or "+
		"calibrate has left", dir, ManifestName)
}

func readManifest(dir string, how *table.Reading) (*Manifest, error) {
	text, err := table.ReadRecord(filepath.Join(dir, ManifestName))
	if err != nil {
		return nil, err
	}
	m := &Manifest{reading: how}
	if err := json.Unmarshal(text, m); err != nil {
		return nil, fmt.Errorf("%s: %w", filepath.Join(dir, ManifestName), err)
	}
	if len(m.Identity) != 64 {
		return nil, fmt.Errorf("%s: not a manifest of simulate: it has no identity", filepath.Join(dir, ManifestName))
	}
	if m.Compare != nil && len(m.Compare.Bases) == 0 && len(m.Cases) > 0 { // as up to version 0.3.0
		m.Compare.Bases = []string{m.Cases[0].Name}
	}
	return m, nil
}

// Sum is the SHA-256 of a file of the folder, "" where the manifest does not name it.
func (m *Manifest) Sum(file string) string {
	for _, f := range slices.Concat(m.Tables, m.Scenarios) {
		if f.File == file {
			return f.SHA256
		}
	}
	return ""
}

// AsWritten holds a file of the user's against the manifest beside it, where one names it. Its
// error is a *table.Changed where it is not as it was written and is not to be read as it is.
func AsWritten(path string, how *table.Reading) error {
	m, err := ReadManifest(filepath.Dir(path))
	if path == "-" || err != nil {
		return nil // a file of its own
	}
	sum := m.Sum(filepath.Base(path))
	if sum == "" {
		return nil
	}
	return how.Check(path, sum)
}

// Table reads a table of the folder dir, whose manifest this is. Its error is a *table.Changed
// where the file is not the one that was written.
func (m *Manifest) Table(dir, name string) (*table.Table, error) {
	file := FileOf(name, cmp.Or(m.Format, "csv"))
	if old := formerEffects + "." + cmp.Or(m.Format,
		"csv"); m.Sum(old) != "" && (name == "effects" || name == "decomposition") {
		return nil, InputErrorf("%s was made when the table effects was called comparison, and decomposition effects; run "+
			"it again with --force, or with another folder in --out (the old tables are plain %s and read as they are)", dir,
			strings.ToUpper(cmp.Or(m.Format, "csv")))
	}
	return m.reading.Table(filepath.Join(dir, file), m.Sum(file))
}

// AllFailed reports whether no run of any case reached the end.
func (m *Manifest) AllFailed() bool { return len(m.Failed) > 0 && len(m.Failed) >= m.Runs() }

// Runs counts the runs of all cases, failed ones included.
func (m *Manifest) Runs() int {
	n := 0
	for _, c := range m.Cases {
		n += c.Replications
	}
	return n
}

// Damaged names a file that is missing or differs from what the manifest says; "" when all are
// whole.
func (m *Manifest) Damaged(dir string) (string, error) {
	for _, f := range slices.Concat(m.Tables, m.Scenarios) {
		sum, err := FileSum(filepath.Join(dir, filepath.FromSlash(f.File)))
		if errors.Is(err, os.ErrPermission) {
			return "", err
		}
		if err != nil || sum != f.SHA256 { // one that is gone, or a folder in its place, too
			return f.File, nil
		}
	}
	return "", nil
}

// Changed names the files of the folder that are missing or differ from what the manifest says.
func (m *Manifest) Changed(dir string) ([]string, error) {
	var out []string
	for _, f := range slices.Concat(m.Tables, m.Scenarios) {
		one := &Manifest{Tables: []File{f}}
		name, err := one.Damaged(dir)
		if err != nil {
			return nil, err
		}
		if name != "" {
			out = append(out, name)
		}
	}
	return out, nil
}

// OrNone is a word, or none where there is none.
func OrNone(s string) string {
	if s == "" {
		return "none"
	}
	return s
}
