package cluster

import (
	"errors"
	"strings"
	"testing"

	"simulate/sim/experiment/results"
)

func environment(pairs string) func(string) string {
	vars := map[string]string{}
	for _, p := range strings.Fields(pairs) {
		name, value, _ := strings.Cut(p, "=")
		vars[name] = value
	}
	return func(name string) string { return vars[name] }
}

func TestShardIndex(t *testing.T) {
	for _, c := range []struct {
		env   string
		index int // −1: none
		wrong string
	}{
		{"", -1, ""},
		// --array=3,5: the count is the submission's
		{"SLURM_ARRAY_TASK_ID=5 SLURM_ARRAY_TASK_COUNT=2 SLURM_ARRAY_TASK_MIN=3 SLURM_PROCID=0 SLURM_NTASKS=1", 5, ""},
		{"SLURM_PROCID=0 SLURM_NTASKS=1", -1, ""},                      // every batch script
		{"SLURM_PROCID=2 SLURM_NTASKS=4", 2, ""},                       // srun -n 4
		{"SLURM_ARRAY_TASK_ID=7 SLURM_PROCID=1 SLURM_NTASKS=2", 7, ""}, // both: the array counts
		{"JOB_COMPLETION_INDEX=3", 3, ""},
		{"AWS_BATCH_JOB_ARRAY_INDEX=4 AWS_BATCH_JOB_ARRAY_SIZE=9", 4, ""},
		{"BATCH_TASK_INDEX=0 BATCH_TASK_COUNT=4", 0, ""},
		{"CLOUD_RUN_TASK_INDEX=6", 6, ""},
		{"PBS_ARRAY_INDEX=2", 2, ""},
		{"PBS_ARRAYID=2", 2, ""},
		{"LSB_JOBINDEX=1", 0, ""},
		{"LSB_JOBINDEX=0", -1, ""}, // no array
		{"SGE_TASK_ID=8 SGE_TASK_FIRST=1 SGE_TASK_LAST=8", 7, ""},
		{"SGE_TASK_ID=undefined", -1, ""},
		{"PARALLEL_SEQ=3", 2, ""},
		{"OMPI_COMM_WORLD_RANK=1 OMPI_COMM_WORLD_SIZE=4", 1, ""},
		{"OMPI_COMM_WORLD_RANK=0 OMPI_COMM_WORLD_SIZE=1", -1, ""},
		{"SWEEP_SHARD=9 SLURM_ARRAY_TASK_ID=1 PARALLEL_SEQ=5", 9, ""},
		{"SLURM_ARRAY_TASK_ID=2 PARALLEL_SEQ=3", 2, ""}, // they agree
		{"SLURM_ARRAY_TASK_ID=1 PARALLEL_SEQ=5", 0, "SLURM_ARRAY_TASK_ID=1 (shard 1), PARALLEL_SEQ=5 (shard 4)"},
		{"SWEEP_SHARD=one", 0, "whole number from 0"},
		{"SGE_TASK_ID=0", 0, "from 1"},
		{"SLURM_ARRAY_TASK_ID=x", 0, "SLURM_ARRAY_TASK_ID"},
	} {
		index, from, found, err := ShardIndex(environment(c.env))
		var input *results.InputError
		switch {
		case c.wrong != "":
			if !errors.As(err, &input) || !strings.Contains(err.Error(), c.wrong) {
				t.Errorf("%q gives %v, want %q", c.env, err, c.wrong)
			}
		case err != nil || found != (c.index >= 0) || found && index != c.index:
			t.Errorf("%q gives %d from %q, %v, %v; want %d", c.env, index, from, found, err, c.index)
		}
	}
}

func TestAllotment(t *testing.T) {
	for _, c := range []struct {
		env  string
		want Allotment
	}{
		{"", Allotment{}},
		{"SLURM_CPUS_PER_TASK=4 SLURM_MEM_PER_NODE=1000", Allotment{4, 891289600}},
		{"SLURM_CPUS_PER_TASK=2 SLURM_MEM_PER_CPU=500", Allotment{2, 891289600}},
		{"SLURM_CPUS_PER_TASK=many", Allotment{}},
	} {
		if got := FindAllotment(environment(c.env)); got != c.want {
			t.Errorf("%q gives %+v, want %+v", c.env, got, c.want)
		}
	}
}
