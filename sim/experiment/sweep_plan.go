package experiment

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/google/renameio/v2/maybe"

	"simulate/sim"
	"simulate/sim/scenario"
)

// sweepText is a sweep as a plan holds it: everything that decides its numbers.
type sweepText struct {
	Model        string                     `json:"model"`
	Name         string                     `json:"name"`
	Seed         uint64                     `json:"seed"`
	Replications int                        `json:"replications"`
	Design       string                     `json:"design"`
	Samples      int                        `json:"samples,omitempty"`
	Inputs       []inputText                `json:"inputs"`
	Correlations []scenario.RankCorrelation `json:"correlations,omitempty"`
	Metrics      []string                   `json:"metrics"`
	Record       string                     `json:"record"`
	Scenario     string                     `json:"scenario"` // resolved, without what varies
}

// inputText is what varies: listed numbers in the model's unit, an interval, or neither for the scenario's own range.
type inputText struct {
	Path     string      `json:"path"`
	Unit     string      `json:"unit,omitempty"`
	Numbers  []string    `json:"numbers,omitempty"` // as text, for one may be infinite
	Interval *[2]float64 `json:"interval,omitempty"`
}

func (s *Sweep) text() sweepText {
	e := s.experiment
	t := sweepText{Model: sim.Version, Name: s.name, Seed: s.seed, Replications: s.replications, Design: e.Design.Method, Samples: e.Design.Samples,
		Correlations: e.Correlations, Record: e.Record}
	for _, in := range s.inputs {
		text := inputText{Path: in.Path, Unit: in.lever.Unit, Interval: in.Interval}
		for _, v := range in.Numbers {
			text.Numbers = append(text.Numbers, strconv.FormatFloat(v, 'g', -1, 64))
		}
		t.Inputs = append(t.Inputs, text)
	}
	for _, i := range s.metrics {
		t.Metrics = append(t.Metrics, sim.Metrics[i].Name)
	}
	t.Scenario = string(s.scenario.WithExperiment(scenario.Experiment{}).YAML())
	return t
}

// Identity is the SHA-256 of everything that decides the numbers.
func (s *Sweep) Identity() string { return jsonSum(s.text()) }

func jsonSum(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err) // strings and finite numbers only
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

func formatSeed(seed uint64) string { return strconv.FormatUint(seed, 10) }

// sweep makes the sweep that the text describes.
func (t sweepText) sweep() (*Sweep, error) {
	own, err := scenario.Parse(t.Name, []byte(t.Scenario))
	if err != nil {
		return nil, err
	}
	spec := SweepSpec{Scenario: own, Design: t.Design, Samples: t.Samples, Correlations: t.Correlations, Metrics: t.Metrics, Record: t.Record,
		Seed: &t.Seed, Replications: t.Replications}
	for _, in := range t.Inputs {
		l, found := own.Lever(in.Path)
		if !found {
			return nil, inputError("there is no PATH %s", in.Path)
		}
		v := scenario.Variation{Path: in.Path, Spec: "range"}
		switch {
		case len(in.Numbers) > 0:
			numbers := make([]float64, len(in.Numbers))
			for i, text := range in.Numbers {
				if numbers[i], err = strconv.ParseFloat(text, 64); err != nil {
					return nil, inputError("%s: %w", in.Path, err)
				}
			}
			v = l.List(numbers)
		case in.Interval != nil:
			v.Interval, v.Spec = in.Interval, l.Format(in.Interval[0])+" to "+l.Format(in.Interval[1])
		}
		spec.Inputs = append(spec.Inputs, v)
	}
	return NewSweep(spec)
}

// planName is the file in a folder that says what its shards are.
const planName = "plan.json"

// SweepPlan is a sweep cut into shards that any number of machines can do.
type SweepPlan struct {
	Hash   string   // SHA-256 of sweep and shards: what a shard must carry to belong
	Sweep  *Sweep   // what is swept
	Shards [][2]int // first run of each shard and the one after its last
	Jobs   string   // "slurm", "kubernetes" or "": what was written beside the plan
	Dir    string   // the folder of the plan
	Made   Build    // the program that made it
}

