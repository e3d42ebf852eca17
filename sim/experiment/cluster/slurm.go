package cluster

import (
	_ "embed"
	"fmt"

	"simulate/internal/quantity"
	"simulate/internal/shell"
	"simulate/sim/experiment/run"
)

//go:embed jobs/sweep.sbatch
var slurmScript string

//go:embed jobs/merge.sbatch
var slurmMerge string

// slurm runs a job array whose tasks do a shard each, or several where the array would be too
// large, and a merge after it.
var slurm = &Engine{
	Name: "Slurm", Option: "slurm", Meaning: "write sweep.sbatch and merge.sbatch", variable: "SLURM_ARRAY_TASK_ID",
	files:   []jobFile{{"sweep.sbatch", slurmScript}, {"merge.sbatch", slurmMerge}},
	folders: []string{"logs"},
	submit: func(p *Plan, _ map[string]string) string {
		array := "sbatch --parsable sweep.sbatch"
		for k, tasks := range p.waves() { // each after the one before
			switch {
			case len(p.waves()) == 1:
			case k == 0:
				array = fmt.Sprintf("sbatch --parsable --array=%s sweep.sbatch", tasks)
			default:
				array = fmt.Sprintf("sbatch --parsable --dependency=afterok:$(%s) --array=%s sweep.sbatch", array, tasks)
			}
		}
		return fmt.Sprintf("cd %s && sbatch --dependency=afterok:$(%s) merge.sbatch", shell.Path(p.Dir), array)
	},
	fill: func(p *Plan, missing []int) string {
		tasks := make([]bool, p.tasks())
		for _, i := range missing {
			tasks[i%len(tasks)] = true
		}
		var list []int
		for k, wanted := range tasks {
			if wanted {
				list = append(list, k)
			}
		}
		return fmt.Sprintf("sbatch --array=%s %s", quantity.Ranges(list), p.file("sweep.sbatch"))
	},
}

// waves are the shards of each wave, in words.
func (p *Plan) waves() (out []string) {
	of := make([][]int, len(run.Waves(p.Workload)))
	for i := range p.Shards {
		of[p.wave(i)] = append(of[p.wave(i)], i)
	}
	for _, list := range of {
		out = append(out, quantity.Ranges(list))
	}
	return out
}
