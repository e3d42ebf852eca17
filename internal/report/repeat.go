package report

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"simulate/internal/quantity"
	"simulate/internal/shell"
	"simulate/sim/experiment/results"
)

// repeat says how to do it again, and carries what that takes.
func (f *folder) repeat() ([]part, error) {
	m := f.manifest
	var parts []part
	if lines := f.commands(); lines != nil {
		parts = append(parts, part{Text: []text{{Text: "In this folder:"}}}, part{Code: strings.Join(lines, "\n")})
	}
	if len(m.Command) > 0 {
		parts = append(parts, part{Text: []text{{Lead: "Made by", Code: shell.Line(m.Command...)}}})
	}
	if !m.Started.IsZero() {
		b := m.Program
		made := text{Lead: "When and with what", Text: fmt.Sprintf("%s to %s; model %s, %s on %s",
			m.Started.UTC().Format(time.RFC3339), m.Finished.UTC().Format(time.RFC3339), m.Version, b.Go, b.Platform)}
		if b.Commit != "" {
			made.Text += ", commit " + b.Commit
		}
		made.Text += "."
		parts = append(parts, part{Text: []text{made, {Lead: "SHA-256 of the executable", Code: b.Executable},
			{Lead: "SHA-256 of the experiment", Code: m.Identity}}})
	}
	files, err := f.sums()
	if err != nil {
		return nil, err
	}
	parts = append(parts, files...)
	for _, file := range append(slices.Clone(f.files), "manifest.json") {
		b, err := os.ReadFile(filepath.Join(f.dir, filepath.FromSlash(file)))
		if err != nil {
			parts = append(parts, missing("%s is not in the folder.", file))
			continue
		}
		kind := "text/yaml;charset=utf-8"
		if strings.HasSuffix(file, ".json") {
			kind = "application/json"
		}
		parts = append(parts, part{Details: &details{fmt.Sprintf("%s, %s", file, quantity.Bytes(int64(len(b)))),
			attached(filepath.Base(file), kind, b)}})
	}
	return parts, nil
}

// commands repeat what the folder holds; nil where the command that made it is all there is to say.
func (f *folder) commands() []string {
	var files []string
	for _, c := range f.cases() {
		if file := f.fileOf(c.Name); file != "" {
			files = append(files, shell.Word(file))
		}
	}
	m := f.manifest
	again := " --out again"
	switch {
	case m.Sweep == nil && len(m.Scenarios) == 0:
		return nil
	case m.Futures != nil:
		return []string{"simulate reproduce manifest.json"}
	case m.Sweep != nil:
		return []string{"simulate sweep scenario.yaml" + again, "simulate reproduce manifest.json"}
	case m.Compare != nil && !m.Compare.Own:
		line := "simulate compare " + strings.Join(files, " ")
		for _, s := range m.Compare.Splits {
			if s.Threshold > 0 && !strings.Contains(line, "--decompose") {
				line += " --decompose --budget-threshold " + shell.Word(fmt.Sprintf("$%s/yr", quantity.Human(s.Threshold)))
			}
		}
		return []string{line + again, "simulate reproduce manifest.json"}
	}
	line := "simulate run " + strings.Join(files, " ")
	if m.Compare == nil && slices.ContainsFunc(m.Cases, func(c results.Case) bool { return len(c.Markers) > 0 }) {
		line += " --no-counterfactual"
	}
	if m.Until != "" {
		line += fmt.Sprintf(" --until %s -n %d", shell.Word(m.Until), m.Most)
	}
	return []string{line + again, "simulate reproduce manifest.json"}
}

// sums is the table of files with their checksums, and says which were changed since.
func (f *folder) sums() ([]part, error) {
	m := f.manifest
	g := &grid{Caption: "Files and their SHA-256", Columns: columns("file", "#rows", "SHA-256")}
	for _, file := range slices.Concat(m.Tables, m.Scenarios) {
		rows := "–"
		if file.Rows > 0 {
			rows = quantity.Count(file.Rows)
		}
		g.Rows = append(g.Rows, row{Cells: []cell{{Text: file.File, Code: true}, {Text: rows}, {Text: file.SHA256,
			Code: true}}})
	}
	parts := []part{{Table: g}}
	changed, err := m.Changed(f.dir)
	if err != nil {
		return nil, err
	}
	if len(changed) > 0 {
		parts = append(parts, missing("Changed or removed since the manifest was written: %s. This page shows them as "+
			"they are.", strings.Join(changed, ", ")))
	}
	return parts, nil
}