type planText struct {
	Format  string    `json:"format"`
	Hash    string    `json:"hash"`
	Sweep   sweepText `json:"sweep"`
	Cases   int       `json:"cases"`
	Runs    int       `json:"runs"`
	Shards  [][2]int  `json:"shards"`
	Jobs    string    `json:"jobs,omitempty"`
	Program Build     `json:"program"`
	Command []string  `json:"command"`
	Made    time.Time `json:"made"`
}

const planFormat = "simulate sweep plan 1"

// shardsOf cuts the runs into consecutive shards of nearly equal size, between cases where there are enough of them.
func (s *Sweep) shardsOf(n int) [][2]int {
	unit := 1
	if s.Cases() >= n {
		unit = s.replications
	}
	units := s.Runs() / unit
	out := make([][2]int, n)
	for i := range out {
		out[i] = [2]int{i * units / n * unit, (i + 1) * units / n * unit}
	}
	return out
}

// Plan writes dir/plan.json for shards shards. A plan of the same sweep and shards is left as it is; another is refused unless force.
func Plan(s *Sweep, dir string, shards int, jobs string, force bool, command []string, commit string) (*SweepPlan, error) {
	if shards < 1 || shards > s.Runs() {
		return nil, inputError("%d shards for %d runs; write a number from 1 to %d", shards, s.Runs(), s.Runs())
	}
	program, err := build(commit)
	if err != nil {
		return nil, err
	}
	t := planText{Format: planFormat, Sweep: s.text(), Cases: s.Cases(), Runs: s.Runs(), Shards: s.shardsOf(shards), Jobs: jobs,
		Program: program, Command: command, Made: time.Now().UTC().Truncate(time.Second)}
	t.Hash = t.hash()
	p := &SweepPlan{Hash: t.Hash, Sweep: s, Shards: t.Shards, Jobs: jobs, Dir: dir, Made: program}
	switch old, err := ReadPlan(filepath.Join(dir, planName)); {
	case err == nil && old.Hash == p.Hash:
		if old.Jobs == jobs {
			return old, nil
		}
	case err == nil && !force:
		return nil, inputError("%s holds the plan of another sweep, %s %s; choose another folder with --out, or replace it with --force", dir, old.Sweep.name, short(old.Hash))
	case err == nil:
		if err := removeAll(dir, []string{planName, shardsName}); err != nil {
			return nil, err
		}
	case !errors.Is(err, os.ErrNotExist) && !force:
		return nil, err
	default:
		if err := refuseForeign(dir); err != nil {
			return nil, err
		}
		if m, err := ReadManifest(dir); err == nil {
			return nil, inputError("%s holds results (%s); choose another folder with --out", dir, m.Name)
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
	return jsonSum(struct {
		Sweep  sweepText
		Shards [][2]int
	}{t.Sweep, t.Shards})
}

// ReadPlan reads a plan, given its file or its folder. A damaged plan, or one of another version of the model, is an *InputError.
func ReadPlan(path string) (*SweepPlan, error) {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		path = filepath.Join(path, planName)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, &InputError{fmt.Errorf("no plan: %w; `simulate sweep plan` writes one", err)}
	}
	var t planText
	if err := json.Unmarshal(text, &t); err != nil || t.Format != planFormat {
		return nil, inputError("%s is not the plan of a sweep", path)
	}
	if t.Hash != t.hash() {
		return nil, inputError("%s was changed after it was written; make the plan again", path)
	}
	if t.Sweep.Model != sim.Version {
		return nil, inputError("%s was made with model version %s, this program has %s; use that program, or make the plan again", path, t.Sweep.Model, sim.Version)
	}
	s, err := t.Sweep.sweep()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if s.Identity() != jsonSum(t.Sweep) || s.Runs() != t.Runs {
		return nil, inputError("%s describes a sweep that this program reads otherwise; make the plan again", path)
	}
	return &SweepPlan{Hash: t.Hash, Sweep: s, Shards: t.Shards, Jobs: t.Jobs, Dir: filepath.Dir(path), Made: t.Program}, nil
}
