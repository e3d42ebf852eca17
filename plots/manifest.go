package plots

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"simulate/internal/quantity"
	"simulate/plots/chart"
	"simulate/sim/table"
)

// Manifest is what figures need from a results folder's manifest.json. Every field may be missing.
type Manifest struct {
	Kind         string      `json:"kind"` // of what is held against observations: backtest or calibration
	Name         string      `json:"name"`
	Title        string      `json:"title"`
	Seed         json.Number `json:"seed"`
	Replications int         `json:"replications"`
	Version      string      `json:"version"`
	Cases        []Case      `json:"cases"`
	Sweep        *Sweep      `json:"sweep"`        // nil: runs of scenarios
	Futures      *Futures    `json:"futures"`      // nil: anything but a comparison over futures
	InputsUntil  string      `json:"inputs_until"` // of a back-test, ISO
	Verdict      string      `json:"verdict"`      // of a calibration: how many vectors fit, and what else
	Tables       []File      `json:"tables"`
}

// File is a table of the folder.
type File struct {
	File   string `json:"file"`
	SHA256 string `json:"sha256"`
}

// sum is the SHA-256 of a table, "" where the manifest does not name it.
func (m Manifest) sum(file string) string {
	for _, f := range m.Tables {
		if f.File == file {
			return f.SHA256
		}
	}
	return ""
}

// Sweep is what figures need of a sweep.
type Sweep struct {
	Design  string   `json:"design"`
	Cases   int      `json:"cases"`
	Metrics []string `json:"metrics"`
	Inputs  []Input  `json:"inputs"`
}

// Input is a PATH that varies.
type Input struct {
	Path string `json:"path"`
	Spec string `json:"spec"` // what it takes, as the user wrote it
}

// Case is one scenario of an experiment.
type Case struct {
	Name       string            `json:"name"`
	Title      string            `json:"title"`
	Start      float64           `json:"start"` // decimal year
	Stochastic bool              `json:"stochastic"`
	Markers    []Marker          `json:"markers"`
	LabNames   map[string]string `json:"lab_names"` // by key; the others' are made of their keys
	OwnLabs    []string          `json:"own_labs"`  // keys of those that no built-in scenario has
	Part       bool              `json:"part"`      // made to split what another case changes
	Base       string            `json:"base"`      // the case that it is held against; "" where none is named
	Since      *Marker           `json:"since"`     // the first event or policy that differs from it
	Added      bool              `json:"added"`     // run as the base of others: nobody asked for it
}

// Marker is a dated event that figures mark.
type Marker struct {
	Date   float64 `json:"date"`             // decimal year; of a drawn date the earliest of all runs
	Latest float64 `json:"latest,omitempty"` // the latest of all runs, where that is drawn; else 0
	// decimal year in which a policy ends; 0 for a shock and for a policy without end
	Until float64 `json:"until,omitempty"`
	Ended float64 `json:"ended,omitempty"` // the latest of all runs at which it ends, where that is drawn; else 0
	Kind  string  `json:"kind"`            // shock or policy
	Label string  `json:"label"`
}

// readManifest is lenient: without a manifest the folder's name stands in.
func readManifest(dir string) (Manifest, error) {
	m := Manifest{Name: filepath.Base(filepath.Clean(dir))}
	path := filepath.Join(dir, "manifest.json")
	b, err := table.ReadRecord(path)
	if errors.Is(err, fs.ErrNotExist) {
		return m, nil
	}
	if err != nil {
		return m, err
	}
	if err := json.Unmarshal(b, &m); err != nil {
		return m, fmt.Errorf("%s: %w", path, err)
	}
	m.Cases = slices.DeleteFunc(m.Cases, func(c Case) bool { return c.Part })
	m.Cases = referenceFirst(m.Cases)
	return m, nil
}

// mostNamed is how many cases a source line names.
const mostNamed = 8

// source is the line under a figure of the given cases. It breaks between its parts and between
// names of cases.
func (m Manifest) source(cases ...Case) string {
	parts := []string{strings.TrimSpace("Source: simulate " + m.Version)}
	cases = Manifest{Cases: cases}.asked()
	switch {
	case len(cases) == 1:
		parts = append(parts, "scenario "+cases[0].Name)
	case len(cases) == 0 && m.Name != "":
		parts = append(parts, "scenario "+m.Name)
	case len(cases) > mostNamed:
		parts = append(parts, fmt.Sprintf("scenario %s and %d others", cases[0].Name, len(cases)-1))
	case len(cases) > 1:
		var names []string
		for _, c := range cases {
			names = append(names, c.Name)
		}
		parts = append(parts, "scenarios "+strings.Join(names, ",\x00"))
	}
	if m.Seed != "" {
		parts = append(parts, "seed "+m.Seed.String())
	}
	if m.Replications > 0 {
		parts = append(parts, quantity.Plural(m.Replications, "replication"))
	}
	return SourceLine(parts...)
}

// SourceLine joins the parts of the line under a figure, which breaks between them alone and at a
// zero byte.
func SourceLine(parts ...string) string {
	whole := make([]string, len(parts))
	for i, p := range parts {
		whole[i] = strings.ReplaceAll(strings.ReplaceAll(p, " ", chart.Space), "\x00", " ")
	}
	return strings.Join(whole, chart.Space+"· ")
}
