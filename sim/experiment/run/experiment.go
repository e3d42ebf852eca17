package run

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/google/renameio/v2/maybe"

	"simulate/internal/quantity"
	"simulate/sim/experiment/results"
)

// Run runs the scenarios of spec and returns what the results folder then holds. A complete folder of the same experiment is
// returned as it is. Failed runs are no error; Outcome.Manifest.Failed lists them.
//
// The error is an *results.InputError where the spec or its folder is refused, a *Stopped that wraps context.Cause(ctx) where the
// context ended (what was done is kept, and the same call continues), and otherwise comes from the file system or a
// reference run.
func Run(ctx context.Context, spec Spec) (*results.Outcome, error) {
	p, err := newPlan(spec)
	if err != nil {
		return nil, err
	}
	program, err := results.ThisBuild(spec.Commit)
	if err != nil {
		return nil, err
	}
	f, err := results.Open(p.claim(), program)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if !f.Complete {
		if err := p.fill(ctx, f, program); err != nil {
			return nil, err
		}
	}
	out, err := results.Load(f.Dir)
	if err != nil {
		return nil, err
	}
	out.AlreadyComplete = f.Complete
	return out, nil
}

// fill does the runs that are missing and leaves the folder complete.
func (p *plan) fill(ctx context.Context, f *results.Folder, program results.Build) (err error) {
	j, lost, err := openJournal(f.Parts(journalName))
	if err != nil {
		return err
	}
	open := true
	defer func() {
		if open {
			err = errors.Join(err, j.close())
		}
	}()
	if n := len(j.at); n > 0 {
		p.notice("Continuing in %s: %s done.", f.Dir, quantity.Plural(n, "run is", "runs are"))
	}
	if lost > 0 {
		p.notice("The last record in %s was cut short when the program was stopped; that run is done again.", f.Dir)
	}
	x := &execution{plan: p, journal: j}
	n, met, err := x.all(ctx)
	if err != nil {
		return x.stopped(ctx, err)
	}
	x.report(func(p *Progress) { p.Phase = "tables" })
	if err := os.RemoveAll(f.Parts(results.FinalName)); err != nil {
		return err
	}
	if err := os.MkdirAll(f.Parts(results.FinalName, "scenarios"), 0o755); err != nil {
		return err
	}
	a, err := p.tables(ctx, j, f.Parts(results.FinalName), n)
	if err != nil {
		return x.stopped(ctx, err)
	}
	m := p.manifest(program, f.Started, n)
	m.UntilMet = met
	m.Failed = append(m.Failed, a.failed...)
	files, err := p.writeTexts(f, m, a)
	if err != nil {
		return err
	}
	open = false
	if err := j.close(); err != nil {
		return err
	}
	return f.Publish(files, p.otherFormats())
}

// stopped says how far the runs came where the context ended them.
func (x *execution) stopped(ctx context.Context, err error) error {
	if ctx.Err() == nil {
		return err
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	return &Stopped{x.progress.Done, x.progress.Total, x.progress.Phase == "tables", context.Cause(ctx)}
}

// writeTexts writes the resolved scenarios and the manifest beside the finished tables and names all files but the manifest.
func (p *plan) writeTexts(f *results.Folder, m *results.Manifest, a *assembly) ([]string, error) {
	var files []string
	record := func(file string, rows int) (results.File, error) {
		sum, err := results.FileSum(f.Parts(results.FinalName, filepath.FromSlash(file)))
		files = append(files, file)
		return results.File{File: file, Rows: rows, SHA256: sum}, err
	}
	for _, t := range p.outputs() {
		s := a.sheets[t.Name]
		file, err := record(s.File, s.Rows)
		if err != nil {
			return nil, err
		}
		m.Tables = append(m.Tables, file)
	}
	for _, c := range p.cases {
		name := results.ScenarioName
		if len(p.cases) > 1 {
			name = "scenarios/" + results.FileName(c.name) + ".yaml"
		}
		if err := maybe.WriteFile(f.Parts(results.FinalName, filepath.FromSlash(name)), c.yaml(m.Replications), 0o644); err != nil {
			return nil, err
		}
		file, err := record(name, 0)
		if err != nil {
			return nil, err
		}
		m.Scenarios = append(m.Scenarios, file)
	}
	m.Finished = time.Now().UTC().Truncate(time.Second)
	text, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return nil, err
	}
	return files, maybe.WriteFile(f.Parts(results.FinalName, results.ManifestName), append(text, '\n'), 0o644)
}

// otherFormats names the tables as they would be in the formats that were not asked for.
func (p *plan) otherFormats() []string {
	var files []string
	for _, other := range slices.DeleteFunc([]string{"csv", "parquet"}, func(s string) bool { return s == p.Format }) {
		for _, t := range p.outputs() {
			files = append(files, t.Name+"."+other)
		}
	}
	return files
}
