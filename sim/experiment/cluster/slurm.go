package cluster

import (
	_ "embed"
	"fmt"

	"simulate/internal/quantity"
	"simulate/internal/shell"
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
		return "cd " + shell.Path(p.Dir) + " && sbatch --dependency=afterok:$(sbatch --parsable sweep.sbatch) merge.sbatch"
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
