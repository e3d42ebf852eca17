package experiment

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/google/renameio/v2/maybe"

	"simulate/internal/quantity"
	"simulate/sim"
)

// SweepOutput says where the results of a sweep go.
type SweepOutput struct {
	Out     string // results folder; empty: results/NAME-sweep, where another experiment is moved aside, not refused
	Format  string // of the tables, parquet or csv; empty: parquet
	Force   bool   // replace another experiment in the folder
	Command []string
}

// SweepOutcome is a results folder of a sweep.
type SweepOutcome struct {
	Dir             string
	Manifest        *Manifest
	AlreadyComplete bool // nothing was computed
}

// SweepInfo is what a manifest says of a sweep.
type SweepInfo struct {
	Design       string       `json:"design"`
	Samples      int          `json:"samples,omitempty"`
	Inputs       []SweepInput `json:"inputs"`
	Metrics      []string     `json:"metrics"`
	Cases        int          `json:"cases"`
	Replications int          `json:"replications"`
	Runs         int          `json:"runs"` // in the tables
	Failed       int          `json:"failed"`
	Missing      []int        `json:"missing,omitempty"` // shards left out: the tables are partial
	Plan         string       `json:"plan,omitempty"`    // hash of the plan that was merged
}

// SweepInput is a PATH that varies.
type SweepInput struct {
	Path string `json:"path"`
	Unit string `json:"unit,omitempty"`
	Spec string `json:"spec"` // values, interval or range in the scenario's syntax
}

// Run does a sweep on this machine and leaves its results folder complete. Its errors are those of the function Run.
func (s *Sweep) Run(ctx context.Context, out SweepOutput, o SweepOptions) (*SweepOutcome, error) {
	if out.Format == "" {
		out.Format = "parquet"
	}
	program, err := build(o.Commit)
	if err != nil {
		return nil, err
	}
	dir := out.Out
	f, err := openFolder(claim{out: dir, name: s.name + "-sweep", identity: s.Identity(), format: out.Format, force: out.Force, notice: o.notice, differs: s.differs}, program)
	if err != nil {
		return nil, err
	}
	defer f.close()
	if !f.complete {
		whole := f.parts("sweep" + shardSuffix)
		head := (&SweepPlan{Sweep: s, Hash: s.Identity(), Shards: [][2]int{{0, s.Runs()}}}).head(0, program.Executable)
		now := Progress{Phase: "runs", Total: s.Runs()}
		if _, err := os.Stat(whole); errors.Is(err, os.ErrNotExist) {
			if err := s.fill(ctx, f.parts(growingName), whole, head, o, &now); err != nil {
				return nil, err
			}
		}
		o.report(Progress{Phase: "tables"})
		if err := s.publish(ctx, f, program, out, nil, []string{whole}, o); err != nil {
			return nil, err
		}
	}
	m, err := ReadManifest(f.dir)
	return &SweepOutcome{Dir: f.dir, Manifest: m, AlreadyComplete: f.complete}, err
}

// differs says in what an experiment in the folder differs from the sweep.
func (s *Sweep) differs(m *Manifest) string {
	if m.Sweep == nil {
		return "runs of scenarios, not a sweep"
	}
	var parts []string
	for _, d := range []struct{ what, theirs, mine string }{
		{"model version", m.Version, sim.Version}, {"seed", fmt.Sprint(m.Seed), fmt.Sprint(s.seed)},
		{"replications", fmt.Sprint(m.Sweep.Replications), fmt.Sprint(s.replications)}, {"cases", fmt.Sprint(m.Sweep.Cases), fmt.Sprint(s.Cases())},
		{"design", m.Sweep.Design, s.experiment.Design.Method}, {"record", m.Record, s.experiment.Record},
	} {
		if d.theirs != d.mine {
			parts = append(parts, fmt.Sprintf("%s %s, not %s", d.what, d.theirs, d.mine))
		}
	}
	if len(parts) == 0 {
		return "a value in the scenario or what varies"
	}
	return strings.Join(parts, "; ")
}

// publish turns whole shards into the tables of a folder and moves them into it, the manifest last.
func (s *Sweep) publish(ctx context.Context, f *folder, program Build, out SweepOutput, status *SweepStatus, shards []string, o SweepOptions) error {
	if err := os.RemoveAll(f.parts(finalName)); err != nil {
		return err
	}
	if err := os.MkdirAll(f.parts(finalName), 0o755); err != nil {
		return err
	}
	a, err := s.assemble(f.parts(finalName), out.Format)
	if err != nil {
		return err
	}
	defer a.abort()
	for _, path := range shards {
		if err := a.addShard(ctx, path); err != nil {
			if ctx.Err() != nil {
				return &Stopped{a.done, s.Runs(), true, context.Cause(ctx)}
			}
			return fmt.Errorf("%s: %w", path, err)
		}
	}
	if err := a.close(); err != nil {
		return err
	}
	m := s.manifest(program, f.started, out, a)
	if status != nil {
		m.Sweep.Missing, m.Sweep.Plan = status.Missing, status.Plan.Hash
	}
	var files []string
	record := func(file string, rows int) (File, error) {
		sum, err := fileSum(f.parts(finalName, file))
		files = append(files, file)
		return File{file, rows, sum}, err
	}
	for _, t := range s.Tables() {
		file, err := record(a.sheets[t.Name].file, a.sheets[t.Name].rows)
		if err != nil {
			return err
		}
		m.Tables = append(m.Tables, file)
	}
	text, note := s.yaml()
	if note != "" {
		m.Notes = append(m.Notes, note)
		o.notice("%s", note)
	}
	if err := maybe.WriteFile(f.parts(finalName, scenarioName), text, 0o644); err != nil {
		return err
	}
	file, err := record(scenarioName, 0)
	if err != nil {
		return err
	}
	m.Scenarios = append(m.Scenarios, file)
	m.Finished = time.Now().UTC().Truncate(time.Second)
	json, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return err
	}
	if err := maybe.WriteFile(f.parts(finalName, manifestName), append(json, '\n'), 0o644); err != nil {
		return err
	}
	superseded := append(sweepFiles("csv"), sweepFiles("parquet")...)
	return f.publish(files, superseded)
}

