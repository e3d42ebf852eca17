package run

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"simulate/internal/quantity"
	"simulate/internal/wholefile"
	"simulate/sim"
	"simulate/sim/experiment/results"
	"simulate/sim/table"
)

// Experiment is cases times replications with everything settled: the runs of scenarios (NewRuns)
// or a sweep (NewSweep). Its runs are numbered from 0 in the order in which they are done.
type Experiment interface {
	Workload

	place() place // in the results folder
	seeded() uint64
	stop() *Until // nil: none

	order() order
	segments(number int) []string // names, by case
	caseID(number int) string
	mark(r *table.Record, number int) *table.Record // begins a row of a case
	point(r *table.Record, number int) bool         // begins a row of the design; false where the case has none
	config(number, replication int) (*sim.Config, error)
	centre(number int) *sim.Config // of the references of a case
	drawn(number int) bool         // whether each replication has a configuration of its own
	kept(number int) bool          // whether the reference of a case is that of a fixed roster, worth a file

	calendar(number int) []Observation
	recorded() *recording
	tables() []*table.Table
	inputs() []input // what varies between the cases of a sweep
	values(number int, out []float64) []float64
	replay(number, replication int, values []float64) string
	supplement() Supplement // nil: none
	drawing() *drawing
	pairs() bool             // whether the consecutive cases of a point are paired, as Futures are
	measuresReference() bool // whether the error of the reference is part of the errors of levels

	manifest(a *assembly) *results.Manifest
	texts(replications int) (files []textFile, note string)
	differs(*results.Manifest) string
}

// TableNames names the tables that an experiment leaves.
func TableNames(e Experiment) []string {
	var out []string
	for _, t := range e.tables() {
		out = append(out, t.Name)
	}
	return out
}

// place is what an experiment asks of its results folder where its user does not.
type place struct{ name, format string }

// textFile is a text in the results folder.
type textFile struct {
	name string
	text []byte
}

// Output says where results go.
type Output struct {
	// results folder; empty: results/NAME, or results/NAME-sweep, where another experiment is moved
	// aside, not refused
	Out     string
	Format  string // of the tables, csv or parquet; empty: csv of runs, parquet of a sweep
	Force   bool   // replace another experiment in the folder, and a complete one of the same
	Command []string
	// Reading remembers small tables as they are written, for those who read them next; nil: none
	Reading *table.Reading
}

// Options say how runs are done.
type Options struct {
	Jobs     int            // runs at a time; 0: as many as there are processors
	Commit   string         // of the program where the linker was told one; empty: the stamp of the go command
	Progress func(Progress) // called when something is done, from one goroutine at a time; nil: not
	// called with a sentence when the user should know at once, such as that a folder was moved; nil:
	// not
	Notice func(string)
	Cache  *Cache // of reference paths on disk; nil: none
}

// Tell tells the user a sentence.
func (o *Options) Tell(format string, a ...any) {
	if o.Notice != nil {
		o.Notice(fmt.Sprintf(format, a...))
	}
}

// Do does what is missing of an experiment on this machine and leaves its results folder complete.
// A complete folder of the same experiment is left as it is, complete true. Failed runs are no
// error; the manifest lists them.
//
// The error is an *results.InputError where the folder is refused, a *Stopped that wraps
// context.Cause(ctx) where the context ended (what was done is kept, and the same call continues),
// and otherwise comes from the file system.
func Do(ctx context.Context, e Experiment, out Output, o Options) (dir string, complete bool, err error) {
	if out.Format == "" {
		out.Format = e.place().format
	}
	program, err := results.ThisBuild(o.Commit)
	if err != nil {
		return "", false, err
	}
	head := LogHead{Format: LogFormat, Plan: e.Identity(), Of: 1, To: e.Runs(), Executable: program.Executable}
	f, err := results.Open(results.Claim{Out: out.Out, Name: e.place().name, Identity: e.Identity(), Format: out.Format,
		Force:  out.Force,
		Notice: o.Tell, Differs: e.differs, Begun: head.begins}, program)
	if err != nil {
		return "", false, err
	}
	defer f.Close()
	if f.Complete {
		return f.Dir, true, nil
	}
	g, err := resume(f.Parts(GrowingName), head, &o)
	if err != nil {
		return "", false, err
	}
	open := true
	defer func() {
		if open {
			err = errors.Join(err, g.close())
		}
	}()
	x := NewExecution(e, &o)
	d, err := x.allAndTables(ctx, e, g, func(ctx context.Context, from store, n int) (*draft, error) {
		return newDraft(ctx, e, x.engine, f, from, out, n)
	})
	if err != nil {
		return "", false, err
	}
	open = false
	if err := g.drop(); err != nil {
		return "", false, err
	}
	return f.Dir, false, d.publish(program, &o)
}

