package cluster

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/google/renameio/v2/maybe"

	"simulate/internal/quantity"
	"simulate/sim"
	"simulate/sim/experiment/compare"
	"simulate/sim/experiment/results"
	"simulate/sim/experiment/run"
	"simulate/sim/table"
)

// planName is the file in a folder that says what its shards are.
const planName = results.PlanName

// mostShards bounds a plan, whose shards are files in one folder.
const mostShards = 100_000

// Plan is an experiment cut into shards that any number of machines can do.
type Plan struct {
	Hash       string         // SHA-256 of experiment and shards: what a shard must carry to belong
	Experiment run.Experiment // what is run
	Shards     [][2]int       // first run of each shard and the one after its last
	Jobs       string         // "slurm", "kubernetes" or "": what was written beside the plan
	Dir        string         // the folder of the plan
	Made       results.Build  // the program that made it
}

type planText struct {
	Format     string        `json:"format"`
	Hash       string        `json:"hash"`
	Experiment run.Text      `json:"experiment"`
	Runs       int           `json:"runs"`
	Shards     [][2]int      `json:"shards"`
	Jobs       string        `json:"jobs,omitempty"`
	Program    results.Build `json:"program"`
	Command    []string      `json:"command"`
	Made       time.Time     `json:"made"`
}

const planFormat = "simulate plan 2"

// shardsOf cuts the runs into consecutive shards of nearly equal size, between units where there
// are enough of them.
func shardsOf(e run.Experiment, n int) [][2]int {
	unit := e.Unit()
	if e.Runs()/unit < n {
		unit = 1
	}
	units := e.Runs() / unit
	out := make([][2]int, n)
	for i := range out {
		out[i] = [2]int{i * units / n * unit, (i + 1) * units / n * unit}
	}
	out[n-1][1] = e.Runs()
	return out
}

// WritePlan writes dir/plan.json for a number of shards. A plan of the same experiment and shards
// is left as it is; another is refused unless force.
func WritePlan(e run.Experiment, dir string, shards int, jobs string, force bool, command []string,
	commit string) (*Plan, error) {
	if shards < 1 || shards > e.Runs() {
		return nil, results.InputErrorf("%d shards for %d runs; write a number from 1 to %d", shards, e.Runs(), e.Runs())
	}
	if shards > mostShards {
		return nil, results.InputErrorf("%s shards are more than %s files in one folder; %s make shards of %s each",
			quantity.Count(shards), quantity.Count(mostShards),
			quantity.Count(mostShards), quantity.Plural((e.Runs()+mostShards-1)/mostShards, "run"))
	}
	program, err := results.ThisBuild(commit)
	if err != nil {
		return nil, err
	}
	t := planText{Format: planFormat, Experiment: e.Text(), Runs: e.Runs(), Shards: shardsOf(e, shards), Jobs: jobs,
		Program: program, Command: command, Made: time.Now().UTC().Truncate(time.Second)}
	t.Hash = t.hash()
	p := &Plan{Hash: t.Hash, Experiment: e, Shards: t.Shards, Jobs: jobs, Dir: dir, Made: program}
	switch old, err := ReadPlan(filepath.Join(dir, planName)); {
	case err == nil && old.Hash == p.Hash:
		if old.Jobs == jobs {
			return old, nil
		}
	case err == nil && !force:
		return nil, results.InputErrorf("%s holds the plan of another experiment, %s %s; choose another folder with "+
			"--out, or replace it with --force", dir, old.Experiment.Name(), results.Short(old.Hash))
	case force:
		if err := results.Empty(dir); err != nil {
			return nil, err
		}
	case !errors.Is(err, os.ErrNotExist):
		return nil, results.InputErrorf("%w; --force replaces it, --out names another folder", err)
	default:
		if err := results.RefuseForeign(dir); err != nil {
			return nil, err
		}
		if m, err := results.ReadManifest(dir); err == nil {
			return nil, results.InputErrorf("%s holds results (%s); choose another folder with --out, or replace them with "+
				"--force", dir, m.Name)
		}
	}
	if err := os.MkdirAll(filepath.Join(dir, shardsName), 0o755); err != nil {
		return nil, err
	}
	text, err := json.MarshalIndent(t, "", "  ")
	if err != nil {
		return nil, err
	}
	return p, maybe.WriteFile(filepath.Join(dir, planName), append(text, '\n'), 0o644)
}

func (t planText) hash() string {
	return run.Sum(struct {
		Experiment run.Text
		Shards     [][2]int
	}{t.Experiment, t.Shards})
}

// ReadPlan reads a plan, given its file or its folder. A damaged plan, or one of another version of
// the model, is an *InputError.
func ReadPlan(path string) (*Plan, error) {
	if info, err := os.Stat(path); err == nil && info.IsDir() && filepath.Base(path) != planName {
		path = filepath.Join(path, planName)
	}
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return nil, results.InputErrorf("%s is a folder where a plan is to be", path)
	}
	text, err := table.ReadRecord(path)
	if err != nil {
		return nil, &results.InputError{Err: fmt.Errorf("no plan: %w; `simulate sweep plan` writes one", err)}
	}
	var t planText
	if err := json.Unmarshal(text, &t); err != nil || t.Format != planFormat {
		return nil, results.InputErrorf("%s is not a plan", path)
	}
	if t.Hash != t.hash() {
		return nil, results.InputErrorf("%s was changed after it was written; make the plan again", path)
	}
	if t.Experiment.Model() != sim.Version {
		return nil, results.InputErrorf("%s was made with model version %s, this program has %s; use that program, or "+
			"make the plan again", path, t.Experiment.Model(), sim.Version)
	}
	e, err := t.Experiment.Experiment(compare.Tables, compare.Pairs{})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if e.Text().Sum() != t.Experiment.Sum() || e.Runs() != t.Runs {
		return nil, results.InputErrorf("%s describes an experiment that this program reads otherwise; make the plan again",
			path)
	}
	return &Plan{Hash: t.Hash, Experiment: e, Shards: t.Shards, Jobs: t.Jobs, Dir: filepath.Dir(path), Made: t.Program},
		nil
}
