package run

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/google/renameio/v2/maybe"

	"simulate/sim"
	"simulate/sim/experiment/results"
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
	Manifest        *results.Manifest
	AlreadyComplete bool // nothing was computed
}

// Run does a sweep on this machine and leaves its results folder complete. Its errors are those of the function Run.
func (s *Sweep) Run(ctx context.Context, out SweepOutput, o SweepOptions) (*SweepOutcome, error) {
	if out.Format == "" {
		out.Format = "parquet"
	}
	program, err := results.ThisBuild(o.Commit)
	if err != nil {
		return nil, err
	}
	dir := out.Out
	f, err := results.Open(results.Claim{Out: dir, Name: s.name + "-sweep", Identity: s.Identity(), Format: out.Format, Force: out.Force, Notice: o.Tell, Differs: s.differs}, program)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if !f.Complete {
		whole := f.Parts("sweep" + ShardSuffix)
		head := s.Head(s.Identity(), 0, 1, [2]int{0, s.Runs()}, program.Executable)
		now := Progress{Phase: "runs", Total: s.Runs()}
		if _, err := os.Stat(whole); errors.Is(err, os.ErrNotExist) {
			if err := s.Fill(ctx, f.Parts(GrowingName), whole, head, o, &now); err != nil {
				return nil, err
			}
		}
		o.Report(Progress{Phase: "tables"})
		if err := s.Publish(ctx, f, program, out, []string{whole}, nil, "", o); err != nil {
			return nil, err
		}
	}
	m, err := results.ReadManifest(f.Dir)
	return &SweepOutcome{Dir: f.Dir, Manifest: m, AlreadyComplete: f.Complete}, err
}

// differs says in what an experiment in the folder differs from the sweep.
func (s *Sweep) differs(m *results.Manifest) string {
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

// Publish turns whole shards into the tables of a folder and moves them into it, the manifest last. missing are the shards of a plan that
// are left out; plan is its hash, "" for none.
func (s *Sweep) Publish(ctx context.Context, f *results.Folder, program results.Build, out SweepOutput, shards []string, missing []int, plan string, o SweepOptions) error {
	if err := os.RemoveAll(f.Parts(results.FinalName)); err != nil {
		return err
	}
	if err := os.MkdirAll(f.Parts(results.FinalName), 0o755); err != nil {
		return err
	}
	a, err := s.assemble(f.Parts(results.FinalName), out.Format)
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
	m := s.manifest(program, f.Started, out, a)
	m.Sweep.Missing, m.Sweep.Plan = missing, plan
	var files []string
	record := func(file string, rows int) (results.File, error) {
		sum, err := results.FileSum(f.Parts(results.FinalName, file))
		files = append(files, file)
		return results.File{File: file, Rows: rows, SHA256: sum}, err
	}
	for _, t := range s.Tables() {
		file, err := record(a.sheets[t.Name].File, a.sheets[t.Name].Rows)
		if err != nil {
			return err
		}
		m.Tables = append(m.Tables, file)
	}
	text, note := s.yaml()
	if note != "" {
		m.Notes = append(m.Notes, note)
		o.Tell("%s", note)
	}
	if err := maybe.WriteFile(f.Parts(results.FinalName, results.ScenarioName), text, 0o644); err != nil {
		return err
	}
	file, err := record(results.ScenarioName, 0)
	if err != nil {
		return err
	}
	m.Scenarios = append(m.Scenarios, file)
	m.Finished = time.Now().UTC().Truncate(time.Second)
	json, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return err
	}
	if err := maybe.WriteFile(f.Parts(results.FinalName, results.ManifestName), append(json, '\n'), 0o644); err != nil {
		return err
	}
	superseded := append(sweepFiles("csv"), sweepFiles("parquet")...)
	return f.Publish(files, superseded)
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

func (s *Sweep) manifest(program results.Build, started time.Time, out SweepOutput, a *sweepAssembly) *results.Manifest {
	e := s.experiment
	info := &results.SweepInfo{Design: e.Design.Method, Samples: e.Design.Samples, Cases: s.Cases(), Replications: s.replications, Runs: a.done, Failed: a.fails}
	for _, in := range s.inputs {
		info.Inputs = append(info.Inputs, results.SweepInput{Path: in.Path, Unit: in.lever.TableUnit(), Spec: in.specShort()})
	}
	for _, i := range s.metrics {
		info.Metrics = append(info.Metrics, sim.Metrics[i].Name)
	}
	return &results.Manifest{Identity: s.Identity(), Name: s.name, Title: s.scenario.Title, Version: sim.Version, Program: program,
		Seed: s.seed, Replications: s.replications, Record: e.Record, Format: out.Format, Command: append([]string{}, out.Command...), Started: started,
		Cases: []results.Case{}, Failed: append([]results.Failure{}, a.failed...), Notes: []string{}, Sweep: info}
}

// specShort is what the input takes, cut off where the list is long.
func (in *input) specShort() string {
	const most = 20
	if len(in.Values) <= most {
		return in.Spec
	}
	return strings.Join(in.Values[:most], ", ") + fmt.Sprintf(", … (%d values)", len(in.Values))
}