// resume opens the growing log of an experiment or shard and says what is in it.
func resume(path string, head LogHead, o *Options) (*growing, error) {
	g, lost, err := openGrowing(path, head)
	if err != nil {
		return nil, err
	}
	if n := len(g.at); n > 0 {
		o.Tell("Continuing: %s done before.", quantity.Plural(n, "run was", "runs were"))
	}
	if lost > 0 {
		o.Tell("%s at the end of the log of finished runs cannot be read, as after a stop or a full disk; those runs are "+
			"done again.", quantity.Bytes(lost))
	}
	return g, nil
}

// Merge turns whole logs, in order, into the tables of a folder. missing are the shards of a plan
// that are left out, plan is its hash. programs are the executables that made the logs, where it
// was more than one.
func Merge(ctx context.Context, e Experiment, f *results.Folder, program results.Build, logs []*Shard, missing []int,
	programs []string, plan string,
	out Output, o Options) error {
	if out.Format == "" {
		out.Format = e.place().format
	}
	if o.Progress != nil {
		o.Progress(Progress{Phase: "tables"})
	}
	s := &shards{all: logs}
	defer s.close()
	defer spare()()
	d, err := newDraft(ctx, e, NewEngine(o.Jobs, NewReferences(o.Cache)), f, s, out, e.order().replications)
	if err != nil {
		if ctx.Err() != nil {
			return &Stopped{Total: e.Runs(), Done: e.Runs(), Tables: true, Cause: context.Cause(ctx)}
		}
		return err
	}
	if d.manifest.Plan = plan; d.manifest.Sweep != nil {
		d.manifest.Sweep.Missing, d.manifest.Sweep.Plan, d.manifest.Plan = missing, plan, ""
	}
	if len(programs) > 1 {
		d.manifest.Programs = programs
		d.manifest.Notes = append(d.manifest.Notes, fmt.Sprintf("The shards were made by %s of the program, whose "+
			"last digits may differ.", quantity.Plural(len(programs), "build")))
	}
	d.manifest.Missing = nil
	if d.manifest.Sweep == nil {
		d.manifest.Missing = missing
	}
	return d.publish(program, &o)
}

// draft is a results folder in the making: its tables are written, among the parts of the folder.
type draft struct {
	experiment Experiment
	folder     *results.Folder
	out        Output
	tables     *assembly
	manifest   *results.Manifest
	files      []string
}

// newDraft writes the tables from the first n replications.
func newDraft(ctx context.Context, e Experiment, engine *Engine, f *results.Folder, from store, out Output,
	n int) (*draft, error) {
	if err := os.RemoveAll(f.Parts(results.FinalName)); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(f.Parts(results.FinalName), 0o755); err != nil {
		return nil, err
	}
	a, err := assemble(ctx, e, engine, from, f.Parts(results.FinalName), out.Format, out.Reading != nil, n)
	if err != nil {
		return nil, err
	}
	return &draft{experiment: e, folder: f, out: out, tables: a, manifest: e.manifest(a)}, nil
}

// record notes a file of the draft for the manifest.
func (d *draft) record(list *[]results.File, file string, rows int, sum string) {
	d.files = append(d.files, file)
	*list = append(*list, results.File{File: file, Rows: rows, SHA256: sum})
}

// publish writes the resolved scenarios and the manifest beside the tables and moves all into the
// folder, the manifest last.
func (d *draft) publish(program results.Build, o *Options) error {
	e, m := d.experiment, d.manifest
	m.Identity, m.Version, m.Program, m.Started, m.Format = e.Identity(), sim.Version, program, d.folder.Started,
		d.out.Format
	m.Command = append([]string{}, d.out.Command...)
	for _, t := range d.tables.list {
		s := d.tables.sheets[t.Name]
		d.record(&m.Tables, s.File, s.Rows, s.SHA256)
	}
	texts, note := e.texts(m.Replications)
	if note != "" {
		m.Notes = append(m.Notes, note)
		o.Tell("%s", note)
	}
	for _, t := range texts {
		path := d.folder.Parts(results.FinalName, filepath.FromSlash(t.name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := wholefile.Write(path, t.text); err != nil {
			return err
		}
		d.record(&m.Scenarios, t.name, 0, results.TextSum(t.text))
	}
	m.Finished = time.Now().UTC().Truncate(time.Second)
	text, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return err
	}
	if err := wholefile.Write(d.folder.Parts(results.FinalName, results.ManifestName), append(text, '\n')); err != nil {
		return err
	}
	var superseded []string // by a run that was stopped here
	for _, t := range d.tables.list {
		superseded = append(superseded, t.Name+".csv", t.Name+".parquet")
	}
	if err := d.folder.Publish(d.files, superseded); err != nil {
		return err
	}
	d.remember()
	return nil
}

// remember keeps the tables that are small in memory.
func (d *draft) remember() {
	for _, t := range d.tables.list {
		s := d.tables.sheets[t.Name]
		if s.Kept == nil {
			continue
		}
		if t := s.Kept.Table(); t != nil {
			d.out.Reading.Remember(filepath.Join(d.folder.Dir, s.File), s.SHA256, t)
		}
	}
}
