package history

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"simulate/internal/quantity"
	"simulate/sim"
	"simulate/sim/experiment/results"
	"simulate/sim/observed"
	"simulate/sim/table"
)

// manifest says what a folder holds. It has what figures need of the manifest of a run.
type manifest struct {
	Kind         string   `json:"kind"`     // backtest or calibration
	Identity     string   `json:"identity"` // SHA-256 of all that decides the numbers
	Name         string   `json:"name"`
	Title        string   `json:"title"`
	Version      string   `json:"version"` // of the model
	Seed         uint64   `json:"seed"`
	Replications int      `json:"replications"`
	Until        string   `json:"inputs_until,omitempty"`
	Remarks      []string `json:"remarks"`
	Verdict      string   `json:"verdict"`
	Attribution  string   `json:"attribution"`
	Command      []string `json:"command"`
	Cases        []named  `json:"cases"`

	Program results.Build  `json:"program"`
	Started time.Time      `json:"started"`
	Format  string         `json:"format"`
	Tables  []results.File `json:"tables"`
}

type named struct {
	Name  string  `json:"name"`
	Title string  `json:"title"`
	Start float64 `json:"start"`
}

const manifestName = "manifest.json"

// identity hashes what decides the numbers.
func identity(scenario []byte, points []observed.Point, settings ...any) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\n%s\n%v\n%v", sim.Version, scenario, points, settings))
	return hex.EncodeToString(sum[:])
}

// save writes tables, the dictionary of their columns and the resolved scenario with the manifest
// into a folder.
func save(at *results.Place, m manifest, scenario []byte, tables ...*table.Table) error {
	words := results.NewDictionary(tables)
	m.Version, m.Attribution, m.Program, m.Started, m.Format = sim.Version, observed.Attribution, at.Program, at.Started,
		"csv"
	return at.Write(append(tables, words), scenario, func(files []results.File) any {
		m.Tables = files
		return m
	})
}

// kinds of results.
const (
	backtestKind    = "backtest"
	calibrationKind = "calibration"
)

// Name is what the default folder of a back-test is called.
func (s BacktestSpec) Name() string { return backtestKind }

// Identity is a SHA-256 of all that decides the numbers.
func (s BacktestSpec) Identity() string {
	return identity(s.Scenario.YAML(), s.Observed, s.Until, s.Replications, s.Seed, s.FixParameters, s.Discrepancy)
}

// Differs says in what an experiment that was made differs from this one.
func (s BacktestSpec) Differs(m *results.Manifest) string {
	return differs(m, backtestKind, s.Scenario.Name, s.Seed, s.Replications, quantity.LastDay(s.Until))
}

// Name is what the default folder of a calibration is called.
func (s CalibrationSpec) Name() string { return "calibrate" }

// Identity is a SHA-256 of all that decides the numbers.
func (s CalibrationSpec) Identity() string {
	return identity(s.Scenario.YAML(), s.Observed, s.Samples, s.Seed, s.Discrepancy)
}

// Differs says in what an experiment that was made differs from this one.
func (s CalibrationSpec) Differs(m *results.Manifest) string {
	return differs(m, calibrationKind, s.Scenario.Name, s.Seed, 0, "")
}

func differs(m *results.Manifest, kind, name string, seed uint64, replications int, until string) string {
	theirs := m.Kind
	if theirs == "" {
		theirs = "run"
	}
	if theirs != kind {
		return fmt.Sprintf("a %s, not a %s", theirs, kind)
	}
	var parts []string
	for _, d := range []struct{ what, theirs, mine string }{
		{"scenario", m.Name, name},
		{"seed", fmt.Sprint(m.Seed), fmt.Sprint(seed)},
		{"replications", fmt.Sprint(m.Replications), fmt.Sprint(replications)},
		{"inputs until", m.InputsUntil, until},
	} {
		if d.theirs != d.mine {
			parts = append(parts, fmt.Sprintf("%s %s, not %s", d.what, d.theirs, d.mine))
		}
	}
	if len(parts) == 0 {
		return "a value in the scenario, the observations or an option"
	}
	return strings.Join(parts, "; ")
}

// Folder is a results folder of a back-test or a calibration, read back.
type Folder struct {
	Calibration  bool // otherwise a back-test
	Identity     string
	Name, Title  string
	Version      string // of the model
	Seed         uint64
	Replications int      // of a back-test
	Until        string   // date of a back-test's cut, ISO
	Remarks      []string // what the command prints beside listings and verdict
	Verdict      string
	Attribution  string
	Command      []string
	Listings     []Listing
	Parameters   *table.Table // of a calibration
	Targets      *table.Table // of a calibration
	Inputs       *table.Table // cut by a back-test
	Files        []string     // tables, in the order of the dictionary
}

