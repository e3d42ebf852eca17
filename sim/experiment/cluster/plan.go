package cluster

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"simulate/internal/quantity"
	"simulate/internal/wholefile"
	"simulate/sim"
	"simulate/sim/experiment/compare"
	"simulate/sim/experiment/history"
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
	Hash     string        // SHA-256 of experiment and shards: what a shard must carry to belong
	Workload run.Workload  // what is run
	Shards   [][2]int      // first run of each shard and the one after its last
	Jobs     string        // "slurm", "kubernetes" or "": what was written beside the plan
	Dir      string        // the folder of the plan
	Made     results.Build // the program that made it

	history *history.Plan // of a back-test or calibration; nil: an experiment, whose runs become tables
	settled int           // waves whose outcome the workload knows
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

// shardsOf cuts the runs of each wave into consecutive shards of nearly equal size, between units
// where there are enough of them. Every wave has as many shards, the last ones what is left over.
func shardsOf(w run.Workload, n int) (out [][2]int) {
	begins := run.Waves(w)
	for i, from := range begins {
		to := w.Runs()
		if i+1 < len(begins) {
			to = begins[i+1]
		}
		k := min(n/(len(begins)-i), to-from)
		n -= k
		unit := w.Unit()
		if (to-from)/unit < k {
			unit = 1
		}
		units := (to - from) / unit
		for part := range k {
			out = append(out, [2]int{from + part*units/k*unit, from + (part+1)*units/k*unit})
		}
		out[len(out)-1][1] = to
	}
	return out
}

// WritePlan writes dir/plan.json for a number of shards. A plan of the same experiment and shards
// is left as it is; another is refused unless force.
func WritePlan(e run.Workload, dir string, shards int, jobs string, force bool, command []string,
	commit string) (*Plan, error) {
	least := len(run.Waves(e))
	switch {
	case shards >= 1 && shards < least:
		return nil, results.InputErrorf("the runs of a %s come in %s, of which each needs the outcome of the one "+
			"before; write a number of shards from %d", e.Name(), quantity.Plural(least, "wave"), least)
	case least > 1 && shards > mostTasks:
		return nil, results.InputErrorf("%s shards of runs that come in waves are more than the %s tasks of a job array; "+
			"write a smaller number", quantity.Count(shards), quantity.Count(mostTasks))
	}
	if shards < 1 || shards > e.Runs() {
		return nil, results.InputErrorf("%s for %s; write a number from %d to %s", quantity.Plural(shards, "shard"),
			quantity.Plural(e.Runs(), "run"), least, quantity.Count(e.Runs()))
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
	p := &Plan{Hash: t.Hash, Workload: e, Shards: t.Shards, Jobs: jobs, Dir: dir, Made: program}
	switch old, err := ReadPlan(filepath.Join(dir, planName)); {
	case err == nil && old.Hash == p.Hash:
		if old.Jobs == jobs {
			return old, nil
		}
	case err == nil && !force:
		return nil, results.InputErrorf("%s holds the plan of another experiment, %s %s; choose another folder with "+
			"--out, or replace it with --force", dir, old.Workload.Name(), results.Short(old.Hash))
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
	return p, wholefile.Write(filepath.Join(dir, planName), append(text, '\n'))
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
		return nil, results.InputErrorf("%s is a folder where a plan is to be; name the plan, or the folder that holds "+
			"plan.json", path)
	}
	text, err := table.ReadRecord(path)
	if err != nil {
		return nil, &results.InputError{Err: fmt.Errorf("no plan: %w; `simulate sweep plan` writes one", err)}
	}
	var t planText
	if err := json.Unmarshal(text, &t); err != nil || t.Format != planFormat {
		return nil, results.InputErrorf("%s is not a plan; `simulate sweep plan` writes one", path)
	}
	if t.Hash != t.hash() {
		return nil, results.InputErrorf("%s was changed after it was written; make the plan again", path)
	}
	if t.Experiment.Model() != sim.Version {
		return nil, results.InputErrorf("%s was made with model version %s, this program has %s; use that program, or "+
			"make the plan again", path, t.Experiment.Model(), sim.Version)
	}
	p := &Plan{Hash: t.Hash, Shards: t.Shards, Jobs: t.Jobs, Dir: filepath.Dir(path), Made: t.Program}
	if t.Experiment.Batch != nil {
		if p.history, err = history.ReadPlan(t.Experiment.Batch); err == nil {
			p.Workload = p.history.Batch
		}
	} else {
		p.Workload, err = t.Experiment.Experiment(compare.Tables, compare.Pairs{})
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if p.Workload.Text().Sum() != t.Experiment.Sum() || p.Workload.Runs() != t.Runs {
		return nil, results.InputErrorf("%s describes an experiment that this program reads otherwise; make the plan again",
			path)
	}
	return p, nil
}
