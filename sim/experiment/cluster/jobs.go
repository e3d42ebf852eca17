package cluster

import (
	_ "embed"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"text/template"

	"github.com/google/renameio/v2/maybe"

	"simulate/internal/quantity"
	"simulate/sim/experiment/results"
	"simulate/sim/experiment/run"
)

//go:embed jobs/sweep.sbatch
var slurmScript string

//go:embed jobs/merge.sbatch
var slurmMerge string

//go:embed jobs/job.yaml
var kubernetesJob string

// mostTasks is how many tasks an array has at most: the largest index of Slurm is 1,000 unless a site allows more. A task then does several
// shards.
const mostTasks = 1000

// jobFile is a file written beside a plan.
type jobFile struct{ name, text string }

var jobFiles = map[string][]jobFile{
	"slurm":      {{"sweep.sbatch", slurmScript}, {"merge.sbatch", slurmMerge}},
	"kubernetes": {{"job.yaml", kubernetesJob}},
}

// WriteJobs writes the job scripts or the manifest that the plan asks for, and returns their names. program is how a node calls the program.
func (p *SweepPlan) WriteJobs(program string) ([]string, error) {
	var names []string
	for _, f := range jobFiles[p.Jobs] {
		dir, err := filepath.Abs(p.Dir)
		if err != nil {
			return nil, err
		}
		t := template.Must(template.New(f.name).Parse(f.text))
		var b strings.Builder
		err = t.Execute(&b, struct {
			Name, Hash, Dir, Program string
			Shards, Tasks, Last      int
		}{jobName(p.Sweep.Name()), results.Short(p.Hash), shellWord(dir), shellWord(program), len(p.Shards), p.tasks(), p.tasks() - 1})
		if err != nil {
			return nil, err
		}
		if err := maybe.WriteFile(filepath.Join(p.Dir, f.name), []byte(b.String()), 0o644); err != nil {
			return nil, err
		}
		names = append(names, f.name)
	}
	if p.Jobs == "slurm" {
		if err := os.MkdirAll(filepath.Join(p.Dir, "logs"), 0o755); err != nil {
			return nil, err
		}
	}
	return names, nil
}

// tasks is how many tasks the job array has.
func (p *SweepPlan) tasks() int { return min(len(p.Shards), mostTasks) }

// jobName makes a name fit for Slurm and Kubernetes: lower-case letters, digits and -.
func jobName(name string) string {
	safe := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			return r
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A'
		}
		return '-'
	}, name)
	safe = strings.Trim(safe, "-")
	if len(safe) > 40 {
		safe = strings.Trim(safe[:40], "-")
	}
	return "sweep-" + safe
}

// shellWord puts a word in single quotes where a shell needs them.
func shellWord(s string) string { return run.Quoted(s) }

// FillCommand is the command that does the missing shards, as the plan's kind of job wants it.
func (t *SweepStatus) FillCommand(program string) string {
	p := t.Plan
	plan := run.Quoted(filepath.Join(p.Dir, planName))
	switch {
	case p.Jobs == "slurm":
		tasks := map[int]bool{}
		var list []int
		for _, i := range t.Missing {
			if k := i % p.tasks(); !tasks[k] {
				tasks[k] = true
			}
		}
		for k := range p.tasks() {
			if tasks[k] {
				list = append(list, k)
			}
		}
		return fmt.Sprintf("sbatch --array=%s %s", quantity.Ranges(list), run.Quoted(filepath.Join(p.Dir, "sweep.sbatch")))
	case p.Jobs == "kubernetes":
		job := run.Quoted(filepath.Join(p.Dir, "job.yaml"))
		return fmt.Sprintf("kubectl replace --force -f %s   # shards that are whole end at once; missing: %s", job, quantity.Ranges(t.Missing))
	case len(t.Missing) == len(p.Shards):
		return fmt.Sprintf("%s sweep run --plan %s", program, plan)
	case len(t.Missing) == 1:
		return fmt.Sprintf("%s sweep run --plan %s --shard %d", program, plan, t.Missing[0])
	}
	return fmt.Sprintf("%s sweep run --plan %s --shard %s", program, plan, quantity.Ranges(t.Missing))
}
