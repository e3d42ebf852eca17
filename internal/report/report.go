package report

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"simulate/internal/aside"
	"simulate/internal/wholefile"
	"simulate/sim/experiment/history"
	"simulate/sim/experiment/results"
	"simulate/sim/table"
)

// Write makes the page of the results folder dir, read in the given way, and writes it whole to a
// file. The error is an
// *results.InputError where dir is no results folder, and a *table.Changed where a table is not as
// it was written.
func Write(dir, file string, how *table.Reading, highlight ...string) error {
	text, err := Build(dir, how, highlight...)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		return err
	}
	if err := aside.Folder(file); err != nil {
		return err
	}
	return wholefile.Write(file, text)
}

// Build makes the page of the results folder dir, read in the given way; its figures name the labs
// to highlight.
func Build(dir string, how *table.Reading, highlight ...string) (html []byte, err error) {
	defer table.Misfit(&err)
	f, of, err := open(dir, how)
	if err != nil {
		return nil, err
	}
	f.highlight = highlight
	m := f.manifest
	var p *page
	switch {
	case of != nil:
		p, err = f.historyPage(of)
	case m.Futures != nil:
		p, err = f.futuresPage()
	case m.Sweep != nil:
		p, err = f.sweepPage()
	default:
		p, err = f.runPage()
	}
	if err != nil {
		return nil, err
	}
	if note := how.Note(); note != "" {
		p.Lead = append([]text{{Text: note}}, p.Lead...)
	}
	p.looks = &f.looks
	return p.render()
}

// open reads what a folder says of itself, of a back-test or calibration with its tables.
func open(dir string, how *table.Reading) (*folder, *history.Folder, error) {
	m, err := results.ReadManifestAs(dir, how)
	if err != nil {
		return nil, nil, err
	}
	of, err := history.ReadAs(dir, how)
	if errors.As(err, new(*table.Changed)) {
		return nil, nil, err
	}
	if err != nil {
		return nil, nil, &results.InputError{Err: fmt.Errorf("%s is damaged: %w; run the command again", dir, err)}
	}
	f := &folder{dir: dir, how: how, manifest: m}
	if err := f.readScenarios(); err != nil {
		return nil, nil, err
	}
	if m.Futures != nil { // its cases are points of a design; a page shows the scenarios
		for _, s := range f.scenarios {
			if s != nil {
				m.Cases = append(m.Cases, results.Case{Name: s.Name, Title: s.Title, Start: s.Start})
			}
		}
	}
	return f, of, nil
}