// Read reads a folder, whose tables must be as they were written; nil without an error where it
// holds something else.
func Read(dir string) (*Folder, error) { return ReadAs(dir, nil) }

// ReadAs reads a folder in the given way; nil without an error where it holds something else.
func ReadAs(dir string, how *table.Reading) (f *Folder, err error) {
	defer table.Misfit(&err)
	text, err := table.ReadRecord(filepath.Join(dir, manifestName))
	if err != nil {
		return nil, err
	}
	var m manifest
	if err := json.Unmarshal(text, &m); err != nil {
		return nil, fmt.Errorf("%s: %w", filepath.Join(dir, manifestName), err)
	}
	if m.Kind != backtestKind && m.Kind != calibrationKind {
		return nil, nil
	}
	f = &Folder{Calibration: m.Kind == calibrationKind, Identity: m.Identity, Name: m.Name, Title: m.Title,
		Version: m.Version, Seed: m.Seed, Replications: m.Replications,
		Until: m.Until, Remarks: m.Remarks, Verdict: m.Verdict, Attribution: m.Attribution, Command: m.Command}
	read := func(name string) *table.Table {
		file, sum := name+".csv", ""
		for _, t := range m.Tables {
			if t.File == file {
				sum = t.SHA256
			}
		}
		t, wrong := how.Table(filepath.Join(dir, file), sum)
		err = errors.Join(err, wrong)
		return t
	}
	words := read("dictionary")
	first, second := read(map[bool]string{true: "parameters", false: "backtest"}[f.Calibration]),
		read(map[bool]string{true: "targets", false: "backtest_points"}[f.Calibration])
	if err != nil {
		return nil, err
	}
	if f.Calibration {
		f.Listings, f.Parameters, f.Targets = calibrationListings(first), first, second
	} else {
		cut := "inputs_cut"
		if !slices.Contains(words.Distinct("table"), cut) {
			cut = "inputs" // as folders of earlier versions call it
		}
		f.Listings, f.Inputs = backtestListings(first, second), read(cut)
	}
	for _, name := range append(words.Distinct("table"), "dictionary") {
		f.Files = append(f.Files, name+".csv")
	}
	return f, err
}

func textColumn(name, meaning string) table.Column {
	return table.Column{Name: name, Kind: table.Text, Meaning: meaning}
}

func wholeColumn(name, meaning string) table.Column {
	return table.Column{Name: name, Kind: table.Integer, Meaning: meaning}
}

func numberColumn(name, unit, meaning string) table.Column {
	return table.Column{Name: name, Kind: table.Number, Unit: unit, Meaning: meaning}
}

// seriesColumns name a series in every table.
func seriesColumns() []table.Column {
	return []table.Column{
		textColumn("quantity", "what is observed: a metric, a variable of a lab or segment, or a share"),
		textColumn("entity", "of whom: a lab, a segment or segment/lab; empty for the whole market"),
		textColumn("title", "the same in words"),
		textColumn("unit", "unit of the values; x/yr: growth factor per year"),
	}
}

// quantileColumns are five quantiles of what is said to vary.
func quantileColumns(of string) []table.Column {
	return []table.Column{
		numberColumn("q05", "", "5 % quantile of "+of), numberColumn("q25", "", "25 % quantile"), numberColumn("q50", "",
			"median"),
		numberColumn("q75", "", "75 % quantile"), numberColumn("q95", "", "95 % quantile"),
	}
}

// observationColumns describe one observation.
func observationColumns() []table.Column {
	return []table.Column{
		textColumn("date", "day of the observation, ISO"), textColumn("known", "day on which the value was known, ISO; by "+
			"default its date"),
		numberColumn("low", "", "lower end of the observation's 90 % interval"), numberColumn("value", "",
			"observed value"), numberColumn("high", "", "upper end"),
		textColumn("kind", "how it is known: data, second hand or assumption"), textColumn("source", "who observed it"),
		textColumn("licence", "licence of the data"),
	}
}

func (s *Series) cells() []any { return []any{s.Quantity, s.Entity, s.Title, s.Unit} }

func cellsOf(p observed.Point) []any {
	return []any{p.Day, p.KnownDay, p.Low, p.Value, p.High, p.Kind, p.Source, p.Licence}
}

func five(q [5]float64) []any { return []any{q[0], q[1], q[2], q[3], q[4]} }