// mostListed is how many listed values scenario.yaml takes up.
const mostListed = 20_000

// yaml is the scenario that repeats the sweep, and a sentence where it cannot hold all of it.
func (s *Sweep) yaml() (text []byte, note string) {
	listed := 0
	for _, in := range s.inputs {
		listed += len(in.Numbers)
	}
	if listed <= mostListed {
		return s.scenario.YAML(), ""
	}
	e := s.experiment
	e.SetInputs(nil)
	return s.scenario.WithExperiment(e).YAML(), fmt.Sprintf("%d values vary, too many for scenario.yaml; `sweep scenario.yaml --points` on the table design repeats them.", listed)
}

func (s *Sweep) manifest(program Build, started time.Time, out SweepOutput, a *sweepAssembly) *Manifest {
	e := s.experiment
	info := &SweepInfo{Design: e.Design.Method, Samples: e.Design.Samples, Cases: s.Cases(), Replications: s.replications, Runs: a.done, Failed: a.fails}
	for _, in := range s.inputs {
		info.Inputs = append(info.Inputs, SweepInput{in.Path, in.lever.Unit, in.specShort()})
	}
	for _, i := range s.metrics {
		info.Metrics = append(info.Metrics, sim.Metrics[i].Name)
	}
	return &Manifest{Identity: s.Identity(), Name: s.name, Title: s.scenario.Title, Version: sim.Version, Program: program,
		Seed: s.seed, Replications: s.replications, Record: e.Record, Format: out.Format, Command: append([]string{}, out.Command...), Started: started,
		Cases: []Case{}, Failed: append([]Failure{}, a.failed...), Notes: []string{}, Sweep: info}
}

// specShort is what the input takes, cut off where the list is long.
func (in *input) specShort() string {
	const most = 20
	if len(in.Values) <= most {
		return in.Spec
	}
	return strings.Join(in.Values[:most], ", ") + fmt.Sprintf(", … (%d values)", len(in.Values))
}

// Merge turns the shards of a plan into the tables of its folder, with the bytes that one machine would have left. It refuses shards that
// are missing, unless allowed, doubled, foreign or damaged, and names each.
func Merge(ctx context.Context, p *SweepPlan, allowMissing bool, out SweepOutput, o SweepOptions) (*SweepOutcome, error) {
	if out.Format == "" {
		out.Format = "parquet"
	}
	t, err := Status(p)
	if err != nil {
		return nil, err
	}
	var wrong []error
	for _, w := range t.Wrong {
		wrong = append(wrong, fmt.Errorf("%s", w))
	}
	if len(t.Missing) > 0 && !allowMissing {
		wrong = append(wrong, fmt.Errorf("%s of %d missing: %s; `simulate sweep status %s` names the command that fills them, --allow-missing merges the rest",
			quantity.Plural(len(t.Missing), "shard", "shards"), len(p.Shards), Ranges(t.Missing), p.Dir))
	}
	if len(wrong) > 0 {
		return nil, &InputError{errors.Join(wrong...)}
	}
	if len(t.Missing) == len(p.Shards) {
		return nil, inputError("there is no shard to merge")
	}
	if len(t.Builds) > 1 {
		o.notice("The shards were made by %d builds of the program, whose last digits may differ.", len(t.Builds))
	}
	program, err := build(o.Commit)
	if err != nil {
		return nil, err
	}
	f := &folder{dir: p.Dir, started: time.Now().UTC().Truncate(time.Second)}
	if err := f.enter(); err != nil {
		return nil, err
	}
	defer f.close()
	o.report(Progress{Phase: "tables"})
	var paths []string
	for _, name := range t.Whole {
		if name != "" {
			paths = append(paths, filepath.Join(p.Dir, name))
		}
	}
	if err := os.RemoveAll(filepath.Join(p.Dir, manifestName)); err != nil {
		return nil, err
	}
	if err := p.Sweep.publish(ctx, f, program, out, t, paths, o); err != nil {
		return nil, err
	}
	m, err := ReadManifest(f.dir)
	return &SweepOutcome{Dir: f.dir, Manifest: m}, err
}
